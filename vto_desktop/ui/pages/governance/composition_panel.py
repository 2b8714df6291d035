"""« Composition »: who sits in a body on a day, what is to be checked there, and mandates along time."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import Body, BodyKind
from vto_desktop.services import composition, contacts, declaration, member_checks
from vto_desktop.services.assembly import sitting_in
from vto_desktop.services.declaration import Change
from vto_desktop.services.rows import get_row
from vto_desktop.ui.kit import clipboard, icons, theme
from vto_desktop.ui.kit.panel import Panel, button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.tool import tool
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance import reading
from vto_desktop.ui.pages.governance.checks_panel import ChecksPanel
from vto_desktop.ui.pages.governance.composition_tables import CompositionTables, seats_of
from vto_desktop.ui.pages.governance.declaration import DeclarationDialog
from vto_desktop.ui.pages.governance.reading import Held
from vto_desktop.ui.pages.governance.timeline import Bar, Legend, Timeline
from vto_desktop.ui.pages.governance.wrapped import WrappedTable

LOW = 400  # without more, all the height goes to the table, or to the timeline when it is asked for
NEARER = 1.5


class CompositionPanel(QWidget):
    """The table of one body at one day; its rows are mandates, in an assembly members."""

    opened = Signal(int)
    """A bar of the timeline was clicked: its mandate."""

    def __init__(self, workspace: Workspace, attach: Callable[[Table], object]) -> None:
        super().__init__()
        self._workspace = workspace
        self._is_moved = False
        self._wants_lanes: bool | None = None  # until the user says so, the timeline shows where it has room
        self._body_id: int | None = None
        self._bars: list[Bar] | None = None  # of the body shown, until the dossier changes
        self._on = date.today()  # noqa: DTZ011 - replaced when shown
        self.checks = ChecksPanel()
        self.tables = CompositionTables(workspace.settings, attach)
        self.officers, self.seats = self.tables.officers, self.tables.seats
        self.timeline = Timeline()
        self.timeline.picked.connect(self._picked)
        for table in (self.officers, self.seats):
            table.picked.connect(self.timeline.set_current)
        self._lay_out()

    def _lay_out(self) -> None:
        self._top = top = Panel(padded=False)
        top.add(self.tables, 1)
        top.content.addLayout(self._foot())
        self.lanes_button = tool("chart-gantt", "Mandats au fil du temps", self._toggle_lanes)
        self.lanes_button.setCheckable(True)
        self._below = Panel("Mandats")
        self._below.header_widget(Legend())
        for icon, text, act in (
            ("zoom-out", "Voir plus large", lambda: self.timeline.zoom(1 / NEARER)),
            ("zoom-in", "Voir de plus près", lambda: self.timeline.zoom(NEARER)),
            ("maximize", "Voir toute la période", self.timeline.show_all),
        ):
            self._below.header_widget(tool(icon, text, act))
        self._below.add(self.timeline, 1)
        splitter = self._splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setHandleWidth(theme.px(16))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(top)
        splitter.addWidget(self._below)
        splitter.splitterMoved.connect(self._moved)
        for table in (self.officers, self.seats, self.tables.assembly):
            table.measured.connect(self._share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.checks)
        column.addWidget(splitter, 1)

    def _foot(self) -> QHBoxLayout:
        self.count = label("", "strong")
        self.split = label("", "caption")
        self._sign = QLabel()
        self.undeclared = label("", "warn", wrap=True)
        self.undeclared.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.declare_button = button("Déclarer…", self.declare, kind="link")
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        foot.setSpacing(theme.px(12))
        foot.addWidget(self.count)
        foot.addWidget(self.split)
        foot.addStretch(1)
        foot.addWidget(self.undeclared, 20)
        foot.addWidget(self._sign)
        foot.addWidget(self.declare_button)
        return foot

    # --- sharing the height ----------------------------------------------------------------------

    def _moved(self, _place: int, _index: int) -> None:
        self._is_moved = True

    def _share(self) -> None:
        """Give the table and the timeline what each needs, until the user shares otherwise."""
        whole = self._splitter.height() - self._splitter.handleWidth()
        has_room, has_lanes = whole > theme.px(LOW), bool(self.timeline.lanes)
        shows = has_lanes and (has_room if self._wants_lanes is None else self._wants_lanes)
        self._below.setVisible(shows)
        self._top.setVisible(has_room or not shows)
        self.lanes_button.setChecked(shows)
        self.lanes_button.setVisible(has_lanes)
        if self._is_moved or not self.isVisible():
            return
        wanted = self.table.whole_height() + theme.px(44)
        lanes = min(self.timeline.whole_height() + theme.px(80), whole // 2)
        table = min(wanted, whole - max(lanes, theme.px(150)))
        self._splitter.setSizes([max(table, theme.px(160)), max(whole - table, theme.px(96))])

    def _toggle_lanes(self) -> None:
        self._wants_lanes = self.lanes_button.isChecked()
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.checks.set_room(self.height())
        self._share()

    # --- showing ---------------------------------------------------------------------------------

    @property
    def table(self) -> WrappedTable:
        """The table shown."""
        return self.tables.table

    def forget(self) -> None:
        """Read the mandates again when they are next shown: the dossier changed."""
        self._bars = None

    def show_body(self, body_id: int, name: str, kind: str, on: date) -> None:
        """Show who sits in a body on a day."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        if body_id != self._body_id:
            self._bars = None
        self._body_id, self._on = body_id, on
        with self._workspace.read() as session:
            body = get_row(session, Body, body_id)
            sitting = sitting_in(session, body, on=on)
            mandated = [each for each in sitting if each.figure.mandate_id]
            since = composition.since_of(session, mandated).sentence
            changes = declaration.undeclared(session, on=on) if kind == BodyKind.BUREAU.value else []
            if self._bars is None:
                self._bars = reading.bars_of(session, body)
            findings = member_checks.about_body(session, body, on=on, sitting=mandated)
        held = [Held(each.figure, each.college, each.member_id) for each in sitting]
        self.tables.show_held(held, kind)
        self._show_foot(held, kind)
        self._below.heading.setText(f"Mandats · {name}")
        self._below.set_caption(since)
        self._show_undeclared(changes[-1] if changes else None)
        self.timeline.show_bars(self._bars, on, today, body=body_id)
        self._share()
        self.checks.show_findings(findings, writable=not self._workspace.is_read_only)

    def _show_foot(self, held: Sequence[Held], kind: str) -> None:
        persons = {each.figure.person_id: each.is_woman for each in held}  # each once, whatever the seats
        count = french.count(len(held), "mandat")
        if self.tables.is_assembly:
            count = french.count(len(persons), "personne")
        if kind in (BodyKind.COUNCIL, BodyKind.ASSEMBLY):
            count = f"{french.count(seats_of(held), 'siège')} · {count}"
        self.count.setText(count)
        women, men = (sum(one is answer for one in persons.values()) for answer in (True, False))
        parts = [french.count(women, "femme"), french.count(men, "homme")]
        if unknown := len(persons) - women - men:
            parts.append(f"{unknown} sans civilité")
        self.split.setText(", ".join(parts) if held else "")

    def _show_undeclared(self, change: Change | None) -> None:
        if change is not None:
            self.undeclared.setText(
                f"Changement de dirigeants du {french.short_date(change.changed_on)}\u00a0: déclaration à la "
                f"préfecture non renseignée (délai\u00a0{french.short_date(change.declare_before)})"
            )
            self._sign.setPixmap(
                icons.pixmap("triangle-alert", "warn", theme.px(16), self.devicePixelRatioF())
            )
        for widget in (self.undeclared, self._sign, self.declare_button):
            widget.setVisible(change is not None)

    def since(self) -> str:
        """Return since when the body sits as shown."""
        return self._below.caption.text()

    def pick(self, mandate_id: int) -> bool:
        """Choose a mandate in the table, shown again for it; False when it is not there."""
        if self._top.isHidden():
            self._wants_lanes = None
            self._share()
        found = not self.tables.is_assembly and self.table.pick(mandate_id)
        if found:
            self.table.setFocus()
        return found

    # --- acts ------------------------------------------------------------------------------------

    def _picked(self, mandate_id: int) -> None:
        """A bar was clicked: choose its row when it is held on that day, and open the mandate."""
        if not self._top.isHidden():
            self.pick(mandate_id)
        self.opened.emit(mandate_id)

    def declare(self) -> None:
        """Open what is to be declared of the officers."""
        DeclarationDialog(self._workspace, self).open()

    def copy_addresses(self) -> None:
        """Copy the e-mail addresses of those who sit, and say who has none."""
        if self._body_id is None:
            return
        with self._workspace.read() as session:
            body = get_row(session, Body, self._body_id)
            found = contacts.addresses(contacts.contacts(session, body, on=self._on))
        if found.count:
            clipboard.put_text(found.line)
        self._workspace.say(found.sentence)
