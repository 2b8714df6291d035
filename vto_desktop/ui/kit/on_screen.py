"""Windows wholly on the screen, or at least their title and the sides."""

from PySide6.QtCore import QPoint, QRect


def within(frame: QRect, available: QRect) -> QPoint:
    """Return where a frame begins that is whole in what a screen has free, or at least its top left."""
    return QPoint(
        max(min(frame.left(), available.right() - frame.width() + 1), available.left()),
        max(min(frame.top(), available.bottom() - frame.height() + 1), available.top()),
    )
