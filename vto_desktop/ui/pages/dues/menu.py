"""« Plus » on the page of dues: what is done more rarely, one line each, in groups."""

from typing import TYPE_CHECKING, Final

from vto_desktop.ui.kit.page_menu import Line

if TYPE_CHECKING:
    from vto_desktop.ui.pages.dues.page import DuesPage


def _call_prepared(page: "DuesPage") -> None:
    page.call_prepared()


def _years(page: "DuesPage") -> None:
    page.compare_years()


def _export(page: "DuesPage") -> None:
    page.table.export_asked.emit()


GROUPS: Final[tuple[tuple[Line, ...], ...]] = (
    (Line("Appeler les cotisations préparées", "file-text", _call_prepared, writes=True),),
    (
        Line("Comparer les années…", "scale", _years),
        Line("Exporter la liste…", "download", _export),
    ),
)
