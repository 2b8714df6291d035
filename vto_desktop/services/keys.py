"""Sort and search keys that follow from other rows, and are written straight into their table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from vto_desktop.model import Base
from vto_desktop.services.rows import table_of


@dataclass(frozen=True, slots=True)
class Keys:
    """What one row sorts by and is found by: column → value, the same columns for every row of a table."""

    row_id: int
    values: Mapping[str, str | int | None]


def own_keys(row: Any) -> Keys:
    """Return the keys of a row that knows its own: an organisation, a person."""
    sort_key, search_key = row.keys()
    return Keys(row.id, {"sort_key": sort_key, "search_key": search_key})


def write_keys(session: Session, kind: type[Base], found: Sequence[Keys]) -> None:
    """Write keys past the mapped rows: following from others, they must not look like an edit."""
    if not found:
        return
    table = table_of(kind)
    names = list(found[0].values)
    statement = update(table).where(table.c.id == bindparam("row_id"))
    session.connection().execute(
        statement.values({name: bindparam(f"new_{name}") for name in names}),
        [{"row_id": each.row_id, **{f"new_{name}": each.values[name] for name in names}} for each in found],
    )
    for each in found:
        present = session.identity_map.get(session.identity_key(kind, each.row_id))
        if present is not None:
            for name, value in each.values.items():
                set_committed_value(present, name, value)


def texts_by_id(session: Session, chosen: Any) -> dict[int, list[str]]:
    """Return the texts of a statement that selects an id and a text, by id."""
    found: dict[int, list[str]] = {}
    for row_id, text in session.execute(chosen):
        found.setdefault(row_id, []).append(text)
    return found
