"""The form of an amendment (avenant): a change to a signed convention."""

from vto_desktop import french
from vto_desktop.model import Amendment
from vto_desktop.services import conventions
from vto_desktop.ui.forms.parts import PartForm
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.inputs import MemoInput, NumberInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput


class AmendmentForm(PartForm):
    """Adds or edits an amendment; its amount is added to what is awarded once it is signed."""

    title = "Avenant"
    row: Amendment

    def build(self) -> None:
        self.head_of_convention()
        self.pair(
            self.field("&Numéro", "number", NumberInput(1, 999)),
            self.field("&Signé le", "signed_on", DateInput()),
        )
        self.add("&Objet", "object", MemoInput(lines=2))
        self.pair(
            self.field(
                "&Montant en plus ou en moins", "amount_change", AmountInput(negative=True),
                hint="Négatif si l’avenant réduit la convention",
            ),
            self.field("Nouvelle &fin", "new_ends_on", DateInput(), hint="Si l’avenant prolonge"),
        )  # fmt: skip
        self.fields["amount_change"].input.changed.connect(self._tell_total)

    def _tell_total(self) -> None:
        field, parts = self.fields["amount_change"], self.parts()
        change = field.input.value()
        if change is None or parts.granted is None:
            field.show_remark("")
            return
        others = sum(amount for row_id, amount in parts.changes.items() if row_id != self.row.id)
        total = french.amount(parts.granted + others + change)
        field.show_remark(f"Accordé avec cet avenant\u00a0: {total}")

    def apply(self, row: Amendment) -> None:
        super().apply(row)
        if row.amount_change is None:  # an amendment of dates only
            row.amount_change = 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "l’avenant", str(self.row.number or ""))) as session:
            self.row = conventions.save_amendment(session, self.row)
