"""Payments of dues: one payment is a receipt for each of the dues it settles, the oldest due first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Means, Member, Receipt
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.receipts import receipts_together
from vto_desktop.services.rows import Problems, get_row, too_long

CARRIED = "Report de trop-perçu"


@dataclass(frozen=True, slots=True)
class Owed:
    """Dues that money can go to: whose, for which campaign, what is left of it (below zero: overpaid)."""

    dues_id: int
    member_id: int
    name: str
    campaign: str
    number: str
    amount: int
    left: int
    due_on: date | None


@dataclass
class Payment:
    """One payment as a form edits it. ``parts`` gives each of the dues its amount; ``id`` is a receipt's."""

    received_on: date | None = None
    amount: int | None = None
    means: str = Means.TRANSFER.value
    reference: str = ""
    slip: str = ""
    notes: str = ""
    parts: dict[int, int] = field(default_factory=dict)
    id: int | None = None


# --- what is owed --------------------------------------------------------------------------------


def owed(
    session: Session,
    *,
    member_ids: Collection[int] = (),
    dues_ids: Collection[int] = (),
    but: Collection[int] = (),
    with_cancelled: bool = False,
) -> list[Owed]:
    """Return the dues of members, or these dues, oldest due first; those cancelled only when asked for.

    ``but`` are receipts not to be counted: those of the payment that is being edited.
    """
    paid = (
        select(func.coalesce(func.sum(Receipt.amount), 0))
        .where(Receipt.dues_id == Dues.id, Receipt.id.not_in(list(but)))
        .correlate(Dues)
        .scalar_subquery()
    )
    chosen = named(
        select(
            Dues.id, Dues.member_id, MEMBER_NAME, DuesCampaign.name, Dues.number, Dues.amount,
            Dues.amount - paid, Dues.due_on,
        )
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .join(Member, Dues.member_id == Member.id)
    )  # fmt: skip
    wanted: ColumnElement[bool] = (
        Dues.member_id.in_(list(member_ids)) if member_ids else Dues.id.in_(list(dues_ids))
    )
    if not with_cancelled:
        wanted = and_(wanted, Dues.cancelled_on.is_(None))
    chosen = chosen.where(wanted)
    rows = session.execute(
        chosen.order_by(func.coalesce(Dues.due_on, FiscalYear.ends_on), FiscalYear.year, Dues.id)
    )
    return [Owed(*row) for row in rows]


def spread(amount: int, among: Sequence[Owed]) -> dict[int, int]:
    """Return what each of these dues gets of an amount, in their order; what is over goes to the last one."""
    found: dict[int, int] = {}
    rest = amount
    for each in among:
        part = min(rest, max(each.left, 0))
        if part > 0:
            found[each.dues_id] = part
            rest -= part
    if rest and among:
        last = among[-1].dues_id
        found[last] = found.get(last, 0) + rest
    return found


# --- keeping -------------------------------------------------------------------------------------


def payment_problems(row: Payment) -> Problems:
    """Return what must be corrected before the payment can be kept."""
    found = too_long(Receipt(reference=row.reference, slip=row.slip, notes=row.notes))
    if row.received_on is None:
        found["received_on"] = "Indiquez la date d’encaissement."
    if row.amount is None:
        found["amount"] = "Indiquez le montant encaissé."
    elif row.amount == 0:
        found["amount"] = "Indiquez un montant différent de zéro."
    if row.means not in set(Means):
        found["means"] = "Choisissez le moyen de paiement."
    parts = {dues_id: part for dues_id, part in row.parts.items() if part}
    if row.amount and not parts:
        found["parts"] = "Choisissez la cotisation que ce paiement règle."
    elif row.amount and sum(parts.values()) != row.amount:
        found["parts"] = _mismatch(row.amount, sum(parts.values()))
    return found


def _mismatch(amount: int, given: int) -> str:
    gap = amount - given
    words = "il reste {} à répartir" if gap > 0 else "il y a {} de trop"
    said = words.format(french.amount(abs(gap)))
    return f"La répartition fait {french.amount(given)} pour un paiement de {french.amount(amount)} : {said}."


def payment_of(session: Session, receipt_id: int) -> Payment:
    """Return the payment that a receipt is part of; raises FICHE_ABSENTE."""
    row = get_row(session, Receipt, receipt_id)
    together = receipts_together(session, row)
    return Payment(
        received_on=row.received_on, amount=sum(each.amount for each in together), means=row.means,
        reference=row.reference, slip=row.slip, notes=row.notes,
        parts={each.dues_id: each.amount for each in together if each.dues_id is not None},
        id=row.id,
    )  # fmt: skip


def save_payment(session: Session, payment: Payment) -> list[Receipt]:
    """Keep a payment, new or changed: one receipt for each of its parts; raises Invalid.

    A closed fiscal year refuses it (EXERCICE_CLOS).
    """
    if problems := payment_problems(payment):
        raise Invalid(problems)
    before = _receipts_of(session, payment)
    parts = {dues_id: part for dues_id, part in payment.parts.items() if part}
    number = next((row.payment for row in before.values()), None) or _next_payment(session)
    kept = []
    for dues_id, part in parts.items():
        row = before.pop(dues_id, None) or Receipt(dues_id=dues_id)
        row.received_on, row.amount, row.means = payment.received_on, part, payment.means  # type: ignore[assignment]
        row.reference, row.slip = french.clean(payment.reference), french.clean(payment.slip)
        row.notes = french.clean(payment.notes, keep_lines=True)
        row.payment = number if len(parts) > 1 else None
        kept.append(row)
    for row in before.values():
        session.delete(row)
    session.add_all(kept)
    session.flush()
    return kept


def _receipts_of(session: Session, payment: Payment) -> dict[int, Receipt]:
    """Return the receipts that a payment has already, by dues."""
    if payment.id is None:
        return {}
    together = receipts_together(session, get_row(session, Receipt, payment.id))
    return {row.dues_id: row for row in together if row.dues_id is not None}


def _next_payment(session: Session) -> int:
    return (session.scalar(select(func.max(Receipt.payment))) or 0) + 1


def overpaid(session: Session, dues_id: int) -> int:
    """Return what was received beyond what dues ask: all of it once they are cancelled."""
    row = get_row(session, Dues, dues_id)
    received = session.scalar(select(func.sum(Receipt.amount)).where(Receipt.dues_id == dues_id)) or 0
    return max(received - (0 if row.cancelled_on is not None else row.amount), 0)


def carry_over(session: Session, dues_id: int, *, to: int, on: date) -> list[Receipt]:
    """Carry what was overpaid over to other dues, at most what is left of these: no money comes or goes.

    Raises UserError RIEN_A_REPORTER.
    """
    left = sum(max(each.left, 0) for each in owed(session, dues_ids=[to]))
    amount = min(overpaid(session, dues_id), left)
    if amount <= 0:
        raise UserError(
            "RIEN_A_REPORTER",
            "Il n’y a pas de trop-perçu à reporter sur cette cotisation. Rien n’a été modifié : "
            "choisissez une cotisation trop payée, puis une autre qui ne l’est pas encore.",
        )
    number = _next_payment(session)
    kept = [
        Receipt(dues_id=row_id, amount=part, received_on=on, means=Means.OTHER.value, reference=CARRIED,
                payment=number)
        for row_id, part in ((dues_id, -amount), (to, amount))
    ]  # fmt: skip
    session.add_all(kept)
    session.flush()
    return kept
