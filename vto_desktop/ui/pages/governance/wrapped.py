"""A table whose chosen columns show their whole text, on as many lines as it takes."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from vto_desktop.settings import Settings
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.delegates import PADDING, CellDelegate, Index
from vto_desktop.ui.kit.rows_model import VALUE
from vto_desktop.ui.kit.table import Table

LINES = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class WrappedDelegate(CellDelegate):
    """Draws a text on several lines, bold or in the small size, and says how high they are."""

    def __init__(self, table: "WrappedTable", *, bold: bool) -> None:
        super().__init__(table)
        self._bold = bold

    def _font(self) -> QFont:
        return theme.font(10, 600) if self._bold else theme.font(9)

    def draw(self, painter: QPainter, rect: QRect, value: Any, option: QStyleOptionViewItem) -> None:
        painter.save()
        painter.setFont(self._font())
        painter.setPen(QColor(theme.current().text))
        painter.drawText(rect, int(LINES), str(value))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        table = self.parent()
        wide = table.columnWidth(index.column()) if isinstance(table, Table) else option.rect.width()
        room = QRect(0, 0, wide - theme.px(2 * PADDING), 10_000)
        text = str(index.data(VALUE) or "")
        high = QFontMetrics(self._font()).boundingRect(room, int(LINES), text).height()
        return QSize(wide, high + theme.px(10))


class WrappedTable(Table):
    """A small table kept in memory; ``wrapped`` are the keys of the columns shown whole."""

    measured = Signal()
    """The heights of the rows were fitted to their texts."""

    def __init__(
        self, columns: Sequence[Column], wrapped: Iterable[str], *, name: str, settings: Settings
    ) -> None:
        self._pause: QTimer | None = None
        super().__init__(columns, name=name, settings=settings)
        whole = set(wrapped)
        for place, column in enumerate(columns):
            if column.key in whole:
                self.setItemDelegateForColumn(place, WrappedDelegate(self, bold=column.bold))
        self.verticalHeader().setMinimumSectionSize(theme.px(38))
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._measure)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._later())
        self.rows.reloaded.connect(self._later)

    def _measure(self) -> None:
        self.resizeRowsToContents()
        self.measured.emit()

    def whole_height(self) -> int:
        """Return the height that shows every row."""
        return self.header.height() + self.verticalHeader().length() + 2

    def _later(self) -> None:
        if self._pause is not None:
            self._pause.start()
