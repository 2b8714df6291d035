"""Sort and search keys that follow from other rows, and are written straight into their table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from vto_desktop.model import Base
from vto_desktop.services.rows import table_of


@dataclass(frozen=True, slots=True)
class Keys:
    """What one row sorts by and is found by."""

    row_id: int
    sort_key: str
    search_key: str


def write_keys(session: Session, kind: type[Base], found: Sequence[Keys]) -> None:
    """Write keys past the mapped rows: following from others, they must not look like an edit."""
    if not found:
        return
    table = table_of(kind)
    statement = update(table).where(table.c.id == bindparam("row_id"))
    session.connection().execute(
        statement.values(sort_key=bindparam("new_sort_key"), search_key=bindparam("new_search_key")),
        [
            {"row_id": each.row_id, "new_sort_key": each.sort_key, "new_search_key": each.search_key}
            for each in found
        ],
    )
    for each in found:
        present = session.identity_map.get(session.identity_key(kind, each.row_id))
        if present is not None:
            set_committed_value(present, "sort_key", each.sort_key)
            set_committed_value(present, "search_key", each.search_key)


def texts_by_id(session: Session, chosen: Any) -> dict[int, list[str]]:
    """Return the texts of a statement that selects an id and a text, by id."""
    found: dict[int, list[str]] = {}
    for row_id, text in session.execute(chosen):
        found.setdefault(row_id, []).append(text)
    return found
