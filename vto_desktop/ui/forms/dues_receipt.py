"""The form of a payment of dues: what is left is proposed, spread over the oldest due first, to be mended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer

from vto_desktop import french
from vto_desktop.model import Means, Receipt
from vto_desktop.services import payments, receipts
from vto_desktop.services.payments import Owed, Payment
from vto_desktop.services.rows import get_row
from vto_desktop.ui.forms.creation import member_input
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.grid_input import GridInput
from vto_desktop.ui.kit.grid_row import Cell, ShownText
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.workspace import Workspace

MEANS = tuple((each.value, each.value) for each in Means)


class SplitInput(GridInput):
    """What each of the dues gets of a payment; its value is dues id → amount."""

    def __init__(self) -> None:
        super().__init__(
            (
                Cell("what", "Cotisation", ShownText, still=True),
                Cell("left", "Reste à régler", lambda: ShownText(right=True), 120, right=True, still=True),
                Cell("amount", "Montant", lambda: AmountInput(negative=True), 140, right=True),
            )
        )
        self.among: list[Owed] = []

    def offer(self, among: Sequence[Owed]) -> None:
        """Offer these dues; amounts typed stay."""
        before = self.value()
        self.among = list(among)
        self.clear()
        for each in self.among:
            what = f"{each.campaign}, {each.name}" if self._names_differ() else each.campaign
            row = self.add_row({"what": what, "left": french.amount(each.left)})
            row.fill({"amount": before.get(each.dues_id)})

    def _names_differ(self) -> bool:
        return len({each.member_id for each in self.among}) > 1

    def value(self) -> Any:
        amounts = [row.cell("amount").value() for row in self.rows]
        return {each.dues_id: n for each, n in zip(self.among, amounts, strict=False) if n}

    def set_value(self, value: Any) -> None:
        parts = value or {}
        for each, row in zip(self.among, self.rows, strict=False):
            row.fill({"amount": parts.get(each.dues_id)})
        self.changed.emit()

    def typed(self) -> Any:
        lines = zip(self.among, self.rows, strict=False)
        return {str(each.dues_id): row.cell("amount").typed() for each, row in lines}

    def set_typed(self, typed: Any) -> None:
        if isinstance(typed, dict):
            for each, row in zip(self.among, self.rows, strict=False):
                row.cell("amount").set_typed(typed.get(str(each.dues_id), ""))


class DuesReceiptForm(Form):
    """Adds or edits one payment of dues."""

    title = "Encaissement d’une cotisation"
    row: Payment

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "DuesReceiptForm":
        """Return the form of the payment that a kept receipt is part of."""
        with workspace.read() as session:
            payment = payments.payment_of(session, row_id)
            together = receipts.receipts_together(session, get_row(session, Receipt, row_id))
            but = [each.id for each in together]
            found = payments.owed(session, dues_ids=payment.parts, but=but, with_cancelled=True)
            members = {each.member_id for each in found}
            open_ = [each for each in payments.owed(session, member_ids=members, but=but) if each.left > 0]
        return cls(workspace, payment, _first(found, open_), parent)

    @classmethod
    def new(cls, workspace: Workspace, dues_id: int, parent: Any = None) -> "DuesReceiptForm":
        """Return the form of a new payment, today, of all that is left of these dues."""
        with workspace.read() as session:
            asked = payments.owed(session, dues_ids=[dues_id])
            members = {each.member_id for each in asked}
            others = [each for each in payments.owed(session, member_ids=members) if each.left > 0]
        return cls(workspace, _today(max(asked[0].left, 0) or None), _first(asked, others), parent)

    @classmethod
    def of_member(cls, workspace: Workspace, member_id: int, parent: Any = None) -> "DuesReceiptForm":
        """Return the form of a new payment, today, of all that a member has left to pay."""
        with workspace.read() as session:
            found = payments.owed(session, member_ids=[member_id])
        open_ = [each for each in found if each.left > 0] or found[-1:]
        return cls(workspace, _today(sum(max(each.left, 0) for each in open_) or None), open_, parent)

    def __init__(self, workspace: Workspace, row: Payment, among: Sequence[Owed], parent: Any = None) -> None:
        self._among = list(among)
        self._by_hand = row.id is not None
        super().__init__(workspace, row, parent)

    def build(self) -> None:
        first = self._among[0]
        self._name = first.name
        of = first.campaign if len(self._among) == 1 else french.count(len(self._among), "cotisation")
        self.head(first.name, f"{of} · {french.amount(sum(each.amount for each in self._among))}")
        self.pair(
            self.field("&Reçu le", "received_on", DateInput()),
            self.field("&Montant", "amount", AmountInput()),
        )
        self.pair(
            self.field("Mo&yen", "means", ChoiceInput(MEANS)),
            self.field("Référen&ce", "reference", TextInput(), hint="Libellé du relevé, numéro de chèque…"),
        )
        self.split = SplitInput()
        self.split.offer(self._among)
        self.parts_field = self.add("Ré&partition", "parts", self.split)
        self.other = member_input(self, placeholder="Ajouter les cotisations d’un autre adhérent")
        self.other.picked.connect(self._offer_other)
        self.place(self.other)
        self.add(
            "Remi&se", "slip", TextInput(), hint="Le bordereau avec lequel il a été déposé, s’il y a lieu."
        )
        self.add("&Notes", "notes", MemoInput(lines=2))
        self.input("amount").changed.connect(self._amount_typed)
        self.split.cell_changed.connect(self._part_typed)
        self._show_split()

    def _show_split(self) -> None:
        self.parts_field.setVisible(len(self._among) > 1)

    def load(self, row: Payment) -> None:
        super().load(row)
        if row.id is None:
            self._amount_typed()

    # --- spreading -------------------------------------------------------------------------------

    def _amount_typed(self) -> None:
        """Spread the amount anew, as long as nobody has spread it by hand over several dues."""
        typed = self.input("amount").value()
        if not self._by_hand or len(self._among) == 1:
            self.split.set_value(payments.spread(typed or 0, self._among))
        self._tell()

    def _part_typed(self, _place: int, _key: str) -> None:
        self._by_hand = True
        self._tell()

    def _offer_other(self, member_id: int | None) -> None:
        """Offer what another member owes too: one pays for both."""
        if member_id is None:
            return
        known = {each.dues_id for each in self._among}
        with self.workspace.read() as session:
            found = payments.owed(session, member_ids=[member_id])
        self._among += [each for each in found if each.left > 0 and each.dues_id not in known]
        self.split.offer(self._among)
        self._show_split()
        self.other.set_value(None)
        self._amount_typed()
        QTimer.singleShot(0, self, self.fit)  # once the new rows are laid out

    def _tell(self) -> None:
        typed, field = self.input("amount").value(), self.fields["amount"]
        left = sum(max(each.left, 0) for each in self._among) - (typed or 0)
        one = len(self._among) == 1
        if typed is None:
            field.show_remark("")
        elif left == 0:
            field.show_remark("Règle entièrement la cotisation" if one else "Règle tout ce qui reste")
        elif left > 0:
            field.show_remark(f"Il restera {french.amount(left)} à encaisser")
        else:
            over = f"{french.amount(-left)} de plus que ce qui reste\u00a0: trop-perçu"
            field.show_remark(over, "warn")
        gap = (typed or 0) - sum(self.split.value().values())
        if typed is None or not gap:
            self.parts_field.show_remark(
                "Proposée à la plus ancienne échéance, à modifier s’il le faut.", "hint"
            )
        elif gap > 0:
            self.parts_field.show_remark(f"Il reste {french.amount(gap)} à répartir", "warn")
        else:
            self.parts_field.show_remark(f"{french.amount(-gap)} de trop dans la répartition", "warn")

    # --- keeping ---------------------------------------------------------------------------------

    def save(self) -> None:
        verb = "Modifier" if self.row.id is not None else "Ajouter"
        amount = french.amount(self.row.amount) if self.row.amount is not None else ""
        label = f"{verb} {named(f'l’encaissement de {amount},', self._name)}"
        with self.workspace.write(label) as session:
            kept = payments.save_payment(session, self.row)
            self.row.id = kept[0].id


def _today(amount: int | None) -> Payment:
    today = date.today()  # noqa: DTZ011 - the user's own calendar day
    return Payment(received_on=today, amount=amount)


def _first(asked: Sequence[Owed], others: Sequence[Owed]) -> list[Owed]:
    """Return the dues asked for first, then the other open ones, oldest due first."""
    known = {each.dues_id for each in asked}
    return [*asked, *(each for each in others if each.dues_id not in known)]
