"""Every amount counts once, whatever the basis; and each figure opens rows whose total it is."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vto_desktop.model import (
    Convention,
    Dues,
    DuesCampaign,
    Entry,
    FiscalYear,
    FundingSource,
    Instalment,
    Member,
    Organisation,
    Receipt,
)
from vto_desktop.services import members, result, summaries

FIRST = date(2021, 1, 1)
AMOUNT = st.integers(min_value=-(10**9), max_value=10**10).filter(bool)
DAY = st.integers(min_value=-40, max_value=400).map(lambda n: FIRST + timedelta(days=n))
CODE = st.sampled_from(["60", "606", "6411", "70", "706", "7401", "756", "860", "875", "512"])
ENTRY = st.tuples(CODE, AMOUNT, st.sampled_from([None, "DREETS", "Autres", "État"]), st.booleans())
RECEIPT = st.tuples(st.booleans(), AMOUNT, DAY)


def prepare(session: Session) -> tuple[int, int, dict[str | None, int | None]]:
    """Add one member's dues and one convention's instalment; return their ids and the sources'."""
    kept = session.scalars(select(FiscalYear)).one()
    sources: dict[str | None, int | None] = {None: None}
    sources |= {row.name: row.id for row in session.scalars(select(FundingSource))}
    funder = Organisation(name="DREETS Occitanie")
    convention = Convention(
        title="Soutien", funder=funder, account_code="7401", funding_source_id=sources["DREETS"]
    )
    instalment = Instalment(convention=convention, label="Acompte", amount=100)
    member = members.save_member(session, Member(organisation=Organisation(name="Lunel"), college_id=1))
    campaign = DuesCampaign(fiscal_year=kept, name="2021")
    called = Dues(campaign=campaign, member=member, amount=100)
    session.add_all([instalment, called])
    session.flush()
    return called.id, instalment.id, sources


@pytest.mark.parametrize("basis", ["En encaissements", "En comptabilité"])
def test_nothing_is_counted_twice_and_nothing_is_lost(empty: Session, basis: str) -> None:
    dues_id, instalment_id, sources = prepare(empty)
    year = empty.scalars(select(FiscalYear)).one()
    year.basis = basis
    empty.flush()
    on_receipts = basis == "En encaissements"

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ENTRY, max_size=12), st.lists(RECEIPT, max_size=12))
    def check(
        entries: list[tuple[str, int, str | None, bool]], receipts: list[tuple[bool, int, date]]
    ) -> None:
        empty.execute(delete(Entry))
        empty.execute(delete(Receipt))
        empty.add_all(
            Entry(fiscal_year_id=year.id, entered_on=FIRST, account_code=code, amount=amount,
                  funding_source_id=sources[name], origin="saisie" if is_typed else "FEC 2021")
            for code, amount, name, is_typed in entries
        )  # fmt: skip
        empty.add_all(
            Receipt(received_on=day, amount=amount, dues_id=dues_id if is_dues else None,
                    instalment_id=None if is_dues else instalment_id)
            for is_dues, amount, day in receipts
        )  # fmt: skip
        empty.flush()
        received = (
            [(is_dues, amount) for is_dues, amount, day in receipts if day.year == 2021]
            if on_receipts
            else []
        )
        income = sum(amount for _, amount in received) + sum(
            amount
            for code, amount, _, is_typed in entries
            if code[0] == "7" and (is_typed or not on_receipts)
        )
        dreets = sum(amount for is_dues, amount in received if not is_dues) + sum(
            amount for code, amount, name, is_typed in entries
            if code[0] == "7" and name == "DREETS" and (is_typed or not on_receipts)
        )  # fmt: skip
        finance = summaries.finance(empty, 2021)
        by_path = {each.path: each.amount for each in finance.sources}
        assert finance.income_total == income
        assert finance.expense_total == sum(amount for code, amount, *_ in entries if code[0] == "6")
        assert by_path["État", "DREETS"] == dreets
        assert sum(each.amount for each in finance.sources if len(each.path) == 1) == income
        assert sum(each.amount for each in finance.income_classes) == income
        assert finance.in_kind_used == sum(amount for code, amount, *_ in entries if code == "860")
        check_rows(empty)

    check()


def check_rows(session: Session) -> None:
    """Assert that each figure of 2021 is the total of the rows it opens."""
    finance = summaries.finance(session, 2021)
    assert sum(row.amount for row in result.income_rows(session, 2021)) == finance.income_total
    assert sum(row.amount for row in result.expense_rows(session, 2021)) == finance.expense_total
    for source in finance.sources:
        rows = result.income_rows(session, 2021, source_id=source.source_id)
        assert sum(row.amount for row in rows) == source.amount, source.path
    for figure in finance.expenses:
        rows = result.expense_rows(session, 2021, account_class=figure.account_class)
        assert sum(row.amount for row in rows) == figure.amount, figure.account_class
    for figure in finance.income_classes:
        rows = result.income_rows(session, 2021, account_class=figure.account_class)
        assert sum(row.amount for row in rows) == figure.amount, figure.account_class


def test_each_figure_of_the_example_opens_its_rows(session: Session) -> None:
    check_rows(session)
    source_id = session.scalar(select(FundingSource.id).where(FundingSource.is_dues))
    rows = result.income_rows(session, 2021, source_id=source_id)
    assert len(rows) == 16
    assert {row.account for row in rows} == {"756"}
    assert rows[0].label == "Cotisation, Didier LAPORTE"
    used = result.expense_rows(session, 2021, account_class="86")
    assert [(row.table, row.amount) for row in used] == [("entry", 360_000)]


def test_rows_come_oldest_first_with_the_record_to_open(session: Session) -> None:
    rows = result.income_rows(session, 2021)
    assert [row.date for row in rows] == sorted(row.date for row in rows)
    first = next(row for row in rows if row.table == "receipt" and row.label.startswith("Acompte"))
    kept = session.get_one(Receipt, first.row_id)
    assert kept.amount == first.amount


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(amounts=st.lists(st.integers(min_value=-(10**13), max_value=10**13), max_size=30))
def test_sums_in_the_database_are_exact(empty: Session, amounts: list[int]) -> None:
    year = empty.scalars(select(FiscalYear)).one()
    empty.execute(delete(Entry))
    empty.add_all(
        Entry(fiscal_year_id=year.id, entered_on=FIRST, account_code="641", amount=amount)
        for amount in amounts
    )
    empty.flush()
    assert result.expense_sums(empty, year).get("641", 0) == sum(amounts)
