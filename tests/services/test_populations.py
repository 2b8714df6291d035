"""Populations of a dossier against the reference data: what differs, what is lost, what is taken over."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Kind, Member, Organisation, OrganisationAlias
from vto_desktop.services import organisations
from vto_desktop.services.populations import Change, apply_changes, compare

LUNEL, VAUVERT, NIMES, ALES = "Ville de Lunel", "Vauvert", "Nîmes Métropole", "Alès Agglomération"
ORB = "Communauté de Communes du Grand Orb"


def named(session: Session, name: str) -> Organisation:
    """Return an organisation of the example."""
    return session.scalars(select(Organisation).where(Organisation.name == name)).one()


def only_change(session: Session) -> Change:
    """Return the one difference."""
    session.flush()
    (found,) = compare(session).changes
    return found


def said(*texts: str) -> str:
    """Return remarks with plain spaces."""
    return " ".join(texts).replace("\u00a0", " ").replace("\u202f", " ")


def added(session: Session, **values: object) -> Organisation:
    """Keep another organisation."""
    return organisations.save_organisation(session, Organisation(aliases=[], **values))


def test_the_example_says_what_the_data_say(session: Session) -> None:
    found = compare(session)
    assert (found.changes, found.unknown, found.same) == ((), (), 13)
    assert found.sentence.replace("\u00a0", " ") == "13 collectivités à jour."


def test_an_older_population_is_taken_over_and_reaches_the_list_of_members(writing: Session) -> None:
    row = named(writing, VAUVERT)
    row.population, row.population_year = 11_000, 2019
    change = only_change(writing)
    assert (change.name, change.population, change.population_year) == (VAUVERT, 11_000, 2019)
    assert (change.authority.population, change.authority.population_year) == (11_671, 2023)
    assert change.remarks == ()
    assert change.is_sure
    assert apply_changes(writing, [change]) == 1
    assert (row.name, row.population, row.population_year) == (VAUVERT, 11_671, 2023)
    member = writing.scalars(select(Member).where(Member.organisation_id == row.id)).one()
    assert member.population_key == 11_671
    assert compare(writing).changes == ()


def test_another_year_alone_or_no_population_differs_too(writing: Session) -> None:
    named(writing, VAUVERT).population_year = None
    named(writing, ALES).population = None
    writing.flush()
    found = compare(writing)
    assert [each.name for each in found.changes] == [ALES, VAUVERT]
    assert all(each.is_sure for each in found.changes)
    assert found.sentence.replace("\u00a0", " ") == "2 différences et 11 collectivités à jour."


def test_a_population_newer_than_the_data_is_shown_and_not_proposed(writing: Session) -> None:
    named(writing, NIMES).population_year = 2024
    change = only_change(writing)
    assert not change.is_sure
    assert said(*change.remarks) == "Les données, de 2022, sont plus anciennes."


def test_a_siren_that_is_gone_is_replaced_by_way_of_the_insee_code(writing: Session) -> None:
    row = named(writing, LUNEL)
    row.siren = "200 000 008"
    change = only_change(writing)
    assert not change.is_sure
    assert said(*change.remarks) == "Le SIREN 200000008 n’existe plus (fusion ?) : remplacé par 213401458."
    apply_changes(writing, [change])
    assert (row.siren, row.name) == ("213401458", LUNEL)


def test_a_siren_that_is_gone_without_an_insee_code_is_told_apart(writing: Session) -> None:
    row = named(writing, ORB)
    row.siren, row.name = "243400249", "Communauté de communes disparue"
    writing.flush()
    (lost,) = compare(writing).unknown
    assert (lost.organisation_id, lost.kind) == (row.id, "Communauté de communes")
    assert said(lost.reason) == "Le SIREN 243400249 n’est pas dans les données : faute de frappe, ou fusion ?"
    assert "1 non reconnue" in said(compare(writing).sentence)


def test_a_new_siren_under_the_same_name_and_departement_is_proposed(writing: Session) -> None:
    row = named(writing, "Communauté de Communes Lodévois et Larzac")
    row.siren = "200000008"
    change = only_change(writing)
    assert not change.is_sure
    assert said(*change.remarks).startswith("Reconnue par son nom : prendra le SIREN 200017341.")
    apply_changes(writing, [change])
    assert row.siren == "200017341"


def test_one_without_any_number_is_recognised_by_its_name_when_it_is_the_only_one(writing: Session) -> None:
    row = added(writing, name="Mairie de Béziers", kind=Kind.COMMUNE.value, departement="34")
    change = only_change(writing)
    assert (change.organisation_id, change.is_sure) == (row.id, False)
    assert said(*change.remarks) == "Reconnue par son nom : prendra le SIREN 213400328."
    apply_changes(writing, [change])
    assert (row.name, row.siren, row.insee, row.population) == (
        "Mairie de Béziers", "213400328", "34032", 81_545,
    )  # fmt: skip


def test_names_of_several_places_wrong_codes_and_doubles_are_not_recognised(writing: Session) -> None:
    added(writing, name="Celles", kind=Kind.COMMUNE.value)  # five of them
    added(writing, name="Nulle Part", kind=Kind.COMMUNE.value)
    added(writing, name="Nulle Part en Gard", kind=Kind.COMMUNE.value, departement="30")
    added(writing, name="Commune X", kind=Kind.COMMUNE.value, insee="99999")
    added(writing, name="Lunel", kind=Kind.COMMUNE.value, departement="34")
    found = compare(writing)
    assert found.changes == ()
    assert [(each.name, said(each.reason)) for each in found.unknown] == [
        ("Celles", "Plusieurs collectivités portent ce nom : indiquez le département."),
        ("Commune X", "Aucune commune n’a le code INSEE 99999."),
        ("Lunel", "Sans doute la même collectivité que « Ville de Lunel », qui en a le SIREN."),
        ("Nulle Part", "Ni SIREN ni code INSEE, et aucune collectivité de ce nom dans les données."),
        (
            "Nulle Part en Gard",
            "Ni SIREN ni code INSEE, et aucune collectivité de ce nom dans ce département.",
        ),
    ]


def test_another_name_or_kind_is_told_and_the_name_stays(writing: Session) -> None:
    row = named(writing, VAUVERT)
    row.name, row.kind = "Commune nouvelle de Petite Camargue", Kind.CC.value
    change = only_change(writing)
    assert said(*change.remarks) == (
        "S’appelle « Vauvert » dans les données ; le nom du dossier reste. Type : CC → Commune."
    )
    apply_changes(writing, [change])
    assert (row.name, row.kind) == ("Commune nouvelle de Petite Camargue", Kind.COMMUNE)


def test_an_alias_explains_another_name(writing: Session) -> None:
    row = named(writing, VAUVERT)
    row.name, row.aliases = "La ville aux taureaux", [OrganisationAlias(name="Vauvert")]
    writing.flush()
    assert compare(writing).changes == ()


def test_departements_associations_and_state_services_are_no_business_of_the_data(writing: Session) -> None:
    added(writing, name="Département de l’Hérault", kind=Kind.DEPARTEMENT.value, siren="223400011")
    added(writing, name="Lunel", kind=Kind.ASSOCIATION.value)
    found = compare(writing)
    assert (found.changes, found.unknown) == ((), ())


def test_taking_over_is_all_or_nothing(writing: Session) -> None:
    first, second = named(writing, VAUVERT), named(writing, ALES)
    first.population = second.population = 1
    writing.flush()
    changes = compare(writing).changes
    second.departement = "99"  # a row that cannot be kept as it is
    writing.flush()
    with pytest.raises(Invalid):
        apply_changes(writing, changes)
    writing.delete(named(writing, "Ressources et Territoires"))
    writing.flush()
    gone = Change(10_000, "Partie", "34", 1, None, changes[0].authority, (), True)
    with pytest.raises(UserError, match="FICHE_ABSENTE"):
        apply_changes(writing, [gone])
