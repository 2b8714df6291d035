"""The dues of a fiscal year on a day: by member, by age of what is late, beside the earlier years."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member, Receipt
from vto_desktop.services import association
from vto_desktop.services.figures_dues import AgeBand, DuesFigure, DuesSummary, DuesSums, YearOfDues
from vto_desktop.services.names import MEMBER_KIND, MEMBER_NAME, named
from vto_desktop.services.result import fiscal_year
from vto_desktop.services.standing import BANDS, band, days_late, is_asked, last_reminder, standing


def dues_summary(session: Session, year: int, *, on: date) -> DuesSummary:
    """Return the dues of a fiscal year as of a day; raises UserError EXERCICE_INCONNU."""
    fiscal_year(session, year)
    sums = dues_sums(session, year, on=on)
    return DuesSummary(
        head=association.head(session),
        year=year,
        on=on,
        members=dues_figures(session, year, on=on),
        ageing=ageing(session, year, on=on),
        years=years_of_dues(session, until=year, on=on),
        sums=sums,
        sentence=_sentence(sums, year, on),
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


def dues_sums(session: Session, year: int, *, on: date) -> DuesSums:
    """Return what the dues of a fiscal year add up to on a day."""
    at = standing(on)
    late = and_(at.due > 0, Dues.due_on < on)
    chosen = select(
        func.count(), _count(is_asked(on)), _sum(at.called), _sum(at.received), _sum(at.due),
        _sum(at.overpaid), _sum(at.to_call), _count(at.due > 0), _count(late),
        _sum(case((late, at.due), else_=0)),
    ).select_from(Dues)  # fmt: skip
    return DuesSums(*map(int, session.execute(at.joined(chosen).where(FiscalYear.year == year)).one()))


def _sum(amount: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(amount), 0)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return _sum(case((condition, 1), else_=0))


def ageing(session: Session, year: int, *, on: date) -> tuple[AgeBand, ...]:
    """Return what is due of a fiscal year by how late it is; every band is there, empty or not."""
    at = standing(on)
    first = band(on)
    chosen = at.joined(select(first, func.count(), func.sum(at.due)).select_from(Dues))
    rows = session.execute(chosen.where(FiscalYear.year == year, at.due > 0).group_by(first))
    found = {days: (count, int(amount)) for days, count, amount in rows}
    return tuple(AgeBand(label, days, *found.get(days, (0, 0))) for days, label in BANDS)


def years_of_dues(session: Session, *, until: int, on: date) -> tuple[YearOfDues, ...]:
    """Return the fiscal years that have dues, up to one, oldest first, all on the same day."""
    at = standing(on)
    chosen = select(
        FiscalYear.year, _count(is_asked(on)), _sum(at.called), _sum(at.received), _sum(at.due)
    ).select_from(Dues)
    chosen = at.joined(chosen).where(FiscalYear.year <= until)
    rows = session.execute(chosen.group_by(FiscalYear.year).order_by(FiscalYear.year))
    return tuple(YearOfDues(year, *map(int, sums)) for year, *sums in rows)


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
