"""A budget beside what really happened: each amount in its place, none lost, none counted twice."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Basis, Budget, BudgetLine, Entry, FiscalYear
from vto_desktop.services import execution, result
from vto_desktop.services.placing import Axes, Line, place

SOURCES: dict[int | None, frozenset[int]] = {1: frozenset({1}), 2: frozenset({1, 2}), 3: frozenset({3})}


def line(line_id: int, code: str, **axes: int) -> Line:
    """Return a line of 100 € on an account and the axes given."""
    where = Axes(code, axes.get("action"), axes.get("source"), axes.get("convention"))
    return Line(line_id, where, "", 10_000)


def found(lines: list[Line], code: str, **axes: int) -> int | None:
    """Return the line an actual amount belongs to."""
    where = Axes(code, axes.get("action"), axes.get("source"), axes.get("convention"))
    line_found = place(lines, where, SOURCES)
    return line_found.line_id if line_found else None


def test_the_longest_account_prefix_wins() -> None:
    lines = [line(1, "6"), line(2, "622"), line(3, "62")]
    assert found(lines, "6226") == 2
    assert found(lines, "625") == 3
    assert found(lines, "641") == 1
    assert found(lines, "741") is None


def test_between_equal_accounts_the_line_with_more_axes_wins() -> None:
    lines = [line(1, "74"), line(2, "74", convention=8), line(3, "74", convention=9)]
    assert found(lines, "7401", convention=9) == 3
    assert found(lines, "7401", convention=7) == 1
    assert found(lines, "7401") == 1


def test_a_longer_account_wins_over_more_axes() -> None:
    lines = [line(1, "740"), line(2, "74", convention=8)]
    assert found(lines, "7401", convention=8) == 1


def test_a_line_of_another_axis_takes_nothing() -> None:
    lines = [line(1, "617", action=5), line(2, "74", source=3)]
    assert found(lines, "617") is None
    assert found(lines, "617", action=6) is None
    assert found(lines, "617", action=5) == 1
    assert found(lines, "74", source=2) is None


def test_a_line_for_a_source_takes_what_lies_under_it() -> None:
    assert found([line(1, "74", source=1)], "7401", source=2) == 1
    assert found([line(1, "74", source=2)], "7401", source=1) is None


# --- on the example ------------------------------------------------------------------------------


def of_example(session: Session) -> execution.Execution:
    """Return the example's budget of 2021 beside its actual amounts."""
    budget = session.scalars(select(Budget.id).join(FiscalYear).where(FiscalYear.year == 2021)).one()
    return execution.execution(session, 2021, budget_id=budget)


def the_year(session: Session) -> FiscalYear:
    """Return 2021."""
    return session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()


def test_the_example_adds_up_to_its_summary(session: Session) -> None:
    made = of_example(session)
    assert execution.total_actual(made.income) == 40_000_000
    assert execution.total_actual(made.expenses) == 39_690_000
    assert execution.total_forecast(made.income) == execution.total_forecast(made.expenses) == 39_200_000
    assert made.result == 310_000
    assert made.forecast_result == 0


def test_every_figure_opens_rows_of_the_same_total(session: Session) -> None:
    made = of_example(session)
    classes = (*made.expenses, *made.income, *made.in_kind_used, *made.in_kind_given)
    rows = [row for each in classes for row in each.rows]
    assert len(rows) > 30
    for row in rows:
        behind = execution.rows_behind(session, 2021, row.actual_axes)
        assert sum(each.amount for each in behind) == row.actual, row.label
        lines = session.scalars(select(BudgetLine.amount).where(BudgetLine.id.in_(row.line_ids))).all()
        assert sum(lines) == (row.forecast or 0), row.label


def test_what_finds_no_line_is_off_budget_and_still_counts(session: Session) -> None:
    financial = next(each for each in of_example(session).income if each.account_class == "76")
    assert financial.forecast is None
    assert financial.actual == 60_000


def test_without_a_budget_everything_is_off_budget(session: Session) -> None:
    made = execution.execution(session, 2021, budget_id=None)
    assert made.result == 310_000
    assert {row.forecast for each in made.expenses for row in each.rows} == {None}


def test_receipts_count_only_where_the_year_is_kept_by_receipts(writing: Session) -> None:
    year = the_year(writing)
    year.basis = Basis.ACCOUNTING.value
    writing.add(_entry(year.id, "7401", 100))
    writing.flush()
    made = of_example(writing)
    assert execution.total_actual(made.income) == sum(row.amount for row in result.income_rows(writing, 2021))
    assert execution.total_actual(made.income) == 1_200_100


def test_imported_income_is_not_counted_beside_its_receipts(writing: Session) -> None:
    year = the_year(writing)
    writing.add_all((_entry(year.id, "7401", 5_000), _entry(year.id, "606", 700)))
    writing.flush()
    made = of_example(writing)
    assert execution.total_actual(made.income) == 40_000_000
    assert execution.total_actual(made.expenses) == 39_690_700


def _entry(year_id: int, code: str, amount: int) -> Entry:
    return Entry(
        fiscal_year_id=year_id, entered_on=date(2021, 5, 1), account_code=code, amount=amount, origin="import"
    )
