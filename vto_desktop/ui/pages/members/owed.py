"""A member's dues of a fiscal year beside it in a query: which they are, and how they stand."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import BindParameter, ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased

from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member
from vto_desktop.services.dues import state_expression


@dataclass(frozen=True)
class Owed:
    """The state of ``Dues``, and the condition that joins the latest of the year to ``Member``."""

    joined: ColumnElement[bool]
    of_year: ColumnElement[bool]
    state: ColumnElement[str]


@lru_cache(maxsize=8)  # building it takes longer than the database needs for a page of members
def owed(year: int | BindParameter[int], *, today: date | BindParameter[date]) -> Owed:
    """Return how dues stand in a fiscal year.

    The dues are looked up member by member: a subquery of the year's would be built whole for each page
    of rows.
    """
    latest = aliased(Dues)
    joined = select(func.max(latest.id)).where(
        latest.member_id == Member.id, latest.campaign_id.in_(_campaigns(year))
    )
    state = case((Dues.id.is_not(None), state_expression(on=today)))
    return Owed(
        joined=Dues.id == joined.correlate(Member).scalar_subquery(),
        of_year=Dues.campaign_id.in_(_campaigns(year)),
        state=state,
    )


def _campaigns(year: int | BindParameter[int]) -> Select[int]:
    return (
        select(DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(FiscalYear.year == year)
    )
