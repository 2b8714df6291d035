"""Erasing what may no longer be kept, from its table and from every step of the journal that recorded it.

The journal is a chain: each step's hash covers its content and the hash before it. So the chain is sealed
again from the first blanked step on, in the same transaction, and the step that erases carries the hash that
the chain ended with until then: a backup made before still proves what was done. A step already found changed
stays found. Nothing kept is derived from what was erased, not even a hash of it: a birth date is guessed at
once.

What was blanked is neither undone nor redone; steps of which nothing else is left are passed over.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vto_desktop.model import Base
from vto_desktop.store import tracking
from vto_desktop.store.chain import broken_steps
from vto_desktop.store.replay import ERASED, is_erased
from vto_desktop.store.tracking import Row, step_hash

SEAL: Final = "journal"
"""Stands for a table in the change that says from where the chain was sealed again."""


@dataclass(frozen=True)
class _Image:
    """One recorded change of the table: where it stands in the journal."""

    change_id: int
    step_id: int
    owner_ids: frozenset[int]


def erase(
    raw: sqlite3.Connection, table: str, owner: str, owner_ids: Iterable[int], *, label: str, author: str
) -> bool:
    """Erase the rows of ``table`` whose ``owner`` column names these ids, inside the open transaction.

    What the journal recorded of them goes too, and of owners that exist no more (deleted, or merged into
    another). Returns whether there was anything.
    """
    wanted = set(owner_ids)
    marks = ", ".join("?" * len(wanted))
    raw.execute(f"DELETE FROM {table} WHERE {owner} IN ({marks})", list(wanted))  # noqa: S608 - our names
    deleted = [_blanked(change, owner) for change in tracking.recorded(raw)]
    raw.execute("DELETE FROM recorded")
    images = [
        image for image in _images(raw, table, owner) if _is_meant(image, wanted, _gone(raw, table, owner))
    ]
    if not deleted and not images:
        return False
    broken = set(broken_steps(raw))
    (last_id, last_hash) = raw.execute("SELECT max(id), hash FROM journal").fetchone()
    first_id = min([image.step_id for image in images], default=last_id + 1)
    for image in images:
        _blank(raw, image.change_id, owner)
    _add_step(raw, deleted, label, author, (first_id, last_hash))
    _pass_over(raw, first_id)
    _seal(raw, first_id, broken)
    return True


# --- what is to be blanked -----------------------------------------------------------------------


def _images(raw: sqlite3.Connection, table: str, owner: str) -> Iterator[_Image]:
    """Yield the recorded changes of the table that are not blank yet."""
    rows = raw.execute(
        "SELECT id, step_id, before, after FROM journal_change WHERE table_name = ? ORDER BY id", (table,)
    ).fetchall()
    for change_id, step_id, before, after in rows:
        images = [json.loads(image) for image in (before, after) if image and not is_erased(image)]
        if images:
            yield _Image(change_id, step_id, frozenset(image[owner] for image in images))


def _gone(raw: sqlite3.Connection, table: str, owner: str) -> dict[int, int]:
    """Return the owners that were deleted for good, with the step that did it.

    An id may serve again for somebody else: only what was recorded up to that step is the first one's.
    """
    (key,) = Base.metadata.tables[table].c[owner].foreign_keys
    parent = key.column.table.name
    rows = raw.execute(
        "SELECT c.row_id, c.step_id, c.before IS NULL, j.kind FROM journal_change c "
        "JOIN journal j ON j.id = c.step_id "
        "WHERE c.table_name = ? AND (c.before IS NULL) <> (c.after IS NULL) ORDER BY c.id",
        (parent,),
    )
    found: dict[int, int] = {}
    pending: dict[int, int] = {}
    for row_id, step_id, is_insertion, kind in rows:
        if not is_insertion:
            pending[row_id] = step_id
        elif row_id in pending:
            at = pending.pop(row_id)
            if kind not in ("undo", "redo"):  # somebody else under the same id, not the same one back
                found[row_id] = at
    return found | pending


def _is_meant(image: _Image, wanted: set[int], gone: dict[int, int]) -> bool:
    return any(owner_id in wanted or image.step_id <= gone.get(owner_id, 0) for owner_id in image.owner_ids)


def _blanked(change: Row, owner: str) -> Row:
    table, row_id, before, after = change
    return table, row_id, _blank_image(before, owner), _blank_image(after, owner)


def _blank_image(image: str | None, owner: str) -> str | None:
    """Return what is left of a recorded row: which one it was, of whom, and that the rest was erased."""
    if image is None:
        return None
    whole = json.loads(image)
    return json.dumps({"id": whole["id"], owner: whole[owner], ERASED: 1}, separators=(",", ":"))


def _blank(raw: sqlite3.Connection, change_id: int, owner: str) -> None:
    before, after = raw.execute(
        "SELECT before, after FROM journal_change WHERE id = ?", (change_id,)
    ).fetchone()
    raw.execute(
        "UPDATE journal_change SET before = ?, after = ? WHERE id = ?",
        (_blank_image(before, owner), _blank_image(after, owner), change_id),
    )


# --- the chain -----------------------------------------------------------------------------------


def _add_step(
    raw: sqlite3.Connection, deleted: Sequence[Row], label: str, author: str, seal: tuple[int, str]
) -> None:
    """Add the step that erases; it cannot be undone, hence what came before it stays the next to undo."""
    first_id, last_hash = seal
    sealed = json.dumps({"resealed_from": first_id, "previous_hash": last_hash}, separators=(",", ":"))
    tracking.append_step(raw, [*deleted, (SEAL, first_id, None, sealed)], label, author)


def _pass_over(raw: sqlite3.Connection, first_id: int) -> None:
    """Let the steps to undo next skip those of which everything was blanked."""
    empty = {
        row[0]
        for row in raw.execute(
            "SELECT step_id FROM journal_change WHERE step_id >= ? GROUP BY step_id "
            "HAVING sum(table_name <> ? AND NOT (coalesce(before, '') || coalesce(after, '') LIKE ?)) = 0",
            (first_id, SEAL, f'%"{ERASED}":1%'),
        )
    }
    rows = raw.execute("SELECT id, undoes FROM journal WHERE id >= ? ORDER BY id", (first_id - 1,)).fetchall()
    before: dict[int, int | None] = {}  # step → what could be undone just before it
    previous: int | None = None
    for step_id, undoes in rows:
        before[step_id] = previous
        previous = before[undoes] if undoes in empty else undoes
        if previous != undoes:
            raw.execute("UPDATE journal SET undoes = ? WHERE id = ?", (previous, step_id))


def _seal(raw: sqlite3.Connection, first_id: int, broken: set[int]) -> None:
    """Hash the steps again from one on; those that were already found changed stay found."""
    row = raw.execute(
        "SELECT hash FROM journal WHERE id < ? ORDER BY id DESC LIMIT 1", (first_id,)
    ).fetchone()
    previous = row[0] if row else ""
    steps = raw.execute("SELECT * FROM journal WHERE id >= ? ORDER BY id", (first_id,)).fetchall()
    for *fields, digest in steps:
        changes = raw.execute(
            "SELECT table_name, row_id, before, after FROM journal_change WHERE step_id = ? ORDER BY id",
            (fields[0],),
        ).fetchall()
        previous = digest if fields[0] in broken else step_hash(previous, tuple(fields), changes)
        raw.execute("UPDATE journal SET hash = ? WHERE id = ?", (previous, fields[0]))
