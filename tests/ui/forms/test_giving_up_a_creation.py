"""« Créer… » given up: whatever form offers it, what was chosen before stays chosen, and nobody else is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from sqlalchemy import select

from tests.ui.driving import click, is_open, opened
from vto_desktop.model import Body, Member, Organisation, Person, Representative, Signatory
from vto_desktop.ui.forms.convention import ConventionForm, new_convention
from vto_desktop.ui.forms.mandate import MandateForm
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.forms.member import MemberForm
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.replacement import ReplacementForm
from vto_desktop.ui.forms.representative import RepresentativeForm
from vto_desktop.ui.forms.signatory import SignatoryForm
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.pick import PickInput
from vto_desktop.ui.kit.workspace import Workspace


def first_id(workspace: Workspace, kind: type[Body | Member | Representative]) -> int:
    with workspace.read() as session:
        return session.scalars(select(kind.id).order_by(kind.id)).first() or 0


MAKERS: dict[str, Callable[[Workspace], Form]] = {
    "member, organisation_id": lambda w: MemberForm(w, Member()),
    "member, person_id": lambda w: MemberForm(w, Member()),
    "mandate, person_id": lambda w: MandateForm.new(w, first_id(w, Body)),
    "representative, person_id": lambda w: RepresentativeForm.new(w, first_id(w, Member)),
    "replacement, person_id": lambda w: ReplacementForm.of(w, first_id(w, Representative)),
    "signatory, person_id": lambda w: SignatoryForm(w, Signatory()),
    "meeting, chair_id": lambda w: MeetingForm.new(w, first_id(w, Body)),
    "meeting, secretary_id": lambda w: MeetingForm.new(w, first_id(w, Body)),
    "convention, funder_id": lambda w: ConventionForm(w, new_convention()),
}
TYPED = {"person": ("Clara GIMENEZ", "touet"), "organisation": ("Ville de Lunel", "vauvert")}


def chosen_id(workspace: Workspace, name: str) -> int:
    with workspace.read() as session:
        person = select(Person.id).where(Person.first_name + " " + Person.last_name == name)
        found = session.scalar(person) or session.scalar(
            select(Organisation.id).where(Organisation.name == name)
        )
    assert found is not None
    return found


def choose_creation(field: PickInput, text: str) -> None:
    """Type a text in place of what stands there, go down to « Créer… » and take it."""
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, text)
    list_ = field.findChild(QListWidget)
    assert list_ is not None
    assert list_.item(list_.count() - 1).text().startswith("Créer")
    for _line in range(list_.count()):
        QTest.keyClick(field.line, Qt.Key.Key_Down)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    QApplication.processEvents()


@pytest.mark.parametrize("had", [True, False], ids=["one chosen", "none chosen"])
@pytest.mark.parametrize("which", MAKERS)
def test_what_was_chosen_stays_when_the_creation_is_given_up(
    workspace: Workspace, which: str, had: bool
) -> None:
    form = MAKERS[which](workspace).start()
    field = form.input(which.split(", ")[1])
    assert isinstance(field, PickInput)
    made = OrganisationForm if which.endswith(("organisation_id", "funder_id")) else PersonForm
    name, other = TYPED["organisation" if made is OrganisationForm else "person"]
    before = chosen_id(workspace, name) if had else None
    field.set_value(before)
    choose_creation(field, other)
    creation = opened(made)
    assert other in str(creation._typed()).casefold()
    click(creation.cancel_button)
    assert not is_open(made)
    assert (field.value(), field.text()) == (before, name if had else "")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.value() == before
