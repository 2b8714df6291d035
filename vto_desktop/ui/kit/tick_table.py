"""A table whose rows are ticked: by a click on the box, by Space or Enter on the rows chosen."""

from collections.abc import Callable, Iterable, Sequence
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
    """A short list in memory; ``show_ticked`` fills it, ``ticked_ids`` gives the rows ticked, as listed.

    ``can_tick`` says which rows have a box at all; without ``ticks_on_open`` Enter is for the page to use.
    """

    ticked = Signal()
    """Some rows were ticked or not any more."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        name: str = "",
        settings: Settings | None = None,
        parent: QWidget | None = None,
        can_tick: Callable[[int], bool] = lambda _row_id: True,
        ticks_on_open: bool = True,
    ) -> None:
        super().__init__((TICKED, *columns), name=name, settings=settings, parent=parent)
        self._ticks: dict[int, Tick] = {}
        self._can_tick = can_tick
        self.setItemDelegateForColumn(0, _TickDelegate(self))
        self.clicked.connect(self._clicked)
        if ticks_on_open:
            self.opened.connect(lambda row_id: self._toggle([row_id]))

    def show_ticked(self, rows: Iterable[tuple[Any, ...]], ticked: Iterable[int] = ()) -> None:
        """Show rows ``(id, values…)``, these ticked."""
        chosen, kept = set(ticked), list(rows)
        self._ticks = {row[0]: Tick(row[0] in chosen) for row in kept if self._can_tick(row[0])}
        self.show_rows((row[0], self._ticks.get(row[0]), *row[1:]) for row in kept)
        self.ticked.emit()

    def ticked_ids(self) -> list[int]:
        """Return the ids of the rows ticked, those that a filter hides too."""
        return [row_id for row_id, tick in self._ticks.items() if tick.is_on]

    def set_ticked(self, row_ids: Iterable[int], is_on: bool) -> None:
        """Tick these rows, or none of them."""
        for row_id in row_ids:
            if row_id in self._ticks:
                self._ticks[row_id].is_on = is_on
        corner = self.rows.index(self.rows.rowCount() - 1, 0)
        self.rows.dataChanged.emit(self.rows.index(0, 0), corner)
        self.ticked.emit()

    def tick_all(self, is_on: bool) -> None:
        """Tick every row listed, or none."""
        self.set_ticked(list(self.rows.ids), is_on)

    def _toggle(self, row_ids: Sequence[int]) -> None:
        """Tick all these rows, unless all are."""
        ticks = [self._ticks[row_id].is_on for row_id in row_ids if row_id in self._ticks]
        self.set_ticked(row_ids, not all(ticks))

    def _clicked(self, index: QModelIndex) -> None:
        row_id = self.rows.id_at(index.row())
        if index.column() == 0 and row_id is not None:
            self._toggle([row_id])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.selected_ids()
        if event.key() == Qt.Key.Key_Space and chosen:
            self._toggle(chosen)
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
