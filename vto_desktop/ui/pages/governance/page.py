"""The page of governance: choose a body and a day, see who sits, and edit everything of it."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import (
    QHBoxLayout,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import select

from vto_desktop.model import FiscalYear, Mandate, Office
from vto_desktop.ui.forms.mandate import MandateForm
from vto_desktop.ui.forms.renewal import RenewalForm
from vto_desktop.ui.kit import icons, page_menu, theme
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.pages.governance import mending, menu, reading
from vto_desktop.ui.pages.governance.body_chooser import BodyChooser
from vto_desktop.ui.pages.governance.composition_panel import CompositionPanel
from vto_desktop.ui.pages.governance.lists import BodiesTab, MandatesTab, mandate_editing
from vto_desktop.ui.pages.governance.meetings import MeetingsTab
from vto_desktop.ui.pages.governance.meetings.detail import AGENDA, ATTENDANCE, DECISIONS

COMPOSITION, MANDATES, MEETINGS, BODIES = range(4)


class GovernancePage(Page):
    """« Gouvernance »."""

    title = "Gouvernance"
    icon = "landmark"
    shows = frozenset(
        {
            "body", "office", "mandate", "meeting", "member", "representative", "person", "organisation",
            "college", "fiscal_year", "attendance", "decision", "meeting_document",
        }
    )  # fmt: skip
    opens = frozenset(
        {"body", "office", "mandate", "meeting", "college", "officers_declaration", "composition"}
    )

    def build(self) -> None:
        self.print_button = self.action("Imprimer la composition…", self.print_composition, icon="printer")
        self.more_button = self.action("Plus", self._show_more, icon="ellipsis")
        self.more_button.setToolTip("Renouveler, comparer deux dates, adresses…")
        self._bodies: list[tuple[int, str, str]] = []
        self._body_id: int | None = None
        self._follows_year_end = True
        self.editing = mandate_editing(self.workspace, self)
        self.composition = CompositionPanel(self.workspace, self._attach)
        self.composition.opened.connect(self.editing.edit)
        self.composition.checks.acted.connect(lambda finding: mending.mend(self.workspace, finding, self))
        self.composition.timeline.day_chosen.connect(self.show_day)
        self.composition.tables.assembly.opened.connect(self._open_member)
        self.mandates = MandatesTab(self.workspace, self._attach, self.new_mandate)
        self.meetings = MeetingsTab(self.workspace, lambda: self._body_id)
        self.bodies = BodiesTab(self.workspace)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for widget, title in (
            (self._composition_tab(), "Composition"),
            (self.mandates, "Mandats"),
            (self.meetings, "Réunions"),
            (self.bodies, "Instances et fonctions"),
        ):
            self.tabs.addTab(widget, title)
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())
        self.primary_of(
            self.tabs,
            ("Nouveau mandat", "plus", self.new_mandate),
            ("Nouveau mandat", "plus", self.new_mandate),
            ("Nouvelle réunion", "plus", self.meetings.add),
            ("Nouvelle instance", "plus", self.bodies.add_body),
        )
        self.content.addWidget(self.tabs, 1)

    def _attach(self, table: Table) -> None:
        table.can_delete = table.can_duplicate = True
        table.opened.connect(self.editing.edit)
        table.deleted.connect(self.editing.delete)
        table.duplicated.connect(self.duplicate_mandate)
        table.act("Mettre fin au mandat…", self.end_mandate, icon="calendar-clock")
        table.act("Voir la personne", self.show_person, icon="user")
        table.act("Voir l’adhérent", self.show_member, icon="users")

    def _composition_tab(self) -> QWidget:
        self.chooser = BodyChooser()
        self.chooser.chosen.connect(self.choose_body)
        self.day = DateInput()
        self.day.setMaximumWidth(theme.px(140))
        self.day.changed.connect(self._day_typed)
        caption = label("Composition au", "secondary")
        caption.setBuddy(self.day.line)
        self.day.line.setAccessibleName("Composition au")
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(8))
        bar.addWidget(self.chooser)
        bar.addSpacing(theme.px(16))
        bar.addWidget(caption)
        bar.addWidget(self.day)
        bar.addWidget(self._arrow("chevron-left", "Changement précédent", -1))
        bar.addWidget(self._arrow("chevron-right", "Changement suivant", 1))
        bar.addStretch(1)
        bar.addWidget(self.composition.lanes_button)
        return _stacked(bar, self.composition)

    def _arrow(self, icon: str, text: str, step: int) -> QToolButton:
        made = QToolButton()
        made.setIcon(icons.icon(icon))
        made.setToolTip(text)
        made.setAccessibleName(text)
        made.clicked.connect(lambda _checked=False: self.go_to_change(step))
        return made

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.composition.forget()
        with self.workspace.read() as session:
            self._bodies = reading.bodies(session)
        if self._body_id not in {row_id for row_id, _name, _kind in self._bodies}:
            self._body_id = self._bodies[0][0] if self._bodies else None
        self.chooser.show_bodies(self._bodies, self._body_id)
        if self._follows_year_end or self.day.value() is None:
            self._set_day(self._year_end())
        self._show_tab()

    @property
    def body_id(self) -> int | None:
        """The body looked at."""
        return self._body_id

    def shown_day(self) -> date:
        """Return the day looked at."""
        return self.day.value() or self._year_end()

    def _year_end(self) -> date:
        year = self.workspace.year
        with self.workspace.read() as session:
            found = session.scalar(select(FiscalYear.ends_on).where(FiscalYear.year == year))
        return found or date(year, 12, 31)

    def _set_day(self, day: date) -> None:
        self.day.blockSignals(True)
        self.day.set_value(day)
        self.day.blockSignals(False)

    def _day_typed(self) -> None:
        if (day := self.day.value()) is not None:
            self._follows_year_end = day == self._year_end()
            self._show_composition()

    def _show_tab(self) -> None:
        if self.workspace.dossier is None:
            return
        tab = self.tabs.currentIndex()
        if tab == COMPOSITION:
            self._show_composition()
        else:
            (self.mandates, self.meetings, self.bodies)[tab - 1].refresh()

    def _show_composition(self) -> None:
        on = self.day.value()
        chosen = next((body for body in self._bodies if body[0] == self._body_id), None)
        if chosen is None or on is None:
            return
        self.composition.show_body(*chosen, on)

    def choose_body(self, body_id: int) -> None:
        """Show another body."""
        self._body_id = body_id
        self.chooser.set_current(body_id)
        self._show_composition()

    def show_day(self, day: date) -> None:
        """Show the composition on another day."""
        self._set_day(day)
        self._day_typed()

    def go_to_change(self, step: int) -> None:
        """Go to the previous or next day on which the composition changed."""
        on = self.day.value()
        if on is None or self._body_id is None:
            return
        with self.workspace.read() as session:
            days = reading.change_days(session, self._body_id)
        if step < 0:
            # From within a period to its first day, from a first day to the one before it.
            before = [day for day in days if day < on]
            self.show_day(before[-1] if before else days[0] - timedelta(days=1) if days else on)
        elif after := [day for day in days if day > on]:
            self.show_day(after[0])

    def focus_filter(self) -> None:
        tab = self.tabs.currentWidget()
        if isinstance(tab, MandatesTab | MeetingsTab):
            tab.filter_field.setFocus()
            tab.filter_field.selectAll()
        else:
            self.tabs.setCurrentIndex(MANDATES)
            self.mandates.filter_field.setFocus()

    # --- acts ------------------------------------------------------------------------------------

    def new_mandate(self) -> None:
        """Open the form of a new mandate in the body looked at."""
        MandateForm.new(self.workspace, self._body_id, self).start()

    def duplicate_mandate(self, row_id: int) -> None:
        """Open the form of a new mandate like another, for somebody else."""
        if not self.workspace.is_read_only:
            MandateForm.copied(self.workspace, row_id, self).start()

    def end_mandate(self, row_id: int) -> None:
        """Ask from which day a mandate is no longer held."""
        if not self.workspace.is_read_only:
            mending.end(self.workspace, row_id, self)

    def renew(self) -> None:
        """Open the election of the body looked at."""
        if self._body_id is not None and not self.workspace.is_read_only:
            RenewalForm.of(self.workspace, self._body_id, self).start()

    def _show_more(self) -> None:
        where = self.more_button.mapToGlobal(self.more_button.rect().bottomLeft())
        page_menu.menu_of(self, menu.GROUPS).popup(where)

    def _open_member(self, place: int) -> None:
        """Open the member of a row of an assembly."""
        if (member_id := self.composition.tables.held[place].member_id) is not None:
            self.workspace.open_row("member", member_id)

    def show_member(self, row_id: int) -> None:
        """Show the member in whose name a mandate is held, or the person who holds it."""
        with self.workspace.read() as session:
            mandate = session.get_one(Mandate, row_id)
        if mandate.member_id is not None:
            self.workspace.open_row("member", mandate.member_id)
        else:
            self.workspace.open_row("person", mandate.person_id)

    def show_person(self, row_id: int) -> None:
        """Show all that the person of a mandate holds and held."""
        with self.workspace.read() as session:
            self.workspace.open_row("person", session.get_one(Mandate, row_id).person_id)

    def print_composition(self) -> None:
        """Show the paper of the bureau and council at the day looked at, on the page of documents."""
        self.workspace.open_row("report:board", self.shown_day().toordinal())

    # --- pictures --------------------------------------------------------------------------------

    def views(self) -> Iterable[tuple[str, Callable[[], object]]]:
        """Return the other bodies and tabs, then the first ones again."""
        shown = self._body_id
        others = [row_id for row_id, _name, _kind in self._bodies if row_id != shown]
        return (
            *((f"instance-{row_id}", partial(self.show_row, "composition", row_id)) for row_id in others),
            ("mandats", lambda: self.tabs.setCurrentIndex(MANDATES)),
            ("reunions", partial(self._show_meetings, AGENDA)),
            ("presences", partial(self._show_meetings, ATTENDANCE)),
            ("deliberations", partial(self._show_meetings, DECISIONS)),
            ("instances", lambda: self.tabs.setCurrentIndex(BODIES)),
            ("", partial(self.show_row, "composition", shown or 0)),
        )

    def _show_meetings(self, tab: int) -> None:
        self.tabs.setCurrentIndex(MEETINGS)
        self.meetings.detail.tabs.setCurrentIndex(tab)

    def forms(self) -> Iterable[Callable[[], object]]:
        """Return what opens the forms and dialogs of the page."""
        meeting = self.meetings.detail
        of_tabs = (
            (ATTENDANCE, meeting.enlarge), (ATTENDANCE, partial(meeting.attendance.edit, 1)),
            (DECISIONS, meeting.decisions.add),
        )  # fmt: skip
        return (
            self.new_mandate, self.renew, partial(menu.compare, self), self.composition.declare,
            *(partial(self._open_of_meeting, tab, act) for tab, act in of_tabs),
            self.meetings.add, self.bodies.add_body,
        )  # fmt: skip

    def _open_of_meeting(self, tab: int, act: Callable[[], object]) -> None:
        self._show_meetings(tab)
        act()

    # --- links from elsewhere --------------------------------------------------------------------

    def show_row(self, table: str, row_id: int) -> None:
        if self.is_stale:
            self.refresh_now()
        if table == "officers_declaration":
            self.composition.declare()
        elif table == "mandate":
            self._show_mandate(row_id)
        elif table == "composition":  # the id is the body's
            self.choose_body(row_id)
            self.tabs.setCurrentIndex(COMPOSITION)
        elif table == "meeting":
            self.tabs.setCurrentIndex(MEETINGS)
            self.meetings.table.pick(row_id)
        else:
            self.tabs.setCurrentIndex(BODIES)
            if table == "office":
                with self.workspace.read() as session:
                    self.bodies.bodies.pick(session.scalar(select(Office.body_id).where(Office.id == row_id)))
                self.bodies.offices.pick(row_id)
            else:
                (self.bodies.bodies if table == "body" else self.bodies.colleges).pick(row_id)

    def _show_mandate(self, row_id: int) -> None:
        with self.workspace.read() as session:
            mandate = session.get(Mandate, row_id)
            body_id = mandate.office.body_id if mandate is not None else None
        if body_id is not None:
            self.choose_body(body_id)
            self.tabs.setCurrentIndex(COMPOSITION)
            if not self.composition.pick(row_id):
                self.tabs.setCurrentIndex(MANDATES)
                self.mandates.table.pick(row_id)


def _stacked(bar: QHBoxLayout, below: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, theme.px(12), 0, 0)
    column.setSpacing(0)
    column.addLayout(bar)
    column.addWidget(below, 1)
    return made
