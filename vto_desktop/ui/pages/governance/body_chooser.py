"""Which body is looked at: a button each while they are few, a list once they are many."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.inputs import ChoiceInput

MOST: Final = 4  # bodies that have a button each
LETTERS: Final = 60  # of all their names


class BodyChooser(QWidget):
    """``chosen`` tells a body that somebody chose."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.group.idClicked.connect(self.chosen.emit)
        self.list = ChoiceInput([])
        self.list.editor.setAccessibleName("Instance")
        self.list.setMinimumWidth(theme.px(240))
        self.list.changed.connect(self._listed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.list)
        self.list.hide()

    def show_bodies(self, bodies: Sequence[tuple[int, str, str]], current: int | None) -> None:
        """Offer bodies, given as id, name and kind."""
        for old in self.group.buttons():
            self.group.removeButton(old)
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        many = len(bodies) > MOST or sum(len(name) for _row_id, name, _kind in bodies) > LETTERS
        self.list.setVisible(many)
        if many:
            self._set_quietly([(row_id, name) for row_id, name, _kind in bodies], current)
            return
        for row_id, name, _kind in bodies:
            made = QPushButton(name.replace("&", "&&"))
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setChecked(row_id == current)
            self.group.addButton(made, row_id)
            self._row.addWidget(made)

    def set_current(self, body_id: int) -> None:
        """Show which body is looked at."""
        if (made := self.group.button(body_id)) is not None:
            made.setChecked(True)
        elif not self.list.isHidden():
            self._set_quietly(None, body_id)

    def _set_quietly(self, bodies: list[tuple[int, str]] | None, current: int | None) -> None:
        self.list.blockSignals(True)
        if bodies is not None:
            self.list.set_choices(bodies)
        self.list.set_value(current)
        self.list.blockSignals(False)

    def _listed(self) -> None:
        if (body_id := self.list.value()) is not None:
            self.chosen.emit(body_id)
