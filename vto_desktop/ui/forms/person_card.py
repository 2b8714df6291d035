"""A person's page: all seats and mandates, past and present, and the meetings, each a link to its record."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import Person
from vto_desktop.services.person_sheet import PersonSheet, person_sheet
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.kit import clipboard, theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import Panel, button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

SEATS: Final = (
    Column("what", "Siège ou mandat", "lines", width=0, bold=True, sortable=False),
    Column("starts_on", "Depuis le", "date", 100),
    Column("ends_on", "Jusqu’au", "date", 100, tip="Premier jour où il n’est plus exercé"),
    Column("state", "État", "chip", 92),
)
MEETINGS: Final = (
    Column("held_on", "Date", "date", 100),
    Column("body", "Réunion", width=0, bold=True),
    Column("presence", "Présence", width=200),
    Column("detail", "Précision", width=190),
)
TONES: Final = {"En cours": "ok", "À venir": "info", "Terminé": "neutral"}
TABLES: Final = frozenset(
    {
        "person",
        "member",
        "representative",
        "mandate",
        "office",
        "body",
        "organisation",
        "attendance",
        "meeting",
    }
)


class PersonCard(QDialog):
    """Shows one person; opening a line closes the card and leads to its record."""

    def __init__(self, workspace: Workspace, person_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._person_id = workspace, person_id
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(780), theme.px(560))
        self.heading = label("", "detailTitle", wrap=True)
        self.contacts = label("", "secondary", wrap=True)
        self.summary = label("", "caption", wrap=True)
        settings = workspace.settings
        self.seats = Table(SEATS, name="PersonSeats", settings=settings)
        self.meetings = Table(MEETINGS, name="PersonMeetings", settings=settings)
        self.seats.set_empty_text("Cette personne ne tient et n’a tenu ni siège ni mandat.")
        self.meetings.set_empty_text("Aucune présence n’est inscrite pour cette personne.")
        self.seats.opened.connect(self._open_seat)
        self.meetings.opened.connect(lambda row: self._open("meeting", row))
        self._lay_out()
        workspace.changed.connect(self._changed)
        self.refresh()
        self.seats.setFocus()

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for table, title in ((self.seats, "Sièges et mandats"), (self.meetings, "Réunions")):
            table.setAccessibleName(title)
            panel = Panel(padded=False)
            panel.add(table, 1)
            self.tabs.addTab(panel, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(6))
        for widget in (self.heading, self.contacts, self.summary):
            column.addWidget(widget)
        column.addSpacing(theme.px(6))
        column.addWidget(self.tabs, 1)
        column.addSpacing(theme.px(6))
        column.addLayout(self._footer())

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.edit_button = button("&Modifier…", self.edit, icon="pencil")
        self.mail_button = button("&Copier le courriel", self.copy_address, icon="mail")
        row.addWidget(self.edit_button)
        row.addWidget(self.mail_button)
        row.addStretch(1)
        row.addWidget(button("&Ouvrir la ligne", self._open_current))
        row.addWidget(button("&Fermer", self.accept, kind="primary"))
        return row

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the person again."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        with self._workspace.read() as session:
            self.sheet = person_sheet(session, self._person_id, today=today)
        sheet = self.sheet
        self.setWindowTitle(sheet.name)
        self.heading.setText(sheet.name)
        contacts = " · ".join(filter(None, (sheet.email, sheet.phone, sheet.place)))
        self.contacts.setText(contacts or "Coordonnées non renseignées")
        self.summary.setText(_summary(sheet))
        self.seats.show_rows(
            (place, (each.title, each.detail), each.starts_on, each.ends_on,
             Chip(each.state, TONES[each.state]))
            for place, each in enumerate(sheet.held)
        )  # fmt: skip
        self.meetings.show_rows(
            (each.meeting_id, each.held_on, each.body, each.presence, each.detail or None)
            for each in sheet.attended
        )
        self.edit_button.setEnabled(not self._workspace.is_read_only)
        self.mail_button.setEnabled(bool(sheet.email))

    def _changed(self, tables: frozenset[str]) -> None:
        if not tables & TABLES or not self.isVisible():
            return
        with self._workspace.read() as session:
            is_gone = session.get(Person, self._person_id) is None
        if is_gone:
            self.accept()  # deleted, merged or undone meanwhile
        else:
            self.refresh()

    # --- acts ------------------------------------------------------------------------------------

    def _open_current(self) -> None:
        table = self.seats if self.tabs.currentIndex() == 0 else self.meetings
        if (row := table.current_id()) is not None:
            table.opened.emit(row)

    def _open_seat(self, place: int) -> None:
        held = self.sheet.held[place]
        self._open(held.table, held.row_id)

    def _open(self, table: str, row_id: int) -> None:
        self.accept()
        self._workspace.open_row(table, row_id)

    def edit(self) -> None:
        """Open the form of the person."""
        if not self._workspace.is_read_only:
            PersonForm.edit(self._workspace, self._person_id, self).start()

    def copy_address(self) -> None:
        """Copy the e-mail address."""
        clipboard.put_text(self.sheet.email)
        self._workspace.say(f"Adresse copiée\u00a0: {self.sheet.email}")


def _summary(sheet: PersonSheet) -> str:
    running = len(sheet.running)
    seats = f"{french.count(running, 'siège ou mandat en cours', 'sièges ou mandats en cours')}"
    past = len(sheet.held) - running
    others = f"{french.number(past)} à d’autres dates" if past else ""
    return " · ".join(filter(None, (seats if running else "Aucun siège en cours", others, sheet.attendance)))
