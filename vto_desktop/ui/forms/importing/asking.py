"""Which file to import, and where the model of one goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.workspace import Workspace

FOLDER: Final = "dossier_imports"
NAMES: Final = {"members": "Adhérents", "representatives": "Représentants"}


def _folder(workspace: Workspace) -> str:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(workspace.settings.get(FOLDER, documents))


def ask_file(parent: QWidget, workspace: Workspace, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask which file to import."""
    from vto_desktop.exchange.reading import ENDINGS

    patterns = " ".join(f"*{ending}" for ending in ENDINGS)
    kinds = f"Listes ({patterns});;Tous les fichiers (*)"
    dialog = QFileDialog(parent, "Importer une liste", _folder(workspace), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.open()
    return dialog


def ask_model(parent: QWidget, workspace: Workspace, kind: str) -> QFileDialog:
    """Ask where a workbook with the headings of a list of this kind goes, and write it there."""
    dialog = QFileDialog(parent, "Enregistrer un modèle", _folder(workspace), "Classeur Excel (*.xlsx)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(f"Modèle {NAMES[kind].lower()}.xlsx")
    dialog.fileSelected.connect(lambda file: write_model(parent, workspace, kind, Path(file)))
    dialog.open()
    return dialog


def write_model(parent: QWidget, workspace: Workspace, kind: str, path: Path) -> None:
    """Write a workbook with the headings of a list of this kind; refusals are shown."""
    from vto_desktop.exchange.tables import write_table
    from vto_desktop.services import importing

    columns = [Column(field.key, field.label) for field in importing.model_fields(kind)]
    jobs.run(
        parent,
        "Enregistrer un modèle",
        lambda _progress: write_table(path, NAMES[kind], columns, ()),
        lambda _none: workspace.say(f"Modèle enregistré\u00a0: {path.name}"),
    )
