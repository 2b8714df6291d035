"""Members and their representatives: kept, ended, found, and right on any date."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    Body,
    Mandate,
    Member,
    Office,
    Organisation,
    OrganisationAlias,
    Person,
    Representative,
)
from vto_desktop.model.search import matches
from vto_desktop.services import composition, members, organisations, persons, representatives, summaries

DAY = date(2021, 12, 31)


def found(session: Session, text: str) -> list[str]:
    """Search the keys as they stand: the index follows when the write ends."""
    words = french.search_key(text).split()
    rows = session.scalars(select(Member).order_by(Member.sort_key))
    return [row.name for row in rows if all(word in row.search_key for word in words)]


def member(session: Session, name: str) -> Member:
    chosen = select(Member).join(Organisation).where(Organisation.name.startswith(name))
    return session.scalars(chosen).one()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("levêque", ["Communauté de Communes Lodévois et Larzac"]),
        ("cahm", ["Communauté d’Agglomération Hérault Méditerranée (CAHM)"]),
        ("AUDE commune", ["Ville de Lézignan-Corbières", "Ville de Limoux"]),
        ("personne physique", ["Didier LAPORTE"]),
        ("34 metropole", ["Montpellier Méditerranée Métropole"]),
        ("200066918", ["Alès Agglomération"]),
        ("zzz", []),
    ],
)
def test_a_member_is_found_by_all_its_names(session: Session, typed: str, names: list[str]) -> None:
    assert found(session, typed) == names
    indexed = select(Member).where(matches(Member.search_key, french.search_key(typed)))
    assert [row.name for row in session.scalars(indexed.order_by(Member.sort_key))] == names


def test_renaming_an_organisation_renames_and_sorts_its_member(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    organisation = writing.get_one(Organisation, lunel.organisation_id)
    organisation.name = "Étang de l’Or"
    organisations.save_organisation(writing, organisation)
    assert lunel.sort_key == "etang de l or"
    assert found(writing, "etang or") == ["Étang de l’Or"]
    assert members.members_on(writing, DAY).index(lunel.id) == 7


def test_spellings_persons_and_representatives_find_their_member_too(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    organisation = writing.get_one(Organisation, lunel.organisation_id)
    organisation.aliases.append(OrganisationAlias(name="Commune des pescalunes"))
    organisations.save_organisation(writing, organisation)
    assert found(writing, "pescalunes") == ["Ville de Lunel"]
    organisation.aliases.pop()
    organisations.save_organisation(writing, organisation)
    assert found(writing, "pescalunes") == []
    person = persons.save_person(writing, Person(last_name="ZOLA"))
    sent = representatives.save_representative(
        writing, Representative(member_id=lunel.id, person_id=person.id)
    )
    assert found(writing, "zola") == ["Ville de Lunel"]
    person.last_name = "ŒUVRARD"
    persons.save_person(writing, person)
    assert found(writing, "zola") == []
    assert found(writing, "oeuvrard") == ["Ville de Lunel"]
    representatives.delete_representative(writing, sent.id)
    assert found(writing, "oeuvrard") == []


def test_a_member_without_a_holder_or_with_two_is_refused(writing: Session) -> None:
    with pytest.raises(Invalid) as refused:
        members.save_member(writing, Member(joined_on=date(2021, 5, 1), left_on=date(2020, 1, 1)))
    assert set(refused.value.problems) == {"organisation_id", "college_id", "left_on"}
    with pytest.raises(Invalid) as refused:
        members.save_member(writing, Member(organisation_id=1, person_id=1, college_id=1))
    assert set(refused.value.problems) == {"organisation_id"}


def test_the_same_holder_joins_once_at_a_time(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    again = Member(organisation_id=lunel.organisation_id, college_id=1)
    with pytest.raises(Invalid, match="figure déjà"):
        members.save_member(writing, again)
    members.end_member(writing, lunel.id, on=date(2021, 7, 1), reason="Retrait")
    again = Member(organisation_id=lunel.organisation_id, college_id=1, joined_on=date(2021, 7, 1))
    assert members.save_member(writing, again).id != lunel.id


def test_leaving_takes_effect_on_its_day(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    members.end_member(writing, lunel.id, on=date(2021, 7, 1), reason="Délibération du 3 juin")
    assert len(members.members_on(writing, date(2021, 6, 30))) == 16
    assert len(members.members_on(writing, date(2021, 7, 1))) == 15
    assert summaries.membership(writing, DAY).left_in_year == 1
    lunel.joined_on = date(2021, 2, 1)
    writing.flush()
    assert summaries.membership(writing, DAY).joined_in_year == 1
    assert len(members.members_on(writing, date(2021, 1, 31))) == 15
    with pytest.raises(Invalid, match="Le départ doit suivre"):
        members.end_member(writing, lunel.id, on=date(2021, 1, 1))


def test_a_member_that_left_holds_no_seat_from_that_day_on(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    members.end_member(writing, lunel.id, on=date(2021, 7, 1))
    assert len(summaries.board(writing, date(2021, 6, 30)).seats) == 16
    after = summaries.board(writing, date(2021, 7, 1))
    assert len(after.seats) == 15
    assert "Ville de Lunel" not in {seat.member for seat in after.seats}


def test_a_member_with_dues_or_mandates_cannot_be_deleted(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    with pytest.raises(UserError) as refused:
        members.delete_member(writing, lunel.id)
    assert refused.value.code == "ENCORE_UTILISE"
    assert "1\u00a0mandat et 1\u00a0cotisation" in refused.value.sentence
    assert writing.get(Member, lunel.id) is lunel


def test_a_member_entered_by_mistake_goes_with_its_representatives(writing: Session) -> None:
    organisation = organisations.save_organisation(writing, Organisation(name="Béziers"))
    made = members.save_member(writing, Member(organisation_id=organisation.id, college_id=1))
    representatives.save_representative(writing, Representative(member_id=made.id, person_id=1))
    members.delete_member(writing, made.id)
    assert not writing.scalars(select(Representative).where(Representative.member_id == made.id)).all()


def test_the_end_of_a_representative_is_the_first_day_without(writing: Session) -> None:
    lunel = member(writing, "Ville de Lunel")
    sent = lunel.representatives[0]
    representatives.end_representative(writing, sent.id, on=date(2021, 9, 1))
    before = representatives.representatives_on(writing, date(2021, 8, 31), member_ids=[lunel.id])
    assert [each.name for each in before[lunel.id]] == ["Nourredine BENIATTOU"]
    assert representatives.representatives_on(writing, date(2021, 9, 1), member_ids=[lunel.id]) == {}


SPAN = st.tuples(st.integers(0, 5), st.none() | st.integers(0, 30), st.none() | st.integers(0, 30))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(spans=st.lists(SPAN, max_size=10), offset=st.integers(-1, 31))
def test_a_body_on_any_date_is_those_whose_mandate_runs(
    empty: Session, spans: list[tuple[int, int | None, int | None]], offset: int
) -> None:
    empty.execute(delete(Mandate))
    body = empty.scalars(select(Body).where(Body.kind == "Bureau")).one()
    offices = empty.scalars(select(Office).where(Office.body_id == body.id).order_by(Office.position)).all()
    first = date(2021, 1, 1)
    rows = []
    for number, (office, start, end) in enumerate(spans):
        starts_on = None if start is None else first + timedelta(days=start)
        ends_on = None if end is None else first + timedelta(days=end)
        person = Person(last_name=f"NOM {number % 3}", first_name=str(number))
        rows.append(Mandate(office=offices[office], person=person, starts_on=starts_on, ends_on=ends_on))
    empty.add_all(rows)
    empty.flush()
    day = first + timedelta(days=offset)
    expected = sorted(
        (row for row in rows if (row.starts_on or date.min) <= day < (row.ends_on or date.max)),
        key=lambda row: (row.office.position, row.person.last_name, row.person.first_name),
    )
    sitting = composition.composition(empty, body.id, on=day)
    assert [each.mandate_id for each in sitting] == [row.id for row in expected]
    assert sum(len(seat.mandates) for seat in composition.seats(empty, body.id, on=day)) == len(expected)


def test_a_bureau_elected_twice_says_since_its_last_change(writing: Session) -> None:
    mandate = writing.scalars(select(Mandate).join(Office).where(Office.label == "Trésorier·ère")).one()
    mandate.ends_on = date(2021, 5, 1)
    writing.add(Mandate(office_id=mandate.office_id, person_id=1, starts_on=date(2021, 5, 1)))
    writing.flush()
    before = summaries.board(writing, date(2021, 4, 30)).bureau_since
    assert before == "Depuis le conseil d’administration du 2 décembre 2020"
    assert summaries.board(writing, DAY).bureau_since == "Composition depuis le 1er mai 2021"
