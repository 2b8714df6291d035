"""Dues as items of a list: what is owed and why, each receipt, each reminder, and what can be done."""

from datetime import date
from functools import lru_cache, partial
from typing import Final

from sqlalchemy import func, select

from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Receipt, Reminder
from vto_desktop.services.dues import State, state
from vto_desktop.ui.forms.dues_acts import DuesActs
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.items import Act, Item, Items
from vto_desktop.ui.kit.workspace import Workspace

TONES: Final = {
    State.TO_CALL.value: "neutral",
    State.CALLED.value: "info",
    State.PARTIAL.value: "warn",
    State.SETTLED.value: "ok",
    State.LATE.value: "danger",
    State.CANCELLED.value: "neutral",
}
OVERPAID: Final = "Trop-perçu"


@lru_cache(maxsize=32)  # a list asks for the same few on every row
def state_chip(named: str | None, *, overpaid: int = 0) -> Chip | None:
    """Return the chip of a state of dues, or nothing without dues; settled and more is told as such."""
    if not named:
        return None
    if overpaid > 0 and named == State.SETTLED:
        return Chip(OVERPAID, "info")
    return Chip(named, TONES.get(named, "neutral"))


class DuesItems:
    """Fills lists of items with dues, receipts and reminders."""

    def __init__(self, workspace: Workspace, acts: DuesActs) -> None:
        self._workspace, self._acts = workspace, acts

    def show_member(self, items: Items, member_id: int) -> None:
        """Show all dues of a member, the latest year first, each followed by its receipts."""
        chosen = (
            select(Dues, DuesCampaign.name)
            .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
            .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
            .where(Dues.member_id == member_id)
            .order_by(FiscalYear.year.desc(), Dues.id.desc())
        )
        with self._workspace.read() as session:
            rows = session.execute(chosen).all()
        paid = self._receipts([dues.id for dues, _name in rows])
        found = []
        for dues, campaign in rows:
            found.append(self._dues(dues, campaign, paid.get(dues.id, [])))
            found += [self._receipt(*each) for each in paid.get(dues.id, [])]
        items.show_items(found, writable=not self._workspace.is_read_only)

    def show_receipts(self, items: Items, dues_id: int) -> None:
        """Show what was received for dues, oldest first."""
        found = [self._receipt(*each) for each in self._receipts([dues_id]).get(dues_id, [])]
        items.show_items(found, writable=not self._workspace.is_read_only)

    def show_reminders(self, items: Items, dues_id: int) -> None:
        """Show the reminders sent for dues, first one first."""
        chosen = select(Reminder).where(Reminder.dues_id == dues_id).order_by(Reminder.level)
        with self._workspace.read() as session:
            rows = session.scalars(chosen).all()
        found = [self._reminder(row) for row in rows]
        items.show_items(found, writable=not self._workspace.is_read_only)

    def _receipts(self, dues_ids: list[int]) -> dict[int, list[tuple[Receipt, int]]]:
        """Return by dues the receipts, each with what its whole payment came to."""
        wanted = select(Receipt).where(Receipt.dues_id.in_(dues_ids))
        found: dict[int, list[tuple[Receipt, int]]] = {}
        with self._workspace.read() as session:
            rows = session.scalars(wanted.order_by(Receipt.received_on, Receipt.id)).all()
            payments = {row.payment for row in rows if row.payment is not None}
            whole = dict(
                session.execute(
                    select(Receipt.payment, func.sum(Receipt.amount))
                    .where(Receipt.payment.in_(payments))
                    .group_by(Receipt.payment)
                ).all()
            )
        for row in rows:
            if row.dues_id is not None:
                found.setdefault(row.dues_id, []).append((row, int(whole.get(row.payment, row.amount))))
        return found

    # --- items -----------------------------------------------------------------------------------

    def _dues(self, dues: Dues, campaign: str, paid: list[tuple[Receipt, int]]) -> Item:
        received = sum(receipt.amount for receipt, _whole in paid)
        left = dues.amount - received
        amounts = f"{french.amount(dues.amount)} appelés, {french.amount(received)} réglés"
        if left > 0 and dues.cancelled_on is None:
            amounts += f", reste {french.amount(left)}"
        over = received if dues.cancelled_on is not None else max(-left, 0)
        if over:
            amounts += f", trop-perçu {french.amount(over)}"
        about = (
            f"n° {dues.number}" if dues.number else "",
            f"appelée le {french.short_date(dues.called_on)}" if dues.called_on else "",
            f"à régler avant le {french.short_date(dues.due_on)}" if dues.due_on else "",
            f"annulée le {french.short_date(dues.cancelled_on)}" if dues.cancelled_on else "",
        )
        reasons = (dues.reason, dues.cancelling_reason if dues.cancelled_on else "")
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        chip = state_chip(state(dues, received=received, on=today), overpaid=over)
        return Item(
            campaign, chip, (amounts,), (dues.basis, " · ".join(filter(None, about)), *reasons),
            tuple(self._dues_acts(dues)),
        )  # fmt: skip

    def _dues_acts(self, dues: Dues) -> list[Act]:
        found: list[Act] = [("Modifier…", "pencil", partial(self._acts.edit, dues.id))]
        if dues.cancelled_on is None:
            found.append(("Ajouter un encaissement…", "banknote", partial(self._acts.receive, dues.id)))
            if dues.called_on is None:
                found.append(("Appeler", "file-text", partial(self._acts.call_prepared, dues.id)))
            else:
                found.append(("Imprimer l’appel…", "printer", partial(self._acts.print_calls, dues.id)))
            found.append(("Annuler la cotisation…", "ban", partial(self._acts.cancel, dues.id)))
        if dues.called_on is None:
            found.append(("Supprimer", "trash-2", partial(self._acts.delete, dues.id)))
        found.append(("Voir dans Cotisations", "coins", partial(self._workspace.open_row, "dues", dues.id)))
        return found

    def _receipt(self, receipt: Receipt, whole: int) -> Item:
        about = " · ".join(filter(None, (receipt.means, receipt.reference, receipt.slip)))
        day = french.short_date(receipt.received_on)
        shared = receipt.payment is not None and whole != receipt.amount
        part = f"Part d’un paiement de {french.amount(whole)}" if shared else ""
        edit: list[Act] = [("Modifier…", "pencil", partial(self._acts.edit_receipt, receipt.id))]
        return Item(
            f"Reçu le {day}\u00a0: {french.amount(receipt.amount)}", None, (), (about, part, receipt.notes),
            (
                *edit, ("Imprimer le reçu…", "printer", partial(self._acts.print_receipts, receipt.id)),
                ("Supprimer", "trash-2", partial(self._acts.delete_receipt, receipt.id)),
            ),
        )  # fmt: skip

    def _reminder(self, reminder: Reminder) -> Item:
        day = french.short_date(reminder.sent_on)
        words = f"la relance de niveau {reminder.level} du {day}"
        delete = partial(self._acts.delete_reminder, reminder.id, words)
        return Item(
            f"Niveau {reminder.level}, le {day}", None, (), (f"{french.amount(reminder.amount)} à régler",),
            (("Supprimer", "trash-2", delete),),
        )  # fmt: skip
