"""« Annuaire complet… »: members, persons, organisations, mandates and dues in one workbook, a sheet each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog, QWidget

from vto_desktop.exchange.tables import Sheet, write_book
from vto_desktop.services import directory
from vto_desktop.services.list_query import ListQuery, every_row
from vto_desktop.ui.forms.export import FOLDER, folder_of
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.jobs import Job
from vto_desktop.ui.kit.workspace import Workspace

FILTER: Final = "Classeur Excel (*.xlsx)"
STEP: Final = 500  # rows between two words on how far it is


def ask(parent: QWidget, workspace: Workspace) -> QFileDialog:
    """Ask where the directory goes, then write it there."""
    dialog = QFileDialog(parent, "Exporter l’annuaire complet", folder_of(workspace), FILTER)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(f"{directory.TITLE}.xlsx")
    dialog.fileSelected.connect(lambda file: export(parent, workspace, Path(file)))
    dialog.open()
    return dialog


def export(parent: QWidget, workspace: Workspace, path: Path) -> None:
    """Write the directory beside the window, read a page at a time; refusals are shown."""
    workspace.settings.set(FOLDER, str(path.parent))
    jobs.run(
        parent,
        "Exporter l’annuaire",
        lambda progress: write_book(path, _sheets(workspace, progress)),
        lambda _none: workspace.say(f"Annuaire exporté\u00a0: {path.name}"),
    )


def _sheets(workspace: Workspace, progress: Job) -> Iterator[Sheet]:
    for place, query in enumerate(directory.SHEETS):
        progress(place, len(directory.SHEETS), query.title)
        yield Sheet(query.title, query.columns, _rows(workspace, query, progress, place))


def _rows(workspace: Workspace, query: ListQuery, progress: Job, place: int) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(every_row(workspace.read, query)):
        if number % STEP == 0:
            progress(place, len(directory.SHEETS), query.title)  # also where « Annuler » is heard
        yield row
