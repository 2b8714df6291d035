"""Playing a journal step backwards or forwards."""

import json
import sqlite3
from typing import Any, Final

from vto_desktop.errors import UserError
from vto_desktop.store import tracking
from vto_desktop.store.schema import CLOSED

ERASED: Final = "erased"
"""Marks what is left of a recorded row once its content was erased (store.redaction)."""


def is_erased(image: str | None) -> bool:
    """Return whether the content of a recorded row was erased since."""
    return image is not None and f'"{ERASED}":1' in image and ERASED in json.loads(image)


def impossible(details: str = "") -> UserError:
    """Return the refusal to undo or redo."""
    return UserError(
        "ANNULATION_IMPOSSIBLE",
        "Cette opération ne peut pas être annulée ni rétablie : le dossier a changé depuis. Rien n’a "
        "été modifié.",
        details=details,
    )


def play(raw: sqlite3.Connection, step_id: int, *, backwards: bool) -> None:
    """Bring every row of a step to its state before (or after) it, inside the open transaction.

    Foreign keys are checked at the end only, and an update is replayed as an update: deleting and inserting
    again would take the children along. What was erased since stays so.
    """
    raw.execute("PRAGMA defer_foreign_keys=ON")
    order = "DESC" if backwards else "ASC"
    rows = raw.execute(
        f"SELECT table_name, before, after FROM journal_change WHERE step_id = ? ORDER BY id {order}",  # noqa: S608 - a constant
        (step_id,),
    ).fetchall()
    columns: dict[str, set[str]] = {}
    for table, before, after in rows:
        if is_erased(before) or is_erased(after):
            continue
        if table not in columns:
            columns[table] = {row[1] for row in raw.execute(f"PRAGMA table_info({table})")}
        current, wanted = (after, before) if backwards else (before, after)
        _bring(raw, table, _known(current, columns[table]), _known(wanted, columns[table]))


def _known(image: str | None, columns: set[str]) -> dict[str, Any] | None:
    """Return a row's recorded values without the columns that a migration has since removed."""
    if image is None:
        return None
    return {name: value for name, value in json.loads(image).items() if name in columns}


def _bring(
    raw: sqlite3.Connection, table: str, current: dict[str, Any] | None, wanted: dict[str, Any] | None
) -> None:
    """Take one row from one state to another; None is absence. The row must be there as recorded."""
    if wanted is None:
        if (current or {}).get("closed_on"):  # a closed year refuses to be deleted, but may be opened again
            raw.execute(f"UPDATE {table} SET closed_on = NULL WHERE id = ?", [(current or {})["id"]])  # noqa: S608 - our names
        statement, values = f"DELETE FROM {table} WHERE id = ?", [(current or {})["id"]]  # noqa: S608 - our table names
    elif current is None:
        names, marks = ", ".join(wanted), ", ".join("?" * len(wanted))
        statement, values = f"INSERT INTO {table} ({names}) VALUES ({marks})", list(wanted.values())  # noqa: S608 - our names
    else:
        assignments = ", ".join(f"{name} = ?" for name in wanted)
        statement = f"UPDATE {table} SET {assignments} WHERE id = ?"  # noqa: S608 - our names
        values = [*wanted.values(), current["id"]]
    if raw.execute(statement, values).rowcount != 1:
        raise impossible(f"{table}: row not found")


def next_step(raw: sqlite3.Connection, kind: str) -> tuple[int, str] | None:
    """Return the id and label of the step that ``undo`` or ``redo`` would take next."""
    column = "undoes" if kind == "undo" else "redoes"
    row: tuple[int, str] | None = raw.execute(
        f"SELECT id, label FROM journal WHERE id = (SELECT {column} FROM journal ORDER BY id DESC LIMIT 1)"  # noqa: S608 - a constant
    ).fetchone()
    return row


def next_label(raw: sqlite3.Connection, kind: str) -> str | None:
    """Return the label of what ``undo`` or ``redo`` would take next, or None."""
    found = next_step(raw, kind)
    return found[1] if found else None


def move(raw: sqlite3.Connection, kind: str, author: str) -> tuple[int, str, frozenset[str]]:
    """Undo or redo one step, which is a step of the journal too; returns its id, label and changed tables."""
    found = next_step(raw, kind)
    if found is None:
        raise impossible("nothing left")
    step_id, label = found
    try:
        play(raw, step_id, backwards=kind == "undo")
    except sqlite3.IntegrityError as error:
        if CLOSED in str(error):
            raise
        raise impossible(error.sqlite_errorname) from error
    return step_id, label, tracking.add_step(raw, label, author, kind=kind, target=step_id)
