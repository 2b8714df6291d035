"""What narrows a list: the filter field and the filter chips beside it."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.line_input import LineEdit
from vto_desktop.ui.kit.panel import Button

PAUSE: Final = 60
"""Milliseconds after a key before the list is filtered, so that a fast typist is not held up."""


class FilterField(LineEdit):
    """Filters as one types; Escape clears, Down goes to the list."""

    filtered = Signal(str)
    down = Signal()

    def __init__(self, placeholder: str = "Filtrer la liste") -> None:
        super().__init__(200)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setToolTip("Ctrl+F")
        self.setClearButtonEnabled(True)
        self.addAction(
            QAction(icons.icon("search", "secondary"), "", self), self.ActionPosition.LeadingPosition
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(120))  # gives way to the chips in a narrow window
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.filter_now)
        self.textChanged.connect(lambda _text: self._pause.start())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(264), super().sizeHint().height())

    def filter_now(self) -> None:
        """Filter by what stands in the field without waiting."""
        self._pause.stop()
        self.filtered.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.filter_now()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.filter_now()
            self.down.emit()
        else:
            super().keyPressEvent(event)


class FilterChip(Button):
    """A filter with a menu of choices, or an on/off filter; filled, with ×, while it is active.

    ``choices`` gives (value, text) when the menu opens; None as value is « tous ». Without choices it is
    a switch whose value is True.
    """

    changed = Signal(str, object)

    def __init__(
        self,
        key: str,
        title: str,
        choices: Callable[[], Iterable[tuple[Any, str]]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.key = key
        self.title = title
        self.value: Any = None
        self._choices = choices
        self.setObjectName("filterChip")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign stands after the text
        self.setIconSize(QSize(theme.px(13), theme.px(13)))
        self.clicked.connect(lambda _checked=False: self._clicked())
        self.set_value(None)

    def set_value(self, value: Any, text: str = "") -> None:
        """Show a value without telling it; None is inactive."""
        self.value = value
        active = value is not None
        self.setText(f"{self.title} : {text}" if active and text else self.title)
        self.setProperty("active", "true" if active else "false")
        sign = "x" if active else "chevron-down" if self._choices else ""
        self.setIcon(icons.icon(sign, "accent" if active else "secondary") if sign else QIcon())
        self.setAccessibleName(f"{self.text()}, filtre actif" if active else f"{self.title}, filtre")
        self.style().unpolish(self)
        self.style().polish(self)

    def choose(self, value: Any, text: str = "") -> None:
        """Take a value and tell it."""
        self.set_value(value, text)
        self.changed.emit(self.key, value)

    def _clicked(self) -> None:
        if self.value is not None:
            self.choose(None)
        elif self._choices is None:
            self.choose(True)
        else:
            self.menu_of_choices().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu_of_choices(self) -> QMenu:
        """Return the menu of what can be chosen."""
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, text in self._choices() if self._choices else ():
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _=False, value=value, text=text: self.choose(value, text))
        return menu
