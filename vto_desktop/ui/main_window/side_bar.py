"""The side bar: one line a page, its icon, a mark on the page shown; collapsible to the icons."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop.ui.kit import icons, theme

WIDE: Final = 208
NARROW: Final = 56
ROOM: Final = 1000
"""Width of the window, in pixels of the mocks, below which the pages need the room of the texts."""
_BY_KEYS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class NavItem(QAbstractButton):
    """One line: icon, text, and at its left a mark 3 px wide when it is chosen."""

    def __init__(self, text: str, icon: str, *, page: bool = True) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setCheckable(page)
        self.setAutoExclusive(page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if not page else Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(theme.px(40))
        self._icon = icon
        self._page = page
        self._by_keys = False
        self.is_narrow = False

    def set_icon_name(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(NARROW if self.is_narrow else WIDE) - theme.px(8) - theme.px(9), theme.px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), theme.px(32))  # closer together in a low window

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keys = event.reason() in _BY_KEYS
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selected if self.isChecked() else colours.hover))
            painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.fillRect(QRectF(0, theme.px(12), 3, box.height() - theme.px(24)), QColor(colours.link))
        if self.hasFocus() and self._by_keys:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.link), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        side = theme.px(18)
        role = "accent" if self.isChecked() else "text" if self._page else "secondary"
        left = (self.width() - side) // 2 if self.is_narrow else theme.px(12)
        icons.icon(self._icon, role).paint(
            painter, QRect(left, (self.height() - side) // 2, side, side), Qt.AlignmentFlag.AlignCenter
        )
        if not self.is_narrow:
            painter.setFont(theme.font(10, 600 if self.isChecked() else 400))
            painter.setPen(QColor(colours.colour(role)))
            words = self.rect().adjusted(theme.px(42), 0, -theme.px(4), 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.text())
        painter.end()


class SideBar(QFrame):
    """The pages from top to bottom, and « Réduire » at the bottom; the arrows walk it."""

    chosen = Signal(str)
    collapsed = Signal(bool)

    def __init__(self, pages: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_collapsed = False
        self._chosen = False
        self._is_forced = False
        self.setAccessibleName("Navigation")
        self.items: dict[str, NavItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(16), theme.px(9), theme.px(8))
        column.setSpacing(0)
        for place, (key, title, icon) in enumerate(pages):
            item = NavItem(title, icon)
            item.setToolTip(f"{title} (Ctrl+{place + 1})")
            item.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self.items[key] = item
            column.addWidget(item)
        column.addStretch(1)
        self.fold = NavItem("Réduire", "panel-left-close", page=False)
        self.fold.clicked.connect(lambda _on=False: self.set_collapsed(not self.is_collapsed))
        column.addWidget(self.fold)
        self.set_collapsed(False)

    def set_current(self, key: str) -> None:
        """Mark the page shown."""
        if key in self.items:
            self.items[key].setChecked(True)

    def set_collapsed(self, collapsed: bool) -> None:
        """Show the icons only, or the texts too; in a narrow window that is for now, and not told."""
        told = collapsed != self._chosen and not self._is_forced
        self._show(collapsed)
        if told:
            self._chosen = collapsed
            self.collapsed.emit(collapsed)

    def fit(self, room: int) -> None:
        """Show the icons only as soon as the window is narrow, then what was chosen again."""
        is_narrow = room < theme.px(ROOM)
        if is_narrow != self._is_forced:
            self._is_forced = is_narrow
            self._show(is_narrow or self._chosen)

    def _show(self, collapsed: bool) -> None:
        self.is_collapsed = collapsed
        self.setFixedWidth(theme.px(NARROW if collapsed else WIDE))
        for item in (*self.items.values(), self.fold):
            item.is_narrow = collapsed
            item.update()
        self.fold.setText("Déployer" if collapsed else "Réduire")
        self.fold.setAccessibleName(self.fold.text() + " la navigation")
        self.fold.setToolTip(self.fold.accessibleName())
        self.fold.set_icon_name("panel-left-open" if collapsed else "panel-left-close")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        items = [*self.items.values(), self.fold]
        step = _STEPS.get(Qt.Key(event.key()))
        place = next((n for n, item in enumerate(items) if item.hasFocus()), None)
        if step is None or place is None:
            super().keyPressEvent(event)
            return
        items[(place + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        painter.fillRect(self.rect(), QColor(colours.nav))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(colours.line))
        painter.end()
