"""Which member a row of another table belongs to, for links from elsewhere."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Member, Representative


def member_of(session: Session, table: str, row_id: int) -> int | None:
    """Return the member that a row of ``MembersPage.opens`` belongs to; None for a funder or a guest."""
    chosen = {
        "member": select(Member.id).where(Member.id == row_id),
        "organisation": select(Member.id).where(Member.organisation_id == row_id),
        "representative": select(Representative.member_id).where(Representative.id == row_id),
        "person": select(Representative.member_id).where(Representative.person_id == row_id),
    }[table]
    found = session.scalars(chosen).first()
    if found is None and table == "person":
        found = session.scalars(select(Member.id).where(Member.person_id == row_id)).first()
    return found
