"""Deliberations: numbered without gap whatever happens, their votes held against those present."""

import random
from collections import defaultdict
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.services.test_attendance import PRESENT, meeting_of
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import BodyKind, Decision, Meeting, Outcome
from vto_desktop.services import attendance, decisions, meetings

ADOPTED, REJECTED, POSTPONED, NOTED = (each.value for each in Outcome)


def decide(session: Session, meeting: Meeting, title: str = "Budget", **values: Any) -> Decision:
    """Keep a decision of a meeting."""
    return decisions.save_decision(session, Decision(meeting_id=meeting.id, title=title, **values))


def held_on(session: Session, day: date) -> Meeting:
    """Keep a meeting of the council."""
    meeting = meeting_of(session, BodyKind.COUNCIL)
    meeting.held_on = day
    return meetings.save_meeting(session, meeting)


def test_decisions_are_numbered_by_calendar_year(writing: Session) -> None:
    first, second = held_on(writing, date(2021, 3, 1)), held_on(writing, date(2022, 1, 5))
    for meeting in (first, first, second, first):
        decide(writing, meeting)
    assert [each.number for each in decisions.register(writing, 2021)] == ["2021-01", "2021-02", "2021-03"]
    assert [each.number for each in decisions.register(writing, 2022)] == ["2022-01"]
    assert list(decisions.years(writing)) == [2022, 2021, 2020]
    shown = decisions.decisions_of(writing, second.id)[0]
    assert (shown.meeting_words, shown.body) == (
        "le conseil d’administration du 5 janvier 2022", "Conseil d’administration",
    )  # fmt: skip
    assert decisions.one(writing, shown.decision_id) == shown


def test_a_number_in_the_middle_is_not_deleted(writing: Session) -> None:
    meeting = held_on(writing, date(2021, 3, 1))
    rows = [decide(writing, meeting) for _number in range(3)]
    with pytest.raises(UserError) as refused:
        decisions.delete_decision(writing, rows[1].id)
    assert (refused.value.code, "2021-02" in refused.value.sentence) == ("NUMERO_SUIVI", True)
    decisions.delete_decision(writing, rows[2].id)
    assert [each.number for each in decisions.register(writing, 2021)] == ["2021-01", "2021-02"]
    assert decide(writing, meeting).number == 3


def test_decisions_of_one_meeting_exchange_their_numbers(writing: Session) -> None:
    one, other = held_on(writing, date(2021, 3, 1)), held_on(writing, date(2021, 6, 1))
    for meeting, title in ((one, "A"), (one, "B"), (other, "C")):
        decide(writing, meeting, title)
    a, b, c = decisions.register(writing, 2021)
    decisions.exchange(writing, b.decision_id, -1)
    assert [each.title for each in decisions.register(writing, 2021)] == ["B", "A", "C"]
    decisions.exchange(writing, a.decision_id, 1)  # its neighbour was decided elsewhere
    decisions.exchange(writing, b.decision_id, -1)  # it is the first
    assert [each.title for each in decisions.register(writing, 2021)] == ["B", "A", "C"]
    assert c.number == "2021-03"


def test_a_meeting_with_decisions_keeps_its_year(writing: Session) -> None:
    meeting = held_on(writing, date(2021, 3, 1))
    decide(writing, meeting)
    meeting.held_on = date(2022, 3, 1)
    with pytest.raises(Invalid) as refused:
        meetings.save_meeting(writing, meeting)
    assert set(refused.value.problems) == {"held_on"}
    meeting.held_on = date(2021, 4, 1)
    meetings.save_meeting(writing, meeting)
    with pytest.raises(UserError, match="délibération"):
        meetings.delete_meeting(writing, meeting.id)


@pytest.mark.parametrize("seed", range(8))
def test_numbers_never_have_a_gap(writing: Session, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same years every time
    days = [date(2019 + chance.randrange(3), chance.randint(1, 12), chance.randint(1, 28)) for _ in range(6)]
    held = [held_on(writing, day) for day in days]
    for _turn in range(60):
        ids = writing.scalars(select(Decision.id)).all()
        act = chance.random()
        if act < 0.6 or not ids:
            decide(writing, chance.choice(held))
        elif act < 0.8:
            with suppress(UserError):  # NUMERO_SUIVI: not the last of its year
                decisions.delete_decision(writing, chance.choice(ids))
        elif act < 0.9:
            decisions.exchange(writing, chance.choice(ids), chance.choice([-1, 1]))
        else:
            meeting = chance.choice(held)
            before = meeting.held_on
            meeting.held_on = before.replace(year=2019 + chance.randrange(3))
            try:
                meetings.save_meeting(writing, meeting)
            except Invalid:
                meeting.held_on = before
    numbers = defaultdict(list)
    for year, number, day in writing.execute(
        select(Decision.year, Decision.number, Meeting.held_on).join(Meeting)
    ):
        numbers[year].append(number)
        assert day.year == year
    assert numbers
    for found in numbers.values():
        assert sorted(found) == list(range(1, len(found) + 1))


THERE = "pour 9\u00a0présents ou représentés\u00a0:"
NO_MAJORITY = "sans majorité de voix pour\u00a0: vérifiez."
JUDGED: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({}, {}),
    ({"votes_for": 9}, {}),
    ({"votes_for": 8, "votes_abstained": 1}, {}),
    ({"votes_for": 8}, {"votes": f"8\u00a0voix comptées {THERE} il en manque 1."}),
    (
        {"votes_for": 10},
        {"votes": f"10\u00a0voix comptées {THERE} vérifiez le décompte ou les présences."},
    ),
    ({"votes_for": 4, "votes_against": 5}, {"outcome": f"Adoptée {NO_MAJORITY}"}),
    (
        {"votes_for": 5, "votes_against": 4, "outcome": REJECTED},
        {"outcome": "Rejetée avec une majorité de voix pour\u00a0: vérifiez."},
    ),
    (
        {"votes_for": 9, "outcome": NOTED},
        {"outcome": "«\u00a0Dont acte\u00a0» se dit quand rien n’est mis aux voix."},
    ),
    ({"votes_for": 4, "votes_against": 5, "outcome": POSTPONED}, {}),
]


@pytest.mark.parametrize(("values", "wrong"), JUDGED)
def test_votes_are_held_against_those_present(
    writing: Session, values: dict[str, Any], wrong: dict[str, str]
) -> None:
    meeting = held_on(writing, date(2021, 3, 1))
    seats = attendance.sheet(writing, meeting.id).seats
    attendance.mark(writing, meeting.id, seats[:9], PRESENT)
    row = decide(writing, meeting, **values)
    assert decisions.decision_warnings(writing, row) == wrong


@pytest.mark.parametrize(("outcome", "is_doubted"), [(ADOPTED, True), (REJECTED, True), (POSTPONED, False)])
def test_what_is_decided_without_quorum_is_doubted(writing: Session, outcome: str, is_doubted: bool) -> None:
    meeting = held_on(writing, date(2021, 3, 1))
    meeting.body.quorum_part, meeting.body.quorum_whole = 1, 2
    writing.flush()
    row = decide(writing, meeting, outcome=outcome)
    assert decisions.warnings_of(writing, meeting.id) == {row.id: ()}  # nobody was recorded yet
    seats = attendance.sheet(writing, meeting.id).seats
    attendance.mark(writing, meeting.id, seats[:7], PRESENT)
    assert ("quorum" in decisions.decision_warnings(writing, row)) is is_doubted
    attendance.mark(writing, meeting.id, seats[7:8], PRESENT)
    assert decisions.warnings_of(writing, meeting.id) == {row.id: ()}


def test_without_attendance_votes_are_taken_as_typed(writing: Session) -> None:
    row = decide(writing, held_on(writing, date(2021, 3, 1)), votes_for=3)
    assert decisions.decision_warnings(writing, row) == {}


def test_all_that_is_wrong_is_said_at_once() -> None:
    row = Decision(title=" ", votes_for=-1, votes_against=10**9, outcome="Peut-être")
    assert set(decisions.decision_problems(row)) == {
        "title", "meeting_id", "votes_for", "votes_against", "outcome",
    }  # fmt: skip


def test_a_refused_decision_takes_no_number(writing: Session) -> None:
    meeting = held_on(writing, date(2021, 3, 1))
    with pytest.raises(Invalid):
        decide(writing, meeting, "")
    assert writing.scalar(select(func.count()).select_from(Decision)) == 1  # the example’s
