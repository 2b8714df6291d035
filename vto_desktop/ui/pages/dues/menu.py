"""« Plus » on the page of dues: what is done more rarely, one line each, in groups."""

from typing import TYPE_CHECKING, Final

from vto_desktop.ui.kit.page_menu import Line

if TYPE_CHECKING:
    from vto_desktop.ui.pages.dues.page import DuesPage


def _call(page: "DuesPage") -> None:
    page.waiting.call()


def _years(page: "DuesPage") -> None:
    page.behind.years()


def _print_calls(page: "DuesPage") -> None:
    page.acts.print_calls(*page.meant_ids())


def _print_reminders(page: "DuesPage") -> None:
    page.acts.print_reminders(*page.meant_ids())


def _state(page: "DuesPage") -> None:
    page.workspace.open_row("report:dues-state", page.today().toordinal())


def _slip(page: "DuesPage") -> None:
    page.workspace.open_row("report:receipts-slip", page.today().toordinal())


def _export(page: "DuesPage") -> None:
    page.table.export_asked.emit()


GROUPS: Final[tuple[tuple[Line, ...], ...]] = (
    (Line("Appeler ce qui ne l’est pas encore", "file-text", _call, writes=True),),
    (
        Line("Imprimer les appels…", "printer", _print_calls),
        Line("Imprimer les relances…", "printer", _print_reminders),
        Line("Bordereau d’encaissements…", "file-text", _slip),
        Line("État des cotisations…", "file-text", _state),
    ),
    (
        Line("Comparer les années…", "scale", _years),
        Line("Exporter la liste…", "download", _export),
    ),
)
