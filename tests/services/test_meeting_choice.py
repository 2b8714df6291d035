"""Which meeting is meant: by body and day, the next to come, else the latest; a doubt is refused."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.test_decisions import decide
from vto_desktop.errors import UserError
from vto_desktop.model import Body, BodyKind, Meeting
from vto_desktop.services import meeting_choice

TODAY = date(2021, 6, 15)
ELECTION = 1  # the example’s meeting, of 2 December 2020


def hold(session: Session, kind: BodyKind, day: date, time: str = "") -> int:
    """Keep a meeting of a body."""
    body = session.scalars(select(Body).where(Body.kind == kind.value)).one()
    made = Meeting(body=body, held_on=day, time=time)
    session.add(made)
    session.flush()
    return made.id


def test_the_next_to_come_is_meant_else_the_latest(writing: Session) -> None:
    assert meeting_choice.meeting_asked(writing, today=TODAY) == ELECTION
    assert meeting_choice.first_choice(writing, today=TODAY) == ELECTION
    later = hold(writing, BodyKind.BUREAU, date(2021, 12, 1))
    sooner = hold(writing, BodyKind.COUNCIL, date(2021, 7, 1))
    assert meeting_choice.meeting_asked(writing, today=TODAY) == sooner
    assert meeting_choice.meeting_asked(writing, today=date(2021, 7, 1)) == sooner
    assert meeting_choice.meeting_asked(writing, today=date(2021, 7, 2)) == later
    assert meeting_choice.meeting_asked(writing, today=date(2022, 1, 1)) == later
    assert meeting_choice.meeting_asked(writing, body="ca", today=date(2022, 1, 1)) == sooner
    assert meeting_choice.meeting_asked(writing, on=date(2020, 12, 2), today=TODAY) == ELECTION


def test_two_of_one_day_are_to_be_chosen_between(writing: Session) -> None:
    day = date(2021, 7, 1)
    bureau = hold(writing, BodyKind.BUREAU, day, "09:00")
    council = hold(writing, BodyKind.COUNCIL, day, "14:30")
    for on in (day, None):
        with pytest.raises(UserError) as refused:
            meeting_choice.meeting_asked(writing, on=on, today=TODAY)
        assert refused.value.code == "REUNION_A_CHOISIR"
        assert f"{bureau} (le bureau du 1er juillet 2021 à 9\u00a0h)" in refused.value.sentence
        assert (
            f"{council} (le conseil d’administration du 1er juillet 2021 à 14\u00a0h\u00a030)"
            in refused.value.sentence
        )
    assert meeting_choice.meeting_asked(writing, body="bureau", on=day, today=TODAY) == bureau


def test_a_day_without_meeting_says_which_there_are(writing: Session) -> None:
    with pytest.raises(UserError) as refused:
        meeting_choice.meeting_asked(writing, on=date(2021, 12, 31), today=TODAY)
    assert refused.value.code == "AUCUNE_REUNION"
    assert refused.value.sentence.startswith(
        "Aucune réunion ne se tient le 31 décembre 2021. Il y a\u00a0: 1 (le conseil d’administration du "
    )
    with pytest.raises(UserError) as refused:
        meeting_choice.meeting_asked(writing, body="ag", today=TODAY)
    assert refused.value.code == "AUCUNE_REUNION"
    assert "n’est inscrite" in refused.value.sentence
    with pytest.raises(UserError) as refused:
        meeting_choice.meeting_asked(writing, body="jury", today=TODAY)
    assert refused.value.code == "INSTANCE_INCONNUE"


def test_a_dossier_without_meeting_says_so(empty: Session) -> None:
    with pytest.raises(UserError) as refused:
        meeting_choice.meeting_asked(empty, on=TODAY, today=TODAY)
    assert refused.value.sentence == "Aucune réunion n’est inscrite. Rien n’a été écrit."
    assert meeting_choice.first_choice(empty, today=TODAY) is None
    assert meeting_choice.meetings_to_choose(empty) == []
    assert meeting_choice.numbered_years(empty, today=TODAY) == [2021]


def test_a_list_offers_the_latest_first_and_the_hour_where_it_tells_apart(writing: Session) -> None:
    hold(writing, BodyKind.ASSEMBLY, date(2021, 7, 1), "14:30")
    hold(writing, BodyKind.BUREAU, date(2021, 7, 1), "09:00")
    hold(writing, BodyKind.BUREAU, date(2021, 7, 1), "18:00")
    assert [name for _row, name in meeting_choice.meetings_to_choose(writing)] == [
        "Bureau du 1er juillet 2021, 18\u00a0h", "Assemblée générale du 1er juillet 2021",
        "Bureau du 1er juillet 2021, 9\u00a0h", "Conseil d’administration du 2 décembre 2020",
    ]  # fmt: skip


def test_a_deliberation_is_found_by_its_number(writing: Session) -> None:
    meeting = writing.get_one(Meeting, hold(writing, BodyKind.COUNCIL, date(2021, 7, 1)))
    kept = decide(writing, meeting)
    for typed in ("2021-01", "2021-1", " 2021-01 "):
        assert meeting_choice.decision_numbered(writing, typed) == (meeting.id, kept.id)
    with pytest.raises(UserError) as refused:
        meeting_choice.decision_numbered(writing, "2021-02")
    assert refused.value.code == "DELIBERATION_INCONNUE"
    assert "il y a\u00a0: 2021-01, 2020-01." in refused.value.sentence
    assert meeting_choice.numbered_years(writing, today=TODAY) == [2021, 2020]
