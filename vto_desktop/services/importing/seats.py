"""Those who represent a member, as rows of a list name them: who they are in the dossier, what changes."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from vto_desktop.model import Rank
from vto_desktop.services import persons
from vto_desktop.services.importing.fields import GROUPS
from vto_desktop.services.importing.headings import Layout
from vto_desktop.services.importing.known import Known, differs
from vto_desktop.services.importing.plan import CellProblem, Seat, Target
from vto_desktop.services.importing.reading import Given, heading_of

IDENTITY: Final = ("civility", "first_name", "last_name", "email", "phone")
HELD: Final = ("rank", "capacity", "starts_on", "ends_on")

# What our own lists write behind a name: « Clara GIMENEZ et/ou +1 suppl. ».
_NOTE: Final = re.compile(r"(\s+et/ou)?(\s+\+\d+)?(\s+suppl\.)?$|\s*\([^)]*\)$")
_BETWEEN: Final = re.compile(r"\s*[;,\n/]\s*|\s+et/ou\s+|\s+et\s+")


def named(text: str, known: Known) -> dict[str, Any]:
    """Return civility, first and last name of a whole name."""
    civility, first, last = persons.split_name(_NOTE.sub("", text.strip()), first_names=known.first_names)
    found = {"civility": civility, "first_name": first, "last_name": last}
    return {name: value for name, value in found.items() if value}


def groups_in(layout: Layout) -> list[str]:
    """Return the groups of columns of representatives that a list of members has."""
    prefixes = {key.partition(".")[0] for key in layout.mapping.values() if "." in key}
    return [group for group in GROUPS if group in prefixes]


def seats_given(given: Given, known: Known, groups: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the representatives named in a row of a member."""
    values = given.values
    if "name" in values and values.get("last_name"):
        yield {
            "column": "last_name",
            "rank": "",
            **given.part(("civility", "first_name", "last_name", "capacity")),
        }
    for group in groups:
        rank = GROUPS[group][1]
        prefix = f"{group}."
        found = given.part((*IDENTITY, "capacity"), prefix)
        if whole := values.get(f"{prefix}name"):
            found = named(whole, known) | found
        if found.get("last_name"):
            yield {"column": f"{prefix}name", "rank": rank, **found}
    for name in _BETWEEN.split(values["representatives"]) if "representatives" in values else ():
        if found := named(name, known):
            yield {"column": "representatives", "rank": "", **found}


def whole_name(each: Mapping[str, Any]) -> str:
    """Return « Magalie TOUET »."""
    return " ".join(filter(None, (each.get("first_name"), each.get("last_name"))))


class Seats:
    """Turns named representatives into what is to be written; a new person is made once for a whole file."""

    def __init__(self, known: Known, layout: Layout) -> None:
        self._known = known
        self._layout = layout
        self._new: dict[str, Target] = {}
        self._positions: dict[int, int] = {}

    def of(self, given: Given, member_id: int | None, named_ones: Iterator[dict[str, Any]]) -> list[Seat]:
        """Return the seats of a member that a row names; adds what is wrong to the row's problems."""
        held = {row_id: self._known.seats[row_id] for row_id in self._seat_ids(member_id)}
        among = {values["person_id"] for values in held.values()}
        position = self._position(member_id)
        found: list[Seat] = []
        for each in named_ones:
            person = self._person(given, each, among)
            if person is None or any(_is_same(seat.person, person) for seat in found):
                continue
            seat = self._seat(each, person, held)
            if seat.id is None:
                seat.values |= {"position": position}
                position += 1
            found.append(seat)
        if member_id is not None:
            self._positions[member_id] = position
        return found

    def _position(self, member_id: int | None) -> int:
        """Return the place of the next new representative of a member."""
        if member_id is None:
            return 0
        if member_id not in self._positions:
            places = [self._known.seats[row_id]["position"] for row_id in self._seat_ids(member_id)]
            self._positions[member_id] = max(places, default=-1) + 1
        return self._positions[member_id]

    def _seat_ids(self, member_id: int | None) -> list[int]:
        return self._known.seats_of.get(member_id, []) if member_id is not None else []

    def _person(self, given: Given, each: Mapping[str, Any], among: Collection[int]) -> Target | None:
        ids = self._known.person(each, among=among)
        if len(ids) > 1:
            given.problems.append(
                CellProblem(
                    given.number,
                    heading_of(self._layout, each.get("column", ""), "name", "last_name"),
                    f"Plusieurs personnes du dossier s’appellent {whole_name(each)}\u00a0: fusionnez-les, "
                    "ou indiquez le courriel de celle-ci.",
                )
            )
            return None
        identity = {name: each[name] for name in IDENTITY if each.get(name)}
        if ids:
            return Target(ids[0], self._changes(ids[0], identity))
        key = persons.name_key(each.get("first_name") or "", each["last_name"])
        target = self._new.setdefault(key, Target(None, {}))
        for name, value in identity.items():
            target.values.setdefault(name, value)
        return target

    def _changes(self, person_id: int, identity: Mapping[str, Any]) -> dict[str, Any]:
        held = self._known.persons[person_id]
        names = [name for name in ("civility", "email", "phone") if name in identity]
        return {name: identity[name] for name in names if differs(name, held[name], identity[name])}

    def _seat(self, each: Mapping[str, Any], person: Target, held: Mapping[int, Mapping[str, Any]]) -> Seat:
        name = whole_name(each if person.id is None else self._known.persons[person.id])
        given = {name: each[name] for name in HELD if each.get(name)}
        own = [row_id for row_id, values in held.items() if values["person_id"] == person.id]
        seat_id = min(own, key=lambda row_id: _distance(held[row_id], given, row_id), default=None)
        if seat_id is not None and _is_later(held[seat_id], given):
            seat_id = None
        if seat_id is None:
            return Seat(None, person, {"rank": Rank.TITULAR.value, **given}, name)
        values = held[seat_id]
        if given.get("rank") == Rank.TITULAR and values["rank"] == Rank.AND_OR and each.get("column"):
            del given["rank"]  # the second of two titulars linked by « et/ou » stands in such a column too
        changed = {name: value for name, value in given.items() if differs(name, values[name], value)}
        return Seat(seat_id, person, changed, name)


def _is_same(one: Target, other: Target) -> bool:
    return one is other or (one.id is not None and one.id == other.id)


def _distance(held: Mapping[str, Any], given: Mapping[str, Any], row_id: int) -> tuple[bool, bool, int]:
    """Return how far a seat held is from what a row says: the same start first, then the present one."""
    starts = given.get("starts_on")
    return starts is not None and held["starts_on"] != starts, held["ends_on"] is not None, -row_id


def _is_later(held: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Return whether a row speaks of another time than the seat held: who left came back."""
    starts, ends = given.get("starts_on"), held["ends_on"]
    return starts is not None and ends is not None and starts >= ends
