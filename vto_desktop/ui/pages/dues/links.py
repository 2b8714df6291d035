"""Which dues a row of another table leads to, for links from elsewhere."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Dues, DuesCampaign, DuesScale, FiscalYear, Receipt, Reminder


@dataclass(frozen=True)
class Place:
    """The fiscal year to look at, and the dues to pick in it (None: no one in particular)."""

    year: int
    dues_id: int | None


def place_of(session: Session, table: str, row_id: int) -> Place | None:
    """Return where a row of ``DuesPage.opens`` is seen; None when it is gone, or not about dues."""
    chosen = {
        "dues": select(Dues.campaign_id, Dues.id).where(Dues.id == row_id),
        "receipt": select(Dues.campaign_id, Dues.id).join(Receipt).where(Receipt.id == row_id),
        "reminder": select(Dues.campaign_id, Dues.id).join(Reminder).where(Reminder.id == row_id),
        "dues_scale": select(DuesScale.campaign_id, Dues.id)
        .outerjoin(Dues, Dues.id.is_(None))
        .where(DuesScale.id == row_id),
        "dues_campaign": select(DuesCampaign.id, Dues.id)
        .outerjoin(Dues, Dues.id.is_(None))
        .where(DuesCampaign.id == row_id),
    }[table]
    found = session.execute(chosen).first()
    if found is None:
        return None
    campaign_id, dues_id = found
    year = select(FiscalYear.year).join(DuesCampaign).where(DuesCampaign.id == campaign_id)
    return Place(session.scalars(year).one(), dues_id)
