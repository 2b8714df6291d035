"""A chart drawn elsewhere as SVG, sharp at any scale, whose parts can be clicked and read aloud."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from vto_desktop.ui.kit import theme


@dataclass(frozen=True)
class Region:
    """A part that opens something: its key, what is said of it, its outline in the drawing's coordinates."""

    key: str
    label: str
    outline: tuple[tuple[float, float], ...]


class SvgView(QWidget):
    """Shows SVG bytes in the largest size that fits; regions are clicked, or walked with the arrows."""

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer = QSvgRenderer(self)
        self._regions: tuple[Region, ...] = ()
        self._at = -1
        self._natural = QSize(200, 200)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_svg(self, svg: bytes, text: str, regions: Sequence[Region] = ()) -> None:
        """Show a drawing; ``text`` says in French what it shows."""
        self._renderer.load(QByteArray(svg))
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self._regions = tuple(regions)
        self._at = -1
        self._natural = self._renderer.defaultSize()
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if regions else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    @property
    def regions(self) -> tuple[Region, ...]:
        """The parts that can be clicked."""
        return self._regions

    def sizeHint(self) -> QSize:
        return self._natural * (theme.look().size / 100)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def _frame(self) -> QRectF:
        size = self._natural.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _transform(self) -> QTransform:
        box, frame = self._renderer.viewBoxF(), self._frame()
        if box.isEmpty():
            return QTransform()
        made = QTransform.fromTranslate(frame.left(), frame.top())
        made.scale(frame.width() / box.width(), frame.height() / box.height())
        return made.translate(-box.left(), -box.top())

    def _outline(self, region: Region) -> QPolygonF:
        return self._transform().map(QPolygonF([QPointF(x, y) for x, y in region.outline]))

    def region_at(self, point: QPointF) -> Region | None:
        """Return the part under a point of the widget."""
        for region in self._regions:
            if self._outline(region).containsPoint(point, Qt.FillRule.OddEvenFill):
                return region
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, self._frame())
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.current().text), 2))
            if 0 <= self._at < len(self._regions):
                painter.drawPolygon(self._outline(self._regions[self._at]))
            else:
                painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        region = self.region_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if region else Qt.CursorShape.ArrowCursor)
        QToolTip.showText(event.globalPosition().toPoint(), region.label if region else "", self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        region = self.region_at(event.position())
        if region is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(region.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if self._regions and event.key() in steps:
            self._at = (self._at + steps[Qt.Key(event.key())]) % len(self._regions)
            self.setAccessibleDescription(self._regions[self._at].label)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self.clicked.emit(self._regions[self._at].key)
        else:
            super().keyPressEvent(event)
