"""One model for every list: it keeps the ids in order and fetches pages of rows when they are painted."""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont

from vto_desktop.ui.kit import columns as columns_
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column, copied, written
from vto_desktop.ui.kit.sources import Source
from vto_desktop.ui.kit.unexpected import guarded

Index = QModelIndex | QPersistentModelIndex

PAGE: Final = 64
PAGES_KEPT: Final = 48
FIRST: Final = 4 * PAGE
"""Ids read at once of a long list; the rest follows when the list is painted."""
REST: Final = 120
"""Milliseconds before the rest is read and told, so that it never holds up the next key."""

# Plain integers: comparing two enum members in data() costs twice the repaint.
DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
ALIGN: Final = int(Qt.ItemDataRole.TextAlignmentRole)
FONT: Final = int(Qt.ItemDataRole.FontRole)
COLOUR: Final = int(Qt.ItemDataRole.ForegroundRole)
TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
VALUE: Final = int(Qt.ItemDataRole.UserRole)
ID: Final = int(Qt.ItemDataRole.UserRole) + 1

_NEVER: Final = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.BackgroundRole,
        Qt.ItemDataRole.CheckStateRole,
        Qt.ItemDataRole.SizeHintRole,
    )
)

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class _Page:
    """The rows of one page: values as fetched, texts as shown, written when a row is first seen."""

    __slots__ = ("_columns", "texts", "values")

    def __init__(self, columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> None:
        self._columns = columns
        self.values = rows
        self.texts: list[tuple[str, ...] | None] = [None] * len(rows)

    def write(self, place: int) -> tuple[str, ...]:
        """Write the texts of one row."""
        made = self.texts[place] = tuple(map(written, self._columns, self.values[place]))
        return made


class RowsModel(QAbstractTableModel):
    """A list of any length: ids in an array, pages of rows fetched when seen and forgotten in turn."""

    reloaded = Signal()
    """All ids were read again (new filter, order or content); told a moment later when there may be many."""

    def __init__(self, columns: Sequence[Column], source: Source, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source = source
        self._ids: Sequence[int] = array("q")
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._text = ""
        self._chips: dict[str, Any] = {}
        self._sort_key = ""
        self._descending = False
        self._loaded = False
        self._is_whole = True
        self._is_told = True
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.complete)
        self._aligned = tuple(_RIGHT if c.right else _LEFT for c in self.columns)
        self._fonts: tuple[QFont | None, ...] = ()
        self._muted: tuple[QColor | None, ...] = ()
        self._dress()

    def _dress(self) -> None:
        """Prepare what data() gives back, once for a palette and a size."""
        self._fonts = tuple(_column_font(c) for c in self.columns)
        grey = QColor(theme.current().secondary)
        self._muted = tuple(grey if c.muted else None for c in self.columns)

    def dress(self) -> None:
        """Take the fonts and colours in force again."""
        self._dress()
        if self._ids:
            corner = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), corner)

    # --- what is listed --------------------------------------------------------------------------

    @property
    def ids(self) -> Sequence[int]:
        """The ids listed, in order."""
        self.complete()
        return self._ids

    @property
    def is_whole(self) -> bool:
        """Whether all ids were read; else only the first of a long list were, and the rest is on its way."""
        return self._is_whole

    @property
    def filter_text(self) -> str:
        """The text filtered by."""
        return self._text

    @property
    def chips(self) -> Mapping[str, Any]:
        """The filter chips in force: key → value."""
        return self._chips

    @property
    def order(self) -> tuple[str, bool]:
        """The key sorted by (empty for the source's own order) and whether descending."""
        return self._sort_key, self._descending

    @property
    def loaded(self) -> bool:
        """Whether ids were read at least once."""
        return self._loaded

    def set_filter(self, text: str, chips: Mapping[str, Any] | None = None) -> None:
        """Filter by a text in every column and by chips; reads the ids again when something changed."""
        wanted = dict(self._chips if chips is None else chips)
        if not self._loaded or (text, wanted) != (self._text, self._chips):
            self._text, self._chips = text, wanted
            self.reload()

    def set_order(self, sort_key: str, descending: bool = False) -> None:
        """Sort by a column's key (empty: the source's own order)."""
        if (sort_key, descending) != (self._sort_key, self._descending):
            self._sort_key, self._descending = sort_key, descending
            if self._loaded:
                self.reload()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self.columns[column].key if 0 <= column < len(self.columns) else ""
        self.set_order(key, order == Qt.SortOrder.DescendingOrder)

    def reload(self) -> None:
        """Read the ids again and forget all rows fetched; of a long list the first ids now, the rest soon."""
        self._rest.stop()
        asked = (self._text, self._chips, self._sort_key, self._descending)
        first_ids = getattr(self._source, "first_ids", None)
        found = first_ids(*asked, FIRST) if first_ids is not None else None
        is_whole = found is None or len(found) < FIRST
        if found is None:
            found = self._source.ids(*asked)
        self.beginResetModel()
        self._ids = found
        self._pages.clear()
        self._loaded = True
        self._is_whole = is_whole
        self._is_told = first_ids is None
        self.endResetModel()
        if self._is_told:
            self.reloaded.emit()
        else:
            self._rest.start()

    def leave_rest(self) -> None:
        """Read no more of the list: what it came from is no longer there."""
        self._rest.stop()

    def complete(self) -> None:
        """Read now what was left for later, and tell that all is there."""
        if self._is_told:
            return
        self._rest.stop()
        self._is_told = True
        if not self._is_whole:
            self._read_rest()
        self.reloaded.emit()

    def _read_rest(self) -> None:
        """Read all ids; the rows already listed stay where they are."""
        self._is_whole = True
        found = self._source.ids(self._text, self._chips, self._sort_key, self._descending)
        known = len(self._ids)
        if len(found) > known and list(found[:known]) == list(self._ids):
            self.beginInsertRows(QModelIndex(), known, len(found) - 1)
            self._ids = found
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._ids = found
            self._pages.clear()
            self.endResetModel()

    def id_at(self, row: int) -> int | None:
        """Return the id of a row, or None outside."""
        return int(self._ids[row]) if 0 <= row < len(self._ids) else None

    def row_of(self, identifier: int | None) -> int:
        """Return the row of an id, or -1."""
        row = self.known_row_of(identifier)
        if row < 0 and identifier is not None and not self._is_whole:
            self.complete()
            row = self.known_row_of(identifier)
        return row

    def known_row_of(self, identifier: int | None) -> int:
        """Return the row of an id among those read so far, or -1."""
        if identifier is None:
            return -1
        try:
            return self._ids.index(identifier)  # a scan in C: no map of 100,000 ids for one question
        except ValueError:
            return -1

    def rows_of(self, identifiers: Iterable[int]) -> list[int]:
        """Return the rows of several ids that are listed, in one pass."""
        wanted = set(identifiers)
        return [row for row, i in enumerate(self._ids) if i in wanted] if wanted else []

    def values(self, row: int) -> tuple[Any, ...]:
        """Return the values of one row."""
        return self._page(row).values[row % PAGE]

    def all_values(self) -> Iterable[tuple[Any, ...]]:
        """Return the values of every row listed, fetched page by page (to copy or export)."""
        self.complete()
        for start in range(0, len(self._ids), PAGE):
            yield from self._source.rows(self._ids[start : start + PAGE])

    def copied(self, row: int, column: int) -> str:
        """Return a cell as it is copied."""
        return copied(self.columns[column], self.values(row)[column])

    def _page(self, row: int) -> _Page:
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            start = number * PAGE
            page = _Page(self.columns, self._source.rows(self._ids[start : start + PAGE]))
            self._pages[number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return page

    # --- what Qt asks ----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    @guarded(None)  # an exception half-way through a repaint ends the process
    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: PLR0911 - the hot path of a repaint
        if role == DISPLAY:
            row = index.row()
            page, place = self._page(row), row % PAGE
            return (page.texts[place] or page.write(place))[index.column()]
        if role in _NEVER:
            return None
        if role == ALIGN:
            return self._aligned[index.column()]
        if role == FONT:
            return self._fonts[index.column()]
        if role == COLOUR:
            return self._muted[index.column()]
        if role == VALUE:
            return self.values(index.row())[index.column()]
        if role in (TIP, SPOKEN):
            return copied(self.columns[index.column()], self.values(index.row())[index.column()])
        if role == ID:
            return self._ids[index.row()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].title
        if role == ALIGN:
            return self._aligned[section]
        if role == TIP:
            return self.columns[section].tip or self.columns[section].title
        return None


def _column_font(column: Column) -> QFont | None:
    figures = column.kind in columns_.FIGURES
    if not figures and not column.bold:
        return None
    return theme.font(10, 600 if column.bold else 400, figures=figures)
