"""Writes what was planned: all the rows chosen or none, in statements of many rows.

A row at a time through the mapped classes, 100,000 members take minutes; so, seconds. The triggers that
record every change for undo see these statements like any other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from vto_desktop import garbage
from vto_desktop.model import Base, Member, Organisation, OrganisationAlias, Person, Representative
from vto_desktop.model.organisations import organisation_keys, person_keys
from vto_desktop.services import convention_keys, members, organisations, persons
from vto_desktop.services.importing.plan import PlannedRow, Seat, Target, Work
from vto_desktop.services.rows import table_of

CHUNK: Final = 2_000

Progress = Callable[[int, int], object]
Ids = dict[int, int]  # id() of a planned target → id of its row


@garbage.put_off()
def apply(session: Session, rows: Sequence[PlannedRow], progress: Progress | None = None) -> None:
    """Write the rows of a plan, in the caller's transaction; ``progress`` may raise to give up."""
    works = [row.work for row in rows if row.work is not None and row.work.is_touched]
    _Writer(session, works, progress).write()


class _Writer:
    """Writes works kind of row by kind of row: first what others point to."""

    def __init__(self, session: Session, works: Sequence[Work], progress: Progress | None) -> None:
        self._session = session
        self._works = works
        self._progress = progress
        self._done = 0
        self._total = 0
        self._ids: Ids = {}

    def write(self) -> None:
        """Write everything and what finds it."""
        holders = _distinct(work.organisation for work in self._works)
        people = _distinct(
            person for work in self._works for person in (work.person, *(seat.person for seat in work.seats))
        )
        seats = [(work, seat) for work in self._works for seat in work.seats]
        self._total = len(holders) + len(people) + len(self._works) + len(seats)
        self._write_targets(Organisation, holders)
        self._write_targets(Person, people)
        self._write_aliases(holders)
        member_ids = self._write_members()
        self._write_seats(seats, member_ids)
        self._refresh(holders, people, member_ids)

    # --- organisations and persons ---------------------------------------------------------------

    def _write_targets(self, kind: type[Base], targets: Sequence[Target]) -> None:
        new = [target for target in targets if target.id is None]
        ids = self._insert(kind, [_keyed(kind, target) for target in new])
        self._ids |= {id(target): row_id for target, row_id in zip(new, ids, strict=True)}
        held = [target for target in targets if target.id is not None]
        self._ids |= {id(target): target.id for target in held if target.id is not None}
        self._update(kind, [(target.id, target.values) for target in held if target.id is not None])

    def _write_aliases(self, targets: Sequence[Target]) -> None:
        self._insert(
            OrganisationAlias,
            [
                {"organisation_id": self._ids[id(target)], "name": name}
                for target in targets
                for name in target.aliases
            ],
        )

    # --- members and those who represent them ----------------------------------------------------

    def _write_members(self) -> dict[int, int]:
        """Write the memberships; return their ids by the identity of their work."""
        found = {id(work): work.member_id for work in self._works if work.member_id is not None}
        self._update(
            Member, [(work.member_id, work.member) for work in self._works if work.member_id is not None]
        )
        new = [work for work in self._works if work.member_id is None]
        rows = []
        for work in new:
            target = work.organisation or work.person
            assert target is not None  # noqa: S101 - a new member is somebody
            column = "organisation_id" if work.organisation is not None else "person_id"
            keys = _member_keys(work) if target.id is None else {}
            rows.append(
                {
                    "organisation_id": None,
                    "person_id": None,
                    column: self._ids[id(target)],
                    **work.member,
                    **keys,
                }
            )
        ids = self._insert(Member, rows)
        return found | {id(work): row_id for work, row_id in zip(new, ids, strict=True)}

    def _write_seats(self, seats: Sequence[tuple[Work, Seat]], member_ids: Mapping[int, int]) -> None:
        self._insert(
            Representative,
            [
                {"member_id": member_ids[id(work)], "person_id": self._ids[id(seat.person)], **seat.values}
                for work, seat in seats
                if seat.id is None
            ],
        )
        self._update(Representative, [(seat.id, seat.values) for _work, seat in seats if seat.id is not None])

    # --- what finds them -------------------------------------------------------------------------

    def _refresh(
        self, holders: Sequence[Target], people: Sequence[Target], member_ids: Mapping[int, int]
    ) -> None:
        changed = [target.id for target in holders if target.id is not None and target.is_touched]
        organisations.refresh_keys(self._session, changed)
        convention_keys.refresh_of_funder(self._session, *changed)
        persons.refresh_keys(
            self._session, [each.id for each in people if each.id is not None and each.values]
        )
        known = [
            member_ids[id(work)]
            for work in self._works
            if work.member_id is not None or (work.organisation or work.person or _NOBODY).id is not None
        ]
        members.refresh_keys(self._session, known)

    # --- statements ------------------------------------------------------------------------------

    def _insert(self, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert rows and return their ids, which a database gives out in the order of the rows."""
        if not rows:
            return []
        table = table_of(kind)
        connection = self._session.connection()
        last = self._session.scalar(select(func.max(table.c.id))) or 0
        for part in _parts(_filled(table_of(kind), rows)):
            connection.execute(insert(table), part)
            self._tell(len(part))
        ids = list(self._session.scalars(select(table.c.id).where(table.c.id > last).order_by(table.c.id)))
        if len(ids) != len(rows):
            raise RuntimeError(f"{len(rows)} rows inserted, {len(ids)} found")
        return ids

    def _update(self, kind: type[Base], rows: Iterable[tuple[int | None, Mapping[str, Any]]]) -> None:
        table = table_of(kind)
        by_names: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row_id, values in rows:
            if values:
                changed = {f"new_{name}": value for name, value in values.items()}
                by_names.setdefault(tuple(values), []).append({"row_id": row_id, **changed})
        for names, found in by_names.items():
            statement = (
                update(table)
                .where(table.c.id == bindparam("row_id"))
                .values({name: bindparam(f"new_{name}") for name in names} | {"version": table.c.version + 1})
            )
            for part in _parts(found):
                self._session.connection().execute(statement, part)
                self._tell(len(part))

    def _tell(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)


_NOBODY: Final = Target(None, {})


def _distinct(targets: Iterable[Target | None]) -> list[Target]:
    return list({id(target): target for target in targets if target is not None}.values())


def _parts(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _filled(table: Any, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows that all name the same columns, so that one statement takes them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    blank = {name: _blank(table.c[name]) for name in names}
    return [{**blank, **row} for row in rows]


def _blank(column: Any) -> Any:
    return column.default.arg if column.default is not None else None


# --- keys ----------------------------------------------------------------------------------------


def _keyed(kind: type[Base], target: Target) -> dict[str, Any]:
    """Return the values of a new organisation or person with the keys that it sorts by and is found by."""
    given = target.values.get
    if kind is Organisation:
        spellings = (given("short_name"), *target.aliases)
        others = (given("kind"), given("departement"), given("city"), given("siren"))
        keys = organisation_keys(target.values["name"], spellings, others)
    else:
        keys = person_keys(
            given("first_name", ""), target.values["last_name"], (given("city"), given("email"))
        )
    return {**target.values, "sort_key": keys[0], "search_key": keys[1]}


def _member_keys(work: Work) -> dict[str, Any]:
    target = work.organisation or work.person or _NOBODY
    return members.member_keys(target.values, target.aliases, [seat.name for seat in work.seats])
