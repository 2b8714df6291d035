"""The form of a receipt (encaissement) on an instalment: it proposes what is still to be received."""

from datetime import date

from sqlalchemy import func, select

from vto_desktop import french
from vto_desktop.model import Convention, Instalment, Means, Organisation, Receipt
from vto_desktop.services import receipts
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.workspace import Workspace


def new_receipt(workspace: Workspace, instalment_id: int) -> Receipt:
    """Return a receipt to keep: today, of all that is left of an instalment."""
    with workspace.read() as session:
        amount = session.scalar(select(Instalment.amount).where(Instalment.id == instalment_id)) or 0
        received = session.scalar(
            select(func.sum(Receipt.amount)).where(Receipt.instalment_id == instalment_id)
        )
    today = date.today()  # noqa: DTZ011 - the user's own calendar day
    left = max(amount - (received or 0), 0)
    return Receipt(
        instalment_id=instalment_id, received_on=today, amount=left or None, means=Means.TRANSFER.value
    )


class ReceiptForm(Form):
    """Adds or edits the receipt of an instalment."""

    title = "Encaissement"
    row: Receipt

    def build(self) -> None:
        self._read()
        self.head(self._title, self._funder)
        choices = [(row_id, self._choice(row_id)) for row_id in self._amounts]
        self.add("&Tranche", "instalment_id", ChoiceInput(choices))
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
        self.input("instalment_id").changed.connect(self._propose)

    def _read(self) -> None:
        with self.workspace.read() as session:
            convention_id, self._title, self._funder = session.execute(
                select(Convention.id, Convention.title, Organisation.name)
                .join(Instalment, Instalment.convention_id == Convention.id)
                .join(Organisation, Convention.funder_id == Organisation.id)
                .where(Instalment.id == self.row.instalment_id)
            ).one()
            instalments = session.execute(
                select(Instalment.id, Instalment.label, Instalment.amount)
                .where(Instalment.convention_id == convention_id)
                .order_by(Instalment.position, Instalment.id)
            )
            self._labels = {row_id: label for row_id, label, _amount in instalments}
            amounts = select(Instalment.id, Instalment.amount).where(Instalment.id.in_(self._labels))
            self._amounts = dict(session.execute(amounts.order_by(Instalment.position)).all())
            received = (
                select(Receipt.instalment_id, func.sum(Receipt.amount))
                .where(Receipt.instalment_id.in_(self._labels), Receipt.id != (self.row.id or 0))
                .group_by(Receipt.instalment_id)
            )
            self._received = {row_id: amount for row_id, amount in session.execute(received) if row_id}

    def _left(self, row_id: int) -> int:
        return self._amounts[row_id] - self._received.get(row_id, 0)

    def _choice(self, row_id: int) -> str:
        left = self._left(row_id)
        state = f"reste {french.amount(left)}" if left > 0 else "réglée"
        return f"{self._labels[row_id]} · {french.amount(self._amounts[row_id])}, {state}"

    def _propose(self) -> None:
        """Propose what is left of the instalment chosen, unless another amount was typed."""
        row_id = self.input("instalment_id").value()
        if self.row.id is None and row_id is not None:
            self.input("amount").set_value(max(self._left(row_id), 0))

    def _tell_left(self) -> None:
        field = self.fields["amount"]
        row_id, typed = self.input("instalment_id").value(), self.input("amount").value()
        if typed is None or row_id not in self._amounts:
            field.show_remark("")
            return
        left = self._left(row_id) - typed
        if left == 0:
            field.show_remark("Règle entièrement la tranche")
        elif left > 0:
            field.show_remark(f"Il restera {french.amount(left)} à encaisser")
        else:
            field.show_remark(f"Dépasse la tranche de {french.amount(-left)}", "warn")

    def save(self) -> None:
        verb = "Modifier" if self.row.id else "Ajouter"
        amount = french.amount(self.row.amount) if self.row.amount is not None else ""
        label = f"{verb} {named(f'l’encaissement de {amount},', self._title)}"
        with self.workspace.write(label) as session:
            self.row = receipts.save_receipt(session, self.row)
