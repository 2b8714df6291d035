"""The lists of who: members, representatives, organisations, persons, mandates, meetings."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Body,
    College,
    Mandate,
    Meeting,
    Member,
    Office,
    Organisation,
    OrganisationAlias,
    Person,
    Representative,
)
from vto_desktop.model.search import matches
from vto_desktop.services.list_query import Shown, TableList, Values
from vto_desktop.services.members import belongs_on
from vto_desktop.services.names import (
    DEPARTEMENT,
    FULL_NAME,
    MEMBER_JOINS,
    MEMBER_KIND,
    MEMBER_NAME,
    named,
    of_member,
)
from vto_desktop.services.reference import departement_name
from vto_desktop.services.representatives import held_on


def _keyed(column: Any) -> Any:
    def condition(text: str) -> ColumnElement[bool]:
        return matches(column, french.search_key(text))

    return condition


def _representatives(session: Session, ids: Sequence[int]) -> Values:
    """Return, by member, its département's name and those who represent it today."""
    codes = named(select(Member.id, DEPARTEMENT).select_from(Member))
    sent = (
        select(Representative.member_id, FULL_NAME)
        .join(Person, Representative.person_id == Person.id)
        .where(Representative.member_id.in_(ids), held_on(Representative, date.today()))  # noqa: DTZ011 - user's day
        .order_by(Representative.position, Representative.id)
    )
    names: dict[int, list[str]] = {}
    for member_id, name in session.execute(sent):
        names.setdefault(member_id, []).append(name)
    return {
        row_id: (departement_name(code or ""), ", ".join(names.get(row_id, ())))
        for row_id, code in session.execute(codes.where(Member.id.in_(ids)))
    }


MEMBERS = TableList(
    name="members",
    title="Adhérents",
    table=Member,
    shown=(
        Shown("name", "Adhérent", "text", MEMBER_NAME, sort=Member.sort_key),
        Shown("kind", "Type", "text", MEMBER_KIND, sort=MEMBER_KIND),
        Shown("college", "Collège", "text", College.name, sort=College.position),
        Shown("departement", "Département", "text", None, sort=DEPARTEMENT),
        Shown("population", "Population", "number", Organisation.population),
        Shown("representatives", "Représentants", "text", None),
        Shown("joined_on", "Adhésion", "date", Member.joined_on),
        Shown("left_on", "Départ", "date", Member.left_on),
        Shown("email", "Courriel", "text", of_member("email")),
        Shown("phone", "Téléphone", "text", of_member("phone")),
    ),
    order=(Member.sort_key, Member.id),
    joins=(*MEMBER_JOINS, (College, Member.college_id == College.id)),
    key=_keyed(Member.search_key),
    on=belongs_on,
    filters={
        "departement": lambda code: code == DEPARTEMENT,
        "college_id": lambda value: Member.college_id == value,
    },
    finish=_representatives,
)  # fmt: skip

REPRESENTATIVES = TableList(
    name="representatives",
    title="Représentants",
    table=Representative,
    shown=(
        Shown("member", "Adhérent", "text", MEMBER_NAME, sort=Member.sort_key),
        Shown("civility", "Civilité", "text", Person.civility),
        Shown("name", "Représentant", "text", FULL_NAME, sort=Person.sort_key),
        Shown("rank", "Rang", "text", Representative.rank),
        Shown("capacity", "Qualité", "text", Representative.capacity),
        Shown("starts_on", "Depuis", "date", Representative.starts_on),
        Shown("ends_on", "Fin", "date", Representative.ends_on),
        Shown("email", "Courriel", "text", Person.email),
        Shown("phone", "Téléphone", "text", Person.phone),
    ),
    order=(Member.sort_key, Representative.position, Representative.id),
    joins=(
        (Member, Representative.member_id == Member.id), *MEMBER_JOINS,
        (Person, Representative.person_id == Person.id),
    ),
    searched=(Member.search_key, Person.search_key, Representative.capacity,),
    on=lambda day: held_on(Representative, day),
)  # fmt: skip


def _spellings(session: Session, ids: Sequence[int]) -> Values:
    names: dict[int, list[str]] = {}
    chosen = select(OrganisationAlias.organisation_id, OrganisationAlias.name).order_by(OrganisationAlias.id)
    for row_id, name in session.execute(chosen.where(OrganisationAlias.organisation_id.in_(ids))):
        names.setdefault(row_id, []).append(name)
    return {row_id: (" ; ".join(held),) for row_id, held in names.items()}


ORGANISATIONS = TableList(
    name="organisations",
    title="Organismes",
    table=Organisation,
    shown=(
        Shown("name", "Nom", "text", Organisation.name, sort=Organisation.sort_key),
        Shown("short_name", "Nom court", "text", Organisation.short_name),
        Shown("aliases", "Aussi écrit", "text", None),
        Shown("kind", "Type", "text", Organisation.kind),
        Shown("departement", "Dép.", "text", Organisation.departement),
        Shown("population", "Population", "number", Organisation.population),
        Shown("siren", "SIREN", "text", Organisation.siren),
        Shown("siret", "SIRET", "text", Organisation.siret),
        Shown("rna", "RNA", "text", Organisation.rna),
        Shown("city", "Ville", "text", Organisation.city),
        Shown("email", "Courriel", "text", Organisation.email),
        Shown("phone", "Téléphone", "text", Organisation.phone),
    ),
    order=(Organisation.sort_key, Organisation.id),
    key=_keyed(Organisation.search_key),
    finish=_spellings,
)

# Birth, nationality and profession are kept apart and never listed (CivilStatus).
PERSONS = TableList(
    name="persons",
    title="Personnes",
    table=Person,
    shown=(
        Shown("civility", "Civilité", "text", Person.civility),
        Shown("first_name", "Prénom", "text", Person.first_name),
        Shown("last_name", "Nom", "text", Person.last_name, sort=Person.sort_key),
        Shown("email", "Courriel", "text", Person.email),
        Shown("phone", "Téléphone", "text", Person.phone),
        Shown("city", "Ville", "text", Person.city),
        Shown("departement", "Dép.", "text", Person.departement),
    ),
    order=(Person.sort_key, Person.id),
    key=_keyed(Person.search_key),
)

OFFICE = case(
    (Person.civility == "Mme", Office.feminine), (Person.civility == "M.", Office.masculine),
    else_=Office.label,
)  # fmt: skip

MANDATES = TableList(
    name="mandates",
    title="Mandats",
    table=Mandate,
    shown=(
        Shown("body", "Instance", "text", Body.name, sort=Body.position),
        Shown("office", "Fonction", "text", OFFICE, sort=Office.position),
        Shown("name", "Nom", "text", FULL_NAME, sort=Person.sort_key),
        Shown("capacity", "Qualité", "text", Mandate.capacity),
        Shown("member", "Adhérent représenté", "text", MEMBER_NAME, sort=Member.sort_key),
        Shown("starts_on", "Depuis", "date", Mandate.starts_on),
        Shown("term_on", "Terme prévu", "date", Mandate.term_on),
        Shown("ends_on", "Fin", "date", Mandate.ends_on),
        Shown("declared_on", "Déclaré le", "date", Mandate.declared_on),
        Shown("end_declared_on", "Fin déclarée le", "date", Mandate.end_declared_on),
    ),
    order=(Body.position, Office.position, Person.sort_key, Mandate.id),
    joins=(
        (Office, Mandate.office_id == Office.id), (Body, Office.body_id == Body.id),
        (Person, Mandate.person_id == Person.id), (Member, Mandate.member_id == Member.id), *MEMBER_JOINS,
    ),
    searched=(Person.search_key, Office.label, Body.name, Mandate.capacity,),
    on=lambda day: held_on(Mandate, day),
    filters={"body_id": lambda value: Office.body_id == value},
)  # fmt: skip

MEETINGS = TableList(
    name="meetings",
    title="Réunions",
    table=Meeting,
    shown=(
        Shown("held_on", "Date", "date", Meeting.held_on),
        Shown("time", "Heure", "text", Meeting.time),
        Shown("body", "Instance", "text", Body.name, sort=Body.position),
        Shown("title", "Objet", "text", Meeting.title),
        Shown("kind", "Forme", "text", Meeting.kind),
        Shown("place", "Lieu", "text", Meeting.place),
    ),
    order=(Meeting.held_on, Meeting.id),
    joins=((Body, Meeting.body_id == Body.id),),
    searched=(
        Body.name,
        Meeting.title,
        Meeting.place,
    ),
    year=lambda year: Meeting.held_on.between(date(year, 1, 1), date(year, 12, 31)),
)
