"""Fields that people type into: text, memo, whole number, percentage, yes or no, choice.

All of them speak one protocol (``Input``); ``money_and_dates`` has AmountInput and DateInput, ``pick`` has
PickInput.
"""

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme

SHORT: Final = 300
LONG: Final = 20_000


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


class TextInput(LineInput):
    """One line of text."""

    def value(self) -> str:
        return self.text()

    def set_value(self, value: Any) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)


class NumberInput(LineInput):
    """A whole number, with spaces if one likes; None when empty."""

    def __init__(self, low: int = 0, high: int = 10**9, *, grouped: bool = True) -> None:
        super().__init__(20, right=True)
        self._low, self._high, self._grouped = low, high, grouped

    def value(self) -> int | None:
        bare = "".join(self.text().replace(french.MINUS, "-").split())
        number = (
            int(bare) if bare.lstrip("-").isdecimal() and bare.count("-") <= bare.startswith("-") else None
        )
        return number if number is not None and self._low <= number <= self._high else None

    def set_value(self, value: Any) -> None:
        shown = french.number if self._grouped else str
        self.line.setText("" if value is None else shown(int(value)))

    def problem(self) -> str:
        if not self.text() or self.value() is not None:
            return ""
        low, high = french.number(self._low), french.number(self._high)
        return f"Indiquez un nombre entier entre {low} et {high}."

    def normalise(self) -> None:
        if (value := self.value()) is not None:
            self.set_value(value)


class PercentInput(LineInput):
    """A percentage kept in hundredths of a percent (5650 for 56,5 %); None when empty."""

    def __init__(self, high: int = 10_000) -> None:
        super().__init__(12, right=True)
        self._high = high

    def value(self) -> int | None:
        try:
            hundredths = french.parse_amount(self.text().replace("%", ""))
        except french.Unreadable:
            return None
        return hundredths if 0 <= hundredths <= self._high else None

    def set_value(self, value: Any) -> None:
        decimals = 0 if value is None or value % 100 == 0 else 1 if value % 10 == 0 else 2
        self.line.setText("" if value is None else french.percent(int(value), 10_000, decimals=decimals))

    def problem(self) -> str:
        if not self.text() or self.value() is not None:
            return ""
        high = french.percent(self._high, 10_000)
        return f"Indiquez un pourcentage entre 0 et {high}, par exemple 56,5."

    def normalise(self) -> None:
        if (value := self.value()) is not None:
            self.set_value(value)


class _Memo(QPlainTextEdit):
    """Several lines; Tab leaves, pasting is cleaned."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        room = max(self.limit - len(self.toPlainText()), 0)
        text = french.clean(source.text()[: 4 * self.limit], limit=self.limit, keep_lines=True)
        self.insertPlainText(text[:room])


class MemoInput(Input):
    """Several lines of text; Ctrl+Enter still saves the form."""

    def __init__(self, limit: int = LONG, *, lines: int = 3, placeholder: str = "") -> None:
        self.memo = _Memo(limit)
        super().__init__(self.memo)
        self._limit = limit
        self.memo.setPlaceholderText(placeholder)
        self.memo.setFixedHeight(theme.px(14 + 20 * lines))
        self.memo.textChanged.connect(self.changed.emit)

    def value(self) -> str:
        return french.clean(self.memo.toPlainText(), limit=self._limit, keep_lines=True)

    def set_value(self, value: Any) -> None:
        self.memo.setPlainText(value or "")

    def problem(self) -> str:
        if len(self.memo.toPlainText()) <= self._limit:
            return ""
        return f"Ce texte dépasse {french.number(self._limit)} caractères."

    def typed(self) -> Any:
        return self.memo.toPlainText()

    def set_typed(self, typed: Any) -> None:
        if isinstance(typed, str):
            self.memo.setPlainText(french.clean(typed, limit=self._limit, keep_lines=True))


class FlagInput(Input):
    """Yes or no; the text stands beside the box."""

    def __init__(self, text: str = "") -> None:
        self.box = QCheckBox(text)
        super().__init__(self.box)
        self.box.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    def is_empty(self) -> bool:
        return False

    def typed(self) -> Any:
        return self.box.isChecked()

    def set_typed(self, typed: Any) -> None:
        if isinstance(typed, bool):
            self.box.setChecked(typed)


class _Combo(QComboBox):
    """A list that the wheel does not change by accident while one scrolls the form."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceInput(Input):
    """One of a few; ``choices`` are (value, French text), ``empty`` is the text of no choice, if allowed.

    A value that is no longer offered stays shown and kept.
    """

    def __init__(self, choices: Iterable[tuple[Any, str]], *, empty: str | None = None) -> None:
        self.combo = _Combo()
        super().__init__(self.combo)
        self._values: list[Any] = []
        self._empty = empty
        self.set_choices(choices)
        self.combo.currentIndexChanged.connect(lambda _place: self.changed.emit())

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other choices; the value stays when it is still offered."""
        before = self.value() if self._values else None
        offered = [*([(None, self._empty)] if self._empty is not None else []), *choices]
        self.combo.blockSignals(True)
        self.combo.clear()
        self._values = [value for value, _text in offered]
        self.combo.addItems([text for _value, text in offered])
        self.combo.setCurrentIndex(self._values.index(before) if before in self._values else 0)
        self.combo.blockSignals(False)

    def value(self) -> Any:
        place = self.combo.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def set_value(self, value: Any) -> None:
        if value not in self._values and value is not None:
            self._values.append(value)
            self.combo.addItem(str(value))
        if value in self._values:
            self.combo.setCurrentIndex(self._values.index(value))

    def typed(self) -> Any:
        return self.combo.currentText()

    def set_typed(self, typed: Any) -> None:
        place = self.combo.findText(typed) if isinstance(typed, str) else -1
        if place >= 0:
            self.combo.setCurrentIndex(place)
