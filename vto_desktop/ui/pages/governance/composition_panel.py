"""« Composition »: who sits in the chosen body at the chosen day, and the mandates along time."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import BodyKind
from vto_desktop.services import composition, declaration
from vto_desktop.services.declaration import Change
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import Panel, button, label, scrolled
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance import reading
from vto_desktop.ui.pages.governance.declaration import DeclarationDialog
from vto_desktop.ui.pages.governance.reading import Held
from vto_desktop.ui.pages.governance.timeline import Bar, Legend, Timeline
from vto_desktop.ui.pages.governance.wrapped import WrappedTable

OFFICERS = (
    Column("office", "Fonction", width=124, bold=True, sortable=False),
    Column("person", "Nom", width=166, bold=True, sortable=False),
    Column("capacity", "Qualité", width=0, sortable=False),
    Column("member", "Adhérent représenté", width=190, sortable=False),
    Column("departement", "Dép.", width=76, sortable=False),
    Column("since", "Depuis le", "date", 94, sortable=False),
)
SEATS = (
    Column("member", "Siège", width=240, bold=True, sortable=False),
    Column("person", "Nom", "noted", width=206, sortable=False),
    Column("capacity", "Qualité", width=0, sortable=False),
    Column("college", "Collège", width=110, sortable=False),
    Column("departement", "Dép.", width=76, sortable=False),
    Column("since", "Depuis le", "date", 94, sortable=False),
)
LOW = 400  # without more, all the height goes to the table
EMPTY = (
    "Personne ne siège dans cette instance à cette date. «\u00a0Nouveau mandat\u00a0» (Ctrl+N) en ajoute un."
)


class CompositionPanel(QWidget):
    """The table of one body at one day; its rows are mandates."""

    def __init__(self, workspace: Workspace, attach: Callable[[Table], object]) -> None:
        super().__init__()
        self._workspace = workspace
        self._is_moved = False
        settings = workspace.settings
        whole = ("office", "person", "capacity", "member")
        self.officers = WrappedTable(OFFICERS, whole, name="Officers", settings=settings)
        self.seats = WrappedTable(SEATS, ("capacity", "member", "college"), name="Seats", settings=settings)
        self.tables = QStackedWidget()
        for table in (self.officers, self.seats):
            table.setAccessibleName("Composition")
            table.set_empty_text(EMPTY)
            attach(table)
            self.tables.addWidget(table)
        self.timeline = Timeline()
        self.timeline.picked.connect(self.pick)
        self._lay_out()

    def _lay_out(self) -> None:
        top = Panel(padded=False)
        top.add(self.tables, 1)
        top.content.addLayout(self._foot())
        self._below = Panel("Mandats")
        self._below.header_widget(Legend())
        self._below.add(scrolled(self.timeline))
        splitter = self._splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setHandleWidth(theme.px(16))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(top)
        splitter.addWidget(self._below)
        splitter.splitterMoved.connect(self._moved)
        for table in (self.officers, self.seats):
            table.measured.connect(self._share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.addWidget(splitter)

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
        self._below.setVisible(bool(self.timeline.bars()) and whole > theme.px(LOW))
        if self._is_moved or not self.isVisible():
            return
        wanted = self.table.whole_height() + theme.px(44)
        table = min(wanted, whole - theme.px(150))
        self._splitter.setSizes([max(table, theme.px(160)), max(whole - table, theme.px(96))])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    # --- showing ---------------------------------------------------------------------------------

    @property
    def table(self) -> WrappedTable:
        """The table shown."""
        return self.seats if self.tables.currentWidget() is self.seats else self.officers

    def show_body(self, body_id: int, name: str, kind: str, on: date) -> None:
        """Show who sits in a body on a day."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        with self._workspace.read() as session:
            held = reading.composition_of(session, body_id, kind, on)
            since = composition.since(session, body_id, on=on).sentence
            changes = declaration.undeclared(session, on=on) if kind == BodyKind.BUREAU.value else []
        is_council = kind == BodyKind.COUNCIL.value
        self.tables.setCurrentWidget(self.seats if is_council else self.officers)
        self.table.show_rows(map(_seat if is_council else _officer, held))
        self._show_foot(held, is_council)
        self._below.set_caption(since)
        self._show_undeclared(changes[-1] if changes else None)
        self._show_timeline(name, held, on, today)

    def _show_foot(self, held: Sequence[Held], is_council: bool) -> None:
        count = french.count(len(held), "mandat")
        if is_council:
            seats = len({each.figure.member or each.figure.mandate_id for each in held})
            count = f"{french.count(seats, 'siège')} · {count}"
        self.count.setText(count)
        women = sum(each.is_woman is True for each in held)
        men = sum(each.is_woman is False for each in held)
        parts = [french.count(women, "femme"), french.count(men, "homme")]
        if unknown := len(held) - women - men:
            parts.append(f"{unknown} sans civilité")
        self.split.setText(", ".join(parts) if held else "")

    def _show_undeclared(self, change: Change | None) -> None:
        if change is not None:
            self.undeclared.setText(
                f"Changement de dirigeants du {french.short_date(change.changed_on)}\u00a0: déclaration à la "
                f"préfecture non renseignée (délai {french.short_date(change.declare_before)})"
            )
            self._sign.setPixmap(
                icons.pixmap("triangle-alert", "warn", theme.px(16), self.devicePixelRatioF())
            )
        for widget in (self.undeclared, self._sign, self.declare_button):
            widget.setVisible(change is not None)

    def _show_timeline(self, name: str, held: Sequence[Held], on: date, today: date) -> None:
        bars = [_bar(each, today) for each in held]
        self._below.heading.setText(f"Mandats · {name}")
        self.timeline.show_bars(bars, on, today)

    def since(self) -> str:
        """Return since when the body sits as shown."""
        return self._below.caption.text()

    def pick(self, mandate_id: int) -> bool:
        """Choose a mandate in the table; False when it is not there."""
        found = self.table.pick(mandate_id)
        if found:
            self.table.setFocus()
        return found

    def declare(self) -> None:
        """Open what is to be declared of the officers."""
        DeclarationDialog(self._workspace, self).open()


def _officer(held: Held) -> tuple[object, ...]:
    figure = held.figure
    return (
        figure.mandate_id, figure.office, figure.person, figure.capacity, figure.member or None,
        figure.departement or None, figure.since,
    )  # fmt: skip


def _seat(held: Held) -> tuple[object, ...]:
    figure = held.figure
    own = figure.member == composition.IN_PERSON or not figure.member
    return (
        figure.mandate_id, figure.person if own else figure.member, (figure.person, figure.rank_text),
        figure.capacity, held.college or None,
        figure.departement or None, figure.since,
    )  # fmt: skip


def _bar(held: Held, today: date) -> Bar:
    figure = held.figure
    ended = figure.until if figure.until is not None and figure.until <= today else None
    return Bar(
        figure.mandate_id,
        figure.office if not figure.rank_text else figure.rank_text.capitalize(),
        figure.person,
        figure.since,
        ended,
        figure.until if ended is None else None,
    )
