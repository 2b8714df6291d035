"""The journal as users read it: who changed what, when, before and after; and its chain of hashes."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from vto_desktop.model import Base
from vto_desktop.store.chain import broken_steps
from vto_desktop.store.dossier import Dossier
from vto_desktop.store.replay import ERASED


@dataclass(frozen=True)
class Change:
    """One row's change; ``before`` is empty for an insertion, ``after`` for a deletion."""

    table: str
    row_id: int
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def is_erased(self) -> bool:
        """Return whether the content was erased since: only which row it was is left."""
        return ERASED in self.before or ERASED in self.after

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

    @property
    def is_undoable(self) -> bool:
        """Return whether undo can ever come to this step: the user's own, and not all of it erased since."""
        tracked = [change for change in self.changes if change.table in Base.metadata.tables]
        return self.kind == "do" and any(not change.is_erased for change in tracked)


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


def can_undo_until(dossier: Dossier, step_id: int) -> bool:
    """Return whether undoing leads down to this step: not to an undoing, nor to what is undone already."""
    with dossier.connection() as raw:
        return bool(
            raw.execute(
                """
                WITH RECURSIVE way(id) AS (
                    SELECT * FROM (SELECT undoes FROM journal ORDER BY id DESC LIMIT 1)
                    UNION
                    SELECT (SELECT undoes FROM journal WHERE id < way.id ORDER BY id DESC LIMIT 1)
                    FROM way WHERE way.id > ?1
                )
                SELECT 1 FROM way WHERE id = ?1
                """,
                (step_id,),
            ).fetchone()
        )


def verify_chain(dossier: Dossier) -> list[int]:
    """Return the ids of the steps that were changed, removed or re-ordered behind the program's back."""
    with dossier.connection() as raw:
        return broken_steps(raw)


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
