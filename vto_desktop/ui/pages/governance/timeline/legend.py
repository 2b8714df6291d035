"""What each way of drawing means, beside the title of the timeline."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from vto_desktop.ui.kit import theme
from vto_desktop.ui.pages.governance.timeline.painting import MIDDLE

TEXTS: Final = (
    "en fonction",
    "terminé",
    "élection",
    "fin non renseignée",
    "période sans donnée",
    "aujourd’hui",
)
HELD, ENDED, ELECTED, ENDLESS, UNKNOWN = range(5)  # places among the texts; the last is today
SIGN: Final = 20
GAP: Final = 14


class Legend(QWidget):
    """Small signs and their words; those that find no room are left out, from the last."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(", ".join(TEXTS))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _wide(self, text: str) -> int:
        return theme.px(SIGN + 6 + GAP) + QFontMetrics(theme.font(9)).horizontalAdvance(text)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._wide(text) for text in TEXTS), theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(9))
        shown = list(TEXTS)
        while shown and sum(map(self._wide, shown)) > self.width():
            shown.pop()
        x = self.width() - sum(map(self._wide, shown))
        for text in shown:
            box = QRectF(x, self.height() / 2 - 5, theme.px(SIGN), 10)
            self._sign(painter, TEXTS.index(text), box)
            painter.setPen(QColor(theme.current().secondary))
            words = QRectF(box.right() + theme.px(6), 0, self._wide(text), self.height())
            painter.drawText(words, MIDDLE, text)
            x += self._wide(text)
        painter.end()

    @staticmethod
    def _sign(painter: QPainter, number: int, box: QRectF) -> None:
        colours, middle = theme.current(), box.center().y()
        if number == HELD:
            painter.fillRect(box, QColor(colours.link))
        elif number == ENDED:
            painter.setPen(QColor(colours.info.line))
            painter.setBrush(QColor(colours.info.back))
            painter.drawRect(box)
        elif number == ENDLESS:
            painter.setPen(QPen(QColor(colours.link), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
            tip = QPointF(box.right(), middle)
            painter.setPen(QPen(QColor(colours.link), 1.5))
            painter.drawPolyline(QPolygonF((tip + QPointF(-4, -4), tip, tip + QPointF(-4, 4))))
        elif number == UNKNOWN:
            painter.fillRect(box, QBrush(QColor(colours.border), Qt.BrushStyle.BDiagPattern))
        elif number == ELECTED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.series["others"]))
            x = box.center().x()
            points = (QPointF(x - 4, middle - 3), QPointF(x + 4, middle - 3), QPointF(x, middle + 3))
            painter.drawPolygon(QPolygonF(points))
        else:
            painter.setPen(QPen(QColor(colours.danger.text), 1, Qt.PenStyle.DashLine))
            x = box.center().x()
            painter.drawLine(QPointF(x, box.top() - 3), QPointF(x, box.bottom() + 3))
