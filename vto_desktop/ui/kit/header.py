"""The head of a table: sort by click, columns moved, resized, shown or hidden, and remembered."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMenu

from vto_desktop.ui.kit import column_state, theme
from vto_desktop.ui.kit.column_state import ColumnState
from vto_desktop.ui.kit.columns import Column

if TYPE_CHECKING:
    from vto_desktop.ui.kit.table import Table

HEIGHT = 34
SOFT = frozenset({"text", "noted", "lines", "wrapped"})
SHORT = 110
"""Width, in pixels of the mocks, up to which a text is a code or a word: part of it says nothing."""


class Header(QObject):
    """Lays out the columns of one table and remembers what the user makes of them."""

    def __init__(self, table: "Table", state: ColumnState) -> None:
        super().__init__(table)
        self._table = table
        self._state = state
        self._own_change = False
        self._columns = table.rows.columns
        self._keys = [c.key for c in self._columns]
        view = table.horizontalHeader()
        self._view = view
        view.setSectionsMovable(True)
        view.setSectionsClickable(True)
        view.setHighlightSections(False)
        view.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: self.menu().popup(view.mapToGlobal(at)))
        view.sectionClicked.connect(self._clicked)
        view.sectionResized.connect(self._resized)
        view.sectionMoved.connect(lambda *_: self._changed())
        self._saving = QTimer(self, singleShot=True, interval=300)
        self._saving.timeout.connect(self.save)
        self._apply()

    # --- what others ask -------------------------------------------------------------------------

    def height(self) -> int:
        """Return the height of the head."""
        return theme.px(HEIGHT)

    def shown(self) -> list[int]:
        """Return the places of the columns shown, from left to right."""
        return [c for c in self.chosen() if not self._view.isSectionHidden(c)]

    def chosen(self) -> list[int]:
        """Return the places of the columns shown or left out for want of room, from left to right."""
        order = (self._view.logicalIndex(v) for v in range(self._view.count()))
        return [c for c in order if self._keys[c] not in self._state.hidden]

    def first_column(self) -> int:
        """Return the leftmost column shown."""
        return next(iter(self.shown()), 0)

    def reset(self) -> None:
        """Forget what the user made of the columns."""
        column_state.keep(self._table.settings, self._table.name, None)
        self._state = ColumnState.default(self._columns)
        self._apply()

    def show_column(self, key: str, shown: bool) -> None:
        """Show or hide a column; the last one shown stays."""
        if not shown and len(self.shown()) <= 1:
            return
        state = self._state
        state.hidden = [k for k in state.hidden if k != key] + ([] if shown else [key])
        state.wanted = [k for k in state.wanted if k != key] + ([key] if shown else [])
        self._changed()
        self.fit()

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column (empty key: the source's own order) and show it in the head."""
        self._state.sort_key, self._state.descending = key, descending
        self._show_order()
        self._table.rows.set_order(key, descending)

    def menu(self) -> QMenu:
        """Return the menu that chooses columns."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._columns):
            action = menu.addAction(column.title or column.key)
            action.setCheckable(True)
            action.setChecked(not self._view.isSectionHidden(place))
            action.toggled.connect(lambda on, key=column.key: self.show_column(key, on))
        menu.addSeparator()
        menu.addAction("Ajuster les largeurs").triggered.connect(lambda _=False: self.widen())
        menu.addAction("Réinitialiser les colonnes").triggered.connect(lambda _=False: self.reset())
        return menu

    def widen(self) -> None:
        """Give every column the width its visible texts need."""
        self._table.resizeColumnsToContents()
        self._changed()

    # --- layout ----------------------------------------------------------------------------------

    def _apply(self) -> None:
        self._own_change = True
        state = self._state
        for place, key in enumerate(state.order):
            self._view.moveSection(self._view.visualIndex(self._keys.index(key)), place)
        self._own_change = False
        self._show_order()
        self._table.rows.set_order(state.sort_key, state.descending)
        self.fit()

    def _show_order(self) -> None:
        key = self._state.sort_key
        down = Qt.SortOrder.DescendingOrder if self._state.descending else Qt.SortOrder.AscendingOrder
        self._view.setSortIndicatorShown(bool(key))
        self._view.setSortIndicator(self._keys.index(key) if key else -1, down)

    def fit(self) -> None:
        """Give remembered widths, those of the columns, and what is left to the columns without width."""
        self._own_change = True
        self._view.setFixedHeight(self.height())
        self._view.setMinimumSectionSize(theme.px(40))
        room = self._table.viewport().width()
        shown = self._with_room(room)
        for place in range(len(self._keys)):
            self._view.setSectionHidden(place, place not in shown)
        for place, wide in self._widths(room).items():
            self._view.resizeSection(place, wide)
        self._own_change = False

    def _with_room(self, room: int) -> list[int]:
        """Return the columns chosen, without the spare ones for which there is no room."""
        shown = self.chosen()
        spare = [p for p in shown if self._columns[p].spare and self._keys[p] not in self._state.wanted]
        for place in sorted(spare, key=lambda p: -self._columns[p].spare):
            if sum(map(self._least, shown)) <= room:
                break
            shown.remove(place)
        return shown

    def _least(self, place: int) -> int:
        """Return the width that a column keeps in a narrow window."""
        column = self._columns[place]
        if (kept := self._state.widths.get(column.key)) is not None:
            return kept
        wide = theme.px(column.width or column.least)
        return int(wide * 2 / 3) if self._is_soft(column) else wide

    @staticmethod
    def _is_soft(column: Column) -> bool:
        return column.width > SHORT and column.kind in SOFT

    def _widths(self, room: int) -> dict[int, int]:
        """Return place → width; in a narrow window, texts of their own width give up to a third of it."""
        shown = self.shown()
        kept = {p: w for p in shown if (w := self._state.widths.get(self._keys[p])) is not None}
        fixed = {p: theme.px(self._columns[p].width) for p in shown if p not in kept}
        flexible = [p for p, wide in fixed.items() if wide == 0]
        missing = sum(kept.values()) + sum(fixed.values()) + sum(map(self._least, flexible)) - room
        soft = [p for p in fixed if self._is_soft(self._columns[p])]
        total = sum(fixed[p] for p in soft)
        share = 1 - min(max(missing, 0) / total, 1 / 3) if total else 1
        widths = {**kept, **fixed, **{p: int(fixed[p] * share) for p in soft}}
        left = room - sum(widths.values())
        return {**widths, **{p: max(left // len(flexible), self._least(p)) for p in flexible}}

    # --- what the user does ----------------------------------------------------------------------

    def _clicked(self, place: int) -> None:
        column = self._columns[place]
        if not column.sortable:
            return
        same = self._state.sort_key == column.key
        self.sort_by(column.key, same and not self._state.descending)
        self._changed()

    def _resized(self, place: int, _old: int, new: int) -> None:
        if not self._own_change and new > 0:
            self._state.widths[self._keys[place]] = new
            self._changed()

    def _changed(self) -> None:
        if not self._own_change:
            self._saving.start()

    def save_pending(self) -> None:
        """Remember at once what was to be remembered in a moment."""
        if self._saving.isActive():
            self.save()

    def save(self) -> None:
        """Remember the columns now."""
        self._saving.stop()
        order = [self._keys[self._view.logicalIndex(v)] for v in range(self._view.count())]
        self._state.order = order
        column_state.keep(self._table.settings, self._table.name, self._state)
