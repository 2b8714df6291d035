"""A table whose lines fold: classes of a budget with their lines below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from vto_desktop.ui.kit import clipboard, delegates, theme
from vto_desktop.ui.kit.columns import Column, copied, written
from vto_desktop.ui.kit.rows_model import ALIGN, COLOUR, DISPLAY, ID, VALUE

ROW: Final = 34
_BRANCH: Final = ID + 1


@dataclass
class Branch:
    """One line of a tree: its id (None: cannot be opened), its values, the lines below it.

    ``tones`` colours a cell's text: column key → ``danger``, ``warn``, ``ok`` or ``secondary``.
    """

    id: int | None
    values: tuple[Any, ...]
    below: list["Branch"] = field(default_factory=list)
    key: str = ""
    """What its folding is remembered by while the tree is shown again."""
    bold: bool = False
    tones: dict[str, str] = field(default_factory=dict)
    strong: frozenset[str] = frozenset()
    """Columns whose text is bold although the line is not."""


class _ToneDelegate(QStyledItemDelegate):
    """Keeps the colour of a cell's text on a selected line."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: delegates.Index) -> None:
        super().initStyleOption(option, index)
        if (colour := index.data(COLOUR)) is not None:
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, colour)


class Tree(QTreeView):
    """Lines by class, folded or not; double click, Enter or F2 opens a line, Ctrl+C copies all shown."""

    opened = Signal(int)
    deleted = Signal(list)
    picked = Signal(object)

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.least: dict[str, int] = {}
        """Widths in pixels that columns must have, by key: an amount is never cut."""
        self.can_delete = False
        self._branches: list[Branch] = []
        self._unfolded: set[str] = set()
        self._items = QStandardItemModel(0, len(self.columns), self)
        self.setModel(self._items)
        self._dress()
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.picked.emit(self.current_id()))
        self.expanded.connect(lambda index: self._remember(index, True))
        self.collapsed.connect(lambda index: self._remember(index, False))
        theme.look().changed.connect(self._redress)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setIndentation(theme.px(18))
        self.setExpandsOnDoubleClick(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionsMovable(False)
        self.setItemDelegate(_ToneDelegate(self))
        for place, column in enumerate(self.columns):
            if made := delegates.for_column(column, self):
                self.setItemDelegateForColumn(place, made)

    # --- content ---------------------------------------------------------------------------------

    def show_branches(self, branches: Iterable[Branch]) -> None:
        """Show other lines; what was unfolded stays so."""
        self._branches = list(branches)
        current = self.current_id()
        self._items.clear()
        self._items.setColumnCount(len(self.columns))
        for place, column in enumerate(self.columns):
            self._items.setHeaderData(place, Qt.Orientation.Horizontal, column.title, DISPLAY)
            self._items.setHeaderData(place, Qt.Orientation.Horizontal, _side(column), ALIGN)
        # Never through invisibleRootItem(): PySide keeps its wrapper after C++ deleted the item, and gives it
        # back as whatever object comes to lie at that address.
        self._add(self._items, self._branches)
        for index in self._walk():
            branch = index.data(_BRANCH)
            self.setExpanded(index, branch.key in self._unfolded)
            if branch.id is not None and branch.id == current:
                self.setCurrentIndex(index)
        self.fit()

    def _add(self, parent: QStandardItemModel | QStandardItem, branches: Iterable[Branch]) -> None:
        for branch in branches:
            cells = [self._cell(branch, c, v) for c, v in zip(self.columns, branch.values, strict=True)]
            parent.appendRow(cells)
            self._add(cells[0], branch.below)

    def _cell(self, branch: Branch, column: Column, value: Any) -> QStandardItem:
        text = value if column.kind != "text" and isinstance(value, str) else written(column, value)
        item = QStandardItem(text)
        item.setData(value, VALUE)
        item.setData(branch, _BRANCH)
        item.setToolTip(text)
        bold = branch.bold or column.key in branch.strong
        item.setFont(theme.font(10, 600 if bold else 400, figures=column.right))
        item.setTextAlignment(_side(column))
        tone = branch.tones.get(column.key, "secondary" if column.muted else "")
        if tone:
            item.setForeground(QColor(theme.current().colour(tone)))
        item.setSizeHint(QSize(theme.px(40), theme.px(ROW)))
        return item

    def _redress(self) -> None:
        """Write everything again in the fonts and colours in force."""
        self.show_branches(self._branches)

    def _width(self, column: Column) -> int:
        return max(theme.px(column.width), self.least.get(column.key, 0)) if column.width else 0

    def fit(self) -> None:
        """Give each column its width, and what is left to those without one."""
        self.header().setFixedHeight(theme.px(ROW))
        shown = (c for p, c in enumerate(self.columns) if not self.isColumnHidden(p))
        taken = sum(self._width(c) for c in shown)
        flexible = [p for p, c in enumerate(self.columns) if c.width == 0]
        for place, column in enumerate(self.columns):
            left = max((self.viewport().width() - taken) // max(len(flexible), 1), theme.px(140))
            self.header().resizeSection(place, self._width(column) if column.width else left)

    def unfold(self, *keys: str) -> None:
        """Unfold the lines of these keys, now and when shown again."""
        self._unfolded.update(keys)
        for index in self._walk():
            if index.data(_BRANCH).key in keys:
                self.expand(index)

    def unfolded(self) -> set[str]:
        """Return the keys of what is unfolded."""
        return set(self._unfolded)

    def current_id(self) -> int | None:
        """Return the id of the current line."""
        branch = self.currentIndex().data(_BRANCH) if self.currentIndex().isValid() else None
        return branch.id if isinstance(branch, Branch) else None

    def pick(self, identifier: int) -> bool:
        """Make a line current and visible; return whether it is there."""
        for index in self._walk():
            if index.data(_BRANCH).id == identifier:
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return True
        return False

    def _walk(self, parent: QModelIndex = QModelIndex()) -> Iterable[QModelIndex]:  # noqa: B008 - Qt's root
        for row in range(self._items.rowCount(parent)):
            index = self._items.index(row, 0, parent)
            yield index
            yield from self._walk(index)

    def _remember(self, index: QModelIndex, unfolded: bool) -> None:
        branch = index.siblingAtColumn(0).data(_BRANCH)
        if isinstance(branch, Branch) and branch.key:
            (self._unfolded.add if unfolded else self._unfolded.discard)(branch.key)

    # --- keys ------------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        branch = index.siblingAtColumn(0).data(_BRANCH)
        if not isinstance(branch, Branch):
            return
        if branch.id is not None:
            self.opened.emit(branch.id)
        else:
            first = index.siblingAtColumn(0)
            self.setExpanded(first, not self.isExpanded(first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_id()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            if self.currentIndex().isValid():
                self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.can_delete and current is not None:
            self.deleted.emit([current])
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy all lines, folded ones too, with headers."""
        titles = [c.title for c in self.columns]
        lines = [self._copied(index.data(_BRANCH)) for index in self._walk()]
        clipboard.put(titles, lines, [c.right for c in self.columns])

    def _copied(self, branch: Branch) -> list[str]:
        pairs = zip(self.columns, branch.values, strict=True)
        return [v if isinstance(v, str) else copied(c, v) for c, v in pairs]

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        colours = theme.current()
        painter.setPen(QColor(colours.row_line))
        index = self.indexAt(event.rect().topLeft())
        while index.isValid():
            where = self.visualRect(index)
            painter.drawLine(0, where.bottom(), self.viewport().width(), where.bottom())
            if where.top() > event.rect().bottom():
                break
            index = self.indexBelow(index)
        if self.hasFocus() and self.currentIndex().isValid():
            painter.setPen(QPen(QColor(colours.link), 2))
            where = self.visualRect(self.currentIndex())
            painter.drawRect(1, where.top() + 1, self.viewport().width() - 2, where.height() - 2)
        painter.end()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.fit()


def _side(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
