"""« Présences »: one table of the seats, a key for each way of taking part, the quorum as it stands."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Presence
from vto_desktop.services import attendance
from vto_desktop.services.figures_meetings import MeetingSeat, Sheet
from vto_desktop.services.meetings import time_words
from vto_desktop.ui.forms.attendance import AttendanceForm
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit import icons, messages, theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance.meetings import seat_rows

SEATS: Final = (
    Column("seat", "Siège", "lines", width=0, sortable=False),
    Column("state", "Présence", "chip", 102, sortable=False),
    Column("about", "Précision", "lines", width=176, sortable=False),
)
KEYS: Final = (
    ("P", "Présent", "présent", Presence.PRESENT.value),
    ("S", "Suppléant", "représenté par le suppléant", Presence.SUBSTITUTE.value),
    ("V", "Pouvoir…", "représenté par un pouvoir", Presence.PROXY.value),
    ("E", "Excusé", "excusé", Presence.EXCUSED.value),
    ("A", "Absent", "absent", Presence.ABSENT.value),
)
HINT: Final = (
    "Touches\u00a0: P présent, S suppléant, V pouvoir, E excusé, A absent, R retard, Suppr efface, Entrée "
    "détaille."
)
LOW: Final = 400
"""Height in pixels of the mocks below which the rows take the place of the hint and of long rules."""
EMPTY: Final = "Personne ne siège dans cette instance à cette date\u00a0: complétez d’abord sa composition."


class AttendanceTab(QWidget):
    """The seats of one meeting; what is recorded is kept at once, each act one step to undo."""

    read = Signal(object)
    """The sheet of the meeting was read."""
    enlarged = Signal()
    """The seats are wanted in a window of their own."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.sheet: Sheet | None = None
        self._seats: dict[int, MeetingSeat] = {}
        self.table = Table(SEATS, name="Attendance", settings=workspace.settings)
        self.table.setAccessibleName("Présences")
        self.table.set_empty_text(EMPTY)
        self.state = ChipLabel(Chip(""))
        self.rule = label("", wrap=True)
        self.doubts = label("", "warn", wrap=True)
        self.count = label("", "strong", wrap=True)
        self._buttons = [
            button(text, partial(self.mark, presence), kind="small") for _key, text, _words, presence in KEYS
        ]
        for made, (key, _text, words, _presence) in zip(self._buttons, KEYS, strict=True):
            made.setToolTip(f"{words[:1].upper()}{words[1:]} (touche {key})")
        self.late_button = button("Retard…", self.arrive_late, kind="small")
        self.late_button.setToolTip("Arrivée en retard (touche R)")
        self.rest_button = button("Autres sièges…", self._show_rest, kind="small")
        self.large_button = button("", self.enlarged.emit, icon="maximize", kind="small")
        self.large_button.setToolTip("Pointer les présences dans une grande fenêtre")
        self.large_button.setAccessibleName("Pointer en grand")
        self._hint = label(HINT, "caption", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, theme.px(8))
        column.setSpacing(theme.px(8))
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.rule, 1)
        column.addLayout(top)
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(4))
        for made in (*self._buttons, self.late_button):
            bar.addWidget(made)
        bar.addStretch(1)
        bar.addWidget(self.large_button)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.doubts)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.rest_button)
        column.addLayout(foot)
        column.addWidget(self._hint)

    def _connect(self) -> None:
        self.table.can_delete = True
        self.table.opened.connect(self.edit)
        self.table.deleted.connect(self.clear)
        self.table.act("Modifier la présence…", self.edit, icon="pencil")
        for key, _text, _words, presence in KEYS:
            self.table.key(Qt.Key[f"Key_{key}"], partial(self.mark, presence))
        self.table.key(Qt.Key.Key_R, lambda ids: self.arrive_late(ids[0]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(not self._is_low)
        self._show_rule()

    @property
    def _is_low(self) -> bool:
        return self.height() <= theme.px(LOW)

    # --- showing ---------------------------------------------------------------------------------

    def show_meeting(self, meeting_id: int) -> None:
        """Read the seats of a meeting and show them."""
        with self._workspace.read() as session:
            sheet = attendance.sheet(session, meeting_id)
        self.show_sheet(sheet)
        self.read.emit(sheet)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the seats of a meeting: of another one from the first to record, else on the row chosen."""
        is_other = self.sheet is None or self.sheet.meeting_id != sheet.meeting_id
        self.sheet = sheet
        self._seats = dict(enumerate(sheet.seats, 1))
        self.table.show_rows((row_id, *seat_rows.row(seat)) for row_id, seat in self._seats.items())
        if is_other and self._seats:
            self.table.pick(next((n for n, seat in self._seats.items() if seat.recorded is None), 1))
        self._show_quorum(sheet)
        writable = not self._workspace.is_read_only and bool(self._seats)
        for made in (*self._buttons, self.late_button, self.rest_button):
            made.setEnabled(writable)
        self.rest_button.setVisible(any(seat.recorded is None for seat in self._seats.values()))

    def _show_quorum(self, sheet: Sheet) -> None:
        quorum = sheet.quorum
        if not quorum.has_rule:
            chip = Chip("Sans quorum")
        elif not sheet.is_recorded:
            chip = Chip("À pointer", "info")
        elif quorum.is_reached:
            at = f" à {time_words(quorum.reached_at)}" if quorum.reached_at else ""
            chip = Chip(f"Quorum atteint{at}", "ok")
        else:
            chip = Chip("Quorum non atteint", "warn")
        self.state.set_chip(chip)
        self._show_rule()
        self.count.setText(" · ".join(seat_rows.counts(sheet)))
        doubts = [f"{seat.label}\u00a0: {seat.doubt}" for seat in sheet.seats if seat.doubt]
        self.doubts.setText("\n".join(doubts))
        self.doubts.setVisible(bool(doubts))

    def _show_rule(self) -> None:
        """Write the rule out; of colleges only the figures where the rows need the room, all in a tip."""
        if self.sheet is None:
            return
        quorum = self.sheet.quorum
        said = list(quorum.sentences)
        if self._is_low and quorum.colleges and quorum.has_rule:
            figures = (f"{line.label} {line.counted}/{line.needed}" for line in quorum.colleges)
            said = [said[0], " · ".join(figures)]
        self.rule.setText("\n".join(said))
        self.rule.setToolTip("\n".join(quorum.sentences) if said != list(quorum.sentences) else "")

    # --- acts ------------------------------------------------------------------------------------

    def _chosen(self, ids: Sequence[int] | None = None) -> list[MeetingSeat]:
        wanted = ids if ids is not None else self.table.selected_ids() or [self.table.current_id() or 0]
        return [seat for row_id in wanted if (seat := self._seats.get(row_id)) and not seat.is_stray]

    def mark(self, presence: str, ids: Sequence[int] | None = None) -> None:
        """Record how the chosen seats took part, and go on to the next; a power asks for its holder."""
        seats = self._chosen(ids)
        if self.sheet is None or not seats or self._workspace.is_read_only:
            return
        if presence == Presence.PROXY or (presence == Presence.SUBSTITUTE and self._must_choose(seats)):
            self._open(seats[0], presence, "proxy_id")
            return
        last = (ids or self.table.selected_ids() or [0])[-1]
        name = seats[0].label if len(seats) == 1 else french.count(len(seats), "siège")
        try:
            with self._workspace.write(named("Inscrire la présence de", name)) as session:
                attendance.mark(session, self.sheet.meeting_id, seats, presence)
        except UserError as refused:
            messages.show_error(self, refused)
            return
        self._go_on(last)

    @staticmethod
    def _must_choose(seats: Sequence[MeetingSeat]) -> bool:
        return len(seats) == 1 and len(seats[0].substitutes) > 1

    def _go_on(self, row_id: int) -> None:
        """Choose the row below the one just recorded; the last one stays."""
        self.table.pick(row_id + 1 if row_id + 1 in self._seats else row_id)

    def arrive_late(self, row_id: int | None = None) -> None:
        """Ask when the chosen seat arrived."""
        seats = self._chosen([row_id] if row_id is not None else None)
        if seats:
            recorded = seats[0].recorded
            there = recorded is not None and recorded.attending_id is not None
            presence = recorded.presence if there and recorded is not None else Presence.PRESENT.value
            self._open(seats[0], presence, "arrived_at")

    def edit(self, row_id: int) -> None:
        """Open the form of a seat."""
        seats = self._chosen([row_id])
        if seats:
            self._open(seats[0])

    def _open(self, seat: MeetingSeat, presence: str = "", attribute: str = "") -> None:
        if self.sheet is None or self._workspace.is_read_only:
            return
        if not seat.sitters:
            self.mark(Presence.PRESENT.value, [self._row_of(seat)])  # says what is missing
            return
        form = AttendanceForm.of(self._workspace, self.sheet, seat, self)
        form.start(lambda _row: self._go_on(self._row_of(seat)))
        if presence:
            form.choose(presence, attribute)

    def _row_of(self, seat: MeetingSeat) -> int:
        return next((row_id for row_id, each in self._seats.items() if each.key == seat.key), 0)

    def clear(self, row_ids: Sequence[int]) -> None:
        """Forget what was recorded for seats."""
        if self._workspace.is_read_only:
            return
        recorded = [
            seat.recorded
            for row_id in row_ids
            if (seat := self._seats.get(row_id)) and seat.recorded is not None
        ]
        if recorded:
            name = recorded[0].person if len(recorded) == 1 else french.count(len(recorded), "siège")
            with self._workspace.write(named("Effacer la présence de", name)) as session:
                attendance.clear(session, [each.row_id for each in recorded])

    def _show_rest(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, icon, presence in (
            ("Marquer présents les sièges restants", "check", Presence.PRESENT.value),
            ("Marquer absents les sièges restants", "x", Presence.ABSENT.value),
        ):
            action = menu.addAction(icons.icon(icon), text)
            action.triggered.connect(lambda _checked=False, p=presence: self.mark_rest(p))
        menu.popup(self.rest_button.mapToGlobal(self.rest_button.rect().bottomLeft()))

    def mark_rest(self, presence: str) -> None:
        """Record one presence for all the seats of which nothing is recorded yet."""
        if self.sheet is None or self._workspace.is_read_only:
            return
        words = "présents" if presence == Presence.PRESENT else "absents"
        with self._workspace.write(f"Marquer {words} les sièges restants") as session:
            attendance.mark_rest(session, self.sheet.meeting_id, presence)
