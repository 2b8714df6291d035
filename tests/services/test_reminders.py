"""Reminders: who is late, which level comes next and from when; what was sent is kept in order."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Dues, Receipt, Reminder
from vto_desktop.services import dues, reminders, to_do
from vto_desktop.services.reminders import Late

DAY = date(2021, 9, 1)
DUE = date(2021, 6, 30)


def plain(text: str) -> str:
    return text.replace(french.NBSP, " ").replace(french.THIN, " ")


@pytest.fixture
def three_late(writing: Session) -> list[int]:
    """Return the dues of the example that are late: the first not paid, the second in part, the third not."""
    ids = writing.scalars(select(Dues.id).order_by(Dues.id).limit(3)).all()
    writing.execute(delete(Receipt).where(Receipt.dues_id.in_(ids)))
    writing.add(Receipt(dues_id=ids[1], amount=100, received_on=DUE))
    writing.flush()
    return list(ids)


def by_id(session: Session, on: date = DAY, delay: int = reminders.DELAY) -> dict[int, Late]:
    return {each.dues_id: each for each in reminders.late_dues(session, 2021, on=on, delay=delay)}


def test_only_what_is_past_its_date_is_late(writing: Session, three_late: list[int]) -> None:
    assert by_id(writing, DUE) == {}
    assert set(by_id(writing, DUE + timedelta(1))) == set(three_late)
    dues.cancel_dues(writing, three_late[0], on=DAY, reason="Vote")
    found = by_id(writing)
    assert set(found) == set(three_late[1:])
    row = writing.get_one(Dues, three_late[1])
    late = found[row.id]
    assert (late.received, late.due, late.days_late, late.level) == (100, row.amount - 100, 63, 0)
    assert (late.next_level, late.ready_on) == (1, DUE + timedelta(1))


def test_levels_follow_each_other_after_the_delay(writing: Session, three_late: list[int]) -> None:
    first = three_late[0]
    (sent,) = reminders.send_reminders(writing, [first], on=DAY)
    assert (sent.level, sent.sent_on, sent.amount) == (1, DAY, writing.get_one(Dues, first).amount)
    late = by_id(writing)[first]
    assert (late.level, late.reminded_on, late.next_level) == (1, DAY, 2)
    assert late.ready_on == DAY + timedelta(30)
    assert not late.is_ready(DAY + timedelta(29))
    assert late.is_ready(DAY + timedelta(30))
    assert by_id(writing, delay=10)[first].ready_on == DAY + timedelta(10)
    for level in (2, 3):
        day = DAY + timedelta(30 * level)
        assert [each.level for each in reminders.send_reminders(writing, [first], on=day)] == [level]
    last = by_id(writing, DAY + timedelta(200))[first]
    assert (last.next_level, last.ready_on) == (None, None)
    with pytest.raises(UserError, match="RIEN_A_RELANCER"):
        reminders.send_reminders(writing, [three_late[1], first], on=DAY + timedelta(200))
    assert by_id(writing)[three_late[1]].level == 0


def test_nothing_is_sent_about_dues_that_are_settled_or_not_due(
    writing: Session, three_late: list[int]
) -> None:
    settled = writing.scalars(select(Dues.id).where(Dues.id.not_in(three_late))).first()
    assert settled is not None
    with pytest.raises(UserError, match="RIEN_A_RELANCER"):
        reminders.send_reminders(writing, [*three_late, settled], on=DAY)
    with pytest.raises(UserError, match="RIEN_A_RELANCER"):
        reminders.send_reminders(writing, three_late, on=DUE)
    assert writing.scalars(select(Reminder)).all() == []


def test_only_the_last_reminder_is_deleted(writing: Session, three_late: list[int]) -> None:
    for day in (DAY, DAY + timedelta(30)):
        reminders.send_reminders(writing, three_late[:1], on=day)
    first, second = reminders.reminders_of(writing, three_late[0])
    with pytest.raises(UserError, match="RELANCE_SUIVIE"):
        reminders.delete_reminder(writing, first.id)
    reminders.delete_reminder(writing, second.id)
    reminders.delete_reminder(writing, first.id)
    assert by_id(writing)[three_late[0]].level == 0


def test_what_comes_next_is_proposed_among_what_is_to_be_done(
    writing: Session, three_late: list[int]
) -> None:
    reminders.send_reminders(writing, three_late[:2], on=DAY)
    found = to_do.to_do(writing, 2021, DAY + timedelta(30))
    asked = [each for each in found if each.table.startswith("dues:")]
    assert [plain(each.title) for each in asked] == [
        "Cotisations 2021 : 3 adhérents",
        "1 relance de niveau 1 à envoyer",
        "2 relances de niveau 2 à envoyer",
    ]
    assert [each.action for each in asked] == ["Relancer", "Préparer", "Préparer"]
    assert {each.row_id for each in asked} == {2021}
    amounts = [writing.get_one(Dues, row_id).amount for row_id in three_late]
    assert asked[0].amount == sum(amounts) - 100
    assert asked[2].amount == amounts[0] + amounts[1] - 100
    soon = to_do.to_do(writing, 2021, DAY + timedelta(29))
    assert len([each for each in soon if each.table == "dues:remind"]) == 1


def test_names_are_said_for_three_and_counted_beyond(writing: Session) -> None:
    writing.execute(delete(Receipt).where(Receipt.dues_id.is_not(None)))
    late = next(each for each in to_do.to_do(writing, 2021, DAY) if each.table == "dues:late")
    assert plain(late.detail).endswith("et 13 autres")
    assert not [each for each in to_do.to_do(writing, 2021, DUE) if each.table.startswith("dues:")]
