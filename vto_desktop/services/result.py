"""What counts in the result of a fiscal year: income and expenses, each amount once.

A year kept « En encaissements » counts as income what was received (dues on 756, instalments on the
account of their convention) plus typed entries; a year kept « En comptabilité » counts entries only.
Expenses are always entries. Classes 86 and 87 never enter the result.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from vto_desktop.errors import UserError
from vto_desktop.model import (
    Basis,
    Convention,
    Dues,
    Entry,
    FiscalYear,
    FundingSource,
    Instalment,
    Member,
    Receipt,
)
from vto_desktop.model.accounts import TYPED
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.sources import branch

DUES_ACCOUNT: Final = "756"


@dataclass(frozen=True, slots=True)
class Group:
    """An amount of a year on one account, for one source and one convention. Cents."""

    account_code: str
    source_id: int | None
    convention_id: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One amount behind a figure, and the record to open. Cents."""

    date: date
    label: str
    account: str
    source_id: int | None
    amount: int
    table: str
    row_id: int


def fiscal_year(session: Session, year: int) -> FiscalYear:
    """Return the fiscal year; raises UserError EXERCICE_INCONNU when the dossier does not hold it."""
    found = session.scalars(select(FiscalYear).where(FiscalYear.year == year)).first()
    if found is None:
        raise UserError(
            "EXERCICE_INCONNU", f"L’exercice {year} n’existe pas dans ce dossier. Créez-le dans Budget."
        )
    return found


def in_class(*classes: str) -> ColumnElement[bool]:
    """Return the condition « the entry's account begins so », as ranges that an index answers."""
    code = Entry.account_code
    first, *others = [and_(code >= each, code < each[:-1] + chr(ord(each[-1]) + 1)) for each in classes]
    for other in others:
        first = first | other
    return first


def _received_in(year: FiscalYear) -> ColumnElement[bool]:
    return Receipt.received_on.between(year.starts_on, year.ends_on)


def _income_entries(year: FiscalYear) -> ColumnElement[bool]:
    counted = and_(Entry.fiscal_year_id == year.id, in_class("7"))
    return and_(counted, Entry.origin == TYPED) if year.basis == Basis.RECEIPTS else counted


def dues_source(session: Session) -> int | None:
    """Return the funding source that receives the dues."""
    statement = select(FundingSource.id).where(FundingSource.is_dues).order_by(FundingSource.id)
    return session.scalars(statement.limit(1)).first()


# --- sums ----------------------------------------------------------------------------------------


def income_groups(session: Session, year: FiscalYear) -> list[Group]:
    """Return the income of a year by account, source and convention (conventions for receipts only)."""
    entries = session.execute(_income_sums(year.basis), {"fiscal_year_id": year.id})
    groups = [Group(code, source, None, amount) for code, source, amount in entries]
    return groups + (received_groups(session, year) if year.basis == Basis.RECEIPTS else [])


@cache  # building it ten times costs a tenth of adding up a million entries
def _income_sums(basis: str) -> Select[str, int | None, int]:
    """Return the sums of typed income of the year bound as ``fiscal_year_id``, by account and source."""
    counted = [Entry.fiscal_year_id == bindparam("fiscal_year_id"), in_class("7")]
    if basis == Basis.RECEIPTS:
        counted.append(Entry.origin == TYPED)
    return (
        select(Entry.account_code, Entry.funding_source_id, func.sum(Entry.amount))
        .where(*counted)
        .group_by(Entry.account_code, Entry.funding_source_id)
    )


def received_groups(session: Session, year: FiscalYear) -> list[Group]:
    """Return what was received in a year: dues in one group, instalments by convention."""
    dues = session.scalar(
        select(func.sum(Receipt.amount)).where(_received_in(year), Receipt.dues_id.is_not(None))
    )
    groups = [Group(DUES_ACCOUNT, dues_source(session), None, int(dues))] if dues else []
    by_convention = dict(
        session.execute(
            select(Instalment.convention_id, func.sum(Receipt.amount))
            .join(Instalment, Receipt.instalment_id == Instalment.id)
            .where(_received_in(year))
            .group_by(Instalment.convention_id)
        ).all()
    )
    labels = select(Convention.id, Convention.account_code, Convention.funding_source_id)
    for row_id, code, source in session.execute(labels.where(Convention.id.in_(by_convention))):
        groups.append(Group(code, source, row_id, by_convention[row_id]))
    return groups


def expense_sums(session: Session, year: FiscalYear) -> dict[str, int]:
    """Return the expenses of a year by account (class 6)."""
    return _entry_sums(session, year, "6")


def in_kind_sums(session: Session, year: FiscalYear) -> tuple[int, int]:
    """Return voluntary contributions used (86) and given (87) in a year."""
    used, given = _entry_sums(session, year, "86"), _entry_sums(session, year, "87")
    return sum(used.values()), sum(given.values())


def _entry_sums(session: Session, year: FiscalYear, account_class: str) -> dict[str, int]:
    statement = (
        select(Entry.account_code, func.sum(Entry.amount))
        .where(Entry.fiscal_year_id == year.id, in_class(account_class))
        .group_by(Entry.account_code)
    )
    return dict(session.execute(statement).all())


# --- the rows behind a figure --------------------------------------------------------------------

ALL: Final = -1


def income_rows(
    session: Session, year: int, *, source_id: int | None = ALL, account_class: str = ""
) -> list[ResultRow]:
    """Return what the income of a year is made of, oldest first; their total is the summary's figure.

    ``source_id`` takes a funding source with its children, None what has no source, nothing for all.
    """
    kept = fiscal_year(session, year)
    wanted = None if source_id == ALL else {None} if source_id is None else branch(session, source_id)
    rows = list(_entry_rows(session, select(*_ENTRY).where(_income_entries(kept))))
    if kept.basis == Basis.RECEIPTS:
        rows += _dues_rows(session, kept)
        rows += _instalment_rows(session, kept)
    found = [row for row in rows if wanted is None or row.source_id in wanted]
    return _ordered(row for row in found if row.account.startswith(account_class))


def expense_rows(session: Session, year: int, *, account_class: str = "6") -> list[ResultRow]:
    """Return the entries of a year on accounts that begin so (6, 64, 86…), oldest first."""
    kept = fiscal_year(session, year)
    chosen = select(*_ENTRY).where(Entry.fiscal_year_id == kept.id, in_class(account_class))
    return _ordered(_entry_rows(session, chosen))


_ENTRY: Final = (
    Entry.entered_on, Entry.label, Entry.account_code, Entry.funding_source_id, Entry.amount, Entry.id,
)  # fmt: skip


def _entry_rows(session: Session, chosen: Any) -> Iterator[ResultRow]:
    for day, label, code, source, amount, row_id in session.execute(chosen):
        yield ResultRow(day, label, code, source, amount, "entry", row_id)


def _dues_rows(session: Session, year: FiscalYear) -> list[ResultRow]:
    source = dues_source(session)
    chosen = named(
        select(Receipt.received_on, Receipt.amount, Receipt.id, MEMBER_NAME)
        .join(Dues, Receipt.dues_id == Dues.id)
        .join(Member, Dues.member_id == Member.id)
    ).where(_received_in(year))
    return [
        ResultRow(day, f"Cotisation, {name}", DUES_ACCOUNT, source, amount, "receipt", row_id)
        for day, amount, row_id, name in session.execute(chosen)
    ]


def _instalment_rows(session: Session, year: FiscalYear) -> list[ResultRow]:
    chosen = (
        select(
            Receipt.received_on, Receipt.amount, Receipt.id, Instalment.label, Convention.title,
            Convention.account_code, Convention.funding_source_id,
        )
        .join(Instalment, Receipt.instalment_id == Instalment.id)
        .join(Convention, Instalment.convention_id == Convention.id)
        .where(_received_in(year))
    )  # fmt: skip
    return [
        ResultRow(day, f"{label}, {title}", code, source, amount, "receipt", row_id)
        for day, amount, row_id, label, title, code, source in session.execute(chosen)
    ]


def _ordered(rows: Iterator[ResultRow]) -> list[ResultRow]:
    return sorted(rows, key=lambda row: (row.date, row.table, row.row_id))
