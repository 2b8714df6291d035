"""The rows behind the figures of the dashboard: each list adds up to the figure that was clicked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member, PublishedFigure
from vto_desktop.services import dashboard, result
from vto_desktop.services.dues import received_sum
from vto_desktop.services.members import members_on
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.result import ResultRow
from vto_desktop.services.sources import tree

AUTHORITIES: Final = "Collectivités"
MEASURES: Final = ("authorities", "authority_subsidies")


@dataclass(frozen=True, slots=True)
class MemberDues:
    """What a member was called for a fiscal year and still owes of it. Cents; None: not called."""

    member_id: int
    name: str
    called: int | None
    left: int
    has_left: bool  # listed for what it still owes

    @property
    def is_up_to_date(self) -> bool:
        """Return whether the member was called and owes nothing."""
        return self.called is not None and self.left == 0


def member_dues(session: Session, year: int, today: date) -> list[MemberDues]:
    """Return the members on the day a fiscal year is shown at, with what they owe for it.

    Those who have left and still owe something come too: their debt is in the figure.
    """
    received = received_sum()
    owing = (
        select(Dues.member_id, Dues.amount, Dues.amount - received)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(FiscalYear.year == year, Dues.cancelled_on.is_(None))
    )
    called, left = dict[int, int](), dict[int, int]()
    for member_id, amount, owed in session.execute(owing):
        called[member_id] = called.get(member_id, 0) + amount
        left[member_id] = left.get(member_id, 0) + max(owed, 0)
    present = set(members_on(session, dashboard.within_year(session, year, today)))
    wanted = present | {member_id for member_id, owed in left.items() if owed}
    chosen = named(select(Member.id, MEMBER_NAME).select_from(Member))
    return [
        MemberDues(row_id, name, called.get(row_id), left.get(row_id, 0), row_id not in present)
        for row_id, name in session.execute(chosen.order_by(Member.sort_key, Member.id))
        if row_id in wanted
    ]


def source_rows(session: Session, year: int, path: Iterable[str]) -> list[ResultRow]:
    """Return the income of one node of the tree of sources; an unknown path is income without a source."""
    wanted = tuple(path)
    node = next((each for each in tree(session) if each.path == wanted), None)
    return result.income_rows(session, year, source_id=node.source_id if node is not None else None)


def result_rows(session: Session, year: int) -> list[ResultRow]:
    """Return income, and expenses with a minus sign: their total is the result. Oldest first."""
    expenses = [
        ResultRow(r.date, r.label, r.account, r.source_id, -r.amount, r.table, r.row_id)
        for r in result.expense_rows(session, year)
    ]
    return sorted([*result.income_rows(session, year), *expenses], key=lambda row: (row.date, row.account))


def published_shares(session: Session, year: int) -> list[PublishedFigure]:
    """Return what the association has published of the share of local authorities for one year."""
    statement = (
        select(PublishedFigure)
        .where(PublishedFigure.year == year, PublishedFigure.measure.in_(MEASURES))
        .order_by(PublishedFigure.measure, PublishedFigure.id)
    )
    return list(session.scalars(statement))
