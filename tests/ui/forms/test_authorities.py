"""Local authorities of France under the fields: proposed, chosen, filled; the association's label stays."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from sqlalchemy import select

from tests.ui.driving import count, is_open, opened, pick, save, type_into
from vto_desktop.model import College, Member, Organisation
from vto_desktop.ui.forms.authorities import AuthorityInput
from vto_desktop.ui.forms.member import MemberForm
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.look_up import LookUpInput
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.members.directory import DirectoryDialog
from vto_desktop.ui.pages.members.page import MembersPage

Show = Callable[[QWidget], None]


@pytest.fixture
def page(workspace: Workspace, shown: Show) -> MembersPage:
    """Return the page of members, on the example."""
    made = MembersPage(workspace)
    shown(made)
    made.refresh_now()
    return made


@pytest.fixture
def directory(workspace: Workspace, shown: Show) -> DirectoryDialog:
    """Return the dialog of persons and organisations."""
    made = DirectoryDialog(workspace)
    shown(made)
    return made


def field(form: Form, attribute: str) -> LookUpInput:
    """Return a field that looks something up, with the cursor in it and nothing typed."""
    found = form.input(attribute)
    assert isinstance(found, LookUpInput)
    found.line.setFocus()
    found.line.selectAll()
    QTest.keyClick(found.line, Qt.Key.Key_Delete)
    return found


def listed(found: LookUpInput) -> list[str]:
    """Return the lines shown, with what tells each apart."""
    assert found.popup.isVisible()
    texts = [found.lines(found.line.text())[n] for n in range(found.popup.count())]
    shown = [" | ".join(filter(None, (each.text, each.detail))) for each in texts]
    assert [each.text for each in texts] == [found.popup.item(n).text() for n in range(found.popup.count())]
    return [text.replace("\u00a0", " ").replace("\u202f", " ") for text in shown]


def values(form: Form, *names: str) -> tuple[Any, ...]:
    """Return what stands in these fields."""
    return tuple(form.input(name).value() for name in names)


def said(form: Form, attribute: str) -> str:
    """Return all that stands around a field."""
    return " ".join(one.text() for one in form.fields[attribute].findChildren(QLabel))


def take(found: LookUpInput, text: str) -> None:
    """Choose a line with the mouse."""
    item = next(found.popup.item(n) for n in range(found.popup.count()) if found.popup.item(n).text() == text)
    found.popup.itemClicked.emit(item)
    QApplication.processEvents()


# --- a new member --------------------------------------------------------------------------------


def test_a_member_that_nobody_typed_is_found_and_kept_with_its_numbers(
    page: MembersPage, workspace: Workspace
) -> None:
    before = count(workspace, Organisation)
    page.new()
    form = opened(MemberForm)
    found = field(form, "organisation_id")
    QTest.keyClicks(found.line, "celles")
    assert listed(found)[:6] == [
        "Collectivités de France",
        "Celles | Commune · Dordogne · 619 hab.",
        "Celles | Commune · Charente-Maritime · 329 hab.",
        "Celles | Commune · Cantal · 217 hab.",
        "Celles | Commune · Ariège · 143 hab.",
        "Celles | Commune · Hérault · 26 hab.",
    ]
    for _ in range(4):
        QTest.keyClick(found.line, Qt.Key.Key_Down)
    QTest.keyClick(found.line, Qt.Key.Key_Return)
    made = opened(OrganisationForm)
    assert values(made, "name", "kind", "siren", "insee") == ("Celles", "Commune", "213400724", "34072")
    assert values(made, "departement", "population", "population_year") == ("34", 26, 2023)
    assert values(made, "postcode", "city") == ("34700", "Celles")
    type_into(made, "name", "Commune de Celles")
    assert "Nom officiel\u00a0: Celles" in said(made, "name")
    save(made)
    assert found.line.text() == "Commune de Celles"
    assert values(form, "college_id") == (_college(workspace, "Collectivités"),)
    save(form)
    assert count(workspace, Organisation) == before + 1
    with workspace.read() as session:
        row = session.scalars(select(Organisation).where(Organisation.siren == "213400724")).one()
        assert (row.name, row.population, row.population_year) == ("Commune de Celles", 26, 2023)
        kept = session.scalars(select(Member).where(Member.organisation_id == row.id)).one()
        assert (kept.departement_key, kept.population_key) == ("34", 26)
    workspace.undo()
    workspace.undo()
    assert count(workspace, Organisation) == before


def _college(workspace: Workspace, name: str) -> int:
    with workspace.read() as session:
        return session.scalars(select(College.id).where(College.name == name)).one()


def test_what_the_dossier_has_comes_first_whatever_it_is_called(
    page: MembersPage, workspace: Workspace
) -> None:
    page.new()
    form = opened(MemberForm)
    found = field(form, "organisation_id")
    QTest.keyClicks(found.line, "grand orb communaute")  # the official name, which the dossier has not
    assert listed(found)[0] == "Communauté de Communes du Grand Orb | CC · Hérault · 20 415 hab."
    assert "Collectivités de France" not in listed(found)
    found = field(form, "organisation_id")
    QTest.keyClicks(found.line, "ales")
    lines = listed(found)
    assert lines[:4] == [
        "Alès Agglomération | CA · Gard · 138 176 hab.",
        "GIP Politique de la Ville Alès Cévennes | GIP · Gard",
        "Collectivités de France",
        "Alès | Commune · Gard · 46 125 hab.",
    ]
    assert lines[-1] == "Créer « ales »…"
    QTest.keyClick(found.line, Qt.Key.Key_Return)
    assert not is_open(OrganisationForm)
    assert found.line.text() == "Alès Agglomération"
    with workspace.write("Autre organisme") as session:
        session.add(Organisation(name="Mairie", insee="30007", siren=""))
    found = field(form, "organisation_id")
    QTest.keyClicks(found.line, "ales")
    assert "Mairie | Autre organisme" in listed(found)  # known by its INSEE code since that step
    assert "Alès | Commune · Gard · 46 125 hab." not in listed(found)
    field(form, "organisation_id")


def test_leaving_the_field_never_opens_a_form(page: MembersPage) -> None:
    page.new()
    form = opened(MemberForm)
    found = field(form, "organisation_id")
    QTest.keyClicks(found.line, "lunel-vie")  # one commune of France, none of the dossier
    form.input("college_id").setFocus()
    QApplication.processEvents()
    assert not is_open(OrganisationForm)
    assert not found.popup.isVisible()
    assert found.value() is None
    assert found.problem()


def test_an_association_is_created_by_hand_as_before(page: MembersPage) -> None:
    page.new()
    form = opened(MemberForm)
    pick(form, "organisation_id", "Centre social de Lunel")
    made = opened(OrganisationForm)
    assert values(made, "name", "siren", "population") == ("Centre social de Lunel", "", None)


# --- the form of an organisation -----------------------------------------------------------------


def test_a_name_typed_in_the_form_fills_it_and_stays_when_it_is_a_label(directory: DirectoryDialog) -> None:
    directory.new_organisation()
    form = opened(OrganisationForm)
    found = field(form, "name")
    assert isinstance(found, AuthorityInput)
    found.line.setText("Communauté d’agglomération Béziers Méditerranée")
    found.look_up(found.line.text())
    assert listed(found)[0] == "CA de Béziers-Méditerranée | CA · Hérault · 133 342 hab."
    take(found, "CA de Béziers-Méditerranée")
    assert values(form, "name", "kind", "siren", "insee") == (
        "Communauté d’agglomération Béziers Méditerranée", "Communauté d’agglomération", "243400769", "",
    )  # fmt: skip
    assert "Nom officiel\u00a0: CA de Béziers-Méditerranée" in said(form, "name")
    assert values(form, "population", "population_year", "postcode") == (133_342, 2022, "")
    save(form)
    assert not is_open(OrganisationForm)


def test_a_part_of_a_name_is_replaced_by_the_official_one(directory: DirectoryDialog) -> None:
    directory.new_organisation()
    form = opened(OrganisationForm)
    type_into(form, "city", "Montpellier")
    found = field(form, "name")
    QTest.keyClicks(found.line, "34560 poussan")
    QTest.keyClick(found.line, Qt.Key.Key_Down)
    QTest.keyClick(found.line, Qt.Key.Key_Tab)
    assert values(form, "name", "insee") == ("Poussan", "34213")
    assert values(form, "postcode", "city") == (
        "",
        "Montpellier",
    )  # an address typed is not mixed with another
    assert "Nom officiel" not in said(form, "name")


def test_an_authority_of_the_dossier_cannot_be_entered_twice(directory: DirectoryDialog) -> None:
    directory.new_organisation()
    form = opened(OrganisationForm)
    found = field(form, "name")
    QTest.keyClicks(found.line, "lunel")
    assert listed(found)[0] == "Lunel : déjà dans le dossier"
    take(found, "Lunel\u00a0: déjà dans le dossier")
    assert values(form, "name", "siren") == ("lunel", "")
    type_into(form, "siren", "213401458")
    assert "«\u00a0Ville de Lunel\u00a0» a déjà ce SIREN." in said(form, "siren")


def test_one_kept_by_hand_is_completed_later_and_keeps_its_name(
    workspace: Workspace, directory: DirectoryDialog
) -> None:
    with workspace.write("Saisie à la main") as session:
        row = Organisation(name="Mairie de Sommières", kind="Commune", population=1)
        session.add(row)
        session.flush()
        row_id = row.id
    directory.edit_organisation(row_id)
    form = opened(OrganisationForm)
    found = field(form, "name")
    QTest.keyClicks(found.line, "Mairie de Sommi")
    take(found, "Sommières")
    assert values(form, "name", "siren", "population") == ("Mairie de Sommi", "213003213", 5_073)
    type_into(form, "name", "Mairie de Sommieres")
    save(form)
    with workspace.read() as session:
        assert session.get_one(Organisation, row_id).name == "Mairie de Sommieres"
    directory.edit_organisation(row_id)
    again = opened(OrganisationForm)
    found = field(again, "name")
    QTest.keyClicks(found.line, "sommieres")
    assert not found.popup.isVisible()  # it has its number: nothing more to propose
