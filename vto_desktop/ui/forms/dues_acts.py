"""What one does with dues, their receipts and reminders, from the page of dues and from a member's panel."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Dues, Member, Receipt
from vto_desktop.services import calls, dues, receipts, reminders
from vto_desktop.services.campaigns import campaigns_of
from vto_desktop.services.members import member_name
from vto_desktop.ui.forms.carry_over import CarryOverForm
from vto_desktop.ui.forms.dues import DuesForm
from vto_desktop.ui.forms.dues_receipt import DuesReceiptForm
from vto_desktop.ui.forms.ends import CancelDuesForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.forms.records import deleting, named
from vto_desktop.ui.kit import messages
from vto_desktop.ui.kit.workspace import Workspace


class DuesActs:
    """The acts on dues, over ``parent``; ``new_campaign`` is what offers itself to a year without any."""

    def __init__(self, workspace: Workspace, parent: QWidget, *, new_campaign: Callable[[], object]) -> None:
        self._workspace, self._parent = workspace, parent
        self._new_campaign = new_campaign

    def _name(self, dues_id: int) -> str:
        with self._workspace.read() as session:
            member_id = session.scalar(select(Dues.member_id).where(Dues.id == dues_id))
            return member_name(session, member_id) if member_id is not None else ""

    # --- dues ------------------------------------------------------------------------------------

    def call_one(self, member_id: int | None = None, *, done: Callable[[Dues], object] | None = None) -> None:
        """Call one member more in the campaign of the year looked at; without a campaign, say so."""
        year = self._workspace.year
        with self._workspace.read() as session:
            found = campaigns_of(session, year)
        if not found:
            sentence = f"L’exercice {year} n’a pas encore de campagne de cotisations. Créez-la d’abord."
            answers = [("Créer la campagne…", self._new_campaign), ("Annuler", lambda: None)]
            messages.ask(self._parent, "Pas de campagne", sentence, answers)
            return
        DuesForm.new(self._workspace, member_id=member_id, campaign=found[0], parent=self._parent).start(done)

    def call_prepared(self, *dues_ids: int) -> None:
        """Call dues that are prepared, today or on the day of their campaign if it is to come."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        what = (
            named("la cotisation de", self._name(dues_ids[0]))
            if len(dues_ids) == 1
            else french.count(len(dues_ids), "cotisation")
        )
        try:
            with self._workspace.write(f"Appeler {what}") as session:
                count = calls.call_prepared(session, dues_ids, today=today)
        except UserError as refused:
            messages.show_error(self._parent, refused)
            return
        self._workspace.say(f"{french.count(count, 'cotisation appelée', 'cotisations appelées')}.")

    def edit(self, dues_id: int) -> None:
        """Open the form of dues."""
        if not self._workspace.is_read_only:
            DuesForm.edit(self._workspace, dues_id, self._parent).start()

    def print_calls(self, *dues_ids: int) -> None:
        """Show the calls for some dues, to be printed or saved."""
        PapersDialog(self._workspace, "dues-calls", dues_ids, self._parent).open()

    def cancel(self, dues_id: int) -> None:
        """Ask when and why dues are cancelled; they stay on record."""
        if not self._workspace.is_read_only:
            CancelDuesForm(self._workspace, dues_id, self._name(dues_id), self._parent).start()

    def delete(self, *dues_ids: int) -> None:
        """Delete dues that were never called; a refusal is told: called ones are cancelled instead."""
        one = len(dues_ids) == 1
        what = (
            named("la cotisation de", self._name(dues_ids[0]))
            if one
            else french.count(len(dues_ids), "cotisation")
        )
        deleting(self._workspace, self._parent, what, dues.delete_dues, *dues_ids)

    # --- receipts --------------------------------------------------------------------------------

    def receive(self, dues_id: int) -> None:
        """Open the form of a new receipt on dues; those cancelled ask for nothing."""
        if self._workspace.is_read_only:
            return
        with self._workspace.read() as session:
            is_cancelled = session.scalar(select(Dues.cancelled_on).where(Dues.id == dues_id)) is not None
        if is_cancelled:
            self._workspace.say("Cette cotisation est annulée\u00a0: rien n’est à encaisser.")
        else:
            DuesReceiptForm.new(self._workspace, dues_id, self._parent).start()

    def carry_over(self, dues_id: int) -> None:
        """Ask which dues take what was overpaid for these."""
        if self._workspace.is_read_only:
            return
        try:
            CarryOverForm.of(self._workspace, dues_id, self._parent).start()
        except UserError as refused:
            messages.show_error(self._parent, refused)

    def edit_receipt(self, receipt_id: int) -> None:
        """Open the form of a receipt, with the whole payment it is part of."""
        if not self._workspace.is_read_only:
            DuesReceiptForm.edit(self._workspace, receipt_id, self._parent).start()

    def print_receipts(self, *receipt_ids: int) -> None:
        """Show what acknowledges some receipts, each with its whole payment."""
        PapersDialog(self._workspace, "receipts", receipt_ids, self._parent).open()

    def delete_receipt(self, receipt_id: int) -> None:
        """Delete a receipt entered by mistake, with the others of its payment."""
        with self._workspace.read() as session:
            row = session.get(Receipt, receipt_id)
            together = receipts.receipts_together(session, row) if row is not None else []
            payer = session.scalars(
                select(Member).join(Dues).where(Dues.id.in_([each.dues_id for each in together]))
            ).first()
            name = payer.name if payer is not None else ""
        amount = french.amount(sum(each.amount for each in together))
        spread = f" ({len(together)} cotisations)" if len(together) > 1 else ""
        what = named(f"l’encaissement de {amount}{spread},", name)
        deleting(self._workspace, self._parent, what, receipts.delete_receipt, receipt_id)

    # --- reminders -------------------------------------------------------------------------------

    def print_reminders(self, *dues_ids: int) -> None:
        """Show the reminders of some dues, to be printed or saved."""
        PapersDialog(self._workspace, "reminders", dues_ids, self._parent).open()

    def delete_reminder(self, reminder_id: int, words: str) -> None:
        """Delete a reminder entered by mistake."""
        deleting(self._workspace, self._parent, words, reminders.delete_reminder, reminder_id)
