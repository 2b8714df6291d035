"""An open dossier: reading, labelled writing, undo and redo, and telling who listens what changed."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.store import connection, lock, refusals, replay, tracking, verified

Listener = Callable[[frozenset[str]], None]
Move = Literal["undo", "redo"]
LABEL_LIMIT = 300
# Files this process holds, by device and inode. Reading one of them through another descriptor and closing
# it would drop SQLite's POSIX lock for the whole process, so they must be known before any is touched.
_held: set[tuple[int, int]] = set()


def identity_of(path: Path) -> tuple[int, int]:
    """Return what tells a file apart from another put at its place."""
    status = path.stat()
    return status.st_dev, status.st_ino


def is_held(path: Path) -> bool:
    """Return whether this process has the file open as a dossier."""
    try:
        return identity_of(path) in _held
    except OSError:
        return False


class _Writing(Session):
    """A session whose transaction ends with the ``with`` that opened it, and not before."""

    def commit(self) -> None:
        """Refuse: a commit inside the block would split one step of the journal in two."""
        raise RuntimeError("the transaction is committed when the with block ends")


class Dossier:
    """One open ``.vto`` file. One connection, hence one thread at a time: each ``with`` holds the lock."""

    def __init__(
        self,
        path: Path,
        raw: sqlite3.Connection,
        *,
        author: str,
        is_read_only: bool = False,
        notices: list[UserError] | None = None,
        witness: lock.Witness | None = None,
    ) -> None:
        self.path = path
        self.author = french.clean(author, limit=LABEL_LIMIT)
        self.is_read_only = is_read_only
        self.notices = list(notices or [])
        self._raw = raw
        self._witness = witness
        self._engine = connection.engine_on(raw, self._begin)
        self._lock = threading.RLock()
        self._session: Session | None = None
        self._listeners: list[Listener] = []
        self._is_open = True
        self._identity = identity_of(path)
        if is_read_only:
            self.notices.append(refusals.read_only_file())
        else:
            tracking.install(raw)
            lock.say_who(path)
        _held.add(self._identity)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session on one consistent state. Inside a write it is the write's own session."""
        with self._lock:
            if self._session is not None:
                yield self._session
                return
            with (
                refusals.translated(),
                Session(self._engine, expire_on_commit=False, autoflush=False) as session,
            ):
                self._session = session
                changes = self._raw.total_changes
                try:
                    yield session
                finally:
                    self._session = None
                    session.close()
                # Counted: forbidding it by PRAGMA query_only makes SQLite prepare every statement anew.
                if self._raw.total_changes != changes:
                    raise refusals.read_only()  # it was rolled back: a write here would be lost silently

    @contextmanager
    def write(self, label: str, *, is_start: bool = False) -> Iterator[Session]:
        """Yield a session: one ``with`` is one transaction, one step of the journal, one undo.

        ``is_start`` is for what a new dossier comes with: it is in the journal, and undo stops there.
        Any exception rolls everything back; what the database or the disk refuses comes out as a UserError.
        """
        with self._lock:
            self._require_writable()
            with refusals.translated(), _Writing(self._engine, expire_on_commit=False) as session:
                self._session = session
                try:
                    yield session
                    session.flush()
                    kind = "start" if is_start else "do"
                    said = french.clean(label, limit=LABEL_LIMIT)  # it quotes what was typed
                    tables = tracking.add_step(self._raw, said, self.author, kind=kind)
                    self._require_in_place()
                    Session.commit(session)
                finally:
                    self._session = None
        self._tell(tables)

    def _begin(self) -> str:
        """Return how to begin: a write that began as a reading could fail half-way to its lock."""
        return "BEGIN IMMEDIATE" if isinstance(self._session, _Writing) else "BEGIN"

    def undo(self) -> str:
        """Undo the last step that is not undone, and return its label."""
        return self._move("undo")[0]

    def redo(self) -> str:
        """Redo the last undone step, and return its label."""
        return self._move("redo")[0]

    @property
    def undo_label(self) -> str | None:
        """Return the label of what ``undo`` would undo."""
        return self._label_of("undo")

    @property
    def redo_label(self) -> str | None:
        """Return the label of what ``redo`` would redo."""
        return self._label_of("redo")

    @property
    def schema_version(self) -> str:
        """Return the revision of the file's tables."""
        with self.connection() as raw:
            return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the names of the changed tables after each commit, undo and redo.

        Returns the function that ends it.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Yield SQLite's connection for the store's own readings (journal, backup, check)."""
        with self._lock, refusals.translated():
            yield self._raw

    def undo_until(self, step_id: int) -> list[str]:
        """Undo the latest steps down to ``step_id`` included, all or none, and return their labels."""
        return self._move("undo", until=step_id)

    def erase(self, label: str, table: str, owner: str, owner_ids: Iterable[int]) -> bool:
        """Erase the rows of ``table`` that belong to these owners, from the journal too; no undo.

        Returns whether there was anything to erase.
        """
        from vto_desktop.store import redaction

        said = french.clean(label, limit=LABEL_LIMIT)
        with self._lock:
            self._require_writable()
            with refusals.translated(), self._transaction():
                erased = redaction.erase(self._raw, table, owner, owner_ids, label=said, author=self.author)
        self._tell(frozenset({table}) if erased else frozenset())
        return erased

    def _move(self, kind: Move, *, until: int | None = None) -> list[str]:
        labels: list[str] = []
        tables: set[str] = set()
        with self._lock:
            self._require_writable()
            with refusals.translated(), self._transaction():
                reached = None
                while reached is None or (until is not None and reached != until):
                    reached, label, changed = replay.move(self._raw, kind, self.author)
                    labels.append(label)
                    tables |= changed
        self._tell(frozenset(tables))
        return labels

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Open a transaction of the store's own, without a session."""
        self._raw.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._require_in_place()
            self._raw.execute("COMMIT")
        except BaseException:
            if self._raw.in_transaction:  # a full disk has already rolled back
                self._raw.execute("ROLLBACK")
            raise

    def _label_of(self, kind: Move) -> str | None:
        with self._lock:
            return replay.next_label(self._raw, kind)

    def _require_writable(self) -> None:
        if self._session is not None or not self._is_open:
            raise RuntimeError("writing needs an open dossier and no other transaction")
        if self.is_read_only:
            raise refusals.read_only()
        self._require_in_place()

    def _require_in_place(self) -> None:
        """Refuse when the path no longer leads to the opened file: what is written would be lost with it."""
        if not self._is_in_place():
            raise refusals.replaced() if self.path.parent.is_dir() else refusals.vanished()

    def _is_in_place(self) -> bool:
        try:
            return identity_of(self.path) == self._identity
        except OSError:
            return False

    def _tell(self, tables: frozenset[str]) -> None:
        if tables:
            for listener in tuple(self._listeners):
                listener(tables)

    def close(self) -> None:
        """Close and free the lock; closing twice is closing once."""
        with self._lock:
            if not self._is_open:
                return
            self._is_open = False
            _held.discard(self._identity)
            if not self.is_read_only:
                lock.forget(self.path)  # before the lock goes: afterwards it may be the next one's
            connection.close(self._raw)
            self._engine.dispose()
            if self._witness is not None:
                self._witness.close()
            if not self.is_read_only and self._is_in_place():
                verified.remember(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
