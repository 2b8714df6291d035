"""A line of text that suggests what is usually written there, without imposing it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCompleter

from vto_desktop.ui.kit import icons
from vto_desktop.ui.kit.inputs import TextInput


class SuggestInput(TextInput):
    """Free text; the arrow, or Down, lists suggestions."""

    def __init__(self, suggestions: Sequence[str]) -> None:
        super().__init__()
        completer = QCompleter(list(suggestions), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:
            popup.setObjectName("popup")
        self.line.setCompleter(completer)
        action = QAction(icons.icon("chevron-down", "secondary"), "Montrer les suggestions", self)
        action.triggered.connect(lambda _checked=False: self.show_all())
        self.line.addAction(action, self.line.ActionPosition.TrailingPosition)

    def show_all(self) -> None:
        """List every suggestion."""
        completer = self.line.completer()
        completer.setCompletionPrefix("")
        completer.complete()
