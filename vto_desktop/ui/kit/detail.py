"""The detail panel beside a list: who it is, tabs of content, actions pinned at the bottom."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.panel import button, label, rule, scrolled


class Detail(QFrame):
    """Name, second line and state chips above; tabs in the middle; actions below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._nothing = label("Choisissez une ligne pour voir le détail.", "secondary", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(24, 24, 24, 24)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._content())

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(10))
        head.setSpacing(theme.px(4))
        self.heading = label("", "detailTitle", wrap=True)
        self.subheading = label("", "caption", wrap=True)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.px(6))
        self._chips.addStretch(1)
        head.addWidget(self.heading)
        head.addWidget(self.subheading)
        head.addLayout(self._chips)
        column.addLayout(head)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setObjectName("detail")
        self.tabs.tabBar().setObjectName("detailTabs")  # five of them stand side by side
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setUsesScrollButtons(True)
        column.addWidget(self.tabs, 1)
        self._rule = rule()
        column.addWidget(self._rule)
        self._actions = QHBoxLayout()
        self._actions.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        self._actions.setSpacing(theme.px(8))
        self._actions.addStretch(1)
        column.addLayout(self._actions)
        return content

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(theme.px(280), theme.px(220)))

    def show_nothing(self) -> None:
        """Say that no row is chosen."""
        self._stack.setCurrentIndex(0)

    def show_content(self) -> None:
        """Show the row's content."""
        self._stack.setCurrentIndex(1)

    def head(self, title: str, below: str = "", chips: Iterable[Chip] = ()) -> None:
        """Say who or what is shown."""
        self.heading.setText(title)
        self.subheading.setText(below)
        self.subheading.setVisible(bool(below))
        while self._chips.count() > 1:
            item = self._chips.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, chip in enumerate(chips):
            self._chips.insertWidget(place, ChipLabel(chip))

    def tab(self, title: str) -> QVBoxLayout:
        """Add a tab and return the column to fill; it scrolls."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(10))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.tabs.addTab(scrolled(inside), title.replace("&", "&&"))
        self.tabs.tabBar().setVisible(self.tabs.count() > 1)
        return column

    def action(self, text: str, slot: Callable[[], object], *, icon: str = "") -> QPushButton:
        """Add a pinned action."""
        made = button(text, slot, icon=icon)
        self._actions.insertWidget(self._actions.count() - 1, made)
        return made
