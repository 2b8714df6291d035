"""The rules of a body: what may be kept, what a new dossier starts with, who may then sit."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid
from vto_desktop.model import Body, BodyKind, BodySeats, College, Eligibility, Mandate, Member, Person
from vto_desktop.services import bodies, body_rules
from vto_desktop.services.composition import body_of_kind
from vto_desktop.services.eligibility import eligible_persons

DAY = date(2021, 12, 31)


def the(session: Session, kind: BodyKind) -> Body:
    found = body_of_kind(session, kind)
    assert found is not None
    return found


def test_all_that_is_wrong_with_the_rules_is_said_at_once() -> None:
    row = Body(
        name="", kind="Club", eligibility=Eligibility.OTHER_BODY.value, term_months=0, notice_days=400,
        quorum_part=3, quorum_whole=2, max_powers=-1, seats=[BodySeats(seats=0)],
    )  # fmt: skip
    assert set(bodies.body_problems(row)) == {
        "name", "kind", "drawn_from_id", "term_months", "notice_days", "quorum_part", "max_powers", "seats",
    }  # fmt: skip
    half = Body(name="Comité", quorum_whole=3, eligibility="Élus")
    assert set(bodies.body_problems(half)) == {"quorum_part", "eligibility"}
    assert not bodies.body_problems(Body(name="Comité", quorum_part=1, quorum_whole=3, max_powers=0))


def test_the_rules_are_told_as_statutes_tell_them(session: Session) -> None:
    bureau = the(session, BodyKind.BUREAU)
    assert body_rules.rules_of(bureau) == ["Membres issus de «\u00a0Conseil d’administration\u00a0»"]
    assert body_rules.rules_of(Body(name="Comité", eligibility=Eligibility.ANYONE.value, seats=[])) == []
    towns, persons = College(name="Collectivités"), College(name="Personnes physiques")
    council = Body(
        name="Conseil", eligibility=Eligibility.REPRESENTATIVES.value, term_months=24, notice_days=15,
        quorum_part=1, quorum_whole=2, has_quorum_by_college=True, max_powers=1,
        seats=[
            BodySeats(seats=18), BodySeats(college=towns, seats=14), BodySeats(college=persons, seats=4),
        ],
    )  # fmt: skip
    assert body_rules.rules_of(council) == [
        "Représentants des adhérents", "Mandats de 2\u00a0ans",
        "18\u00a0sièges\u00a0: Collectivités 14, Personnes physiques 4", "Convocation 15\u00a0jours avant",
        "Quorum\u00a0: la moitié des sièges, dans chaque collège aussi",
        "1\u00a0pouvoir au plus par personne",
    ]  # fmt: skip
    council.term_months, council.max_powers, council.seats = 18, 0, [BodySeats(college=towns, seats=14)]
    assert {"Mandats de 18 mois", "Sans pouvoir", "Sièges\u00a0: Collectivités 14"} <= {
        *body_rules.rules_of(council)
    }


def test_a_new_dossier_knows_what_the_annual_report_says_and_no_more(empty: Session) -> None:
    bureau, council = the(empty, BodyKind.BUREAU), the(empty, BodyKind.COUNCIL)
    assembly = the(empty, BodyKind.ASSEMBLY)
    assert (bureau.eligibility, bureau.drawn_from) == (Eligibility.OTHER_BODY, council)
    assert {office.elected_by for office in bureau.offices} == {council}
    assert {council.eligibility, assembly.eligibility} == {Eligibility.REPRESENTATIVES}
    for body in (bureau, council, assembly):
        unsaid = (body.term_months, body.notice_days, body.quorum_part, body.max_powers, body.seats)
        assert unsaid == (None, None, None, None, [])
        assert not bodies.body_problems(body)


def test_bodies_are_not_drawn_from_one_another(empty: Session) -> None:
    bureau, council = the(empty, BodyKind.BUREAU), the(empty, BodyKind.COUNCIL)
    council.eligibility, council.drawn_from_id = Eligibility.OTHER_BODY.value, bureau.id
    with pytest.raises(Invalid) as refused, empty.no_autoflush:
        bodies.save_body(empty, council)
    assert refused.value.problems == {"drawn_from_id": "Cette instance est elle-même issue de celle-ci."}
    council.drawn_from_id = council.id
    assert "d’elle-même" in bodies.body_problems(council)["drawn_from_id"]


def test_seats_are_kept_changed_and_taken_away_with_their_body(empty: Session) -> None:
    council = the(empty, BodyKind.COUNCIL)
    empty.expunge_all()
    row = Body(id=council.id, version=council.version, name="CA", kind=council.kind)
    row.seats = [BodySeats(college_id=1, seats=12), BodySeats(seats=18)]
    kept = bodies.save_body(empty, row)
    assert [(each.college_id, each.seats) for each in kept.seats] == [(1, 12), (None, 18)]
    first, last = kept.seats
    again = Body(id=kept.id, version=kept.version, name="CA", kind=kept.kind)
    again.seats = [BodySeats(id=first.id, version=first.version, college_id=1, seats=13)]
    empty.expunge_all()
    assert [(each.id, each.seats) for each in bodies.save_body(empty, again).seats] == [(first.id, 13)]
    assert empty.get(BodySeats, last.id) is None


def test_who_may_sit_follows_the_rule_and_the_day(writing: Session) -> None:
    bureau, council = the(writing, BodyKind.BUREAU), the(writing, BodyKind.COUNCIL)
    laporte = writing.scalars(select(Person.id).where(Person.last_name == "LAPORTE")).one()
    may_sit = eligible_persons(writing, council, on=DAY)
    assert may_sit is not None
    assert len(may_sit) == 18  # Serge BORD stands for two members, Didier LAPORTE for himself
    assert laporte in may_sit
    assert eligible_persons(writing, bureau, on=DAY) == may_sit
    own = writing.scalars(select(Member).where(Member.person_id == laporte)).one()
    own.left_on = DAY
    writing.flush()
    for body in (council, bureau):
        left = eligible_persons(writing, body, on=DAY)
        assert left is not None
        assert may_sit - left == {laporte}
    ended = writing.scalars(
        select(Mandate).join(Mandate.office).where(Mandate.member_id.is_not(None))
    ).first()
    assert ended is not None
    ended.ends_on = DAY
    writing.flush()
    drawn = eligible_persons(writing, bureau, on=DAY)
    assert drawn is not None
    assert (ended.person_id in drawn) == (ended.person.last_name == "BORD")  # who keeps his other seat
    bureau.eligibility = Eligibility.ANYONE.value
    assert eligible_persons(writing, bureau, on=DAY) is None
