"""A backup from time to time of a dossier that stays open all day."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from vto_desktop.errors import UserError
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.workspace import Workspace

if TYPE_CHECKING:
    from vto_desktop.ui.main_window.window import MainWindow

EVERY: Final = 30
"""Minutes; closing backs up too, but an office PC is not always closed."""


class RegularBackups(QObject):
    """Backs up what changed, beside the window; nothing is said but the time of it in the status bar."""

    def __init__(self, window: "MainWindow", workspace: Workspace) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._timer = QTimer(self, interval=EVERY * 60_000)
        self._timer.timeout.connect(self.make)
        self._timer.start()

    def make(self) -> None:
        """Back up now if something changed since the last backup, and if nothing else is at work."""
        dossier = self._workspace.dossier
        if dossier is None or dossier.is_read_only or jobs.active():
            return
        from vto_desktop.store import backups

        jobs.quietly(self._window, "Sauvegarde", lambda _progress: backups.automatic(dossier), self._made)

    def _made(self, made: Path | None, error: BaseException | None) -> None:
        if isinstance(error, UserError):
            told = f"{error.sentence} [{error.code}]"
            if told not in self._window.banners.sentences():
                self._window.banners.tell(told)
        elif error is not None:
            raise error
        elif made is not None:
            self._window.dossiers.note_backup()
