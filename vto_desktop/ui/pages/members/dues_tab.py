"""The « Cotisations » tab: what the member owes and paid, year by year, with each receipt."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Receipt
from vto_desktop.services import dues as services
from vto_desktop.services import receipts
from vto_desktop.ui.forms.dues import DuesForm, campaign_of_year
from vto_desktop.ui.forms.dues_campaign import DuesCampaignForm
from vto_desktop.ui.forms.dues_receipt import DuesReceiptForm
from vto_desktop.ui.forms.ends import CancelDuesForm
from vto_desktop.ui.forms.records import deleting, named
from vto_desktop.ui.kit import messages, theme
from vto_desktop.ui.kit.items import Act, Item, Items
from vto_desktop.ui.kit.panel import button
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.members.shown import state_chip


class DuesTab(QWidget):
    """Dues and receipts of one member, the latest year first."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._member_id: int | None = None
        self.add_button = button("Cotisation", self.add, icon="plus")
        self.items = Items("Aucune cotisation n’a été appelée pour cet adhérent.")
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(top)
        column.addWidget(self.items)

    def show_member(self, member_id: int, name: str) -> None:
        """Show what a member owes and paid."""
        self._member_id, self._name = member_id, name
        chosen = (
            select(Dues, DuesCampaign.name)
            .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
            .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
            .where(Dues.member_id == member_id)
            .order_by(FiscalYear.year.desc(), Dues.id.desc())
        )
        with self._workspace.read() as session:
            rows = session.execute(chosen).all()
            paid: dict[int | None, list[Receipt]] = {}
            wanted = select(Receipt).where(Receipt.dues_id.in_([dues.id for dues, _name in rows]))
            for receipt in session.scalars(wanted.order_by(Receipt.received_on, Receipt.id)):
                paid.setdefault(receipt.dues_id, []).append(receipt)
        items = []
        for dues, campaign in rows:
            items.append(self._dues_item(dues, campaign, paid.get(dues.id, [])))
            items += [self._receipt_item(receipt) for receipt in paid.get(dues.id, [])]
        writable = not self._workspace.is_read_only
        self.add_button.setEnabled(writable)
        self.items.show_items(items, writable=writable)

    def _dues_item(self, dues: Dues, campaign: str, paid: list[Receipt]) -> Item:
        received = sum(receipt.amount for receipt in paid)
        left = dues.amount - received
        amounts = f"{french.amount(dues.amount)} appelés, {french.amount(received)} réglés"
        if left > 0 and dues.cancelled_on is None:
            amounts += f", reste {french.amount(left)}"
        about = (
            f"n° {dues.number}" if dues.number else "",
            f"appelée le {french.short_date(dues.called_on)}" if dues.called_on else "",
            f"à régler avant le {french.short_date(dues.due_on)}" if dues.due_on else "",
            f"annulée le {french.short_date(dues.cancelled_on)}" if dues.cancelled_on else "",
        )
        reasons = (dues.reason, dues.cancelling_reason if dues.cancelled_on else "")
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        acts: list[Act] = [("Modifier…", "pencil", partial(self.edit, dues.id))]
        if dues.cancelled_on is None:
            acts.append(("Ajouter un encaissement…", "banknote", partial(self.receive, dues.id)))
            acts.append(("Annuler la cotisation…", "ban", partial(self.cancel, dues.id)))
        if dues.called_on is None:
            acts.append(("Supprimer", "trash-2", partial(self.delete, dues.id)))
        state = services.state(dues, received=received, on=today)
        return Item(
            campaign, state_chip(state), (amounts,), (" · ".join(filter(None, about)), *reasons), tuple(acts)
        )

    def _receipt_item(self, receipt: Receipt) -> Item:
        about = " · ".join(filter(None, (receipt.means, receipt.reference)))
        return Item(
            f"Reçu le {french.short_date(receipt.received_on)}\u00a0: {french.amount(receipt.amount)}",
            None,
            (),
            (about, receipt.notes),
            (
                ("Modifier…", "pencil", partial(self.edit_receipt, receipt.id)),
                ("Supprimer", "trash-2", partial(self.delete_receipt, receipt.id, receipt.amount)),
            ),
        )

    # --- acts ------------------------------------------------------------------------------------

    def add(self) -> None:
        """Open the form of new dues, in the campaign of the year looked at; without one, say so."""
        if self._member_id is None:
            return
        campaign = campaign_of_year(self._workspace, self._workspace.year)
        if campaign is None:
            year = self._workspace.year
            sentence = f"L’exercice {year} n’a pas encore de campagne de cotisations. Créez-la d’abord."
            answers = [
                ("Créer la campagne…", lambda: DuesCampaignForm.new(self._workspace, self).start()),
                ("Annuler", lambda: None),
            ]
            messages.ask(self, "Pas de campagne", sentence, answers)
            return
        DuesForm.new(self._workspace, member_id=self._member_id, campaign=campaign, parent=self).start()

    def edit(self, row_id: int) -> None:
        """Open the form of dues."""
        DuesForm.edit(self._workspace, row_id, self).start()

    def cancel(self, row_id: int) -> None:
        """Ask when and why dues are cancelled; they stay on record."""
        CancelDuesForm(self._workspace, row_id, self._name, self).start()

    def delete(self, row_id: int) -> None:
        """Delete dues that were never called; a refusal is told."""
        deleting(self._workspace, self, named("la cotisation de", self._name), services.delete_dues, row_id)

    def receive(self, dues_id: int) -> None:
        """Open the form of a new receipt."""
        DuesReceiptForm.new(self._workspace, dues_id, self).start()

    def edit_receipt(self, row_id: int) -> None:
        """Open the form of a receipt."""
        DuesReceiptForm.edit(self._workspace, row_id, self).start()

    def delete_receipt(self, row_id: int, amount: int) -> None:
        """Delete a receipt entered by mistake."""
        what = named(f"l’encaissement de {french.amount(amount)},", self._name)
        deleting(self._workspace, self, what, receipts.delete_receipt, row_id)
