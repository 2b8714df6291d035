"""Elections: the officers of the eve are proposed, changes are kept at the right day, doubles refused."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid
from vto_desktop.model import Body, BodyKind, Eligibility, Mandate, Meeting, Office, Person
from vto_desktop.services import composition, renewing
from vto_desktop.services.comparing import Movement, comparison
from vto_desktop.services.composition import body_of_kind
from vto_desktop.services.mandates import sent_as, term_of
from vto_desktop.services.renewing import Fate, Place, Renewal

DAY = date(2023, 12, 6)
EVE = date(2023, 12, 5)


@pytest.fixture
def bureau(writing: Session) -> Body:
    found = body_of_kind(writing, BodyKind.BUREAU)
    assert found is not None
    return found


@pytest.fixture
def decided(writing: Session, bureau: Body) -> Renewal:
    """Return the election that a meeting of the council proposes: everybody again."""
    council = body_of_kind(writing, BodyKind.COUNCIL)
    assert council is not None
    meeting = Meeting(body_id=council.id, held_on=DAY, title="Renouvellement")
    writing.add(meeting)
    writing.flush()
    return Renewal(bureau.id, DAY, meeting.id, None, renewing.proposed(writing, bureau.id, on=DAY))


def person(session: Session, last_name: str) -> int:
    return session.scalars(select(Person.id).where(Person.last_name == last_name)).one()


def place(decided: Renewal, holder: str) -> Place:
    return next(each for each in decided.places if holder in (each.holder, each.office))


def sitting(session: Session, bureau: Body, on: date) -> list[tuple[str, str]]:
    found = composition.composition(session, bureau.id, on=on)
    return [(each.office, each.person) for each in found]


def refused(session: Session, decided: Renewal) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        renewing.renew(session, decided)
    return caught.value.problems


def test_the_officers_of_the_eve_are_proposed_then_the_empty_offices(decided: Renewal) -> None:
    assert [(each.office, each.holder, each.fate) for each in decided.places] == [
        ("Présidente", "Magalie TOUET", Fate.REELECTED),
        ("Vice-présidente", "Clara GIMENEZ", Fate.REELECTED),
        ("Vice-présidente", "Gaelle LÉVÊQUE", Fate.REELECTED),
        ("Vice-président", "Josian RIBES", Fate.REELECTED),
        ("Trésorier", "Didier LAPORTE", Fate.REELECTED),
        ("Trésorier·ère adjoint·e", "", Fate.VACANT),
        ("Secrétaire", "Catherine PÉCASTAING", Fate.REELECTED),
        ("Secrétaire adjoint", "Serge BORD", Fate.REELECTED),
    ]


def test_all_elected_again_begin_new_mandates_on_the_day_the_old_ones_end(
    writing: Session, bureau: Body, decided: Renewal
) -> None:
    before = sitting(writing, bureau, EVE)
    decided.term_on = date(2026, 12, 6)
    made = renewing.renew(writing, decided)
    assert len(made) == 7
    assert sitting(writing, bureau, DAY) == before
    old = writing.scalars(select(Mandate).where(Mandate.starts_on == date(2020, 12, 2))).all()
    assert {row.ends_on for row in old} == {DAY}
    assert {(row.starts_on, row.term_on, row.elected_at_id) for row in made} == {
        (DAY, date(2026, 12, 6), decided.meeting_id)
    }
    assert [row.capacity for row in made] == [row.capacity for row in old]
    assert composition.since(writing, bureau.id, on=DAY).sentence == (
        "Depuis le conseil d’administration du 6 décembre 2023"
    )
    assert renewing.outcome(decided) == "7\u00a0réélections"


def test_each_place_has_its_own_fate(writing: Session, bureau: Body, decided: Renewal) -> None:
    names = ("Magalie TOUET", "Josian RIBES", "Didier LAPORTE")
    first, ribes, laporte = (place(decided, name) for name in names)
    first.fate, first.person_id, first.capacity = Fate.REPLACED, person(writing, "RIVEL"), "maire"
    ribes.fate = Fate.VACANT
    laporte.fate = Fate.UNCHANGED
    added = place(decided, "Trésorier·ère adjoint·e")
    added.fate, added.person_id = Fate.ELECTED, person(writing, "PEREA")
    made = renewing.renew(writing, decided)
    assert sitting(writing, bureau, DAY) == [
        ("Présidente", "Tamara RIVEL"), ("Vice-présidente", "Clara GIMENEZ"),
        ("Vice-présidente", "Gaelle LÉVÊQUE"), ("Trésorier", "Didier LAPORTE"),
        ("Trésorier adjoint", "François PEREA"), ("Secrétaire", "Catherine PÉCASTAING"),
        ("Secrétaire adjoint", "Serge BORD"),
    ]  # fmt: skip
    assert made[0].capacity == "maire"
    kept = writing.get_one(Mandate, laporte.mandate_id or 0)
    assert (kept.ends_on, kept.starts_on) == (None, date(2020, 12, 2))
    assert renewing.outcome(decided) == (
        "4\u00a0réélections, 1\u00a0remplacement, 1\u00a0nouvelle élection et 1\u00a0départ"
    )
    compared = comparison(writing, bureau.id, DAY, EVE)
    moved = [each for each in compared.moves if each.movement is not Movement.STAYED]
    assert [(each.movement, each.person) for each in moved] == [
        (Movement.CAME, "Tamara RIVEL"), (Movement.CAME, "François PEREA"),
        (Movement.LEFT, "Magalie TOUET"), (Movement.LEFT, "Josian RIBES"),
    ]  # fmt: skip


def test_an_exchange_of_offices_is_a_change_not_a_departure(
    writing: Session, bureau: Body, decided: Renewal
) -> None:
    one, other = place(decided, "Magalie TOUET"), place(decided, "Catherine PÉCASTAING")
    one.fate, one.person_id = Fate.REPLACED, person(writing, "PÉCASTAING")
    other.fate, other.person_id = Fate.REPLACED, person(writing, "TOUET")
    renewing.renew(writing, decided)
    compared = comparison(writing, bureau.id, EVE, DAY)
    changed = [each for each in compared.moves if each.movement is Movement.CHANGED]
    assert [(each.person, each.before, each.after, each.on) for each in changed] == [
        ("Catherine PÉCASTAING", ("Secrétaire",), ("Présidente",), DAY),
        ("Magalie TOUET", ("Présidente",), ("Secrétaire",), DAY),
    ]
    said = "Entre le 5 décembre 2023 et le 6 décembre 2023 : 2 changements de fonction et 5 maintiens."
    assert compared.sentence.replace("\u00a0", " ") == said


def test_what_cannot_be_kept_is_said_at_once_beside_its_place(writing: Session, decided: Renewal) -> None:
    one, other = decided.places[0], decided.places[1]
    one.fate = Fate.REPLACED
    other.fate, other.person_id = Fate.REPLACED, person(writing, "GIMENEZ")
    decided.on, decided.term_on = date(2023, 12, 5), date(2023, 12, 1)
    problems = refused(writing, decided)
    assert set(problems) == {"person_0", "person_1", "on", "term_on"}
    assert "« Réélire »" in problems["person_1"].replace("\u00a0", " ")
    assert "06/12/2023" in problems["on"]
    decided.on = None
    assert set(refused(writing, decided)) == {"on"}


def test_an_election_that_changes_nothing_is_refused(writing: Session, decided: Renewal) -> None:
    for each in decided.places:
        each.fate = Fate.VACANT if each.mandate_id is None else Fate.UNCHANGED
    assert set(refused(writing, decided)) == {"places"}


def test_an_office_of_one_holder_never_gets_two(writing: Session, bureau: Body, decided: Renewal) -> None:
    president = decided.places[0].office_id
    more = Place(president, "Président·e", Fate.ELECTED, person_id=person(writing, "RIVEL"))
    decided.places.append(more)
    assert set(refused(writing, decided)) == {"fate_0", "person_8"}
    decided.places[0].fate = Fate.UNCHANGED
    assert set(refused(writing, decided)) == {"person_8"}
    decided.places.pop()
    decided.places[0].fate = Fate.REELECTED
    writing.add(Mandate(office_id=president, person_id=person(writing, "PEREA"), starts_on=date(2024, 6, 1)))
    writing.flush()
    assert "François PEREA" in refused(writing, decided)["fate_0"]
    assert len(sitting(writing, bureau, DAY)) == 7  # nothing was kept


def test_two_vice_presidents_more_are_welcome(writing: Session, bureau: Body, decided: Renewal) -> None:
    office = place(decided, "Josian RIBES").office_id
    for name in ("RIVEL", "PEREA"):
        decided.places.append(
            Place(office, "Vice-président·e", Fate.ELECTED, person_id=person(writing, name))
        )
    renewing.renew(writing, decided)
    assert sum("ice-président" in each for each, _name in sitting(writing, bureau, DAY)) == 5


def test_what_is_against_the_rule_is_told_and_may_be_kept(writing: Session, decided: Renewal) -> None:
    outsider = Person(first_name="Ada", last_name="LOIN")
    writing.add(outsider)
    writing.flush()
    first, second = decided.places[0], decided.places[1]
    first.fate, first.person_id = Fate.REPLACED, outsider.id
    second.fate, second.person_id = Fate.REPLACED, person(writing, "LAPORTE")
    warnings = renewing.renewal_warnings(writing, decided)
    assert set(warnings) == {"person_0", "person_1"}
    assert "ne siège pas" in warnings["person_0"]
    assert "autre ligne" in warnings["person_1"]
    writing.get_one(Body, decided.body_id).eligibility = Eligibility.ANYONE.value
    assert set(renewing.renewal_warnings(writing, decided)) == {"person_1"}
    assert len(renewing.renew(writing, decided)) == 7


def test_a_mandate_that_ended_on_the_very_day_keeps_its_end_and_may_be_followed(
    writing: Session, bureau: Body, decided: Renewal
) -> None:
    row = writing.get_one(Mandate, decided.places[0].mandate_id or 0)
    row.ends_on = DAY
    writing.flush()
    again = Renewal(bureau.id, DAY, None, None, renewing.proposed(writing, bureau.id, on=DAY))
    assert again.places[0].holder == "Magalie TOUET"
    renewing.renew(writing, again)
    assert row.ends_on == DAY
    assert len(sitting(writing, bureau, DAY)) == 7


def test_the_term_follows_the_rule_of_the_body(writing: Session, bureau: Body, decided: Renewal) -> None:
    office = decided.places[0].office_id
    assert term_of(writing, office, DAY) is None
    bureau.term_months = 36
    writing.flush()
    assert term_of(writing, office, date(2024, 2, 29)) == date(2027, 2, 28)


def test_the_meetings_that_may_elect_are_those_of_the_electing_body(
    writing: Session, bureau: Body, decided: Renewal
) -> None:
    writing.add(Meeting(body_id=bureau.id, held_on=date(2024, 1, 1)))
    writing.flush()
    held = [row.held_on for row in renewing.electing_meetings(writing, bureau.id)]
    assert held == [DAY, date(2020, 12, 2)]
    for office in writing.scalars(select(Office).where(Office.body_id == bureau.id)):
        office.elected_by_id = None
    writing.flush()
    assert len(renewing.electing_meetings(writing, bureau.id)) == 3
    assert [name for _row, name in renewing.bodies_with_offices(writing)] == [
        "Bureau", "Conseil d’administration",
    ]  # fmt: skip


def test_who_represents_one_member_brings_its_capacity(writing: Session) -> None:
    found = sent_as(writing, person(writing, "RIVEL"), on=DAY)
    assert found is not None
    assert found[1] == "élue déléguée à la politique de la ville"
    assert sent_as(writing, person(writing, "BORD"), on=DAY) is None  # two members: whose?
    assert sent_as(writing, person(writing, "LAPORTE"), on=DAY) is None
