"""Persons and organisations entered twice become one: all moves, nothing is lost, one undo takes it back."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tests.store.samples import dump
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    Attendance,
    Base,
    Body,
    CivilStatus,
    College,
    Convention,
    ConventionAgreement,
    Dues,
    DuesCampaign,
    FiscalYear,
    Kind,
    Mandate,
    Meeting,
    Member,
    Office,
    Organisation,
    OrganisationAlias,
    Person,
    Rank,
    Representative,
    Signatory,
)
from vto_desktop.services import members, merging, organisations, persons, representatives, rows
from vto_desktop.services.merging_values import NAMES, ORGANISATION, PERSON
from vto_desktop.store import Dossier, open_dossier

DAY = date(2021, 5, 1)


def member(session: Session, name: str) -> Member:
    chosen = select(Member).join(Organisation).where(Organisation.name.startswith(name))
    return session.scalars(chosen).one()


def person(session: Session, last: str = "TOUET", first: str = "Magalie", **values: Any) -> Person:
    return persons.save_person(session, Person(first_name=first, last_name=last, **values))


def organisation(session: Session, name: str, **values: Any) -> Organisation:
    return organisations.save_organisation(session, Organisation(name=name, **values))


# --- persons -------------------------------------------------------------------------------------


def test_what_is_empty_is_filled_and_what_differs_goes_into_the_notes(writing: Session) -> None:
    kept = person(writing, email="m.touet@a.invalid", notes="Préfère le téléphone", address="1 rue A")
    first = person(
        writing, "Touet", civility="Mme", phone="04 67 00 00 00", email="mt@b.invalid", notes="Élue"
    )
    second = person(writing, address="2 rue B\nBât. C", postcode="34600", city="Bédarieux", departement="34")
    found = merging.merge_persons(writing, kept.id, [first.id, second.id])
    assert (found.civility, found.first_name, found.last_name) == ("Mme", "Magalie", "TOUET")
    assert (found.email, found.phone) == ("m.touet@a.invalid", "04 67 00 00 00")
    assert (found.address, found.postcode, found.city, found.departement) == ("1 rue A", "", "", "34")
    assert found.notes.splitlines() == [
        "Préfère le téléphone",
        "Autre nom\u00a0: Magalie Touet",
        "Autre courriel\u00a0: mt@b.invalid",
        "Élue",
        "Autre adresse\u00a0: 2 rue B, Bât. C, 34600 Bédarieux",
    ]
    assert writing.get(Person, first.id) is None
    assert writing.get(Person, second.id) is None


def test_the_halves_of_one_address_are_put_together(writing: Session) -> None:
    kept = person(writing, postcode="34600", city="Bédarieux")
    other = person(writing, address="1 place de la Mairie", city="Bédarieux")
    found = merging.merge_persons(writing, kept.id, [other.id])
    assert (found.address, found.postcode, found.city) == ("1 place de la Mairie", "34600", "Bédarieux")
    assert found.notes == ""


def test_everything_that_names_a_person_names_the_one_kept(writing: Session) -> None:
    kept, other = person(writing), person(writing)
    lunel = member(writing, "Ville de Lunel")
    body = writing.scalars(select(Body).where(Body.kind == "Bureau")).one()
    office = writing.scalars(select(Office).where(Office.body_id == body.id)).first()
    assert office is not None
    meeting = Meeting(body_id=body.id, held_on=DAY, chair_id=other.id, secretary_id=kept.id)
    convention = writing.scalars(select(Convention)).first()
    assert convention is not None
    convention.person_in_charge_id = other.id
    writing.add(meeting)
    writing.flush()
    writing.add_all([
        Representative(member_id=lunel.id, person_id=other.id, capacity="maire"),
        Mandate(office_id=office.id, person_id=other.id),
        Attendance(meeting_id=meeting.id, person_id=other.id, proxy_id=kept.id),
        Attendance(meeting_id=meeting.id, person_id=1, proxy_id=other.id),
        Signatory(association_id=1, person_id=other.id, office="Présidente"),
    ])  # fmt: skip
    writing.flush()
    merging.merge_persons(writing, kept.id, [other.id])
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is rows.table_of(Person):
                assert not writing.execute(select(table).where(key.parent == other.id)).all(), key.parent
    assert (meeting.chair_id, meeting.secretary_id, convention.person_in_charge_id) == (kept.id,) * 3
    assert "magalie touet" in lunel.search_key
    assert rows.dependents(writing, rows.table_of(Person), [kept.id]) == {
        "attendance": 3, "convention": 1, "mandate": 1, "meeting": 2, "representative": 1, "signatory": 1,
    }  # fmt: skip


def test_only_what_is_truly_the_same_is_kept_once(writing: Session) -> None:
    kept, other = person(writing), person(writing)
    lunel = member(writing, "Ville de Lunel")
    office = writing.scalars(select(Office)).first()
    assert office is not None
    same = {"member_id": lunel.id, "rank": Rank.TITULAR.value, "capacity": "maire", "starts_on": DAY}
    writing.add_all([
        Representative(person_id=kept.id, position=4, **same),
        Representative(person_id=other.id, position=5, **same),
        Representative(person_id=other.id, position=6, **{**same, "capacity": "Maire"}),
        Representative(person_id=other.id, position=7, **{**same, "ends_on": date(2022, 1, 1)}),
        Mandate(office_id=office.id, person_id=kept.id, starts_on=DAY, notes="élue à l’unanimité"),
        Mandate(office_id=office.id, person_id=other.id, starts_on=DAY, notes="élue à l’unanimité"),
        Mandate(office_id=office.id, person_id=other.id, starts_on=DAY),
    ])  # fmt: skip
    writing.flush()
    merging.merge_persons(writing, kept.id, [other.id])
    sent = writing.scalars(select(Representative).where(Representative.person_id == kept.id)).all()
    assert sorted(row.position for row in sent) == [4, 6, 7]
    held = writing.scalars(select(Mandate).where(Mandate.person_id == kept.id)).all()
    assert sorted(row.notes for row in held) == ["", "élue à l’unanimité"]


def test_what_was_twice_the_same_before_stays_so(writing: Session) -> None:
    """A merger mends what it makes double, not what somebody entered twice."""
    kept, other = person(writing), person(writing)
    lunel = member(writing, "Ville de Lunel")
    for _time in range(2):
        writing.add(Representative(person_id=kept.id, member_id=lunel.id))
    writing.flush()
    merging.merge_persons(writing, kept.id, [other.id])
    chosen = select(Representative).where(Representative.person_id == kept.id)
    assert len(writing.scalars(chosen).all()) == 2


def test_civil_status_is_merged_apart_from_the_notes(writing: Session) -> None:
    kept, other, third = person(writing), person(writing), person(writing)
    other.civil_status = CivilStatus(born_on=date(1970, 3, 5), profession="maire", birth_place="Sète")
    third.civil_status = CivilStatus(born_on=date(1970, 3, 5), profession="médecin", nationality="française")
    writing.flush()
    found = merging.merge_persons(writing, kept.id, [other.id, third.id])
    status = writing.scalars(select(CivilStatus).where(CivilStatus.person_id == found.id)).one()
    assert (status.born_on, status.birth_place, status.nationality, status.profession) == (
        date(1970, 3, 5), "Sète", "française", "maire ; médecin",
    )  # fmt: skip
    assert found.notes == ""
    assert len(writing.scalars(select(CivilStatus).where(CivilStatus.profession != "")).all()) == 1


def test_homes_kept_for_the_declaration_stand_below_each_other_and_apart_from_the_address(
    writing: Session,
) -> None:
    kept, other, third = person(writing, address="1 place de la Mairie"), person(writing), person(writing)
    home, second = "1 rue A\n34000 Montpellier", "2 rue B\n34600 Bédarieux"
    for each, address in ((kept, home), (other, home), (third, second)):
        each.civil_status = CivilStatus(address=address)
    writing.flush()
    found = merging.merge_persons(writing, kept.id, [other.id, third.id])
    (status,) = writing.scalars(select(CivilStatus)).all()
    assert (status.person_id, status.address) == (kept.id, f"{home}\n{second}")
    assert (found.address, found.notes) == ("1 place de la Mairie", "")


def test_two_days_of_birth_are_two_persons(writing: Session) -> None:
    kept, other = person(writing), person(writing)
    kept.civil_status = CivilStatus(born_on=date(1970, 3, 5))
    other.civil_status = CivilStatus(born_on=date(1999, 3, 5))
    writing.flush()
    with pytest.raises(UserError, match="05/03/1970 et 05/03/1999") as refused:
        merging.merge_persons(writing, kept.id, [other.id])
    assert refused.value.code == "NAISSANCES_DIFFERENTES"


def test_notes_that_grow_too_long_are_refused(writing: Session) -> None:
    kept, other = person(writing, notes="a" * 19_000), person(writing, notes="b" * 19_000)
    with pytest.raises(Invalid, match="20\u202f000 au plus"):
        merging.merge_persons(writing, kept.id, [other.id])


def test_a_form_that_is_open_on_a_moved_row_cannot_point_it_back(dossier: Dossier) -> None:
    with dossier.write("Préparer") as session:
        kept, other = person(session), person(session)
        session.add(Representative(member_id=1, person_id=other.id))
        ids = kept.id, other.id
    with dossier.read() as session:
        open_row = session.scalars(select(Representative).where(Representative.person_id == ids[1])).one()
    with dossier.write("Fusionner") as session:
        merging.merge_persons(session, ids[0], [ids[1]])
    open_row.capacity = "maire"
    with pytest.raises(UserError) as refused, dossier.write("Modifier") as session:
        representatives.save_representative(session, open_row)
    assert refused.value.code == "MODIFIE_ENTRE_TEMPS"
    assert isinstance(refused.value.__cause__, StaleDataError)


# --- organisations -------------------------------------------------------------------------------


def test_names_become_spellings_and_numbers_go_into_the_notes(writing: Session) -> None:
    kept = organisation(writing, "Ville de Sommières", siren="213003213", kind=Kind.COMMUNE.value)
    other = organisation(
        writing, "SOMMIERES", short_name="Sommières", siren="200066918", population=4_800, departement="30",
        needs_commitment_number=True,
    )  # fmt: skip
    other.aliases.append(OrganisationAlias(name="Mairie de Sommières"))
    writing.flush()
    found = merging.merge_organisations(writing, kept.id, [other.id])
    assert (found.name, found.short_name) == ("Ville de Sommières", "Sommières")
    assert [alias.name for alias in found.aliases] == ["Mairie de Sommières", "SOMMIERES"]
    assert (found.kind, found.population, found.departement) == (Kind.COMMUNE.value, 4_800, "30")
    assert found.needs_commitment_number is True
    assert found.notes == "Autre SIREN\u00a0: 200066918"
    assert "mairie de sommieres sommieres" in found.search_key


def test_everything_that_names_an_organisation_names_the_one_kept(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    kept = organisation(writing, "Commune de Lunel")
    convention = writing.scalars(select(Convention)).first()
    assert convention is not None
    other = lunel.organisation_id or 0
    convention.funder_id = other
    writing.flush()
    writing.add_all([
        ConventionAgreement(convention_id=convention.id, organisation_id=kept.id),
        ConventionAgreement(convention_id=convention.id, organisation_id=other),
    ])  # fmt: skip
    writing.flush()
    merging.merge_organisations(writing, kept.id, [other])
    assert (lunel.organisation_id, lunel.name) == (kept.id, "Commune de Lunel")
    assert lunel.sort_key == "commune de lunel"
    assert "ville de lunel" in lunel.search_key
    assert convention.funder_id == kept.id
    assert "ville de lunel" in convention.search_key
    agreed = select(ConventionAgreement).where(ConventionAgreement.convention_id == convention.id)
    assert [row.organisation_id for row in writing.scalars(agreed)] == [kept.id]


# --- memberships ---------------------------------------------------------------------------------


@pytest.fixture
def twice(writing: Session) -> tuple[Member, Member]:
    """Return the membership of Lunel, and a second one entered under another name without dues."""
    twin = organisation(writing, "Commune de Lunel")
    row = Member(organisation_id=twin.id, college_id=member(writing, "Ville de Lunel").college_id)
    return member(writing, "Ville de Lunel"), members.save_member(writing, row)


def merge(session: Session, kept: Member, other: Member) -> None:
    assert kept.organisation_id is not None
    assert other.organisation_id is not None
    merging.merge_organisations(session, kept.organisation_id, [other.organisation_id])


def test_two_memberships_of_one_time_become_one(writing: Session, twice: tuple[Member, Member]) -> None:
    lunel, twin = twice
    twin.joined_on, twin.notes = date(2015, 3, 1), "Dossier papier"
    writing.add(Representative(member_id=twin.id, person_id=1))
    limoux = member(writing, "Ville de Limoux")
    limoux.left_on, limoux.successor_id = DAY, twin.id
    writing.flush()
    gone = twin.id
    merge(writing, twin, lunel)  # the other organisation is kept, the membership with the dues too
    assert writing.get(Member, gone) is None
    assert (lunel.name, lunel.joined_on, lunel.left_on) == ("Commune de Lunel", None, None)
    assert lunel.notes == "Adhésion réunie à celle-ci\u00a0: depuis le 01/03/2015.\nDossier papier"
    assert {row.person_id for row in lunel.representatives} >= {1}
    assert limoux.successor_id == lunel.id
    assert writing.scalars(select(Dues).where(Dues.member_id == lunel.id)).one().number == "2021-009"


def test_a_joined_membership_runs_from_the_first_day_to_the_last(
    writing: Session, twice: tuple[Member, Member]
) -> None:
    lunel, twin = twice
    limoux = member(writing, "Ville de Limoux")
    lunel.joined_on, lunel.left_on, lunel.leaving_reason = date(2010, 1, 1), date(2016, 1, 1), "Retrait"
    twin.joined_on, twin.left_on = date(2015, 1, 1), date(2020, 1, 1)
    twin.leaving_reason, twin.successor_id = "Fusion", limoux.id
    writing.flush()
    merge(writing, lunel, twin)
    assert (lunel.joined_on, lunel.left_on) == (date(2010, 1, 1), date(2020, 1, 1))
    assert (lunel.leaving_reason, lunel.successor_id) == ("Fusion", limoux.id)
    assert "depuis le 01/01/2010 jusqu’au 01/01/2016 (Retrait)." in lunel.notes
    assert "depuis le 01/01/2015 jusqu’au 01/01/2020 (Fusion)." in lunel.notes


def test_memberships_that_follow_each_other_stay_two(writing: Session, twice: tuple[Member, Member]) -> None:
    lunel, twin = twice
    lunel.left_on, twin.joined_on = DAY, DAY
    lunel.successor_id = twin.id
    writing.flush()
    merge(writing, lunel, twin)
    assert lunel.organisation_id == twin.organisation_id
    assert (lunel.left_on, twin.joined_on) == (DAY, DAY)


def test_a_successor_that_is_the_same_member_is_none(writing: Session, twice: tuple[Member, Member]) -> None:
    lunel, twin = twice
    lunel.left_on, lunel.successor_id = DAY, twin.id
    writing.flush()
    merge(writing, lunel, twin)
    assert lunel.left_on is None
    assert lunel.successor_id is None


def test_two_colleges_two_calls_or_two_successors_are_refused(
    writing: Session, twice: tuple[Member, Member]
) -> None:
    lunel, twin = twice
    college, campaign = writing.scalars(select(College)).all()[1], writing.scalars(select(DuesCampaign)).one()
    before = twin.college_id
    twin.college_id = college.id
    writing.flush()
    with pytest.raises(UserError, match="dans deux collèges") as refused:
        merge(writing, lunel, twin)
    assert refused.value.code == "ADHESIONS_EN_CONFLIT"
    assert "Rien n’a été fusionné." in refused.value.sentence
    twin.college_id = before
    dues = Dues(campaign_id=campaign.id, member_id=twin.id, amount=100)
    writing.add(dues)
    writing.flush()
    with pytest.raises(UserError, match=r"chacun leur cotisation \(Cotisations 2021\)"):
        merge(writing, lunel, twin)
    twin.joined_on = twin.left_on = DAY  # what the refusal advises
    writing.flush()
    merge(writing, lunel, twin)
    assert dues.member_id == twin.id
    assert twin.organisation_id == lunel.organisation_id


def test_one_of_them_joined_another_member(writing: Session, twice: tuple[Member, Member]) -> None:
    lunel, twin = twice
    limoux, vauvert = member(writing, "Ville de Limoux"), member(writing, "Vauvert")
    twin.left_on, twin.successor_id = DAY, limoux.id
    writing.flush()
    with pytest.raises(UserError, match="l’un a rejoint un autre adhérent"):
        merge(writing, lunel, twin)
    lunel.left_on, lunel.successor_id = date(2021, 6, 1), vauvert.id
    writing.flush()
    with pytest.raises(UserError, match="l’un a rejoint un autre adhérent"):
        merge(writing, lunel, twin)


def test_dues_of_a_closed_year_never_move(writing: Session, twice: tuple[Member, Member]) -> None:
    lunel, twin = twice
    later = FiscalYear(year=2022, starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31))
    writing.add_all([
        Dues(campaign=DuesCampaign(fiscal_year=later, name=f"C{number}"), member_id=twin.id, amount=1)
        for number in range(3)
    ])  # fmt: skip
    writing.flush()
    writing.execute(update(FiscalYear).where(FiscalYear.year == 2021).values(closed_on=date(2022, 3, 1)))
    merge(writing, twin, lunel)
    assert len(writing.scalars(select(Dues).where(Dues.member_id == lunel.id)).all()) == 4


def test_natural_persons_who_are_members_twice_are_joined_too(writing: Session) -> None:
    laporte = writing.scalars(select(Person).where(Person.last_name == "LAPORTE")).one()
    twin = person(writing, "Laporte", "Didier")
    college = writing.scalars(select(Member.college_id).where(Member.person_id == laporte.id)).one()
    members.save_member(writing, Member(person_id=twin.id, college_id=college))
    merging.merge_persons(writing, twin.id, [laporte.id])
    (kept,) = writing.scalars(select(Member).where(Member.person_id == twin.id)).all()
    assert kept.sort_key == "laporte didier"
    assert len(writing.scalars(select(Dues).where(Dues.member_id == kept.id)).all()) == 1


# --- properties ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "fields"), [(Person, PERSON), (Organisation, ORGANISATION)])
def test_every_column_is_merged_or_said_why_not(kind: type[Base], fields: Any) -> None:
    merged = {name for field in fields for name in field.names}
    other = {"id", "version", "sort_key", "search_key", "notes"} | (
        set(NAMES) if kind is Organisation else set()
    )
    assert {column.key for column in inspect(kind).columns} == merged | other


@pytest.fixture(scope="module")
def dossier(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dossier]:
    """Return a copy of the example, for the tests that write and undo."""
    path = tmp_path_factory.mktemp("fusions") / "exemple.vto"
    with open_dossier(Path(shutil.copy(example_file, path))) as opened:
        yield opened


Dump = dict[str, list[tuple[object, ...]]]
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12).map(str.strip)
TEXTS = st.fixed_dictionaries(
    dict.fromkeys(("first_name", "email", "phone", "address", "postcode", "city", "notes"), TEXT)
    | {"last_name": TEXT.filter(bool), "civility": st.sampled_from(("", "Mme", "M."))}
)
STATUS = st.none() | st.fixed_dictionaries(dict.fromkeys(merging.CIVIL_TEXTS, TEXT))
SENT = st.lists(st.tuples(st.sampled_from(("", "maire")), st.none() | st.just(DAY)), max_size=3)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=st.lists(st.tuples(TEXTS, STATUS, SENT), min_size=2, max_size=4))
def test_a_merger_drops_no_text_and_is_undone_exactly(
    dossier: Dossier, records: list[tuple[dict[str, str], dict[str, str] | None, list[Any]]]
) -> None:
    with dossier.write("Saisir") as session:
        ids = [_entered(session, *record) for record in records]
    before = dump(dossier)
    with dossier.write("Fusionner") as session:
        merging.merge_persons(session, ids[0], ids[1:])
    after = dump(dossier)
    assert not _lost(before, after, ("person", "civil_status"))
    assert len(after["person"]) == len(before["person"]) - len(records) + 1
    assert _sent(dossier, ids[0]) == {
        (1, capacity, starts) for _texts, _status, held in records for capacity, starts in held
    }
    dossier.undo()
    assert dump(dossier) == before
    dossier.redo()
    assert dump(dossier) == after
    dossier.undo()
    dossier.undo()


def _lost(before: Dump, after: Dump, tables: tuple[str, ...]) -> set[str]:
    """Return the lines of text that stood in these tables and stand nowhere any more."""
    kept = _lines(after, tables)
    return {line for line in _lines(before, tables) if not any(line in each for each in kept)}


def _lines(held: Dump, tables: tuple[str, ...]) -> set[str]:
    """Return each line of each text in these tables, its words parted by one space; keys are no texts."""
    found = set()
    for table in tables:
        names = [column.name for column in Base.metadata.tables[table].columns]
        for row in held[table]:
            for name, cell in zip(names, row, strict=True):
                if isinstance(cell, str) and not name.endswith("_key"):
                    found |= {" ".join(line.split()) for line in cell.splitlines()}
    return found


def _entered(session: Session, texts: dict[str, str], status: dict[str, str] | None, sent: list[Any]) -> int:
    others = {name: text for name, text in texts.items() if name not in ("first_name", "last_name")}
    row = person(session, texts["last_name"], texts["first_name"], **others)
    row.civil_status = CivilStatus(**status) if status is not None else None
    for capacity, starts in dict.fromkeys(sent):
        session.add(Representative(member_id=1, person_id=row.id, capacity=capacity, starts_on=starts))
    session.flush()
    return row.id


def _sent(dossier: Dossier, person_id: int) -> set[tuple[Any, ...]]:
    columns = (Representative.member_id, Representative.capacity, Representative.starts_on)
    with dossier.read() as session:
        rows = session.execute(select(*columns).where(Representative.person_id == person_id))
        return {tuple(row) for row in rows}


NAME = TEXT.filter(bool)
ORGANISATIONS = st.fixed_dictionaries(
    dict.fromkeys(
        ("short_name", "siren", "siret", "rna", "insee", "address", "postcode", "city", "email", "phone",
         "chorus_service", "notes"), TEXT,
    )
    | {"name": NAME, "kind": st.sampled_from([kind.value for kind in Kind]),
       "population": st.none() | st.integers(1, 9_999_999)}
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=st.lists(st.tuples(ORGANISATIONS, st.lists(NAME, max_size=2)), min_size=2, max_size=3))
def test_organisations_lose_no_text_either(
    dossier: Dossier, records: list[tuple[dict[str, Any], list[str]]]
) -> None:
    with dossier.write("Saisir") as session:
        ids = []
        for values, spellings in records:
            row = Organisation(**values, aliases=[OrganisationAlias(name=text) for text in spellings])
            ids.append(organisations.save_organisation(session, row).id)
    before = dump(dossier)
    with dossier.write("Fusionner") as session:
        merging.merge_organisations(session, ids[0], ids[1:])
    after = dump(dossier)
    assert not _lost(before, after, ("organisation", "organisation_alias"))
    dossier.undo()
    assert dump(dossier) == before
    dossier.undo()
