"""Dues of one member: how they are kept and cancelled, and the state that follows from calls and receipts."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Dues, Receipt
from vto_desktop.services.members import member_name
from vto_desktop.services.numbering import number_calls
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    in_order,
    is_given,
    is_taken,
    require,
    save_row,
    too_long,
)


class State(StrEnum):
    """Where one member's dues stand; the value is the label that users read."""

    TO_CALL = "À appeler"
    CALLED = "Appelée"
    PARTIAL = "Partielle"
    SETTLED = "Réglée"
    LATE = "En retard"
    CANCELLED = "Annulée"


def state(row: Dues, *, received: int, on: date) -> State:
    """Return the state of dues on a day, from what was received. Cents."""
    if row.cancelled_on is not None:
        return State.CANCELLED
    if received >= row.amount:
        return State.SETTLED
    if row.due_on is not None and row.due_on < on:
        return State.LATE
    if received > 0:
        return State.PARTIAL
    return State.TO_CALL if row.called_on is None or row.called_on > on else State.CALLED


def received_sum() -> ScalarSelect[int]:
    """Return, beside ``Dues`` in a query, what was received for it. Cents."""
    total = select(func.sum(Receipt.amount)).where(Receipt.dues_id == Dues.id)
    return func.coalesce(total.correlate(Dues).scalar_subquery(), 0)  # type: ignore[return-value]  # an expression


def state_expression(*, on: date | BindParameter[date]) -> ColumnElement[str]:
    """Return the rule of ``state`` for the database, beside ``Dues``; a test holds the two equal."""
    return state_of(received_sum(), on=on)


def state_of(received: ColumnElement[int], *, on: date | BindParameter[date]) -> ColumnElement[str]:
    """Return the state of dues of which this was received."""
    return case(
        (Dues.cancelled_on.is_not(None), literal(State.CANCELLED.value)),
        (received >= Dues.amount, literal(State.SETTLED.value)),
        (and_(Dues.due_on.is_not(None), Dues.due_on < on), literal(State.LATE.value)),
        (received > 0, literal(State.PARTIAL.value)),
        (or_(Dues.called_on.is_(None), Dues.called_on > on), literal(State.TO_CALL.value)),
        else_=literal(State.CALLED.value),
    )


# --- dues ----------------------------------------------------------------------------------------


def dues_problems(row: Dues) -> Problems:
    """Return what must be corrected before the dues can be kept."""
    found = too_long(row) | require(row, {"amount": "Indiquez le montant retenu."})
    if not is_given(row, "campaign"):
        found["campaign_id"] = "Choisissez la campagne."
    if not is_given(row, "member"):
        found["member_id"] = "Choisissez l’adhérent."
    if row.amount is not None and row.amount < 0:
        found["amount"] = "Le montant ne peut pas être négatif."
    differs = row.computed_amount is not None and row.amount not in (None, row.computed_amount)
    if differs and not (row.reason or "").strip() and "amount" not in found:
        computed = french.amount(row.computed_amount or 0)
        found["reason"] = f"Dites pourquoi le montant n’est pas celui du barème ({computed})."
    if row.called_on is None and row.due_on is not None:
        found["called_on"] = "Une échéance suit un appel : indiquez sa date, ou laissez l’échéance vide."
    return found | in_order(row, "called_on", "due_on", "L’échéance doit suivre l’appel.")


def save_dues(session: Session, row: Dues) -> Dues:
    """Keep one member's dues, numbered once they are called; raises Invalid.

    Refused too: two dues of a member in a campaign, a number twice, and what would undo a call.
    """
    found = dues_problems(row)
    before = _kept(session, row)
    if not found and before is not None:
        found = _undone_call(before, row)
    if not found and is_taken(session, row, "campaign_id", "member_id"):
        found["member_id"] = "Cet adhérent a déjà une cotisation dans cette campagne."
    if not found and (row.number or "").strip() and is_taken(session, row, "number"):
        found["number"] = "Un autre appel porte ce numéro : chaque numéro est unique."
    kept = save_row(session, row, found)
    if kept.called_on is None:
        kept.number = ""
    elif before is None or not kept.number:
        number_calls(session, kept.campaign_id, [kept])
    return kept


def _kept(session: Session, row: Dues) -> Any:
    """Return what is kept of dues already called, or None."""
    chosen = select(Dues.campaign_id, Dues.member_id).where(Dues.called_on.is_not(None), Dues.id == row.id)
    with session.no_autoflush:
        return session.execute(chosen).first()


def _undone_call(kept: Any, row: Dues) -> Problems:
    """Return what would leave a gap in the numbers: a call taken back, or given to another member or year."""
    found: Problems = {}
    if row.called_on is None:
        found["called_on"] = "Cette cotisation a été appelée : elle s’annule, son appel ne s’efface pas."
    if kept.campaign_id != row.campaign_id:
        found["campaign_id"] = "Cette cotisation a été appelée : elle ne change plus de campagne."
    if kept.member_id != row.member_id:
        found["member_id"] = "Cette cotisation a été appelée : elle ne change plus d’adhérent."
    return found


def cancel_dues(session: Session, row_id: int, *, on: date, reason: str) -> Dues:
    """Cancel dues, which stay on record; raises Invalid without a reason."""
    row = get_row(session, Dues, row_id)
    said = french.clean(reason, keep_lines=True)
    if not said:
        raise Invalid({"cancelling_reason": "Dites pourquoi la cotisation est annulée."})
    row.cancelled_on, row.cancelling_reason = on, said
    session.flush()
    return row


def delete_dues(session: Session, row_id: int) -> None:
    """Delete dues not called yet; raises COTISATION_APPELEE, or ENCORE_UTILISE once money came."""
    row = get_row(session, Dues, row_id)
    name = f"Cotisation de {member_name(session, row.member_id)}"
    if row.called_on is not None:
        raise UserError(
            "COTISATION_APPELEE",
            f"«\u00a0{name}\u00a0» a été appelée : elle s’annule, elle ne s’efface pas. "
            "Rien n’a été supprimé.",
        )
    delete_row(session, Dues, row_id, name=name)
