"""A short list whose items say more than a table row can: a name, a chip, wrapped lines, a menu of acts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.panel import label, rule

Act = tuple[str, str, Callable[[], object]]
"""Text, icon and slot of an act on an item; the first one is also what Enter, F2 and a double click do."""


@dataclass(frozen=True)
class Item:
    """One item: its name in bold, a chip beside it, lines below, grey ones, doubts; what can be done."""

    title: str
    chip: Chip | None = None
    lines: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    doubts: tuple[str, ...] = ()


class ItemView(QFrame):
    """One item on screen; it takes the focus, Enter or F2 opens it, Suppr and the menu key act on it."""

    def __init__(self, item: Item, *, writable: bool) -> None:
        super().__init__()
        self.item = item
        self.setObjectName("item")
        self._writable = writable and bool(item.acts)
        self.setAccessibleName(f"{item.title}, {item.chip}" if item.chip else item.title)
        self.setAccessibleDescription(" ".join((*item.lines, *item.captions, *item.doubts)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(6), theme.px(2), theme.px(8))
        column.setSpacing(theme.px(3))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(label(item.title, "strong", wrap=True), 1)
        if item.chip is not None and item.chip.text:
            head.addWidget(ChipLabel(item.chip), 0, Qt.AlignmentFlag.AlignVCenter)
        if self._writable:
            head.addWidget(self._more(), 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        for kind, texts in (("", item.lines), ("caption", item.captions), ("warn", item.doubts)):
            for text in filter(None, texts):
                column.addWidget(label(text, kind, wrap=True))

    def _more(self) -> QToolButton:
        """Return the button of the item's acts: a menu, or the only act itself."""
        made = QToolButton()
        made.setIconSize(QSize(theme.px(16), theme.px(16)))
        if len(self.item.acts) == 1:
            text, icon, slot = self.item.acts[0]
            made.setIcon(icons.icon(icon))
            made.setToolTip(text)
            made.setAccessibleName(f"{text}, {self.item.title}")
            made.clicked.connect(lambda _checked=False: slot())
            return made
        made.setIcon(icons.icon("ellipsis"))
        made.setToolTip("Modifier, mettre fin…")
        made.setAccessibleName(f"Actions sur {self.item.title}")
        made.clicked.connect(
            lambda _checked=False: self.menu().popup(made.mapToGlobal(made.rect().bottomLeft()))
        )
        return made

    def menu(self) -> QMenu:
        """Return the menu of the item's acts."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, icon, slot in self.item.acts:
            action = menu.addAction(icons.icon(icon), text) if icon else menu.addAction(text)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        return menu

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open()
        elif event.key() == Qt.Key.Key_Menu and self._writable:
            self.menu().popup(self.mapToGlobal(self.rect().center()))
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() == Qt.Key.Key_Delete and self._writable and self._delete():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self._writable:
            self.item.acts[0][2]()

    def _delete(self) -> bool:
        for text, _icon, slot in self.item.acts:
            if text == "Supprimer":
                slot()
                return True
        return False


class Items(QWidget):
    """Items one under the other, with a thin line between; a sentence when there is none."""

    def __init__(self, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.views: list[ItemView] = []

    def show_items(self, items: Iterable[Item], *, writable: bool = True) -> None:
        """Replace what is shown; ``writable`` offers the acts."""
        had_focus = next((n for n, view in enumerate(self.views) if view.hasFocus()), None)
        self._clear()
        self.views = [ItemView(item, writable=writable) for item in items]
        for place, view in enumerate(self.views):
            if place:
                self._column.addWidget(rule())
            self._column.addWidget(view)
        if not self.views and self._empty:
            self._column.addWidget(label(self._empty, "secondary", wrap=True))
        if had_focus is not None and self.views:
            self.views[min(had_focus, len(self.views) - 1)].setFocus()

    def texts(self) -> Sequence[str]:
        """Return the titles shown."""
        return [view.item.title for view in self.views]

    def _clear(self) -> None:
        while (found := self._column.takeAt(0)) is not None:
            if (old := found.widget()) is not None:
                old.hide()
                old.deleteLater()
