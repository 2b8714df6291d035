"""The frame of a dossier: top bar above, side bar at left, banners and the page shown beside it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.main_window.banners import Banners
from vto_desktop.ui.main_window.side_bar import SideBar
from vto_desktop.ui.main_window.top_bar import TopBar


class Frame(QWidget):
    """Lays out what always stands there; each page has an area that scrolls to what has no room."""

    def __init__(self, top_bar: TopBar, side_bar: SideBar, banners: Banners) -> None:
        super().__init__()
        self._side_bar = side_bar
        self._areas: dict[Page, QScrollArea] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(banners)
        right.addWidget(self._stack, 1)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(side_bar)
        below.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top_bar)
        column.addLayout(below, 1)

    def add_page(self, page: Page) -> None:
        """Give a page its area."""
        self._areas[page] = page.in_area()
        self._stack.addWidget(self._areas[page])

    def show_page(self, page: Page) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(self._areas[page])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side_bar.fit(self.width())
