"""The numbers of calls for dues: 2021-001, 2021-002… without a gap in a fiscal year, given when called."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Dues, DuesCampaign, FiscalYear


def number_calls(session: Session, campaign_id: int, rows: Iterable[Dues]) -> None:
    """Number these calls of a campaign in the order given, after the last one of its fiscal year.

    Dues have a number once they are called, and keep it when cancelled. A number kept by dues never called,
    as earlier versions gave, is taken back: the call that comes first has it.
    """
    year = session.scalars(
        select(FiscalYear.year)
        .join(DuesCampaign, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(DuesCampaign.id == campaign_id)
    ).one()
    prefix = f"{year}-"
    calls = list(rows)
    for row in calls:
        row.number = ""
    session.flush()
    for place, row in enumerate(calls, _last_number(session, year, prefix) + 1):
        row.number = f"{prefix}{place:03d}"
    session.flush()


def _last_number(session: Session, year: int, prefix: str) -> int:
    held = (
        select(Dues)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(FiscalYear.year == year, Dues.number.startswith(prefix))
    )
    for row in session.scalars(held.where(Dues.called_on.is_(None))):
        row.number = ""
    numbers = session.scalars(held.where(Dues.called_on.is_not(None)).with_only_columns(Dues.number))
    ends = (number.removeprefix(prefix) for number in numbers)
    return max((int(end) for end in ends if end.isascii() and end.isdigit()), default=0)
