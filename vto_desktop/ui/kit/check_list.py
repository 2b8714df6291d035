"""A field that ticks some of a short list, each with a grey note that says why it is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.line_input import Input
from vto_desktop.ui.kit.panel import label


@dataclass(frozen=True)
class Choice:
    """One line: its id, its text, its note, and whether it is ticked until somebody says otherwise."""

    identifier: int
    text: str
    note: str = ""
    is_ticked: bool = True


class CheckListInput(Input):
    """``value`` is the list of the ids ticked; what was ticked or not stays so when the list changes."""

    def __init__(self) -> None:
        box = QWidget()
        super().__init__(box)
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self.boxes: dict[int, QCheckBox] = {}
        self._answers: dict[int, bool] = {}

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Offer these lines."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.boxes = {}
        for each in choices:
            made = QCheckBox(each.text.replace("&", "&&"))
            made.setChecked(self._answers.get(each.identifier, each.is_ticked))
            made.setAccessibleDescription(each.note)
            made.clicked.connect(lambda on, row_id=each.identifier: self._answered(row_id, on))
            self.boxes[each.identifier] = made
            self._column.addWidget(made)
            if each.note:
                note = label(each.note, "caption", wrap=True)
                note.setContentsMargins(theme.px(24), 0, 0, theme.px(4))
                self._column.addWidget(note)
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def _answered(self, identifier: int, ticked: bool) -> None:
        self._answers[identifier] = ticked
        self.changed.emit()

    def value(self) -> list[int]:
        return [identifier for identifier, box in self.boxes.items() if box.isChecked()]

    def set_value(self, value: Any) -> None:
        wanted = set(value or ())
        for identifier, box in self.boxes.items():
            box.setChecked(identifier in wanted)

    def is_empty(self) -> bool:
        return not self.value()

    def typed(self) -> Any:
        return self.value()

    def set_typed(self, typed: Any) -> None:
        if isinstance(typed, list) and all(type(each) is int for each in typed):
            self.set_value(typed)
