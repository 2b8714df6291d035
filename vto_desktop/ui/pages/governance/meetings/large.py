"""The attendance of a meeting in a large window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import Meeting
from vto_desktop.services.figures_meetings import Sheet
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance.meetings.attendance import AttendanceTab


class AttendanceDialog(QDialog):
    """The attendance of one meeting in a large window; Ctrl+Z and Ctrl+Y go on working there.

    It shows what the tab behind it reads: hundreds of seats are read once a key.
    """

    def __init__(
        self, workspace: Workspace, behind: AttendanceTab, sheet: Sheet, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._meeting_id = workspace, sheet.meeting_id
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        with workspace.read() as session:
            meeting = session.get_one(Meeting, sheet.meeting_id)
            name = f"{meeting.body.name} du {french.long_date(meeting.held_on)}"
        self.setWindowTitle(f"Présences – {name}")
        self.resize(theme.px(900), theme.px(760))
        self.attendance = AttendanceTab(workspace)
        self.attendance.large_button.hide()
        bottom = QHBoxLayout()
        bottom.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(12))
        bottom.addStretch(1)
        bottom.addWidget(button("Fermer", self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        title = label(name, "detailTitle", wrap=True)
        title.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), 0)
        column.addWidget(title)
        column.addWidget(self.attendance, 1)
        column.addLayout(bottom)
        for keys, act in (
            (QKeySequence.StandardKey.Undo, workspace.undo), (QKeySequence.StandardKey.Redo, workspace.redo),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        behind.read.connect(self._show)
        workspace.changed.connect(self._changed)
        self.attendance.show_sheet(sheet)
        self.attendance.table.setFocus()

    def _show(self, sheet: Sheet) -> None:
        if sheet.meeting_id == self._meeting_id:
            self.attendance.show_sheet(sheet)

    def _changed(self, tables: frozenset[str]) -> None:
        """Close when the meeting is no more."""
        if "meeting" in tables:
            with self._workspace.read() as session:
                if session.get(Meeting, self._meeting_id) is None:
                    self.reject()
