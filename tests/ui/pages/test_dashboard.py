"""The dashboard of the example: its figures, the rows behind each with the same total, what is to be done."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sqlalchemy import delete, select, update

from tests.ui.driving import click
from vto_desktop.model import Dues, Instalment, Receipt
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.dashboard import DashboardPage

TODAY = date(2022, 2, 15)
FIGURES = {
    "income": "400\u202f000\u00a0€",
    "expenses": "396\u202f900\u00a0€",
    "result": "+3\u202f100\u00a0€",
    "members": "16\u202f/\u202f16",
    "running": "8",
    "to_receive": "36\u202f000\u00a0€",
}


@pytest.fixture
def page(
    workspace: Workspace, shown: Callable[[QWidget], None], monkeypatch: pytest.MonkeyPatch
) -> DashboardPage:
    """Return the page as it stood on 15 February 2022."""
    monkeypatch.setattr(DashboardPage, "today", lambda _self: TODAY)
    made = DashboardPage(workspace)
    made.resize(1232, 780)
    shown(made)
    made.refresh_now()
    QApplication.processEvents()
    return made


def behind(page: DashboardPage) -> RowsDialog:
    """Return the dialog that a click opened."""
    QApplication.processEvents()
    assert page.behind.dialog is not None
    assert page.behind.dialog.isVisible()
    return page.behind.dialog


def total_of(dialog: RowsDialog, key: str) -> int:
    """Return the sum of what the rows show in one column."""
    model = dialog.table.rows
    place = next(n for n, column in enumerate(model.columns) if column.key == key)
    return sum(model.values(row)[place] or 0 for row in range(model.rowCount()))


def test_the_cards_say_the_figures_of_the_example(page: DashboardPage) -> None:
    assert {key: card.figure() for key, card in page.cards.items()} == FIGURES
    assert page.heading.text() == "Tableau de bord 2021"


@pytest.mark.parametrize(
    ("key", "column", "cents"),
    [
        ("income", "amount", 400_000_00),
        ("expenses", "amount", 396_900_00),
        ("result", "amount", 3_100_00),
        ("members", "left", 0),
        ("running", "share", 324_000_00),
        ("to_receive", "due", 36_000_00),
    ],
)
def test_each_card_opens_the_rows_that_add_up_to_it(
    page: DashboardPage, key: str, column: str, cents: int
) -> None:
    QTest.mouseClick(page.cards[key], Qt.MouseButton.LeftButton)
    dialog = behind(page)
    assert total_of(dialog, column) == cents
    if key not in ("members", "running"):
        assert dialog.total()[column] == FIGURES[key].lstrip("+")
    dialog.accept()


def test_the_numbers_of_members_and_conventions_are_those_of_their_rows(page: DashboardPage) -> None:
    page.cards["members"].setFocus()
    QTest.keyClick(page.cards["members"], Qt.Key.Key_Return)
    assert behind(page).total()["name"] == "16 / 16 à jour"
    assert behind(page).table.rows.rowCount() == 16
    behind(page).accept()
    QTest.keyClick(page.cards["running"], Qt.Key.Key_Space)
    assert behind(page).table.rows.rowCount() == 8


def test_each_part_of_the_donut_opens_the_rows_that_add_up_to_it(page: DashboardPage) -> None:
    expected = {"DREETS": 224_000, "DDETS": 80_000, "DRAC": 12_000, "Adhésions": 64_000, "Autres": 12_000}
    regions = {region.key.split("\x1f")[-1]: region for region in page.sources.chart.regions}
    for name, euros in expected.items():
        page.sources.chart.clicked.emit(regions[name].key)
        assert total_of(behind(page), "amount") == euros * 100, name
        behind(page).accept()


def test_the_table_beside_the_donut_is_walked_by_keys(page: DashboardPage) -> None:
    rows = page.sources.rows
    assert rows.texts()[0] == ("État", "316\u202f000\u00a0€", "79\u00a0%")
    assert [line[2] for line in rows.texts()] == [f"{n}\u00a0%" for n in (79, 56, 20, 3, 18, 16, 2, 3)]
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert total_of(behind(page), "amount") == 224_000_00


def test_forecast_and_actual_stand_beside_each_other(page: DashboardPage) -> None:
    lines = {line[0]: line for line in page.forecast.rows.texts()}
    assert lines["DDETS"][-1] == "+10\u202f000\u00a0€"
    assert lines["Total"][1:] == ("", "392\u202f000\u00a0€", "400\u202f000\u00a0€", "+8\u202f000\u00a0€")
    QTest.mouseClick(page.forecast.rows, Qt.MouseButton.LeftButton, pos=QPoint(20, 31 * 6 + 10))
    assert total_of(behind(page), "amount") == 400_000_00


def test_published_years_and_the_computed_one_open_what_they_come_from(page: DashboardPage) -> None:
    texts = [line[0] for line in page.authorities.rows.texts()]
    assert texts == ["2018", "2019", "2020", "2021", "Calculé"]
    page.authorities.chart.clicked.emit("2019\x1fpublié")
    assert behind(page).total()["value"] == "16\u00a0%"
    assert behind(page).table.rows.rowCount() == 2
    behind(page).accept()
    page.authorities.chart.clicked.emit("2021\x1fcalculé")
    assert total_of(behind(page), "amount") == 72_000_00


def test_a_row_behind_a_figure_leads_to_its_record(page: DashboardPage, workspace: Workspace) -> None:
    asked: list[tuple[str, int]] = []
    workspace.row_requested.connect(lambda table, row_id: asked.append((table, row_id)))
    page.open_figure("running")
    dialog = behind(page)
    dialog.table.pick(3)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert len(asked) == 1
    assert asked[0][0] == "convention"


def test_what_is_to_be_done_has_one_button_each(page: DashboardPage, workspace: Workspace) -> None:
    assert "Réglages de l’association" in page.to_do.titles()
    asked: list[tuple[str, int]] = []
    workspace.row_requested.connect(lambda table, row_id: asked.append((table, row_id)))
    shown = page.to_do.findChildren(QWidget, "small")
    assert len(shown) == 6
    click(page.to_do.all_button)
    everything = page.to_do.findChildren(QWidget, "small")
    assert len([b for b in everything if b.isVisible()]) == len(page.to_do.titles()) > 6
    click(next(b for b in everything if isinstance(b, QPushButton) and b.isVisible()))
    assert asked == [("report_due", asked[0][1])]


def test_money_received_changes_the_figures_at_once(page: DashboardPage, workspace: Workspace) -> None:
    with workspace.read() as session:
        first = session.scalars(select(Instalment.id)).first()
    with workspace.write("Encaisser") as session:
        session.add(Receipt(received_on=date(2021, 12, 1), amount=500_00, instalment_id=first))
    QApplication.processEvents()
    assert page.cards["income"].figure() == "400\u202f500\u00a0€"


def test_dues_that_nobody_called_are_not_said_to_be_settled(
    page: DashboardPage, workspace: Workspace
) -> None:
    card = page.cards["members"]
    assert card.accessibleDescription() == "tout est réglé"
    with workspace.write("Ne plus appeler") as session:
        session.execute(delete(Receipt).where(Receipt.dues_id.is_not(None)))
        session.execute(update(Dues).values(called_on=None, due_on=None))
    QApplication.processEvents()
    assert (card.figure(), card.accessibleDescription()) == (
        "0\u202f/\u202f16",
        "aucune cotisation appelée",
    )
    with workspace.write("Effacer") as session:
        session.execute(delete(Dues))
    QApplication.processEvents()
    assert card.accessibleDescription() == "aucune cotisation appelée"
    workspace.undo()
    workspace.undo()
    assert card.accessibleDescription() == "tout est réglé"


@pytest.mark.parametrize(
    ("today", "said", "members", "to_receive"),
    [
        (date(2021, 6, 1), "", "", ""),
        (date(2022, 2, 15), "En partie au 31/12/2021", "Au 31/12/2021.", ""),
        (date(2023, 6, 1), "Chiffres au 31/12/2021", "Au 31/12/2021.", "Au 31/12/2021."),
    ],
)
def test_figures_that_are_not_of_today_say_their_day(
    page: DashboardPage,
    monkeypatch: pytest.MonkeyPatch,
    today: date,
    said: str,
    members: str,
    to_receive: str,
) -> None:
    monkeypatch.setattr(DashboardPage, "today", lambda _self: today)
    page.refresh_now()
    QApplication.processEvents()
    assert page.day.isVisible() == bool(said)
    assert not said or page.day.chip.text == said
    for key, below in (("members", members), ("running", members), ("to_receive", to_receive)):
        page.open_figure(key)
        texts = {one.text() for one in behind(page).findChildren(QLabel)}
        assert {text for text in texts if text.startswith("Au ")} == ({below} if below else set())
        behind(page).accept()


def test_a_narrow_page_stacks_its_panels(page: DashboardPage) -> None:
    page.resize(800, 600)
    QApplication.processEvents()
    assert page.sources.x() == page.to_do.x()
    assert page.sources.y() > page.to_do.y()
    page.resize(1232, 780)
    QApplication.processEvents()
    assert page.sources.y() == page.to_do.y()


def test_a_year_that_does_not_exist_says_so(page: DashboardPage, workspace: Workspace) -> None:
    workspace.year = 1999
    QApplication.processEvents()
    assert "[EXERCICE_INCONNU]" in page.banner.sentence()
