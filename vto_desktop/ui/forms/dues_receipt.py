"""The form of a receipt (encaissement) on a member's dues: it proposes what is left to pay."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, Means, Receipt
from vto_desktop.services import receipts
from vto_desktop.services.members import member_name
from vto_desktop.ui.forms.records import loaded, named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.workspace import Workspace


class DuesReceiptForm(Form):
    """Adds or edits one receipt of dues."""

    title = "Encaissement d’une cotisation"
    row: Receipt

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "DuesReceiptForm":
        """Return the form of a kept receipt."""
        return cls(workspace, loaded(workspace, Receipt, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, dues_id: int, parent: Any = None) -> "DuesReceiptForm":
        """Return the form of a new receipt, today, of all that is left."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        row = Receipt(dues_id=dues_id, received_on=today, means=Means.TRANSFER.value)
        return cls(workspace, row, parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            owed, member_id, campaign = session.execute(
                select(Dues.amount, Dues.member_id, DuesCampaign.name)
                .join(DuesCampaign)
                .where(Dues.id == self.row.dues_id)
            ).one()
            others = select(func.sum(Receipt.amount)).where(
                Receipt.dues_id == self.row.dues_id, Receipt.id != (self.row.id or 0)
            )
            self._left = owed - (session.scalar(others) or 0)
            self._name = member_name(session, member_id)
        self.head(self._name, f"{campaign} · {french.amount(owed)}")
        self.pair(
            self.field("&Reçu le", "received_on", DateInput()),
            self.field("&Montant", "amount", AmountInput()),
        )
        self.pair(
            self.field("Mo&yen", "means", ChoiceInput([(each.value, each.value) for each in Means])),
            self.field("Référen&ce", "reference", TextInput(), hint="Libellé du relevé, numéro de chèque…"),
        )
        self.add("&Notes", "notes", MemoInput(lines=2))
        self.input("amount").changed.connect(self._tell_left)

    def load(self, row: Receipt) -> None:
        super().load(row)
        if row.id is None:
            self.input("amount").set_value(max(self._left, 0))

    def _tell_left(self) -> None:
        typed = self.input("amount").value()
        left = self._left - (typed or 0)
        field = self.fields["amount"]
        if typed is None:
            field.show_remark("")
        elif left == 0:
            field.show_remark("Règle entièrement la cotisation")
        elif left > 0:
            field.show_remark(f"Il restera {french.amount(left)} à encaisser")
        else:
            field.show_remark(f"Dépasse la cotisation de {french.amount(-left)}", "warn")

    def save(self) -> None:
        verb = "Modifier" if self.row.id is not None else "Ajouter"
        amount = french.amount(self.row.amount) if self.row.amount is not None else ""
        label = f"{verb} {named(f'l’encaissement de {amount},', self._name)}"
        with self.workspace.write(label) as session:
            self.row = receipts.save_receipt(session, self.row)
