"""Lines, entries and versions of the budget: each kept by its form, shown, filtered, and undone."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import (
    choose,
    choose_in,
    count,
    is_open,
    opened,
    pick,
    problems,
    save,
    type_into,
)
from tests.ui.pages.budget.looking import CONTROL, FORECAST, find, texts
from vto_desktop.model import Budget, BudgetLine, Entry, FiscalYear
from vto_desktop.ui.forms.budget import BudgetForm
from vto_desktop.ui.forms.budget_line import BudgetLineForm
from vto_desktop.ui.forms.entry import EntryForm
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.budget import ENTRIES, LINES, BudgetPage

# --- lines ---------------------------------------------------------------------------------------


def test_a_line_is_added_by_keys_and_undone(page: BudgetPage, workspace: Workspace, qtbot: QtBot) -> None:
    before = count(workspace, BudgetLine)
    QTest.keyClick(page, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: is_open(BudgetLineForm))
    form = opened(BudgetLineForm)
    save(form)
    assert problems(form) == {"account_code": "Indiquez le compte.", "amount": "Indiquez le montant prévu."}
    pick(form, "account_code", "6227")
    type_into(form, "amount", "1234.5")
    type_into(form, "label", "Frais de notaire")
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    with workspace.read() as session:
        row = session.scalars(select(BudgetLine).where(BudgetLine.label == "Frais de notaire")).one()
        assert (row.account_code, row.amount, row.budget_id) == ("6227", 123_450, page.budget_id)
    assert page.balance.forecast.text() == "déficit de 1\u202f234,50\u00a0€"
    assert texts(find(page.expenses, "6227"))[0] == "6227 Frais de notaire"
    workspace.undo()
    QApplication.processEvents()
    assert count(workspace, BudgetLine) == before
    assert page.balance.forecast.text() == "équilibré à 392\u202f000\u00a0€"


def test_an_account_typed_as_a_number_is_understood(page: BudgetPage, workspace: Workspace) -> None:
    page.new_line()
    form = opened(BudgetLineForm)
    type_into(form, "account_code", "622")
    assert form.input("account_code").value() == "622"
    type_into(form, "account_code", "512")
    assert form.input("account_code").problem() == "Choisissez dans la liste qui s’ouvre quand vous tapez."


def test_lines_are_edited_duplicated_and_deleted(page: BudgetPage, workspace: Workspace) -> None:
    page.tabs.setCurrentIndex(LINES)
    QApplication.processEvents()
    table = page.lines.table
    assert page.lines.count_label.text() == "35\u00a0lignes"
    assert page.lines.totals_label.text() == "Charges 392\u202f000\u00a0€ · Produits 392\u202f000\u00a0€"
    table.setFocus()
    table.pick(table.rows.id_at(0))
    QTest.keyClick(table, Qt.Key.Key_F2)
    form = opened(BudgetLineForm)
    type_into(form, "amount", "2500")
    save(form)
    assert "Charges 392\u202f100\u00a0€" in page.lines.totals_label.text()
    QTest.keyClick(table, Qt.Key.Key_D, CONTROL)
    save(opened(BudgetLineForm))
    assert page.lines.count_label.text() == "36\u00a0lignes"
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert page.lines.count_label.text() == "35\u00a0lignes"
    for _ in range(3):
        workspace.undo()
    QApplication.processEvents()
    assert page.lines.totals_label.text() == "Charges 392\u202f000\u00a0€ · Produits 392\u202f000\u00a0€"


def test_lines_are_filtered_by_class_and_text(page: BudgetPage) -> None:
    page.focus_filter()
    QApplication.processEvents()
    assert page.tabs.currentIndex() == LINES
    choose_in(page.lines.chips["class"].menu_of_choices(), "7 Produits")
    assert page.lines.totals_label.text() == "Produits 392\u202f000\u00a0€"
    QTest.keyClicks(page.lines.filter_field, "herault")
    page.lines.filter_field.filter_now()
    assert page.lines.totals_label.text() == "Produits 40\u202f000\u00a0€"


def test_a_new_line_starts_on_the_account_pointed_at(page: BudgetPage) -> None:
    tree = page.expenses.tree
    tree.setCurrentIndex(find(page.expenses, "622"))
    place = tree.current_id()
    assert place is not None
    choose_in(page.expenses.menu(place), "Nouvelle ligne ici…")
    assert opened(BudgetLineForm).input("account_code").value() == "622"


# --- entries -------------------------------------------------------------------------------------


def test_an_entry_is_added_by_keys_and_undone(page: BudgetPage, workspace: Workspace, qtbot: QtBot) -> None:
    before = count(workspace, Entry)
    page.tabs.setCurrentIndex(ENTRIES)
    QApplication.processEvents()
    QTest.keyClick(page, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: is_open(EntryForm))
    form = opened(EntryForm)
    type_into(form, "entered_on", "8/12/21")
    pick(form, "account_code", "6251")
    type_into(form, "amount", "99,99")
    type_into(form, "label", "Train Toulouse")
    type_into(form, "piece", "F-12")
    save(form)
    with workspace.read() as session:
        row = session.scalars(select(Entry).where(Entry.label == "Train Toulouse")).one()
        assert (row.entered_on, row.account_code, row.amount) == (date(2021, 12, 8), "6251", 9_999)
        assert (row.origin, row.fiscal_year.year) == ("saisie", 2021)
    assert page.entries.count_label.text() == f"{before_of_2021(workspace)}\u00a0écritures"
    assert page.expenses.total.texts()["actual"] == "396\u202f999,99\u00a0€"
    workspace.undo()
    QApplication.processEvents()
    assert count(workspace, Entry) == before
    assert page.expenses.total.texts()["actual"] == "396\u202f900\u00a0€"


def before_of_2021(workspace: Workspace) -> int:
    """Return how many entries 2021 holds."""
    with workspace.read() as session:
        return len(session.scalars(select(Entry.id).join(FiscalYear).where(FiscalYear.year == 2021)).all())


def test_an_entry_outside_its_year_is_said_under_the_date(page: BudgetPage) -> None:
    page.acts.new_entry()
    form = opened(EntryForm)
    type_into(form, "entered_on", "01/01/1999")
    pick(form, "account_code", "6251")
    type_into(form, "amount", "1")
    save(form)
    assert "entered_on" in problems(form)


def test_the_year_of_an_entry_follows_its_date(page: BudgetPage) -> None:
    page.acts.new_entry()
    form = opened(EntryForm)
    type_into(form, "entered_on", "31/12/2020")
    with page.workspace.read() as session:
        year = session.scalars(select(FiscalYear.id).where(FiscalYear.year == 2020)).one()
    assert form.input("fiscal_year_id").value() == year


def test_entries_are_filtered_and_summed(page: BudgetPage) -> None:
    page.tabs.setCurrentIndex(ENTRIES)
    QApplication.processEvents()
    assert page.entries.totals_label.text().startswith("Charges 396\u202f900\u00a0€")
    assert "388\u202f000\u00a0€" in page.entries.totals_label.text()
    choose_in(page.entries.chips["class"].menu_of_choices(), "62")
    assert page.entries.totals_label.text().startswith("Charges 98\u202f600\u00a0€")
    QTest.keyClicks(page.entries.filter_field, "telephone")
    page.entries.filter_field.filter_now()
    rows = page.entries.table.rows
    assert rows.rowCount() > 0
    assert all("Téléphone" in rows.values(row)[2] for row in range(rows.rowCount()))
    QTest.keyClick(page.entries.filter_field, Qt.Key.Key_Escape)
    page.entries.table.header.sort_by("amount", descending=True)
    amounts = [rows.values(row)[-1] for row in range(rows.rowCount())]
    assert amounts == sorted(amounts, reverse=True)


def test_a_closed_year_refuses_in_the_form_and_says_so_on_the_page(
    page: BudgetPage, workspace: Workspace
) -> None:
    with workspace.write("Clore 2021") as session:
        year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
        year.closed_on = date(2022, 6, 30)
    assert page.closed.sentence() == "L’exercice 2021 est clos depuis le 30/06/2022, plus rien n’y change."
    page.new_line()
    form = opened(BudgetLineForm)
    pick(form, "account_code", "6227")
    type_into(form, "amount", "10")
    save(form)
    assert "[EXERCICE_CLOS]" in form.banner.sentence()
    assert is_open(BudgetLineForm)
    workspace.undo()
    save(form)
    assert not is_open(BudgetLineForm)


# --- versions ------------------------------------------------------------------------------------


def test_a_version_is_copied_voted_chosen_and_undone(page: BudgetPage, workspace: Workspace) -> None:
    lines = count(workspace, BudgetLine)
    choose_in(page.menu(), "Nouvelle version…")
    form = opened(BudgetForm)
    type_into(form, "name", "Budget initial")
    choose(form, "copied_id", "Budget initial 2021 · 35\u00a0lignes")
    save(form)
    assert problems(form) == {"name": "Cet exercice a déjà une version de ce nom."}
    type_into(form, "name", "Budget rectificatif")
    type_into(form, "voted_on", "15/9/21")
    save(form)
    assert count(workspace, BudgetLine) == lines + 35
    assert page.version.currentText() == "Budget rectificatif"
    assert page.balance.forecast.text() == "équilibré à 392\u202f000\u00a0€"
    page.version.setCurrentIndex(0)
    page.version.activated.emit(0)
    assert page.budget_id is not None
    choose_in(page.menu(), "Modifier la version…")
    form = opened(BudgetForm)
    assert "copied_id" not in form.fields
    type_into(form, "name", "Budget primitif")
    save(form)
    assert page.version.currentText() == "Budget primitif"
    workspace.undo()
    workspace.undo()
    QApplication.processEvents()
    assert count(workspace, Budget) == 1
    assert count(workspace, BudgetLine) == lines


def test_deleting_the_version_leaves_everything_off_budget(page: BudgetPage, workspace: Workspace) -> None:
    choose_in(page.menu(), "Supprimer la version")
    assert count(workspace, BudgetLine) == 0
    assert page.balance.forecast.text() == "aucun budget"
    assert texts(find(page.expenses, "622"))[FORECAST] == "hors budget"
    page.new_line()
    assert is_open(BudgetForm)
    workspace.undo()
    QApplication.processEvents()
    assert page.balance.forecast.text() == "équilibré à 392\u202f000\u00a0€"
