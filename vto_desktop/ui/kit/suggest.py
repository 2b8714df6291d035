"""A line of text that suggests what is usually written there, without imposing it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

from vto_desktop.ui.kit import icons
from vto_desktop.ui.kit.inputs import TextInput


class SuggestInput(TextInput):
    """Free text; the arrow, or Down, lists suggestions."""

    def __init__(self, suggestions: Sequence[str]) -> None:
        super().__init__()
        self._suggestions = tuple(suggestions)
        action = QAction(icons.icon("chevron-down", "secondary"), "Montrer les suggestions", self)
        action.triggered.connect(lambda _checked=False: self.show_all())
        self.line.addAction(action, self.line.ActionPosition.TrailingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.show_all()
        else:
            super().keyPressEvent(event)

    def show_all(self) -> None:
        """List every suggestion below the field."""
        if not self.line.isReadOnly():
            self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the menu of suggestions."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width())
        for text in self._suggestions:
            chosen = menu.addAction(text.replace("&", "&&"))
            chosen.triggered.connect(lambda _checked=False, text=text: self._take(text))
        return menu

    def _take(self, text: str) -> None:
        self.set_value(text)
        self.line.setFocus()
