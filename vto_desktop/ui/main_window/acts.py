"""What the menus do, apart from whole dossiers; each imports its dialog when it is first asked for."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QUrl, SignalInstance
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from vto_desktop import paths
from vto_desktop.ui.kit import messages
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import showing

if TYPE_CHECKING:
    from vto_desktop.ui.kit.page import Page
    from vto_desktop.ui.kit.table import Table
    from vto_desktop.ui.main_window.window import MainWindow


def what_opens(window: "MainWindow", data: QMimeData) -> Callable[[], object] | None:
    """Return what opens the one file dragged over the window: a dossier, or a list to import; else None."""
    from vto_desktop.exchange.reading import ENDINGS

    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    ending = files[0].suffix.lower() if len(files) == 1 else ""
    if ending == ".vto":
        return partial(window.dossiers.open_path, files[0])
    if ending in ENDINGS and files[0].is_file() and not window.workspace.is_read_only:
        return partial(import_list, window, files[0])
    return None


# --- undo and redo -------------------------------------------------------------------------------


def undo(workspace: Workspace) -> None:
    """Undo the last step and say which."""
    _moved(workspace, "undo_label", workspace.undo, "Annulé")


def redo(workspace: Workspace) -> None:
    """Redo the last undone step and say which."""
    _moved(workspace, "redo_label", workspace.redo, "Rétabli")


def _moved(workspace: Workspace, name: str, move: Any, verb: str) -> None:
    step = getattr(workspace.dossier, name, None)
    if step and not workspace.is_read_only:
        move()
        workspace.say(f"{verb}\u00a0: {step}")


def head_and_years(workspace: Workspace) -> tuple[str, list[int]]:
    """Return the association's name and its fiscal years."""
    from sqlalchemy import select

    from vto_desktop.model import Association, FiscalYear

    with workspace.read() as session:
        name = session.scalar(select(Association.name)) or ""
        years = session.scalars(select(FiscalYear.year).order_by(FiscalYear.year)).all()
    return name, list(years)


def renew_notice(workspace: Workspace, pages: Iterable["Page"]) -> None:
    """Read the notice of the dossier again, and have every page show it."""
    from vto_desktop.services import association

    with workspace.read() as session:
        kept = association.get_association(session)
    workspace.notice = kept.notice if kept is not None else ""
    for page in pages:
        page.is_stale = True
        if page.isVisible():
            page.refresh_now()


def tables_of(page: "Page") -> "list[Table]":
    """Return the lists of a page: none as long as nothing has imported what they are made of."""
    module = sys.modules.get("vto_desktop.ui.kit.table")
    return page.findChildren(module.Table) if module is not None else []


def first_table(page: "Page") -> QWidget | None:
    """Return the first list of a page that is in sight."""
    return next((table for table in tables_of(page) if table.isVisibleTo(page)), None)


# --- exporting -----------------------------------------------------------------------------------


def offer_export(window: "MainWindow", page: "Page") -> None:
    """Let each table of a page export what it shows."""
    for table in tables_of(page):
        table.export_asked.connect(partial(ask_export, window, window.workspace, table, page.title))


def connect_page(window: "MainWindow", page: "Page") -> None:
    """Connect what only some pages ask for: to print the summary, to export the rows of a figure."""
    if isinstance(asked := getattr(page, "print_asked", None), SignalInstance):
        asked.connect(lambda: showing.show_report(window, "finance"))
    if isinstance(asked := getattr(page, "export_asked", None), SignalInstance):
        asked.connect(partial(ask_export, window, window.workspace))


def export_page(window: "MainWindow") -> None:
    """Export the first list of the page shown."""
    page = window.current_page
    tables = [table for table in tables_of(page) if table.isVisible()] if page is not None else []
    focused = [t for t in tables if t.hasFocus()]
    if page is None or not tables:
        messages.tell(
            window, "Rien à exporter ici", "Cette page n’a pas de liste\u00a0: choisissez-en une autre."
        )
        return
    ask_export(window, window.workspace, (focused or tables)[0], page.title)


def ask_export(window: QWidget, workspace: Workspace, table: "Table", title: str) -> None:
    """Ask where the list goes, as a spreadsheet or CSV."""
    from vto_desktop.ui.forms.export import ask

    ask(window, workspace, table, title)


# --- importing -----------------------------------------------------------------------------------


def import_list(window: "MainWindow", path: Path | None = None) -> None:
    """Open the dialog that imports a list, on a file when one is given; the members are behind it."""
    from vto_desktop.ui.forms.importing import ImportDialog

    window.show_page("members")
    ImportDialog(window.workspace, window, path=path).open()


# --- dialogs -------------------------------------------------------------------------------------


def edit_association(window: "MainWindow") -> None:
    """Open the settings of the association."""
    from vto_desktop.ui.forms.association import AssociationForm

    AssociationForm.edit(window.workspace, window).start(
        lambda _row: window.workspace.say("Réglages enregistrés.")
    )


def edit_preferences(window: "MainWindow") -> None:
    """Open this user's preferences."""
    from vto_desktop.ui.forms.preferences import PreferencesForm

    PreferencesForm(window.workspace, window).start(lambda _row: window.menus.update())


def open_list(window: "MainWindow", key: str, row_id: int | None = None) -> None:
    """Open one of the reference lists, on a row when one is given."""
    from vto_desktop.ui.forms.reference_lists import LISTS, ReferenceList

    key, row_id = ("body", row_id) if key == "office" else (key, row_id)
    if key in LISTS:
        dialog = ReferenceList(window.workspace, LISTS[key], window)
        dialog.table.export_asked.connect(
            partial(ask_export, dialog, window.workspace, dialog.table, LISTS[key].title)
        )
        dialog.start(row_id)


def open_guide(window: "MainWindow") -> None:
    """Open the French guide, which lies beside the program, at the page in use."""
    from vto_desktop.ui.forms.guide import Guide

    page = window.current_page
    Guide(paths.shipped("docs", "guide-utilisateur.md"), page.title if page else "", window).show()


def show_shortcuts(window: "MainWindow") -> None:
    """Show all keys."""
    from vto_desktop.ui.forms.shortcuts import Shortcuts

    Shortcuts(window.menus.actions.values(), window).open()


def show_about(window: "MainWindow") -> None:
    """Show versions, places and licences."""
    from vto_desktop.ui.forms.about import About

    About(window.workspace, window).open()


def open_file(path: Path) -> bool:
    """Open a file with the system's own program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
