"""The meetings of all bodies, the latest first, and the one chosen beside them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import Meeting
from vto_desktop.services import meetings, renewing
from vto_desktop.ui.forms.editing import Editing
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.forms.renewal import RenewalForm
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.filters import FilterField
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance import reading
from vto_desktop.ui.pages.governance.lists import ListTab
from vto_desktop.ui.pages.governance.meetings.detail import MeetingDetail

MEETINGS: Final = (
    Column("held_on", "Date", "date", 96),
    Column("time", "Heure", width=60, hidden=True),
    Column("body", "Instance", width=0, least=100, bold=True),
    Column("title", "Intitulé", width=150, hidden=True),
    Column("kind", "Forme", width=150, hidden=True),
    Column("place", "Lieu", width=150, hidden=True),
)
LIST: Final = 330
LEAST: Final = 224
NARROW: Final = 860
"""Width in pixels of the mocks below which the list leaves all it can to the meeting."""


class MeetingsTab(QWidget):
    """The list at left, the meeting at right; both follow the dossier."""

    def __init__(self, workspace: Workspace, body: Callable[[], int | None]) -> None:
        super().__init__()
        self.workspace = workspace
        self._body = body
        self.list = ListTab(workspace, MEETINGS, "Meetings", "Réunion…", self.add)
        self.list.new_button.setIcon(icons.icon("plus"))
        self.list.new_button.setToolTip("Inscrire une nouvelle réunion")
        self.list.setMinimumWidth(theme.px(LEAST))
        if (inside := self.list.layout()) is not None:
            inside.setContentsMargins(0, 0, 0, 0)
        self.detail = MeetingDetail(workspace)
        self.editing: Editing[Meeting] = Editing(
            workspace, self, Meeting, MeetingForm, noun="la réunion du",
            name_of=lambda row: french.short_date(row.held_on), delete=meetings.delete_meeting,
        )  # fmt: skip
        self.editing.attach(self.table)
        self.editing.done = lambda row: self.table.pick(row.id)
        self.table.picked.connect(self.detail.show_meeting)
        self.table.act("Inscrire une élection…", self.elect, icon="users")
        self.table.act("Imprimer…", self.print_papers, icon="printer")
        self.elect_button = self.detail.action("Élection…", self._elect_current, icon="users")
        self.elect_button.setToolTip("Inscrire les mandats que cette réunion a élus")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(theme.px(16))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self._is_narrow: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.addWidget(self.splitter)

    @property
    def table(self) -> Table:
        """The list of meetings."""
        return self.list.table

    @property
    def new_button(self) -> QPushButton:
        """The button that adds a meeting."""
        return self.list.new_button

    @property
    def filter_field(self) -> FilterField:
        """The field that filters the list."""
        return self.list.filter_field

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme.px(NARROW)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.new_button.setHidden(is_narrow)  # the page's own button stays
            self.splitter.setSizes([theme.px(LEAST if is_narrow else LIST), 10_000])

    def add(self) -> None:
        """Open the form of a new meeting of the body looked at."""
        MeetingForm.new(self.workspace, self._body(), self).start(lambda row: self.table.pick(row.id))

    def _elect_current(self) -> None:
        if (meeting_id := self.detail.meeting_id) is not None:
            self.elect(meeting_id)

    def elect(self, meeting_id: int) -> None:
        """Open the election of the body that a meeting elects, or ask which when it elects several."""
        if self.workspace.is_read_only:
            return
        with self.workspace.read() as session:
            bodies = renewing.electable(session, meeting_id)
        if len(bodies) == 1:
            self._renew(bodies[0][0], meeting_id)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row_id, name in bodies:
            action = menu.addAction(icons.icon("landmark"), name)
            action.triggered.connect(lambda _checked=False, row_id=row_id: self._renew(row_id, meeting_id))
        menu.popup(self.elect_button.mapToGlobal(self.elect_button.rect().topLeft()))

    def print_papers(self, meeting_id: int) -> None:
        """Offer the papers of a meeting of the list."""
        self.table.pick(meeting_id)
        self.detail.show_papers()

    def _renew(self, body_id: int, meeting_id: int) -> None:
        RenewalForm.of(self.workspace, body_id, self, meeting_id=meeting_id).start()

    def refresh(self) -> None:
        """Read the meetings again; the latest is shown when none was chosen."""
        with self.workspace.read() as session:
            rows = reading.meeting_rows(session)
        before = self.table.current_id()
        self.list.show_rows(rows, "Aucune réunion\u00a0: «\u00a0Nouvelle réunion\u00a0» inscrit la première.")
        for one in (self.list.new_button, self.elect_button):
            one.setEnabled(not self.workspace.is_read_only)
        if self.table.current_id() is None and rows:
            self.table.pick(rows[0][0])
        elif self.table.current_id() == before:
            self.detail.show_meeting(before)
