"""The table of every list: sort, columns as the user wants them, copy, keys that open, delete, duplicate."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTableView, QToolTip, QWidget

from vto_desktop.settings import Settings
from vto_desktop.ui.kit import clipboard, column_state, delegates, row_menu, theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.header import Header
from vto_desktop.ui.kit.rows_model import RowsModel
from vto_desktop.ui.kit.sources import MemorySource, Source
from vto_desktop.ui.kit.totals import Totals

ROW: Final = 34
_HEIGHTS: Final = {"lines": 40, "wrapped": 50}
_OPEN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class Table(QTableView):
    """A list of rows by id.

    ``name`` is what its columns are remembered by in the settings (empty: not remembered). ``source``
    defaults to a list in memory, filled by ``show_rows``. Set ``can_delete`` and ``can_duplicate`` to offer
    these acts; ``act`` adds one of the page's own to the menu.
    """

    opened = Signal(int)
    """Double click, Enter or F2 on a row: its id."""
    deleted = Signal(list)
    """Suppr on rows: their ids."""
    duplicated = Signal(int)
    """Ctrl+D on a row: its id."""
    picked = Signal(object)
    """The current row changed: its id, or None."""
    export_asked = Signal()
    """« Exporter… » was chosen."""

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source | None = None,
        *,
        name: str = "",
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.settings = settings
        self.can_delete = False
        self.can_duplicate = False
        self.can_export = bool(name)
        self._empty = ""
        self._memory = MemorySource(columns) if source is None else None
        self.rows = RowsModel(columns, self._memory or source or MemorySource(columns), self)
        self._acts: list[row_menu.Act] = []
        self._keys: dict[Qt.Key, Callable[[list[int]], object]] = {}
        self._kept: tuple[int | None, list[int], int] = (None, [], 0)
        self._last_picked: int | None = None
        self._awaited: int | None = None
        self._dress()
        self.setModel(self.rows)
        self.header = Header(self, column_state.load(settings, name, columns))
        self.totals = Totals(self)
        self.rows.modelAboutToBeReset.connect(self._keep_place)
        self.rows.modelReset.connect(self._restore_place)
        self.rows.reloaded.connect(self._restore_late)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell_picked())
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        theme.look().changed.connect(self._redress)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.verticalHeader().hide()
        for place, column in enumerate(self.rows.columns):
            delegate = delegates.for_column(column, self) or delegates.TextDelegate(self)
            self.setItemDelegateForColumn(place, delegate)
        self._set_row_height()

    def _set_row_height(self) -> None:
        high = max(_HEIGHTS.get(column.kind, ROW) for column in self.rows.columns)
        self.verticalHeader().setDefaultSectionSize(theme.px(high))
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))

    def _redress(self) -> None:
        self._set_row_height()
        self.rows.dress()
        self.header.fit()

    # --- content ---------------------------------------------------------------------------------

    def show_rows(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Show a list kept in memory: tuples ``(id, values…)``."""
        if self._memory is None:
            raise TypeError("this table has its own source")
        self._memory.replace(rows)
        self.rows.reload()

    def set_empty_text(self, text: str) -> None:
        """Say in the middle of the table why it is empty."""
        self._empty = text
        self.setAccessibleDescription("" if self.rows.rowCount() else text)
        self.viewport().update()

    def fit_height(self, most: int = 12) -> None:
        """Take just the height of the rows shown (at least one, at most ``most``)."""
        count = min(max(self.rows.rowCount(), 1), most)
        self.setFixedHeight(self.header.height() + count * self.verticalHeader().defaultSectionSize() + 2)

    def act(
        self,
        text: str,
        slot: Callable[[int], object],
        *,
        icon: str = "",
        when: Callable[[int], bool] = lambda _row: True,
    ) -> None:
        """Offer an act on one row in the table's menu; ``slot`` and ``when`` (offered at all) take its id."""
        self._acts.append(row_menu.Act(text, slot, icon, when))

    def key(self, key: Qt.Key, slot: Callable[[list[int]], object]) -> None:
        """Let a bare key act on the selected rows; ``slot`` takes their ids, in the order shown."""
        self._keys[key] = slot

    def current_id(self) -> int | None:
        """Return the id of the current row."""
        return self.rows.id_at(self.currentIndex().row())

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order; by ranges, for selectedRows() makes an object for each."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected rows, in the order shown."""
        return [found for row in self.selected_rows() if (found := self.rows.id_at(row)) is not None]

    def pick(self, identifier: int | None) -> bool:
        """Make a row current and visible; return whether it is listed."""
        row = self.rows.row_of(identifier)
        self._pick_row(row)
        return row >= 0

    def _pick_row(self, row: int) -> None:
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(self.rows.index(-1, -1))
            return
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows.index(row, self.header.first_column()), flags)
        self.scrollTo(self.currentIndex())

    def shown_columns(self) -> list[int]:
        """Return the places of the columns shown, from left to right."""
        return self.header.shown()

    def _keep_place(self) -> None:
        self._kept = (self.current_id(), self.selected_ids()[:1000], self.currentIndex().row())

    def _restore_place(self) -> None:
        """After other rows came: stay on the same one; a deleted one gives its place to the next."""
        current, selected, row = self._kept
        place = self.rows.known_row_of(current)
        self._awaited = current if place < 0 and not self.rows.is_whole else None
        if place >= 0:
            top = self.verticalScrollBar().value()
            self._pick_row(place)
            others = [i for i in selected if i != current]
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            more = QItemSelection()
            for other in self.rows.rows_of(others):
                more.select(self.rows.index(other, 0), self.rows.index(other, 0))
            self.selectionModel().select(more, flags)
            self.verticalScrollBar().setValue(top)
            self.scrollTo(self.currentIndex())
        elif current is not None and self._awaited is None and self.hasFocus() and self.rows.rowCount():
            self._pick_row(min(row, self.rows.rowCount() - 1))
        if self._awaited is None:
            self._tell_picked()

    def _restore_late(self) -> None:
        """Find the row again that was not among the first of a long list."""
        awaited, self._awaited = self._awaited, None
        if awaited is None:
            return
        place = self.rows.known_row_of(awaited)
        if place >= 0:
            self._pick_row(place)
        self._tell_picked()

    def _tell_picked(self) -> None:
        current = self.current_id()
        if current != self._last_picked:
            self._last_picked = current
            self.picked.emit(current)

    # --- keys, menu, clipboard -------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does here, if anything: also claims it from the menus of the window."""
        current = self.current_id()
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy
        if current is None:
            return None
        if event.key() in _OPEN_KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return lambda: self.opened.emit(current)
        # By its key: StandardKey.Delete is also Ctrl+D on X11, which duplicates here.
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() == Qt.Key.Key_Delete and self.can_delete:
            return lambda: self.deleted.emit(self.selected_ids() or [current])
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_D and self.can_duplicate:
            return lambda: self.duplicated.emit(current)
        slot = None if event.modifiers() else self._keys.get(Qt.Key(event.key()))
        return None if slot is None else lambda: slot(self.selected_ids() or [current])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (act := self._own(event)) is not None:
            act()
            event.accept()
            return
        super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        if (identifier := self.rows.id_at(row)) is not None:
            self.opened.emit(identifier)

    def copy(self) -> None:
        """Copy the selected rows (all when none is) with headers, as TSV and HTML."""
        self.rows.complete()  # of a long list, all rows and not the first ones read
        places = self.selected_rows() or range(self.rows.rowCount())
        shown = self.header.chosen()
        titles = [self.rows.columns[c].title for c in shown]
        right = [self.rows.columns[c].right for c in shown]
        clipboard.put(titles, ([self.rows.copied(r, c) for c in shown] for r in places), right)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return the menu of the current row."""
        return row_menu.of(self)

    def acts_on(self, identifier: int) -> list[row_menu.Act]:
        """Return the page's own acts that are offered on a row."""
        return [act for act in self._acts if act.when(identifier)]

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a cell's tip only when its text is cut, or when a bar stands for it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            whole = self.sizeHintForIndex(index).width() <= self.columnWidth(index.column())
            if index.isValid() and whole and self.rows.columns[index.column()].kind != "bar":
                QToolTip.hideText()
                return True
        return super().viewportEvent(event)

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        colours = theme.current()
        painter.setPen(QColor(colours.row_line))
        wide = self.viewport().width()
        last = self.rows.rowCount() - 1
        first, end = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        for row in range(max(first, 0), (last if end < 0 else end) + 1):
            bottom = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.drawLine(0, bottom, wide, bottom)
        if last < 0 and self._empty:
            painter.setPen(QColor(colours.secondary))
            inside = self.viewport().rect().adjusted(16, 8, -16, -8)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            painter.setPen(QPen(QColor(colours.link), 2))
            top = self.rowViewportPosition(current.row())
            painter.drawRect(1, top + 1, wide - 2, self.rowHeight(current.row()) - 2)
        painter.end()

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # the ring spans the row

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.pick(self.rows.id_at(0))
        self.viewport().update()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self.header.save_pending()  # the window may be closing

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.header.fit()
