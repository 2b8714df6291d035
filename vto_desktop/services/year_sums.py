"""The sums of a fiscal year, actual and forecast, that its summary is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop.model import Budget, BudgetLine, FiscalYear
from vto_desktop.services import result
from vto_desktop.services.accounts import account_labels
from vto_desktop.services.figures import ClassFigure, SourceFigure
from vto_desktop.services.published import YearFigures
from vto_desktop.services.sources import SourceNode, tree

NO_SOURCE: Final = "Sans source"
NO_SOURCE_COLOUR: Final = "#7b8796"

Sums = dict[int | None, int]


@dataclass(frozen=True, slots=True)
class YearSums:
    """Income by source, income and expenses by two-figure class, actual and forecast. Cents."""

    year: FiscalYear
    nodes: Sequence[SourceNode]
    budget: Budget | None
    sources: Sums
    classes: dict[str, int]
    forecast_sources: Sums
    forecast_classes: dict[str, int]
    previous_expenses: dict[str, int] | None
    labels: Mapping[str, str]

    @property
    def income(self) -> int:
        """Return the income of the year."""
        return sum(self.sources.values())

    @property
    def expenses(self) -> dict[str, int]:
        """Return the expenses by two-figure class."""
        return {code: amount for code, amount in self.classes.items() if code.startswith("6")}

    def forecast(self, first_figure: str) -> int:
        """Return the forecast of class 6 or 7."""
        return sum(amount for code, amount in self.forecast_classes.items() if code.startswith(first_figure))


def latest_budget(session: Session, fiscal_year_id: int) -> Budget | None:
    """Return the latest version of a year's budget."""
    statement = (
        select(Budget)
        .where(Budget.fiscal_year_id == fiscal_year_id)
        .order_by(Budget.position.desc(), Budget.id.desc())
    )
    return session.scalars(statement.limit(1)).first()


def year_sums(session: Session, year: int) -> YearSums:
    """Add up a fiscal year; raises UserError EXERCICE_INCONNU."""
    kept = result.fiscal_year(session, year)
    budget = latest_budget(session, kept.id)
    sources: Sums = {}
    classes = by_class(result.expense_sums(session, kept))
    for group in result.income_groups(session, kept):
        sources[group.source_id] = sources.get(group.source_id, 0) + group.amount
        code = group.account_code[:2]
        classes[code] = classes.get(code, 0) + group.amount
    forecast_sources, forecast_classes = _forecast(session, budget)
    return YearSums(
        year=kept,
        nodes=tree(session),
        budget=budget,
        sources=sources,
        classes=classes,
        forecast_sources=forecast_sources,
        forecast_classes=forecast_classes,
        previous_expenses=_previous_expenses(session, year),
        labels=account_labels(session, kept.chart),
    )


def by_class(sums: Mapping[str, int]) -> dict[str, int]:
    """Return sums by account as sums by two-figure class."""
    found: dict[str, int] = {}
    for code, amount in sums.items():
        found[code[:2]] = found.get(code[:2], 0) + amount
    return found


def _forecast(session: Session, budget: Budget | None) -> tuple[Sums, dict[str, int]]:
    sources: Sums = {}
    classes: dict[str, int] = {}
    if budget is None:
        return sources, classes
    statement = (
        select(BudgetLine.account_code, BudgetLine.funding_source_id, func.sum(BudgetLine.amount))
        .where(BudgetLine.budget_id == budget.id)
        .group_by(BudgetLine.account_code, BudgetLine.funding_source_id)
    )
    for code, source, amount in session.execute(statement):
        classes[code[:2]] = classes.get(code[:2], 0) + amount
        if code.startswith("7"):
            sources[source] = sources.get(source, 0) + amount
    return sources, classes


def _previous_expenses(session: Session, year: int) -> dict[str, int] | None:
    before = session.scalars(select(FiscalYear).where(FiscalYear.year == year - 1)).first()
    return by_class(result.expense_sums(session, before)) or None if before else None


# --- figures -------------------------------------------------------------------------------------


def source_figures(sums: YearSums) -> tuple[SourceFigure, ...]:
    """Return every node of the tree with its children's income, then what has no source."""
    amounts, forecasts = _rolled_up(sums.nodes, sums.sources), _rolled_up(sums.nodes, sums.forecast_sources)
    figures = [
        SourceFigure(
            node.source_id, node.path, node.colour,
            amounts[node.source_id], forecasts[node.source_id], node.is_leaf,
        )
        for node in sums.nodes
    ]  # fmt: skip
    amount, forecast = sums.sources.get(None, 0), sums.forecast_sources.get(None, 0)
    if amount or forecast:
        figures.append(SourceFigure(None, (NO_SOURCE,), NO_SOURCE_COLOUR, amount, forecast, is_leaf=True))
    return tuple(figures)


def _rolled_up(nodes: Sequence[SourceNode], sums: Sums) -> dict[int, int]:
    totals = {node.source_id: sums.get(node.source_id, 0) for node in nodes}
    for node in reversed(nodes):  # children come after their parents
        if node.parent_id is not None:
            totals[node.parent_id] += totals[node.source_id]
    return totals


def class_figures(
    sums: YearSums, first_figure: str, *, largest_first: bool = False
) -> tuple[ClassFigure, ...]:
    """Return the classes of income (7) or expenses (6) that hold something, actual or forecast."""
    codes = sorted(code for code in {*sums.classes, *sums.forecast_classes} if code.startswith(first_figure))
    figures = [
        ClassFigure(
            code, sums.labels.get(code, ""), sums.classes.get(code, 0), sums.forecast_classes.get(code, 0)
        )
        for code in codes
    ]
    if largest_first:
        figures.sort(key=lambda figure: -figure.amount)
    return tuple(figures)


def measured(sums: YearSums) -> YearFigures:
    """Return what published measures are computed from."""
    amounts = _rolled_up(sums.nodes, sums.sources)
    by_id = {node.source_id: node for node in sums.nodes}
    dues = next((node for node in sums.nodes if node.is_dues), None)
    root = dues
    while root is not None and root.parent_id is not None:
        root = by_id[root.parent_id]
    return YearFigures(
        year=sums.year.year,
        income=sums.income,
        sources={"/".join(node.path): amounts[node.source_id] for node in sums.nodes},
        dues=amounts[dues.source_id] if dues else 0,
        authorities=amounts[root.source_id] if root else 0,
        expenses=sums.expenses,
        previous_expenses=sums.previous_expenses,
    )
