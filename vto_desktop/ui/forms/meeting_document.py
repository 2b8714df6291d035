"""The form of a document of a meeting: what it is called, and the file it is."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from vto_desktop.model import MeetingDocument
from vto_desktop.services import meeting_documents
from vto_desktop.ui.forms.records import loaded, named, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import TextInput
from vto_desktop.ui.kit.panel import button
from vto_desktop.ui.kit.workspace import Workspace

FILTER = "Documents (*.pdf *.odt *.ods *.docx *.xlsx *.txt *.png *.jpg);;Tous les fichiers (*)"


class MeetingDocumentForm(Form):
    """Edits one document; the file stays where it is, the dossier only remembers the way to it."""

    title = "Document de la réunion"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "MeetingDocumentForm":
        """Return the form of a kept document."""
        return cls(workspace, loaded(workspace, MeetingDocument, row_id), parent)

    def build(self) -> None:
        self.head(self.row.label or "Document")
        self.add("&Intitulé", "label", TextInput(), hint="Tel qu’il s’imprime dans la convocation.")
        hint = "À partir du dossier quand le fichier est rangé à côté de lui."
        self.add("&Fichier", "path", TextInput(), hint=hint)
        self.place(button("Choisir un autre fichier…", self.choose, icon="folder-open", kind="small"))

    def choose(self) -> None:
        """Ask for the file."""
        ask_files(self, self.workspace, lambda paths: self.input("path").set_value(paths[0]), several=False)

    def save(self) -> None:
        with self.workspace.write(step(self.row, "le document", self.row.label or self.row.path)) as session:
            self.row = meeting_documents.save_document(session, self.row)


def ask_files(parent: Any, workspace: Workspace, take: Any, *, several: bool = True) -> QFileDialog:
    """Ask for files of this computer; ``take`` is given their paths as they are remembered."""
    dossier = workspace.dossier
    assert dossier is not None  # noqa: S101 - asked from a form on an open dossier
    dialog = QFileDialog(parent, "Joindre un document", str(dossier.path.parent), FILTER)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
    dialog.filesSelected.connect(
        lambda files: take([meeting_documents.kept_path(Path(file), dossier.path) for file in files])
    )
    dialog.open()
    return dialog


def add_documents(workspace: Workspace, meeting_id: int, paths: list[str]) -> None:
    """Attach files to a meeting in one step."""
    name = Path(paths[0]).name if len(paths) == 1 else f"{len(paths)} fichiers"
    with workspace.write(named("Joindre", name)) as session:
        for path in paths:
            meeting_documents.save_document(
                session, MeetingDocument(meeting_id=meeting_id, path=path, label="")
            )
