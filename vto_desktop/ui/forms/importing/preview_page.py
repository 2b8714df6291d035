"""Third step: every row of the file with what would become of it; those ticked are imported."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.importing import Layout, Plan, PlannedRow, State
from vto_desktop.settings import Settings
from vto_desktop.ui.forms.importing.row_panel import RowPanel
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.filters import FilterChip, FilterField
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.tick_table import TickTable

if TYPE_CHECKING:
    from vto_desktop.exchange.table import Table

COLUMNS: Final = (
    Column("number", "Ligne", "number", 64),
    Column("state", "État", "chip", 104),
    Column("name", "Adhérent", width=200),
    Column("what", "Ce qui se passera", width=0),
)
TONES: Final = {
    State.CREATE: "ok",
    State.UPDATE: "info",
    State.SAME: "neutral",
    State.DOUBLE: "warn",
    State.PROBLEM: "danger",
    State.IGNORED: "neutral",
}


class PreviewPage(QWidget):
    """Shows a plan; ``changed``: other rows are ticked; ``completes_changed``: another plan is wanted."""

    changed = Signal()
    completes_changed = Signal(bool)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.plan: Plan | None = None
        self._rows: dict[int, PlannedRow] = {}
        self._cells: Mapping[int, Sequence[str]] = {}
        self._layout: Layout | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.summary = label("", "secondary", wrap=True)
        column.addWidget(self.summary)
        column.addLayout(self._bar())
        self.table = TickTable(
            COLUMNS,
            name="ImportPreview",
            settings=settings,
            can_tick=lambda number: self._rows[number].can_tick,
        )
        self.table.setAccessibleName("Lignes du fichier")
        self.table.ticked.connect(self.changed.emit)
        self.table.picked.connect(self._show_row)
        self.filter_field.filtered.connect(self.table.rows.set_filter)
        self.filter_field.down.connect(self.table.setFocus)
        self.detail = RowPanel()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._framed())
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        column.addWidget(splitter, 1)

    def _bar(self) -> QHBoxLayout:
        self._chips_row = QHBoxLayout()
        self._chips_row.setSpacing(theme.px(8))
        self.filter_field = FilterField()
        self._chips_row.addWidget(self.filter_field)
        self.chips: dict[State, FilterChip] = {}
        for state in State:
            chip = FilterChip(state.value, state.value)
            chip.changed.connect(self._filter_by_state)
            self.chips[state] = chip
            self._chips_row.addWidget(chip)
        self._chips_row.addStretch(1)
        return self._chips_row

    def _framed(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("panel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        self.all_button = button("Tout cocher", lambda: self.table.tick_all(is_on=True), kind="link")
        self.none_button = button("Tout décocher", lambda: self.table.tick_all(is_on=False), kind="link")
        bottom.addWidget(self.all_button)
        bottom.addWidget(self.none_button)
        bottom.addStretch(1)
        self.completes = QCheckBox("Compléter d’après la liste officielle des collectivités")
        self.completes.setChecked(True)
        self.completes.setToolTip("SIREN, code INSEE, type et population de ceux que le fichier ajoute")
        self.completes.toggled.connect(self.completes_changed.emit)
        bottom.addWidget(self.completes)
        inside.addLayout(bottom)
        return frame

    # --- the plan --------------------------------------------------------------------------------

    def show_plan(self, plan: Plan, layout: Layout, table: "Table") -> None:
        """Show a plan with its rows ticked as proposed, all states in sight."""
        self.plan, self._layout = plan, layout
        self._rows = {row.number: row for row in plan.rows}
        self._cells = dict(table.rows)
        counts = plan.counts()
        for state, chip in self.chips.items():
            chip.title = f"{state.value} {french.number(counts[state])}"
            chip.set_value(None)
            chip.setVisible(counts[state] > 0)
        self.completes.setVisible(plan.kind == "members")
        for one in (self.all_button, self.none_button):
            one.setVisible(any(row.can_tick for row in plan.rows))
        self.summary.setText(told(plan))
        self.table.rows.set_filter("", {})
        self.filter_field.clear()
        self.table.show_ticked(
            ((row.number, row.number, chip_of(row), row.name or None, said_of(row)) for row in plan.rows),
            [row.number for row in plan.rows if row.ticked],
        )
        first = next((row.number for row in plan.rows if row.state is State.PROBLEM), None)
        self.table.pick(first if first is not None else self.table.rows.id_at(0))

    def ticked(self) -> list[int]:
        """Return the numbers of the rows to import."""
        return self.table.ticked_ids()

    def _filter_by_state(self, key: str, value: object) -> None:
        for state, chip in self.chips.items():
            if state.value != key:
                chip.set_value(None)
        self.table.rows.set_filter(self.filter_field.text().strip(), {"state": key} if value else {})
        self.table.pick(self.table.rows.id_at(0))

    def _show_row(self, number: int | None) -> None:
        row = self._rows.get(number) if number is not None else None
        if self._layout is not None:
            chip = chip_of(row) if row is not None else Chip("")
            self.detail.show_row(row, self._cells.get(number or 0, ()), self._layout, chip)


def chip_of(row: PlannedRow) -> Chip:
    """Return the state of a row as a chip."""
    return Chip(row.state.value, TONES[row.state])


def said_of(row: PlannedRow) -> str | None:
    """Return what would become of a row, and which of its cells look wrong all the same."""
    doubtful = ", ".join(dict.fromkeys(each.column for each in row.doubts))
    doubt = f"à vérifier\u00a0: {doubtful}" if doubtful else ""
    told = (row.what, doubt) if row.problems else (doubt, row.what)  # what asks for a look comes first
    return " · ".join(filter(None, told)) or None


def told(plan: Plan) -> str:
    """Return what a plan comes to in a sentence: « 52 lignes : 40 nouveaux adhérents, 3 à corriger. »"""
    counts = plan.counts()
    words: tuple[tuple[State, Callable[[int], str]], ...] = (
        (State.CREATE, lambda n: french.count(n, "à ajouter", "à ajouter")),
        (State.UPDATE, lambda n: french.count(n, "à mettre à jour", "à mettre à jour")),
        (State.SAME, lambda n: french.count(n, "inchangée")),
        (State.DOUBLE, lambda n: french.count(n, "doublon décoché", "doublons décochés")),
        (State.PROBLEM, lambda n: f"{french.count(n, 'à corriger', 'à corriger')} dans le fichier"),
        (State.IGNORED, lambda n: french.count(n, "ignorée")),
    )
    parts = [say(counts[state]) for state, say in words if counts[state]]
    return (
        f"{french.count(len(plan.rows), 'ligne')}\u00a0: {french.listed(parts)}."
        if parts
        else "Aucune ligne à importer."
    )
