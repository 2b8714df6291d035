"""Lists as the screen and the exports read them: the ids in order, then the rows that are looked at."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.services.folding import holds, may_hold, words_of
from vto_desktop.services.rows import parts_of

PAGE: Final = 1_000  # rows read at a time
Condition = ColumnElement[bool]
Values = dict[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A heading and what its values are: text, date, amount (cents), number or chip (a state)."""

    key: str
    title: str
    kind: str = "text"


class FindIds(Protocol):
    """Return the ids of a list, filtered and sorted."""

    def __call__(
        self,
        session: Session,
        *,
        text: str = "",
        filters: Mapping[str, Any] | None = None,
        sort: str = "",
        descending: bool = False,
        on: date | None = None,
        year: int | None = None,
    ) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A list: its English name, its French title, its columns, and how its ids and rows are read."""

    name: str
    title: str
    columns: tuple[ListColumn, ...]
    ids: FindIds
    rows: Callable[[Session, Sequence[int]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Shown:
    """A column and where its values come from: an expression, or ``None`` for what ``finish`` adds.

    ``sort`` is the expression it sorts by when that is not its value; texts sort as French does.
    """

    key: str
    title: str
    kind: str
    value: Any
    sort: Any = None

    @property
    def order(self) -> Any:
        """Return the expression that sorts this column, or None when only its shown values can."""
        return self.value if self.sort is None else self.sort


def read_ids(session: Session, chosen: Select[tuple[int]]) -> Sequence[int]:
    """Return the ids a statement selects, straight from the driver.

    A row object for each of 100,000 ids takes four times what the database takes to find them.
    """
    found = session.connection().execute(chosen)
    ids = array("q", chain.from_iterable(found.cursor.fetchall()))
    found.close()
    return ids


def every_row(
    read: Callable[[], AbstractContextManager[Session]], query: "ListQuery"
) -> Iterator[tuple[Any, ...]]:
    """Yield every row of a list, a page for each reading, so that nobody waits for the whole of it."""
    with read() as session:
        ids = query.ids(session)
    for start in range(0, len(ids), PAGE):
        with read() as session:
            rows = query.rows(session, ids[start : start + PAGE])
        yield from rows


def no_condition(_value: Any) -> Condition:
    """Return « every row »."""
    return literal(1) == 1


@dataclass(frozen=True)
class TableList:
    """What a list asks of one table and of those it points to.

    Every join leads to at most one row, so that databases leave out the joins a statement does not use.
    """

    name: str
    title: str
    table: Any
    shown: Sequence[Shown]
    order: Sequence[Any]
    joins: Sequence[tuple[Any, Any]] = ()
    key: Callable[[str], Condition] | None = None  # how a stored search key is searched
    searched: Sequence[Any] = ()  # or the columns whose texts are
    on: Callable[[date], Condition] = no_condition
    year: Callable[[int], Condition] | None = None  # None: as on the last day of it
    filters: Mapping[str, Callable[[Any], Condition]] = field(default_factory=dict)
    # Adds the values of columns without an expression, by id, in the order of these columns.
    finish: Callable[[Session, Sequence[int]], Values] | None = None

    def query(self) -> ListQuery:
        """Return the list as screen and exports use it."""
        columns = tuple(ListColumn(each.key, each.title, each.kind) for each in self.shown)
        return ListQuery(self.name, self.title, columns, self.ids, self.rows)

    def ids(
        self,
        session: Session,
        *,
        text: str = "",
        filters: Mapping[str, Any] | None = None,
        sort: str = "",
        descending: bool = False,
        on: date | None = None,
        year: int | None = None,
    ) -> list[int]:
        """Return the ids of the rows asked for; what has no value to sort by comes last."""
        column = next((each for each in self.shown if each.key == sort), None)
        sorts_first = column is None or column.sort is self.order[0] or column.value is self.order[0]
        value = None if column is None or sorts_first else column.order
        words = words_of(text) if self.key or self.searched else []
        read = [] if self.key or not words else list(self.searched)
        chosen = self._joined(select(self.table.id, *([] if value is None else [value]), *read))
        if words:
            chosen = chosen.where(self.key(text) if self.key else may_hold(words, *read))
        if on is not None:
            chosen = chosen.where(self.on(on))
        if year is not None:
            chosen = chosen.where(self.year(year) if self.year else self.on(date(year, 12, 31)))
        conditions = {key: self._filter(key, wanted) for key, wanted in (filters or {}).items()}
        chosen = chosen.where(*(each for each in conditions.values() if each is not None))
        backwards = descending and sorts_first
        chosen = chosen.order_by(*(each.desc() if backwards else each for each in self.order))
        found = self._found(
            session, chosen, words=words if read else [], descending=descending, with_value=value is not None
        )
        for key in (each for each, condition in conditions.items() if condition is None):
            wanted = (filters or {})[key]
            found = [row_id for row_id, shown in self._values(session, found, key) if shown == wanted]
        if column is not None and not sorts_first and value is None:
            found = _sorted(self._values(session, found, column.key), descending=descending)
        return found

    @staticmethod
    def _found(
        session: Session, chosen: Select[Any], *, words: list[str], descending: bool, with_value: bool
    ) -> list[int]:
        # Through the connection: plain rows, half the time of the session's for a hundred thousand.
        rows = session.connection().execute(chosen)
        if not words and not with_value:
            return list(rows.scalars())
        read_from = 2 if with_value else 1
        kept = [row for row in rows if holds(words, *row[read_from:])] if words else rows.all()
        return _sorted(kept, descending=descending) if with_value else [row[0] for row in kept]

    def rows(self, session: Session, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return one tuple a row, in the order of ids and of columns; a row gone since is left out."""
        found: Values = {}
        given = [each for each in self.shown if each.value is not None]
        for part in parts_of(ids):
            chosen = self._joined(select(self.table.id, *(each.value for each in given)))
            held = {row[0]: tuple(row[1:]) for row in session.execute(chosen.where(self.table.id.in_(part)))}
            added = self.finish(session, part) if self.finish is not None else {}
            for row_id, values in held.items():
                found[row_id] = self._woven(values, added.get(row_id, ()))
        return [found[row_id] for row_id in ids if row_id in found]

    def _woven(self, given: tuple[Any, ...], added: tuple[Any, ...]) -> tuple[Any, ...]:
        values, others = iter(given), iter(added)
        return tuple(next(others, "") if each.value is None else next(values) for each in self.shown)

    def _joined(self, chosen: Select[Any]) -> Select[Any]:
        chosen = chosen.select_from(self.table)
        for target, onclause in self.joins:
            chosen = chosen.outerjoin(target, onclause)
        return chosen

    def _filter(self, key: str, value: Any) -> Condition | None:
        if key in self.filters:
            return self.filters[key](value)
        column = next(each for each in self.shown if each.key == key)
        return None if column.value is None else column.value == value

    def _values(self, session: Session, ids: list[int], key: str) -> list[tuple[int, Any]]:
        place = next(n for n, each in enumerate(self.shown) if each.key == key)
        return [(row_id, row[place]) for row_id, row in zip(ids, self.rows(session, ids), strict=True)]


def _sorted(pairs: Sequence[Any], *, descending: bool) -> list[int]:
    """Return ids by the value beside each, those without one last; equal values keep their order."""
    known = [pair for pair in pairs if pair[1] not in (None, "")]
    if known and isinstance(known[0][1], str):
        known = [(pair[0], french.sort_key(pair[1])) for pair in known]
    known.sort(key=itemgetter(1), reverse=descending)
    return [pair[0] for pair in known] + [pair[0] for pair in pairs if pair[1] in (None, "")]
