"""Lists as the screen and the exports read them: the ids in order, then the rows that are looked at."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.services.folding import holds, may_hold, words_of

IN_LIST: Final = 500  # ids in one statement

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

    ``sort`` is the expression it sorts by; its value does otherwise, a text folded in Python.
    """

    key: str
    title: str
    kind: str
    value: Any
    sort: Any = None

    @property
    def order(self) -> Any:
        """Return the expression that sorts this column, or None when only its shown values can."""
        if self.sort is not None or self.value is None or self.kind == "text":
            return self.sort
        return self.value


def read_ids(session: Session, chosen: Select[tuple[int]]) -> Sequence[int]:
    """Return the ids a statement selects, straight from the driver.

    A row object for each of 100,000 ids takes four times what the database takes to find them.
    """
    found = session.connection().execute(chosen)
    ids = array("q", chain.from_iterable(found.cursor.fetchall()))
    found.close()
    return ids


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
    year: Callable[[int], Condition] = no_condition
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
        words = words_of(text) if self.key or self.searched else []
        chosen = self._joined(select(self.table.id, *(self.searched if words else ())))
        if words:
            chosen = chosen.where(self.key(text) if self.key else may_hold(words, *self.searched))
        if on is not None:
            chosen = chosen.where(self.on(on))
        if year is not None:
            chosen = chosen.where(self.year(year))
        computed = dict[str, Any]()
        for key, value in (filters or {}).items():
            condition = self._filter(key, value)
            if condition is None:
                computed[key] = value
            else:
                chosen = chosen.where(condition)
        column = next((each for each in self.shown if each.key == sort), None)
        rows = session.execute(chosen.order_by(*self._order(column, descending=descending)))
        found = [row[0] for row in rows if not words or self.key or holds(words, *row[1:])]
        for key, value in computed.items():
            found = [row_id for row_id, shown in self._values(session, found, key) if shown == value]
        if column is not None and column.order is None:
            found = self._sorted_as_shown(session, found, column.key, descending=descending)
        return found

    def rows(self, session: Session, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return one tuple a row, in the order of ids and of columns; a row gone since is left out."""
        found: Values = {}
        given = [each for each in self.shown if each.value is not None]
        for start in range(0, len(ids), IN_LIST):
            part = list(ids[start : start + IN_LIST])
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

    def _order(self, column: Shown | None, *, descending: bool) -> list[Any]:
        if column is None or column.order is None:
            return [each.desc() if descending and column is None else each for each in self.order]
        order = column.order
        if order is self.order[0]:
            return [order.desc() if descending else order, self.table.id]
        return [order.is_(None), order.desc() if descending else order, *self.order]

    def _values(self, session: Session, ids: list[int], key: str) -> list[tuple[int, Any]]:
        place = next(n for n, each in enumerate(self.shown) if each.key == key)
        return [(row_id, row[place]) for row_id, row in zip(ids, self.rows(session, ids), strict=True)]

    def _sorted_as_shown(self, session: Session, ids: list[int], key: str, *, descending: bool) -> list[int]:
        def rank(pair: tuple[int, Any]) -> Any:
            return french.sort_key(pair[1]) if isinstance(pair[1], str) else pair[1]

        pairs = self._values(session, ids, key)
        known = [pair for pair in pairs if pair[1] not in (None, "")]
        known.sort(key=rank, reverse=descending)
        return [row_id for row_id, _ in known] + [row_id for row_id, value in pairs if value in (None, "")]
