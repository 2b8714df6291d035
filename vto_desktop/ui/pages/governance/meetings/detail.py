"""A meeting beside the list: its agenda, who came, what was decided, its documents."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import Body, Meeting
from vto_desktop.reports import REPORTS
from vto_desktop.services import decisions, meetings
from vto_desktop.services.meetings import agenda_items, latest_convening, time_words
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.kit import clipboard, icons
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.detail import Detail
from vto_desktop.ui.kit.items import Item, Items
from vto_desktop.ui.kit.panel import Banner, Facts, button, label
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance.meetings.attendance import AttendanceTab
from vto_desktop.ui.pages.governance.meetings.decisions import DecisionsTab
from vto_desktop.ui.pages.governance.meetings.documents import DocumentsTab
from vto_desktop.ui.pages.governance.meetings.large import AttendanceDialog

AGENDA, ATTENDANCE, DECISIONS, DOCUMENTS = range(4)
PAPERS = ("convocation", "attendance-sheet", "proxy", "minutes", "decision-extract")
NO_AGENDA = "L’ordre du jour est vide. «\u00a0Modifier…\u00a0» le saisit, un point par ligne."


class MeetingDetail(Detail):
    """One meeting; its tabs stay on the one chosen when another meeting is looked at."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.meeting_id: int | None = None
        self._build_agenda(self.tab("Ordre du jour"))
        self.attendance = AttendanceTab(workspace)
        self.attendance.enlarged.connect(self.enlarge)
        self.tabs.addTab(self.attendance, "Présences")
        self.decisions = DecisionsTab(workspace)
        self.tab("Délibérations").addWidget(self.decisions)
        self.documents = DocumentsTab(workspace)
        self.tab("Documents").addWidget(self.documents)
        self._unfilled: set[int] = set()
        self.tabs.currentChanged.connect(self._fill)
        self.edit_button = self.action("Modifier…", self.edit, icon="pencil")
        self.print_button = self.action("Imprimer…", self.show_papers, icon="printer")
        self.print_button.setToolTip("Convocation, feuille d’émargement, pouvoirs, procès-verbal, extrait")

    def _build_agenda(self, column: QVBoxLayout) -> None:
        self.notice = Banner()
        self.facts = Facts()
        self.link_button = button("Copier le lien", self._copy_link, icon="copy", kind="small")
        self.agenda = Items(NO_AGENDA)
        self.notes = label("", "caption", wrap=True)
        above: tuple[QWidget, ...] = (self.notice, self.facts)
        below: tuple[QWidget, ...] = (self.agenda, self.notes)
        for widget in above:
            column.addWidget(widget)
        column.addWidget(self.link_button, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in below:
            column.addWidget(widget)

    def show_meeting(self, meeting_id: int | None) -> None:
        """Show a meeting, or that none is chosen; a tab is filled when it is looked at."""
        self.meeting_id = meeting_id
        if meeting_id is None:
            self.show_nothing()
            return
        self._unfilled = set(range(self.tabs.count()))
        self.show_content()
        with self._workspace.read() as session:
            row = session.get_one(Meeting, meeting_id)
            self._show_head(row, row.body)
        self._fill(self.tabs.currentIndex())
        self.edit_button.setEnabled(not self._workspace.is_read_only)

    def _fill(self, tab: int) -> None:
        """Fill a tab that does not yet show the meeting as it stands."""
        if self.meeting_id is None or tab not in self._unfilled:
            return
        self._unfilled.remove(tab)
        if tab == AGENDA:
            self._show_agenda(self.meeting_id)
        else:
            (self.attendance, self.decisions, self.documents)[tab - 1].show_meeting(self.meeting_id)

    def _show_head(self, row: Meeting, body: Body) -> None:
        when = ", ".join(filter(None, (french.long_date(row.held_on), time_words(row.time))))
        chips = [Chip("Seconde convocation", "info")] if row.is_second_call else []
        self.head(row.title or body.name, f"{body.name} · {when}" if row.title else when, chips)

    def _show_agenda(self, meeting_id: int) -> None:
        with self._workspace.read() as session:
            row = session.get_one(Meeting, meeting_id)
            body = row.body
            warning = meetings.meeting_warnings(session, row).get("convened_on", "")
            names = [person.full_name if person else "" for person in (row.chair, row.secretary)]
        latest = latest_convening(body, row.held_on)
        if row.convened_on is not None and not warning and latest is not None:
            convened = f"{french.short_date(row.convened_on)}, dans les délais"
        else:
            convened = french.short_date(row.convened_on)
        self.notice.tell(warning, "warn" if row.convened_on is not None else "info")
        facts: list[tuple[str, str | Chip | None]] = [
            ("Forme", row.kind), ("Lieu", row.place), ("Convoquée le", convened),
            ("Présidée par", names[0]), ("Secrétaire de séance", names[1]),
        ]  # fmt: skip
        if row.link:
            facts.insert(2, ("Visioconférence", row.link))
        self.facts.show_facts(facts)
        self._link = row.link
        self.link_button.setVisible(bool(row.link))
        self.agenda.show_items(
            (Item(f"{place}. {text}") for place, text in enumerate(agenda_items(row.agenda), 1)),
            writable=False,
        )
        self.notes.setText(row.notes)
        self.notes.setVisible(bool(row.notes))

    def _copy_link(self) -> None:
        clipboard.put_text(self._link)
        self._workspace.say("Lien de visioconférence copié.")

    def enlarge(self) -> None:
        """Show the attendance in a large window."""
        if (sheet := self.attendance.sheet) is not None:
            AttendanceDialog(self._workspace, self.attendance, sheet, self).open()

    def papers(self) -> QMenu:
        """Return the menu of the papers of the meeting."""
        with self._workspace.read() as session:
            has_decisions = bool(self.meeting_id and decisions.decisions_of(session, self.meeting_id))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in PAPERS:
            action = menu.addAction(icons.icon("file-text"), f"{REPORTS[name].title}…")
            action.triggered.connect(lambda _checked=False, name=name: self.print_paper(name))
            action.setEnabled(name != "decision-extract" or has_decisions)
        return menu

    def show_papers(self) -> None:
        """Offer the papers of the meeting."""
        self.papers().popup(self.print_button.mapToGlobal(self.print_button.rect().topLeft()))

    def print_paper(self, name: str) -> None:
        """Show a paper of the meeting, to be printed."""
        if self.meeting_id is not None:
            today = date.today()  # noqa: DTZ011 - the user's own calendar
            preset = {"meeting": self.meeting_id, "on": today}
            PapersDialog(self._workspace, name, None, self, preset=preset).open()

    def edit(self) -> None:
        """Open the form of the meeting."""
        if self.meeting_id is not None:
            MeetingForm.edit(self._workspace, self.meeting_id, self).start()
