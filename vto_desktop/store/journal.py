"""The journal as users read it: who changed what, when, before and after; and its chain of hashes."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from vto_desktop.store.dossier import Dossier
from vto_desktop.store.tracking import step_hash


@dataclass(frozen=True)
class Change:
    """One row's change; ``before`` is empty for an insertion, ``after`` for a deletion."""

    table: str
    row_id: int
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def differing(self) -> list[str]:
        """Return the names of the columns whose value changed; ``version`` is no value of the user's."""
        names = self.after or self.before
        return [name for name in names if name != "version" and self.before.get(name) != self.after.get(name)]


@dataclass(frozen=True)
class Step:
    """One step: ``at`` is ISO local time, ``kind`` is do, undo or redo."""

    id: int
    at: str
    author: str
    label: str
    kind: str
    changes: list[Change] = field(default_factory=list)


def step_ids(
    dossier: Dossier, *, table: str | None = None, row_id: int | None = None, since: str = "", text: str = ""
) -> list[int]:
    """Return the ids of the steps to list, the latest first; with a table (and row), of those touching it.

    ``text`` stands in the label or the author, ``since`` is an ISO day. Case is folded as SQLite does, for
    letters without accents.
    """
    where, values = _filter(table, row_id)
    where += (" AND " if where else "WHERE ") + "at >= ?"
    values.append(since)
    for word in text.split():
        where += " AND (label LIKE ? ESCAPE '\\' OR author LIKE ? ESCAPE '\\')"
        values += [f"%{_escaped(word)}%"] * 2
    with dossier.connection() as raw:
        return [row[0] for row in raw.execute(f"SELECT id FROM journal {where} ORDER BY id DESC", values)]  # noqa: S608 - our text


def _escaped(word: str) -> str:
    for character in ("\\", "%", "_"):
        word = word.replace(character, "\\" + character)
    return word


def steps(dossier: Dossier, ids: Sequence[int]) -> list[Step]:
    """Return these steps with their changes, in the order of ``ids``."""
    with dossier.connection() as raw:
        found = []
        for step_id in ids:
            row = raw.execute("SELECT id, at, author, label, kind FROM journal WHERE id = ?", (step_id,))
            found += [
                Step(number, at, author, label, kind, _changes(raw, number))
                for number, at, author, label, kind in row.fetchall()
            ]
        return found


def undo_until(dossier: Dossier, step_id: int) -> list[str]:
    """Undo the latest steps down to ``step_id`` included, all or none; returns their labels."""
    return dossier.undo_until(step_id)


def verify_chain(dossier: Dossier) -> list[int]:
    """Return the ids of the steps that were changed, removed or re-ordered behind the program's back."""
    with dossier.connection() as raw:
        return broken_steps(raw)


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


def _filter(table: str | None, row_id: int | None) -> tuple[str, list[Any]]:
    if table is None:
        return "", []
    if row_id is None:
        return "WHERE id IN (SELECT step_id FROM journal_change WHERE table_name = ?)", [table]
    return "WHERE id IN (SELECT step_id FROM journal_change WHERE table_name = ? AND row_id = ?)", [
        table,
        row_id,
    ]


def _changes(raw: sqlite3.Connection, step_id: int) -> list[Change]:
    rows = raw.execute(
        "SELECT table_name, row_id, before, after FROM journal_change WHERE step_id = ? ORDER BY id",
        (step_id,),
    )
    return [Change(table, row_id, _values(before), _values(after)) for table, row_id, before, after in rows]


def _values(image: str | None) -> dict[str, Any]:
    return json.loads(image) if image else {}
