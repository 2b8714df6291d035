"""The totals row: sums in bold under a table, each below its column, always in sight."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vto_desktop.ui.kit import theme

if TYPE_CHECKING:
    from vto_desktop.ui.kit.table import Table


class Totals(QWidget):
    """Texts by column key, aligned as the columns are; hidden while it has none."""

    def __init__(self, table: "Table") -> None:
        super().__init__()
        self._table = table
        self._texts: dict[str, str] = {}
        self._tones: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = table.horizontalHeader()
        header.sectionResized.connect(self._follow)
        header.sectionMoved.connect(self._follow)
        table.horizontalScrollBar().valueChanged.connect(self._follow)
        self.setVisible(False)

    def _follow(self, *_where: int) -> None:
        self.update()

    def show_texts(self, texts: Mapping[str, str], tones: Mapping[str, str] | None = None) -> None:
        """Show texts: column key → text; none hides the row. ``tones``: column key → ``ok``, ``danger``…"""
        self._texts = dict(texts)
        self._tones = dict(tones or {})
        self.setAccessibleName("Total : " + ", ".join(self._texts.values()))
        if self.parent() is not None or not texts:
            self.setVisible(bool(texts))
        self.update()

    def texts(self) -> dict[str, str]:
        """Return what is shown."""
        return dict(self._texts)

    def sizeHint(self) -> QSize:
        return QSize(0, theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        painter.fillRect(self.rect(), QColor(colours.panel))
        painter.setPen(QColor(colours.border))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setPen(QColor(colours.text))
        painter.setFont(theme.font(10, 600, figures=True))
        for place in self._table.shown_columns():
            column = self._table.rows.columns[place]
            text = self._texts.get(column.key, "")
            left, wide = self._table.columnViewportPosition(place), self._table.columnWidth(place)
            where = QRect(left, 1, wide, self.height() - 1).adjusted(theme.px(8), 0, -theme.px(8), 0)
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            painter.setPen(QColor(colours.colour(self._tones.get(column.key, "text"))))
            room = where if column.right else where.adjusted(0, 0, theme.px(200), 0)
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)
        painter.end()
