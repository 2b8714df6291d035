"""The frame in its colours before it is furnished: what is painted first, some 30 ms after Qt itself."""

from typing import Final

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from vto_desktop.ui.kit import theme

MENU: Final = 28
TOP: Final = 56
SIDE: Final = 208
STATUS: Final = 28


def paint(window: QWidget, with_bars: bool) -> None:
    """Paint the grounds of the bars where they will stand; without ``with_bars`` the first-start page's."""
    colours, painter = theme.current(), QPainter(window)
    wide, high = window.width(), window.height()
    menu, top, side, status = (theme.px(each) for each in (MENU, TOP, SIDE, STATUS))
    painter.fillRect(0, 0, wide, high, QColor(colours.window))
    painter.fillRect(0, high - status, wide, status, QColor(colours.nav))
    painter.fillRect(0, high - status, wide, 1, QColor(colours.line))
    if with_bars:
        painter.fillRect(0, menu, wide, top, QColor(colours.panel))
        painter.fillRect(0, menu + top, side, high - menu - top - status, QColor(colours.nav))
        painter.fillRect(0, menu + top - 1, wide, 1, QColor(colours.line))
        painter.fillRect(side - 1, menu + top, 1, high - menu - top - status, QColor(colours.line))
    painter.end()
