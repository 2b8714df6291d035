"""« Plus » on the page of members: what is done more rarely, one line each, in groups."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QMenu

from vto_desktop.services import accounts
from vto_desktop.ui.forms import directory_export, export
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.page_menu import Line, menu_of
from vto_desktop.ui.pages.members.directory import DirectoryDialog
from vto_desktop.ui.pages.members.duplicates import DuplicatesDialog
from vto_desktop.ui.pages.members.emails import EmailsDialog
from vto_desktop.ui.pages.members.movements import MovementsDialog
from vto_desktop.ui.pages.members.populations import PopulationsDialog

__all__ = ["GROUPS", "Line", "of"]

if TYPE_CHECKING:
    from vto_desktop.ui.pages.members.page import MembersPage


def _directory(page: ListPage) -> None:
    DirectoryDialog(page.workspace, page).open()


def _duplicates(page: ListPage) -> None:
    DuplicatesDialog(page.workspace, page).open()


def _movements(page: ListPage) -> None:
    with page.workspace.read() as session:
        starts_on, ends_on = accounts.period(session, page.workspace.year)
    dialog = MovementsDialog(page.workspace, starts_on, ends_on, page)
    dialog.opened.connect(lambda row: page.open_item(dialog.member_of(row)))
    dialog.export_asked.connect(partial(export.ask, dialog, page.workspace))
    dialog.open()


def _populations(page: ListPage) -> None:
    PopulationsDialog(page.workspace, page).open()


def _import(page: ListPage) -> None:
    from vto_desktop.ui.forms.importing import ImportDialog  # the page is shown without it

    ImportDialog(page.workspace, page).open()


def _emails(page: "MembersPage") -> None:
    dialog = EmailsDialog(page.workspace, page.table.rows.ids, page.writing_day(), page)
    dialog.opened.connect(page.edit_holder)
    dialog.open()


def _labels(page: "MembersPage") -> None:
    dialog = PapersDialog(page.workspace, "labels", page.table.rows.ids, page)
    dialog.open()
    dialog.desk.options.on.input.set_value(page.writing_day())


def certify(page: ListPage, *member_ids: int) -> None:
    """Show the certificates of some members, or of those selected or listed."""
    PapersDialog(page.workspace, "certificates", member_ids or page.meant_ids(), page).open()


def _export(page: ListPage) -> None:
    page.table.export_asked.emit()


def _whole_directory(page: ListPage) -> None:
    directory_export.ask(page, page.workspace)


GROUPS: Final[tuple[tuple[Line, ...], ...]] = (
    (
        Line("Personnes et organismes…", "book-user", _directory),
        Line("Doublons…", "merge", _duplicates),
        Line("Entrées et sorties…", "arrow-left-right", _movements),
        Line("Mettre à jour les populations…", "landmark", _populations, writes=True),
    ),
    (
        Line("Copier les adresses électroniques…", "mail", _emails),
        Line("Étiquettes d’adresses…", "tag", _labels),
        Line("Attestations d’adhésion…", "printer", certify),
    ),
    (
        Line("Importer une liste…", "upload", _import, writes=True),
        Line("Exporter la liste…", "download", _export),
        Line("Annuaire complet…", "file-spreadsheet", _whole_directory),
    ),
)


def of(page: "MembersPage") -> QMenu:
    """Return the menu, over a page; it is gone once closed."""
    return menu_of(page, GROUPS)
