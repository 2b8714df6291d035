"""The forms of persons and organisations: what is doubtful is told, what is wrong is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import problems, save, type_into
from vto_desktop.model import CivilStatus, Organisation, Person
from vto_desktop.services import civil_status
from vto_desktop.services.scales import written_rate
from vto_desktop.ui.forms.civil_status import CivilStatusForm
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm, person_called
from vto_desktop.ui.forms.rate import RateInput
from vto_desktop.ui.kit import drafts
from vto_desktop.ui.kit.form import IDLE, Form
from vto_desktop.ui.kit.workspace import Workspace


def open_form(form: Form, qtbot: QtBot) -> None:
    """Open a form as a page does."""
    qtbot.addWidget(form)
    form.start()
    QApplication.processEvents()


def said(form: Form, attribute: str) -> list[str]:
    """Return all that stands around a field."""
    return [one.text() for one in form.fields[attribute].findChildren(QLabel)]


def organisation_id(workspace: Workspace, name: str) -> int:
    """Return the id of an organisation."""
    with workspace.read() as session:
        return session.scalars(select(Organisation.id).where(Organisation.name == name)).one()


def test_a_wrong_siret_is_told_and_kept(workspace: Workspace, qtbot: QtBot) -> None:
    form = OrganisationForm.edit(workspace, organisation_id(workspace, "Vauvert"))
    open_form(form, qtbot)
    type_into(form, "siret", "12345678901234")
    assert any("14 chiffres" in text for text in said(form, "siret"))
    type_into(form, "name", "")
    save(form)
    assert problems(form) == {"name": "Indiquez le nom de l’organisme."}
    assert any("14 chiffres" in text for text in said(form, "siret"))  # still told beside the problem
    type_into(form, "name", "Vauvert")
    save(form)
    with workspace.read() as session:
        kept = session.scalars(select(Organisation).where(Organisation.name == "Vauvert")).one()
        assert kept.siret == "12345678901234"


def test_spellings_are_one_a_line_and_find_the_organisation(workspace: Workspace, qtbot: QtBot) -> None:
    form = OrganisationForm.edit(workspace, organisation_id(workspace, "Montpellier Méditerranée Métropole"))
    open_form(form, qtbot)
    assert form.input("spellings").value() == "Montpellier Métropole Méditerranée"
    form.input("spellings").set_value("Montpellier Métropole Méditerranée\n\n3M\n3M\n")
    save(form)
    with workspace.read() as session:
        kept = session.scalars(select(Organisation).where(Organisation.short_name == "3M")).all()
        assert kept == []
        row = session.get_one(Organisation, form.row.id)
        assert [alias.name for alias in row.aliases] == ["Montpellier Métropole Méditerranée", "3M"]
        assert "3m" in row.search_key
    workspace.undo()
    with workspace.read() as session:
        row = session.get_one(Organisation, form.row.id)
        assert [alias.name for alias in row.aliases] == ["Montpellier Métropole Méditerranée"]


def test_namesakes_are_told_and_allowed(workspace: Workspace, qtbot: QtBot) -> None:
    person = PersonForm.named(workspace, "Clara GIMENEZ")
    open_form(person, qtbot)
    assert any("porte déjà ce nom" in text for text in said(person, "last_name"))
    type_into(person, "first_name", "Marie")
    assert not any("porte déjà ce nom" in text for text in said(person, "last_name"))
    organisation = OrganisationForm.named(workspace, "vauvert")
    open_form(organisation, qtbot)
    assert any("existe déjà (Gard)" in text for text in said(organisation, "name"))
    save(organisation)
    with workspace.read() as session:
        assert len(session.scalars(select(Organisation).where(Organisation.sort_key == "vauvert")).all()) == 2


def test_civil_status_lies_apart_and_is_kept_only_when_given(workspace: Workspace, qtbot: QtBot) -> None:
    with workspace.read() as session:
        row_id = session.scalars(select(Person.id).where(Person.last_name == "TOUET")).one()
    person = PersonForm.edit(workspace, row_id)
    open_form(person, qtbot)
    assert not set(person.fields) & set(civil_status.VALUES) - {"address"}  # the person's own address stays
    save(person)
    empty = CivilStatusForm.of(workspace, row_id)
    open_form(empty, qtbot)
    save(empty)
    with workspace.read() as session:
        assert session.scalars(select(CivilStatus)).all() == []
    again = CivilStatusForm.of(workspace, row_id)
    open_form(again, qtbot)
    type_into(again, "born_on", "3/5/2970")
    type_into(again, "profession", "directrice")
    save(again)
    assert set(problems(again)) == {"born_on"}
    type_into(again, "born_on", "3/5/1970")
    save(again)
    with workspace.read() as session:
        kept = session.scalars(select(CivilStatus)).one()
        assert (kept.person_id, kept.profession) == (row_id, "directrice")
        assert "directrice" not in session.get_one(Person, row_id).search_key
    third = CivilStatusForm.of(workspace, row_id)
    open_form(third, qtbot)
    type_into(third, "born_on", "")
    type_into(third, "profession", "")
    save(third)
    with workspace.read() as session:
        assert session.scalars(select(CivilStatus)).all() == []


def test_civil_status_half_typed_leaves_no_draft_on_disk(workspace: Workspace, qtbot: QtBot) -> None:
    with workspace.read() as session:
        row_id = session.scalars(select(Person.id).where(Person.last_name == "TOUET")).one()
    form = CivilStatusForm.of(workspace, row_id)
    open_form(form, qtbot)
    type_into(form, "profession", "funambule")
    QTest.qWait(IDLE + 100)
    assert form.is_changed()
    assert not list(drafts.folder().glob("*"))


def test_a_date_that_cannot_be_is_told_under_its_field(workspace: Workspace, qtbot: QtBot) -> None:
    form = CivilStatusForm.of(workspace, 1)
    open_form(form, qtbot)
    type_into(form, "born_on", "31/09/1970")
    save(form)
    assert problems(form) == {"born_on": "Septembre 1970 a 30 jours."}


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("Magalie TOUET", "Magalie", "TOUET"),
        ("Michèle FONT-THURIAL", "Michèle", "FONT-THURIAL"),
        ("Jean de LA TOUR", "Jean de", "LA TOUR"),
        ("marie durand", "marie", "durand"),
        ("TOUET", "", "TOUET"),
        ("", "", ""),
    ],
)
def test_a_name_typed_elsewhere_is_split(typed: str, first: str, last: str) -> None:
    person = person_called(typed)
    assert (person.first_name, person.last_name) == (first, last)


@given(st.integers(0, 10**8))
def test_a_rate_reads_back_as_it_was_written(rate: int) -> None:
    field = RateInput()
    field.set_value(rate)
    assert (field.value(), field.problem()) == (rate, "")


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("0,04", 400), ("0.0425\u00a0€", 425), ("1", 10_000), ("0,00001", None), ("abc", None)],
)
def test_a_rate_is_read_with_up_to_four_decimals(qapp: QApplication, typed: str, rate: int | None) -> None:
    field = RateInput()
    field.line.setText(typed)
    assert field.value() == rate
    assert bool(field.problem()) == (rate is None)
    assert written_rate(400) == "0,04\u00a0€"
