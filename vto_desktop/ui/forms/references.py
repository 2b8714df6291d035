"""What each reference list shows, and which form and which service its rows are edited and deleted with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Body, College, FormLine, FormMapping, Office, Organisation, Person, Programme
from vto_desktop.services import accounts, bodies, organisations, persons, published, sources
from vto_desktop.services.list_query import ListQuery
from vto_desktop.services.lists import LISTS
from vto_desktop.services.rows import delete_row, get_row
from vto_desktop.ui.forms.account import AccountForm
from vto_desktop.ui.forms.action import ActionForm
from vto_desktop.ui.forms.body import BodyForm, OfficeForm
from vto_desktop.ui.forms.college import CollegeForm
from vto_desktop.ui.forms.fiscal_year import FiscalYearForm
from vto_desktop.ui.forms.form_line import FormLineForm
from vto_desktop.ui.forms.form_mapping import FormMappingForm
from vto_desktop.ui.forms.funding_source import FundingSourceForm
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.programme import ProgrammeForm
from vto_desktop.ui.forms.published_figure import PublishedFigureForm
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.workspace import Workspace

Edit = Callable[[Workspace, int, Any], Form]
New = Callable[[Workspace, Any], Form]
Delete = Callable[[Session, int], object]


@dataclass(frozen=True)
class Reference:
    """One list: ``query`` from the services, else ``columns`` and ``read``; ``tables`` make it stale."""

    key: str
    title: str
    purpose: str
    noun: str
    tables: frozenset[str]
    edit: Edit
    new: New
    delete: Delete | None
    query: ListQuery | None = None
    columns: Sequence[Column] = ()
    read: Callable[[Session], Sequence[tuple[Any, ...]]] = lambda _session: ()
    name_column: int = 0
    widths: Mapping[str, int] = field(default_factory=dict)
    others: tuple[tuple[str, str, Edit], ...] = ()
    """Text, icon and form of the acts on a row that only this list has."""


def _colleges(session: Session) -> list[tuple[Any, ...]]:
    rows = session.scalars(select(College).order_by(College.position, College.id))
    return [(row.id, row.name, row.position) for row in rows]


def _delete_college(session: Session, row_id: int) -> None:
    delete_row(session, College, row_id, name=get_row(session, College, row_id).name)


def _programmes(session: Session) -> list[tuple[Any, ...]]:
    rows = session.scalars(select(Programme).order_by(Programme.code, Programme.id))
    return [(row.id, row.code, row.name) for row in rows]


def _mappings(session: Session) -> list[tuple[Any, ...]]:
    chosen = (
        select(FormMapping.id, FormMapping.chart, FormMapping.prefix, FormLine.code, FormLine.label)
        .join(FormLine, FormMapping.form_line_id == FormLine.id)
        .order_by(FormMapping.chart, FormMapping.prefix)
    )
    rows = session.execute(chosen)
    return [(row_id, chart, prefix, f"{code} {label}") for row_id, chart, prefix, code, label in rows]


def _delete_form_line(session: Session, row_id: int) -> None:
    row = get_row(session, FormLine, row_id)
    delete_row(session, FormLine, row_id, name=f"{row.code} {row.label}")


# --- bodies and, below each, its offices: the id of a body is negative ---------------------------------


def _bodies(session: Session) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for body in session.scalars(select(Body).order_by(Body.position, Body.id)):
        found.append((-body.id, (body.name, ""), body.kind, "", ""))
        for row in sorted(body.offices, key=lambda office: (office.position, office.id)):
            unique = "Un seul titulaire" if row.is_unique else "Plusieurs"
            forms = " · ".join(filter(None, (row.feminine, row.masculine)))
            found.append((row.id, ("", row.label), "Fonction", forms, unique))
    return found


def _edit_body_or_office(workspace: Workspace, row_id: int, parent: Any) -> Form:
    if row_id < 0:
        return BodyForm.edit(workspace, -row_id, parent)
    return OfficeForm.edit(workspace, row_id, parent)


def _new_office(workspace: Workspace, row_id: int, parent: Any) -> Form:
    if row_id < 0:
        return OfficeForm.new(workspace, -row_id, parent)
    with workspace.read() as session:
        body_id = get_row(session, Office, row_id).body_id
    return OfficeForm.new(workspace, body_id, parent)


def _delete_body_or_office(session: Session, row_id: int) -> None:
    if row_id < 0:
        bodies.delete_body(session, -row_id)
    else:
        bodies.delete_office(session, row_id)


def _new_organisation(workspace: Workspace, parent: Any) -> Form:
    return OrganisationForm(workspace, Organisation(name="", aliases=[]), parent)


def _new_person(workspace: Workspace, parent: Any) -> Form:
    return PersonForm(workspace, Person(last_name=""), parent)


REFERENCES: Final = (
    Reference(
        "fiscal_year", "Exercices",
        "Un exercice clos n’accepte plus aucune modification.", "l’exercice",
        frozenset({"fiscal_year"}), FiscalYearForm.edit, FiscalYearForm.new, accounts.delete_year,
        query=LISTS["fiscal-years"], widths={"basis": 0},
    ),
    Reference(
        "account", "Plan comptable",
        "Le plan comptable associatif, dans ses versions de 2018 et de 2025.", "le compte",
        frozenset({"account"}), AccountForm.edit, AccountForm.new, accounts.delete_account,
        query=LISTS["accounts"], widths={"chart": 70, "label": 0}, name_column=1,
    ),
    Reference(
        "funding_source", "Sources de financement",
        "L’arbre des ressources, avec une couleur chacune, la même à l’écran et sur le papier.", "la source",
        frozenset({"funding_source"}), FundingSourceForm.edit, FundingSourceForm.new, sources.delete_source,
        query=LISTS["funding-sources"], widths={"path": 0, "is_dues": 170},
    ),
    Reference(
        "programme", "Programmes", "Les programmes budgétaires de l’État.", "le programme",
        frozenset({"programme"}), ProgrammeForm.edit, ProgrammeForm.new, accounts.delete_programme,
        columns=(Column("code", "Code", width=160, bold=True), Column("name", "Nom", width=0)),
        read=_programmes,
    ),
    Reference(
        "action", "Actions", "Études, missions, cycles de formation\u00a0: l’axe analytique du "
            "budget.", "l’action",
        frozenset({"action"}), ActionForm.edit, ActionForm.new, accounts.delete_action,
        query=LISTS["actions"], widths={"name": 0}, name_column=1,
    ),
    Reference(
        "body", "Instances et fonctions",
        "Chaque instance et, au-dessous, ses fonctions dans l’ordre où elles "
            "s’impriment.", "l’instance ou la fonction",
        frozenset({"body", "office"}), _edit_body_or_office, BodyForm.new, _delete_body_or_office,
        columns=(
            Column("name", "Instance", "noted", 0, bold=True), Column("kind", "Type", width=190),
            Column("forms", "Féminin · masculin", width=250), Column("unique", "Titulaires", width=130),
        ),
        read=_bodies, others=(("Nouvelle &fonction…", "plus", _new_office),),
    ),
    Reference(
        "college", "Collèges", "Les groupes d’adhérents qui votent ensemble.", "le collège",
        frozenset({"college"}), CollegeForm.edit, CollegeForm.new, _delete_college,
        columns=(Column("name", "Collège", width=0, bold=True), Column("position", "Ordre", "number", 80)),
        read=_colleges,
    ),
    Reference(
        "organisation", "Organismes", "Adhérents, financeurs et autres personnes morales, chacun "
            "une seule fois.",
        "l’organisme", frozenset({"organisation", "organisation_alias"}),
        OrganisationForm.edit, _new_organisation, organisations.delete_organisation,
        query=LISTS["organisations"], widths={"name": 0, "kind": 180, "departement": 60, "aliases": 160},
    ),
    Reference(
        "person", "Personnes", "Chaque personne une seule fois, quels que soient ses sièges.", "la personne",
        frozenset({"person"}), PersonForm.edit, _new_person, persons.delete_person,
        query=LISTS["persons"], widths={"last_name": 0, "email": 180}, name_column=2,
    ),
    Reference(
        "form_line", "Lignes des formulaires", "Les lignes des cerfa 12156 et "
            "15059.", "la ligne de formulaire",
        frozenset({"form_line"}), FormLineForm.edit, FormLineForm.new, _delete_form_line,
        query=LISTS["form-lines"], widths={"label": 0, "form": 80, "code": 80}, name_column=3,
    ),
    Reference(
        "form_mapping", "Comptes et lignes des formulaires",
        "Les comptes qui commencent ainsi vont à cette ligne\u00a0; le préfixe le plus long l’emporte.",
        "la correspondance", frozenset({"form_mapping", "form_line"}),
        FormMappingForm.edit, FormMappingForm.new, accounts.delete_mapping,
        columns=(
            Column("chart", "Plan", width=70), Column("prefix", "Comptes en", width=110, bold=True),
            Column("line", "Ligne du formulaire", width=0),
        ),
        read=_mappings, name_column=1,
    ),
    Reference(
        "published_figure", "Chiffres publiés",
        "Ce que l’association a publié, gardé à côté de ce que le programme calcule, jamais remplacé.",
        "le chiffre publié", frozenset({"published_figure"}),
        PublishedFigureForm.edit, PublishedFigureForm.new, published.delete_published,
        query=LISTS["published-figures"], name_column=1,
        widths={"label": 0, "year": 70, "value": 110, "source": 190},
    ),
)  # fmt: skip

BY_KEY: Final = {reference.key: reference for reference in REFERENCES}
