"""One row of a small table of fields: its cells, and below them what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.line_input import Input
from vto_desktop.ui.kit.panel import label

Values = Mapping[str, Any]
_NOTHING: Final = object()


@dataclass(frozen=True)
class Cell:
    """A column of fields: its key in the values, its title, how a field is made, its width (0: what is left).

    ``still`` cells are shown, not typed: they take no part in whether a row is blank.
    """

    key: str
    title: str
    make: Callable[[], Input]
    width: int = 0
    right: bool = False
    still: bool = False


class _Cut(QLabel):
    """One line, cut with « … » when it has no room and then told as a tip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(theme.px(20))

    def show_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setText(shown)

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(wide, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()


class ShownText(Input):
    """A text of a row that is not typed; too long, it is cut and told as a tip."""

    def __init__(self, *, right: bool = False, kind: str = "") -> None:
        self._label = _Cut()
        self._label.setObjectName(kind)
        super().__init__(self._label)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self._label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if right:
            self._label.setFont(theme.font(10, figures=True))
        self._value: Any = ""

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = value
        self._label.show_text(str(value or ""))

    def typed(self) -> Any:
        return self._value

    def set_typed(self, typed: Any) -> None:
        self.set_value(typed)


class Row(QFrame):
    """One row: a field for each cell, and below them what is wrong."""

    changed = Signal(str)
    removed = Signal()

    def __init__(self, cells: Sequence[Cell], *, removable: bool) -> None:
        super().__init__()
        self._cells = tuple(cells)
        self._inputs = {cell.key: cell.make() for cell in cells}
        self._problems: dict[str, str] = {}
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        for cell in cells:
            made = self._inputs[cell.key]
            place(line, made, cell)
            made.changed.connect(lambda key=cell.key: self._changed(key))
        if removable:
            line.addWidget(self._cross())
        column.addLayout(line)
        self._below = label("", "problem", wrap=True)
        self._below.hide()
        column.addWidget(self._below)

    def _cross(self) -> QToolButton:
        made = QToolButton()
        made.setIcon(icons.icon("x", "secondary"))
        made.setFixedWidth(theme.px(28))
        made.setToolTip("Retirer la ligne (Ctrl+Suppr)")
        made.setAccessibleName("Retirer la ligne")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from cell to cell
        made.clicked.connect(lambda _checked=False: self.removed.emit())
        return made

    def name(self, number: int) -> None:
        """Say to a screen reader which row and column each field is."""
        for cell in self._cells:
            self._inputs[cell.key].editor.setAccessibleName(f"{cell.title}, ligne {number}")

    def cell(self, key: str) -> Input:
        """Return a field."""
        return self._inputs[key]

    def fill(self, values: Values) -> None:
        """Show values, without telling."""
        self._filling = True
        for key, value in values.items():
            self._inputs[key].set_value(value)
        self._filling = False

    def _changed(self, key: str) -> None:
        if not self._filling:
            self.changed.emit(key)

    def is_blank(self, defaults: Values | None = None) -> bool:
        """Return whether nothing was typed beyond the defaults."""
        given = defaults or {}
        return all(
            cell.still
            or (each.is_empty() and not each.problem())
            or each.value() == given.get(cell.key, _NOTHING)
            for cell, each in zip(self._cells, self._inputs.values(), strict=True)
        )

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        first = next(cell.key for cell in self._cells if not cell.still)
        self._inputs[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> dict[str, Any]:
        """Return what was typed, by key."""
        return {key: each.value() for key, each in self._inputs.items()}

    def typed(self) -> dict[str, Any]:
        """Return the raw content, by key."""
        return {key: each.typed() for key, each in self._inputs.items()}

    def set_typed(self, typed: Any) -> None:
        """Put raw content back."""
        if isinstance(typed, dict):
            for key, content in typed.items():
                if key in self._inputs:
                    self._inputs[key].set_typed(content)

    def unreadable(self) -> list[str]:
        """Return what cannot be read, shown beside its cell too."""
        found = {key: each.problem() for key, each in self._inputs.items()}
        for key, said in found.items():
            self.show_problem(key, said)
        return [said for said in found.values() if said]

    def show_problem(self, key: str, said: str) -> None:
        """Show what is wrong with a cell, or nothing."""
        if self._problems.get(key, "") == said:
            return
        self._problems[key] = said
        self._inputs[key].show_problem(bool(said))
        self._inputs[key].editor.setAccessibleDescription(said)
        self._tell(" ".join(dict.fromkeys(filter(None, self._problems.values()))), "problem")

    def problems(self) -> dict[str, str]:
        """Return what is wrong, by key."""
        return {key: said for key, said in self._problems.items() if said}

    def remark(self, said: str, role: str = "hint") -> None:
        """Say something good to know under the row, unless something is wrong."""
        if not self.problems():
            self._tell(said, role)

    def below(self) -> str:
        """Return what is said under the row."""
        return self._below.text()

    def _tell(self, said: str, role: str) -> None:
        self._below.setObjectName(role)
        self._below.style().unpolish(self._below)
        self._below.style().polish(self._below)
        self._below.setText(said)
        self._below.setVisible(bool(said))


def place(line: QHBoxLayout, widget: QWidget, cell: Cell) -> None:
    """Add what stands in a column: at its width, or in what is left."""
    if cell.width:
        widget.setFixedWidth(theme.px(cell.width))
    line.addWidget(widget, 0 if cell.width else 1)
