"""« Plus » on the page of governance: electing, comparing, addresses and texts of the body shown."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from vto_desktop.services import board_lines, summaries
from vto_desktop.services.comparing import Moved
from vto_desktop.ui.forms import export
from vto_desktop.ui.kit import clipboard
from vto_desktop.ui.kit.page_menu import Line
from vto_desktop.ui.pages.governance import reading
from vto_desktop.ui.pages.governance.comparison import ComparisonDialog

if TYPE_CHECKING:
    from vto_desktop.ui.pages.governance.page import GovernancePage


def _renew(page: "GovernancePage") -> None:
    page.renew()


def compare(page: "GovernancePage") -> None:
    """Compare the body looked at with the eve of its last change."""
    if page.body_id is None:
        return
    on = page.shown_day()
    with page.workspace.read() as session:
        changes = [day for day in reading.change_days(session, page.body_id) if day <= on]
    before = changes[-1] - timedelta(days=1) if changes else on - timedelta(days=365)
    dialog = ComparisonDialog(page.workspace, page.body_id, before, on, page)
    dialog.opened.connect(lambda place: _open_moved(page, dialog.moves[place]))
    dialog.export_asked.connect(partial(export.ask, dialog, page.workspace))
    dialog.open()


def _open_moved(page: "GovernancePage", moved: Moved) -> None:
    if moved.mandate_id:
        page.show_row("mandate", moved.mandate_id)
    else:
        page.workspace.open_row("person", moved.person_id)


def _copy_addresses(page: "GovernancePage") -> None:
    page.composition.copy_addresses()


def _copy_text(page: "GovernancePage") -> None:
    with page.workspace.read() as session:
        text = board_lines.board_text(summaries.board(session, page.shown_day()))
    clipboard.put_text(text)
    page.workspace.say("Bureau et conseil copiés, tels qu’ils s’impriment.")


def _paper(page: "GovernancePage", name: str) -> None:
    page.workspace.open_row(f"report:{name}", page.shown_day().toordinal())


def _export(page: "GovernancePage") -> None:
    page.composition.table.export_asked.emit()


GROUPS: Final[tuple[tuple[Line, ...], ...]] = (
    (
        Line("Renouveler l’instance…", "users", _renew, writes=True),
        Line("Comparer deux dates…", "arrow-left-right", compare),
    ),
    (
        Line("Copier les adresses de courriel", "mail", _copy_addresses),
        Line("Copier le texte du bureau et du conseil", "copy", _copy_text),
        Line("Exporter la composition…", "download", _export),
    ),
    (
        Line("Trombinoscope…", "users", lambda page: _paper(page, "portraits")),
        Line("Annuaire des instances…", "book-user", lambda page: _paper(page, "bodies")),
        Line("Registre des délibérations…", "file-text", lambda page: _paper(page, "decisions-register")),
    ),
)
