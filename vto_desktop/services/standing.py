"""What a member's dues stand at on a day, as columns for queries: called, received, due, overpaid, late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Subquery, and_, case, func, or_, select

from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Receipt, Reminder
from vto_desktop.services.dues import state_of

Day = date | BindParameter[date]

# The first day late of each band of age, and what the band is called.
BANDS: Final = (
    (0, "Non échu"), (1, "1 à 30 jours"), (31, "31 à 60 jours"), (61, "61 à 90 jours"),
    (91, "Plus de 90 jours"),
)  # fmt: skip


def is_asked(on: Day) -> ColumnElement[bool]:
    """Return « called by that day, and not cancelled »; what is past its date was called."""
    called = and_(Dues.called_on.is_not(None), Dues.called_on <= on)
    past = and_(Dues.due_on.is_not(None), Dues.due_on < on)
    return and_(Dues.cancelled_on.is_(None), or_(called, past))


@dataclass(frozen=True)
class Standing:
    """The columns, beside ``Dues`` and joined to what was received."""

    paid: Subquery
    received: ColumnElement[int]
    called: ColumnElement[int]
    due: ColumnElement[int]
    overpaid: ColumnElement[int]
    to_call: ColumnElement[int]
    state: ColumnElement[str]

    def joined(self, chosen: Any) -> Any:
        """Return a statement on ``Dues`` joined to its campaign, its year and its receipts."""
        return (
            chosen.join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
            .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
            .outerjoin(self.paid, self.paid.c.dues_id == Dues.id)
        )


def standing(on: Day, *, dues_ids: Iterable[int] | None = None) -> Standing:
    """Return the columns on a day; with ``dues_ids`` only what these received is added up."""
    paid = (
        select(Receipt.dues_id, func.sum(Receipt.amount).label("received"))
        .where(Receipt.dues_id.is_not(None), Receipt.received_on <= on)
        .group_by(Receipt.dues_id)
    )
    if dues_ids is not None:
        paid = paid.where(Receipt.dues_id.in_(list(dues_ids)))
    received_by = paid.subquery("paid")
    received = func.coalesce(received_by.c.received, 0)
    asked, more, less = is_asked(on), received > Dues.amount, received < Dues.amount
    return Standing(
        paid=received_by,
        received=received,
        called=case((asked, Dues.amount), else_=0),
        due=case((and_(asked, less), Dues.amount - received), else_=0),
        overpaid=case((Dues.cancelled_on.is_not(None), received), (more, received - Dues.amount), else_=0),
        to_call=case((and_(Dues.cancelled_on.is_(None), ~asked), Dues.amount), else_=0),
        state=state_of(received, on=on),
    )


def last_reminder(on: Day) -> tuple[ColumnElement[int], ColumnElement[date]]:
    """Return the level (0: none) and the day of the last reminder sent by a day, beside ``Dues``."""
    sent = (Reminder.dues_id == Dues.id, Reminder.sent_on <= on)
    level = select(func.max(Reminder.level)).where(*sent).correlate(Dues).scalar_subquery()
    day = select(func.max(Reminder.sent_on)).where(*sent).correlate(Dues).scalar_subquery()
    return func.coalesce(level, 0), day


def days_late(due_on: date | None, *, due: int, on: date) -> int:
    """Return how many days an amount is late: none when nothing is due, or its date is to come."""
    return max((on - due_on).days, 0) if due > 0 and due_on is not None else 0


def band(on: date) -> ColumnElement[int]:
    """Return, beside dues with something due, the first day late of their band of age."""
    late = [(Dues.due_on <= on - timedelta(days=first), first) for first, _label in reversed(BANDS) if first]
    return case(*late, else_=0)
