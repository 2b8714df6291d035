"""A page that lists rows: filter, chips, table, footer with totals, and a detail panel at right."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.detail import Detail
from vto_desktop.ui.kit.filters import FilterChip, FilterField
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace


class ListPage(Page):
    """Subclass: ``columns``, ``ids``, ``rows``; then ``footer``, ``show_detail``, ``open_row`` as wanted.

    The page is its own source: ``ids`` and ``rows`` query through ``self.workspace.read()``.
    """

    columns: ClassVar[Sequence[Column]] = ()
    empty: ClassVar[str] = "Rien à montrer."
    """What is said when the list is empty without any filter."""
    detail_width: ClassVar[int] = 360
    """Width of the detail panel; 0 for none."""
    beside: ClassVar[int] = 720
    """Width of the page, in pixels of the mocks, below which the detail stands under the list."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        self.chips: dict[str, FilterChip] = {}
        super().__init__(workspace, parent)

    # --- to override -----------------------------------------------------------------------------

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        """Return the ids to list."""
        raise NotImplementedError

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        """Return the values of rows, in the order of ``ids`` and of ``columns``."""
        raise NotImplementedError

    def counted(self, count: int) -> str:
        """Return how many rows there are, in words."""
        return french.number(count)

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        """Return what stands below the list: count at left (bold), totals of what is filtered at right."""
        return self.counted(len(ids)), ""

    def totals(self, ids: Sequence[int]) -> Mapping[str, str]:
        """Return the totals row: column key → text; none by default."""
        return {}

    def show_detail(self, identifier: int) -> None:
        """Fill ``self.detail`` for one row."""

    def open_row(self, identifier: int) -> None:
        """Edit a row (double click, Enter, F2)."""

    def delete_rows(self, identifiers: list[int]) -> None:
        """Delete rows (Suppr), in one undoable step; offered when ``self.table.can_delete`` is set."""

    def duplicate_row(self, identifier: int) -> None:
        """Duplicate a row (Ctrl+D); offered when ``self.table.can_duplicate`` is set."""

    # --- building --------------------------------------------------------------------------------

    def build(self) -> None:
        self.filter_field = FilterField()
        self._bar = QHBoxLayout()
        self._bar.setSpacing(theme.px(8))
        self._bar.addWidget(self.filter_field)
        self._bar.addSpacing(theme.px(8))
        self._bar.addStretch(1)
        self.content.addLayout(self._bar)
        name, settings = type(self).__name__, self.workspace.settings
        self.table = Table(self.columns, self, name=name, settings=settings)
        self.table.setAccessibleName(self.title)
        self.detail = Detail()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(theme.px(16))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._list_panel())
        if self.detail_width:
            self.splitter.addWidget(self.detail)
            self.splitter.setStretchFactor(0, 1)
            self.splitter.setSizes([10_000, theme.px(self.detail_width)])
        self.content.addWidget(self.splitter, 1)
        self._connect()
        self.build_list()

    def build_list(self) -> None:
        """Add the page's actions, chips and tabs of the detail panel, once."""

    def fit(self, room: int) -> None:
        super().fit(room)
        ways = Qt.Orientation
        way = ways.Vertical if room < theme.px(self.beside) else ways.Horizontal
        if self.detail_width and way != self.splitter.orientation():
            self.splitter.setOrientation(way)
            self.splitter.setSizes([1, 1] if way == ways.Vertical else [10_000, theme.px(self.detail_width)])

    def _list_panel(self) -> QFrame:
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setMinimumSize(theme.px(320), theme.px(190))  # a few rows, wherever the detail stands
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.table.totals)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        self.count_label = label("", "strong")
        self.totals_label = label("", "caption", wrap=True)
        self.totals_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.count_label)
        foot.addWidget(self.totals_label, 1)
        column.addLayout(foot)
        return panel

    def _connect(self) -> None:
        self.workspace.opened.connect(self.table.rows.leave_rest)
        self.filter_field.filtered.connect(self.table.rows.set_filter)
        self.filter_field.down.connect(self.table.setFocus)
        self.table.rows.modelReset.connect(self._show_count)
        self.table.rows.reloaded.connect(self._show_footer)
        self.table.picked.connect(self._show_picked)
        self.table.opened.connect(self.open_row)
        self.table.deleted.connect(self.delete_rows)
        self.table.duplicated.connect(self.duplicate_row)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_filter)

    def chip(
        self, key: str, title: str, choices: Callable[[], Iterable[tuple[Any, str]]] | None = None
    ) -> FilterChip:
        """Add a filter chip: with ``choices`` a menu, without a switch; its value comes in ``chips[key]``."""
        made = FilterChip(key, title, choices)
        made.changed.connect(self._filter_by_chips)
        self.chips[key] = made
        self._bar.insertWidget(self._bar.count() - 1, made)
        return made

    def bar_widget(self, widget: QWidget) -> None:
        """Add something at the right of the filter bar."""
        self._bar.addWidget(widget)

    # --- showing ---------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list again."""
        self.table.rows.reload()

    def refresh(self) -> None:
        before = self.table.current_id()
        self.reload()
        if before is not None and self.table.rows.row_of(before) >= 0:  # however far down
            self._show_picked(before)

    def focus_filter(self) -> None:
        self.filter_field.setFocus()
        self.filter_field.selectAll()

    def open_item(self, identifier: int) -> None:
        if self.is_stale:
            self.refresh_now()
        if not self.table.pick(identifier):
            self.clear_filters()
            self.table.pick(identifier)
        self.table.setFocus()

    def meant_ids(self) -> list[int]:
        """Return the rows that an act on several means: those selected from two on, else all listed."""
        chosen = self.table.selected_ids()
        if len(chosen) > 1:
            return chosen
        self.table.rows.complete()
        return list(self.table.rows.ids)

    def clear_filters(self) -> None:
        """Show everything again."""
        self.filter_field.clear()
        for chip in self.chips.values():
            chip.set_value(None)
        self.table.rows.set_filter("", {})

    def filter_by(self, key: str, value: Any, text: str = "") -> None:
        """Set one chip from the outside (a click on a figure of another page)."""
        self.chips[key].set_value(value, text)
        self._filter_by_chips()

    def _filter_by_chips(self, *_what: object) -> None:
        active = {key: chip.value for key, chip in self.chips.items() if chip.value is not None}
        self.table.rows.set_filter(self.filter_field.text().strip(), active)

    def _show_count(self) -> None:
        """Say at once how many rows there are, when that is known; the sums follow."""
        if self.table.rows.is_whole:
            self.count_label.setText(self.counted(self.table.rows.rowCount()))
        filtered = bool(self.table.rows.filter_text or self.table.rows.chips)
        none = "Aucune ligne ne correspond au filtre. Échap l’efface."
        self.table.set_empty_text(none if filtered else self.empty)

    def _show_footer(self) -> None:
        ids = self.table.rows.ids
        count, sums = self.footer(ids)
        self.count_label.setText(count)
        self.totals_label.setText(sums)
        self.table.totals.show_texts(self.totals(ids))

    def _show_picked(self, identifier: int | None) -> None:
        if not self.detail_width:
            return
        if identifier is None:
            self.detail.show_nothing()
        else:
            self.detail.show_content()
            self.show_detail(identifier)

    def select_first(self) -> None:
        """Pick the first row, so that the detail panel is not empty."""
        if self.table.current_id() is None and self.table.rows.rowCount():
            QTimer.singleShot(0, self.table, self._pick_first)

    def _pick_first(self) -> None:
        if self.table.current_id() is None:  # a link may have picked another row meanwhile
            self.table.pick(self.table.rows.id_at(0))
