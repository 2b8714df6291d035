"""« Renouveler… »: the officers of the eve, what an election decides of each, kept in one step."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Body, Mandate, Meeting, Office
from vto_desktop.services import mandates, renewing
from vto_desktop.services.eligibility import is_seat_of_representatives
from vto_desktop.services.renewing import Place, Renewal
from vto_desktop.services.rows import get_row
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.forms.places import PlaceLine
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.workspace import Workspace

DAY_HINT: Final = "Premier jour des nouveaux mandats et de la fin des anciens."


class RenewalForm(Form):
    """Renews one body; each line is a place and what becomes of it."""

    title = "Renouvellement"

    @classmethod
    def of(
        cls, workspace: Workspace, body_id: int, parent: Any = None, *, meeting_id: int | None = None
    ) -> "RenewalForm":
        """Return the form for a body, at a meeting or at the latest one that may elect and did not yet."""
        row = Renewal(body_id)
        with workspace.read() as session:
            if meeting_id is None:
                meeting_id = renewing.next_meeting(session, body_id)
            meeting = session.get(Meeting, meeting_id) if meeting_id is not None else None
            row.meeting_id = meeting_id
            row.on = meeting.held_on if meeting is not None else date.today()  # noqa: DTZ011 - user's calendar
        return cls(workspace, row, parent)

    # --- building --------------------------------------------------------------------------------

    def build(self) -> None:
        with self.workspace.read() as session:
            body = get_row(session, Body, self.row.body_id)
            self.body_name, self._has_seats = body.name, is_seat_of_representatives(body)
            office = select(Office.elected_by_id).where(Office.body_id == body.id).order_by(Office.position)
            self._electing = session.scalars(office.limit(1)).first() or body.id
            single = select(Office.id).where(Office.body_id == body.id, Office.is_unique)
            self._single = set(session.scalars(single))
        path, name, _none = self._draft
        self._draft = (path, name, self.row.body_id)
        self.setMinimumWidth(theme.px(940 if self._has_seats else 820))
        self.lines: list[PlaceLine] = []
        self._shown_on: date | None = None
        self._decided: dict[int | None, Place] = {}  # by mandate, also while another day is being typed
        self.head(f"Renouveler\u00a0: {self.body_name}", "Une seule opération, que Ctrl+Z annule en entier.")
        meetings = ChoiceInput(self._meetings(), empty="Aucune")
        self.pair(
            self.field("Élection par la &réunion", "meeting_id", meetings),
            self.field("&Date d’effet", "on", DateInput(), hint=DAY_HINT),
            self.field("&Terme prévu", "term_on", DateInput(), hint="Vide\u00a0: non fixé."),
        )
        self.new_meeting = button("Nouvelle réunion…", self.add_meeting, icon="plus", kind="link")
        self._column.addWidget(self.new_meeting, 0, Qt.AlignmentFlag.AlignLeft)
        self.section("Fonctions")
        inside = QWidget()
        self._places = QVBoxLayout(inside)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(theme.px(8))
        self.place(inside)
        self.input("meeting_id").changed.connect(self._take_day)
        self.input("on").changed.connect(self._day_typed)

    def _meetings(self) -> list[tuple[int, str]]:
        with self.workspace.read() as session:
            return [
                (row.id, f"{french.short_date(row.held_on)} · {row.title or row.body.name}")
                for row in renewing.electing_meetings(session, self.row.body_id)
            ]

    def load(self, row: Renewal) -> None:
        for name in ("meeting_id", "on", "term_on"):
            self.input(name).set_value(getattr(row, name))
        self._day_typed()

    # --- meeting and day -------------------------------------------------------------------------

    def add_meeting(self) -> None:
        """Open the form of a new meeting of the body that elects, then choose it."""

        def chosen(row: Meeting) -> None:
            meetings = self.input("meeting_id")
            assert isinstance(meetings, ChoiceInput)  # noqa: S101 - made in build
            meetings.set_choices(self._meetings())
            meetings.set_value(row.id)

        MeetingForm.new(self.workspace, self._electing, self).start(chosen)

    def _take_day(self) -> None:
        """Mandates normally begin on the day of the meeting that elects."""
        if (meeting_id := self.input("meeting_id").value()) is not None:
            with self.workspace.read() as session:
                self.input("on").set_value(get_row(session, Meeting, meeting_id).held_on)

    def _day_typed(self) -> None:
        """Propose the officers of the eve of another day, and the term that the rules give."""
        on = self.input("on").value()
        if on is None or on == self._shown_on:
            return
        with self.workspace.read() as session:
            places = renewing.proposed(session, self.row.body_id, on=on)
            term = mandates.term_of(session, places[0].office_id, on) if places else None
            before = (
                mandates.term_of(session, places[0].office_id, self._shown_on)
                if places and self._shown_on is not None
                else None
            )
        if self.input("term_on").value() in (None, before):
            self.input("term_on").set_value(term)
        self._shown_on = on
        self._show_places(places)

    # --- the lines -------------------------------------------------------------------------------

    def _show_places(self, places: list[Place]) -> None:
        """Show these lines; what was decided of a mandate that is still there stays, and who was chosen.

        Who comes to an office of one holder comes whoever held it on the eve, or nobody.
        """
        coming = self._clear()
        for number, place in enumerate(places):
            more = coming.get(place.office_id, [])
            if more and self._stays(place):
                self._add_line(renewing.taken(place, more.pop(0)))
            else:
                self._add_line(self._decided.get(place.mandate_id, place))
            is_last = number + 1 == len(places) or places[number + 1].office_id != place.office_id
            if is_last:
                self._offer_more(place.office_id, more)
        if not places:
            self._places.addWidget(label("Cette instance n’a pas encore de fonction.", "secondary"))

    def _clear(self) -> dict[int, list[Place]]:
        """Take the lines away; returns who comes to each office, and remembers what each mandate becomes."""
        shown = [line.decided() for line in self.lines]
        self._decided |= {each.mandate_id: each for each in shown if each.holder}
        coming: dict[int, list[Place]] = {}
        for each in shown:
            if renewing.comes(each) and self._stays(each):
                coming.setdefault(each.office_id, []).append(each)
        for name in (name for line in self.lines for name in line.names):
            del self.fields[name]
        while (item := self._places.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines = []
        return coming

    def _stays(self, place: Place) -> bool:
        """Return whether who comes belongs to the office itself, and not to the mandate of its holder."""
        return not place.holder or place.office_id in self._single

    def _add_line(self, place: Place, *, at: int | None = None) -> PlaceLine:
        line = PlaceLine(self, len(self.lines), place, has_member=self._has_seats)
        self.lines.append(line)
        self._places.insertWidget(self._places.count() if at is None else at, line)
        line.changed.connect(self._warn)
        return line

    def _offer_more(self, office_id: int, typed: Sequence[Place]) -> None:
        """Show who was typed already, and offer one more holder, of an office that several may hold."""
        if office_id in self._single:
            return
        with self.workspace.read() as session:
            office = get_row(session, Office, office_id)
        for place in typed:
            self._add_line(place)
        made = button(f"Ajouter\u00a0: {office.label}", lambda: None, icon="plus", kind="link")

        def add() -> None:
            place = renewing.empty_place(office)
            place.fate = renewing.Fate.ELECTED
            line = self._add_line(place, at=self._places.indexOf(made))
            line.focus()

        made.clicked.connect(lambda _checked=False: add())
        self._places.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def decided(self) -> Renewal:
        """Return what the fields say."""
        return Renewal(
            self.row.body_id,
            self.input("on").value(),
            self.input("meeting_id").value(),
            self.input("term_on").value(),
            [line.decided() for line in self.lines],
        )

    def _warn(self) -> None:
        """Say beside each line what looks wrong but may be kept."""
        with self.workspace.read() as session:
            warnings = renewing.renewal_warnings(session, self.decided())
        for line in self.lines:
            name = f"person_{line.number}"
            self.fields[name].show_remark(warnings.get(name, ""), "warn")

    def watch(self, field: Field) -> None:
        """Follow a field made after the form: its problem goes when it changes, and the draft is kept."""
        field.input.changed.connect(lambda: self._edited(field))

    # --- keeping ---------------------------------------------------------------------------------

    def apply(self, row: Any) -> None:
        self.row = self.decided()

    def show_problems(self, problems: dict[str, str]) -> None:
        super().show_problems(problems)
        self._warn()

    def save(self) -> None:
        day = french.short_date(self.row.on)
        with self.workspace.write(f"Renouveler\u00a0: {self.body_name} au {day}") as session:
            made: list[Mandate] = renewing.renew(session, self.row)
        said = renewing.outcome(self.row)
        self.workspace.say(f"{self.body_name} renouvelé au {day}\u00a0: {said}. Ctrl+Z annule.")
        self.made = [each.id for each in made]
