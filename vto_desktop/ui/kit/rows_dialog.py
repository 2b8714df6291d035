"""The rows a figure is made of, with the same total; a row can be opened, copied and exported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.settings import Settings
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.filters import FilterField
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.table import Table


class RowsDialog(QDialog):
    """``rows`` are tuples ``(id, values…)``; ``total`` is column key → text, and stays that of all rows."""

    opened = Signal(int)
    """A row to show: its id. The dialog is closed by then."""
    export_asked = Signal(object, str)
    """The table to export, and its title."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[tuple[Any, ...]],
        total: Mapping[str, str],
        parent: QWidget | None = None,
        *,
        below: str = "",
        name: str = "",
        settings: Settings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(860), theme.px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label(title, "detailTitle", wrap=True))
        self._bar = QHBoxLayout()
        self._bar.setSpacing(theme.px(8))
        column.addLayout(self._bar)
        self.below = label(below, "secondary", wrap=True)
        self.below.setVisible(bool(below))
        column.addWidget(self.below)
        self.filter_field = FilterField()
        column.addWidget(self.filter_field)
        self.table = Table(columns, name=name, settings=settings)
        self.table.can_export = True
        self.table.setAccessibleName(title)
        self.table.show_rows(rows)
        self.table.opened.connect(self._open)
        self.table.export_asked.connect(lambda: self.export_asked.emit(self.table, title))
        self.filter_field.filtered.connect(self.table.rows.set_filter)
        self.filter_field.down.connect(self.table.setFocus)
        self.table.rows.reloaded.connect(self._count)
        column.addWidget(self._framed(), 1)
        self.table.totals.show_texts(total)
        self.table.totals.setVisible(bool(total))
        self._total = dict(total)
        column.addLayout(self._footer())
        self._count()
        self.table.setFocus()

    def bar_widget(self, widget: QWidget) -> None:
        """Add something to a bar under the title: what the rows are chosen by."""
        self._bar.addWidget(widget)

    def bar_day(self, text: str, attribute: str, day: date, changed: Callable[[], object]) -> Field:
        """Add a day to that bar; ``changed`` reads the rows again."""
        field = Field(text, attribute, DateInput())
        field.input.set_value(day)
        field.input.changed.connect(changed)
        field.setMaximumWidth(theme.px(180))
        self.bar_widget(field)
        return field

    def show_rows(self, rows: Iterable[tuple[Any, ...]], below: str) -> None:
        """Show other rows, and say other words above them."""
        self.below.setText(below)
        self.below.setVisible(bool(below))
        self.table.show_rows(rows)

    def _framed(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("panel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.table.totals)
        return frame

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.count = label("", "caption")
        row.addWidget(self.count, 1)
        row.addWidget(button("Exporter…", self.table.export_asked.emit, icon="download"))
        row.addWidget(button("&Ouvrir la fiche", lambda: self._open(self.table.current_id())))
        close = button("&Fermer", self.accept, kind="primary")
        row.addWidget(close)
        return row

    def _count(self) -> None:
        shown = self.table.rows.rowCount()
        filtered = " (liste filtrée, total de toutes les lignes)" if self.table.rows.filter_text else ""
        self.count.setText(french.count(shown, "ligne") + filtered)

    def _open(self, identifier: int | None) -> None:
        if identifier is not None:
            self.accept()
            self.opened.emit(identifier)

    def total(self) -> dict[str, str]:
        """Return the total shown."""
        return self.table.totals.texts()
