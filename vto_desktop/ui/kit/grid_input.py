"""Rows of fields under common titles, for what is typed as a small table, from cell to cell by keys."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.grid_row import Cell, Row, Values, place
from vto_desktop.ui.kit.line_input import Input
from vto_desktop.ui.kit.panel import label, scrolled


class GridInput(Input):
    """A list of rows; its value is a list of dicts, one per row that is not blank.

    ``grows``: a blank row always waits at the end. ``removable``: a row can be taken out (its cross, or
    Ctrl+Suppr). ``high``: pixels of the mocks within which the rows scroll.
    """

    cell_changed = Signal(int, str)
    """A cell was typed in: the place of its row, its key."""

    def __init__(
        self,
        cells: Sequence[Cell],
        *,
        grows: bool = False,
        removable: bool = False,
        high: int = 0,
        defaults: Values | None = None,
    ) -> None:
        self.cells = tuple(cells)
        self.rows: list[Row] = []
        self._grows, self._removable = grows, removable
        self._defaults = dict(defaults or {})
        body = QWidget()
        super().__init__(body)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._head = QWidget()
        self._head.setLayout(self._titles())
        self._column.addWidget(self._head)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, theme.px(10) if high else 0, 0)
        self._lines.setSpacing(theme.px(4))
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area = scrolled(inside) if high else None
        if self._area is not None:
            self._area.setMinimumHeight(theme.px(high))
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self._area.verticalScrollBar().rangeChanged.connect(self._keep_titles_above)
            self._keep_titles_above(0, 0)
        self._column.addWidget(self._area or inside, 1)
        if removable:
            QShortcut(QKeySequence("Ctrl+Del"), self).activated.connect(self._remove_focused)
        self._grow()

    def _titles(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        for cell in self.cells:
            title = label(cell.title, "caption")
            if cell.right:
                title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            place(line, title, cell)
        if self._removable:
            line.addSpacing(theme.px(28 + 8))  # the cross, and the gap before it
        return line

    def _keep_titles_above(self, _least: int, most: int) -> None:
        """Leave at the right of the titles what the scroll bar takes from the rows."""
        assert self._area is not None  # noqa: S101 - it is what scrolls
        bar = self._area.verticalScrollBar().sizeHint().width() if most else 0
        self._head.setContentsMargins(0, 0, bar + theme.px(10), 0)

    # --- rows ------------------------------------------------------------------------------------

    def add_row(self, values: Values | None = None) -> Row:
        """Add a row at the end, before the blank one that waits; what is not given takes the defaults."""
        waiting = self._grows and bool(self.rows) and self.rows[-1].is_blank(self._defaults)
        row = self.rows[-1] if waiting and values else self._new_row()
        row.fill({**self._defaults, **(values or {})})
        if values:
            self._grow()
        return row

    def _new_row(self) -> Row:
        row = Row(self.cells, removable=self._removable)
        row.changed.connect(lambda key, row=row: self._typed_in(row, key))
        row.removed.connect(lambda row=row: self.remove(row))
        self.rows.append(row)
        self._lines.addWidget(row)
        self._name_rows()
        return row

    def remove(self, row: Row) -> None:
        """Take a row out; the cursor goes to the one that takes its place."""
        if row not in self.rows:
            return
        place = self.rows.index(row)
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._name_rows()
        self._grow()
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].focus_first()
        self.changed.emit()

    def _remove_focused(self) -> None:
        row = next((each for each in self.rows if each.isAncestorOf(self.focusWidget() or self)), None)
        if row is not None:
            self.remove(row)

    def clear(self) -> None:
        """Take all rows out."""
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def set_defaults(self, values: Values) -> None:
        """Give new rows these values; rows that still have the ones given before follow."""
        for row in self.rows:
            for key, value in values.items():
                if row.cell(key).value() == self._defaults.get(key):
                    row.fill({key: value})
        self._defaults.update(values)

    def _grow(self) -> None:
        if self._grows and (not self.rows or not self.rows[-1].is_blank(self._defaults)):
            self._new_row().fill(self._defaults)

    def _typed_in(self, row: Row, key: str) -> None:
        if row not in self.rows:
            return
        row.show_problem(key, "")
        self._grow()
        self.cell_changed.emit(self.rows.index(row), key)
        self.changed.emit()

    def _name_rows(self) -> None:
        for number, row in enumerate(self.rows, 1):
            row.name(number)

    def filled(self) -> Iterator[Row]:
        """Yield the rows that are not blank."""
        return (row for row in self.rows if not row.is_blank(self._defaults))

    def cell(self, place: int, key: str) -> Input:
        """Return a field."""
        return self.rows[place].cell(key)

    # --- as a field ------------------------------------------------------------------------------

    def value(self) -> Any:
        return [row.value() for row in self.filled()]

    def set_value(self, value: Any) -> None:
        self.clear()
        for values in value or ():
            self.add_row(values)
        self._grow()
        self.changed.emit()

    def is_empty(self) -> bool:
        return not any(True for _row in self.filled())

    def typed(self) -> Any:
        return [row.typed() for row in self.filled()]

    def set_typed(self, typed: Any) -> None:
        if not isinstance(typed, list):
            return
        self.clear()
        for values in typed:
            row = self._new_row()
            row.fill(self._defaults)
            row.set_typed(values)
        self._grow()
        self.changed.emit()

    def problem(self) -> str:
        """Return what cannot be read, and mark each such cell."""
        found = [said for row in self.filled() for said in row.unreadable()]
        return found[0] if found else ""

    def show_problems_inside(self, problems: Mapping[str, str]) -> None:
        for number, row in enumerate(self.filled()):
            for cell in self.cells:
                unreadable = row.cell(cell.key).problem()
                row.show_problem(cell.key, unreadable or problems.get(f"{number}.{cell.key}", ""))

    def problems_inside(self) -> int:
        return sum(len(row.problems()) for row in self.rows)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to the first cell that is wrong, else to the first that can be typed in."""
        wrong = next(((row, key) for row in self.rows for key in row.problems()), None)
        if wrong is not None:
            row, key = wrong
            row.cell(key).setFocus(reason)
            if self._area is not None:
                self._area.ensureWidgetVisible(row)
        elif self.rows:
            self.rows[0].focus_first()

    def set_read_only(self, read_only: bool) -> None:
        for row in self.rows:
            for cell in self.cells:
                row.cell(cell.key).set_read_only(read_only)
