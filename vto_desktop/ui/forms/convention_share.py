"""The form of a convention's part for one fiscal year, which must add up to the awarded amount."""

from vto_desktop.model import ConventionShare
from vto_desktop.services import conventions
from vto_desktop.ui.forms.parts import PartForm
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.inputs import NumberInput
from vto_desktop.ui.kit.money_and_dates import AmountInput


class ConventionShareForm(PartForm):
    """Adds or edits a yearly share."""

    title = "Part annuelle"
    row: ConventionShare

    def build(self) -> None:
        self.head_of_convention()
        self.pair(
            self.field("E&xercice", "year", NumberInput(1990, 2100, grouped=False)),
            self.field("&Montant", "amount", AmountInput(), hint="1234,5 ou 1\u202f234,50\u00a0€"),
        )
        self.reconcile("amount", self.parts().shares)

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la part", str(self.row.year or ""))) as session:
            self.row = conventions.save_share(session, self.row)
