"""The chain of hashes that ties each step of the journal to the one before it."""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from vto_desktop.store.tracking import step_hash


def broken_steps(raw: sqlite3.Connection) -> list[int]:
    """Return the ids of the steps whose hash does not follow from the step before and from their content."""
    changes = _changes_by_step(raw)
    waiting = next(changes, None)
    previous, expected, broken = "", 1, []
    for *fields, digest in raw.execute("SELECT * FROM journal ORDER BY id").fetchall():
        rows: list[Any] = []
        while waiting is not None and waiting[0] <= fields[0]:
            rows += waiting[1]
            waiting = next(changes, None)
        if fields[0] != expected or step_hash(previous, tuple(fields), rows) != digest:
            broken.append(fields[0])
        previous, expected = digest, fields[0] + 1
    return broken if waiting is None else [*broken, waiting[0]]


def _changes_by_step(raw: sqlite3.Connection) -> Iterator[tuple[int, list[Any]]]:
    rows = raw.execute(
        "SELECT step_id, table_name, row_id, before, after FROM journal_change ORDER BY step_id, id"
    )
    for step_id, group in groupby(rows, key=itemgetter(0)):
        yield step_id, [row[1:] for row in group]
