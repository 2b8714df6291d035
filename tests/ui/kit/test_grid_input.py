"""Rows of fields: typed from cell to cell by keys, growing, mended cell by cell, kept as a draft."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from vto_desktop.ui.kit.grid_input import GridInput
from vto_desktop.ui.kit.grid_row import Cell, ShownText
from vto_desktop.ui.kit.inputs import TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput


@pytest.fixture
def grid(shown: Callable[[QWidget], None]) -> GridInput:
    """Return an empty grid that grows, with a default in its last cell."""
    made = GridInput(
        (
            Cell("name", "Nom", TextInput),
            Cell("amount", "Montant", AmountInput, 120, right=True),
            Cell("means", "Moyen", TextInput, 90),
            Cell("note", "", ShownText, 60, still=True),
        ),
        grows=True,
        removable=True,
        high=120,
        defaults={"means": "Chèque"},
    )
    made.resize(500, 260)
    shown(made)
    return made


def type_in(grid: GridInput, place: int, key: str, text: str) -> None:
    editor = grid.cell(place, key).editor
    editor.setFocus()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    QApplication.processEvents()


def test_a_blank_row_always_waits_and_counts_for_nothing(grid: GridInput) -> None:
    assert (len(grid.rows), grid.value(), grid.is_empty()) == (1, [], True)
    type_in(grid, 0, "name", "Lunel")
    assert len(grid.rows) == 2
    type_in(grid, 1, "amount", "12")
    assert len(grid.rows) == 3
    assert grid.value() == [
        {"name": "Lunel", "amount": None, "means": "Chèque", "note": ""},
        {"name": "", "amount": 1_200, "means": "Chèque", "note": ""},
    ]


def test_a_default_changed_reaches_the_rows_that_still_have_it(grid: GridInput) -> None:
    grid.set_value([{"name": "Lunel"}, {"name": "Vauvert", "means": "Virement"}])
    grid.set_defaults({"means": "Espèces"})
    assert [row.cell("means").value() for row in grid.rows] == ["Espèces", "Virement", "Espèces"]
    assert len(grid.value()) == 2


def test_problems_stand_by_their_cell_until_it_is_typed_in(grid: GridInput) -> None:
    grid.set_value([{"name": "Lunel"}, {"name": "Vauvert", "amount": 5}])
    grid.show_problems_inside({"0.amount": "Indiquez le montant.", "1.name": "Inconnu."})
    assert grid.rows[0].problems() == {"amount": "Indiquez le montant."}
    assert (grid.problems_inside(), grid.rows[1].below()) == (2, "Inconnu.")
    grid.setFocus()
    assert grid.cell(0, "amount").editor.hasFocus()
    type_in(grid, 0, "amount", "1")
    assert (grid.problems_inside(), grid.rows[0].below()) == (1, "")
    type_in(grid, 0, "amount", "x")
    assert "n’est pas un montant" in grid.problem()
    grid.show_problems_inside({})
    assert set(grid.rows[0].problems()) == {"amount"}  # what cannot be read stays told


def test_a_row_is_taken_out_by_keys_or_by_its_cross(grid: GridInput) -> None:
    grid.set_value([{"name": "a"}, {"name": "b"}, {"name": "c"}])
    grid.cell(1, "amount").setFocus()
    QTest.keyClick(grid.cell(1, "amount").editor, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert [row["name"] for row in grid.value()] == ["a", "c"]
    grid.rows[0].removed.emit()
    assert [row["name"] for row in grid.value()] == ["c"]
    grid.remove(grid.rows[0])
    assert (grid.value(), len(grid.rows)) == ([], 1)


def test_what_was_typed_goes_to_a_draft_and_back_even_unreadable(grid: GridInput) -> None:
    type_in(grid, 0, "name", "Lunel")
    type_in(grid, 0, "amount", "12x")
    kept = grid.typed()
    grid.set_value([])
    assert grid.is_empty()
    grid.set_typed(kept)
    assert grid.cell(0, "name").value() == "Lunel"
    assert grid.cell(0, "amount").typed() == "12x"
    grid.set_typed("not a list")
    assert grid.cell(0, "name").value() == "Lunel"


def test_cells_say_which_row_and_column_they_are(grid: GridInput) -> None:
    grid.set_value([{"name": "a", "note": "Un texte bien trop long pour sa colonne"}])
    assert grid.cell(1, "amount").editor.accessibleName() == "Montant, ligne 2"
    QApplication.processEvents()
    note = grid.cell(0, "note").editor
    assert note.toolTip() == "Un texte bien trop long pour sa colonne"
