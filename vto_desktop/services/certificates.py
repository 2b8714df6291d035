"""Certificates of membership: who is a member in a fiscal year, since when, and what the dues stand at."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member, Receipt
from vto_desktop.services import addressees, association
from vto_desktop.services.addressees import ADDRESS, RNA, SIGNATORY, SIRET
from vto_desktop.services.figures_papers import Certificate, CertifiedDues, Letters
from vto_desktop.services.result import fiscal_year
from vto_desktop.services.rows import parts_of
from vto_desktop.services.standing import is_asked

NEEDS: Final = (ADDRESS, SIRET, RNA, SIGNATORY)


def certificates(
    session: Session, year: int, *, on: date, which: str = "all", ids: Sequence[int] | None = None,
    signatory: int | None = None,
) -> Letters[Certificate]:  # fmt: skip
    """Return the certificates of those who are members in a fiscal year, written on a day.

    Who was no member in that year gets none. ``which`` is ``all``, or ``settled``: those who owe nothing;
    ``ids`` are members chosen one by one. Raises UserError EXERCICE_INCONNU.
    """
    fiscal = fiscal_year(session, year)
    rows = [row for part in _parts(ids) for row in session.execute(_members(fiscal, on, part))]
    owed = _dues(session, fiscal, on)
    if which == "settled":
        rows = [row for row in rows if is_settled(owed.get(row.id, ()))]
    contacts = addressees.of_members(session, [row.id for row in rows])
    signed = addressees.issuer(session, signatory)
    letters = tuple(_certificate(row, contacts, owed.get(row.id, ()), year) for row in rows)
    return Letters(
        head=association.head(session), issuer=signed, year=year, on=on, letters=letters,
        gaps=addressees.own_gaps(session, signed, NEEDS),
    )  # fmt: skip


def is_settled(dues: Sequence[CertifiedDues]) -> bool:
    """Return whether a member was called and owes nothing."""
    return bool(dues) and all(each.is_called and each.received >= each.amount for each in dues)


def _parts(ids: Sequence[int] | None) -> list[list[int] | None]:
    return [None] if ids is None else list(parts_of(ids))


def _members(fiscal: FiscalYear, on: date, part: list[int] | None) -> Any:
    chosen = (
        select(Member.id, Member.joined_on, Member.left_on)
        .where(
            or_(Member.joined_on.is_(None), Member.joined_on <= min(fiscal.ends_on, on)),
            or_(Member.left_on.is_(None), Member.left_on > fiscal.starts_on),
        )
        .order_by(Member.sort_key, Member.id)
    )
    return chosen if part is None else chosen.where(Member.id.in_(part))


def _dues(session: Session, fiscal: FiscalYear, on: date) -> dict[int, tuple[CertifiedDues, ...]]:
    """Return what each member owes of a fiscal year on a day, cancelled dues left out."""
    paid = (
        select(
            Receipt.dues_id,
            func.sum(Receipt.amount).label("received"),
            func.max(Receipt.received_on).label("last_on"),
        )
        .where(Receipt.dues_id.is_not(None), Receipt.received_on <= on)
        .group_by(Receipt.dues_id)
        .subquery()
    )
    chosen = (
        select(
            Dues.member_id, Dues.number, Dues.amount, func.coalesce(paid.c.received, 0), paid.c.last_on,
            is_asked(on),
        )
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .outerjoin(paid, paid.c.dues_id == Dues.id)
        .where(DuesCampaign.fiscal_year_id == fiscal.id, Dues.cancelled_on.is_(None))
        .order_by(Dues.id)
    )  # fmt: skip
    found: dict[int, list[CertifiedDues]] = {}
    for member_id, number, amount, received, last_on, asked in session.execute(chosen):
        each = CertifiedDues(number, amount, int(received), last_on, bool(asked))
        found.setdefault(member_id, []).append(each)
    return {member_id: tuple(dues) for member_id, dues in found.items()}


def _certificate(
    row: Any, contacts: dict[int, addressees.Contact], dues: tuple[CertifiedDues, ...], year: int
) -> Certificate:
    return Certificate(
        member_id=row.id, addressee=contacts[row.id][0], joined_on=row.joined_on, left_on=row.left_on,
        dues=dues, year=year,
    )  # fmt: skip
