"""The summary of a year's dues: its sums, its ageing and its members are one another's."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member, Organisation, Receipt, Reminder
from vto_desktop.services.dues import State, state
from vto_desktop.services.dues_summary import dues_summary

DAY = date(2021, 9, 15)


def plain(text: str) -> str:
    return text.replace(french.NBSP, " ").replace(french.THIN, " ")


def test_the_example_is_called_and_received_to_the_cent(session: Session) -> None:
    found = dues_summary(session, 2021, on=date(2021, 12, 31))
    assert (found.called_total, found.received_total, found.due_total) == (6_400_000, 6_400_000, 0)
    assert len(found.members) == 16
    assert {each.state for each in found.members} == {"Réglée"}
    assert [band.amount for band in found.ageing] == [0] * 5
    assert plain(found.sentence) == (
        "Au 31 décembre 2021, 16 cotisations 2021 sont appelées pour 64 000 € ; "
        "64 000 € en sont encaissés, soit 100 %."
    )
    montpellier = next(each for each in found.members if each.name.startswith("Montpellier"))
    assert session.get_one(Dues, montpellier.dues_id).basis.endswith(
        "ramené au maximum de 20\u202f000\u00a0€"
    )


def test_on_an_earlier_day_what_came_later_is_not_received_yet(session: Session) -> None:
    before = dues_summary(session, 2021, on=date(2021, 2, 14))
    assert (before.called_total, before.received_total, before.sums.to_call) == (0, 0, 6_400_000)
    after = dues_summary(session, 2021, on=date(2021, 2, 15))
    assert after.called_total == after.due_total == 6_400_000
    assert after.ageing[0].amount == 6_400_000


def test_a_year_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match="EXERCICE_INCONNU"):
        dues_summary(session, 1999, on=DAY)


@pytest.mark.parametrize("seed", range(12))
def test_sums_ageing_and_members_agree(empty: Session, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a test's sample
    campaign = DuesCampaign(fiscal_year=empty.scalars(select(FiscalYear)).one(), name="2021")
    rows, paid = [], []
    for number in range(25):
        called_on = random.choice([None, DAY - timedelta(random.randrange(200)), DAY + timedelta(5)])
        due_on = called_on and called_on + timedelta(random.randrange(1, 60))
        row = Dues(
            campaign=campaign, member=Member(organisation=Organisation(name=f"Ville {number}"), college_id=1),
            amount=random.randrange(1, 1000), called_on=called_on,
            due_on=random.choice([due_on, due_on, None]),
            cancelled_on=random.choice([None, None, None, DAY]),
        )  # fmt: skip
        rows.append(row)
        paid += [
            Receipt(dues=row, received_on=DAY + timedelta(random.randrange(-20, 3)),
                    amount=random.randrange(1, 900))
            for _ in range(random.randrange(3))
        ]  # fmt: skip
    empty.add_all([*rows, *paid, Reminder(dues=rows[3], level=2, sent_on=DAY, amount=1)])
    empty.flush()

    found = dues_summary(empty, 2021, on=DAY)
    got = {
        row.id: sum(each.amount for each in paid if each.dues is row and each.received_on <= DAY)
        for row in rows
    }
    shown = {each.dues_id: each for each in found.members}
    for row in rows:
        figure = shown[row.id]
        assert figure.received == got[row.id]
        assert figure.state == state(row, received=got[row.id], on=DAY)
        assert figure.called == (
            row.amount if row.called_on and row.called_on <= DAY and not row.cancelled_on else 0
        )
        assert figure.due == (max(row.amount - got[row.id], 0) if figure.called else 0)
        assert figure.overpaid == (got[row.id] if row.cancelled_on else max(got[row.id] - row.amount, 0))
        is_late = figure.state == State.LATE
        assert figure.days_late == ((DAY - (row.due_on or DAY)).days if is_late else 0)
        assert figure.reminder_level == (2 if row is rows[3] else 0)
    sums = found.sums
    assert sums.called == sum(each.called for each in found.members)
    waiting = [row for row in rows if not row.cancelled_on and not (row.called_on and row.called_on <= DAY)]
    assert sums.to_call == sum(row.amount for row in waiting) > 0
    assert sums.received == sum(each.received for each in found.members)
    assert sums.due == sum(each.due for each in found.members) == sum(each.amount for each in found.ageing)
    assert sums.overpaid == sum(each.overpaid for each in found.members)
    assert sums.late == sum(each.due for each in found.members if each.days_late)
    assert (sums.late_count, sums.debtors, sums.count) == (
        sum(each.days_late > 0 for each in found.members),
        sum(each.due > 0 for each in found.members),
        25,
    )
    for band, last in zip(found.ageing, (0, 30, 60, 90, 10**4), strict=True):
        within = [each for each in found.members if each.due and band.from_days <= each.days_late <= last]
        assert (band.count, band.amount) == (len(within), sum(each.due for each in within))
    (year,) = found.years
    assert (year.called, year.received, year.due) == (sums.called, sums.received, sums.due)


def test_years_are_compared_up_to_the_one_asked_for(writing: Session) -> None:
    earlier = writing.scalars(select(FiscalYear).where(FiscalYear.year == 2020)).one()
    member = writing.scalars(select(Member)).first()
    row = Dues(campaign=DuesCampaign(fiscal_year=earlier, name="2020"), member=member, amount=500,
               called_on=date(2020, 3, 1), due_on=date(2020, 6, 1))  # fmt: skip
    writing.add(row)
    writing.flush()
    found = dues_summary(writing, 2021, on=DAY)
    first, last = found.years
    assert (first.year, first.count, first.called, first.due) == (2020, 1, 500, 500)
    assert last.year == 2021
    assert found.called_total == 6_400_000
    assert len(dues_summary(writing, 2020, on=DAY).years) == 1
