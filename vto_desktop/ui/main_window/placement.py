"""Where the window stands and how large it is, remembered, and never off the screens there are now."""

from typing import Any, Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from vto_desktop.settings import Settings
from vto_desktop.ui.kit.on_screen import within

USUAL: Final = QSize(1440, 900)
SMALLEST: Final = QSize(1024, 660)
FRAME: Final = QSize(0, 40)
"""Room left for the title bar, whose true height only the shown window knows."""
EDGE: Final = 8
"""Pixels by which a frame may pass the sides: some systems count an edge that nobody sees."""


def restore(window: QMainWindow, settings: Settings) -> None:
    """Give the window its last place, moved onto a screen when that screen is gone."""
    kept = settings.get("fenêtre")
    screen = QGuiApplication.primaryScreen().availableGeometry()
    window.setMinimumSize(SMALLEST.boundedTo(screen.size()))
    wanted = _rectangle(kept) or QRect(screen.topLeft(), USUAL)
    on = next((s for s in QGuiApplication.screens() if _is_on(s.availableGeometry(), wanted)), None)
    available = on.availableGeometry() if on is not None else screen
    size = wanted.size().boundedTo(available.size() - FRAME).expandedTo(window.minimumSize())
    placed = QRect(wanted.topLeft(), size + FRAME)
    if on is None or not isinstance(kept, dict):
        placed.moveCenter(available.center())
    window.resize(size)
    window.move(within(placed, _wide(available)))
    if isinstance(kept, dict) and kept.get("agrandie") is True:
        window.showMaximized()


def keep_whole(window: QMainWindow) -> None:
    """Bring the title bar and the edges onto the screen, once the window is shown and has them."""
    if window.isMaximized() or window.isFullScreen():
        return
    available, frame = window.screen().availableGeometry(), window.frameGeometry()
    around = frame.size() - window.size()
    size = window.size().boundedTo(available.size() - around).expandedTo(window.minimumSize())
    if size != window.size():
        window.resize(size)
    place = within(QRect(frame.topLeft(), size + around), _wide(available))
    if place != frame.topLeft():
        window.move(place)


def _wide(available: QRect) -> QRect:
    return available.adjusted(-EDGE, 0, EDGE, EDGE)


def remember(window: QMainWindow, settings: Settings) -> None:
    """Keep the window's place for the next start: where its frame begins, and its size without it."""
    inside = window.normalGeometry() if window.isMaximized() else window.geometry()
    place = inside.topLeft() - (window.geometry().topLeft() - window.frameGeometry().topLeft())
    settings.set(
        "fenêtre",
        {
            "place": [place.x(), place.y(), inside.width(), inside.height()],
            "agrandie": window.isMaximized(),
        },
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
