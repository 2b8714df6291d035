"""Figure cards of the dashboard: a name, a figure, a line below; a click opens the rows behind."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.panel import label


class Card(QWidget):
    """A clickable figure; Enter and Space click it too."""

    clicked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = name
        self._figure = label("–", "figure")
        self._figure.setFont(theme.font(16.5, 600, figures=True))
        self._note = label("", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(2))
        top = QHBoxLayout()
        top.addWidget(label(name, "caption"), 1)
        top.addWidget(icons.Sign("chevron-right", "secondary", 14))
        column.addLayout(top)
        column.addWidget(self._figure)
        column.addWidget(self._note)

    def show_figure(self, figure: str, note: str = "", role: str = "caption") -> None:
        """Show a figure and its note; ``role`` ``problem`` writes the note in red."""
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.setObjectName(role)
        self._note.style().polish(self._note)
        self.setAccessibleName(f"{self._name} : {figure}")
        self.setAccessibleDescription(note)
        self.setToolTip(f"{self._name} : {figure}\n{note}")

    def figure(self) -> str:
        """Return the figure shown."""
        return self._figure.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colours.hover if self.underMouse() else colours.panel))
        focus = self.hasFocus()
        painter.setPen(QPen(QColor(colours.link if focus else colours.line), 2 if focus else 1))
        edge = 1.0 if focus else 0.5
        painter.drawRoundedRect(self.rect().toRectF().adjusted(edge, edge, -edge, -edge), 6, 6)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
