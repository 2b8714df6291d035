"""The state of a fiscal year on a given day: the figures of the dashboard."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Dues,
    DuesCampaign,
    FiscalYear,
    Member,
)
from vto_desktop.services import summaries
from vto_desktop.services.days import months_after
from vto_desktop.services.dues import received_sum
from vto_desktop.services.figures import ConventionFigure, Dashboard, FinanceSummary
from vto_desktop.services.funding_state import (
    Status,
    convention_figures,
)
from vto_desktop.services.members import belongs_on, members_on
from vto_desktop.services.result import fiscal_year
from vto_desktop.services.standing import is_asked
from vto_desktop.services.to_do import to_do

OVER: Final = 12  # months after which a fiscal year is shown as it ended
ENDED: Final = "Un exercice terminé depuis plus de douze mois est montré tel qu’il s’est terminé."
RUNNING: Final = frozenset({Status.SIGNED.value, Status.RUNNING.value, Status.NOTIFIED.value})


def dashboard(session: Session, year: int, today: date) -> Dashboard:
    """Return the state of a fiscal year, and what is to be done today.

    A year over for more than twelve months is shown as it ended; a more recent one as it stands today.
    Raises UserError EXERCICE_INCONNU.
    """
    shown_on, counted_on = shown_day(session, year, today), within_year(session, year, today)
    finance = summaries.finance(session, year, on=shown_on)
    members, up_to_date, left = _dues(session, year, counted_on)
    running = (
        running_among(finance.conventions)
        if counted_on == shown_on
        else running_conventions(session, year, today)
    )
    return Dashboard(
        finance=finance,
        shown_on=shown_on,
        counted_on=counted_on,
        members=members,
        members_up_to_date=up_to_date,
        dues_called=_called(session, year, shown_on),
        dues_left=left,
        conventions_running=len(running),
        conventions_share=sum(each.share_of_year for each in running),
        still_to_receive=sum(each.due for each in finance.conventions),
        late=sum(each.late for each in finance.conventions),
        expense_change=_expense_change(finance),
        to_do=tuple(to_do(session, year, today)),
    )


def _last_day(session: Session, year: int) -> date:
    return session.scalar(select(FiscalYear.ends_on).where(FiscalYear.year == year)) or date(year, 12, 31)


def shown_day(session: Session, year: int, today: date) -> date:
    """Return the day a fiscal year is shown at: today, or its last day once it is over for twelve months."""
    ends_on = _last_day(session, year)
    return today if today <= months_after(ends_on, OVER) else ends_on


def within_year(session: Session, year: int, today: date) -> date:
    """Return the day a fiscal year is shown at, its last day at most."""
    return min(shown_day(session, year, today), _last_day(session, year))


def running_conventions(session: Session, year: int, today: date) -> list[ConventionFigure]:
    """Return the conventions that run on the day a fiscal year is shown at."""
    on = within_year(session, year, today)
    return running_among(convention_figures(session, on=on, year=fiscal_year(session, year)))


def running_among(conventions: Iterable[ConventionFigure]) -> list[ConventionFigure]:
    """Return the conventions that run."""
    return [each for each in conventions if each.status in RUNNING]


def _dues(session: Session, year: int, on: date) -> tuple[int, int, int]:
    """Return the members on a day, how many of them owe nothing for a year, and what is left to receive."""
    received = received_sum()
    owing = (
        select(Dues.member_id, Dues.amount - received)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(FiscalYear.year == year, Dues.cancelled_on.is_(None))
    )
    left = dict[int, int]()
    for member_id, amount in session.execute(owing):
        left[member_id] = left.get(member_id, 0) + max(amount, 0)
    present = session.scalar(select(func.count()).select_from(Member).where(belongs_on(on))) or 0
    settled = {member_id for member_id, amount in left.items() if amount == 0}
    up_to_date = 0
    if settled:
        up_to_date = len(settled.intersection(members_on(session, on)))
    return present, up_to_date, sum(left.values())


def _called(session: Session, year: int, on: date) -> int:
    asked = (
        select(func.count())
        .select_from(Dues)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(FiscalYear.year == year, is_asked(on))
    )
    return session.scalar(asked) or 0


def _expense_change(finance: FinanceSummary) -> str:
    """Return « +8 % par rapport à 2020 », or nothing when the year before is not in the dossier."""
    before = finance.previous_expense_total
    if not before:
        return ""
    change = french.percent(finance.expense_total - before, before, signed=True)
    return f"{change} par rapport à {finance.year - 1}"
