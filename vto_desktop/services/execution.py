"""A budget beside what really happened: each actual amount in its place, none lost, none counted twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop.model import (
    Basis,
    Budget,
    BudgetLine,
    Convention,
    Entry,
    FiscalYear,
    Instalment,
    Receipt,
)
from vto_desktop.model.accounts import TYPED
from vto_desktop.services import result
from vto_desktop.services.accounts import account_label, account_labels
from vto_desktop.services.placing import Axes, Line, place
from vto_desktop.services.result import ResultRow
from vto_desktop.services.rows import get_row
from vto_desktop.services.sources import SourceNode, tree

CLASSES: Final = ("6", "7", "86", "87")


@dataclass(frozen=True, slots=True)
class ExecutionRow:
    """One row of the budget: budget lines of the same axes, and the actual amounts in their place. Cents.

    ``forecast`` is None when nothing was forecast: the row is off budget.
    """

    account_code: str
    label: str
    forecast: int | None
    actual: int
    line_ids: tuple[int, ...]
    actual_axes: tuple[Axes, ...]

    @property
    def gap(self) -> int:
        """Return actual less forecast."""
        return self.actual - (self.forecast or 0)


@dataclass(frozen=True, slots=True)
class ExecutionClass:
    """A two-figure class with its rows. Cents."""

    account_class: str
    label: str
    rows: tuple[ExecutionRow, ...]

    @property
    def forecast(self) -> int | None:
        """Return what was forecast, None when every row is off budget."""
        known = [row.forecast for row in self.rows if row.forecast is not None]
        return sum(known) if known else None

    @property
    def actual(self) -> int:
        """Return what really happened."""
        return sum(row.actual for row in self.rows)


@dataclass(frozen=True, slots=True)
class Execution:
    """A version of the budget of a year beside its actual amounts; 86 and 87 never enter the result."""

    year: int
    budget_id: int | None
    budget_name: str
    expenses: tuple[ExecutionClass, ...]
    income: tuple[ExecutionClass, ...]
    in_kind_used: tuple[ExecutionClass, ...]
    in_kind_given: tuple[ExecutionClass, ...]

    @property
    def result(self) -> int:
        """Return actual income less actual expenses."""
        return total_actual(self.income) - total_actual(self.expenses)

    @property
    def forecast_result(self) -> int:
        """Return forecast income less forecast expenses; zero when the budget is balanced."""
        return total_forecast(self.income) - total_forecast(self.expenses)


def total_forecast(classes: Iterable[ExecutionClass]) -> int:
    """Return the forecast of several classes. Cents."""
    return sum(each.forecast or 0 for each in classes)


def total_actual(classes: Iterable[ExecutionClass]) -> int:
    """Return the actual amount of several classes. Cents."""
    return sum(each.actual for each in classes)


# --- reading -------------------------------------------------------------------------------------


def execution(session: Session, year: int, *, budget_id: int | None) -> Execution:
    """Return a version of a year's budget (None: no version) beside what really happened.

    Raises UserError EXERCICE_INCONNU, or FICHE_ABSENTE when the version is gone.
    """
    kept = result.fiscal_year(session, year)
    budget = get_row(session, Budget, budget_id) if budget_id is not None else None
    lines = _lines(session, budget_id)
    nodes = tree(session)
    slots = _slots(lines, _actual(session, kept), _above(nodes))
    naming = _Naming(session, kept.chart, nodes)
    by_class: dict[str, list[ExecutionRow]] = {}
    for slot in slots:
        by_class.setdefault(slot.axes.account_code[:2], []).append(slot.row(naming))
    classes = [
        ExecutionClass(code, naming.accounts.get(code, ""), tuple(sorted(rows, key=_order)))
        for code, rows in sorted(by_class.items())
    ]

    def of(first: str) -> tuple[ExecutionClass, ...]:
        return tuple(each for each in classes if each.account_class.startswith(first))

    name = budget.name if budget else ""
    return Execution(year, budget_id, name, of("6"), of("7"), of("86"), of("87"))


def _order(row: ExecutionRow) -> tuple[bool, str, str]:
    return row.forecast is None, row.account_code, row.label


def _lines(session: Session, budget_id: int | None) -> list[Line]:
    table = BudgetLine
    chosen = select(
        table.id, table.account_code, table.action_id, table.funding_source_id, table.convention_id,
        table.label, table.amount,
    ).where(table.budget_id == budget_id).order_by(table.account_code, table.id)  # fmt: skip
    return [
        Line(row_id, Axes(code, action, source, convention), label, amount)
        for row_id, code, action, source, convention, label, amount in session.execute(chosen)
    ]


def _actual(session: Session, year: FiscalYear) -> dict[Axes, int]:
    """Return what really happened, by axes; receipts count where the year is kept « En encaissements »."""
    axes = (Entry.account_code, Entry.action_id, Entry.funding_source_id, Entry.convention_id)
    chosen = select(*axes, func.sum(Entry.amount)).where(Entry.fiscal_year_id == year.id).group_by(*axes)
    received = year.basis == Basis.RECEIPTS
    if received:  # imported income would be counted twice with the receipts
        chosen = chosen.where((Entry.origin == TYPED) | ~result.in_class("7"))
    found = {Axes(*row[:4]): int(row[4]) for row in session.execute(chosen)}
    for group in result.received_groups(session, year) if received else ():
        key = Axes(group.account_code, None, group.source_id, group.convention_id)
        found[key] = found.get(key, 0) + group.amount
    return {key: amount for key, amount in found.items() if key.account_code.startswith(CLASSES)}


def _above(nodes: Iterable[SourceNode]) -> dict[int | None, frozenset[int]]:
    found: dict[int | None, frozenset[int]] = {}
    for node in nodes:  # parents come first
        found[node.source_id] = found.get(node.parent_id, frozenset()) | {node.source_id}
    return found


# --- rows ----------------------------------------------------------------------------------------


@dataclass
class _Slot:
    """Budget lines of the same axes, or off-budget amounts of one account and source."""

    axes: Axes
    lines: list[Line] = field(default_factory=list)
    actual: dict[Axes, int] = field(default_factory=dict)

    def row(self, naming: "_Naming") -> ExecutionRow:
        labels = {line.label for line in self.lines if line.label}
        return ExecutionRow(
            account_code=self.axes.account_code,
            label=labels.pop() if len(labels) == 1 else naming.name(self.axes),
            forecast=sum(line.amount for line in self.lines) if self.lines else None,
            actual=sum(self.actual.values()),
            line_ids=tuple(line.line_id for line in self.lines),
            actual_axes=tuple(self.actual),
        )


def _slots(
    lines: Sequence[Line], actual: Mapping[Axes, int], above: Mapping[int | None, frozenset[int]]
) -> list[_Slot]:
    slots: dict[Axes, _Slot] = {}
    for line in lines:
        slots.setdefault(line.axes, _Slot(line.axes)).lines.append(line)
    off: dict[Axes, _Slot] = {}
    for axes, amount in actual.items():
        line_found = place(lines, axes, above)
        if line_found is not None:
            slots[line_found.axes].actual[axes] = amount
        else:
            key = Axes(axes.account_code, None, axes.source_id, axes.convention_id)
            off.setdefault(key, _Slot(key)).actual[axes] = amount
    return [*slots.values(), *off.values()]


class _Naming:
    """What rows are called: the account's label, or the convention or source of a subsidy."""

    def __init__(self, session: Session, chart: str, nodes: Iterable[SourceNode]) -> None:
        self.accounts = account_labels(session, chart)
        self._paths = {node.source_id: ", ".join(node.path) for node in nodes}
        self._conventions = dict(session.execute(select(Convention.id, Convention.title)).all())

    def name(self, axes: Axes) -> str:
        if axes.convention_id is not None:
            return self._conventions.get(axes.convention_id, "")
        if axes.source_id is not None and axes.account_code.startswith("74"):
            return self._paths.get(axes.source_id, "")
        return account_label(self.accounts, axes.account_code)


# --- the rows behind a figure --------------------------------------------------------------------


def rows_behind(session: Session, year: int, axes: Iterable[Axes]) -> list[ResultRow]:
    """Return the entries and receipts behind actual amounts, oldest first; they add up to the figure."""
    kept = result.fiscal_year(session, year)
    wanted = set(axes)
    codes = {each.account_code for each in wanted}
    found = list(_entries_behind(session, kept, wanted, codes))
    if kept.basis == Basis.RECEIPTS:
        found += _receipts_behind(session, kept, wanted)
    return sorted(found, key=lambda row: (row.date, row.table, row.row_id))


def _entries_behind(
    session: Session, year: FiscalYear, wanted: set[Axes], codes: set[str]
) -> Iterable[ResultRow]:
    columns = (
        Entry.account_code, Entry.action_id, Entry.funding_source_id, Entry.convention_id,
        Entry.entered_on, Entry.label, Entry.amount, Entry.id,
    )  # fmt: skip
    chosen = select(*columns).where(Entry.fiscal_year_id == year.id, Entry.account_code.in_(codes))
    if year.basis == Basis.RECEIPTS:
        chosen = chosen.where((Entry.origin == TYPED) | ~result.in_class("7"))
    for code, action, source, convention, day, label, amount, row_id in session.execute(chosen):
        if Axes(code, action, source, convention) in wanted:
            yield ResultRow(day, label, code, source, amount, "entry", row_id)


def _receipts_behind(session: Session, year: FiscalYear, wanted: set[Axes]) -> list[ResultRow]:
    by_receipt = _conventions_of_receipts(session, year.starts_on, year.ends_on)
    return [
        row
        for row in result.income_rows(session, year.year)
        if row.table == "receipt"
        and Axes(row.account, None, row.source_id, by_receipt.get(row.row_id)) in wanted
    ]


def _conventions_of_receipts(session: Session, first: date, last: date) -> dict[int, int]:
    chosen = (
        select(Receipt.id, Instalment.convention_id)
        .join(Instalment, Receipt.instalment_id == Instalment.id)
        .where(Receipt.received_on.between(first, last))
    )
    return dict(session.execute(chosen).all())
