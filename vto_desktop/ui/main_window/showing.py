"""Where what is asked for is shown: a row on the page of its table, a document, a person, a history."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vto_desktop.ui.main_window.hits import Hit
    from vto_desktop.ui.main_window.window import MainWindow

HISTORY, REPORT = "history:", "report:"
"""What stands before the name of a table, or of a document whose id is then its day as an ordinal."""


def show_hit(window: "MainWindow", hit: "Hit") -> None:
    """Show what the search found."""
    if hit.table == "report":
        show_report(window, hit.name)
    else:
        window.workspace.open_row(hit.table, hit.row_id)


def show_row(window: "MainWindow", table: str, row_id: int) -> None:
    """Show a row on the page that holds its table; a reference table opens its list."""
    if table.startswith(HISTORY):
        _show_history(window, table.removeprefix(HISTORY), row_id)
    elif table.startswith(REPORT):
        show_report(window, table.removeprefix(REPORT), date.fromordinal(row_id))
    elif table == "person":
        _show_person(window, row_id)
    elif not _show_on_its_page(window, table, row_id):
        if table == "association":
            window.edit_association()
        else:
            from vto_desktop.ui.main_window import acts

            acts.open_list(window, table, row_id)


def _show_on_its_page(window: "MainWindow", table: str, row_id: int) -> bool:
    from vto_desktop.ui.pages import PAGES

    with window.workspace.read() as session:
        holding = (e for e in PAGES if table in e.load().opens and e.load().holds(session, table, row_id))
        entry = next(holding, None)
    if entry is None:
        return False
    window.show_page(entry.key)
    window.page(entry.key).show_row(table, row_id)
    return True


def show_report(window: "MainWindow", name: str, on: date | None = None) -> None:
    """Choose a document on the page of documents, and its day."""
    from vto_desktop.ui.kit.fields import Field

    window.show_page("editions")
    page = window.page("editions")
    if page.is_stale:
        page.refresh_now()
    choose = getattr(page, "choose", None)
    if callable(choose):
        choose(name)
    day = getattr(page, "date_field", None)
    if on is not None and isinstance(day, Field):
        day.input.set_value(on)


def _show_person(window: "MainWindow", person_id: int) -> None:
    from vto_desktop.ui.forms.person_card import PersonCard

    PersonCard(window.workspace, person_id, window).open()


def _show_history(window: "MainWindow", table: str, row_id: int) -> None:
    window.show_page("journal")
    show = getattr(window.page("journal"), "show_history", None)
    if callable(show):
        show(table, row_id)
