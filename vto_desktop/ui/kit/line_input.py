"""What all fields share: one protocol (``Input``), and lines whose pasted text is cleaned."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme

SHORT: Final = 300


class Input(QWidget):
    """A field: its value, what is wrong with what was typed, and a signal when it changes.

    ``typed`` and ``set_typed`` give and take the raw content, so that a draft loses nothing, not even
    what cannot be read yet.
    """

    changed = Signal()

    def __init__(self, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(editor, 1)
        self.setFocusProxy(editor)

    def value(self) -> Any:
        """Return the value, None when empty or unreadable (see ``problem``)."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return what is wrong with what was typed, in French, or nothing."""
        return ""

    def typed(self) -> Any:
        """Return the raw content as a JSON value."""
        raise NotImplementedError

    def set_typed(self, typed: Any) -> None:
        """Put raw content back; content of another shape is ignored."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Return whether nothing was typed."""
        return self.value() in (None, "")

    def show_problem(self, problem: bool) -> None:
        """Mark the field in red, or not."""
        if bool(self.editor.property("problem")) != problem:
            self.editor.setProperty("problem", problem)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def show_problems_inside(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong with parts of the field, by name; most have none."""

    def problems_inside(self) -> int:
        """Return how many parts of the field are shown to be wrong."""
        return 0

    def set_read_only(self, read_only: bool) -> None:
        """Forbid changes."""
        self.editor.setEnabled(not read_only)


class LineEdit(QLineEdit):
    """One line; what is pasted is cleaned first, so that a megabyte or a NUL does no harm."""

    left = Signal()
    """The field lost the focus."""

    def __init__(self, limit: int = SHORT) -> None:
        super().__init__()
        self.setMaxLength(limit)

    def insert_clean(self, text: str) -> None:
        """Insert a text at the cursor as pasting does."""
        self.insert(french.clean(text, limit=self.maxLength()))

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+E and Ctrl+K to the window: on X11 a field takes them for its own ends of line."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_E, Qt.Key.Key_K):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_clean()
            event.accept()
            return
        super().keyPressEvent(event)

    def paste_clean(self) -> None:
        """Insert what the clipboard holds, cleaned."""
        self.insert_clean(QGuiApplication.clipboard().text()[: 4 * self.maxLength()])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LineInput(Input):
    """What fields of one line share."""

    def __init__(self, limit: int = SHORT, *, placeholder: str = "", right: bool = False) -> None:
        self.line = LineEdit(limit)
        super().__init__(self.line)
        self.line.setPlaceholderText(placeholder)
        if right:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.line.setFont(theme.font(10, figures=True))
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.line.left.connect(self.normalise)

    def text(self) -> str:
        """Return what stands in the field, cleaned."""
        return french.clean(self.line.text(), limit=self.line.maxLength())

    def normalise(self) -> None:
        """Write again what was understood, when the field is left."""

    def typed(self) -> Any:
        return self.line.text()

    def set_typed(self, typed: Any) -> None:
        if isinstance(typed, str):
            self.line.setText(french.clean(typed, limit=self.line.maxLength()))

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus)
