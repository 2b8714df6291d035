"""The one SQLite connection of a dossier: how it is opened, locked and closed, and its PRAGMAs."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

APPLICATION_ID = 0x56544F31  # "VTO1"

# Simulated power cuts, 1,500 states a mode: TRUNCATE with NORMAL left 149 corrupt, WAL with NORMAL lost 854
# commits, DELETE with FULL lost 36, EXTRA none. Debian's SQLite has recursive_triggers and secure_delete
# compiled in, Windows' has not: without the first, INSERT OR REPLACE escapes the journal and closed years.
PRAGMAS: dict[str, tuple[str, str | int]] = {
    "locking_mode": ("EXCLUSIVE", "exclusive"),  # SQLite's own lock: a crash frees it, unlike a lock file
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("EXTRA", 3),
    "foreign_keys": ("ON", 1),
    "recursive_triggers": ("ON", 1),
    "secure_delete": ("ON", 1),  # what was erased does not stay readable in free pages
    "trusted_schema": ("OFF", 0),  # a hostile schema cannot call functions with side effects
    "cell_size_check": ("ON", 1),
    "temp_store": ("MEMORY", 2),  # what the triggers record never touches the disk before the journal
}
READ_ONLY_PRAGMAS = ("foreign_keys", "recursive_triggers", "trusted_schema", "cell_size_check", "temp_store")

Mode = Literal["rw", "ro", "rwc", "immutable"]


def address(path: Path, mode: Mode) -> str:
    """Return the ``file:`` address of a path; ``#``, ``?``, ``%`` and accents are only characters in it.

    An address is absolute: ``file:///backups/…`` is not ``backups/…``.
    """
    text = path.absolute().as_posix()
    root = "" if text.startswith("/") else "/"
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    return f"file://{root}{quote(os.fsencode(text))}?{query}"


def connect(path: Path, mode: Mode, *, timeout: float = 0.2) -> sqlite3.Connection:
    """Open a path; only ``rwc`` may make a file. Transactions are written out, never implied.

    By default sqlite3 opens a missing or empty path as a valid empty base, and its own idea of when a
    transaction begins leaves DDL outside it.
    """
    return sqlite3.connect(
        address(path, mode),
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,  # the dossier's lock lets one thread at a time in
        cached_statements=256,
    )


def take_lock(raw: sqlite3.Connection) -> None:
    """Lock the file for this connection until it closes; SQLITE_BUSY when another program has it."""
    raw.execute("PRAGMA locking_mode=EXCLUSIVE")
    raw.execute("BEGIN EXCLUSIVE")
    raw.execute("COMMIT")


def apply_pragmas(raw: sqlite3.Connection, *, is_read_only: bool = False) -> None:
    """Set every PRAGMA, and make sure that each was heard: SQLite ignores what it does not know."""
    for name, (value, expected) in PRAGMAS.items():
        if is_read_only and name not in READ_ONLY_PRAGMAS:
            continue
        raw.execute(f"PRAGMA {name}={value}")
        (actual,) = raw.execute(f"PRAGMA {name}").fetchone()
        if actual != expected:
            raise RuntimeError(f"PRAGMA {name} is {actual!r}, not {expected!r}")
    if is_read_only:
        raw.execute("PRAGMA query_only=ON")


def engine_on(raw: sqlite3.Connection, begin: Callable[[], str]) -> Engine:
    """Return an engine whose only connection is this one; ``begin`` says how each transaction begins."""
    engine = create_engine("sqlite+pysqlite://", creator=lambda: raw, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(_connection: Connection) -> None:
        raw.execute(begin())  # straight: every reading begins so

    return engine


def close(raw: sqlite3.Connection) -> None:
    """Close, leaving no empty ``-journal`` beside the file when it can be helped."""
    try:
        if raw.in_transaction:
            raw.rollback()
        raw.execute("PRAGMA locking_mode=NORMAL")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only now is the lock let go
        if raw.execute("PRAGMA journal_mode").fetchone() == ("truncate",):
            raw.execute("PRAGMA journal_mode=DELETE")  # a refused file in another mode would be rewritten
    except (sqlite3.Error, UnicodeDecodeError):
        pass  # the disk may be gone or the file damaged; closing must still free what it can
    finally:
        raw.close()
