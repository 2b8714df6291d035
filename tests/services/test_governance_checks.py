"""Each gap and conflict is found once, says whom it is about and goes when it is mended; none by itself."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import (
    Body,
    BodyKind,
    BodySeats,
    College,
    Mandate,
    Member,
    Office,
    Organisation,
    Person,
    Representative,
)  # fmt: skip
from vto_desktop.services import dashboard, member_checks
from vto_desktop.services.composition import body_of_kind
from vto_desktop.services.governance_checks import Act, Finding, findings_of

DAY = date(2021, 12, 31)
DAYS = [date(1990, 1, 1), date(2020, 12, 1), date(2020, 12, 2), DAY, date(2026, 7, 1), date(2040, 1, 1)]


def the(session: Session, kind: BodyKind) -> Body:
    found = body_of_kind(session, kind)
    assert found is not None
    return found


def person(session: Session, last_name: str) -> Person:
    return session.scalars(select(Person).where(Person.last_name == last_name)).one()


def mandate(session: Session, last_name: str, kind: BodyKind) -> Mandate:
    chosen = select(Mandate).join(Person).join(Office, Mandate.office_id == Office.id)
    chosen = chosen.where(Person.last_name == last_name, Office.body_id == the(session, kind).id)
    return session.scalars(chosen.order_by(Mandate.id)).first() or Mandate()


def office(session: Session, label: str) -> Office:
    return session.scalars(select(Office).where(Office.label == label)).one()


def found(session: Session, kind: BodyKind, on: date = DAY) -> list[Finding]:
    session.flush()
    return findings_of(session, the(session, kind), on=on)


def said(findings: list[Finding]) -> list[tuple[str, str, str, Act]]:
    return [(each.tone, each.title.replace("\u00a0", " "), each.detail.replace("\u00a0", " "), each.act)
            for each in findings]  # fmt: skip


@pytest.mark.parametrize("on", DAYS)
def test_the_example_raises_no_alarm_about_anybody_on_any_day(session: Session, on: date) -> None:
    assert member_checks.all_findings(session, on=on) == []


def test_a_new_dossier_raises_none_either(empty: Session) -> None:
    assert member_checks.all_findings(empty, on=DAY) == []


def test_an_office_without_holder_is_vacant_where_anybody_sits(writing: Session) -> None:
    mandate(writing, "LAPORTE", BodyKind.BUREAU).ends_on = date(2021, 6, 1)
    assert said(found(writing, BodyKind.BUREAU)) == [
        ("warn", "Fonction vacante", "Trésorier·ère", Act.ELECT)
    ]  # fmt: skip
    assert found(writing, BodyKind.BUREAU, date(2021, 5, 31)) == []
    for row in writing.scalars(select(Mandate).where(Mandate.starts_on == date(2020, 12, 2))):
        row.ends_on = date(2021, 6, 1)
    assert found(writing, BodyKind.BUREAU) == []  # nobody sits: the bureau is simply not kept


def test_two_holders_of_an_office_are_told_on_any_day(writing: Session) -> None:
    touet = mandate(writing, "TOUET", BodyKind.BUREAU)
    rival = Mandate(
        office_id=touet.office_id, person_id=person(writing, "PEREA").id, starts_on=date(2021, 3, 1),
        ends_on=date(2021, 5, 1),
    )  # fmt: skip
    writing.add(rival)
    words = "Magalie TOUET et François PEREA, depuis le 01/03/2021 jusqu’au 01/05/2021"
    assert said(found(writing, BodyKind.BUREAU, date(2021, 4, 1))) == [
        ("danger", "Deux titulaires : Président·e", words, Act.END)
    ]
    assert [each.tone for each in found(writing, BodyKind.BUREAU)] == ["warn"]  # it is over
    assert [each.row_id for each in found(writing, BodyKind.BUREAU)] == [touet.id]
    assert [each.tone for each in found(writing, BodyKind.BUREAU, date(2019, 1, 1))] == ["danger"]  # to come
    rival.ends_on = rival.starts_on
    assert found(writing, BodyKind.BUREAU) == []  # never held
    rival.ends_on, touet.ends_on = None, rival.starts_on
    assert found(writing, BodyKind.BUREAU) == []  # one after the other


def test_a_mandate_past_its_term_is_told_until_it_ends(writing: Session) -> None:
    row = mandate(writing, "RIVEL", BodyKind.COUNCIL)
    row.term_on = DAY
    assert found(writing, BodyKind.COUNCIL) == []  # its last day
    after = date(2022, 1, 1)
    assert said(found(writing, BodyKind.COUNCIL, after)) == [
        ("danger", "Mandat au-delà de son terme", "Tamara RIVEL, Membre, terme le 31/12/2021", Act.RENEW)
    ]
    row.ends_on = after
    assert found(writing, BodyKind.COUNCIL, after) == []


def test_who_sits_twice_in_the_bureau_is_told_and_who_sits_for_two_members_is_not(writing: Session) -> None:
    assert len([each for each in writing.scalars(select(Mandate)) if each.person.last_name == "BORD"]) == 3
    twice = Mandate(
        office_id=office(writing, "Secrétaire adjoint·e").id, person_id=person(writing, "TOUET").id,
        starts_on=date(2021, 1, 1),
    )  # fmt: skip
    writing.add(twice)
    assert said(found(writing, BodyKind.BUREAU)) == [
        ("warn", "Deux fois dans l’instance", "Magalie TOUET : Présidente et Secrétaire adjointe", Act.SEE)
    ]
    assert found(writing, BodyKind.BUREAU)[0].row_id == twice.id
    seat = mandate(writing, "RIVEL", BodyKind.COUNCIL)
    writing.add(Mandate(office_id=seat.office_id, person_id=seat.person_id, member_id=seat.member_id))
    (finding,) = found(writing, BodyKind.COUNCIL)
    assert (
        finding.detail.replace("\u00a0", " ") == "Tamara RIVEL : Membre et Membre, Carcassonne Agglomération"
    )


def test_who_sits_against_the_rule_is_told(writing: Session) -> None:
    outsider = Person(first_name="Ada", last_name="LOIN")
    writing.add(outsider)
    writing.flush()
    treasurer = office(writing, "Trésorier·ère adjoint·e")
    writing.add(Mandate(office_id=treasurer.id, person_id=outsider.id, starts_on=date(2021, 1, 1)))
    rule = "Ada LOIN, Trésorier·ère adjoint·e, ne siège pas dans l’instance dont celle-ci est issue"
    assert said(found(writing, BodyKind.BUREAU)) == [("warn", "Ne remplit pas la règle", rule, Act.END)]
    seat = mandate(writing, "RIVEL", BodyKind.COUNCIL)
    seat.person_id = outsider.id
    assert said(found(writing, BodyKind.COUNCIL)) == [
        ("warn", "Ne remplit pas la règle",
         "Ada LOIN siège au nom de « Carcassonne Agglomération » sans le représenter", Act.END)
    ]  # fmt: skip
    seat.member_id = None
    assert "n’est ni adhérent ni représentant" in found(writing, BodyKind.COUNCIL)[0].detail


def test_seats_held_beyond_or_below_what_a_college_has_are_told(writing: Session) -> None:
    council = the(writing, BodyKind.COUNCIL)
    colleges = {row.name: row.id for row in writing.scalars(select(College))}
    council.seats = [
        BodySeats(college_id=colleges["Collectivités"], seats=12),
        BodySeats(college_id=colleges["Personnes physiques"], seats=2),
        BodySeats(seats=16),
    ]
    assert said(found(writing, BodyKind.COUNCIL)) == [
        ("warn", "Trop de sièges", "Collectivités : 13 sièges pourvus pour 12", Act.SEATS),
        ("info", "Sièges à pourvoir", "Personnes physiques : 1 siège pourvu pour 2", Act.SEATS),
    ]


def about_members(session: Session, on: date = DAY) -> list[tuple[str, str, str, Act]]:
    session.flush()
    return said(member_checks.member_findings(session, on=on))


def test_a_member_that_nobody_represents_is_told_and_many_are_grouped(writing: Session) -> None:
    rows = list(writing.scalars(select(Representative).order_by(Representative.member_id)))
    rows[0].ends_on = DAY
    assert about_members(writing) == [("warn", "Siège sans représentant", "Alès Agglomération", Act.SEND)]
    assert about_members(writing, date(2021, 12, 30)) == []
    for row in rows:
        row.ends_on = DAY
    ((tone, title, detail, act),) = about_members(writing)
    assert (tone, title, act) == ("warn", "15 sièges sans représentant", Act.SEND)  # not Didier LAPORTE
    assert detail.endswith("et 12 autres")


def test_a_member_that_left_and_still_has_seats_is_told(writing: Session) -> None:
    chosen = select(Member).join(Organisation).where(Organisation.name == "Carcassonne Agglomération")
    member = writing.scalars(chosen).one()
    member.left_on = date(2021, 7, 1)
    words = (
        "Carcassonne Agglomération a quitté l’association le 01/07/2021 : encore 1 représentant et 1 mandat"
    )
    assert about_members(writing) == [("danger", "Départ d’un adhérent", words, Act.LEAVE)]
    assert about_members(writing, date(2021, 6, 30)) == []
    member.representatives[0].ends_on = member.left_on
    mandate(writing, "RIVEL", BodyKind.COUNCIL).ends_on = member.left_on
    assert about_members(writing) == []


SERIOUS: tuple[tuple[Callable[[Session], object], str], ...] = (
    (lambda s: setattr(mandate(s, "LAPORTE", BodyKind.BUREAU), "ends_on", DAY), "Fonction vacante"),
    (lambda s: setattr(mandate(s, "LAPORTE", BodyKind.BUREAU), "office_id", office(s, "Président·e").id),
     "Deux titulaires\u00a0: Président·e"),
    (lambda s: setattr(s.get_one(Member, 3), "left_on", DAY), "Départ d’un adhérent"),
)  # fmt: skip


@pytest.mark.parametrize(("spoil", "title"), SERIOUS)
def test_what_is_serious_is_on_the_dashboard(
    writing: Session, spoil: Callable[[Session], object], title: str
) -> None:
    spoil(writing)
    writing.flush()
    shown = dashboard.dashboard(writing, 2021, date(2022, 2, 15)).to_do
    (line,) = [each for each in shown if each.title == title]
    assert (line.state, line.action) == ("À vérifier", "Voir")
    assert line.table == ("member" if "adhérent" in title else "composition")
    assert line.detail.endswith("(Bureau)") is (line.table == "composition")
