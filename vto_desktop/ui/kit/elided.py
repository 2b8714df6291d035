"""A label for texts of any length: one line, cut with « … » where it has no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.unexpected import guarded


class ElidedLabel(QLabel):
    """One line that ends with « … » when it has no room; the whole text is its tip."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setObjectName(kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, tip: str = "") -> None:
        """Show another text, with a tip that says more."""
        self.setText(text)
        self.setToolTip(tip or text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme.px(100), self.sizeHint().width()), super().minimumSizeHint().height())

    def shown_text(self) -> str:
        """Return the text as it fits."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, inside, cut = QPainter(self), self.contentsRect(), self.shown_text()
        side, role = int(self.alignment().value), self.foregroundRole()
        self.style().drawItemText(painter, inside, side, self.palette(), self.isEnabled(), cut, role)
        painter.end()
