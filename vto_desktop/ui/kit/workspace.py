"""The open dossier as the window sees it: what changed, which year is looked at, undo and redo."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vto_desktop.errors import UserError
from vto_desktop.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from vto_desktop.store.dossier import Dossier


class Workspace(QObject):
    """Carries the open dossier, the fiscal year looked at and the preferences to every page and form."""

    changed = Signal(frozenset)
    """Names of the tables that a commit, an undo or a redo touched; all tables at opening."""
    opened = Signal()
    """Another dossier was opened, or the dossier was closed."""
    year_changed = Signal(int)
    row_requested = Signal(str, int)
    """Table and id of a row that something on screen leads to."""
    status = Signal(str)
    """A success to show in the status bar."""
    _told = Signal(frozenset)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.notice = ""
        """The example's notice, shown beside every title; empty for a real dossier."""
        self._dossier: Dossier | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._told.connect(self._announce)
        self._year = date.today().year  # noqa: DTZ011 - the user's own calendar

    @property
    def dossier(self) -> "Dossier | None":
        """The open dossier, or None on the first-start page."""
        return self._dossier

    def set_dossier(self, dossier: "Dossier | None", *, year: int | None = None, notice: str = "") -> None:
        """Show another dossier (None closes the view of it; closing the file is the caller's act)."""
        self._dossier = dossier
        self.notice = notice
        if year is not None:
            self._year = year
        if self._unsubscribe is not None:
            self._unsubscribe()
        # A job may commit in its own thread: the signal brings the news to this object's thread.
        self._unsubscribe = dossier.subscribe(self._told.emit) if dossier is not None else None
        self.opened.emit()

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written: no dossier, or one opened to read."""
        return self._dossier is None or self._dossier.is_read_only

    @property
    def year(self) -> int:
        """The fiscal year that every page shows."""
        return self._year

    @year.setter
    def year(self, value: int) -> None:
        if value != self._year:
            self._year = value
            self.year_changed.emit(value)

    def read(self) -> "AbstractContextManager[Session]":
        """Return a session to query with: ``with workspace.read() as session:``."""
        return self._open().read()

    def write(self, label: str) -> "AbstractContextManager[Session]":
        """Return a session whose block is one transaction, one journal step and one undo, named ``label``."""
        return self._open().write(label)

    def erase(self, label: str, table: str, owner: str, owner_ids: Iterable[int]) -> bool:
        """Erase rows from the dossier and its journal for good (``Dossier.erase``)."""
        return self._open().erase(label, table, owner, owner_ids)

    def undo(self) -> None:
        """Undo the last step, if any."""
        if self._dossier is not None and self._dossier.undo_label is not None:
            self._dossier.undo()

    def redo(self) -> None:
        """Redo the last undone step, if any."""
        if self._dossier is not None and self._dossier.redo_label is not None:
            self._dossier.redo()

    def say(self, sentence: str) -> None:
        """Show a success in the status bar."""
        self.status.emit(sentence)

    def open_row(self, table: str, row_id: int) -> None:
        """Ask the window to show a row on the page that holds its table."""
        self.row_requested.emit(table, row_id)

    def _open(self) -> "Dossier":
        if self._dossier is None:
            raise UserError(
                "AUCUN_DOSSIER", "Aucun dossier n’est ouvert. Ouvrez ou créez d’abord un dossier."
            )
        return self._dossier

    def _announce(self, tables: frozenset[str]) -> None:
        self.changed.emit(tables)
