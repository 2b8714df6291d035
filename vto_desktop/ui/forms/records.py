"""What forms on a row of the dossier share: the row to edit, its copy, and the words of the step."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from vto_desktop.errors import UserError
from vto_desktop.model import Base
from vto_desktop.services.rows import get_row
from vto_desktop.ui.kit import messages
from vto_desktop.ui.kit.workspace import Workspace

Row = TypeVar("Row", bound=Base)
_OWN = frozenset({"id", "version", "sort_key", "search_key"})
NAME_SHOWN = 60


def loaded(workspace: Workspace, kind: type[Row], row_id: int) -> Row:
    """Return a detached row to edit; raises UserError FICHE_ABSENTE when it is gone."""
    with workspace.read() as session:
        return get_row(session, kind, row_id)


def copy_of(row: Row) -> Row:
    """Return a new row with the same columns, to be kept as another one."""
    names = [attr.key for attr in inspect(type(row)).column_attrs if attr.key not in _OWN]
    return type(row)(**{name: getattr(row, name) for name in names})


def step(row: Base, noun: str, name: str) -> str:
    """Return the label of a save: « Ajouter la tranche « Solde » » or « Modifier la… »."""
    return f"{'Modifier' if row.id else 'Ajouter'} {named(noun, name)}"


def named(noun: str, name: str) -> str:
    """Return « la tranche « Solde » », the name cut when it is long."""
    short = name if len(name) <= NAME_SHOWN else f"{name[:NAME_SHOWN].rstrip()}…"
    return f"{noun} «\u00a0{short}\u00a0»" if short else noun


def deleting(
    workspace: Workspace,
    parent: QWidget,
    what: str,
    delete: Callable[[Session, int], object],
    *row_ids: int,
) -> bool:
    """Delete rows in one step that Ctrl+Z undoes; a refusal is told, deletes nothing and returns False.

    ``what`` names them: « l’adhérent « X » ».
    """
    try:
        with workspace.write(f"Supprimer {what}") as session:
            for row_id in row_ids:
                delete(session, row_id)
    except UserError as refused:
        messages.show_error(parent, refused)
        return False
    workspace.say(f"Supprimé\u00a0: {what}. Ctrl+Z annule.")
    return True
