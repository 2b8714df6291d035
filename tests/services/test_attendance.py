"""The sheet of a meeting: its seats, who counts and from when, the quorum in words."""

import random
from collections import Counter
from datetime import date
from os import environ
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    Attendance,
    Body,
    BodyKind,
    Mandate,
    Meeting,
    Member,
    Office,
    Person,
    Presence,
    Representative,
)
from vto_desktop.services import attendance, meetings
from vto_desktop.services.figures_meetings import MeetingSeat, SeatKey, Sheet

DAY = date(2021, 10, 14)
PRESENT, SUBSTITUTE, PROXY, EXCUSED, ABSENT = (each.value for each in Presence)


def body_of(session: Session, kind: BodyKind) -> Body:
    """Return the body of a kind."""
    return session.scalars(select(Body).where(Body.kind == kind.value)).one()


def meeting_of(session: Session, kind: BodyKind, **values: Any) -> Meeting:
    """Keep a meeting of a body."""
    row = Meeting(body_id=body_of(session, kind).id, held_on=DAY, **values)
    return meetings.save_meeting(session, row)


def rule(session: Session, kind: BodyKind, **values: Any) -> None:
    """Give a body rules."""
    body = body_of(session, kind)
    for name, value in values.items():
        setattr(body, name, value)
    session.flush()


def seat_of(found: Sheet, label: str) -> MeetingSeat:
    """Return the seat whose label contains a text."""
    (seat,) = [each for each in found.seats if label in each.label]
    return seat


def record(session: Session, meeting: Meeting, label: str, presence: str, **values: Any) -> Attendance:
    """Record how a seat took part."""
    row = attendance.attendance_of(session, meeting.id, seat_of(attendance.sheet(session, meeting.id), label))
    row.presence = presence
    for name, value in values.items():
        setattr(row, name, value)
    return attendance.save_attendance(session, row)


def person(session: Session, last_name: str) -> int:
    """Return the id of a person."""
    return session.scalars(select(Person.id).where(Person.last_name == last_name)).one()


def test_the_council_has_a_seat_a_member_whoever_shares_it(writing: Session) -> None:
    meeting = meeting_of(writing, BodyKind.COUNCIL)
    found = attendance.sheet(writing, meeting.id)
    assert len(found.seats) == 16
    montpellier = seat_of(found, "Montpellier")
    assert [each.name for each in montpellier.holders] == ["Clara GIMENEZ"]
    assert [each.name for each in montpellier.substitutes] == ["Coralie MANTION"]
    gard = seat_of(found, "Gard rhodanien")
    assert [each.name for each in gard.holders] == ["Michèle FONT-THURIAL", "Catherine PÉCASTAING"]
    assert gard.college == "Collectivités"
    assert all(seat.recorded is None and seat.counts_from is None for seat in found.seats)
    assert not found.is_recorded


def test_the_bureau_seats_persons_and_the_assembly_members(writing: Session) -> None:
    bureau = attendance.sheet(writing, meeting_of(writing, BodyKind.BUREAU).id)
    assert [(each.office, each.label) for each in bureau.seats][:2] == [
        ("Présidente", "Magalie TOUET"), ("Vice-présidente", "Clara GIMENEZ"),
    ]  # fmt: skip
    assert all(each.key.member_id is None for each in bureau.seats)
    assembly = attendance.sheet(writing, meeting_of(writing, BodyKind.ASSEMBLY).id)
    assert len(assembly.seats) == 16
    own = seat_of(assembly, "Didier LAPORTE")  # a member himself
    assert [each.name for each in own.holders] == ["Didier LAPORTE"]
    assert len({each.key for each in assembly.seats}) == 16


def test_an_officer_of_two_offices_has_one_seat_in_the_bureau(writing: Session) -> None:
    treasurer = writing.scalars(
        select(Mandate).join(Office, Mandate.office_id == Office.id).where(Office.label == "Trésorier·ère")
    ).one()
    secretary = writing.scalars(select(Office).where(Office.label == "Secrétaire adjoint·e")).one()
    writing.add(Mandate(office_id=secretary.id, person_id=treasurer.person_id, starts_on=date(2021, 1, 1)))
    writing.flush()
    found = attendance.sheet(writing, meeting_of(writing, BodyKind.BUREAU).id)
    assert len(found.seats) == 7
    assert seat_of(found, "LAPORTE").office == "Trésorier, Secrétaire adjoint"


def test_a_person_with_two_seats_counts_once_for_each(writing: Session) -> None:
    rule(writing, BodyKind.COUNCIL, quorum_part=1, quorum_whole=2)
    meeting = meeting_of(writing, BodyKind.COUNCIL)
    record(writing, meeting, "Alès Agglomération", PRESENT, person_id=person(writing, "BORD"))
    assert attendance.sheet(writing, meeting.id).votes == 1
    record(writing, meeting, "GIP", PRESENT)
    assert attendance.sheet(writing, meeting.id).votes == 2


def test_the_rule_is_written_out_with_where_it_stands(writing: Session) -> None:
    rule(writing, BodyKind.COUNCIL, quorum_part=1, quorum_whole=2)
    meeting = meeting_of(writing, BodyKind.COUNCIL)
    seats = attendance.sheet(writing, meeting.id).seats
    attendance.mark(writing, meeting.id, seats[:7], PRESENT)
    found = attendance.sheet(writing, meeting.id).quorum
    assert found.sentences == (
        "Quorum\u00a0: la moitié des 16\u00a0sièges, soit 8\u00a0; 7\u00a0présents ou représentés\u00a0: "
        "non atteint",
    )
    assert not found.is_reached
    attendance.mark(writing, meeting.id, seats[7:9], PRESENT)
    found = attendance.sheet(writing, meeting.id).quorum
    assert found.sentences == (
        "Quorum\u00a0: la moitié des 16\u00a0sièges, soit 8\u00a0; 9\u00a0présents ou représentés\u00a0: "
        "atteint",
    )
    assert (found.is_reached, found.reached_at) == (True, "")


def test_each_college_has_its_own_quorum(writing: Session) -> None:
    rule(writing, BodyKind.ASSEMBLY, quorum_part=1, quorum_whole=3, has_quorum_by_college=True)
    meeting = meeting_of(writing, BodyKind.ASSEMBLY)
    found = attendance.sheet(writing, meeting.id)
    authorities = [seat for seat in found.seats if seat.college == "Collectivités"]
    attendance.mark(writing, meeting.id, authorities, PRESENT)
    found = attendance.sheet(writing, meeting.id)
    assert [line.is_reached for line in (found.quorum.whole, *found.quorum.colleges)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert not found.quorum.is_reached
    assert found.quorum.sentences[1:] == (
        "Collectivités\u00a0: le tiers des 13\u00a0sièges, soit 5\u00a0; 13\u00a0présents ou "
        "représentés\u00a0: atteint",
        "Autres personnes morales\u00a0: le tiers des 2\u00a0sièges, soit 1\u00a0; personne\u00a0: non "
        "atteint",
        "Personnes physiques\u00a0: le tiers du siège, soit 1\u00a0; personne\u00a0: non atteint",
    )


def test_a_second_call_sits_without_quorum(writing: Session) -> None:
    rule(writing, BodyKind.ASSEMBLY, quorum_part=1, quorum_whole=2)
    meeting = meeting_of(writing, BodyKind.ASSEMBLY, is_second_call=True)
    record(writing, meeting, "Lunel", PRESENT)
    found = attendance.sheet(writing, meeting.id).quorum
    assert found.is_reached
    assert found.sentences == (
        "Seconde convocation, sans quorum\u00a0: 1\u00a0présent ou représenté sur 16\u00a0sièges",
    )


def test_without_a_rule_nothing_is_asked(writing: Session) -> None:
    found = attendance.sheet(writing, meeting_of(writing, BodyKind.BUREAU).id).quorum
    assert found.is_reached
    assert found.sentences == ("Aucun quorum fixé pour cette instance\u00a0: personne sur 7\u00a0sièges",)


def test_a_late_arrival_may_be_the_one_that_reaches_the_quorum(writing: Session) -> None:
    rule(writing, BodyKind.BUREAU, quorum_part=1, quorum_whole=2)
    meeting = meeting_of(writing, BodyKind.BUREAU, time="14:00")
    for name in ("TOUET", "GIMENEZ", "RIBES"):
        record(writing, meeting, name, PRESENT)
    record(writing, meeting, "LAPORTE", PRESENT, arrived_at="14:50")
    record(writing, meeting, "BORD", PRESENT, arrived_at="15:10")
    found = attendance.sheet(writing, meeting.id).quorum
    assert (found.is_reached, found.reached_at, found.whole.counted) == (True, "14:50", 5)


def test_a_power_counts_while_its_holder_is_there(writing: Session) -> None:
    meeting = meeting_of(writing, BodyKind.BUREAU)
    holder = person(writing, "TOUET")
    record(writing, meeting, "LAPORTE", PROXY, proxy_id=holder)
    found = attendance.sheet(writing, meeting.id)
    assert found.votes == 0
    assert seat_of(found, "LAPORTE").doubt == "Magalie TOUET n’est pas là\u00a0: ce pouvoir ne compte pas."
    record(writing, meeting, "TOUET", PRESENT, arrived_at="15:00")
    found = attendance.sheet(writing, meeting.id)
    assert found.votes == 2
    assert seat_of(found, "LAPORTE").counts_from == "15:00"
    record(writing, meeting, "TOUET", EXCUSED)
    assert attendance.sheet(writing, meeting.id).votes == 0


def test_no_one_holds_more_powers_than_the_body_allows(writing: Session) -> None:
    rule(writing, BodyKind.BUREAU, max_powers=1)
    meeting = meeting_of(writing, BodyKind.BUREAU)
    holder = person(writing, "TOUET")
    record(writing, meeting, "TOUET", PRESENT)
    record(writing, meeting, "LAPORTE", PROXY, proxy_id=holder)
    record(writing, meeting, "LAPORTE", PROXY, proxy_id=holder)  # the same power again is no second one
    with pytest.raises(Invalid) as refused:
        record(writing, meeting, "BORD", PROXY, proxy_id=holder)
    assert refused.value.problems == {
        "proxy_id": "Magalie TOUET tient déjà 1\u00a0pouvoir, le maximum de cette instance."
    }


def test_powers_beyond_a_maximum_given_later_are_told_and_not_counted(writing: Session) -> None:
    meeting = meeting_of(writing, BodyKind.BUREAU)
    holder = person(writing, "TOUET")
    for name in ("LAPORTE", "BORD", "RIBES"):
        record(writing, meeting, name, PROXY, proxy_id=holder)
    record(writing, meeting, "TOUET", PRESENT)
    assert attendance.sheet(writing, meeting.id).votes == 4
    rule(writing, BodyKind.BUREAU, max_powers=2)
    found = attendance.sheet(writing, meeting.id)
    assert found.votes == 3
    assert [seat.doubt for seat in found.seats if seat.doubt] == [
        "Magalie TOUET tient plus de 2\u00a0pouvoirs\u00a0: celui-ci ne compte pas."
    ]
    rule(writing, BodyKind.BUREAU, max_powers=0)
    assert attendance.sheet(writing, meeting.id).votes == 1


@pytest.mark.parametrize(
    ("label", "presence", "values", "wrong"),
    [
        ("Lunel", PROXY, {}, {"proxy_id"}),
        ("Lunel", SUBSTITUTE, {}, {"proxy_id"}),
        ("Lunel", SUBSTITUTE, {"proxy": "TOUET"}, {"proxy_id"}),  # no substitute of that seat
        ("Montpellier", PROXY, {"proxy": "MANTION"}, {"proxy_id"}),  # she may sit there herself
        ("Lunel", "Rêveur", {}, {"presence"}),
        ("Lunel", PRESENT, {"arrived_at": "3h"}, {"arrived_at"}),
        ("Lunel", PRESENT, {"person": "TOUET"}, {"person_id"}),  # not hers
    ],
)
def test_what_cannot_be_is_refused(
    writing: Session, label: str, presence: str, values: dict[str, str], wrong: set[str]
) -> None:
    meeting = meeting_of(writing, BodyKind.COUNCIL)
    given: dict[str, Any] = {
        {"proxy": "proxy_id", "person": "person_id"}.get(name, name): (
            person(writing, value) if name in ("proxy", "person") else value
        )
        for name, value in values.items()
    }
    with pytest.raises(Invalid) as refused:
        record(writing, meeting, label, presence, **given)
    assert set(refused.value.problems) == wrong


def test_the_only_substitute_is_recorded_with_one_key(writing: Session) -> None:
    meeting = meeting_of(writing, BodyKind.COUNCIL)
    found = attendance.sheet(writing, meeting.id)
    attendance.mark(writing, meeting.id, [seat_of(found, "Montpellier")], SUBSTITUTE)
    kept = seat_of(attendance.sheet(writing, meeting.id), "Montpellier").recorded
    assert kept is not None
    assert (kept.person, kept.proxy, kept.presence) == ("Clara GIMENEZ", "Coralie MANTION", SUBSTITUTE)
    with pytest.raises(UserError) as refused:
        attendance.mark(writing, meeting.id, [seat_of(found, "Limoux")], SUBSTITUTE)
    assert refused.value.code == "SUPPLEANT_A_CHOISIR"
    assert "«\u00a0Ville de Limoux\u00a0» n’a pas de suppléant à cette date" in refused.value.sentence


def test_a_seat_of_a_sheet_read_before_is_recorded_once(writing: Session) -> None:
    meeting = meeting_of(writing, BodyKind.BUREAU)
    seats = attendance.sheet(writing, meeting.id).seats[:1]
    for presence in (PRESENT, EXCUSED):
        attendance.mark(writing, meeting.id, seats, presence)
    kept = writing.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)).all()
    assert [row.presence for row in kept] == [EXCUSED]


def test_a_member_without_representative_cannot_be_present(writing: Session) -> None:
    for row in writing.scalars(select(Representative).join(Representative.member).join(Member.organisation)):
        if row.member.name == "Ville de Lunel":
            row.ends_on = date(2021, 1, 1)
    writing.flush()
    meeting = meeting_of(writing, BodyKind.ASSEMBLY)
    found = attendance.sheet(writing, meeting.id)
    lunel = seat_of(found, "Lunel")
    assert lunel.sitters == ()
    with pytest.raises(UserError) as refused:
        attendance.mark(writing, meeting.id, [lunel], PRESENT)
    assert refused.value.code == "SIEGE_SANS_REPRESENTANT"
    assert attendance.mark_rest(writing, meeting.id, ABSENT) == 15


def test_what_the_composition_no_longer_has_is_shown_and_not_counted(writing: Session) -> None:
    meeting = meeting_of(writing, BodyKind.BUREAU)
    record(writing, meeting, "BORD", PRESENT)
    for row in writing.scalars(select(Mandate).where(Mandate.person_id == person(writing, "BORD"))):
        row.ends_on = date(2021, 2, 1)
    writing.flush()
    found = attendance.sheet(writing, meeting.id)
    stray = found.seats[-1]
    assert (stray.is_stray, stray.label, found.votes, found.quorum.whole.seats) == (
        True, "Serge BORD", 0, 6,
    )  # fmt: skip
    assert stray.recorded is not None
    attendance.clear(writing, [stray.recorded.row_id])
    assert not attendance.sheet(writing, meeting.id).is_recorded


# --- against an independent count ----------------------------------------------------------------


def counted_by_hand(session: Session, meeting: Meeting, body: Body) -> tuple[int, Counter[str]]:
    """Count the votes of a meeting straight from its rows, in another way than the program's."""
    rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)).all()
    in_the_room = {row.person_id for row in rows if row.presence == PRESENT}
    in_the_room |= {row.proxy_id for row in rows if row.presence == SUBSTITUTE and row.proxy_id}
    votes, by_college, powers = 0, Counter[str](), Counter[int]()
    order = {seat.key: place for place, seat in enumerate(attendance.sheet(session, meeting.id).seats)}

    def place(row: Attendance) -> int:
        return order[SeatKey(row.member_id, None if row.member_id else row.person_id)]

    for row in sorted(rows, key=place):
        holds = row.presence in (PRESENT, SUBSTITUTE)
        if row.presence == PROXY and row.proxy_id in in_the_room:
            powers[row.proxy_id] += 1
            holds = body.max_powers is None or powers[row.proxy_id] <= body.max_powers
        if holds:
            votes += 1
            if row.member_id is not None:
                member = session.get_one(Member, row.member_id)
                by_college[member.college.name] += 1
    return votes, by_college


@pytest.mark.parametrize("seed", range(30 if environ.get("VTO_LONG") else 3))
def test_random_meetings_count_as_an_independent_count_does(writing: Session, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same meetings every time
    kind = chance.choice([BodyKind.COUNCIL, BodyKind.ASSEMBLY])
    rule(
        writing, kind, quorum_part=1, quorum_whole=chance.choice([2, 3, 4]),
        has_quorum_by_college=bool(seed % 2), max_powers=chance.choice([None, 1, 2]),
    )  # fmt: skip
    meeting, body = meeting_of(writing, kind), body_of(writing, kind)
    for _turn in range(60):
        found = attendance.sheet(writing, meeting.id)
        seat = chance.choice(found.seats)
        row = attendance.attendance_of(writing, meeting.id, seat)
        row.presence = chance.choice([each.value for each in Presence])
        row.person_id = chance.choice(seat.holders).person_id
        offered = list(attendance.power_holders(found, seat.key))
        if row.presence == SUBSTITUTE:
            offered = [each.person_id for each in seat.substitutes]
        row.proxy_id = chance.choice(offered) if offered else None
        row.arrived_at = chance.choice(["", "", "15:00", "16:30"])
        with writing.no_autoflush:
            try:
                attendance.save_attendance(writing, row)
            except Invalid:
                writing.expire_all()  # what was refused is forgotten, as when a form is closed
    found = attendance.sheet(writing, meeting.id)
    votes, by_college = counted_by_hand(writing, meeting, body)
    assert found.votes == votes
    for line in found.quorum.colleges:
        assert line.counted == by_college[line.label]
        assert line.is_reached == (line.counted * (body.quorum_whole or 0) >= line.seats)
    assert found.quorum.whole.is_reached == (votes * (body.quorum_whole or 0) >= 16)
    assert sum(seat.counts_from is not None for seat in found.seats) == votes
