"""The dossier as an import sees it: who is there already, found by number, by name or by other spellings."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import College, Kind, Member, Organisation, OrganisationAlias, Person, Representative
from vto_desktop.services import persons
from vto_desktop.services.authority_names import read
from vto_desktop.services.identifiers import bare
from vto_desktop.services.importing.folds import fold, place_of

ORGANISATION: Final = (
    "name", "short_name", "kind", "siren", "siret", "rna", "insee", "departement", "population",
    "population_year", "address", "postcode", "city", "email", "phone", "chorus_service",
)  # fmt: skip
PERSON: Final = (
    "civility", "first_name", "last_name", "email", "phone", "address", "postcode", "city", "departement",
)  # fmt: skip
MEMBERSHIP: Final = ("college_id", "joined_on", "left_on", "leaving_reason", "notes")
SEAT: Final = ("member_id", "person_id", "rank", "capacity", "starts_on", "ends_on", "position")

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What an organisation was found by: one id, or several that it may be, and how it was found."""

    id: int | None = None
    others: tuple[int, ...] = ()


class Known:
    """Organisations, persons, members and representatives of the dossier, read at once."""

    def __init__(self, session: Session) -> None:
        self.organisations = _read(session, Organisation, ORGANISATION)
        self.persons = _read(session, Person, PERSON)
        self.members = _read(session, Member, ("organisation_id", "person_id", *MEMBERSHIP))
        self.seats = _read(session, Representative, SEAT)
        self.aliases: dict[int, list[str]] = {}
        alias = select(OrganisationAlias.organisation_id, OrganisationAlias.name).order_by(
            OrganisationAlias.id
        )
        for row_id, name in session.execute(alias):
            self.aliases.setdefault(row_id, []).append(name)
        colleges = session.execute(select(College.id, College.name).order_by(College.position, College.id))
        self.colleges = [(row_id, name) for row_id, name in colleges]
        self._index_organisations()
        self._index_persons()
        self.members_of: dict[tuple[str, int], list[int]] = {}
        for row_id, values in self.members.items():
            holder = ("organisation", values["organisation_id"])
            if holder[1] is None:
                holder = ("person", values["person_id"])
            self.members_of.setdefault(holder, []).append(row_id)
        self.seats_of = _grouped(self.seats, lambda values: values["member_id"])

    def _index_organisations(self) -> None:
        rows = self.organisations
        self._by_siren = _grouped(rows, lambda values: bare(values["siren"]) or bare(values["siret"])[:9])
        self._by_siret = _grouped(rows, lambda values: bare(values["siret"]))
        self._by_insee = _grouped(rows, lambda values: bare(values["insee"]).upper())
        self._by_name: dict[str, list[int]] = {}
        self._by_place: dict[tuple[str, ...], list[int]] = {}
        for row_id, values in rows.items():
            names = [values["name"], values["short_name"], *self.aliases.get(row_id, ())]
            for key in dict.fromkeys(fold(name) for name in names if name):
                self._by_name.setdefault(key, []).append(row_id)
            for place in dict.fromkeys(place_of(name) for name in names if name):
                self._by_place.setdefault(place, []).append(row_id)

    def _index_persons(self) -> None:
        rows = self.persons
        self._persons = _grouped(
            rows, lambda values: persons.name_key(values["first_name"], values["last_name"])
        )
        self._by_last_name = _grouped(rows, lambda values: persons.name_key(values["last_name"]))
        self.first_names = {fold(values["first_name"]) for values in rows.values()} - {""}

    # --- organisations ---------------------------------------------------------------------------

    def names_of(self, row_id: int) -> list[str]:
        """Return every spelling of an organisation's name."""
        values = self.organisations[row_id]
        return [
            name for name in (values["name"], values["short_name"], *self.aliases.get(row_id, ())) if name
        ]

    def organisation(self, given: Values) -> Found:
        """Find an organisation by its numbers, by its name or a spelling, then by its place and kind."""
        siren = given.get("siren") or (given.get("siret") or "")[:9]
        for number, index in (
            (given.get("siret"), self._by_siret),
            (siren, self._by_siren),
            (given.get("insee"), self._by_insee),
        ):
            if number and (ids := index.get(number)):
                return self._only(ids, given)
        name = given.get("name") or ""
        same = self._fitting(self._by_name.get(fold(name), ()), given) if name else []
        if same:
            return self._only(same, given)
        near = self._by_place.get(place_of(name), ()) if name and self._by_place else ()
        alike = self._fitting(near, given)
        if not alike:
            return Found()
        kinds = {given["kind"]} if given.get("kind") else {kind.value for kind in read(name).kinds}
        sure = [row_id for row_id in alike if self.organisations[row_id]["kind"] in kinds]
        return self._only(sure, given) if len(sure) == 1 else Found(others=tuple(alike))

    def _only(self, ids: Sequence[int], given: Values) -> Found:
        """Return the one of several that its name, else its membership tells apart, or all of them."""
        key = fold(given.get("name") or "")
        named = [row_id for row_id in ids if key in map(fold, self.names_of(row_id))]
        joined = [row_id for row_id in named or ids if ("organisation", row_id) in self.members_of]
        for meant in (named, joined):
            if len(ids) > 1 and len(meant) == 1:
                ids = meant
        return Found(ids[0]) if len(ids) == 1 else Found(others=tuple(ids))

    def _fitting(self, ids: Iterable[int], given: Values) -> list[int]:
        """Return those that nothing given contradicts: five communes are called Celles."""
        return [row_id for row_id in ids if not self.contradicts(self.organisations[row_id], given)]

    @staticmethod
    def contradicts(held: Values, given: Values) -> bool:
        """Return whether numbers, département or kind say that these are two organisations."""
        for name in ("siren", "insee", "departement"):
            if held[name] and given.get(name) and bare(held[name]) != bare(given[name]):
                return True
        kind = given.get("kind")
        return bool(kind and held["kind"] not in (kind, Kind.OTHER.value))

    # --- persons ---------------------------------------------------------------------------------

    def person(self, given: Values, *, among: Collection[int] = ()) -> tuple[int, ...]:
        """Return the persons meant: those ``among`` first, then by e-mail; several when in doubt."""
        first, last = given.get("first_name") or "", given.get("last_name") or ""
        index = self._persons if first else self._by_last_name
        ids = index.get(persons.name_key(first, last), [])
        if not first:  # « Mme TOUET » is somebody only where one of that name is expected
            ids = [row_id for row_id in ids if row_id in among]
        email = given.get("email") or ""
        for narrowed in (
            [row_id for row_id in ids if row_id in among],
            [row_id for row_id in ids if email and _same("email", self.persons[row_id]["email"], email)],
        ):
            if len(ids) > 1 and narrowed:
                ids = narrowed
        return tuple(ids)


def differs(name: str, held: Any, given: Any) -> bool:
    """Return whether a value given is another one than the value held, not only another way to write it."""
    return not _same(name, held, given)


def _same(name: str, held: Any, given: Any) -> bool:
    if held == given:
        return True
    if not isinstance(held, str) or not isinstance(given, str):
        return False
    if name in ("siren", "siret", "rna", "phone", "insee", "postcode"):
        return _figures(held) == _figures(given)
    if name == "email":
        return held.casefold() == given.casefold()
    return " ".join(held.split()) == " ".join(given.split())


def _figures(text: str) -> str:
    return re.sub(r"^(\+33|0033)", "", bare(text).upper()).lstrip("0")


def _read(session: Session, kind: Any, names: Sequence[str]) -> dict[int, Values]:
    columns = [getattr(kind, name) for name in names]
    rows = session.execute(select(kind.id, *columns).order_by(kind.id))
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def _grouped(rows: Mapping[int, Values], key: Callable[[Values], Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for row_id, values in rows.items():
        if value := key(values):
            found.setdefault(value, []).append(row_id)
    return found
