"""Members come, go and join one another: movements between two days, what ends with them, their history."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid
from vto_desktop.model import College, Mandate, Member, Organisation, Person, Representative
from vto_desktop.services import depending, leaving, members, successions
from vto_desktop.services.history import Event, EventKind, history
from vto_desktop.services.movements import movements

DAY = date(2021, 7, 1)
TODAY = date(2022, 2, 15)


def member(session: Session, name: str) -> Member:
    chosen = select(Member).join(Organisation).where(Organisation.name.startswith(name))
    return session.scalars(chosen).one()


# --- movements -----------------------------------------------------------------------------------


def test_a_year_without_movement_says_so(session: Session) -> None:
    found = movements(session, date(2021, 1, 1), date(2021, 12, 31))
    assert (found.joined, found.left, found.before, found.after) == ((), (), 16, 16)
    assert found.sentence == (
        "Aucune entrée, aucune sortie\u00a0: 16\u00a0adhérents au début comme à la fin."
    )


def test_joiners_and_leavers_stand_with_their_day_and_reason(writing: Session) -> None:
    vauvert, lunel = member(writing, "Vauvert"), member(writing, "Ville de Lunel")
    vauvert.joined_on = date(2021, 1, 1)
    limoux = member(writing, "Ville de Limoux")
    leaving.end_membership(writing, lunel.id, on=DAY, reason="Commune nouvelle", successor_id=vauvert.id)
    leaving.end_membership(writing, limoux.id, on=date(2021, 12, 31))
    found = movements(writing, date(2021, 1, 1), date(2021, 12, 31))
    assert [(each.name, each.on) for each in found.joined] == [("Vauvert", date(2021, 1, 1))]
    assert [(each.name, each.reason, each.successor) for each in found.left] == [
        ("Ville de Lunel", "Commune nouvelle", "Vauvert"),
        ("Ville de Limoux", "", ""),
    ]
    assert (found.before, found.after, found.change) == (15, 14, -1)
    assert found.sentence == "1\u00a0entrée, 2\u00a0sorties\u00a0: de 15 à 14\u00a0adhérents (\u22121)."
    assert movements(writing, date(2021, 1, 2), date(2021, 6, 30)).joined == ()
    assert movements(writing, date(2021, 1, 2), date(2021, 6, 30)).left == ()


SPAN = st.tuples(st.none() | st.integers(0, 40), st.none() | st.integers(0, 40))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(spans=st.lists(SPAN, max_size=8), first=st.integers(0, 40), length=st.integers(0, 40))
def test_the_change_is_always_the_difference_of_the_two_lists(
    empty: Session, spans: list[tuple[int | None, int | None]], first: int, length: int
) -> None:
    empty.execute(delete(Member))
    college = empty.scalars(select(College.id)).first()
    begin = date(2021, 1, 1)
    for joined, left in spans:
        holder = Person(last_name="X")
        empty.add(holder)
        empty.flush()
        ends = None if left is None else begin + timedelta(days=max(left, joined or 0))
        starts = None if joined is None else begin + timedelta(days=joined)
        empty.add(Member(person_id=holder.id, college_id=college, joined_on=starts, left_on=ends))
    empty.flush()
    starts_on = begin + timedelta(days=first)
    ends_on = starts_on + timedelta(days=length)
    found = movements(empty, starts_on, ends_on)
    assert found.before == len(members.members_on(empty, starts_on - timedelta(days=1)))
    assert found.after == len(members.members_on(empty, ends_on))
    assert found.change == found.after - found.before


# --- who is still sent ---------------------------------------------------------------------------


def test_who_is_still_sent_is_told_and_ends_only_when_named(writing: Session) -> None:
    gard = member(writing, "Communauté d’Agglomération du Gard")
    found = leaving.still_sent(writing, gard.id, on=DAY)
    assert [(each.person, each.rank) for each in found] == [
        ("Michèle FONT-THURIAL", "titulaire"), ("Catherine PÉCASTAING", "et/ou"),
    ]  # fmt: skip
    mandates = [each.mandate_id for each in depending.depending_on(writing, gard.id, on=DAY)]
    leaving.end_membership(writing, gard.id, on=DAY)
    assert leaving.still_sent(writing, gard.id, on=DAY) == found
    leaving.end_membership(
        writing, gard.id, on=DAY, representative_ids=[found[1].representative_id], mandate_ids=mandates[:1]
    )
    assert leaving.still_sent(writing, gard.id, on=DAY) == found[:1]
    assert leaving.still_sent(writing, gard.id, on=DAY - timedelta(days=1)) == found
    ended = writing.get_one(Mandate, mandates[0])
    assert ended.ends_on == DAY
    assert f"Fin de l’adhésion de «\u00a0{gard.name}\u00a0»." in ended.notes
    assert writing.get_one(Mandate, mandates[1]).ends_on is None


def test_a_role_that_begins_later_is_never_held(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    later = Representative(member_id=lunel.id, person_id=1, starts_on=DAY + timedelta(days=9), position=9)
    writing.add(later)
    writing.flush()
    found = leaving.still_sent(writing, lunel.id, on=DAY)
    assert [each.since for each in found] == [None, DAY + timedelta(days=9)]
    leaving.end_membership(
        writing, lunel.id, on=DAY, representative_ids=[each.representative_id for each in found]
    )
    assert later.ends_on == later.starts_on
    assert lunel.representatives[0].ends_on == DAY


# --- successors ----------------------------------------------------------------------------------


def test_a_member_follows_another_but_never_in_a_circle(writing: Session) -> None:
    lunel, vauvert, limoux = (member(writing, name) for name in ("Ville de Lunel", "Vauvert", "Ville de Lim"))
    leaving.end_membership(writing, lunel.id, on=DAY, successor_id=vauvert.id)
    leaving.end_membership(writing, vauvert.id, on=DAY + timedelta(days=1), successor_id=limoux.id)
    assert successions.taken_in(writing, limoux.id) == [vauvert.id, lunel.id]
    for successor in (lunel, vauvert):
        with pytest.raises(Invalid, match="a déjà rejoint «\u00a0Ville de Limoux\u00a0»") as refused:
            leaving.end_membership(writing, limoux.id, on=DAY + timedelta(days=2), successor_id=successor.id)
        assert set(refused.value.problems) == {"successor_id"}
    with pytest.raises(Invalid, match="à lui-même"):
        leaving.end_membership(writing, limoux.id, on=DAY, successor_id=limoux.id)
    assert limoux.left_on is None
    assert limoux.successor_id is None


def test_a_successor_is_a_member_on_that_day(writing: Session) -> None:
    lunel, vauvert = member(writing, "Ville de Lunel"), member(writing, "Vauvert")
    vauvert.joined_on = DAY + timedelta(days=10)
    writing.flush()
    said = successions.successor_warning(writing, vauvert.id, on=DAY)
    assert said == "«\u00a0Vauvert\u00a0» n’adhère que le 11/07/2021."
    assert successions.successor_warning(writing, vauvert.id, on=DAY + timedelta(days=10)) == ""
    vauvert.joined_on, vauvert.left_on = None, DAY
    writing.flush()
    with pytest.raises(Invalid, match="n’est plus adhérent depuis le 01/07/2021"):
        leaving.end_membership(writing, lunel.id, on=DAY, successor_id=vauvert.id)


def test_whoever_joined_another_has_left(writing: Session) -> None:
    lunel, vauvert = member(writing, "Ville de Lunel"), member(writing, "Vauvert")
    lunel.successor_id = vauvert.id
    with pytest.raises(Invalid, match="Indiquez la date de départ") as refused:
        members.save_member(writing, lunel)
    assert set(refused.value.problems) == {"left_on"}
    lunel.left_on = DAY
    assert members.save_member(writing, lunel).successor_id == vauvert.id
    vauvert.left_on, vauvert.successor_id = DAY, lunel.id
    with pytest.raises(Invalid, match="a déjà rejoint"):
        members.save_member(writing, vauvert)


def test_an_organisation_may_come_back_on_the_day_it_left(writing: Session) -> None:
    """A membership of no day at all stands in nobody's way."""
    lunel = member(writing, "Ville de Lunel")
    lunel.joined_on = lunel.left_on = DAY
    writing.flush()
    again = Member(organisation_id=lunel.organisation_id, college_id=1, joined_on=date(2020, 1, 1))
    assert members.save_member(writing, again).id != lunel.id


# --- history -------------------------------------------------------------------------------------


def told(events: list[Event]) -> list[tuple[date | None, str, str]]:
    return [(event.on, event.title, event.member) for event in events]


def test_a_history_tells_what_the_dates_say_newest_first(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    lunel.joined_on = date(2018, 3, 5)
    lunel.representatives[0].starts_on = date(2020, 9, 1)
    leaving.end_membership(
        writing, lunel.id, on=DAY, reason="Délibération",
        representative_ids=[each.representative_id for each in leaving.still_sent(writing, lunel.id, on=DAY)],
        mandate_ids=[each.mandate_id for each in depending.depending_on(writing, lunel.id, on=DAY)],
    )  # fmt: skip
    events = history(writing, lunel.id, today=TODAY)
    assert told(events) == [
        (DAY, "Fin de l’adhésion", ""),
        (DAY, "Nourredine BENIATTOU ne représente plus l’adhérent", ""),
        (DAY, "Nourredine BENIATTOU\u00a0: fin de mandat (membre, Conseil d’administration)", ""),
        (date(2021, 2, 15), "Cotisations 2021\u00a0: 1\u202f331,15\u00a0€", ""),
        (date(2020, 9, 1), "Nourredine BENIATTOU représente l’adhérent", ""),
        (date(2018, 3, 5), "Adhésion au collège «\u00a0Collectivités\u00a0»", ""),
        (None, "Nourredine BENIATTOU\u00a0: membre, Conseil d’administration", ""),
    ]
    assert (events[0].kind, events[0].detail) == (EventKind.LEAVING, "Délibération")
    assert events[3].detail == "Réglée · n° 2021-009"


def test_a_successor_tells_the_history_of_those_it_took_in(writing: Session) -> None:
    lunel, vauvert, limoux = (member(writing, name) for name in ("Ville de Lunel", "Vauvert", "Ville de Lim"))
    own = told(history(writing, limoux.id, today=TODAY))
    leaving.end_membership(writing, lunel.id, on=DAY, reason="Loi NOTRe", successor_id=vauvert.id)
    leaving.end_membership(writing, vauvert.id, on=date(2021, 9, 1), successor_id=limoux.id)
    events = history(writing, limoux.id, today=TODAY)
    assert [event for event in told(events) if not event[2]] == own
    assert {event.member for event in events} == {"", "Vauvert", "Ville de Lunel"}
    mergers = [(event.on, event.title, event.detail) for event in events if event.kind == EventKind.MERGER]
    assert mergers == [
        (date(2021, 9, 1), "Vauvert rejoint Ville de Limoux", ""),
        (DAY, "Ville de Lunel rejoint Vauvert", "Loi NOTRe"),
    ]
    dues = [event.member for event in events if event.kind == EventKind.DUES]
    assert sorted(dues) == ["", "Vauvert", "Ville de Lunel"]
