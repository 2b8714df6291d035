"""A table whose rows are ticked: by a click on the box, by Space or Enter on the rows chosen."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from vto_desktop.settings import Settings
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.delegates import CellDelegate
from vto_desktop.ui.kit.table import Table

BOX: Final = 16
TICKED: Final = Column("ticked", "", width=40, sortable=False)


class Tick:
    """Whether a row is ticked; written as a screen reader says it."""

    __slots__ = ("is_on",)

    def __init__(self, is_on: bool) -> None:
        self.is_on = is_on

    def __str__(self) -> str:
        return "coché" if self.is_on else "non coché"


class TickTable(Table):
    """A short list in memory; ``show_ticked`` fills it, ``ticked_ids`` gives the rows ticked, as listed."""

    ticked = Signal()
    """Some rows were ticked or not any more."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        name: str = "",
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__((TICKED, *columns), name=name, settings=settings, parent=parent)
        self._ticks: dict[int, Tick] = {}
        self.setItemDelegateForColumn(0, _TickDelegate(self))
        self.clicked.connect(self._clicked)
        self.opened.connect(lambda row_id: self.set_ticked([row_id], not self._ticks[row_id].is_on))

    def show_ticked(self, rows: Iterable[tuple[Any, ...]], ticked: Iterable[int] = ()) -> None:
        """Show rows ``(id, values…)``, these ticked."""
        chosen, kept = set(ticked), list(rows)
        self._ticks = {row[0]: Tick(row[0] in chosen) for row in kept}
        self.show_rows((row[0], self._ticks[row[0]], *row[1:]) for row in kept)
        self.ticked.emit()

    def ticked_ids(self) -> list[int]:
        """Return the ids of the rows ticked, those that a filter hides too."""
        return [row_id for row_id, tick in self._ticks.items() if tick.is_on]

    def set_ticked(self, row_ids: Iterable[int], is_on: bool) -> None:
        """Tick these rows, or none of them."""
        for row_id in row_ids:
            self._ticks[row_id].is_on = is_on
        corner = self.rows.index(self.rows.rowCount() - 1, 0)
        self.rows.dataChanged.emit(self.rows.index(0, 0), corner)
        self.ticked.emit()

    def tick_all(self, is_on: bool) -> None:
        """Tick every row listed, or none."""
        self.set_ticked(list(self.rows.ids), is_on)

    def _clicked(self, index: QModelIndex) -> None:
        row_id = self.rows.id_at(index.row())
        if index.column() == 0 and row_id is not None:
            self.set_ticked([row_id], not self._ticks[row_id].is_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.selected_ids()
        if event.key() == Qt.Key.Key_Space and chosen:
            self.set_ticked(chosen, not all(self._ticks[row_id].is_on for row_id in chosen))
            event.accept()
        else:
            super().keyPressEvent(event)


class _TickDelegate(CellDelegate):
    """The box of the style, in the middle of the cell."""

    def draw(self, painter: QPainter, rect: QRect, value: Any, option: QStyleOptionViewItem) -> None:
        box = QStyleOptionViewItem(option)
        side = theme.px(BOX)
        box.rect = QRect(rect.left(), rect.center().y() - side // 2, side, side)
        is_on = isinstance(value, Tick) and value.is_on
        box.state = QStyle.StateFlag.State_Enabled
        box.state |= QStyle.StateFlag.State_On if is_on else QStyle.StateFlag.State_Off
        view = option.widget
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, view)
