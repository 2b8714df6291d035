"""One row of the file beside the preview: each of its cells, and under it in red what is wrong with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.importing import Layout, PlannedRow
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.panel import Panel, label, scrolled

LONGEST = 300  # characters of a cell shown


class RowPanel(Panel):
    """Shows the row that is current in the preview."""

    def __init__(self) -> None:
        super().__init__(padded=True)
        self.setMinimumWidth(theme.px(280))
        self.heading_label = label("", "panelTitle", wrap=True)
        self.chip = ChipLabel(Chip(""))
        self.what = label("", wrap=True)
        for widget in (self.heading_label, self.chip, self.what):
            self.add(widget)
        self._cells = QWidget()
        self._column = QVBoxLayout(self._cells)
        self._column.setContentsMargins(0, theme.px(8), 0, 0)
        self._shown: QWidget | None = None
        self.add(scrolled(self._cells), 1)

    def show_row(self, row: PlannedRow | None, cells: Sequence[str], layout: Layout, chip: Chip) -> None:
        """Show a row of the plan and its cells, or nothing."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        self.chip.setVisible(row is not None)
        if row is None:
            self.heading_label.setText("")
            self.what.setText("")
            return
        self.heading_label.setText(f"Ligne {french.number(row.number)}{f' · {row.name}' if row.name else ''}")
        self.chip.set_chip(chip)
        whole = [each.sentence for each in row.problems if not each.column]
        self.what.setText(" ".join(whole) if row.problems else row.what)
        self.what.setVisible(bool(self.what.text()))
        self._shown = self._grid(row, cells, layout)
        self._column.insertWidget(0, self._shown)

    @staticmethod
    def _grid(row: PlannedRow, cells: Sequence[str], layout: Layout) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        line = 0
        top = Qt.AlignmentFlag.AlignTop
        for column in layout.mapping:
            heading = layout.headings[column]
            text = cells[column].strip() if column < len(cells) else ""
            wrong = [each.sentence for each in row.problems if each.column == heading]
            doubts = [each.sentence for each in row.doubts if each.column == heading]
            if not (text or wrong or doubts):
                continue
            shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
            grid.addWidget(label(heading, "secondary", wrap=True), line, 0, top)
            grid.addWidget(label(shown or "vide", "" if text else "secondary", wrap=True), line, 1, top)
            for sentence, kind in (
                *((each, "problem") for each in wrong),
                *((each, "warn") for each in doubts),
            ):
                line += 1
                grid.addWidget(label(sentence, kind, wrap=True), line, 0, 1, 2, top)
            line += 1
        grid.setRowStretch(line, 1)
        return inside
