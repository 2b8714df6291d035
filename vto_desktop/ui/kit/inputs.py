"""Fields that people type into; every one is imported from here and speaks the protocol of ``Input``."""

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from vto_desktop import french
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.line_input import Input, LineEdit, LineInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.pick import PickInput

__all__ = [
    "AmountInput",
    "ChoiceInput",
    "DateInput",
    "FlagInput",
    "Input",
    "LineEdit",
    "LineInput",
    "MemoInput",
    "NumberInput",
    "PercentInput",
    "PickInput",
    "TextInput",
]

LONG: Final = 20_000


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
        shown = french.number if self._grouped else str
        low, high = shown(self._low), shown(self._high)
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


GAP: Final = 4
"""Pixels of the mocks between the text of a list and its arrow."""


class _Combo(QComboBox):
    """A list that the wheel does not change by accident while one scrolls; a long text ends with « … »."""

    def __init__(self) -> None:
        super().__init__()
        self.currentTextChanged.connect(self.setToolTip)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(theme.px(GAP), 0)  # so that its longest text needs no dots

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(theme.px(GAP), 0)

    def shown_text(self) -> str:
        """Return the text as it fits."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(kind, option, part, self).width() - theme.px(GAP)
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text()
        kind = QStyle.ComplexControl.CC_ComboBox
        painter = QStylePainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawComplexControl(kind, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

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
