"""The papers of dues and members, opened from the pages of the real window where their rows stand."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from tests.ui.driving import choose_in, opened, page_of, settle
from tests.ui.forms.test_papers import ready, text
from vto_desktop.model import Dues, Receipt
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.dues import DuesPage
from vto_desktop.ui.pages.editions import EditionsPage
from vto_desktop.ui.pages.members import MembersPage, menu

FIRST_PAGE = "dues"


@pytest.fixture
def dues(window: MainWindow) -> DuesPage:
    """Return the page of dues in the window, shown and filled."""
    return page_of(window, "dues", DuesPage)


def shown() -> PapersDialog:
    """Return the dialog that was opened, with its papers in sight."""
    dialog = opened(PapersDialog)
    ready(dialog)
    return dialog


def test_all_that_is_listed_is_called_or_what_is_selected(dues: DuesPage) -> None:
    choose_in(dues.more_menu(), "Imprimer les appels…")
    dialog = shown()
    assert dialog.count.text() == "16\u00a0appels"
    dialog.accept()
    dues.table.selectRow(2)
    assert len(dues.meant_ids()) == 16, "one row is where one stands, not a choice"
    flags = dues.table.selectionModel().SelectionFlag
    for row in (2, 3):
        dues.table.selectionModel().select(dues.table.rows.index(row, 0), flags.Select | flags.Rows)
    choose_in(dues.more_menu(), "Imprimer les appels…")
    assert shown().count.text() == "2\u00a0appels"


def test_one_row_has_its_call_and_its_reminder(window: MainWindow, dues: DuesPage) -> None:
    dues.table.pick(dues.table.rows.id_at(0))
    choose_in(dues.table.menu(), "Imprimer l’appel…")
    dialog = shown()
    assert dialog.count.text() == "1\u00a0appel"
    assert dues.detail.heading.text() in text(dialog)
    dialog.accept()
    assert not reminding(dues), "who paid is not reminded"
    with window.workspace.write("Effacer l’encaissement") as session:
        for row in session.scalars(select(Receipt).where(Receipt.dues_id == dues.table.current_id())):
            session.delete(row)
        session.get_one(Dues, dues.table.current_id()).due_on = date(2021, 6, 30)
    settle()
    assert reminding(dues) == ["Imprimer la relance…", "Relancer…"]
    choose_in(dues.table.menu(), "Imprimer la relance…")
    assert shown().count.text() == "1\u00a0relance"


def reminding(dues: DuesPage) -> list[str]:
    """Return what the menu of the row offers to remind of it."""
    texts = [action.text() for action in dues.table.menu().actions()]
    return [each for each in texts if "elanc" in each]


def test_a_receipt_is_acknowledged_from_the_panel(dues: DuesPage) -> None:
    dues.table.pick(dues.table.rows.id_at(0))
    QApplication.processEvents()
    choose_in(dues.receipts.views[0].menu(), "Imprimer le reçu…")
    dialog = shown()
    assert dialog.count.text() == "1\u00a0reçu"
    assert dues.detail.heading.text() in text(dialog)


@pytest.mark.parametrize(
    ("line", "name"),
    [("Bordereau d’encaissements…", "receipts-slip"), ("État des cotisations…", "dues-state")],
)
def test_lists_of_the_year_lead_to_their_document(
    window: MainWindow, dues: DuesPage, line: str, name: str
) -> None:
    choose_in(dues.more_menu(), line)
    settle()
    page = window.current_page
    assert isinstance(page, EditionsPage)
    assert page.desk.report is not None
    assert page.desk.report.name == name


def test_members_are_certified_one_by_one_or_all(window: MainWindow) -> None:
    page = page_of(window, "members", MembersPage)
    page.table.pick(page.table.rows.id_at(0))
    choose_in(page.table.menu(), "Attestation d’adhésion…")
    dialog = shown()
    assert dialog.count.text() == "1\u00a0attestation"
    assert page.detail.heading.text() in text(dialog)
    dialog.accept()
    choose_in(menu.of(page), "Attestations d’adhésion…")
    assert shown().count.text() == "16\u00a0attestations"
