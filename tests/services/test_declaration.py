"""Changes of officers, their declaration, and the civil status that it alone asks for."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid
from vto_desktop.model import CivilStatus, Mandate, Office, Person
from vto_desktop.services import civil_status, declaration, mandates, to_do
from vto_desktop.services.officers import officers_declaration

ELECTED, LATER = date(2020, 12, 2), date(2021, 6, 30)
DECLARED = date(2021, 1, 15)
TODAY = date(2021, 7, 14)


def officers(session: Session) -> list[Mandate]:
    """Return the mandates of the bureau of the example, in printed order."""
    chosen = select(Mandate).join(Office, Mandate.office_id == Office.id)
    return list(session.scalars(chosen.where(Mandate.starts_on == ELECTED).order_by(Office.position)))


def declare_all(session: Session, on: date = DECLARED) -> None:
    """Record that the bureau of the example was declared."""
    (change,) = declaration.undeclared(session, on=ELECTED)
    declaration.declare(session, change.to_record, changed_on=ELECTED, on=on, number="W343")


def test_a_new_bureau_is_to_be_declared_within_three_months(session: Session) -> None:
    (change,) = declaration.changes(session, on=TODAY)
    assert (change.changed_on, len(change.arrivals), change.departures) == (ELECTED, 7, ())
    assert change.declare_before == date(2021, 3, 2)
    assert change.undeclared == change.arrivals
    assert declaration.changes(session, on=date(2020, 12, 1)) == []


def test_a_departure_is_a_change_too(writing: Session) -> None:
    declare_all(writing)
    treasurer = officers(writing)[4]
    mandates.end_mandate(writing, treasurer.id, on=LATER)
    (change,) = declaration.undeclared(writing, on=TODAY)
    assert (change.changed_on, change.arrivals, change.departures) == (LATER, (), (treasurer.id,))
    assert change.declare_before == date(2021, 9, 30)
    for today, state in ((TODAY, "À préparer"), (date(2021, 10, 1), "À compléter")):
        said = [each for each in to_do.to_do(writing, 2021, today) if "Changement de bureau" in each.title]
        assert [(each.title, each.state, each.due_on) for each in said] == [
            ("Changement de bureau du 30/06/2021", state, date(2021, 9, 30))
        ]


def test_declaring_a_departure_leaves_what_was_recorded_of_the_beginning(writing: Session) -> None:
    declare_all(writing)
    treasurer = officers(writing)[4]
    mandates.end_mandate(writing, treasurer.id, on=LATER)
    (change,) = declaration.undeclared(writing, on=TODAY)
    declaration.declare(writing, change.to_record, changed_on=LATER, on=TODAY, number="W999")
    assert declaration.undeclared(writing, on=TODAY) == []
    assert (treasurer.declared_on, treasurer.declaration_number) == (DECLARED, "W343")
    assert (treasurer.end_declared_on, treasurer.end_declaration_number) == (TODAY, "W999")
    first, latest = declaration.changes(writing, on=TODAY)
    assert (first.declared_on, first.number) == (DECLARED, "W343")
    assert (latest.declared_on, latest.number, latest.to_record) == (TODAY, "W999", (treasurer.id,))
    declaration.declare(writing, latest.to_record, changed_on=LATER, on=TODAY, number="W1000")
    assert (treasurer.declaration_number, treasurer.end_declaration_number) == ("W343", "W1000")


def test_a_change_that_nobody_recorded_takes_no_day_from_a_later_one(writing: Session) -> None:
    """The departure of one of them was declared; of the election itself nothing is known."""
    president = officers(writing)[0]
    mandates.end_mandate(writing, president.id, on=LATER)
    latest = declaration.changes(writing, on=TODAY)[-1]
    declaration.declare(writing, latest.to_record, changed_on=LATER, on=TODAY, number="W999")
    first, latest = declaration.changes(writing, on=TODAY)
    assert (first.declared_on, first.number) == (None, "")
    assert (latest.declared_on, latest.number) == (TODAY, "W999")


def test_a_successor_and_who_left_are_one_change_declared_in_one_step(writing: Session) -> None:
    declare_all(writing)
    treasurer = officers(writing)[4]
    mandates.end_mandate(writing, treasurer.id, on=LATER)
    successor = Mandate(office_id=treasurer.office_id, person_id=officers(writing)[0].person_id)
    successor.starts_on = LATER
    successor = mandates.save_mandate(writing, successor)
    (change,) = declaration.undeclared(writing, on=TODAY)
    assert (change.arrivals, change.departures) == ((successor.id,), (treasurer.id,))
    declaration.declare(writing, change.to_record, changed_on=LATER, on=TODAY, number="W999")
    assert declaration.undeclared(writing, on=TODAY) == []
    assert {successor.declaration_number, treasurer.end_declaration_number} == {"W999"}


def test_an_officer_elected_again_to_the_same_office_is_no_change(writing: Session) -> None:
    declare_all(writing)
    for row in officers(writing):
        mandates.end_mandate(writing, row.id, on=LATER)
        again = Mandate(office_id=row.office_id, person_id=row.person_id, starts_on=LATER)
        mandates.save_mandate(writing, again)
    assert declaration.undeclared(writing, on=TODAY) == []
    assert [each.changed_on for each in declaration.changes(writing, on=TODAY)] == [ELECTED]


def test_the_past_of_a_bureau_is_not_asked_for_again(writing: Session) -> None:
    """Forty years typed from old minutes ask for one declaration, not for forty."""
    office, person = officers(writing)[4].office_id, officers(writing)[0].person_id
    for year in range(1980, 2020):
        old = Mandate(office_id=office, person_id=person + year % 2)
        old.starts_on, old.ends_on = date(year, 5, 1), date(year + 1, 5, 1)
        mandates.save_mandate(writing, old)
    assert [each.changed_on for each in declaration.undeclared(writing, on=TODAY)] == [ELECTED]


def test_a_declaration_before_the_change_is_refused(writing: Session) -> None:
    (change,) = declaration.undeclared(writing, on=TODAY)
    with pytest.raises(Invalid) as refused:
        declaration.declare(
            writing, change.to_record, changed_on=ELECTED, on=date(2020, 12, 1), number="x" * 301
        )
    assert set(refused.value.problems) == {"declared_on", "declaration_number"}
    assert len(declaration.undeclared(writing, on=TODAY)) == 1


# --- civil status --------------------------------------------------------------------------------


def give(session: Session, person_id: int, **values: object) -> None:
    """Keep a civil status."""
    row = CivilStatus(person_id=person_id, **values)
    civil_status.save_civil_status(session, row, today=TODAY)


def test_the_list_of_officers_says_what_is_missing_of_each(writing: Session) -> None:
    president = officers(writing)[0]
    give(writing, president.person_id, profession="professeure", nationality="française")
    found = officers_declaration(writing, TODAY)
    assert found.changed_on == ELECTED
    first, second = found.officers[:2]
    assert (first.name, first.office, first.profession) == ("Magalie TOUET", "Présidente", "professeure")
    assert first.missing == ("le domicile",)
    assert second.missing == ("la profession", "la nationalité", "le domicile")
    give_address = civil_status.of_person(writing, president.person_id)
    give_address.address = "1 rue du Palais\n34000 Montpellier"
    civil_status.save_civil_status(writing, give_address, today=TODAY)
    assert officers_declaration(writing, TODAY).officers[0].missing == ()


def test_a_civil_status_left_empty_is_kept_no_more(writing: Session) -> None:
    give(writing, 1, profession="professeure")
    row = civil_status.of_person(writing, 1)
    row.profession = ""
    assert civil_status.save_civil_status(writing, row, today=TODAY) is None
    assert writing.scalars(select(CivilStatus)).all() == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (CivilStatus(), {"person_id"}),
        (CivilStatus(person_id=1, born_on=date(2999, 1, 1), profession="x" * 301), {"born_on", "profession"}),
    ],
)
def test_all_that_is_wrong_is_said_at_once(row: CivilStatus, wrong: set[str]) -> None:
    assert set(civil_status.civil_status_problems(row, today=TODAY)) == wrong


def test_only_those_whose_offices_are_over_are_proposed_for_erasing(writing: Session) -> None:
    rows = officers(writing)
    for row in rows[:3]:
        give(writing, row.person_id, profession="p")
    never = writing.scalars(
        select(Person).where(Person.id.not_in([row.person_id for row in rows])).order_by(Person.id)
    ).first()
    assert never is not None
    give(writing, never.id, profession="p")
    mandates.end_mandate(writing, rows[1].id, on=LATER)
    mandates.end_mandate(writing, rows[2].id, on=date(2021, 8, 1))  # to come
    found = {each.person_id: each for each in civil_status.erasable(writing, on=TODAY)}
    assert found.keys() == {rows[1].person_id, never.id}
    assert (found[rows[1].person_id].ended_on, found[never.id].ended_on) == (LATER, None)
    assert found[rows[1].person_id].last_office == rows[1].office.label_for(rows[1].person)
