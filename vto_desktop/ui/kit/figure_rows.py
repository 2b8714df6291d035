"""A short list of figures: a colour, a name, amounts, bars; each line opens what is behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from vto_desktop.ui.kit import theme

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True)
class Bars:
    """Two bars one above the other: outlined what was forecast, filled what came; of ``whole``."""

    outlined: int
    filled: int
    whole: int
    colour: str


@dataclass(frozen=True)
class FigureColumn:
    """A column: its heading, its width in pixels of the mocks (0: what is left), its side."""

    title: str
    width: int = 0
    right: bool = True
    muted: bool = False
    bold: bool = False


@dataclass(frozen=True)
class FigureRow:
    """A line: the key it opens (empty: nothing), one cell a column (a text or Bars), its colour and depth."""

    key: str
    cells: tuple["str | Bars", ...]
    colour: str = ""
    indent: int = 0
    bold: bool = False


class FigureRows(QWidget):
    """Lines of equal height; a click, or the arrows and Enter, open one.

    ``edge``: pixels of the mocks at both ends of a line, for those that stand in a frame.
    """

    clicked = Signal(str)

    def __init__(
        self,
        columns: Sequence[FigureColumn],
        *,
        row: int = 30,
        heading: bool = True,
        rules: bool = True,
        edge: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[FigureRow, ...] = ()
        self._row, self._heading, self._rules, self._edge = row, heading, rules, edge
        self._at = -1
        self._over = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.update)

    def show_rows(self, rows: Sequence[FigureRow], said: str = "") -> None:
        """Show other lines; ``said`` tells a screen reader what they are."""
        self._rows = tuple(rows)
        self._at = min(self._at, len(self._rows) - 1)
        can_open = any(row.key for row in self._rows)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_open else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def texts(self) -> list[tuple[str, ...]]:
        """Return the texts shown, line by line."""
        return [tuple(cell for cell in row.cells if isinstance(cell, str)) for row in self._rows]

    def sizeHint(self) -> QSize:
        lines = len(self._rows) + (1 if self._heading else 0)
        fixed = sum(column.width or 90 for column in self._columns)
        return QSize(theme.px(fixed), theme.px(self._row) * max(lines, 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.sizeHint().height())

    # --- painting --------------------------------------------------------------------------------

    def _boxes(self, top: int) -> list[QRect]:
        """Return where each cell of a line stands."""
        edge = theme.px(self._edge)
        left_over = self.width() - 2 * edge - sum(theme.px(column.width) for column in self._columns)
        flexible = sum(1 for column in self._columns if not column.width) or 1
        boxes, x = [], edge
        for column in self._columns:
            wide = theme.px(column.width) if column.width else max(left_over // flexible, 0)
            boxes.append(QRect(x, top, wide, theme.px(self._row)))
            x += wide
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        if self._heading:
            self._paint_heading(painter)
            top = theme.px(self._row)
        for place, row in enumerate(self._rows):
            self._paint_row(painter, row, top, place)
            top += theme.px(self._row)
        painter.end()

    def _paint_heading(self, painter: QPainter) -> None:
        colours = theme.current()
        painter.setFont(theme.font(9, 500))
        for column, box in zip(self._columns, self._boxes(0), strict=True):
            painter.setPen(QColor(colours.secondary))
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(box, _LINE | side, column.title)
        bottom = theme.px(self._row) - 1
        painter.fillRect(0, bottom, self.width(), 1, QColor(colours.line))

    def _paint_row(self, painter: QPainter, row: FigureRow, top: int, place: int) -> None:
        colours = theme.current()
        line = QRect(0, top, self.width(), theme.px(self._row))
        if place == self._over and row.key:
            painter.fillRect(line, QColor(colours.hover))
        if self._rules and place < len(self._rows) - 1:
            painter.fillRect(0, line.bottom(), self.width(), 1, QColor(colours.row_line))
        for number, (column, cell, box) in enumerate(
            zip(self._columns, row.cells, self._boxes(top), strict=True)
        ):
            if isinstance(cell, Bars):
                _paint_bars(painter, cell, box)
            else:
                self._paint_text(painter, row, column, cell, self._after_colour(painter, row, box, number))
        if self.hasFocus() and place == self._at:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.link), 2))
            painter.drawRoundedRect(QRectF(line).adjusted(1, 1, -1, -1), 3, 3)

    @staticmethod
    def _after_colour(painter: QPainter, row: FigureRow, box: QRect, number: int) -> QRect:
        """Draw the line's colour in its first cell and return the room beside it."""
        if number:
            return box
        side, indent = theme.px(11), theme.px(9 * row.indent)
        if row.colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(row.colour))
            painter.drawRoundedRect(QRectF(box.left(), box.center().y() - side / 2 + 1, side, side), 2, 2)
        return box.adjusted(indent + (theme.px(18) if row.colour else 0), 0, 0, 0)

    @staticmethod
    def _paint_text(painter: QPainter, row: FigureRow, column: FigureColumn, text: str, box: QRect) -> None:
        bold = row.bold or column.bold
        font = theme.font(10, 600 if bold else 400, figures=column.right)
        painter.setFont(font)
        muted = column.muted and not row.bold
        painter.setPen(QColor(theme.current().secondary if muted else theme.current().text))
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        shown = text
        if not column.right:
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 4)
        painter.drawText(box, _LINE | side, shown)

    # --- mouse and keys --------------------------------------------------------------------------

    def row_at(self, point: QPointF) -> int:
        """Return the place of the line under a point, or -1."""
        place = int(point.y()) // theme.px(self._row) - (1 if self._heading else 0)
        return place if 0 <= place < len(self._rows) else -1

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._rows) and self._rows[place].key:
            self.clicked.emit(self._rows[place].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self.row_at(event.position())
        can_open = self._over >= 0 and self._rows[self._over].key
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_open else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._at = self.row_at(event.position())
            self._open(self._at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._at = max(self._at, 0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and self._rows:
            self._at = min(max(self._at + _STEPS[Qt.Key(event.key())], 0), len(self._rows) - 1)
            self.setAccessibleDescription(" ".join(self.texts()[self._at]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._at)
        else:
            super().keyPressEvent(event)


class Legend(QWidget):
    """What the colours mean, in one line: (colour, text); an empty colour is an outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show other colours and texts."""
        self._parts = tuple(parts)
        self.setAccessibleName("Légende\u00a0: " + ", ".join(text for _colour, text in parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(9))
        wide = sum(metrics.horizontalAdvance(text) + theme.px(32) for _colour, text in self._parts)
        return QSize(wide, theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(9))
        side, x = theme.px(10), 0
        for colour, text in self._parts:
            box = QRectF(x + 0.5, (self.height() - side) / 2, side, side)
            painter.setPen(QPen(QColor(theme.current().secondary), 1.2) if not colour else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour) if colour else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 2, 2)
            painter.setPen(QColor(theme.current().secondary))
            wide = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRect(x + theme.px(16), 0, wide + 2, self.height()), _LINE, text)
            x += wide + theme.px(32)
        painter.end()


def _paint_bars(painter: QPainter, bars: Bars, box: QRect) -> None:
    room = box.adjusted(0, 0, -theme.px(16), 0)
    whole = max(bars.whole, 1)
    middle = box.center().y() + 1
    colour = QColor(bars.colour)
    wide = room.width() * min(max(bars.outlined / whole, 0), 1)
    if wide > 0:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawRect(
            QRectF(room.left() + 0.75, middle - theme.px(10) + 0.75, max(wide - 1.5, 1), theme.px(8) - 1)
        )
    wide = room.width() * min(max(bars.filled / whole, 0), 1)
    if wide > 0:
        painter.fillRect(QRectF(room.left(), middle, wide, theme.px(9)), colour)
