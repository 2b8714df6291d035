"""The dialogs of « Adhérents »: everyone the dossier knows, and the menu « Plus »."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.driving import choose_in, count, opened, refusal, save, type_into
from vto_desktop.model import (
    Organisation,
    Person,
)
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.members import MembersPage, menu
from vto_desktop.ui.pages.members.directory import DirectoryDialog


@pytest.fixture
def directory(workspace: Workspace, shown: Callable[[QWidget], None]) -> DirectoryDialog:
    """Return the dialog of persons and organisations."""
    made = DirectoryDialog(workspace)
    shown(made)
    return made


def test_everyone_is_found_and_mended_in_the_directory(
    directory: DirectoryDialog, workspace: Workspace
) -> None:
    assert directory.persons.rows.rowCount() == count(workspace, Person)
    directory.persons.rows.set_filter("mantion")
    assert directory.persons.rows.values(0)[:1] == ("Coralie MANTION",)
    assert directory.persons.rows.values(0)[4] == "représentant, mandat"
    directory.edit_person(int(directory.persons.rows.ids[0]))
    form = opened(PersonForm)
    type_into(form, "phone", "04 00 00 00 00")
    save(form)
    assert directory.persons.rows.values(0)[2] == "04 00 00 00 00"
    directory.organisations.rows.set_filter("dreets")
    assert directory.organisations.rows.values(0)[4] == "financeur"


def test_a_person_or_an_organisation_in_use_stays_and_a_new_one_goes(
    directory: DirectoryDialog, workspace: Workspace
) -> None:
    directory.persons.rows.set_filter("mantion")
    directory.delete_persons([int(directory.persons.rows.ids[0])])
    assert "représentant" in refusal()
    directory.new_organisation()
    form = opened(OrganisationForm)
    type_into(form, "name", "Fondation Exemple")
    save(form)
    before = count(workspace, Organisation)
    directory.organisations.rows.set_filter("fondation exemple")
    directory.organisations.pick(int(directory.organisations.rows.ids[0]))
    QTest.keyClick(directory.organisations, Qt.Key.Key_Delete)
    assert count(workspace, Organisation) == before - 1
    workspace.undo()
    assert count(workspace, Organisation) == before


# --- « Plus » ------------------------------------------------------------------------------------


def test_the_menu_opens_what_is_done_more_rarely(
    workspace: Workspace, shown: Callable[[QWidget], None]
) -> None:
    page = MembersPage(workspace)
    shown(page)
    page.refresh_now()
    choose_in(menu.of(page), "Personnes et organismes…")
    assert opened(DirectoryDialog).persons.rows.rowCount() == count(workspace, Person)
    asked: list[bool] = []
    page.table.export_asked.connect(lambda: asked.append(True))
    choose_in(menu.of(page), "Exporter la liste…")
    assert asked == [True]


def test_lines_that_write_are_grey_on_a_read_only_dossier(
    workspace: Workspace, dossier: Dossier, shown: Callable[[QWidget], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menu, "GROUPS", ((menu.Line("Écrire…", "pencil", print, writes=True),),))
    page = MembersPage(workspace)
    shown(page)
    assert [action.isEnabled() for action in menu.of(page).actions()] == [True]
    dossier.is_read_only = True
    assert [action.isEnabled() for action in menu.of(page).actions()] == [False]
