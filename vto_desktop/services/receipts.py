"""Receipts: money that came, for one instalment or for one member's dues."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Means, Receipt
from vto_desktop.services.rows import Problems, delete_row, get_row, is_given, require, save_row, too_long


def receipt_problems(row: Receipt) -> Problems:
    """Return what must be corrected before the receipt can be kept."""
    wanted = {"received_on": "Indiquez la date d’encaissement.", "amount": "Indiquez le montant encaissé."}
    found = too_long(row) | require(row, wanted)
    if row.amount == 0:
        found["amount"] = "Indiquez un montant différent de zéro."
    has_instalment = is_given(row, "instalment")
    has_dues = is_given(row, "dues")
    if has_instalment == has_dues:
        found["instalment_id"] = "Choisissez une tranche ou une cotisation, l’une des deux."
    if row.means is not None and row.means not in set(Means):
        found["means"] = "Choisissez le moyen de paiement."
    return found


def save_receipt(session: Session, row: Receipt) -> Receipt:
    """Keep a receipt; raises Invalid. A closed fiscal year refuses it (EXERCICE_CLOS)."""
    return save_row(session, row, receipt_problems(row))


def delete_receipt(session: Session, row_id: int) -> None:
    """Delete a receipt entered by mistake, with the others of its payment: the money came, or it did not."""
    row = get_row(session, Receipt, row_id)
    for each in receipts_together(session, row):
        name = f"Encaissement du {french.short_date(each.received_on)}"
        delete_row(session, Receipt, each.id, name=name)


def receipts_together(session: Session, row: Receipt) -> list[Receipt]:
    """Return the receipts of the payment that one is part of: itself alone, or all that share its number."""
    if row.payment is None:
        return [row]
    chosen = select(Receipt).where(Receipt.payment == row.payment).order_by(Receipt.id)
    return list(session.scalars(chosen))
