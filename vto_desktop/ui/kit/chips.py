"""State chips: a short coloured text on its own opaque ground, readable everywhere."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from vto_desktop.ui.kit import icons, theme

HEIGHT: Final = 22


@dataclass(frozen=True)
class Chip:
    """A state to show: its text and its tone (``ok``, ``warn``, ``danger``, ``info``, ``neutral``)."""

    text: str
    role: str = "neutral"

    def __str__(self) -> str:
        return self.text


def width(chip: Chip) -> int:
    """Return the width a chip takes, in logical pixels."""
    return _width(chip.text, theme.look().size)


@lru_cache(512)
def _width(text: str, _size: int) -> int:
    return QFontMetrics(theme.font(9, 500)).horizontalAdvance(text) + theme.px(18)


def paint(painter: QPainter, rect: QRect, chip: Chip, *, icon: str = "") -> None:
    """Draw a chip at the left of ``rect``, centred in its height, elided when it has no room."""
    wide = min(_width(chip.text, theme.look().size) + (theme.px(18) if icon else 0), rect.width())
    high = min(theme.px(HEIGHT), rect.height())
    if wide > 0 and high > 0:
        look, ratio = theme.look(), icons.device_ratio(painter)
        drawn = _drawn(chip, icon, wide, high, ratio, look.theme.name, look.size)
        painter.drawPixmap(rect.left(), rect.top() + (rect.height() - high) // 2, drawn)


@lru_cache(512)
def _drawn(chip: Chip, icon: str, wide: int, high: int, ratio: float, _theme: str, _size: int) -> QPixmap:
    """Draw a chip once: a list shows the same few states on every row."""
    made = QPixmap(round(wide * ratio), round(high * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _draw(painter, QRect(0, 0, wide, high), chip, icon, ratio)
    painter.end()
    return made


def _draw(painter: QPainter, box: QRect, chip: Chip, icon: str, ratio: float) -> None:
    tone = theme.current().tone(chip.role)
    font = theme.font(9, 500)
    lead = theme.px(18) if icon else 0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tone.line), 1))
    painter.setBrush(QColor(tone.back))
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1).toRectF().translated(0.5, 0.5), 4, 4)
    if icon:
        side = theme.px(14)
        sign = icons.pixmap(icon, chip.role, side, ratio)
        painter.drawPixmap(box.left() + theme.px(7), box.top() + (box.height() - side) // 2, sign)
    painter.setPen(QColor(tone.text))
    painter.setFont(font)
    inside = box.adjusted(theme.px(8) + lead, 0, -theme.px(8), 0)
    text = QFontMetrics(font).elidedText(chip.text, Qt.TextElideMode.ElideRight, inside.width() + 2)
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


class ChipLabel(QWidget):
    """A chip as a widget, for titles and panels; one that ``yields`` is cut where others need the room."""

    def __init__(
        self, chip: Chip, *, icon: str = "", yields: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.yields = yields
        self._chip = chip
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_chip(chip)

    @property
    def chip(self) -> Chip:
        """What is shown."""
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        """Show another state."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.setToolTip(chip.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(width(self._chip) + (theme.px(18) if self._icon else 0), theme.px(HEIGHT + 2))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), theme.px(30)), whole.height()) if self.yields else whole

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.rect(), self._chip, icon=self._icon)
        painter.end()
