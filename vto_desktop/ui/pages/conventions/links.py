"""Which convention a row belongs to, for links from other pages."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Amendment, Convention, ConventionShare, Instalment, Receipt, ReportDue

_OWNED: Final[Mapping[str, Any]] = {
    "convention_share": ConventionShare,
    "instalment": Instalment,
    "amendment": Amendment,
    "report_due": ReportDue,
}


def convention_of(session: Session, table: str, row_id: int) -> int | None:
    """Return the id of the convention a row belongs to, or None (a receipt of dues, a row gone)."""
    if table == "convention":
        return session.scalar(select(Convention.id).where(Convention.id == row_id))
    if table == "receipt":
        chosen = (
            select(Instalment.convention_id)
            .join(Receipt, Receipt.instalment_id == Instalment.id)
            .where(Receipt.id == row_id)
        )
        return session.scalar(chosen)
    kind = _OWNED.get(table)
    if kind is None:
        return None
    found: int | None = session.scalar(select(kind.convention_id).where(kind.id == row_id))
    return found
