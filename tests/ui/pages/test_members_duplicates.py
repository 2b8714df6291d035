"""« Doublons… » through the window: compared side by side, merged in one step, undone, refused in French."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from sqlalchemy import select

from tests.ui.driving import (
    choose_in,
    click,
    count,
    is_open,
    opened,
    page_of,
    refusal,
    save,
    type_into,
)
from tests.ui.pages.members_rows import member_called, names, stand_on
from vto_desktop.model import Member, Organisation, OrganisationAlias, Person, Representative
from vto_desktop.services import members, organisations, persons
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.members import MembersPage, menu
from vto_desktop.ui.pages.members.directory import DirectoryDialog
from vto_desktop.ui.pages.members.duplicates import DuplicatesDialog

FIRST_PAGE = "members"

LUNEL = "Ville de Lunel"


@pytest.fixture
def page(window: MainWindow) -> MembersPage:
    """Return the page of members, shown in the window."""
    window.workspace.year = 2021
    return page_of(window, "members", MembersPage)


def enter_twice(workspace: Workspace) -> None:
    """Enter the president again, as a representative of Lunel, and Lézignan-Corbières without accents."""
    with workspace.write("Saisir deux fois") as session:
        twin = persons.save_person(
            session, Person(first_name="TOUET", last_name="Magalie", email="mt@exemple.invalid")
        )
        session.add(Representative(member_id=member_called(session, LUNEL).id, person_id=twin.id))
        organisations.save_organisation(session, Organisation(name="ville de lezignan corbieres"))


@pytest.fixture
def dialog(page: MembersPage, window: MainWindow) -> DuplicatesDialog:
    """Return the dialog, on a dossier with two duplicates."""
    enter_twice(window.workspace)
    choose_in(menu.of(page), "Doublons…")
    return opened(DuplicatesDialog)


def texts(dialog: DuplicatesDialog) -> list[str]:
    return [label.text() for label in dialog.compared.findChildren(QLabel) if not label.isHidden()]


def groups(dialog: DuplicatesDialog) -> list[tuple[object, ...]]:
    return [tuple(dialog.list.rows.values(row)) for row in range(dialog.list.rows.rowCount())]


def test_duplicates_are_listed_and_compared(dialog: DuplicatesDialog) -> None:
    assert groups(dialog) == [
        ("TOUET Magalie", "personne", 2), ("Ville de Lézignan-Corbières", "organisme", 2),
    ]  # fmt: skip
    assert dialog.count.text() == "2\u00a0doublons possibles"
    shown = texts(dialog)
    assert {"Magalie TOUET", "TOUET Magalie", "mt@exemple.invalid", "Ce qui en dépend"} <= set(shown)
    assert any("Présidente, Bureau depuis le 02/12/2020" in text for text in shown)
    bold = [one.text() for one in dialog.compared.findChildren(QLabel, "strong") if not one.isHidden()]
    assert bold == ["TOUET Magalie", "Magalie TOUET"]
    said = dialog.gains.text().splitlines()
    assert said[1:] == ["Complété\u00a0: courriel.", "Dans les notes\u00a0: Autre nom\u00a0: TOUET Magalie"]


def test_merging_persons_is_one_step_and_undone_from_there(
    dialog: DuplicatesDialog, window: MainWindow
) -> None:
    before = count(window.workspace, Person)
    click(dialog.merge_button)
    assert [group[0] for group in groups(dialog)] == ["Ville de Lézignan-Corbières"]
    assert count(window.workspace, Person) == before - 1
    with window.workspace.read() as session:
        kept = session.scalars(select(Person).where(Person.last_name == "TOUET")).one()
        assert (kept.email, kept.notes) == ("mt@exemple.invalid", "Autre nom\u00a0: TOUET Magalie")
        sent = select(Representative.member_id).where(Representative.person_id == kept.id)
        assert member_called(session, LUNEL).id in session.scalars(sent).all()
    assert window.workspace.dossier is not None
    assert window.workspace.dossier.undo_label == (
        "Fusionner les fiches de la personne «\u00a0TOUET Magalie\u00a0»"
    )
    click(dialog.undo_button)
    assert count(window.workspace, Person) == before
    assert groups(dialog)[0][0] == "TOUET Magalie"


def test_long_notes_are_announced_short(dialog: DuplicatesDialog, window: MainWindow) -> None:
    with window.workspace.write("Noter") as session:
        for row in session.scalars(select(Person).where(Person.search_key.contains("touet"))):
            row.notes = f"{row.id}\n" + "mot " * 4_000
            row.phone, row.city, row.departement = (
                f"0{row.id}",
                f"Ville {row.id}",
                "34" if row.civility else "11",
            )
            row.civility = row.civility or "M."
            row.email = f"{row.id}@exemple.invalid"
    lines = dialog.gains.text().splitlines()
    assert len(lines) == 8
    assert lines[-1] == "1\u00a0autre ligne"
    assert max(map(len, lines)) <= 161


def test_the_other_record_can_be_kept_instead(dialog: DuplicatesDialog, window: MainWindow) -> None:
    kept = dialog.compared.kept_id
    (other,) = dialog.compared.other_ids
    assert dialog.compared.joining[kept or 0].isHidden()
    dialog.compared.kept[other].click()
    assert (dialog.compared.kept_id, dialog.compared.other_ids) == (other, [kept])
    assert "Complété\u00a0: civilité" in dialog.gains.text()
    click(dialog.merge_button)
    with window.workspace.read() as session:
        person = session.get_one(Person, other)
        assert (person.civility, person.last_name) == ("Mme", "Magalie")
        assert session.get(Person, kept or 0) is None


def test_nothing_ticked_nothing_merged(dialog: DuplicatesDialog, window: MainWindow) -> None:
    (other,) = dialog.compared.other_ids
    dialog.compared.joining[other].click()
    assert dialog.compared.other_ids == []
    assert not dialog.merge_button.isEnabled()
    assert dialog.gains.isHidden()
    dialog.merge()
    assert len(groups(dialog)) == 2


def test_a_record_is_mended_before_and_is_then_no_duplicate(dialog: DuplicatesDialog) -> None:
    links = [one for one in dialog.compared.findChildren(QPushButton) if one.text() == "Ouvrir la fiche…"]
    click(next(one for one in links if not one.isHidden()))
    form = opened(PersonForm)
    type_into(form, "first_name", "Martine")
    save(form)
    assert [group[1] for group in groups(dialog)] == ["organisme"]


def test_merged_organisations_are_found_by_both_names(
    dialog: DuplicatesDialog, page: MembersPage, window: MainWindow
) -> None:
    dialog.list.pick(1)
    assert "Aussi écrit\u00a0: ville de lezignan corbieres" in dialog.gains.text()
    with window.workspace.write("Renommer") as session:
        row = session.scalars(select(Organisation).where(Organisation.name.startswith("ville de lez"))).one()
        row.name = "Mairie de Lézignan"
        row.siren = member_called(session, "Ville de Lézignan-Corbières").organisation.siren  # type: ignore[union-attr]
        organisations.save_organisation(session, row)
    dialog.list.pick(1)
    click(dialog.merge_button)
    dialog.accept()
    assert count(window.workspace, OrganisationAlias) > 0
    page.filter_field.setText("mairie lezignan")
    page.filter_field.filter_now()
    assert names(page) == ["Ville de Lézignan-Corbières"]
    window.search.setFocus()
    QTest.keyClicks(window.search, "mairie de lez")
    window.search.search_now()
    assert ("member", "Ville de Lézignan-Corbières") in [
        (hit.table, hit.title) for hit in window.search.popup.hits()
    ]
    window.search.popup.hide()


def test_two_members_of_one_time_are_refused_in_french(page: MembersPage, window: MainWindow) -> None:
    with window.workspace.write("Deux adhésions") as session:
        twin = organisations.save_organisation(session, Organisation(name="VILLE DE LUNEL", departement="34"))
        members.save_member(session, Member(organisation_id=twin.id, college_id=2))
    choose_in(menu.of(page), "Doublons…")
    dialog = opened(DuplicatesDialog)
    click(dialog.merge_button)
    said = refusal()
    assert "adhérents en même temps, dans deux collèges" in said
    assert "Rien n’a été fusionné." in said
    assert len(groups(dialog)) == 1
    with window.workspace.write("Corriger") as session:
        row = session.scalars(select(Member).where(Member.organisation_id == twin.id)).one()
        row.college_id = member_called(session, LUNEL).college_id
    click(dialog.merge_button)
    assert groups(dialog) == []
    assert dialog.list.accessibleDescription().startswith("Aucun doublon")
    dialog.accept()
    stand_on(page, LUNEL)
    assert names(page).count(LUNEL) == 1


def test_a_read_only_dossier_is_compared_but_not_merged(
    workspace: Workspace, dossier: Dossier, shown: Callable[[QWidget], None]
) -> None:
    enter_twice(workspace)
    dossier.is_read_only = True
    made = DuplicatesDialog(workspace)
    shown(made)
    assert len(groups(made)) == 2
    assert not made.merge_button.isEnabled()
    assert not any(box.isEnabled() for box in (*made.compared.kept.values(), *made.compared.joining.values()))
    made.open_card(1)
    assert not is_open(PersonForm)
    dossier.is_read_only = False


def test_the_directory_leads_to_the_duplicates(
    workspace: Workspace, shown: Callable[[QWidget], None]
) -> None:
    directory = DirectoryDialog(workspace)
    shown(directory)
    click(next(one for one in directory.findChildren(QPushButton) if one.text() == "Doublons…"))
    assert groups(opened(DuplicatesDialog)) == []


def test_the_keyboard_is_enough(dialog: DuplicatesDialog, window: MainWindow) -> None:
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.group is not None
    assert dialog.group.table == "organisation"
    before = count(window.workspace, Organisation)
    dialog.merge_button.setFocus()
    QTest.keyClick(dialog.merge_button, Qt.Key.Key_Space)
    assert count(window.workspace, Organisation) == before - 1
