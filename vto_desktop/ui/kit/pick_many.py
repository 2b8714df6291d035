"""A field that picks several things, one after the other, each listed below with a button that removes it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.inputs import Input
from vto_desktop.ui.kit.pick import Found, PickInput

ROW = 30
MOST_SEEN = 5


class PickManyInput(Input):
    """Picks ids, kept in the order picked; Suppr on a listed one, or its cross, removes it.

    ``value`` is a list of ids; a text that is no picked thing is a problem, as in PickInput.
    """

    def __init__(
        self,
        search: Callable[[str], Sequence[Found]],
        label_of: Callable[[int], str],
        *,
        placeholder: str = "Tapez une partie du nom pour ajouter",
    ) -> None:
        self._ids: list[int] = []
        self._label_of = label_of
        self.pick = PickInput(lambda text: self._others(search(text)), label_of, placeholder=placeholder)
        self.list = _Listed(self)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.pick)
        column.addWidget(self.list)
        super().__init__(box)
        self.editor = self.pick.editor
        self.setFocusProxy(self.pick.line)
        self.pick.picked.connect(self._take)
        self.pick.changed.connect(self.changed.emit)
        self._show()

    def _others(self, found: Sequence[Found]) -> list[Found]:
        return [each for each in found if each[0] not in self._ids]

    def _take(self, identifier: Any) -> None:
        if identifier is None:
            return
        if identifier not in self._ids:
            self._ids.append(int(identifier))
        self.pick.set_value(None)
        self._show()
        self.changed.emit()

    def remove(self, identifier: int) -> None:
        """Take one out of the list."""
        self._ids = [each for each in self._ids if each != identifier]
        self._show()
        self.changed.emit()

    def value(self) -> list[int]:
        return list(self._ids)

    def set_value(self, value: Any) -> None:
        wanted: Iterable[int] = value or ()
        self._ids = list(dict.fromkeys(int(each) for each in wanted))
        self._show()

    def is_empty(self) -> bool:
        return not self._ids

    def problem(self) -> str:
        return self.pick.problem()

    def typed(self) -> Any:
        return [list(self._ids), self.pick.line.text()]

    def set_typed(self, typed: Any) -> None:
        match typed:
            case [[*ids], str(text)] if all(type(each) is int for each in ids):
                self.set_value(ids)
                self.pick.line.setText(text)

    def set_read_only(self, read_only: bool) -> None:
        self.pick.set_read_only(read_only)
        self.list.setEnabled(not read_only)

    def _show(self) -> None:
        self.list.clear()
        for identifier in self._ids:
            item = QListWidgetItem(icons.icon("x", "secondary"), self._label_of(identifier))
            item.setData(int(Qt.ItemDataRole.UserRole), identifier)
            item.setSizeHint(QSize(0, theme.px(ROW)))
            item.setToolTip("Suppr ou clic sur la croix pour retirer")
            self.list.addItem(item)
        self.list.setVisible(bool(self._ids))
        self.list.setFixedHeight(min(len(self._ids), MOST_SEEN) * theme.px(ROW) + 2)


class _Listed(QListWidget):
    """What was picked so far."""

    def __init__(self, field: PickManyInput) -> None:
        super().__init__()
        self._field = field
        self.setObjectName("picked")
        self.setAccessibleName("Éléments choisis")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.itemClicked.connect(self._clicked)

    def _clicked(self, item: QListWidgetItem) -> None:
        """Remove when the cross itself was clicked."""
        where = self.viewport().mapFromGlobal(self.cursor().pos())
        if where.x() <= theme.px(28):
            self._remove(item)

    def _remove(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._field.remove(int(item.data(int(Qt.ItemDataRole.UserRole))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self.currentItem())
        else:
            super().keyPressEvent(event)
