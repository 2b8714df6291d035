"""Dues: computed from the scale, called, settled, cancelled; their state read the same in both languages."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Dues, DuesCampaign, DuesScale, FiscalYear, Member, Organisation, Receipt
from vto_desktop.services import behind, calls, campaigns, dashboard, dues, members, proposals
from vto_desktop.services.days import months_after
from vto_desktop.services.scales import computed_dues

AMOUNT = st.none() | st.integers(0, 10**9)


@given(
    flat=st.integers(0, 10**8), rate=st.integers(0, 10**6), minimum=AMOUNT, maximum=AMOUNT,
    population=st.integers(0, 10**7),
)  # fmt: skip
def test_what_is_owed_is_flat_plus_rate_within_bounds(
    flat: int, rate: int, minimum: int | None, maximum: int | None, population: int
) -> None:
    scale = DuesScale(kind="Commune", flat=flat, rate=rate, minimum=minimum, maximum=maximum)
    exact = Fraction(flat, 100) + Fraction(rate, 10_000) * population  # euros
    bounded = max(exact, Fraction(minimum or 0, 100))
    if maximum is not None:
        bounded = min(bounded, Fraction(maximum, 100))
    owed = computed_dues(scale, population)
    assert owed is not None
    assert abs(Fraction(owed, 100) - bounded) <= Fraction(1, 200)


def test_the_rate_is_rounded_to_the_cent_half_up() -> None:
    assert computed_dues(DuesScale(kind="Commune", flat=0, rate=150), 1) == 2  # 1,5 cent
    assert computed_dues(DuesScale(kind="Commune", flat=0, rate=149), 1) == 1
    assert computed_dues(DuesScale(kind="Commune", flat=0, rate=400), None) is None
    assert computed_dues(DuesScale(kind="GIP", flat=250_000, rate=0), None) == 250_000


def test_the_example_s_dues_follow_its_scale(session: Session) -> None:
    for row in session.scalars(select(Dues)):
        assert (
            proposals.computed(session, row.campaign_id, row.member_id).amount
            == row.amount
            == row.computed_amount
        )
        assert proposals.computed(session, row.campaign_id, row.member_id).basis == row.basis != ""
    montpellier = session.scalars(
        select(Dues).join(Member).where(Member.sort_key.startswith("montpellier"))
    ).one()
    assert montpellier.amount == 2_000_000  # 20 924,36 € without its maximum


DAYS = st.none() | st.integers(0, 6)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    called=DAYS, due=DAYS, is_cancelled=st.booleans(), amount=st.integers(0, 3),
    paid=st.lists(st.integers(1, 2), max_size=2), offset=st.integers(0, 6),
)  # fmt: skip
def test_the_state_is_the_same_in_the_database(
    empty: Session,
    called: int | None,
    due: int | None,
    is_cancelled: bool,
    amount: int,
    paid: list[int],
    offset: int,
) -> None:
    first = date(2021, 1, 1)

    def day(number: int | None) -> date | None:
        return None if number is None else first + timedelta(days=number)

    for table in (Receipt, Dues, DuesCampaign, Member):
        empty.execute(delete(table))
    year = empty.scalars(select(FiscalYear)).one()
    row = Dues(
        campaign=DuesCampaign(fiscal_year=year, name="2021"),
        member=Member(organisation=Organisation(name="Lunel"), college_id=1),
        amount=amount, called_on=day(called), due_on=day(due), cancelled_on=first if is_cancelled else None,
    )  # fmt: skip
    empty.add_all([row, *(Receipt(dues=row, received_on=first, amount=each) for each in paid)])
    empty.flush()
    on = first + timedelta(days=offset)
    expected = dues.state(row, received=sum(paid), on=on)
    assert empty.scalar(select(dues.state_expression(on=on)).select_from(Dues)) == expected
    if is_cancelled:
        assert expected == "Annulée"
    elif sum(paid) >= amount:
        assert expected == "Réglée"
    elif due is not None and due < offset:
        assert expected == "En retard"
    elif paid:
        assert expected == "Partielle"
    else:
        assert expected == ("Appelée" if called is not None and called <= offset else "À appeler")


def test_calling_the_members_skips_those_who_are_and_numbers_on(writing: Session) -> None:
    campaign = writing.scalars(select(DuesCampaign)).one()
    day = campaign.called_on
    assert day is not None
    assert calls.prepare_dues(writing, campaign.id, on=day) == []
    organisation = Organisation(name="Ville de Béziers", kind="Commune", population=80_341)
    members.save_member(writing, Member(organisation=organisation, college_id=1))
    without_scale = Organisation(name="Région Occitanie", kind="Région", population=6_000_000)
    members.save_member(writing, Member(organisation=without_scale, college_id=1))
    added = calls.prepare_dues(writing, campaign.id, on=day)
    assert [(each.number, each.amount, each.called_on, each.due_on) for each in added] == [
        ("", 401_705, None, None)
    ]
    called = calls.call_dues(writing, [each.id for each in added], on=day, due_on=campaign.due_on)
    assert [(each.number, each.amount, each.due_on) for each in called] == [
        ("2021-017", 401_705, campaign.due_on)
    ]


def test_dues_say_all_their_problems_at_once() -> None:
    row = Dues(amount=-1, computed_amount=100, called_on=date(2021, 2, 1), due_on=date(2021, 1, 1))
    assert set(dues.dues_problems(row)) == {"campaign_id", "member_id", "amount", "reason", "due_on"} - {
        "reason"
    }
    row.amount = 50
    assert "100" not in dues.dues_problems(row)["reason"]
    assert "1\u00a0€" in dues.dues_problems(row)["reason"]


def test_dues_are_unique_by_campaign_member_and_number(writing: Session) -> None:
    first, second = writing.scalars(select(Dues).order_by(Dues.id).limit(2))
    with pytest.raises(Invalid, match="déjà une cotisation"):
        dues.save_dues(writing, Dues(campaign_id=first.campaign_id, member_id=first.member_id, amount=1))
    second.number = first.number
    with pytest.raises(Invalid, match="chaque numéro est unique"):
        dues.save_dues(writing, second)
    writing.rollback()


def test_called_dues_are_cancelled_not_erased(writing: Session) -> None:
    row = writing.scalars(select(Dues).limit(1)).one()
    with pytest.raises(UserError, match="COTISATION_APPELEE"):
        dues.delete_dues(writing, row.id)
    with pytest.raises(Invalid, match="Dites pourquoi"):
        dues.cancel_dues(writing, row.id, on=date(2021, 5, 1), reason=" ")
    dues.cancel_dues(writing, row.id, on=date(2021, 5, 1), reason="Adhésion retirée")
    assert dues.state(row, received=0, on=date(2021, 6, 1)) == "Annulée"


def test_a_scale_is_unique_by_kind_and_within_bounds(writing: Session) -> None:
    campaign = writing.scalars(select(DuesCampaign)).one()
    with pytest.raises(Invalid, match="déjà un barème"):
        campaigns.save_scale(writing, DuesScale(campaign_id=campaign.id, kind="Commune", flat=1, rate=0))
    problems = campaigns.scale_problems(DuesScale(kind="", flat=-1, minimum=10, maximum=5))
    assert set(problems) == {"kind", "flat", "maximum"}


def test_what_a_member_that_left_owes_stays_in_the_figure_and_in_its_rows(writing: Session) -> None:
    row = writing.scalars(select(Dues)).first()
    assert row is not None
    writing.execute(delete(Receipt).where(Receipt.dues_id == row.id))
    members.end_member(writing, row.member_id, on=date(2021, 10, 1))
    today = date(2022, 2, 15)
    shown = dashboard.dashboard(writing, 2021, today)
    rows = behind.member_dues(writing, 2021, today)
    assert shown.dues_left == sum(each.left for each in rows) == row.amount
    present = [each for each in rows if not each.has_left]
    assert len(present) == shown.members == 15
    assert sum(each.is_up_to_date for each in present) == shown.members_up_to_date == 15


@pytest.mark.parametrize(
    ("ends_on", "last_shown_live"),
    [(date(2021, 12, 31), date(2022, 12, 31)), (date(2021, 6, 30), date(2022, 6, 30)),
     (date(2020, 2, 29), date(2021, 2, 28))],
)  # fmt: skip
def test_a_year_is_shown_as_it_ended_once_over_for_twelve_months(
    empty: Session, ends_on: date, last_shown_live: date
) -> None:
    year = empty.scalars(select(FiscalYear)).one()
    year.starts_on, year.ends_on = ends_on - timedelta(days=364), ends_on
    empty.flush()
    day_after = last_shown_live + timedelta(days=1)
    assert dashboard.shown_day(empty, year.year, last_shown_live) == last_shown_live
    assert dashboard.shown_day(empty, year.year, day_after) == ends_on


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_after_a_day_fall_in_that_month_on_that_day_or_its_last(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)
