"""What falls with a seat: the council's mandate, then the bureau's; nothing that another member holds."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid
from vto_desktop.model import Body, Eligibility, Mandate, Member, Office, Organisation, Person, Representative
from vto_desktop.services import depending
from vto_desktop.services.replacing import Replacement, replace_representative

DAY = date(2021, 6, 1)


def sent(session: Session, last_name: str, organisation: str = "") -> Representative:
    chosen = select(Representative).join(Person).where(Person.last_name == last_name)
    if organisation:
        chosen = chosen.join(Representative.member).join(Member.organisation)
        chosen = chosen.where(Organisation.name == organisation)
    return session.scalars(chosen).one()


def person(session: Session, last_name: str) -> Person:
    return session.scalars(select(Person).where(Person.last_name == last_name)).one()


def found(session: Session, row: Representative) -> list[tuple[str, str, str, bool]]:
    shown = depending.depending_on(session, row.member_id, on=DAY, representative_id=row.id)
    return [(each.office, each.body, each.reason, each.is_certain) for each in shown]


def test_a_representative_takes_the_council_seat_along_and_the_bureau_follows(session: Session) -> None:
    touet = sent(session, "TOUET")
    name = "Communauté de Communes du Grand Orb"
    assert found(session, touet) == [
        ("Présidente", "Bureau", "siège perdu dans «\u00a0Conseil d’administration\u00a0»", True),
        ("Membre", "Conseil d’administration", f"au nom de «\u00a0{name}\u00a0»", True),
    ]
    (first, _second) = depending.depending_on(session, touet.member_id, on=DAY, representative_id=touet.id)
    assert first.title == "Magalie TOUET\u00a0: présidente (Bureau)"


def test_who_stands_for_another_member_too_keeps_the_office(session: Session) -> None:
    bord = sent(session, "BORD", "Alès Agglomération")
    assert found(session, bord) == [
        ("Membre", "Conseil d’administration", "au nom de «\u00a0Alès Agglomération\u00a0»", True)
    ]


def test_a_member_that_leaves_takes_all_it_sends_along(session: Session) -> None:
    gard = sent(session, "PÉCASTAING").member_id
    shown = depending.depending_on(session, gard, on=DAY)
    assert [(each.person, each.office) for each in shown] == [
        ("Catherine PÉCASTAING", "Secrétaire"),
        ("Michèle FONT-THURIAL", "Membre"),
        ("Catherine PÉCASTAING", "Membre"),
    ]
    laporte = session.scalars(select(Member).where(Member.person_id == person(session, "LAPORTE").id)).one()
    assert [each.office for each in depending.depending_on(session, laporte.id, on=DAY)] == [
        "Trésorier", "Membre",
    ]  # fmt: skip


def test_without_a_rule_the_bureau_is_proposed_but_not_certain(writing: Session) -> None:
    for body in writing.scalars(select(Body)):
        body.eligibility, body.drawn_from_id = Eligibility.ANYONE.value, None
    writing.flush()
    assert found(writing, sent(writing, "TOUET")) == [
        ("Présidente", "Bureau", "la personne ne représente plus aucun adhérent", False),
        (
            "Membre",
            "Conseil d’administration",
            "au nom de «\u00a0Communauté de Communes du Grand Orb\u00a0»",
            True,
        ),
    ]
    assert len(found(writing, sent(writing, "BORD", "Alès Agglomération"))) == 1


def test_a_second_role_for_the_same_member_keeps_the_seat(writing: Session) -> None:
    touet = sent(writing, "TOUET")
    writing.add(Representative(member_id=touet.member_id, person_id=touet.person_id, rank="Suppléant"))
    writing.flush()
    assert found(writing, touet) == []


def test_what_ended_before_does_not_hang_and_what_begins_later_never_begins(writing: Session) -> None:
    touet = sent(writing, "TOUET")
    mine = writing.scalars(select(Mandate).where(Mandate.person_id == touet.person_id)).all()
    presidency = next(row for row in mine if row.member_id is None)
    presidency.ends_on = DAY
    later = Mandate(
        office_id=presidency.office_id, person_id=touet.person_id, member_id=touet.member_id,
        starts_on=date(2021, 9, 1),
    )  # fmt: skip
    writing.add(later)
    writing.flush()
    shown = depending.depending_on(writing, touet.member_id, on=DAY, representative_id=touet.id)
    assert [each.mandate_id for each in shown] == [later.id, next(r for r in mine if r.member_id).id]
    depending.end_depending(writing, [each.mandate_id for each in shown], on=DAY, reason="Parti.")
    assert later.ends_on == later.starts_on
    assert later.notes == "Parti."
    assert found(writing, touet) == []


def test_a_replacement_passes_the_seat_on_and_leaves_the_office_to_an_election(writing: Session) -> None:
    touet, perea = sent(writing, "TOUET"), person(writing, "PEREA")
    touet.starts_on = date(2020, 7, 1)
    shown = depending.depending_on(writing, touet.member_id, on=DAY, representative_id=touet.id)
    seat = writing.get_one(Mandate, shown[1].mandate_id)
    seat.term_on = date(2026, 6, 30)
    decided = Replacement(touet.id)
    with pytest.raises(Invalid) as refused:
        replace_representative(writing, decided)
    assert set(refused.value.problems) == {"person_id", "on"}
    decided.person_id, decided.on = touet.person_id, date(2020, 7, 1)
    with pytest.raises(Invalid) as refused:
        replace_representative(writing, decided)
    assert set(refused.value.problems) == {"person_id", "on"}
    decided = Replacement(
        touet.id, perea.id, "maire", DAY, [each.mandate_id for each in shown], takes_seats=True
    )
    came = replace_representative(writing, decided)
    assert (came.rank, came.position, came.starts_on, touet.ends_on) == (touet.rank, 0, DAY, DAY)
    passed = writing.scalars(
        select(Mandate).where(Mandate.person_id == perea.id, Mandate.member_id == touet.member_id)
    ).one()
    assert (passed.office_id, passed.starts_on, passed.term_on) == (seat.office_id, DAY, seat.term_on)
    assert passed.capacity == "maire"
    assert "Ne représente plus" in seat.notes
    holders = writing.scalars(
        select(Mandate).join(Office).where(Office.label == "Président·e", Mandate.ends_on.is_(None))
    )
    assert list(holders) == []
