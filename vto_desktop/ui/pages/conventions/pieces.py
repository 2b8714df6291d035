"""Small painted pieces of a convention's detail: the bar of what came, the legend of its curve."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme

BAR = 16


class MoneyBar(QWidget):
    """Received, late and still to come, as parts of what was awarded. Cents."""

    def __init__(self) -> None:
        super().__init__()
        self._received = self._late = self._whole = 0
        self.setFixedHeight(theme.px(BAR))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_amounts(self, received: int, late: int, whole: int) -> None:
        """Show amounts; more received than awarded fills the bar."""
        self._received, self._late, self._whole = received, late, max(whole, received + late)
        words = f"Encaissé\u00a0: {french.percent(received, whole)} de l’accordé"
        self.setAccessibleName(words)
        self.setToolTip(words + (f", en retard\u00a0: {french.amount(late)}" if late else ""))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(QColor(colours.track))
        painter.drawRoundedRect(box, 3, 3)
        left = 0.0
        for amount, colour in ((self._received, colours.link), (self._late, colours.danger.text)):
            wide = box.width() * amount / self._whole if self._whole else 0.0
            if wide > 0:
                painter.fillRect(QRectF(left, 0, wide, box.height()), QColor(colour))
            left += wide
        painter.end()


class Legend(QWidget):
    """« - - attendu  — reçu », beside the title of the curve."""

    WORDS = ("attendu", "reçu")

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Pointillé\u00a0: attendu\u202f; trait plein\u00a0: reçu")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        self.setFont(theme.font(9))
        words = sum(self.fontMetrics().horizontalAdvance(word) for word in self.WORDS)
        return QSize(words + theme.px(76), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setFont(theme.font(9))
        middle, left = self.height() // 2, 0
        styles = ((colours.secondary, Qt.PenStyle.DashLine, 1.5), (colours.link, Qt.PenStyle.SolidLine, 2.0))
        for word, (colour, style, wide) in zip(self.WORDS, styles, strict=True):
            painter.setPen(QPen(QColor(colour), wide, style))
            painter.drawLine(left, middle, left + theme.px(20), middle)
            painter.setPen(QColor(colours.secondary))
            left += theme.px(26)
            painter.drawText(left, 0, self.width(), self.height(), int(Qt.AlignmentFlag.AlignVCenter), word)
            left += painter.fontMetrics().horizontalAdvance(word) + theme.px(16)
        painter.end()
