"""« Documents »: the files of a meeting, opened with the system's own programs."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import MeetingDocument
from vto_desktop.services import meeting_documents
from vto_desktop.ui.forms.meeting_document import MeetingDocumentForm, add_documents, ask_files
from vto_desktop.ui.forms.records import deleting, named
from vto_desktop.ui.kit import messages, theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.items import Item, Items
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.workspace import Workspace

EMPTY: Final = "Aucun document. «\u00a0Joindre…\u00a0» ou un fichier glissé ici l’ajoute, sans le copier."


class DocumentsTab(QWidget):
    """The documents of one meeting; the dossier only remembers where they are."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._meeting_id: int | None = None
        self.setAcceptDrops(True)
        self.add_button = button("Joindre…", self.add, icon="plus")
        self.count = label("", "caption")
        self.items = Items(EMPTY)
        top = QHBoxLayout()
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(top)
        column.addWidget(self.items)

    def show_meeting(self, meeting_id: int) -> None:
        """Show the documents of a meeting; those that are not there say so."""
        self._meeting_id = meeting_id
        with self._workspace.read() as session:
            rows = meeting_documents.documents_of(session, meeting_id)
        writable = not self._workspace.is_read_only
        self.add_button.setEnabled(writable)
        self.count.setText(french.count(len(rows), "document") if rows else "")
        self.items.show_items([self._item(row) for row in rows], writable=True)

    @property
    def _dossier(self) -> Path:
        dossier = self._workspace.dossier
        assert dossier is not None  # noqa: S101 - documents are shown with an open dossier
        return dossier.path

    def _item(self, row: MeetingDocument) -> Item:
        missing = meeting_documents.is_missing(row.path, self._dossier)
        acts = [("Ouvrir", "external-link", partial(self.open_document, row.path))]
        if not self._workspace.is_read_only:
            acts.append(("Modifier…", "pencil", partial(self.edit, row.id)))
            acts.append(("Retirer", "x", partial(self.remove, row.id, row.label)))
        return Item(row.label, Chip("Introuvable", "warn") if missing else None, (), (row.path,), tuple(acts))

    # --- acts ------------------------------------------------------------------------------------

    def open_document(self, path: str) -> None:
        """Hand a document to the system; what is missing or could be a program is refused."""
        try:
            found = meeting_documents.to_open(path, self._dossier)
        except UserError as refused:
            messages.show_error(self, refused)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(found))):
            sentence = "Aucun programme n’a répondu. Le fichier est intact\u00a0: ouvrez-le vous-même."
            messages.show_error(self, UserError("LECTEUR_ABSENT", sentence))

    def add(self) -> None:
        """Ask for files to attach."""
        if not self._workspace.is_read_only and self._meeting_id is not None:
            ask_files(self, self._workspace, self.attach)

    def attach(self, paths: Sequence[str]) -> None:
        """Attach files by the paths they are remembered by."""
        if not paths or self._meeting_id is None:
            return
        try:
            add_documents(self._workspace, self._meeting_id, list(paths))
        except UserError as refused:
            messages.show_error(self, refused)

    def edit(self, row_id: int) -> None:
        """Open the form of a document."""
        MeetingDocumentForm.edit(self._workspace, row_id, self).start()

    def remove(self, row_id: int, name: str) -> None:
        """Forget a document; the file is left alone."""
        what = named("le document", name)
        deleting(self._workspace, self, what, meeting_documents.delete_document, row_id)

    # --- dropping files --------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) and not self._workspace.is_read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach([meeting_documents.kept_path(path, self._dossier) for path in self._dropped(event)])
        event.acceptProposedAction()

    @staticmethod
    def _dropped(event: QDropEvent) -> list[Path]:
        urls = event.mimeData().urls()
        return [
            Path(url.toLocalFile()) for url in urls if url.isLocalFile() and Path(url.toLocalFile()).is_file()
        ]
