"""Opening, creating, copying, backing up and restoring dossiers, as the window asks for it."""

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from vto_desktop import paths
from vto_desktop.errors import UserError
from vto_desktop.ui.kit import jobs, messages
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import notices
from vto_desktop.ui.main_window.leaving import Leaving
from vto_desktop.ui.main_window.recent import RECENT, recent_dossiers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from vto_desktop.store.dossier import Dossier
    from vto_desktop.ui.main_window.window import MainWindow
    from vto_desktop.ui.pages.welcome import Welcome

MOST: Final = 8
FILTER: Final = "Dossiers VTO (*.vto)"
EXAMPLE: Final = "exemple-2021.vto"


class Dossiers(Leaving):
    """What is done to whole dossiers; refusals are dialogs over the window."""

    def __init__(self, window: "MainWindow", workspace: Workspace) -> None:
        super().__init__(window, workspace)
        self.last_backup: datetime | None = None

    # --- recent ----------------------------------------------------------------------------------

    def recent(self) -> list[Path]:
        """Return the dossiers opened lately that are still there, the latest first."""
        return recent_dossiers(self._workspace.settings)

    def _remember(self, path: Path) -> None:
        others = [str(each) for each in self.recent() if each != path]
        self._workspace.settings.set(RECENT, [str(path), *others][:MOST])

    def first_page(self, area: QStackedWidget) -> "Welcome":
        """Make the page that is shown as long as no dossier is open, and put it into the area of pages."""
        from vto_desktop.ui.pages.welcome import Welcome

        made = Welcome(self.recent())
        made.create_asked.connect(self.ask_new)
        made.open_asked.connect(self.ask_open)
        made.example_asked.connect(self.open_example)
        made.path_asked.connect(self.open_path)
        area.addWidget(made)
        return made

    # --- opening ---------------------------------------------------------------------------------

    def open_path(self, path: Path, then: Callable[[], object] = lambda: None) -> bool:
        """Open a dossier once the present one is backed up; a refusal is told, and leaves that one open.

        Returns whether it is open already; ``then`` is called when it is.
        """
        if not self._is_open(path):
            self.finish(lambda: self._open_path(path, then))
        return self._is_open(path)

    def _open_path(self, path: Path, then: Callable[[], object]) -> None:
        try:
            self.open(path)
        except UserError as refused:
            self._refused(path, refused)
        else:
            then()

    def open(self, path: Path) -> None:
        """Open a dossier in place of the present one, or raise the UserError that says why not."""
        from vto_desktop.store import open_dossier

        if not self._is_open(path):
            self._show(open_dossier(path, author=self.author()))

    def _is_open(self, path: Path) -> bool:
        present = self._workspace.dossier
        return present is not None and _same(present.path, path)

    def _show(self, dossier: "Dossier") -> None:
        self.let_go()
        try:
            self._take(dossier)
        except BaseException:
            self._workspace.set_dossier(None)
            dossier.close()
            raise

    def _take(self, dossier: "Dossier") -> None:
        """Give an opened dossier to the pages: its latest year, its notice, what to know about its file."""
        from vto_desktop.services import accounts, association
        from vto_desktop.store import backups

        with dossier.read() as session:
            years = accounts.years(session)
            kept = association.get_association(session)
            notice = kept.notice if kept is not None else ""
        made = backups.list_backups(dossier.path)
        self.last_backup = made[0].at if made else None
        self._remember(dossier.path)
        self._workspace.set_dossier(dossier, year=years[0] if years else None, notice=notice)
        notices.tell(self._window.banners, self._workspace.settings, dossier, self.back_up_now)

    def _refused(self, path: Path, refused: UserError) -> None:
        if self._workspace.dossier is None:
            self._window.show_welcome()
        sentence = f"{refused.sentence} [{refused.code}]"
        window, title = self._window, f"«\u00a0{path.name}\u00a0» n’a pas été ouvert"
        close: tuple[str, Callable[[], object]] = ("Fermer", lambda: None)
        if refused.code in {"BASE_ENDOMMAGEE", "SCHEMA_MODIFIE", "INCOHERENCE"}:
            restore = ("Restaurer une sauvegarde…", lambda: self._restore_for(path))
            messages.ask(window, title, sentence, [restore, close])
        elif refused.code == "DEJA_OUVERT":
            copy = ("Ouvrir une copie en lecture seule", lambda: self.open_copy(path))
            messages.ask(window, title, sentence, [close, copy])
        else:
            messages.show_error(window, refused, title=title)

    def open_copy(self, path: Path) -> None:
        """Open, to read only, a copy of a dossier that another program holds."""
        from vto_desktop.store.copies import read_only_copy

        cache = paths.user_folder("cache")
        self._replace_by(lambda: read_only_copy(path, cache, author=self.author()))

    def _replace_by(self, make: Callable[[], "Dossier"], then: Callable[[], object] = lambda: None) -> None:
        """Show what ``make`` opens once the present dossier is backed up; a refusal leaves that one open."""

        def replace() -> None:
            try:
                self._show(make())
            except UserError as refused:
                messages.show_error(self._window, refused)
            else:
                then()

        self.finish(replace)

    def author(self) -> str:
        """Return the name written in the journal."""
        named = self._workspace.settings.get("auteur")
        if isinstance(named, str) and named.strip():
            return named.strip()
        with contextlib.suppress(OSError, KeyError, ImportError):
            import getpass

            return getpass.getuser()
        return ""

    def ask_open(self) -> None:
        """Let the user choose a dossier to open."""
        dialog = self._dialog("Ouvrir un dossier", QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_path(Path(name)))
        dialog.open()

    # --- creating --------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for the association's name and year, then where to put the new dossier."""
        from vto_desktop.ui.forms.new_dossier import NewDossierForm

        form = NewDossierForm(self._workspace, self._window)
        form.saved.connect(lambda asked: self._ask_place(asked.name, asked.year))
        form.start()

    def _ask_place(self, name: str, year: int) -> None:
        dialog = self._dialog("Créer le dossier", QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{_file_name(name)}.vto")
        dialog.fileSelected.connect(lambda file: self.create(Path(file), name, year))
        dialog.open()

    def create(self, path: Path, name: str, year: int) -> None:
        """Make a dossier for an association, and open its settings."""
        from vto_desktop.services import association

        def fill(session: "Session") -> None:
            association.initialise(session, name, year=year)

        self._replace_by(lambda: self._made(path, "Créer le dossier", fill), self._window.edit_association)

    def _made(self, path: Path, label: str, fill: Callable[["Session"], object]) -> "Dossier":
        from vto_desktop.store import create_dossier

        dossier = create_dossier(path, author=self.author())
        try:
            with dossier.write(label, is_start=True) as session:
                fill(session)
        except BaseException:
            dossier.close()
            raise
        return dossier

    def open_example(self) -> None:
        """Open the 2021 example, made anew the first time in this user's own folder."""
        from vto_desktop.services import example

        place = paths.user_folder("data") / EXAMPLE
        if place.exists():
            self.open_path(place)
        else:
            self._replace_by(lambda: self._made(place, "Créer l’exemple 2021", example.build_example))

    # --- copies and backups ----------------------------------------------------------------------

    def ask_copy(self) -> None:
        """Let the user choose where a copy of the dossier goes; it stays open as it is."""
        dossier = self._workspace.dossier
        if dossier is None:
            return
        dialog = self._dialog("Enregistrer une copie", QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{dossier.path.stem} copie.vto")
        dialog.fileSelected.connect(lambda file: self.copy_to(Path(file)))
        dialog.open()

    def copy_to(self, path: Path) -> None:
        """Write a verified copy of the dossier at another place."""
        from vto_desktop.store.copies import copy_dossier

        dossier = self._workspace.dossier
        if dossier is not None:
            jobs.run(
                self._window,
                "Enregistrer une copie",
                lambda _progress: copy_dossier(dossier, path),
                lambda made: self._workspace.say(f"Copie enregistrée\u00a0: {made.name}"),
            )

    def back_up_now(self) -> None:
        """Make a verified backup beside the dossier."""
        from vto_desktop.store import backups

        dossier = self._workspace.dossier
        if dossier is not None:
            jobs.run(self._window, "Sauvegarde", lambda _progress: backups.back_up(dossier), self._backed_up)

    def note_backup(self) -> None:
        """Say in the status bar when the last backup was made; none is missed any more."""
        self.last_backup = datetime.now().astimezone()
        self._workspace.settings.set("sauvegarde_manquée", None)
        self._window.show_saved()

    def _backed_up(self, made: Path) -> None:
        self.note_backup()
        self._workspace.say(f"Sauvegarde faite et vérifiée\u00a0: {made.name}")

    def ask_restore(self) -> None:
        """Show the backups of the open dossier (or of one to choose) and what each contains."""
        dossier = self._workspace.dossier
        if dossier is not None:
            self._restore_for(dossier.path)
            return
        dialog = self._dialog("Quel dossier restaurer ?", QFileDialog.AcceptMode.AcceptOpen)
        dialog.fileSelected.connect(lambda name: self._restore_for(Path(name)))
        dialog.open()

    def _restore_for(self, path: Path) -> None:
        from vto_desktop.ui.forms.backups import RestoreDialog

        dialog = RestoreDialog(path, self._window)
        dialog.chosen.connect(lambda backup: self.restore(backup, path))
        dialog.open()

    def restore(self, backup: Path, to: Path) -> None:
        """Put a backup in the dossier's place and open it; what was there is kept beside it."""
        from vto_desktop.store import restoring

        present = self._workspace.dossier
        if present is not None and _same(present.path, to):
            self.let_go()
        try:
            previous = restoring.restore(backup, to)
        except UserError as refused:
            messages.show_error(self._window, refused)
            if self._workspace.dossier is None:
                self.open_path(to)
            return
        kept = f"\u00a0; l’ancien est gardé\u00a0: {previous.name}" if previous is not None else ""
        self.open_path(to, lambda: self._workspace.say(f"Sauvegarde restaurée{kept}"))

    def check(self) -> None:
        """Check the whole dossier and say « intact », or what is wrong."""
        from vto_desktop.store.check import check

        dossier = self._workspace.dossier
        if dossier is None:
            return

        def told(problems: list[UserError]) -> None:
            if problems:
                messages.show_error(self._window, problems[0], title="Le dossier a un problème")
            else:
                sentence = (
                    "Le fichier, les liens entre les fiches, le journal et les recherches sont intacts."
                )
                messages.tell(self._window, "Dossier vérifié", sentence)

        jobs.run(self._window, "Vérification du dossier", lambda _progress: check(dossier), told)

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(self._folder()), FILTER)
        dialog.setAcceptMode(mode)
        dialog.setDefaultSuffix("vto")
        # Overwriting is refused by the store with its own sentence; copies are asked about here.
        return dialog

    def _folder(self) -> Path:
        recent = self.recent()
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return recent[0].parent if recent else Path(documents or Path.home())


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _file_name(name: str) -> str:
    kept = "".join(c if c.isalnum() or c in " -_’" else " " for c in name)
    return " ".join(kept.split())[:60] or "Association"
