"""The reference lists of the menu « Dossier » : one dialog that lists, adds, edits, and deletes with undo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.services.list_query import ListQuery
from vto_desktop.ui.forms.references import BY_KEY, Reference
from vto_desktop.ui.kit import messages, theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.filters import FilterField
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

LISTS: Final = BY_KEY


@dataclass(frozen=True)
class _Query:
    """Gives the table its rows from a list of the services, in the dossier that is open."""

    workspace: Workspace
    query: ListQuery

    def ids(self, text: str, _chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        """Return the ids to list."""
        with self.workspace.read() as session:
            return self.query.ids(session, text=text, sort=sort_key, descending=descending)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        """Return their values."""
        with self.workspace.read() as session:
            return [tuple(map(_shown, row)) for row in self.query.rows(session, ids)]


class ReferenceList(QDialog):
    """One reference list; each change is kept at once, and can be undone from here too."""

    def __init__(self, workspace: Workspace, reference: Reference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.reference = reference
        self.setWindowTitle(reference.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(820), theme.px(600))
        self.table = self._table()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addLayout(self._head())
        column.addWidget(label(reference.purpose, "secondary", wrap=True))
        self.filter_field = FilterField()
        self.filter_field.filtered.connect(self.table.rows.set_filter)
        self.filter_field.down.connect(self.table.setFocus)
        column.addWidget(self.filter_field)
        column.addWidget(self._framed(), 1)
        column.addLayout(self._footer())
        workspace.changed.connect(self._on_changed)
        workspace.opened.connect(self.reject)
        self.refresh()

    def _table(self) -> Table:
        reference, settings = self.reference, self.workspace.settings
        name = f"liste.{reference.key}"
        if reference.query is None:
            table = Table(reference.columns, name=name, settings=settings)
        else:
            columns = [_column(reference, place) for place in range(len(reference.query.columns))]
            table = Table(columns, _Query(self.workspace, reference.query), name=name, settings=settings)
        writable = not self.workspace.is_read_only
        table.can_delete = writable and reference.delete is not None
        table.setAccessibleName(reference.title)
        table.opened.connect(self.edit)
        table.deleted.connect(self.delete)
        table.rows.reloaded.connect(self._count)
        return table

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(self.reference.title, "detailTitle"), 1)
        self.new_button = button("&Nouveau…", self.new, icon="plus", kind="primary")
        self.new_button.setShortcut("Ctrl+N")
        self.new_button.setEnabled(not self.workspace.is_read_only)
        row.addWidget(self.new_button)
        return row

    def _framed(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("panel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        return frame

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.count = label("", "caption")
        row.addWidget(self.count, 1)
        for text, icon, act in self.reference.others:
            row.addWidget(button(text, self._other(act), icon=icon))
        row.addWidget(button("Annuler la dernière action", self.workspace.undo, icon="undo-2"))
        row.addWidget(button("&Modifier", lambda: self.edit(self.table.current_id()), icon="pencil"))
        row.addWidget(button("&Fermer", self.accept))
        return row

    def _other(self, act: Callable[[Workspace, int, Any], Any]) -> Callable[[], object]:
        def run() -> None:
            if (row_id := self.table.current_id()) is not None:
                act(self.workspace, row_id, self).start()

        return run

    # --- content ---------------------------------------------------------------------------------

    def start(self, row_id: int | None = None) -> "ReferenceList":
        """Open the dialog, on a row when one is given."""
        self.open()
        self.table.setFocus()
        if row_id is not None and self.table.pick(row_id):
            self.edit(row_id)
        return self

    def refresh(self) -> None:
        """Read the list again."""
        if self.reference.query is not None:
            self.table.rows.reload()
            return
        with self.workspace.read() as session:
            self.table.show_rows(self.reference.read(session))

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & self.reference.tables:
            self.refresh()

    def _count(self) -> None:
        self.count.setText(french.count(self.table.rows.rowCount(), "ligne"))

    # --- acts ------------------------------------------------------------------------------------

    def new(self) -> None:
        """Open the form of a new row."""
        self.reference.new(self.workspace, self).start(lambda row: self.table.pick(row.id))

    def edit(self, row_id: int | None) -> None:
        """Open the form of a row."""
        if row_id is not None:
            self.reference.edit(self.workspace, row_id, self).start()

    def delete(self, row_ids: list[int]) -> None:
        """Delete rows in one step; what is still used is refused with what uses it."""
        delete = self.reference.delete
        if delete is None:
            return
        count = french.count(len(row_ids), "ligne")
        name = self.table.rows.values(self.table.rows.row_of(row_ids[0]))[self.reference.name_column]
        what = (
            f"{self.reference.noun} «\u00a0{name}\u00a0»"
            if len(row_ids) == 1
            else f"{count} ({self.reference.title})"
        )
        try:
            with self.workspace.write(f"Supprimer {what}") as session:
                self._delete_all(session, delete, row_ids)
        except UserError as refused:
            messages.show_error(self, refused)
        else:
            self.workspace.say(f"Supprimé\u00a0: {what}. Ctrl+Z le rend")

    @staticmethod
    def _delete_all(session: Session, delete: Callable[[Session, int], object], row_ids: list[int]) -> None:
        for row_id in row_ids:
            delete(session, row_id)


def _shown(value: Any) -> Any:
    return ("oui" if value else "non") if isinstance(value, bool) else value


def _column(reference: Reference, place: int) -> Column:
    assert reference.query is not None  # noqa: S101 - only called for lists of the services
    given = reference.query.columns[place]
    kind = "text" if given.kind == "chip" else given.kind
    wide = reference.widths.get(given.key, 110)
    return Column(given.key, given.title, kind, wide, bold=place == reference.name_column, sortable=True)
