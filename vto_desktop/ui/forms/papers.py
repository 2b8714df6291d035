"""« Imprimer les appels… », « Procès-verbal… »: the papers of what was chosen elsewhere, seen before use."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.reports import REPORTS
from vto_desktop.services import reminders
from vto_desktop.ui.forms.paper_desk import PaperDesk
from vto_desktop.ui.kit import messages, theme
from vto_desktop.ui.kit.panel import Banner, button, label, scrolled
from vto_desktop.ui.kit.workspace import Workspace

_COUNTS = {
    "dues-calls": ("appel", "appels"), "reminders": ("relance", "relances"),
    "certificates": ("attestation", "attestations"), "receipts": ("reçu", "reçus"),
    "labels": ("étiquette", "étiquettes"), "convocation": ("convocation", "convocations"),
    "proxy": ("pouvoir", "pouvoirs"),
}  # fmt: skip


class PapersDialog(QDialog):
    """Options and what is missing at left, the very PDF at right; ``ids`` are what the document is about.

    Those are dues for calls and reminders, members for certificates and labels, else receipts. Without
    them ``preset`` says which meeting or deliberation.
    """

    def __init__(
        self,
        workspace: Workspace,
        name: str,
        ids: Sequence[int] | None,
        parent: QWidget | None = None,
        *,
        preset: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._report = workspace, REPORTS[name]
        self._ids = list(ids) if ids is not None else None
        self.setWindowTitle(self._report.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(parent=self)
        self.desk = PaperDesk(workspace, self, self.banner)
        self.count = label("", "caption")
        self._lay_out()
        self.desk.ready.connect(self._mark_ready)
        self._mark_ready(False)
        workspace.changed.connect(self._changed)
        self.desk.options.read()
        self.desk.options.reset()
        self.desk.options.preset(preset or {})
        self.desk.choose(self._report, self._ids)

    def _lay_out(self) -> None:
        edge = theme.px(20)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.addWidget(label(self._report.title, "detailTitle"))
        head.addWidget(self.count)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.banner)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(16))
        middle.addWidget(self._left())
        panel = QFrame()
        panel.setObjectName("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.desk.view)
        middle.addWidget(panel, 1)
        column.addLayout(middle, 1)
        column.addLayout(self._footer())

    def _left(self) -> QFrame:
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setFixedWidth(theme.px(264))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(label(self._report.purpose, "secondary", wrap=True))
        column.addWidget(self.desk.options)
        column.addWidget(self.desk.missing)
        column.addStretch(1)
        outer = QVBoxLayout(panel)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scrolled(inside))
        return panel

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.open_button = button("&Ouvrir avec le lecteur", self.desk.open_elsewhere, icon="external-link")
        self.batch_button = button("Un PDF par &destinataire…", self.desk.ask_batch, icon="layers")
        self.save_button = button("&Enregistrer sous…", self.desk.ask_save, icon="save")
        self.print_button = button("&Imprimer…", self.desk.print, icon="printer", kind="primary")
        row.addWidget(self.open_button)
        row.addStretch(1)
        row.addWidget(button("&Fermer", self.accept))
        for one in (self.batch_button, self.save_button, self.print_button):
            row.addWidget(one)
        self.batch_button.setVisible(self._report.is_batch)
        self.sent_button = button("&Noter comme envoyées", self.record, icon="check")
        self.sent_button.setVisible(self._report.name == "reminders")
        row.insertWidget(2, self.sent_button)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        room = self.screen().availableGeometry().size()
        wide, high = theme.px(1120), theme.px(780)
        self.resize(min(wide, room.width() - theme.px(40)), min(high, room.height() - theme.px(80)))

    def _mark_ready(self, ready: bool) -> None:
        for one in (self.open_button, self.save_button, self.print_button):
            one.setEnabled(ready)
        self.batch_button.setEnabled(self.desk.has_letters())
        self.sent_button.setEnabled(ready and bool(self._unsent()) and not self._workspace.is_read_only)
        words = _COUNTS.get(self._report.name) if self.desk.summary is not None else None
        self.count.setText(french.count(self.desk.count(), *words) if words else "")

    def _unsent(self) -> list[int]:
        """Return the dues whose reminders shown are the next ones and not on record yet."""
        letters = self.desk.summary.letters if self._report.name == "reminders" else ()
        if self.desk.options.level.input.value() is not None:
            return []
        return [each.dues_id for each in letters if not each.is_sent]

    def record(self) -> None:
        """Keep that the reminders shown were sent, on their own day, in one step."""
        dues_ids, on = self._unsent(), self.desk.summary.on
        count = french.count(len(dues_ids), "relance")
        try:
            with self._workspace.write(f"Enregistrer {count} ({french.short_date(on)})") as session:
                reminders.send_reminders(session, dues_ids, on=on)
        except UserError as refused:
            messages.show_error(self, refused)
            return
        noted = french.count(len(dues_ids), "relance notée", "relances notées")
        self._workspace.say(f"{noted} comme envoyées le {french.short_date(on)}.")

    def _changed(self, _tables: frozenset[str]) -> None:
        if self.isVisible() and self._workspace.dossier is not None:
            self.desk.options.read()
            self.desk.pause.start()
