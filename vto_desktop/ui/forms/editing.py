"""What a list does with its rows: add, edit, duplicate in a form; delete in one undoable step."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Base
from vto_desktop.services.rows import WORDS, table_of
from vto_desktop.ui.forms.records import copy_of, loaded, named
from vto_desktop.ui.kit import messages
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

Row = TypeVar("Row", bound=Base)
READ_ONLY = "Ce dossier est ouvert en lecture seule\u00a0: rien ne peut y être modifié."


class Editing(Generic[Row]):
    """Opens the form of one kind of row over ``parent``, and deletes such rows.

    ``noun`` is « la tranche »; ``name_of`` names a row in the step's label; ``delete`` is the service.
    """

    def __init__(
        self,
        workspace: Workspace,
        parent: QWidget,
        kind: type[Row],
        form: Callable[[Workspace, Any, QWidget], Form],
        *,
        noun: str,
        name_of: Callable[[Row], str],
        delete: Callable[[Session, int], object],
    ) -> None:
        self._workspace, self._parent = workspace, parent
        self._kind, self._form = kind, form
        self._noun, self._name_of, self._delete = noun, name_of, delete
        self.done: Callable[[Any], object] | None = None
        """Called with the row after a good save."""

    def attach(self, table: Table) -> None:
        """Let a table edit, duplicate and delete its rows."""
        table.can_delete = table.can_duplicate = True
        table.opened.connect(self.edit)
        table.duplicated.connect(self.duplicate)
        table.deleted.connect(self.delete)

    def start(self, row: Row) -> Form | None:
        """Open the form on a row, new or known; None on a read-only dossier."""
        if self._workspace.is_read_only:
            self._workspace.say(READ_ONLY)
            return None
        return self._form(self._workspace, row, self._parent).start(self.done)

    def edit(self, row_id: int) -> None:
        """Open the form on a kept row."""
        self._with(row_id, self.start)

    def duplicate(self, row_id: int) -> None:
        """Open the form on a copy of a row."""
        self._with(row_id, lambda row: self.start(copy_of(row)))

    def _with(self, row_id: int, act: Callable[[Row], object]) -> None:
        try:
            act(loaded(self._workspace, self._kind, row_id))
        except UserError as refused:
            messages.show_error(self._parent, refused)

    def delete(self, row_ids: Sequence[int]) -> None:
        """Delete rows in one step that Ctrl+Z undoes; a refusal is told and deletes nothing."""
        if not row_ids:
            return
        try:
            with self._workspace.write(f"Supprimer {self._words(row_ids)}") as session:
                for row_id in row_ids:
                    self._delete(session, row_id)
        except UserError as refused:
            messages.show_error(self._parent, refused)

    def _words(self, row_ids: Sequence[int]) -> str:
        if len(row_ids) > 1:
            table = table_of(self._kind).name
            return french.count(len(row_ids), *WORDS.get(table, ("ligne", "lignes")))
        return named(self._noun, self._name_of(loaded(self._workspace, self._kind, row_ids[0])))
