"""Lucide icons in the colours of the palette, sharp at every scale and drawn once."""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from vto_desktop.paths import resource
from vto_desktop.ui.kit import theme


def icon(name: str, role: str = "text") -> QIcon:
    """Return a Lucide icon coloured by a token of the theme (``text``, ``link``, ``danger``…).

    The colour is read when it is painted, so an icon follows a change of palette by itself. An
    unknown name gives a small circle, never an exception in the middle of a page.
    """
    return QIcon(_Engine(name, role))


def pixmap(name: str, role: str = "text", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return one icon ``size`` logical pixels wide, drawn for a device pixel ratio."""
    return _drawn(name, theme.current().colour(role), round(size * ratio), ratio)


def device_ratio(painter: QPainter) -> float:
    """Return how many pixels of its device a painter has for one of ours.

    Read from its transform: asking for the device itself makes PySide6 build the 59 enums of all that it
    could be, and costs a start 14 ms.
    """
    return painter.deviceTransform().m11()


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    path = resource("icons", f"{name}.svg")
    if not path.is_file():
        path = resource("icons", "circle.svg")
    text = path.read_text(encoding="utf-8")
    text = text.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    return QSvgRenderer(QByteArray(text.encode()))


@cache
def _drawn(name: str, colour: str, device_pixels: int, ratio: float) -> QPixmap:
    made = QPixmap(device_pixels, device_pixels)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _renderer(name, colour).render(painter, QRectF(0, 0, device_pixels, device_pixels))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


class Sign(QWidget):
    """An icon as a small widget, in the palette's colour of the moment."""

    def __init__(self, name: str = "", role: str = "text", size: int = 16) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(theme.px(size), theme.px(size))

    def show_sign(self, name: str, role: str) -> None:
        """Show another icon; an empty name shows nothing and takes no room."""
        self._name, self._role = name, role
        if self.parent() is not None or not name:
            self.setVisible(bool(name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            painter = QPainter(self)
            drawn = pixmap(self._name, self._role, theme.px(self._size), self.devicePixelRatioF())
            painter.drawPixmap(0, 0, drawn)
            painter.end()


class _Engine(QIconEngine):
    """Draws the icon in the palette's colour of the moment; disabled ones in the colour of disabled text."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        corner = QPoint(rect.left(), rect.top() + (rect.height() - side) // 2)  # what is left is a gap
        ratio = device_ratio(painter)
        painter.drawPixmap(corner, _drawn(self._name, self._colour(mode), round(side * ratio), ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        made = QPixmap(size * scale)
        if made.isNull():  # a button that has no room yet, while its page is laid out
            return made
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def _colour(self, mode: QIcon.Mode) -> str:
        disabled = mode == QIcon.Mode.Disabled
        return theme.current().colour("border" if disabled else self._role)
