"""Records that may be the same: proposed whatever the spelling, shown side by side with what each holds."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import CivilStatus, Kind, Member, Organisation, OrganisationAlias, Person
from vto_desktop.services import duplicates, organisations, persons
from vto_desktop.services.duplicates import Card


def person(session: Session, first: str, last: str, **values: object) -> Person:
    return persons.save_person(session, Person(first_name=first, last_name=last, **values))


def organisation(session: Session, name: str, departement: str = "", siren: str = "", **more: str) -> int:
    row = Organisation(name=name, departement=departement, siren=siren, **more)
    return organisations.save_organisation(session, row).id


def test_the_example_has_no_duplicates(session: Session) -> None:
    assert duplicates.groups(session) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Magalie", "TOUET"),
        ("magalie", "touet"),
        ("TOUET", "Magalie"),
        ("", "Touet Magalie"),
        ("Mâgàlie", "Touèt"),
        (" Magalie ", "- TOUET"),
    ],
)
def test_a_person_is_the_same_however_it_is_spelt(writing: Session, first: str, last: str) -> None:
    twin = person(writing, first, last)
    (found,) = duplicates.person_groups(writing)
    assert len(found.ids) == 2
    assert twin.id in found.ids


def test_hyphens_do_not_tell_persons_apart_but_names_do(writing: Session) -> None:
    one, other = person(writing, "Jean-Pierre", "DUPONT-NOËL"), person(writing, "Jean Pierre", "dupont noel")
    person(writing, "Jean", "DUPONT-NOËL")
    (found,) = duplicates.person_groups(writing)
    assert set(found.ids) == {one.id, other.id}


def test_namesakes_in_two_departements_are_two_communes(writing: Session) -> None:
    for code in ("34", "09", "15", "24", "17"):
        organisation(writing, "Celles", code)
    assert duplicates.organisation_groups(writing) == []
    twin = organisation(writing, "CELLES", "34")
    (found,) = duplicates.organisation_groups(writing)
    assert twin in found.ids
    assert len(found.ids) == 2
    organisation(writing, "Celles")  # which of them it is nobody can say
    assert [group.ids for group in duplicates.organisation_groups(writing)] == [found.ids]


def test_a_departement_left_out_is_no_obstacle(writing: Session) -> None:
    typed = organisation(writing, "ville de lézignan corbieres")
    (found,) = duplicates.organisation_groups(writing)
    assert typed in found.ids
    assert (found.name, len(found.ids)) == ("Ville de Lézignan-Corbières", 2)


def test_a_siren_joins_what_names_part_and_parts_what_names_join(writing: Session) -> None:
    one = organisation(writing, "Mairie de Sommières", "30", "213003213")
    other = organisation(writing, "Commune de Sommières", "30", siret="21300321300017")
    assert [set(group.ids) for group in duplicates.organisation_groups(writing)] == [{one, other}]
    organisation(writing, "Mairie de Sommières", "30", "200066918")
    groups = duplicates.organisation_groups(writing)
    assert {one, other} in [set(group.ids) for group in groups]
    assert all(len(group.ids) == 2 for group in groups)


def test_a_spelling_or_short_name_of_one_is_the_name_of_another(writing: Session) -> None:
    typed = organisation(writing, "Montpellier Métropole Méditerranée", "34")
    (found,) = duplicates.organisation_groups(writing)
    assert typed in found.ids
    short = organisation(writing, "Syndicat mixte du bassin", "34", short_name="SMB")
    named = organisation(writing, "S.M.B.", "34")
    assert all(short not in group.ids for group in duplicates.organisation_groups(writing))
    writing.get_one(Organisation, named).name = "SMB"
    organisations.save_organisation(writing, writing.get_one(Organisation, named))
    assert {short, named} in [set(group.ids) for group in duplicates.organisation_groups(writing)]
    for name in ("Union A", "Union B"):
        row = Organisation(name=name, departement="34", kind=Kind.ASSOCIATION.value)
        row.aliases.append(OrganisationAlias(name="L’Union"))
        organisations.save_organisation(writing, row)
    assert len(duplicates.organisation_groups(writing)) == 2


def told(card: Card) -> dict[str, str]:
    return {label: text for label, text in card.values if text}


def test_each_record_says_what_it_holds(writing: Session) -> None:
    gimenez = writing.scalars(select(Person).where(Person.last_name == "GIMENEZ")).one()
    gimenez.civil_status = CivilStatus(profession="professeure")
    gimenez.phone = "04 00 00 00 00"
    twin = person(writing, "Clara", "Gimenez", email="clara@exemple.invalid")
    (group,) = duplicates.person_groups(writing)
    assert group.ids == (gimenez.id, twin.id)
    first, second = duplicates.cards(writing, "person", group.ids)
    assert told(first) == {
        "Civilité": "Mme", "Nom": "Clara GIMENEZ", "Téléphone": "04 00 00 00 00", "Département": "34",
        "État civil": "renseigné",
    }  # fmt: skip
    assert first.holds[0] == "Représente Montpellier Méditerranée Métropole, titulaire"
    assert "Vice-présidente, Bureau depuis le 02/12/2020" in first.holds
    assert "professeure" not in str(first)
    assert told(second) == {"Nom": "Clara Gimenez", "Courriel": "clara@exemple.invalid"}
    assert second.holds == ()
    assert first.weight > second.weight


def test_an_organisation_says_its_memberships_and_what_depends_on_it(writing: Session) -> None:
    row = writing.scalars(select(Member).join(Organisation).where(Organisation.name == "Vauvert")).one()
    (card,) = duplicates.cards(writing, "organisation", [row.organisation_id or 0])
    assert card.holds == ("Adhérent, Collectivités",)
    assert told(card)["Population"] == "11\u202f671 (2023)"
    funder = writing.scalars(select(Organisation).where(Organisation.name.startswith("DREETS"))).first()
    assert funder is not None
    (card,) = duplicates.cards(writing, "organisation", [funder.id])
    assert any("convention" in line for line in card.holds)
