"""A member leaves: what still runs in its name on that day, and all of it ended in one go when wished."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Body, Mandate, Member, Office, Person, Rank, Representative
from vto_desktop.services import mandates, members, representatives
from vto_desktop.services.members import belongs_on
from vto_desktop.services.representatives import held_on

NAMED: Final = 6  # holders named in the sentence; more are counted


@dataclass(frozen=True, slots=True)
class Held:
    """A seat that somebody still holds: its row, the person, what is held."""

    row_id: int
    person: str
    what: str


@dataclass(frozen=True, slots=True)
class Running:
    """What still runs on the day a member leaves."""

    representatives: tuple[Held, ...]
    mandates: tuple[Held, ...]

    def __bool__(self) -> bool:
        return bool(self.representatives or self.mandates)

    @property
    def counted(self) -> str:
        """Return « 2 représentants et 1 mandat »."""
        counts = (
            french.count(len(self.representatives), "représentant") if self.representatives else "",
            french.count(len(self.mandates), "mandat") if self.mandates else "",
        )
        return french.listed([each for each in counts if each])

    @property
    def named(self) -> str:
        """Return who holds what: « Clara GIMENEZ (titulaire ; vice-présidente, Bureau) »."""
        by_person: dict[str, list[str]] = {}
        for held in (*self.representatives, *self.mandates):
            by_person.setdefault(held.person, []).append(held.what)
        texts = [f"{person} ({' ; '.join(whats)})" for person, whats in by_person.items()]
        more = len(texts) - NAMED
        if more > 0:
            texts = [*texts[:NAMED], french.count(more, "autre personne", "autres personnes")]
        return french.listed(texts)


def running(session: Session, member_id: int, *, on: date) -> Running:
    """Return the representatives and mandates of a member that go on after it left.

    A mandate held in no member's name (an office of the bureau) counts when its holder sits through this
    member alone.
    """
    sent = _representatives(session, member_id, on)
    persons = {person_id for person_id, _held in sent}
    own = _natural_person(session, member_id)
    alone = persons | ({own} if own is not None else set())
    alone -= _bound_elsewhere(session, alone, member_id, on)
    return Running(
        representatives=tuple(held for _person_id, held in sent),
        mandates=tuple(_mandates(session, member_id, alone, on)),
    )


def _natural_person(session: Session, member_id: int) -> int | None:
    """Return the natural person that a member is, if it is one."""
    return session.scalar(select(Member.person_id).where(Member.id == member_id))


def _representatives(session: Session, member_id: int, on: date) -> list[tuple[int, Held]]:
    chosen = (
        select(Representative, Person)
        .join(Person, Representative.person_id == Person.id)
        .where(Representative.member_id == member_id, held_on(Representative, on))
        .order_by(Representative.position, Representative.id)
    )
    return [
        (person.id, Held(row.id, person.full_name, _rank(row, person)))
        for row, person in session.execute(chosen)
    ]


def _rank(row: Representative, person: Person) -> str:
    return representatives.rank_text(row.rank, person.civility) or Rank.TITULAR.value.lower()


def _bound_elsewhere(session: Session, persons: set[int], member_id: int, on: date) -> set[int]:
    """Return which of these persons are, or represent, another member on that day."""
    sent = (
        select(Representative.person_id)
        .join(Member, Representative.member_id == Member.id)
        .where(
            Representative.person_id.in_(persons), Representative.member_id != member_id,
            held_on(Representative, on), belongs_on(on),
        )
    )  # fmt: skip
    themselves = select(Member.person_id).where(
        Member.person_id.in_(persons), Member.id != member_id, belongs_on(on)
    )
    return {row_id for row_id in (*session.scalars(sent), *session.scalars(themselves)) if row_id is not None}


def _mandates(session: Session, member_id: int, persons: set[int], on: date) -> Iterable[Held]:
    chosen = (
        select(Mandate, Office, Body.name, Person)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .join(Person, Mandate.person_id == Person.id)
        .where(
            held_on(Mandate, on),
            (Mandate.member_id == member_id) | (Mandate.member_id.is_(None) & Mandate.person_id.in_(persons)),
        )
        .order_by(Body.position, Office.position, Person.sort_key, Mandate.id)
    )
    for mandate, office, body, person in session.execute(chosen):
        label = office.label_for(person)
        yield Held(mandate.id, person.full_name, f"{label[:1].lower()}{label[1:]}, {body}")


def end_membership(
    session: Session,
    member_id: int,
    *,
    on: date,
    reason: str = "",
    successor_id: int | None = None,
    ends_running: bool = False,
) -> Member:
    """End a membership and, when wished, on the same day whatever still runs in its name; raises Invalid."""
    row = members.end_member(session, member_id, on=on, reason=reason, successor_id=successor_id)
    if ends_running:
        found = running(session, member_id, on=on)
        for held in found.representatives:
            representatives.end_representative(session, held.row_id, on=on)
        for held in found.mandates:
            mandates.end_mandate(session, held.row_id, on=on, reason=f"Fin de l’adhésion de « {row.name} ».")
    return row
