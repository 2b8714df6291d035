"""Who is called to a meeting and what its papers start from, on the real council of the example."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.test_decisions import decide
from tests.services.test_meeting_choice import ELECTION, hold
from vto_desktop.errors import UserError
from vto_desktop.model import (
    Association,
    Body,
    BodyKind,
    Meeting,
    MeetingKind,
    Member,
    Organisation,
    Person,
    Representative,
    Signatory,
)
from vto_desktop.services import decision_papers, meeting_papers, officers
from vto_desktop.services.figures_meeting_papers import Called, MeetingLetters

DAY = date(2021, 7, 1)


def called(found: MeetingLetters, last_name: str) -> Called:
    """Return the letter to a person."""
    return next(each for each in found.letters if each.addressee.name.endswith(last_name))


def test_each_person_who_may_sit_is_called_once(writing: Session) -> None:
    found = meeting_papers.convocations(writing, ELECTION)
    names = [each.addressee.name for each in found.letters]
    assert len(names) == len(set(names)) == 18  # 19 mandates, of which two are Serge BORD’s
    bord = called(found, "BORD")
    assert [seat.label for seat in bord.seats] == [
        "Alès Agglomération",
        "GIP Politique de la Ville Alès Cévennes",
    ]
    assert bord.addressee.address == ("Alès Agglomération",)
    mantion = called(found, "MANTION")
    assert (mantion.seats[0].is_substitute, mantion.gives_power) == (True, False)
    assert called(found, "GIMENEZ").seats[0].substitutes == ("Coralie MANTION",)
    assert called(found, "PÉCASTAING").gives_power  # « et/ou » holds the seat too
    laporte = called(found, "LAPORTE")  # a natural person sits in person
    assert (laporte.seats[0].label, laporte.seats[0].is_member) == ("Adhérent à titre personnel", False)
    assert laporte.addressee.address == ()


def test_power_forms_are_for_those_who_hold_a_seat(writing: Session) -> None:
    names = [each.addressee.name for each in meeting_papers.proxies(writing, ELECTION).letters]
    assert len(names) == 17
    assert "Coralie MANTION" not in names
    council = writing.scalars(select(Body).where(Body.kind == BodyKind.COUNCIL.value)).one()
    council.max_powers = 0
    with pytest.raises(UserError) as refused:
        meeting_papers.proxies(writing, ELECTION)
    assert refused.value.code == "POUVOIR_EXCLU"
    assert "du conseil d’administration n’admettent pas" in refused.value.sentence


def test_an_assembly_calls_the_representatives_of_all_members_at_their_address(writing: Session) -> None:
    town = writing.scalars(select(Organisation).where(Organisation.name == "Vauvert")).one()
    town.address, town.postcode, town.city = "Place de la Mairie", "30600", "Vauvert"
    meeting = hold(writing, BodyKind.ASSEMBLY, DAY)
    found = meeting_papers.convocations(writing, meeting)
    assert len(found.letters) == 18
    assert called(found, "MOUSSA").addressee.address == ("Vauvert", "Place de la Mairie", "30600 Vauvert")
    assert called(found, "MOUSSA").addressee.civility == "M."
    held = writing.get_one(Meeting, meeting)
    for title, told in (("Statuts", "Statuts"), ("Assemblée Générale Extraordinaire", "")):
        held.title = title
        assert meeting_papers.figure(writing, meeting).title == told
    assert meeting_papers.figure(writing, meeting).words.to == "à l’assemblée générale extraordinaire"
    person = writing.scalars(select(Person).where(Person.last_name == "LAPORTE")).one()
    person.address, person.postcode, person.city = "3 rue du Lac", "34600", "Bédarieux"
    again = meeting_papers.convocations(writing, meeting)
    assert called(again, "LAPORTE").addressee.address == ("3 rue du Lac", "34600 Bédarieux")


def test_officers_are_called_to_the_bureau_by_their_office(writing: Session) -> None:
    found = meeting_papers.convocations(writing, hold(writing, BodyKind.BUREAU, DAY))
    assert [each.seats[0].label for each in found.letters] == [
        "Présidente", "Vice-présidente", "Vice-présidente", "Vice-président", "Trésorier", "Secrétaire",
        "Secrétaire adjoint",
    ]  # fmt: skip


def settle_everywhere(session: Session) -> None:
    """Give the association, and all who are written to, a postal address."""
    for row in (
        session.get_one(Association, 1), *session.scalars(select(Organisation)),
        *session.scalars(select(Person)),
    ):  # fmt: skip
        row.address, row.postcode, row.city = "Place de la Mairie", "34700", "Lodève"
    session.flush()


def test_what_a_convocation_lacks_is_told_first_with_where_to_complete_it(writing: Session) -> None:
    found = meeting_papers.convocations(writing, ELECTION)
    assert [(each.table, each.row_id, each.what) for each in found.incomplete()[:2]] == [
        ("association", 1, ("adresse", "signataire et sa fonction")),
        ("meeting", ELECTION, ("date de convocation", "heure", "lieu")),
    ]
    assert found.incomplete()[1].whose == "le conseil d’administration du 2 décembre 2020"
    settle_everywhere(writing)
    meeting = writing.get_one(Meeting, ELECTION)
    meeting.kind, meeting.convened_on, meeting.time = MeetingKind.REMOTE.value, date(2020, 11, 12), "14:30"
    writing.add(Signatory(association_id=1, person_id=1, office="présidente"))
    writing.flush()
    found = meeting_papers.convocations(writing, ELECTION)
    assert [each.what for each in found.incomplete()] == [("lien de visioconférence",)]
    meeting.link = "https://visio.exemple.fr"
    assert meeting_papers.convocations(writing, ELECTION).incomplete() == ()
    meeting.kind, meeting.agenda = MeetingKind.WRITTEN.value, ""
    assert meeting_papers.convocations(writing, ELECTION).incomplete()[0].what == ("ordre du jour",)


def test_who_is_called_without_address_is_told_once_where_the_letter_goes(writing: Session) -> None:
    settle_everywhere(writing)
    ales = writing.scalars(select(Organisation).where(Organisation.name == "Alès Agglomération")).one()
    laporte = writing.scalars(select(Person).where(Person.last_name == "LAPORTE")).one()
    bord = writing.scalars(select(Person).where(Person.last_name == "BORD")).one()  # sent by Alès
    for row in (ales, laporte, bord):
        row.address = row.postcode = row.city = ""
    writing.flush()
    found = meeting_papers.convocations(writing, ELECTION)
    lacking = [each for each in found.incomplete() if each.table not in ("association", "meeting")]
    assert [(each.whose, each.table, each.row_id, each.what) for each in lacking] == [
        ("Alès Agglomération", "organisation", ales.id, ("adresse",)),
        ("Didier LAPORTE", "person", laporte.id, ("adresse",)),
    ]
    assert len(called(found, "BORD").gaps) == 1
    bord.email, laporte.email = "serge@ales.invalid", "à demander"
    writing.flush()
    found = meeting_papers.convocations(writing, ELECTION)
    assert called(found, "BORD").gaps == ()  # called by e-mail
    assert called(found, "BORD").addressee.address == ("Alès Agglomération", "serge@ales.invalid")
    assert len(called(found, "LAPORTE").gaps) == 1
    assert meeting_papers.proxies(writing, ELECTION).incomplete() == ()  # handed in, not posted


def test_a_member_that_nobody_represents_is_told(writing: Session) -> None:
    member = writing.scalars(select(Member).join(Organisation).where(Organisation.name == "Vauvert")).one()
    for row in writing.scalars(select(Representative).where(Representative.member_id == member.id)):
        row.ends_on = date(2021, 1, 1)
    found = meeting_papers.convocations(writing, hold(writing, BodyKind.ASSEMBLY, DAY))
    assert found.incomplete()[-1].sentence == "Il manque, pour Vauvert\u00a0: représentant."
    assert found.incomplete()[-1].row_id == member.id


def test_minutes_know_the_mandates_that_the_meeting_opened(session: Session) -> None:
    found = meeting_papers.minutes(session, ELECTION)
    assert [(each.office, each.person) for each in found.elected][:2] == [
        ("Présidente", "Magalie TOUET"), ("Vice-présidente", "Clara GIMENEZ"),
    ]  # fmt: skip
    assert len(found.elected) == 7
    assert [each.number for each in found.decisions] == ["2020-01"]
    assert found.decisions[0].text.splitlines()[1] == "Présidente\u00a0: Magalie TOUET"
    assert (found.when, found.meeting.agenda) == (
        "conseil d’administration 02-12-2020", ("Élection du bureau",),
    )  # fmt: skip


def test_an_extract_is_of_the_only_deliberation_or_of_the_one_chosen(writing: Session) -> None:
    assert decision_papers.extract(writing, ELECTION, on=DAY).decision.number == "2020-01"
    meeting = writing.get_one(Meeting, hold(writing, BodyKind.COUNCIL, DAY))
    with pytest.raises(UserError) as refused:
        decision_papers.extract(writing, meeting.id, on=DAY)
    assert refused.value.code == "AUCUNE_DELIBERATION"
    first, second = decide(writing, meeting, "Budget"), decide(writing, meeting, "Cotisations")
    with pytest.raises(UserError) as refused:
        decision_papers.extract(writing, meeting.id, on=DAY)
    assert refused.value.code == "DELIBERATION_A_CHOISIR"
    assert "2021-01 (Budget), 2021-02 (Cotisations)" in refused.value.sentence
    assert (
        decision_papers.extract(writing, meeting.id, on=DAY, decision=second.id).decision.title
        == "Cotisations"
    )
    assert decision_papers.extract(writing, meeting.id, on=DAY, decision=first.id).when == "2021-01"


def test_the_list_of_officers_says_first_what_it_lacks(session: Session) -> None:
    found = officers.officers_declaration(session, DAY)
    missing = found.incomplete()
    assert missing[0].what == ("adresse", "RNA", "signataire et sa fonction")
    assert [each.table for each in missing[1:]] == ["civil_status"] * 7
    assert missing[1].sentence == (
        "Il manque, pour Magalie TOUET\u00a0: la profession, la nationalité, le domicile."
    )
    assert officers.officers_declaration(session, date(2019, 1, 1)).incomplete() == ()
