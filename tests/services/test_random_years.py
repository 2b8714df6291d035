"""Whatever a year holds, its summary, its budget, its dashboard and the rows behind them agree."""

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.store import samples
from vto_desktop.model import (
    Action,
    Amendment,
    Basis,
    Budget,
    BudgetLine,
    Convention,
    Dues,
    Entry,
    FiscalYear,
    FundingSource,
    Instalment,
    Member,
    Receipt,
)
from vto_desktop.services import behind, dashboard, execution, summaries
from vto_desktop.store import open_dossier

ACCOUNTS = ("60", "606", "6063", "641", "74", "7411", "741", "756", "7561", "86", "861", "870", "871")
DAYS = (date(2021, 6, 1), date(2021, 12, 31), date(2022, 2, 15), date(2024, 2, 29))


def shake(session: Session, chance: random.Random) -> None:
    """Add money of every sort, refunds included, and let members come and go."""
    year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
    year.basis = chance.choice(list(Basis)).value
    kinds = {"action_id": Action, "funding_source_id": FundingSource, "convention_id": Convention}
    axes = {name: [None, *session.scalars(select(kind.id))] for name, kind in kinds.items()}

    def chosen() -> dict[str, int | None]:
        return {name: chance.choice(ids) for name, ids in axes.items()}

    budget_id = session.scalars(select(Budget.id)).one()
    for _ in range(20):
        line = BudgetLine(
            budget_id=budget_id,
            account_code=chance.choice(ACCOUNTS),
            amount=chance.randint(0, 50_000),
            **chosen(),
        )
        session.add(line)
    for _ in range(40):
        entry = Entry(
            fiscal_year_id=year.id,
            entered_on=date(2021, 1, 1) + timedelta(chance.randrange(365)),
            account_code=chance.choice(ACCOUNTS),
            amount=chance.randint(-50_000, 50_000),
            origin=chance.choice(["saisie", "FEC"]),
            **chosen(),
        )
        session.add(entry)
    instalments, dues = session.scalars(select(Instalment)).all(), session.scalars(select(Dues)).all()
    for _ in range(15):
        day = date(2020, 12, 1) + timedelta(chance.randrange(500))
        amount = chance.choice([-1, 1]) * chance.randint(1, 90_000)
        instalment, owed = chance.choice([(chance.choice(instalments), None), (None, chance.choice(dues))])
        session.add(Receipt(received_on=day, amount=amount, instalment=instalment, dues=owed))
    for each in instalments[:3]:
        signed_on, new_ends_on = chance.choice([None, date(2021, 6, 1)]), chance.choice([None, DAYS[2]])
        session.add(
            Amendment(
                convention_id=each.convention_id, number=1, signed_on=signed_on, new_ends_on=new_ends_on,
                amount_change=chance.randint(-10_000, 10_000),
            )
        )  # fmt: skip
    for member in session.scalars(select(Member)):
        member.joined_on = chance.choice([None, date(2020, 1, 1) + timedelta(chance.randrange(300))])
        member.left_on = chance.choice([None, None, date(2021, 1, 1) + timedelta(chance.randrange(500))])


def assert_sums_agree(session: Session) -> None:
    summary = summaries.finance(session, 2021)
    budget_id = session.scalars(select(Budget.id)).one()
    shown = execution.execution(session, 2021, budget_id=budget_id)
    sides = (shown.income, shown.expenses, shown.in_kind_used, shown.in_kind_given)
    assert [execution.total_actual(side) for side in sides] == [
        summary.income_total, summary.expense_total, summary.in_kind_used, summary.in_kind_given,
    ]  # fmt: skip
    assert execution.total_forecast(shown.income) == summary.income_forecast
    for row in (row for side in sides for part in side for row in part.rows):
        found = execution.rows_behind(session, 2021, row.actual_axes)
        assert sum(each.amount for each in found) == row.actual, row
    for source in summary.sources:
        found = behind.source_rows(session, 2021, source.path)
        assert sum(each.amount for each in found) == source.amount, source
    assert sum(each.amount for each in summary.sources if len(each.path) == 1) == summary.income_total
    assert sum(each.amount for each in summary.income_classes) == summary.income_total
    assert sum(each.amount for each in behind.result_rows(session, 2021)) == summary.result


def assert_the_dashboard_agrees(session: Session, today: date) -> None:
    shown, rows = dashboard.dashboard(session, 2021, today), behind.member_dues(session, 2021, today)
    present = [each for each in rows if not each.has_left]
    assert shown.dues_left == sum(each.left for each in rows)
    assert shown.members == len(present)
    assert shown.members_up_to_date == sum(each.is_up_to_date for each in present)
    members = summaries.membership(session, today)
    for counted in (members.by_kind, members.by_college, members.by_departement):
        assert sum(number for _, number in counted) == len(members.members)


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_of_a_random_year_agrees_with_the_others(
    example_file: Path, tmp_path: Path, seed: int
) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "exemple.vto"))
    with open_dossier(path) as dossier:
        before = samples.dump(dossier)
        with dossier.write("Secouer") as session:
            shake(session, random.Random(seed))  # noqa: S311 - not secret
        with dossier.read() as session:
            assert_sums_agree(session)
            for today in DAYS:
                assert_the_dashboard_agrees(session, today)
        dossier.undo()
        assert samples.dump(dossier) == before
