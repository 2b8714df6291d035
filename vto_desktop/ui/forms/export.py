"""Writing the list shown as a spreadsheet or CSV: what is filtered, in the columns and order shown."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

FILTERS: Final = "Classeur Excel (*.xlsx);;Fichier CSV (*.csv)"
FOLDER: Final = "dossier_exports"


def ask(parent: QWidget, workspace: Workspace, table: Table, title: str) -> QFileDialog:
    """Ask where the list goes, then write it there."""
    dialog = QFileDialog(parent, "Exporter la liste", folder_of(workspace), FILTERS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix("csv" if "csv" in name else "xlsx"))
    dialog.selectFile(f"{title}.xlsx")
    dialog.fileSelected.connect(lambda file: export(parent, workspace, table, title, Path(file)))
    dialog.open()
    return dialog


def folder_of(workspace: Workspace) -> str:
    """Return the folder of the last export, or the user's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(workspace.settings.get(FOLDER, documents))


def export(parent: QWidget, workspace: Workspace, table: Table, title: str, path: Path) -> None:
    """Write the list to an ``.xlsx`` or ``.csv`` file; refusals are shown."""
    from vto_desktop.exchange.tables import write_table

    workspace.settings.set(FOLDER, str(path.parent))
    places = table.header.chosen()  # a narrow window leaves nothing out of a file
    columns = [_exported(table.rows.columns[place]) for place in places]
    rows = [tuple(_plain(row[place]) for place in places) for row in table.rows.all_values()]
    jobs.run(
        parent,
        "Exporter la liste",
        lambda _progress: write_table(path, title, columns, rows),
        lambda _none: workspace.say(f"Liste exportée\u00a0: {path.name}"),
    )


def _exported(column: Column) -> Column:
    """Return the column as a file holds it: shares and two-line cells are texts there."""
    kind = column.kind if column.kind in ("amount", "number", "date", "text", "chip") else "text"
    return Column(column.key, column.title, kind)


def _plain(value: Any) -> Any:
    if isinstance(value, Chip):
        return value.text
    if isinstance(value, tuple):
        if all(isinstance(part, int) for part in value) and len(value) == 2:
            return f"{value[0] * 100 / value[1]:.1f}\u00a0%".replace(".", ",") if value[1] else ""
        return " ".join(str(part) for part in value if part)
    return value
