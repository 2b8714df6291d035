"""Every page, dialog and form as a picture, light and dark, small and sharp, for a person to look at."""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, Qt, qInstallMessageHandler
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from vto_desktop.errors import UserError
from vto_desktop.settings import Settings
from vto_desktop.ui.application import display
from vto_desktop.ui.application.session import make_application, make_window
from vto_desktop.ui.kit import jobs, theme
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages import PAGES

USUAL: Final = QSize(1440, 900)
SMALL: Final = QSize(1024, 700)
LISTS: Final = ("fiscal_year", "account", "funding_source", "body", "published_figure")
CALM: Final = 0.25
"""Seconds without a running job after which a page is taken for finished."""
BUSY: Final = 0.03
"""Seconds above which a turn of the event loop did something."""
LONGEST: Final = 15.0


def write(dossier: Path, folder: Path, *, keys: Sequence[str] = ()) -> list[Path]:
    """Write the pictures of a copy of a dossier; return their paths; UserError when it cannot be opened.

    ``keys`` are the pages to write alone, without dialogs; all of both otherwise.
    """
    if display.missing():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_tell)
    application = make_application(sys.argv[:1])
    folder.mkdir(parents=True, exist_ok=True)
    before = theme.look().theme.name, theme.look().size
    with tempfile.TemporaryDirectory(prefix="vto-images-") as scratch:
        copy = _copied(dossier, Path(scratch))
        settings = Settings(Path(scratch) / "preferences.json")
        settings.set("auteur", "Anne Martin")
        window = make_window(settings)
        try:
            shoot = _Camera(application, window, folder, keys)
            return list(_all(shoot, window, copy))
        finally:
            window.dossiers.let_go()
            window.deleteLater()
            application.sendPostedEvents(None, 0)
            _restore_look(settings, *before)


def _tell(_kind: object, _context: object, text: str | None) -> None:
    """Pass Qt's warnings on, but for what a platform without a screen says of itself."""
    if text and "This plugin does not support" not in text:
        print(text, file=sys.stderr)  # noqa: T201 - this is the command line


def _restore_look(settings: Settings, name: str, size: int) -> None:
    settings.set("apparence", name)
    settings.set("taille", size)
    theme.apply(settings)


def _copied(dossier: Path, scratch: Path) -> Path:
    if not dossier.is_file():
        raise UserError("INTROUVABLE", f"«\u00a0{dossier.name}\u00a0» n’existe pas. Rien n’a été écrit.")
    return Path(shutil.copy(dossier, scratch / dossier.name))


def _all(shoot: "_Camera", window: MainWindow, dossier: Path) -> Iterator[Path]:
    window.resize(USUAL)
    for look in ("light", "dark"):
        shoot.look = look
        window.workspace.settings.set("apparence", look)
        theme.apply(window.workspace.settings)
        window.show_welcome()
        window.show()
        yield shoot.window("bienvenue")
        window.dossiers.open(dossier)
        yield from shoot.pages()
        if shoot.with_dialogs:
            yield from shoot.dialogs()
        if look == "light":
            window.resize(SMALL)
            yield from shoot.pages("-1024x700")
            yield from shoot.pages("-200pc", ratio=2.0)
            window.resize(USUAL)
        window.dossiers.let_go()


class _Camera:
    """Waits until a widget is finished and writes it as PNG."""

    def __init__(
        self, application: QApplication, window: MainWindow, folder: Path, keys: Sequence[str]
    ) -> None:
        self._application, self._window, self._folder = application, window, folder
        self._keys = keys or [entry.key for entry in PAGES]
        self.with_dialogs = not keys
        self.look = "light"

    def pages(self, suffix: str = "", *, ratio: float = 1.0) -> Iterator[Path]:
        """Write every page in the window."""
        for key in self._keys:
            self._window.show_page(key)
            yield self.window(f"{key}{suffix}", ratio=ratio)
            for name, act in self._window.page(key).views():
                act()
                if name:
                    yield self.window(f"{key}-{name}{suffix}", ratio=ratio)

    def window(self, name: str, *, ratio: float = 1.0) -> Path:
        """Write the whole window."""
        self._settle()
        return self._write(self._window, name, ratio)

    def dialogs(self) -> Iterator[Path]:
        """Write the dialogs and the forms that pages open."""
        window = self._window
        acts: list[tuple[str, Callable[[], object]]] = [
            ("reglages", window.edit_association),
            ("preferences", window.edit_preferences),
            ("a-propos", window.show_about),
            ("raccourcis", window.show_shortcuts),
            ("sauvegardes", window.dossiers.ask_restore),
            ("nouveau-dossier", window.dossiers.ask_new),
            *((f"liste-{key}", lambda key=key: window.open_list(key)) for key in LISTS),
        ]
        for name, act in acts:
            act()
            yield from self._opened(f"dialogue-{name}")
        window.show_page("dashboard")
        self._settle()
        if callable(open_figure := getattr(window.page("dashboard"), "open_figure", None)):
            open_figure("income")
            yield from self._opened("dialogue-ressources")
        window.search.setText("mont")
        window.search.search_now()
        yield self._write(window.search.popup, "recherche", 1.0)
        window.search.popup.hide()
        window.search.clear()
        for entry in PAGES:
            page = window.page(entry.key)
            window.show_page(entry.key)
            self._settle()
            for number, act in enumerate(_form_openers(page), 1):
                with _unfailing():
                    act()
                yield from self._opened(f"formulaire-{entry.key}-{number}")

    def _opened(self, name: str) -> Iterator[Path]:
        """Write the dialogs just opened, over a form with its problems shown too, and close them."""
        self._settle()
        for dialog in _open_dialogs():
            yield self._write(dialog, name, 1.0)
            submit = getattr(dialog, "submit", None)
            if callable(submit) and getattr(dialog.row, "id", None) is None:  # type: ignore[attr-defined]
                submit()
                self._settle()
                if isValid(dialog) and dialog.isVisible():
                    yield self._write(dialog, f"{name}-problemes", 1.0)
                else:
                    self._window.workspace.undo()  # it had no problem and was kept
        for dialog in _open_dialogs():
            dialog.hide()
            dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, 0)

    def _settle(self) -> None:
        """Let events and jobs come to an end."""
        begin = calm = monotonic()
        while monotonic() - calm < CALM and monotonic() - begin < LONGEST:
            before = monotonic()
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            # A turn that took its time had something to do: what it asked for in turn is still to come.
            if jobs.active() or monotonic() - before > BUSY:
                calm = monotonic()

    def _write(self, widget: QWidget, name: str, ratio: float) -> Path:
        picture = QPixmap(widget.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        widget.render(picture)
        path = self._folder / f"{name}-{'sombre' if self.look == 'dark' else 'clair'}.png"
        if not picture.save(str(path)):
            raise OSError(errno.EIO, "picture not saved", str(path))
        return path


def _form_openers(page: Page) -> Iterator[Callable[[], object]]:
    """Yield what opens the forms of a page: those it names, else its main action and the row in its list."""
    if named := list(page.forms()):
        yield from named
        return
    for name in ("new", "new_mandate", "new_line"):
        if callable(act := getattr(page, name, None)):
            yield act
    table, open_row = getattr(page, "table", None), getattr(page, "open_row", None)
    if table is not None and callable(open_row) and page.objectName() != "journal":
        yield lambda: open_row(table.current_id()) if table.current_id() is not None else None


def _open_dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


@contextmanager
def _unfailing() -> Iterator[None]:
    """Let a form that cannot be opened here be left out: one picture less, not a run that stops."""
    try:
        yield
    except (UserError, TypeError):
        return
