"""What must be filled in before papers are valid: a row each, and the form of the one chosen at a click."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.figures_papers import Incomplete
from vto_desktop.ui.forms.mending import form_of
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

_COLUMNS: Final = (Column("row", "À compléter", "lines", width=0, sortable=False),)
_ROWS: Final = 3  # seen at once


class ToComplete(QWidget):
    """Hidden as long as nothing is missing."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._rows: Sequence[Incomplete] = ()
        self.sentence = label("", "warn", wrap=True)
        self.table = Table(_COLUMNS)
        self.table.setAccessibleName("Fiches à compléter")
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self.mend)
        self.button = button("Compléter la fiche…", self._mend_current, icon="pencil", kind="small")
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(icons.Sign("triangle-alert", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_rows(self, rows: Sequence[Incomplete], means: str = "") -> None:
        """Show what is missing now, and what that means; the row chosen stays chosen."""
        before = self.table.current_id()
        kept = self._rows[before] if before is not None and before < len(self._rows) else None
        self._rows = rows
        self.table.setFixedHeight(theme.px(40 * min(max(len(rows), 1), _ROWS) + 2))
        self.table.show_rows((place, _lines(each)) for place, each in enumerate(rows))
        keys = [(each.table, each.row_id) for each in rows]
        same = [keys.index((kept.table, kept.row_id))] if kept and (kept.table, kept.row_id) in keys else []
        self.table.pick(same[0] if same else 0 if rows else None)
        count = french.count(len(rows), "fiche est incomplète", "fiches sont incomplètes")
        self.sentence.setText(f"{count}\u00a0: {means}.")
        self.button.setEnabled(not self._workspace.is_read_only)
        self.setVisible(bool(rows))

    def rows(self) -> Sequence[Incomplete]:
        """Return what is missing."""
        return self._rows

    def _mend_current(self) -> None:
        if (place := self.table.current_id()) is not None:
            self.mend(place)

    def mend(self, place: int) -> None:
        """Open the form of a row."""
        if not self._workspace.is_read_only:
            row = self._rows[place]
            form_of(self._workspace, row.table, row.row_id, self).start()


def _lines(row: Incomplete) -> tuple[str, str]:
    """Return whose row it is, a capital first, and what it lacks."""
    return row.whose[:1].upper() + row.whose[1:], ", ".join(row.what)
