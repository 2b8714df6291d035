"""First step: which file, chosen or dropped, and what it lists."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop.ui.forms.importing.asking import NAMES, ask_file, ask_model
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.workspace import Workspace


class FilePage(QWidget):
    """Asks for a file; ``chosen`` carries its path."""

    chosen = Signal(object)
    kind_changed = Signal(str)

    def __init__(self, workspace: Workspace, kind: str) -> None:
        super().__init__()
        self._workspace = workspace
        self.kind = ChoiceInput(NAMES.items())
        self.kind.set_value(kind)
        self.kind.changed.connect(lambda: self.kind_changed.emit(str(self.kind.value())))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(
            label(
                "Un classeur (xlsx, ods, xls…) ou un fichier CSV, avec une ligne de titres. Rien n’est écrit "
                "avant la dernière étape, et l’import entier s’annule d’un Ctrl+Z.",
                "secondary",
                wrap=True,
            )
        )
        field = Field("&Ce que contient la liste", "kind", self.kind)
        field.setMaximumWidth(theme.px(280))
        column.addWidget(field)
        column.addWidget(self._drop(), 1)
        row = QHBoxLayout()
        self.model_button = button(
            "Enregistrer un modèle…", self._ask_model, icon="file-spreadsheet", kind="link"
        )
        row.addWidget(self.model_button)
        row.addWidget(label("Un classeur vide avec les titres reconnus.", "caption"))
        row.addStretch(1)
        column.addLayout(row)

    def _drop(self) -> QFrame:
        frame = _DropFrame()
        frame.dropped.connect(self.chosen.emit)
        inside = QVBoxLayout(frame)
        inside.setSpacing(theme.px(12))
        inside.addStretch(1)
        inside.addWidget(icons.Sign("file-spreadsheet", "secondary", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(label("Déposez un fichier ici", "panelTitle"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.choose_button = button("Choisir un fichier…", self._ask_file, icon="folder-open", kind="primary")
        inside.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.file_label = label("", "caption")
        inside.addWidget(self.file_label, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(1)
        return frame

    def show_file(self, path: Path) -> None:
        """Say which file was taken."""
        self.file_label.setText(path.name)

    def _ask_file(self) -> None:
        ask_file(self, self._workspace, self.chosen.emit)

    def _ask_model(self) -> None:
        ask_model(self, self._workspace, str(self.kind.value()))


class _DropFrame(QFrame):
    """A framed area on which one file can be dropped."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_in(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)


def _file_in(event: QDropEvent) -> Path | None:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None
