"""« Budget »: the balance, the two sides, the rows behind each amount, lines, entries and versions."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import (
    choose,
    choose_in,
    click,
    count,
    is_open,
    opened,
    pick,
    problems,
    save,
    type_into,
)
from vto_desktop.model import Budget, BudgetLine, Entry, FiscalYear
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.budget import BudgetForm
from vto_desktop.ui.forms.budget_line import BudgetLineForm
from vto_desktop.ui.forms.entry import EntryForm
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.budget import ENTRIES, LINES, OVERVIEW, BudgetPage
from vto_desktop.ui.pages.budget.sides import Side

CONTROL = Qt.KeyboardModifier.ControlModifier
FORECAST, ACTUAL, GAP, PERCENT = range(1, 5)


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> BudgetPage:
    """Return the page, shown and filled."""
    made = BudgetPage(workspace)
    made.resize(1232, 812)
    shown(made)
    made.refresh_now()
    QApplication.processEvents()
    return made


def find(side: Side, text: str) -> QModelIndex:
    """Return the line of a side whose name begins so, unfolded as needed."""
    side.tree.expandAll()
    model = side.tree.model()

    def walk(parent: QModelIndex) -> QModelIndex | None:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            if str(index.data()).startswith(text):
                return index
            if (below := walk(index)) is not None:
                return below
        return None

    found = walk(QModelIndex())
    assert found is not None, text
    return found


def texts(index: QModelIndex) -> list[str]:
    """Return the cells of a line."""
    return [str(index.siblingAtColumn(place).data()) for place in range(5)]


def double_click(side: Side, index: QModelIndex, column: int) -> None:
    """Double click a cell with the mouse."""
    cell = index.siblingAtColumn(column)
    side.tree.scrollTo(cell)
    at = side.tree.visualRect(cell).center()
    QTest.mouseClick(side.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(side.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QApplication.processEvents()


# --- the overview --------------------------------------------------------------------------------


def test_the_balance_comes_first(page: BudgetPage) -> None:
    assert page.heading.text() == "Budget 2021"
    assert page.balance.forecast.text() == "équilibré à 392\u202f000\u00a0€"
    assert page.balance.result.text() == "+3\u202f100\u00a0€"
    assert page.expenses.total.texts()["actual"] == "396\u202f900\u00a0€"
    assert page.income.total.texts() == {
        "name": "Total des produits", "forecast": "392\u202f000\u00a0€", "actual": "400\u202f000\u00a0€",
        "gap": "+8\u202f000\u00a0€", "percent": "+2,0\u00a0%",
    }  # fmt: skip


def test_a_line_shows_forecast_actual_and_gap(page: BudgetPage) -> None:
    assert texts(find(page.expenses, "622")) == [
        "622 Honoraires", "58\u202f000\u00a0€", "66\u202f000\u00a0€", "+8\u202f000\u00a0€", "+13,8\u00a0%",
    ]  # fmt: skip


def test_only_unfavourable_gaps_of_ten_percent_are_red(page: BudgetPage) -> None:
    def is_red(side: Side, name: str) -> bool:
        colour = find(side, name).siblingAtColumn(PERCENT).data(Qt.ItemDataRole.ForegroundRole)
        return colour is not None and "#a1262b" in str(colour.color().name())

    def is_bold(side: Side, name: str) -> bool:
        return bool(find(side, name).siblingAtColumn(PERCENT).data(Qt.ItemDataRole.FontRole).weight() >= 600)

    assert is_red(page.expenses, "622")  # +13,8 % of expenses
    assert not is_red(page.expenses, "625")  # −13,1 %: favourable, bold
    assert is_bold(page.expenses, "625")
    assert not is_red(page.expenses, "626")
    assert not is_bold(page.expenses, "626")
    assert is_red(page.income, "GIP")  # −25 % of income
    assert is_red(page.income, "754")  # −10,0 % exactly
    assert not is_red(page.income, "État, DDETS du Gard")  # +13,3 %: favourable


def test_what_was_not_forecast_says_so(page: BudgetPage) -> None:
    assert texts(find(page.income, "76"))[FORECAST:] == [
        "hors budget", "600\u00a0€", "+600\u00a0€", "–",
    ]  # fmt: skip


def test_contributions_in_kind_stay_below_the_total(page: BudgetPage) -> None:
    model = page.expenses.outside.model()
    first = model.index(0, 0)
    assert str(first.data()).startswith("Hors résultat · 86")
    assert first.siblingAtColumn(ACTUAL).data() == "3\u202f600\u00a0€"
    assert "3\u202f600" not in page.expenses.total.texts()["gap"]


@pytest.mark.parametrize(
    ("side", "name", "column", "total"),
    [
        ("expenses", "622", ACTUAL, "66\u202f000\u00a0€"),
        ("expenses", "622", FORECAST, "58\u202f000\u00a0€"),
        ("expenses", "62 ", GAP, "98\u202f600\u00a0€"),
        ("income", "74", ACTUAL, "324\u202f000\u00a0€"),
        ("income", "756", ACTUAL, "64\u202f000\u00a0€"),
        ("income", "74", FORECAST, "315\u202f000\u00a0€"),
    ],
)
def test_a_double_click_opens_the_rows_behind_with_the_same_total(
    page: BudgetPage, side: str, name: str, column: int, total: str
) -> None:
    where: Side = getattr(page, side)
    double_click(where, find(where, name), column)
    dialog = opened(RowsDialog)
    assert total in dialog.total().values()
    rows = dialog.table.rows
    amounts = [rows.values(row)[-1] for row in range(rows.rowCount())]
    assert f"{sum(amounts) // 100:,}".replace(",", "\u202f") + "\u00a0€" == total


def test_enter_opens_what_is_behind_a_class_and_its_rows_open_their_form(page: BudgetPage) -> None:
    tree = page.expenses.tree
    tree.setFocus()
    tree.setCurrentIndex(find(page.expenses, "66"))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    dialog = opened(RowsDialog)
    dialog.table.pick(dialog.table.rows.id_at(0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert not is_open(RowsDialog)
    assert opened(EntryForm).input("account_code").value().startswith("66")


def test_a_receipt_behind_leads_to_its_page(page: BudgetPage, workspace: Workspace, qtbot: QtBot) -> None:
    double_click(page.income, find(page.income, "756"), ACTUAL)
    dialog = opened(RowsDialog)
    dialog.table.pick(dialog.table.rows.id_at(0))
    with qtbot.waitSignal(workspace.row_requested) as asked:
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0] == "receipt"


def test_folding_is_kept_when_figures_change(page: BudgetPage, workspace: Workspace) -> None:
    page.expenses.tree.collapseAll()
    page.expenses.tree.unfold("63")
    with workspace.write("Ajouter une écriture") as session:
        year = session.scalars(select(FiscalYear.id).where(FiscalYear.year == 2021)).one()
        made = Entry(fiscal_year_id=year, entered_on=date(2021, 5, 1), account_code="631", amount=10_000)
        session.add(made)
    assert page.expenses.tree.unfolded() == {"63"}
    assert page.balance.result.text() == "+3\u202f000\u00a0€"


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


# --- links, other years, read-only ---------------------------------------------------------------


def test_links_show_the_line_and_the_entry_in_their_year(page: BudgetPage, workspace: Workspace) -> None:
    with workspace.read() as session:
        entry = session.scalars(select(Entry).join(FiscalYear).where(FiscalYear.year == 2020)).first()
        line = session.scalars(select(BudgetLine).where(BudgetLine.account_code == "622")).one()
    assert entry is not None
    page.show_row("entry", entry.id)
    assert workspace.year == 2020
    assert page.tabs.currentIndex() == ENTRIES
    assert page.entries.table.current_id() == entry.id
    page.show_row("budget_line", line.id)
    assert workspace.year == 2021
    assert page.lines.table.current_id() == line.id
    page.show_row("budget", line.budget_id)
    assert page.tabs.currentIndex() == OVERVIEW


def test_an_unknown_year_is_said_in_the_banner(page: BudgetPage, workspace: Workspace) -> None:
    workspace.year = 1998
    QApplication.processEvents()
    assert "[EXERCICE_INCONNU]" in page.banner.sentence()


def test_nothing_is_offered_on_a_read_only_dossier(
    workspace: Workspace, dossier: Dossier, shown: Callable[[QWidget], None]
) -> None:
    dossier.is_read_only = True
    page = BudgetPage(workspace)
    shown(page)
    page.refresh_now()
    made = next(b for b in page.findChildren(QPushButton) if b.text() == "Nouvelle ligne")
    assert not made.isEnabled()
    page.new_line()
    assert not is_open(BudgetLineForm)
    assert not any(action.isEnabled() for action in page.menu().actions())


def test_both_sides_stack_where_there_is_little_room(page: BudgetPage) -> None:
    page.resize(816, 640)
    QApplication.processEvents()
    assert page.width() == 816
    assert page.income.y() > page.expenses.y()
    click(next(b for b in page.findChildren(QPushButton) if b.text() == "Nouvelle ligne"))
    assert is_open(BudgetLineForm)
