"""The 2021 example, built from the readable files of ``db/example`` in one write."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from vto_desktop import french, paths
from vto_desktop.errors import UserError
from vto_desktop.model import (
    Action,
    Association,
    BodyKind,
    College,
    Decision,
    Entry,
    FiscalYear,
    Kind,
    Mandate,
    Meeting,
    Member,
    Office,
    Organisation,
    OrganisationAlias,
    Person,
    PublishedFigure,
    Rank,
    Representative,
)
from vto_desktop.services import (
    accounts,
    association,
    composition,
    decisions,
    example_funding,
    members,
    reference,
)
from vto_desktop.services.sources import tree

EXAMPLE_YEAR = 2021
# Those of the reference data: communes, and EPCI.
TOWN_POPULATION_YEAR, GROUP_POPULATION_YEAR = 2023, 2022


@dataclass
class Built:
    """What has been built so far, by the names that the data files use."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    years: dict[int, FiscalYear] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)


def read_toml(name: str) -> dict[str, Any]:
    """Return one of the example's files."""
    with paths.shipped("db", "example", name).open("rb") as file:
        return tomllib.load(file)


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the example's tables."""
    return reference.read_table(paths.shipped("db", "example", name))


def build_example(session: Session) -> None:
    """Fill an empty dossier with the association's 2021, amounts fictional; raises DOSSIER_NON_VIDE."""
    if session.scalar(select(Association.id)) is not None:
        raise UserError(
            "DOSSIER_NON_VIDE", "L’exemple ne se crée que dans un dossier vide. Rien n’a été modifié."
        )
    finances = read_toml("finances.toml")
    association.initialise(session, finances["association"]["nom"], year=EXAMPLE_YEAR)
    built = Built()
    steps: tuple[Callable[[Session, Built], None], ...] = (
        _organisations, _persons, _members, _governance, _years_and_actions, _published,
    )  # fmt: skip
    _settings(session, finances["association"])
    for step in steps:
        step(session, built)
        session.flush()
    example_funding.build(session, built, finances, read_toml("conventions.toml"), read_csv("budget.csv"))
    _entries(session, built)
    session.flush()
    members.refresh_keys(session, [member.id for member in built.members.values()])


def _settings(session: Session, given: dict[str, str]) -> None:
    row = session.get_one(Association, 1)
    row.tagline, row.address, row.website = given["devise"], given["adresse"], given["site"]
    row.siret, row.rna, row.iban, row.notice = given["siret"], given["rna"], given["iban"], given["notice"]


# --- who -----------------------------------------------------------------------------------------


def _organisations(session: Session, built: Built) -> None:
    for key, given in read_toml("organismes.toml").items():
        population = given.get("population")
        row = Organisation(
            name=given["nom"],
            short_name=given.get("court", ""),
            kind=given["type"],
            siren=given.get("siren", ""),
            insee=given.get("insee", ""),
            departement=given.get("departement", ""),
            population=population,
            population_year=_population_year(given) if population else None,
            notes=given.get("notes", ""),
            aliases=[OrganisationAlias(name=each) for each in given.get("aussi", ())],
        )
        built.organisations[key] = row
    session.add_all(built.organisations.values())


def _population_year(given: dict[str, Any]) -> int:
    return TOWN_POPULATION_YEAR if given["type"] == Kind.COMMUNE else GROUP_POPULATION_YEAR


def _persons(session: Session, built: Built) -> None:
    for key, given in read_toml("personnes.toml").items():
        built.persons[key] = Person(
            civility=given["civilite"],
            first_name=given["prenom"],
            last_name=given["nom"],
            departement=given.get("departement", ""),
            notes=given.get("notes", ""),
        )
    session.add_all(built.persons.values())


def _members(session: Session, built: Built) -> None:
    colleges = {row.name: row for row in session.scalars(select(College))}
    for given in read_toml("adherents.toml")["adherent"]:
        key = given.get("organisme") or given["personne"]
        member = Member(
            organisation=built.organisations.get(given.get("organisme", "")),
            person=built.persons.get(given.get("personne", "")),
            college=colleges[given["college"]],
        )
        member.representatives = [
            Representative(
                person=built.persons[each["personne"]],
                rank=each.get("rang", Rank.TITULAR.value),
                position=place,
                capacity=each["qualite"],
            )
            for place, each in enumerate(given["representants"])
        ]
        built.members[key] = member
    session.add_all(built.members.values())


def _governance(session: Session, built: Built) -> None:
    given = read_toml("gouvernance.toml")
    offices = {
        (office.body.kind, office.label): office
        for office in session.scalars(select(Office).join(Office.body))
    }
    council = composition.body_of_kind(session, BodyKind.COUNCIL)
    assert council is not None  # noqa: S101 - initialise made it
    council.notes = given["conseil"]["regle"]
    for label, plural in given["pluriels"].items():
        offices[BodyKind.BUREAU.value, label].plural = plural
    held = given["reunion"]
    meeting = Meeting(
        body=council, held_on=held["tenue_le"], title=held["titre"], agenda="\n".join(held["ordre_du_jour"])
    )
    for each in given["bureau"]:
        session.add(
            Mandate(
                office=offices[BodyKind.BUREAU.value, each["fonction"]],
                person=built.persons[each["personne"]],
                elected_at=meeting,
                capacity=each["qualite"],
                starts_on=held["tenue_le"],
            )
        )
    _council(session, built, offices[BodyKind.COUNCIL.value, "Membre"])
    session.flush()
    elected = session.scalars(select(Mandate).where(Mandate.elected_at_id == meeting.id).order_by(Mandate.id))
    composed = [f"{each.office.label_for(each.person)}\u00a0: {each.person.full_name}" for each in elected]
    text = "\n".join([held["decision"], *composed])
    decisions.save_decision(session, Decision(meeting_id=meeting.id, title=held["titre"], text=text))


def _council(session: Session, built: Built, office: Office) -> None:
    """Seat the representatives of every member, and natural persons themselves."""
    own = {
        each["personne"]: each["qualite"]
        for each in read_toml("adherents.toml")["adherent"]
        if "personne" in each
    }
    for key, member in built.members.items():
        sits = [(sent.person, sent.capacity) for sent in member.representatives]
        if key in own:
            sits.append((built.persons[key], own[key]))
        for person, capacity in sits:
            session.add(Mandate(office=office, person=person, member=member, capacity=capacity))


# --- how much ------------------------------------------------------------------------------------


def _years_and_actions(session: Session, built: Built) -> None:
    given = read_toml("finances.toml")
    present = {row.year: row for row in session.scalars(select(FiscalYear))}
    for each in given["exercice"]:
        year = each["annee"]
        row = present.get(year) or accounts.calendar_year(year)
        row.basis, row.notes = each["mode"], each.get("notes", "")
        built.years[year] = row
    built.actions = {code: Action(code=code, name=name) for code, name in given["actions"].items()}
    session.add_all([*built.years.values(), *built.actions.values()])
    built.sources = {"/".join(node.path): node.source_id for node in tree(session)}


def _entries(session: Session, built: Built) -> None:
    rows = []
    for given in read_csv("ecritures.csv"):
        day = date.fromisoformat(given["date"])
        action = built.actions.get(given["action"])
        rows.append(
            {
                "fiscal_year_id": built.years[day.year].id,
                "entered_on": day,
                "account_code": given["compte"],
                "label": given["libellé"],
                "amount": french.parse_amount(given["montant"]),
                "action_id": action.id if action else None,
                "funding_source_id": built.sources[given["source"]] if given["source"] else None,
            }
        )
    session.execute(insert(Entry), rows)


def _published(session: Session, _built: Built) -> None:
    session.add_all(
        PublishedFigure(
            year=int(given["année"]),
            measure=given["mesure"],
            label=given["libellé"],
            value=int(given["valeur"]) * 100,
            unit=given["unité"],
            source=given["source"],
            notes=given["notes"],
        )
        for given in read_csv("chiffres-publies.csv")
    )
