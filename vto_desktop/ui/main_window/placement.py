"""Where the window stands and how large it is, remembered, and never off the screens there are now."""

from typing import Any, Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from vto_desktop.settings import Settings

USUAL: Final = QSize(1440, 900)
SMALLEST: Final = QSize(1024, 660)


def restore(window: QMainWindow, settings: Settings) -> None:
    """Give the window its last place, moved onto a screen when that screen is gone."""
    kept = settings.get("fenêtre")
    screen = QGuiApplication.primaryScreen().availableGeometry()
    window.setMinimumSize(SMALLEST.boundedTo(screen.size()))
    wanted = _rectangle(kept) or QRect(screen.topLeft(), USUAL)
    on = next((s for s in QGuiApplication.screens() if _is_on(s.availableGeometry(), wanted)), None)
    available = on.availableGeometry() if on is not None else screen
    size = wanted.size().boundedTo(available.size()).expandedTo(window.minimumSize())
    placed = QRect(wanted.topLeft(), size)
    if on is None or not isinstance(kept, dict):
        placed.moveCenter(available.center())
    placed.moveLeft(max(min(placed.left(), available.right() - size.width() + 1), available.left()))
    placed.moveTop(max(min(placed.top(), available.bottom() - size.height() + 1), available.top()))
    window.setGeometry(placed)
    if isinstance(kept, dict) and kept.get("agrandie") is True:
        window.showMaximized()


def remember(window: QMainWindow, settings: Settings) -> None:
    """Keep the window's place for the next start."""
    place = window.normalGeometry() if window.isMaximized() else window.geometry()
    settings.set(
        "fenêtre",
        {"place": [place.x(), place.y(), place.width(), place.height()], "agrandie": window.isMaximized()},
    )


def _rectangle(kept: Any) -> QRect | None:
    match kept:
        case {"place": [int(x), int(y), int(wide), int(high)]} if (
            100 <= wide <= 20_000 and 100 <= high <= 20_000
        ):
            return QRect(x, y, wide, high)
    return None


def _is_on(screen: QRect, wanted: QRect) -> bool:
    """Return whether enough of the title can be seen and taken with the mouse."""
    title = QRect(wanted.left(), wanted.top(), wanted.width(), 40)
    seen = screen.intersected(title)
    return seen.width() >= 120 and seen.height() >= 20
