"""« Budget »: the balance, the two sides, the rows behind each amount, links, years, little room."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import (
    click,
    is_open,
    opened,
)
from tests.ui.pages.budget.looking import ACTUAL, CONTROL, FORECAST, GAP, PERCENT, double_click, find, texts
from vto_desktop.model import BudgetLine, Entry, FiscalYear
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.budget_line import BudgetLineForm
from vto_desktop.ui.forms.entry import EntryForm
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.budget import ENTRIES, LINES, OVERVIEW, BudgetPage
from vto_desktop.ui.pages.budget.sides import Side

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


def test_no_percent_of_a_line_is_cut(page: BudgetPage, workspace: Workspace) -> None:
    with workspace.write("Prévoir un centime") as session:
        line = session.scalars(select(BudgetLine).where(BudgetLine.amount == 58_000_00)).one()  # 622
        line.amount = 1
    QApplication.processEvents()
    cell = find(page.expenses, "622").siblingAtColumn(PERCENT)
    assert len(str(cell.data())) > len("+13,8\u00a0%")
    tree = page.expenses.tree
    wide = QFontMetrics(cell.data(Qt.ItemDataRole.FontRole)).horizontalAdvance(str(cell.data()))
    assert tree.columnWidth(PERCENT) >= wide + theme.px(2 * 5), "the text and its padding"


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


def test_tabs_are_walked_by_keys_and_the_cursor_goes_along(page: BudgetPage) -> None:
    page.expenses.tree.setFocus()
    QTest.keyClick(page.expenses.tree, Qt.Key.Key_Tab, CONTROL)
    assert page.tabs.currentIndex() == LINES
    assert page.lines.table.hasFocus()
    QTest.keyClick(page.lines.table, Qt.Key.Key_Tab, CONTROL)
    assert page.tabs.currentIndex() == ENTRIES
    QTest.keyClick(page.entries.table, Qt.Key.Key_Tab, CONTROL)
    assert page.tabs.currentIndex() == OVERVIEW
    assert page.expenses.tree.hasFocus()
