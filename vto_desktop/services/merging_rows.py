"""Rows that are the same thing entered twice: whatever points at the one moves to the other.

Which tables point where is read from the tables themselves, so that a new one is never forgotten.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Column, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from vto_desktop.model import Base
from vto_desktop.services.rows import table_of

_SAME_BUT_FOR: Final = frozenset({"id", "version", "position", "sort_key", "search_key"})


def move_references(session: Session, kind: type[Base], kept_id: int, other_ids: Sequence[int]) -> None:
    """Make every row that points at the others point at the one that is kept.

    A row that then says exactly what another one says goes, unless rows of its own hang on it. What the
    session knew of these rows is read again.
    """
    session.flush()
    for table in Base.metadata.sorted_tables:
        columns = _pointing(table, table_of(kind))
        if columns:
            _move(session, table, columns, kept_id, other_ids)
    session.expire_all()


def _pointing(table: Table, target: Table) -> list[Column[Any]]:
    return [key.parent for key in table.foreign_keys if key.column.table is target]


def _move(
    session: Session, table: Table, columns: Collection[Column[Any]], kept_id: int, other_ids: Sequence[int]
) -> None:
    wanted = [kept_id, *other_ids]
    chosen = select(table).where(or_(*(column.in_(wanted) for column in columns))).order_by(table.c.id)
    rows = [dict(row) for row in session.execute(chosen).mappings()]
    names = [column.name for column in columns]
    moved = [row for row in rows if any(row[name] in other_ids for name in names)]
    if _stands_alone(table):
        known = {_said(row, names, {}) for row in rows if row not in moved}
        into = dict.fromkeys(other_ids, kept_id)
        for row in moved:
            said = _said(row, names, into)
            if said in known:
                session.execute(delete(table).where(table.c.id == row["id"]))
            known.add(said)
    for column in columns:
        session.execute(
            update(table)
            .where(column.in_(other_ids))
            # A form that is open on the row must see that it changed, and not point it back.
            .values({column.name: kept_id, "version": table.c.version + 1})
        )


def _stands_alone(table: Table) -> bool:
    """Return whether no row of another table hangs on rows of this one."""
    return not any(
        key.column.table is table for other in Base.metadata.tables.values() for key in other.foreign_keys
    )


def _said(row: dict[str, Any], names: Collection[str], into: dict[int, int]) -> tuple[Any, ...]:
    """Return all that a row says once it has moved."""
    return tuple(
        into.get(value, value) if name in names else value
        for name, value in row.items()
        if name not in _SAME_BUT_FOR
    )
