"""Persons and organisations that may have been entered twice, and what each of them holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from vto_desktop import french
from vto_desktop.model import (
    Body,
    CivilStatus,
    Mandate,
    Member,
    Office,
    Organisation,
    OrganisationAlias,
    Person,
    Representative,
)
from vto_desktop.services.identifiers import bare
from vto_desktop.services.members import member_names
from vto_desktop.services.merging_values import ORGANISATION, PERSON
from vto_desktop.services.representatives import rank_words
from vto_desktop.services.rows import WORDS, dependents, table_of

SIREN: Final = 9


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one table that may be the same, in the order of their names."""

    table: str  # "person" or "organisation"
    name: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What one record holds: its values by label, then the seats, mandates and rows that hang on it."""

    row_id: int
    name: str
    values: tuple[tuple[str, str], ...]
    holds: tuple[str, ...]

    @property
    def weight(self) -> tuple[int, int]:
        """Return how much it holds, to propose the fullest as the one to keep."""
        return len(self.holds), sum(1 for _label, text in self.values if text)


def groups(session: Session) -> list[Group]:
    """Return what may have been entered twice: persons, then organisations."""
    return [*person_groups(session), *organisation_groups(session)]


# --- persons -------------------------------------------------------------------------------------


def person_groups(session: Session) -> list[Group]:
    """Return the persons of one name, whatever its accents, case, hyphens and the order of its words."""
    by_name: dict[str, list[tuple[int, str]]] = defaultdict(list)
    chosen = select(Person.id, Person.sort_key, Person.first_name, Person.last_name)
    for row_id, key, first, last in session.execute(chosen.order_by(Person.sort_key, Person.id)):
        if key:
            by_name[" ".join(sorted(key.split()))].append((row_id, f"{first} {last}".strip()))
    return [
        Group("person", rows[0][1], tuple(row_id for row_id, _name in rows))
        for rows in by_name.values()
        if len(rows) > 1
    ]


# --- organisations -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    row_id: int
    name: str
    key: str
    others: frozenset[str]  # short name and spellings, folded
    departement: str
    siren: str


def organisation_groups(session: Session) -> list[Group]:
    """Return the organisations of one SIREN, or of one name or spelling in one département.

    A département that is not given is no obstacle as long as the name is known in one département only; two
    SIREN that differ are: they are two legal persons.
    """
    known = _known(session)
    joined = {each.row_id: each.row_id for each in known}
    for one, other in _alike(known):
        first, second = _root(joined, one.row_id), _root(joined, other.row_id)
        joined[max(first, second)] = min(first, second)
    found: dict[int, list[_Known]] = defaultdict(list)
    for each in known:
        found[_root(joined, each.row_id)].append(each)
    return [
        Group("organisation", rows[0].name, tuple(each.row_id for each in rows))
        for rows in found.values()
        if len(rows) > 1
    ]


def _known(session: Session) -> list[_Known]:
    spellings: dict[int, set[str]] = defaultdict(set)
    for owner, name in session.execute(select(OrganisationAlias.organisation_id, OrganisationAlias.name)):
        spellings[owner].add(french.sort_key(name))
    columns = (
        Organisation.id, Organisation.name, Organisation.sort_key, Organisation.short_name,
        Organisation.departement, Organisation.siren, Organisation.siret,
    )  # fmt: skip
    rows = session.execute(select(*columns).order_by(Organisation.sort_key, Organisation.id))
    return [
        _Known(
            row_id, name, key, frozenset({french.sort_key(short), *spellings[row_id]} - {"", key}),
            departement, bare(siren) or bare(siret)[:SIREN],
        )
        for row_id, name, key, short, departement, siren, siret in rows
    ]  # fmt: skip


def _alike(known: Sequence[_Known]) -> Iterator[tuple[_Known, _Known]]:
    by_siren: dict[str, list[_Known]] = defaultdict(list)
    by_name: dict[str, list[_Known]] = defaultdict(list)
    for each in known:
        if each.siren:
            by_siren[each.siren].append(each)
        for key in {each.key, *each.others} - {""}:
            by_name[key].append(each)
    for rows in by_siren.values():
        yield from pairwise(rows)
    for key, rows in by_name.items():
        departements = {each.departement for each in rows} - {""}
        for part in [rows] if len(departements) < 2 else _parted(rows):
            yield from _of_one_name(key, part)


def _parted(rows: Sequence[_Known]) -> Iterable[Sequence[_Known]]:
    """Return the organisations of a name by département: five communes are called Celles."""
    found: dict[str, list[_Known]] = defaultdict(list)
    for each in rows:
        found[each.departement].append(each)
    return found.values()


def _of_one_name(key: str, rows: Sequence[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Pair organisations that somebody calls the same; without a SIREN one may be any of them, or of none."""
    if len({each.siren for each in rows} - {""}) > 1:
        rows = [each for each in rows if not each.siren]
    owner = next((each for each in rows if each.key == key), None)  # two spellings alone prove nothing
    if owner is not None:
        yield from ((owner, each) for each in rows if each is not owner)


def _root(joined: dict[int, int], row_id: int) -> int:
    while joined[row_id] != row_id:
        row_id = joined[row_id]
    return row_id


# --- what each holds -----------------------------------------------------------------------------


def cards(session: Session, table: str, row_ids: Iterable[int]) -> list[Card]:
    """Return what these records hold, side by side."""
    read = _person_card if table == "person" else _organisation_card
    return [read(session, row_id) for row_id in row_ids]


def _person_card(session: Session, row_id: int) -> Card:
    row = session.get_one(Person, row_id)
    status = session.scalar(select(CivilStatus.id).where(CivilStatus.person_id == row_id))
    values = (
        *((field.label, field.text(row)) for field in PERSON),
        ("État civil", "renseigné" if status is not None else ""),  # what it says stays apart
        ("Notes", row.notes),
    )
    holds = (
        *_memberships(session, Member.person_id == row_id),
        *_representations(session, row),
        *_mandates(session, row),
        *_others(session, Person, row_id, shown={"member", "representative", "mandate"}),
    )
    return Card(row_id, row.full_name, values, holds)


def _organisation_card(session: Session, row_id: int) -> Card:
    row = session.get_one(Organisation, row_id, options=[selectinload(Organisation.aliases)])
    values = (
        ("Nom", row.name),
        ("Nom court", row.short_name),
        ("Aussi écrit", " ; ".join(alias.name for alias in row.aliases)),
        *((field.label, field.text(row)) for field in ORGANISATION),
        ("Notes", row.notes),
    )
    holds = (
        *_memberships(session, Member.organisation_id == row_id),
        *_others(session, Organisation, row_id, shown={"member"}),
    )
    return Card(row_id, row.name, values, holds)


def _memberships(session: Session, condition: Any) -> Iterator[str]:
    for row in session.scalars(select(Member).where(condition).order_by(Member.joined_on, Member.id)):
        yield f"Adhérent{_span(row.joined_on, row.left_on)}, {row.college.name}"


def _representations(session: Session, person: Person) -> Iterator[str]:
    chosen = select(Representative).where(Representative.person_id == person.id)
    rows = session.scalars(chosen.order_by(Representative.starts_on, Representative.id)).all()
    names = member_names(session, {row.member_id for row in rows})
    for row in rows:
        rank = rank_words(row.rank, person.civility)
        yield f"Représente {names[row.member_id]}, {rank}{_span(row.starts_on, row.ends_on)}"


def _mandates(session: Session, person: Person) -> Iterator[str]:
    chosen = (
        select(Mandate, Office, Body.name)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .where(Mandate.person_id == person.id)
        .order_by(Body.position, Office.position, Mandate.starts_on, Mandate.id)
    )
    for row, office, body in session.execute(chosen):
        yield f"{office.label_for(person)}, {body}{_span(row.starts_on, row.ends_on)}"


def _others(
    session: Session, kind: type[Person] | type[Organisation], row_id: int, *, shown: set[str]
) -> Iterator[str]:
    for table, count in dependents(session, table_of(kind), [row_id]).items():
        if table not in shown:
            yield french.count(count, *WORDS.get(table, (table, table)))


def _span(starts_on: Any, ends_on: Any) -> str:
    since = f" depuis le {french.short_date(starts_on)}" if starts_on else ""
    return since + (f" jusqu’au {french.short_date(ends_on)}" if ends_on else "")
