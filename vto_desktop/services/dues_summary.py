"""The dues of a fiscal year on a day: by member, by age of what is late, beside the earlier years."""

from collections.abc import Iterable
from dataclasses import astuple
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member, Receipt
from vto_desktop.services import association
from vto_desktop.services.figures_dues import AgeBand, DuesFigure, DuesSummary, DuesSums, Overview, YearOfDues
from vto_desktop.services.names import MEMBER_KIND, MEMBER_NAME, named
from vto_desktop.services.result import fiscal_year
from vto_desktop.services.standing import BANDS, band, days_late, is_asked, last_reminder, standing


def dues_summary(session: Session, year: int, *, on: date) -> DuesSummary:
    """Return the dues of a fiscal year as of a day; raises UserError EXERCICE_INCONNU."""
    fiscal_year(session, year)
    found = overview(session, year, on=on)
    return DuesSummary(
        head=association.head(session),
        year=year,
        on=on,
        members=dues_figures(session, year, on=on),
        ageing=found.ageing,
        years=found.years,
        sums=found.sums,
        sentence=_sentence(found.sums, year, on),
    )


def dues_figures(session: Session, year: int, *, on: date) -> tuple[DuesFigure, ...]:
    """Return what each member's dues of a fiscal year stand at, in the order of names."""
    at = standing(on)
    level, reminded_on = last_reminder(on)
    chosen = select(
        Dues.id, Dues.member_id, MEMBER_NAME, MEMBER_KIND, Dues.number, at.state, Dues.amount, at.called,
        at.received, at.due.label("due"), at.overpaid, Dues.called_on, Dues.due_on, level, reminded_on,
    )  # fmt: skip
    chosen = named(at.joined(chosen).join(Member, Dues.member_id == Member.id))
    rows = session.execute(
        chosen.where(FiscalYear.year == year).order_by(Member.sort_key, Member.id, Dues.id)
    )
    return tuple(_figure(row, on) for row in rows)


def _figure(row: Any, on: date) -> DuesFigure:
    late = days_late(row.due_on, due=row.due, on=on)
    return DuesFigure(*(*row[:13], late, *row[13:]))


# --- sums ----------------------------------------------------------------------------------------

NOT_DUE: Final = -1  # the age of dues of which nothing is left to be paid


def overview(session: Session, year: int, *, on: date) -> Overview:
    """Return what the dues of a fiscal year, and of the earlier ones, add up to on a day: one reading.

    Every band of age is there, empty or not.
    """
    at = standing(on)
    age = case((at.due > 0, band(on)), else_=NOT_DUE)
    is_late = and_(at.due > 0, Dues.due_on < on)
    each = at.joined(
        select(
            FiscalYear.year, age.label("age"), is_asked(on).label("calls"), at.called.label("called"),
            at.received.label("received"), at.due.label("due"), at.overpaid.label("overpaid"),
            at.to_call.label("to_call"), (at.due > 0).label("debtors"), is_late.label("late_count"),
            case((is_late, at.due), else_=0).label("late"),
        ).select_from(Dues)
    )  # fmt: skip
    of = each.where(FiscalYear.year <= year).subquery().c
    chosen = select(
        of.year, of.age, func.count(), _count(of.calls), _sum(of.called), _sum(of.received), _sum(of.due),
        _sum(of.overpaid), _sum(of.to_call), _count(of.debtors), _count(of.late_count), _sum(of.late),
    )  # fmt: skip
    rows = session.execute(chosen.group_by(of.year, of.age)).all()
    groups = [(row[0], row[1], DuesSums(*map(int, row[2:]))) for row in rows]
    by_year = {
        each: _total(sums for held, _age, sums in groups if held == each) for each, _age, _sums in groups
    }
    ages = {days: sums for held, days, sums in groups if held == year}
    return Overview(
        sums=by_year.get(year, DuesSums()),
        ageing=tuple(_age(label, days, ages.get(days, DuesSums())) for days, label in BANDS),
        years=tuple(
            YearOfDues(held, sums.calls, sums.called, sums.received, sums.due)
            for held, sums in sorted(by_year.items())
        ),
    )


def _sum(amount: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(amount), 0)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return _sum(case((condition, 1), else_=0))


def _total(groups: Iterable[DuesSums]) -> DuesSums:
    return DuesSums(*(sum(values) for values in zip(*map(astuple, groups), strict=True)))


def _age(label: str, days: int, sums: DuesSums) -> AgeBand:
    return AgeBand(label, days, sums.debtors, sums.due)


def receipts_of_year(session: Session, year: int, *, on: date) -> list[Any]:
    """Return the receipts of a fiscal year's dues up to a day, oldest first: what was received.

    Each row has ``id``, ``received_on``, ``name``, ``means``, ``reference``, ``slip`` and ``amount``.
    """
    chosen = named(
        select(
            Receipt.id, Receipt.received_on, MEMBER_NAME.label("name"), Receipt.means, Receipt.reference,
            Receipt.slip, Receipt.amount,
        )
        .join(Dues, Receipt.dues_id == Dues.id)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .join(Member, Dues.member_id == Member.id)
    )  # fmt: skip
    chosen = chosen.where(FiscalYear.year == year, Receipt.received_on <= on)
    return list(session.execute(chosen.order_by(Receipt.received_on, Receipt.id)))


# --- words ---------------------------------------------------------------------------------------


def _sentence(sums: DuesSums, year: int, on: date) -> str:
    day = french.long_date(on)
    if not sums.calls:
        return f"Au {day}, aucune cotisation {year} n’est appelée."
    calls = french.count(sums.calls, f"cotisation {year} est appelée", f"cotisations {year} sont appelées")
    share = french.percent(sums.collected, sums.called)
    said = f"Au {day}, {calls} pour {french.amount(sums.called)}{french.THIN}; "
    said += f"{french.amount(sums.collected)} en sont encaissés, soit {share}."
    if sums.due:
        said += f" Il reste {french.amount(sums.due)} à recevoir de {french.count(sums.debtors, 'adhérent')}"
        said += f", dont {french.amount(sums.late)} en retard." if sums.late else "."
    if sums.overpaid:
        said += f" Le trop-perçu est de {french.amount(sums.overpaid)}."
    return said
