"""Fields that few need, folded behind a line that one opens."""

from collections.abc import Iterable

from PySide6.QtWidgets import QPushButton

from vto_desktop.ui.kit import icons
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.panel import button


class Disclosure:
    """A line with an arrow; its fields show while it is open, and stay open when they hold something."""

    def __init__(self, title: str) -> None:
        self.line: QPushButton = button(title, self._toggle, icon="chevron-right", kind="link")
        self.line.setStyleSheet("text-align: left")
        self._fields: list[Field] = []
        self.is_open = False

    def holds(self, fields: Iterable[Field]) -> None:
        """Take the fields to fold; they are still placed in the form by the form."""
        self._fields = list(fields)
        self.open(any(not field.input.is_empty() for field in self._fields))

    def open(self, is_open: bool) -> None:
        """Show or hide the fields."""
        self.is_open = is_open
        self.line.setIcon(icons.icon("chevron-down" if is_open else "chevron-right", "link"))
        self.line.setAccessibleDescription("ouvert" if is_open else "fermé")
        for field in self._fields:
            field.setVisible(is_open)

    def _toggle(self) -> None:
        self.open(not self.is_open)
        if self.is_open and self._fields:
            self._fields[0].input.setFocus()
