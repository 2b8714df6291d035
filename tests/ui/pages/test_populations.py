"""« Mettre à jour les populations… » through the window: what is ticked is taken over in one step."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from tests.ui.driving import choose_in, click, is_open, opened, page_of, refusal
from vto_desktop.model import Kind, Organisation
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.members import MembersPage, menu
from vto_desktop.ui.pages.members.populations import PopulationsDialog

FIRST_PAGE = "members"

AGED = {"Vauvert": (11_000, 2019), "Ville de Lunel": (25_000, 2018), "Nîmes Métropole": (270_000, 2024)}


def age(workspace: Workspace) -> None:
    """Give three members other populations, one of them newer than the data; add an unknown commune."""
    with workspace.write("Vieillir") as session:
        for name, (population, year) in AGED.items():
            row = session.scalars(select(Organisation).where(Organisation.name == name)).one()
            row.population, row.population_year = population, year
        session.add(Organisation(name="Celles", kind=Kind.COMMUNE.value, sort_key="celles"))


def kept(workspace: Workspace, name: str) -> tuple[int | None, int | None]:
    """Return the population of an organisation and its year."""
    with workspace.read() as session:
        row = session.scalars(select(Organisation).where(Organisation.name == name)).one()
        return row.population, row.population_year


@pytest.fixture
def page(window: MainWindow) -> MembersPage:
    """Return the page of members, shown in the window."""
    return page_of(window, "members", MembersPage)


@pytest.fixture
def dialog(page: MembersPage) -> PopulationsDialog:
    """Return the dialog, opened by the menu « Plus », with something to do."""
    age(page.workspace)
    choose_in(menu.of(page), "Mettre à jour les populations…")
    return opened(PopulationsDialog)


def test_the_sure_ones_are_ticked_and_taken_over_in_one_undoable_step(
    dialog: PopulationsDialog, window: MainWindow
) -> None:
    workspace = window.workspace
    rows = dialog.changes.rows
    shown = [rows.values(n)[1] for n in range(rows.rowCount())]
    assert shown == ["Nîmes Métropole", "Vauvert", "Ville de Lunel"]
    assert [str(rows.values(n)[0]) for n in range(3)] == ["non coché", "coché", "coché"]
    assert rows.values(1)[2:8] == ("30", 11_000, "2019", 11_671, "2023", (671, 11_000))
    assert "plus anciennes" in rows.values(0)[8]
    assert dialog.unknown.rows.values(0)[0] == "Celles"
    assert dialog.sentence.text() == (
        "3\u00a0différences, 10\u00a0collectivités à jour et 1\u00a0non reconnue."
    )
    assert dialog.apply_button.text() == "&Mettre à jour (2)"
    click(dialog.apply_button)
    assert not is_open(PopulationsDialog)
    assert kept(workspace, "Vauvert") == (11_671, 2023)
    assert kept(workspace, "Ville de Lunel") == (26_623, 2023)
    assert kept(workspace, "Nîmes Métropole") == AGED["Nîmes Métropole"]
    assert window.status.text.text().startswith("2\u00a0populations mises à jour. Ctrl+Z annule")
    assert workspace.dossier is not None
    assert workspace.dossier.undo_label == "Mettre à jour 2\u00a0populations"
    workspace.undo()
    assert {name: kept(workspace, name) for name in AGED} == AGED
    workspace.redo()
    assert kept(workspace, "Vauvert") == (11_671, 2023)


def test_rows_are_ticked_by_the_box_by_space_and_all_at_once(dialog: PopulationsDialog) -> None:
    table = dialog.changes
    assert table.ticked_ids() == [1, 2]
    at = table.visualRect(table.rows.index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.ticked_ids() == [0, 1, 2]
    beside = table.visualRect(table.rows.index(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(beside))
    assert table.ticked_ids() == [0, 1, 2]  # choosing a row ticks nothing
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.ticked_ids() == [0, 2]
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.ticked_ids() == [0, 1, 2]
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.ticked_ids() == []
    assert not dialog.apply_button.isEnabled()
    click(dialog.all_button)
    assert dialog.apply_button.text() == "&Mettre à jour (3)"
    table.rows.set_filter("vauvert")
    assert table.ticked_ids() == [0, 1, 2]
    click(dialog.none_button)
    assert table.ticked_ids() == [0, 2]  # those listed alone


def test_undoing_under_the_dialog_shows_the_differences_again(
    dialog: PopulationsDialog, window: MainWindow
) -> None:
    window.workspace.undo()
    QApplication.processEvents()
    assert dialog.changes.rows.rowCount() == 0
    assert not dialog.unknown_panel.isVisible()
    assert not dialog.all_button.isEnabled()
    assert dialog.sentence.text() == "13\u00a0collectivités à jour."


def test_a_refusal_is_told_and_changes_nothing(dialog: PopulationsDialog, window: MainWindow) -> None:
    with window.workspace.write("Code impossible") as session:
        row = session.scalars(select(Organisation).where(Organisation.name == "Vauvert")).one()
        row.departement = "99"
    click(dialog.apply_button)
    assert "n’est pas celui d’un département" in refusal()
    assert kept(window.workspace, "Ville de Lunel") == AGED["Ville de Lunel"]
    assert is_open(PopulationsDialog)
