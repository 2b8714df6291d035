"""Fields that pick a person, an organisation or a member, or create the one that is missing."""

from functools import partial
from typing import Final

from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import NATURAL_PERSON, Member, Organisation, Person
from vto_desktop.model.search import matches
from vto_desktop.services.local_authorities import LocalAuthority
from vto_desktop.services.members import member_name
from vto_desktop.services.reference import departement_name
from vto_desktop.ui.forms.authorities import HEADING, Known, found, line, prepare_soon
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.picks import find_organisations, organisation_name, person_input
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.look_up import Line
from vto_desktop.ui.kit.pick import MOST, Found, PickInput

PLACEHOLDER: Final = "Tapez une partie du nom ou un code postal"


def person_or_new(form: Form) -> PickInput:
    """Return a field of ``form`` that picks a person; « Créer… » opens the person's own form."""

    def create(text: str) -> None:
        PersonForm.named(form.workspace, text, form).start(lambda row: pick.set_value(row.id))

    pick = person_input(form.workspace, create=create)
    return pick


def organisation_or_new(form: Form) -> PickInput:
    """Return a field of ``form`` that picks an organisation, or a local authority of France not yet kept.

    Choosing such an authority, or « Créer… », opens the organisation's own form.
    """
    workspace = form.workspace
    known = Known(workspace, form)

    def search(text: str) -> list[Found]:
        named = find_organisations(workspace, text)
        rows = {row_id for row_id, *_ in named}
        spelt = [row_id for authority in found(text) if (row_id := known.row_of(authority)) is not None]
        return [*named, *known.listed([row_id for row_id in spelt if row_id not in rows])]

    def others(text: str) -> list[Line]:
        new = [line(each, partial(take, text)) for each in found(text) if known.row_of(each) is None]
        return [HEADING, *new] if new else []

    def take(text: str, authority: LocalAuthority) -> None:
        made = OrganisationForm.of(workspace, authority, text, form)
        made.start(lambda row: pick.set_value(row.id))

    def create(text: str) -> None:
        OrganisationForm.named(workspace, text, form).start(lambda row: pick.set_value(row.id))

    def name_of(row_id: int) -> str:
        return organisation_name(workspace, row_id)

    pick = PickInput(search, name_of, others=others, create=create, placeholder=PLACEHOLDER)
    prepare_soon(pick)
    return pick


def member_input(form: Form, *, placeholder: str = "Tapez une partie du nom") -> PickInput:
    """Return a field of ``form`` that picks a member."""
    workspace = form.workspace

    def search(text: str) -> list[Found]:
        statement = (
            select(
                Member.id, Organisation.name, Organisation.kind, Organisation.departement,
                Person.first_name, Person.last_name,
            )
            .outerjoin(Organisation, Member.organisation_id == Organisation.id)
            .outerjoin(Person, Member.person_id == Person.id)
            .where(matches(Member.search_key, french.search_key(text)))
            .order_by(Member.sort_key, Member.id)
            .limit(MOST)
        )  # fmt: skip
        with workspace.read() as session:
            rows = session.execute(statement).all()
        return [
            (row_id, name or f"{first} {last}".strip(), _detail(kind, code))
            for row_id, name, kind, code, first, last in rows
        ]

    def label_of(row_id: int) -> str:
        with workspace.read() as session:
            return member_name(session, row_id)

    return PickInput(search, label_of, placeholder=placeholder)


def _detail(kind: str | None, code: str | None) -> str:
    return " · ".join(filter(None, (kind or NATURAL_PERSON, departement_name(code or ""))))
