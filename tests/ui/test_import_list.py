"""« Importer une liste… » through the real window: file, columns, preview, import, and back by undo."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from sqlalchemy import select

from tests.services.importing import write
from tests.ui.driving import CONTROL, choose_in, click, count, is_open, opened, page_of, refusal, settle
from vto_desktop.errors import UserError
from vto_desktop.model import Member, Organisation
from vto_desktop.services import importing
from vto_desktop.services.importing import State
from vto_desktop.ui.forms import export
from vto_desktop.ui.forms.importing import ImportDialog, asking
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.members import MembersPage, menu

FIRST_PAGE = "members"

LIST = """
Villes et Territoires Occitanie;;;
Collectivité;Type;Dép.;Date d’adhésion
Ville d’Essai;commune;34;01/01/2015
Ville de Limoux;commune;11;2016
Ville d’Ailleurs;bleu;34;31/02/2021
Alès;;;
"""


@pytest.fixture
def dialog(window: MainWindow) -> ImportDialog:
    """Return the dialog, opened by the line of the menu « Plus » of the members."""
    page = page_of(window, "members", MembersPage)
    choose_in(menu.of(page), "Importer une liste…")
    return opened(ImportDialog)


def take(dialog: ImportDialog, path: Path) -> None:
    """Choose a file as the file dialog does."""
    click(dialog.file_page.choose_button)
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(path))
    asked.done(0)
    settle()


def go_on(dialog: ImportDialog) -> None:
    click(dialog.next_button)
    settle()


def choose(input_: ChoiceInput, text: str) -> None:
    place = input_.combo.findText(text)
    assert place >= 0, text
    input_.combo.setCurrentIndex(place)
    settle()


def shown(dialog: ImportDialog) -> list[tuple[int, str, str]]:
    """Return the rows of the preview: number, state, name."""
    rows = dialog.preview_page.table.rows
    values = [rows.values(row) for row in range(rows.rowCount())]
    return [(row[1], str(row[2]), row[3] or "") for row in values]


def texts(dialog: ImportDialog, kind: str) -> list[str]:
    labels = dialog.preview_page.detail.findChildren(QLabel, kind)
    return [each.text() for each in labels if each.isVisible()]


def names(window: MainWindow) -> set[str]:
    with window.workspace.read() as session:
        return set(session.scalars(select(Organisation.name).join(Member)))


# --- the whole way -------------------------------------------------------------------------------


def test_a_list_is_imported_and_taken_back(window: MainWindow, dialog: ImportDialog, tmp_path: Path) -> None:
    before = count(window.workspace, Member)
    take(dialog, write(tmp_path / "liste.csv", LIST))
    assert dialog.step == 1
    assert dialog.mapping_page.heading_row.value() == 2
    assert [each.value() for each in dialog.mapping_page.inputs.values()] == [
        "name", "kind", "departement", "joined_on",
    ]  # fmt: skip
    go_on(dialog)
    assert shown(dialog) == [
        (3, "Nouveau", "Ville d’Essai"),
        (4, "Mis à jour", "Ville de Limoux"),
        (5, "À corriger", "Ville d’Ailleurs"),
        (6, "Doublon", "Alès"),
    ]
    assert dialog.preview_page.summary.text() == (
        "4\u00a0lignes\u00a0: 1\u00a0à ajouter, 1\u00a0à mettre à jour, 1\u00a0doublon décoché et "
        "1\u00a0à corriger dans le fichier."
    )
    assert dialog.next_button.text() == "&Importer 2\u00a0lignes"
    assert count(window.workspace, Member) == before
    go_on(dialog)
    assert not is_open(ImportDialog)
    assert "Ville d’Essai" in names(window)
    assert count(window.workspace, Member) == before + 1
    assert "importés ou mis à jour" in window.status.text.text()
    assert window.workspace.dossier is not None
    assert window.workspace.dossier.undo_label == "Importer 2\u00a0adhérents (liste.csv)"
    window.menus.actions["undo"].trigger()
    settle()
    assert "Ville d’Essai" not in names(window)


def test_the_keyboard_alone_goes_all_the_way(
    dialog: ImportDialog, window: MainWindow, tmp_path: Path
) -> None:
    dialog.read(write(tmp_path / "liste.csv", LIST))
    settle()
    QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    settle()
    table = dialog.preview_page.table
    table.setFocus()
    table.pick(4)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.ticked_ids() == [3]
    table.pick(5)
    QTest.keyClick(table, Qt.Key.Key_Space)  # a row to correct has no box
    table.pick(6)
    QTest.keyClick(table, Qt.Key.Key_Space)  # a double is imported when one says so
    assert table.ticked_ids() == [3, 6]
    QTest.keyClick(table, Qt.Key.Key_Return, CONTROL)
    settle()
    assert {"Ville d’Essai", "Alès"} <= names(window)


def test_representatives_are_imported_too(dialog: ImportDialog, window: MainWindow, tmp_path: Path) -> None:
    choose(dialog.file_page.kind, "Représentants")
    take(
        dialog,
        write(tmp_path / "r.csv", "Adhérent;Représentant;Rang\nAlès Agglomération;Zoé PETIT;suppléante"),
    )
    go_on(dialog)
    assert [row[1:] for row in shown(dialog)] == [("Nouveau", "Zoé PETIT – Alès Agglomération")]
    go_on(dialog)
    assert window.workspace.dossier is not None
    assert window.workspace.dossier.undo_label == "Importer 1\u00a0représentant (r.csv)"


# --- the preview ---------------------------------------------------------------------------------


def test_problems_are_told_cell_by_cell_in_red(dialog: ImportDialog, tmp_path: Path) -> None:
    take(dialog, write(tmp_path / "liste.csv", LIST))
    go_on(dialog)
    assert dialog.preview_page.table.current_id() == 5  # the first row to correct
    assert dialog.preview_page.detail.heading_label.text() == "Ligne 5 · Ville d’Ailleurs"
    said = texts(dialog, "problem")
    assert len(said) == 2
    assert said[0].startswith("«\u00a0bleu\u00a0» n’est pas un type d’adhérent")
    assert said[1] == "Février 2021 a 28 jours."
    dialog.preview_page.table.pick(3)
    assert texts(dialog, "problem") == []


def test_a_doubtful_cell_is_told_and_keeps_nothing_away(dialog: ImportDialog, tmp_path: Path) -> None:
    take(dialog, write(tmp_path / "liste.csv", "Nom;SIREN;Courriel;Civilité\nVille d’Essai;12;x;Dr"))
    go_on(dialog)
    values = dialog.preview_page.table.rows.values(0)
    assert str(values[2]) == "Nouveau"
    assert values[4].startswith("à vérifier\u00a0: SIREN, Courriel, Civilité")
    assert len(texts(dialog, "warn")) == 3
    assert dialog.preview_page.ticked() == [2]


def test_rows_are_filtered_by_state_and_by_text(dialog: ImportDialog, tmp_path: Path) -> None:
    take(dialog, write(tmp_path / "liste.csv", LIST))
    go_on(dialog)
    preview = dialog.preview_page
    assert {state: chip.isVisible() for state, chip in preview.chips.items()} == {
        State.CREATE: True, State.UPDATE: True, State.SAME: False, State.DOUBLE: True, State.PROBLEM: True,
        State.IGNORED: False,
    }  # fmt: skip
    assert preview.chips[State.PROBLEM].text() == "À corriger 1"
    click(preview.chips[State.PROBLEM])
    assert [row[0] for row in shown(dialog)] == [5]
    click(preview.chips[State.CREATE])
    assert [row[0] for row in shown(dialog)] == [3]
    click(preview.chips[State.CREATE])
    preview.filter_field.setText("limoux")
    preview.filter_field.filter_now()
    assert [row[0] for row in shown(dialog)] == [4]
    assert preview.ticked() == [3, 4]  # what a filter hides stays ticked


def test_nothing_ticked_imports_nothing(dialog: ImportDialog, tmp_path: Path) -> None:
    take(dialog, write(tmp_path / "liste.csv", LIST))
    go_on(dialog)
    click(dialog.preview_page.none_button)
    assert not dialog.next_button.isEnabled()
    assert dialog.note.text() == "Rien n’est coché."
    click(dialog.preview_page.all_button)
    assert dialog.preview_page.ticked() == [3, 4, 6]


def test_the_official_list_is_left_out_on_demand(dialog: ImportDialog, tmp_path: Path) -> None:
    take(dialog, write(tmp_path / "liste.csv", "Nom\nAgde"))
    go_on(dialog)
    assert "liste officielle" in dialog.preview_page.table.rows.values(0)[4]
    dialog.preview_page.completes.click()
    settle()
    assert "liste officielle" not in (dialog.preview_page.table.rows.values(0)[4] or "")


def test_the_list_exported_from_the_page_changes_nothing(
    dialog: ImportDialog, window: MainWindow, tmp_path: Path
) -> None:
    page = window.page("members")
    assert isinstance(page, MembersPage)
    for ending in ("xlsx", "csv"):
        path = tmp_path / f"export.{ending}"
        export.export(window, window.workspace, page.table, page.title, path)
        settle()
        dialog.read(path)
        settle()
        go_on(dialog)
        assert {state for _number, state, _name in shown(dialog)} == {"Inchangé"}
        assert not dialog.preview_page.all_button.isVisible(), "there is nothing to tick"
        assert len(shown(dialog)) == 16
        assert not dialog.next_button.isEnabled()


# --- columns -------------------------------------------------------------------------------------


def test_columns_are_mapped_by_hand_and_remembered(
    dialog: ImportDialog, window: MainWindow, tmp_path: Path
) -> None:
    path = write(tmp_path / "liste.csv", "Quoi;Où;Autre\nVille d’Essai;34;x")
    take(dialog, path)
    assert not dialog.next_button.isEnabled()
    assert dialog.mapping_page.problem.sentence() == (
        "Indiquez la colonne qui contient le nom de l’adhérent."
    )
    inputs = dialog.mapping_page.inputs
    choose(inputs[2], "Nom de l’adhérent")
    choose(inputs[0], "Nom de l’adhérent")
    assert [each.value() for each in inputs.values()] == ["name", None, None]  # a field has one column
    choose(inputs[1], "Département")
    assert dialog.mapping_page.problem.sentence() == ""
    go_on(dialog)
    go_on(dialog)
    assert "Ville d’Essai" in names(window)
    again = ImportDialog(window.workspace, window, path=path)
    again.open()
    settle()
    assert [each.value() for each in again.mapping_page.inputs.values()] == ["name", "departement", None]
    assert again.mapping_page.remembered.text().startswith("Repris de votre dernier import")


def test_the_encoding_the_sheet_and_the_row_of_headings_can_be_changed(
    dialog: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("Nom;Ville\nÉtampes;X\n".encode("cp1252"))
    dialog.read(path)
    settle()
    page = dialog.mapping_page
    assert dialog.table is not None
    assert dialog.table.encoding == "cp1252"
    page.reread.emit({"encoding": "cp850"})
    settle()
    assert dialog.table.rows[1][1][0] == "╔tampes"
    book = openpyxl.Workbook()
    for cells in (["Titre"], ["Nom", "Dép."], ["A", "34"]):
        book.worksheets[0].append(cells)
    book.create_sheet("Archives").sheet_state = "hidden"
    book["Archives"].append(["Nom"])
    book.save(tmp_path / "liste.xlsx")
    dialog.read(tmp_path / "liste.xlsx")
    settle()
    assert page.banner.sentence() == "La feuille «\u00a0Archives\u00a0» est masquée dans le classeur."
    assert page.heading_row.value() == 2
    page.heading_row.line.setFocus()
    page.heading_row.line.selectAll()
    QTest.keyClicks(page.heading_row.line, "0")
    QTest.keyClick(page.heading_row.line, Qt.Key.Key_Return)
    settle()
    assert dialog.columns is not None
    assert dialog.columns.headings == ("Colonne A", "Colonne B")
    page.reread.emit({"sheet": "Archives"})
    settle()
    assert dialog.table.sheet == "Archives"


def test_going_back_keeps_what_was_chosen(dialog: ImportDialog, tmp_path: Path) -> None:
    take(dialog, write(tmp_path / "liste.csv", LIST))
    choose(dialog.mapping_page.inputs[1], "Ne pas importer")
    go_on(dialog)
    click(dialog.back_button)
    assert dialog.step == 1
    assert dialog.mapping_page.inputs[1].value() is None
    click(dialog.back_button)
    assert dialog.file_page.file_label.text() == "liste.csv"
    go_on(dialog)
    assert dialog.step == 1


# --- what goes wrong -----------------------------------------------------------------------------


def test_a_refused_file_leaves_the_step_as_it_was(dialog: ImportDialog, tmp_path: Path) -> None:
    path = tmp_path / "faux.xlsx"
    path.write_bytes(b"PK\x03\x04 faux")
    take(dialog, path)
    assert "[FICHIER_ILLISIBLE]" in refusal()
    assert dialog.step == 0
    assert not dialog.next_button.isEnabled()


def test_an_import_that_is_refused_writes_nothing_and_keeps_the_preview(
    dialog: ImportDialog, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply = importing.apply

    def full(session: Any, rows: Any, progress: Any) -> None:
        apply(session, rows, progress)
        raise UserError("DISQUE_PLEIN", "Le disque est plein. Rien n’a été perdu.")

    monkeypatch.setattr(importing, "apply", full)
    take(dialog, write(tmp_path / "liste.csv", LIST))
    go_on(dialog)
    go_on(dialog)
    assert "[DISQUE_PLEIN]" in refusal()
    assert dialog.step == 2
    assert dialog.next_button.isEnabled()
    assert "Ville d’Essai" not in names(window)


def test_cancelling_half_way_rolls_back(
    dialog: ImportDialog, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply, reached, cancelled = importing.apply, threading.Event(), threading.Event()

    def slowly(session: Any, rows: Any, progress: Callable[[int, int], object]) -> None:
        apply(session, rows, progress)
        reached.set()
        assert cancelled.wait(20)
        progress(1, 1)

    monkeypatch.setattr(importing, "apply", slowly)
    take(dialog, write(tmp_path / "liste.csv", LIST))
    go_on(dialog)
    dialog.go_on()
    assert reached.wait(20)
    QTest.qWait(300)
    progress = opened(jobs.Progress)
    dialog.reject()  # closing waits for what runs, and gives it up
    assert dialog.isVisible()
    click(progress.cancel_button)
    cancelled.set()
    settle()
    assert dialog.isVisible()
    assert "Ville d’Essai" not in names(window)
    assert window.workspace.dossier is not None
    assert "Importer" not in (window.workspace.dossier.undo_label or "")


# --- from elsewhere ------------------------------------------------------------------------------


def drop(window: MainWindow, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 400), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), copy, data, left, none))
    settle()
    return enter.isAccepted()


@pytest.mark.parametrize("name", ["liste.csv", "LISTE.XLSX", "liste.txt"])
def test_a_list_dropped_on_the_window_is_looked_at(window: MainWindow, tmp_path: Path, name: str) -> None:
    assert drop(window, write(tmp_path / name, LIST))
    assert window.page_key == "members"
    assert opened(ImportDialog).step == 1


def test_a_list_is_not_taken_by_a_dossier_that_is_only_read(window: MainWindow, tmp_path: Path) -> None:
    assert window.workspace.dossier is not None
    window.workspace.dossier.is_read_only = True
    assert not drop(window, write(tmp_path / "liste.csv", LIST))
    assert not is_open(ImportDialog)


def test_the_menu_of_the_window_imports_too(window: MainWindow) -> None:
    window.menus.actions["import"].trigger()
    settle()
    assert opened(ImportDialog).step == 0


@pytest.mark.parametrize("kind", importing.KINDS)
def test_the_model_has_headings_that_are_all_recognised(
    dialog: ImportDialog, window: MainWindow, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "modèle.xlsx"
    asking.write_model(dialog, window.workspace, kind, path)
    settle()
    headings = [str(cell.value) for cell in openpyxl.load_workbook(path).worksheets[0][1]]
    layout = importing.layout_of([(1, headings), (2, ["x"] * len(headings))], kind)
    assert [layout.key_of(column) for column in range(len(headings))] == [
        field.key for field in importing.model_fields(kind)
    ]


def test_the_model_is_saved_from_the_first_step(dialog: ImportDialog, tmp_path: Path) -> None:
    click(dialog.file_page.model_button)
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(tmp_path / "m.xlsx"))
    asked.done(0)
    settle()
    assert (tmp_path / "m.xlsx").is_file()
    assert [each.text() for each in dialog.findChildren(QPushButton, "primary")] == [
        "Choisir un fichier…",
        "&Suivant",
    ]
