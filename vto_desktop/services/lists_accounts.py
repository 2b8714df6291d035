"""The lists of the accounts: budget lines, entries, years, charts, actions, sources, published figures."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from vto_desktop import french
from vto_desktop.model import (
    Account,
    Action,
    Budget,
    BudgetLine,
    Convention,
    Entry,
    FiscalYear,
    FormLine,
    FundingSource,
    PublishedFigure,
)
from vto_desktop.services.list_query import Shown, TableList, Values
from vto_desktop.services.sources import tree


def _line_paths(session: Session, ids: Sequence[int]) -> Values:
    return _paths(session, select(BudgetLine.id, BudgetLine.funding_source_id).where(BudgetLine.id.in_(ids)))


def _entry_paths(session: Session, ids: Sequence[int]) -> Values:
    return _paths(session, select(Entry.id, Entry.funding_source_id).where(Entry.id.in_(ids)))


def _paths(session: Session, chosen: object) -> Values:
    paths = {node.source_id: " › ".join(node.path) for node in tree(session)}
    return {row_id: (paths.get(source, ""),) for row_id, source in session.execute(chosen)}  # type: ignore[call-overload]


BUDGET_LINES = TableList(
    name="budget-lines",
    title="Lignes budgétaires",
    table=BudgetLine,
    shown=(
        Shown("year", "Exercice", "text", FiscalYear.year, sort=FiscalYear.year),
        Shown("budget", "Version", "text", Budget.name, sort=Budget.position),
        Shown("account", "Compte", "text", BudgetLine.account_code, sort=BudgetLine.account_code),
        Shown("label", "Libellé", "text", BudgetLine.label),
        Shown("action", "Action", "text", Action.name),
        Shown("source", "Source", "text", None),
        Shown("convention", "Convention", "text", Convention.title, sort=Convention.sort_key),
        Shown("amount", "Montant prévu", "amount", BudgetLine.amount),
    ),
    order=(FiscalYear.year, Budget.position, BudgetLine.account_code, BudgetLine.id),
    joins=(
        (Budget, BudgetLine.budget_id == Budget.id),
        (FiscalYear, Budget.fiscal_year_id == FiscalYear.id),
        (Action, BudgetLine.action_id == Action.id),
        (Convention, BudgetLine.convention_id == Convention.id),
    ),
    searched=(
        BudgetLine.account_code,
        BudgetLine.label,
    ),
    year=lambda year: FiscalYear.year == year,
    filters={"budget_id": lambda value: BudgetLine.budget_id == value},
    finish=_line_paths,
)

ENTRIES = TableList(
    name="entries",
    title="Écritures",
    table=Entry,
    shown=(
        Shown("entered_on", "Date", "date", Entry.entered_on),
        Shown("account", "Compte", "text", Entry.account_code, sort=Entry.account_code),
        Shown("label", "Libellé", "text", Entry.label),
        Shown("piece", "Pièce", "text", Entry.piece, sort=Entry.piece),
        Shown("action", "Action", "text", Action.name, sort=Action.name),
        Shown("source", "Source", "text", None),
        Shown("convention", "Convention", "text", Convention.title, sort=Convention.sort_key),
        Shown("amount", "Montant", "amount", Entry.amount),
        Shown("origin", "Origine", "text", Entry.origin, sort=Entry.origin),
    ),
    order=(Entry.entered_on, Entry.id),
    joins=((Action, Entry.action_id == Action.id), (Convention, Entry.convention_id == Convention.id)),
    searched=(
        Entry.account_code,
        Entry.label,
        Entry.piece,
    ),
    year=lambda year: (
        Entry.fiscal_year_id == select(FiscalYear.id).where(FiscalYear.year == year).scalar_subquery()
    ),
    filters={"account_class": lambda value: Entry.account_code.startswith(value, autoescape=True)},
    finish=_entry_paths,
)

FISCAL_YEARS = TableList(
    name="fiscal-years",
    title="Exercices",
    table=FiscalYear,
    shown=(
        Shown("year", "Exercice", "text", FiscalYear.year, sort=FiscalYear.year),
        Shown("starts_on", "Début", "date", FiscalYear.starts_on),
        Shown("ends_on", "Fin", "date", FiscalYear.ends_on),
        Shown("basis", "Mode", "text", FiscalYear.basis),
        Shown("chart", "Plan comptable", "text", FiscalYear.chart),
        Shown("closed_on", "Clos le", "date", FiscalYear.closed_on),
    ),
    order=(FiscalYear.year,),
    searched=(FiscalYear.basis, FiscalYear.notes),
    year=lambda year: FiscalYear.year == year,
)

ACCOUNTS = TableList(
    name="accounts",
    title="Plan comptable",
    table=Account,
    shown=(
        Shown("chart", "Plan", "text", Account.chart, sort=Account.chart),
        Shown("code", "Compte", "text", Account.code, sort=Account.code),
        Shown("label", "Libellé", "text", Account.label),
    ),
    order=(Account.chart, Account.code),
    searched=(
        Account.code,
        Account.label,
    ),
    year=lambda year: (
        Account.chart == select(FiscalYear.chart).where(FiscalYear.year == year).scalar_subquery()
    ),
)

FORM_LINES = TableList(
    name="form-lines",
    title="Lignes des formulaires",
    table=FormLine,
    shown=(
        Shown("form", "Cerfa", "text", FormLine.form),
        Shown("side", "Côté", "text", FormLine.side),
        Shown("code", "Code", "text", FormLine.code, sort=FormLine.position),
        Shown("label", "Libellé", "text", FormLine.label),
    ),
    order=(FormLine.form, FormLine.position, FormLine.id),
    searched=(
        FormLine.code,
        FormLine.label,
    ),
)

ACTIONS = TableList(
    name="actions",
    title="Actions",
    table=Action,
    shown=(
        Shown("code", "Code", "text", Action.code),
        Shown("name", "Action", "text", Action.name),
        Shown("starts_on", "Début", "date", Action.starts_on),
        Shown("ends_on", "Fin", "date", Action.ends_on),
    ),
    order=(Action.code, Action.id),
    searched=(
        Action.code,
        Action.name,
    ),
)


def _source_paths(session: Session, _ids: Sequence[int]) -> Values:
    return {node.source_id: (" › ".join(node.path),) for node in tree(session)}


above = aliased(FundingSource, name="above")

FUNDING_SOURCES = TableList(
    name="funding-sources",
    title="Sources de financement",
    table=FundingSource,
    shown=(
        Shown("path", "Source", "text", None),
        Shown("colour", "Couleur", "text", FundingSource.colour),
        Shown("is_dues", "Reçoit les cotisations", "text", FundingSource.is_dues, sort=FundingSource.is_dues),
    ),
    order=(
        func.coalesce(above.position, FundingSource.position),
        func.coalesce(above.id, FundingSource.id),
        FundingSource.parent_id.is_not(None),
        FundingSource.position,
        FundingSource.id,
    ),
    joins=((above, FundingSource.parent_id == above.id),),
    searched=(FundingSource.name,),
    finish=_source_paths,
)


def _values(session: Session, ids: Sequence[int]) -> Values:
    """Return each figure as printed: « 18 % », « 540 participants »."""
    chosen = select(PublishedFigure.id, PublishedFigure.value, PublishedFigure.unit)
    return {
        row_id: (published_text(value, unit),)
        for row_id, value, unit in session.execute(chosen.where(PublishedFigure.id.in_(ids)))
    }


def published_text(value: int, unit: str) -> str:
    """Return a value in hundredths with its unit: « 18 % », « 1 234,5 € », « 540 participants »."""
    whole, part = divmod(abs(value), 100)
    decimals = f",{part:02d}".rstrip("0") if part else ""
    return f"{french.MINUS if value < 0 else ''}{french.number(whole)}{decimals}{french.NBSP}{unit}".rstrip()


PUBLISHED_FIGURES = TableList(
    name="published-figures",
    title="Chiffres publiés",
    table=PublishedFigure,
    shown=(
        Shown("year", "Année", "text", PublishedFigure.year, sort=PublishedFigure.year),
        Shown("label", "Chiffre", "text", PublishedFigure.label),
        Shown("value", "Publié", "text", None, sort=PublishedFigure.value),
        Shown("source", "Source", "text", PublishedFigure.source),
        Shown("notes", "Notes", "text", PublishedFigure.notes),
    ),
    order=(PublishedFigure.year, PublishedFigure.id),
    searched=(
        PublishedFigure.label,
        PublishedFigure.source,
    ),
    year=lambda year: PublishedFigure.year == year,
    finish=_values,
)
