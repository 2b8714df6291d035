"""Members that come, go and join one another, through the window: ending, merging, movements, history."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton

from tests.ui.driving import (
    choose_in,
    click,
    is_open,
    opened,
    page_of,
    pick,
    problems,
    save,
    settle,
    type_into,
)
from tests.ui.pages.members_rows import member_called, names, stand_on
from vto_desktop.services import depending, leaving
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.leaving import EndMemberForm
from vto_desktop.ui.forms.member import MemberForm
from vto_desktop.ui.forms.representative import RepresentativeForm
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.members import MembersPage, menu
from vto_desktop.ui.pages.members.movements import MovementsDialog

FIRST_PAGE = "members"

LUNEL, ORB = "Ville de Lunel", "Communauté de Communes du Grand Orb"


@pytest.fixture
def page(window: MainWindow) -> MembersPage:
    """Return the page of members, shown in the window."""
    window.workspace.year = 2021
    return page_of(window, "members", MembersPage)


def ending(page: MembersPage, name: str) -> EndMemberForm:
    """Open « Mettre fin… » on a member, on the first of July."""
    stand_on(page, name)
    click(page.end_button)
    form = opened(EndMemberForm)
    type_into(form, "left_on", "01/07/2021")
    return form


def still_held(window: MainWindow, name: str) -> tuple[int, int]:
    """Return how many roles and mandates go on after the first of July."""
    with window.workspace.read() as session:
        row_id, on = member_called(session, name).id, date(2021, 7, 1)
        return len(leaving.still_sent(session, row_id, on=on)), len(
            depending.depending_on(session, row_id, on=on)
        )


def test_a_member_joins_another_and_all_that_runs_ends_in_one_step(
    page: MembersPage, window: MainWindow
) -> None:
    form = ending(page, LUNEL)
    assert [box.text() for box in form.sent.boxes.values()] == ["Nourredine BENIATTOU, titulaire"]
    assert [box.text() for box in form.depending.box.boxes.values()] == [
        "Nourredine BENIATTOU\u00a0: membre (Conseil d’administration)"
    ]
    type_into(form, "reason", "Commune nouvelle")
    pick(form, "successor_id", "vauvert")
    save(form)
    assert not is_open(EndMemberForm)
    assert LUNEL not in names(page)
    with window.workspace.read() as session:
        lunel, vauvert = member_called(session, LUNEL), member_called(session, "Vauvert")
        assert (lunel.left_on, lunel.successor_id) == (date(2021, 7, 1), vauvert.id)
    assert still_held(window, LUNEL) == (0, 0)
    stand_on(page, "Vauvert")
    page.detail.tabs.setCurrentIndex(4)
    assert page.detail.tabs.tabText(4) == "Historique"
    first = page.history.items.views[0].item
    assert (first.title, str(first.chip), first.lines[0]) == (
        "01/07/2021", "Fusion", f"{LUNEL} rejoint Vauvert",
    )  # fmt: skip
    assert LUNEL in first.captions
    before = len(page.history.items.views)
    window.workspace.undo()
    assert LUNEL in names(page)
    assert len(page.history.items.views) < before
    with window.workspace.read() as session:
        lunel = member_called(session, LUNEL)
        assert (lunel.left_on, lunel.successor_id) == (None, None)
    assert still_held(window, LUNEL) == (1, 1)


def test_what_is_unticked_goes_on(page: MembersPage, window: MainWindow) -> None:
    form = ending(page, ORB)
    presidency, _seat = form.depending.box.boxes.values()
    assert presidency.text() == "Magalie TOUET\u00a0: présidente (Bureau)"
    click(presidency)
    next(iter(form.sent.boxes.values())).click()  # a box takes clicks on its text, not beside it
    save(form)
    assert still_held(window, ORB) == (1, 1)
    window.workspace.undo()
    assert still_held(window, ORB) == (1, 2)


def test_a_day_after_which_nobody_sits_lists_nobody(page: MembersPage, window: MainWindow) -> None:
    form = ending(page, ORB)
    assert form.fields["representative_ids"].isVisible()
    type_into(form, "left_on", "")
    assert not form.fields["representative_ids"].isVisible()
    assert not form.depending.field.isVisible()


def test_two_members_cannot_follow_each_other(page: MembersPage, window: MainWindow) -> None:
    form = ending(page, LUNEL)
    pick(form, "successor_id", "vauvert")
    save(form)
    form = ending(page, "Vauvert")
    pick(form, "successor_id", "lunel")
    save(form)
    assert "a déjà rejoint" in problems(form)["successor_id"]
    type_into(form, "left_on", "")
    save(form)
    assert list(problems(form)) == ["left_on"]
    with window.workspace.read() as session:
        assert member_called(session, "Vauvert").left_on is None


def test_the_fields_of_a_member_that_left_are_found_again(page: MembersPage, window: MainWindow) -> None:
    form = ending(page, LUNEL)
    type_into(form, "reason", "Fusion")
    pick(form, "successor_id", "vauvert")
    save(form)
    page.day_chip.choose(None)
    identifier = stand_on(page, LUNEL)
    page.end_member(identifier)
    again = opened(EndMemberForm)
    assert (again.input("reason").value(), again.input("successor_id").typed()[1]) == ("Fusion", "Vauvert")
    again.leave()
    page.open_row(identifier)
    whole = opened(MemberForm)
    type_into(whole, "left_on", "")
    save(whole)
    assert "Indiquez la date de départ" in problems(whole)["left_on"]
    whole.hide()
    page.duplicate_row(identifier)
    copied = opened(MemberForm)
    assert copied.row.successor_id is None


def test_the_history_opens_the_record_of_each_event(page: MembersPage, window: MainWindow) -> None:
    stand_on(page, "Vauvert")
    page.detail.tabs.setCurrentIndex(4)
    dues = next(view for view in page.history.items.views if str(view.item.chip) == "Cotisation")
    button = dues.findChild(QToolButton)
    assert button is not None
    click(button)
    assert window.page_key == "dues"
    assert window.page("dues").detail.heading.text() == "Vauvert"  # type: ignore[attr-defined]
    window.show_page("members")
    sent = next(view for view in page.history.items.views if str(view.item.chip) == "Représentant")
    sent.setFocus()
    QTest.keyClick(sent, Qt.Key.Key_Return)
    assert page.detail.tabs.currentIndex() == 1
    assert not is_open(RepresentativeForm)


# --- movements -----------------------------------------------------------------------------------


@pytest.fixture
def moved(page: MembersPage, window: MainWindow) -> MovementsDialog:
    """Let one member come and one go, and open « Entrées et sorties… »."""
    with window.workspace.write("Bouger") as session:
        vauvert = member_called(session, "Vauvert")
        vauvert.joined_on = date(2021, 3, 1)
        lunel = member_called(session, LUNEL)
        leaving.end_membership(
            session, lunel.id, on=date(2021, 7, 1), reason="Délibération", successor_id=vauvert.id
        )
    choose_in(menu.of(page), "Entrées et sorties…")
    return opened(MovementsDialog)


def test_the_movements_of_the_year_are_listed_with_their_reasons(moved: MovementsDialog) -> None:
    rows = [moved.table.rows.values(row) for row in range(moved.table.rows.rowCount())]
    assert [(str(row[0]), row[1], row[2], row[-1]) for row in rows] == [
        ("Entrée", date(2021, 3, 1), "Vauvert", None),
        ("Sortie", date(2021, 7, 1), LUNEL, "Rejoint Vauvert · Délibération"),
    ]
    assert moved.below.text().startswith("1\u00a0entrée, 1\u00a0sortie")
    moved.first.input.editor.setText("02/03/2021")  # type: ignore[attr-defined]
    assert moved.table.rows.rowCount() == 1
    assert moved.below.text() == "Aucune entrée, 1\u00a0sortie\u00a0: de 16 à 15\u00a0adhérents (\u22121)."
    moved.last.input.editor.setText("01/03/2021")  # type: ignore[attr-defined]
    assert moved.last.problem == "Le dernier jour doit suivre le premier."
    assert moved.table.rows.rowCount() == 1


def test_a_movement_opens_its_member_whatever_is_filtered(moved: MovementsDialog, page: MembersPage) -> None:
    moved.table.pick(moved.table.rows.id_at(1))
    QTest.keyClick(moved.table, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not is_open(MovementsDialog)
    assert page.detail.heading.text() == LUNEL


def test_movements_are_copied_and_exported(moved: MovementsDialog, tmp_path: Path) -> None:
    moved.table.copy()
    copied = QApplication.clipboard().text()
    assert copied.splitlines()[0] == "Mouvement\tLe\tAdhérent\tType\tDépartement\tRaison"
    assert "Sortie\t01/07/2021\tVille de Lunel" in copied
    moved.table.export_asked.emit()
    dialog = opened(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "mouvements.xlsx"))
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "mouvements.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[3]][2] == LUNEL


def test_on_a_read_only_dossier_history_still_opens(page: MembersPage, window: MainWindow) -> None:
    dossier = window.workspace.dossier
    assert isinstance(dossier, Dossier)
    dossier.is_read_only = True
    page.refresh_now()
    stand_on(page, "Vauvert")
    page.detail.tabs.setCurrentIndex(4)
    assert page.history.items.views[0].menu().actions()[0].text() == "Ouvrir"
    assert not page.end_button.isEnabled()
    dossier.is_read_only = False
