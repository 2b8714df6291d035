"""How the open dossier is left: drafts kept, what changed backed up, its lock freed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from vto_desktop.errors import UserError
from vto_desktop.ui.kit import jobs, messages
from vto_desktop.ui.kit.workspace import Workspace

if TYPE_CHECKING:
    from vto_desktop.store.dossier import Dossier
    from vto_desktop.ui.main_window.window import MainWindow


class Leaving(QObject):
    """Lets go of the open dossier; a backup that fails lets the user decide."""

    def __init__(self, window: "MainWindow", workspace: Workspace) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._is_finishing = False

    def keep_drafts(self) -> None:
        """Write what stands unsaved in open forms."""
        from vto_desktop.ui.kit.form import Form

        for form in self._window.findChildren(Form):
            form.keep_draft()

    def let_go(self) -> None:
        """Close the open dossier and free its lock, without a backup."""
        dossier = self._workspace.dossier
        if dossier is not None:
            self.keep_drafts()
            # A form left open would save its row into the dossier that is opened next.
            for dialog in self._window.findChildren(QDialog):
                dialog.hide()
                dialog.deleteLater()
            self._workspace.set_dossier(None)
            dossier.close()

    def close_and_welcome(self) -> None:
        """Back up, close the dossier and show the first-start page."""
        self.finish(self.let_go)

    def finish(self, done: Callable[[], object]) -> None:
        """Back up what changed since the last backup, then go on; a failing backup lets the user decide."""
        dossier = self._workspace.dossier
        if self._is_finishing:
            return
        if dossier is None:
            done()
            return
        if running := [job.label for job in jobs.active()]:
            sentence = f"«\u00a0{running[0]}\u00a0» est en cours."
            sentence += " Attendez la fin, ou annulez-le, puis recommencez."
            messages.tell(self._window, "Un travail est en cours", sentence)
            return
        if dossier.is_read_only or not _is_backup_due(dossier):
            done()
            return
        from vto_desktop.store import backups

        self._is_finishing = True
        self.keep_drafts()
        jobs.run(
            self._window,
            "Sauvegarde avant de fermer",
            lambda _progress: backups.automatic(dossier),
            lambda _made: self._finished(done),
            lambda error: self._without_backup(dossier.path, error, done),
        )

    def _finished(self, done: Callable[[], object]) -> None:
        self._is_finishing = False
        self._workspace.settings.set("sauvegarde_manquée", None)
        done()

    def _without_backup(self, path: Path, error: BaseException, done: Callable[[], object]) -> None:
        self._is_finishing = False
        if not isinstance(error, UserError):
            raise error
        self._workspace.settings.set("sauvegarde_manquée", str(path))
        messages.ask(
            self._window,
            "Fermer sans sauvegarde ?",
            f"{error.sentence} [{error.code}] Un rappel sera fait à la prochaine ouverture.",
            [("Fermer quand même", done), ("Rester", lambda: None)],
        )


def _is_backup_due(dossier: "Dossier") -> bool:
    from vto_desktop.store import backups

    try:
        return backups.is_due(dossier)
    except UserError:
        return True  # making it will say why not
