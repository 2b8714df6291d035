"""The form of an instalment (tranche) of a convention, which must add up to the awarded amount."""

from vto_desktop.model import Instalment
from vto_desktop.services import conventions
from vto_desktop.ui.forms.parts import PartForm
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.inputs import TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.suggest import SuggestInput

LABELS = ("Acompte", "2ᵉ acompte", "3ᵉ acompte", "Solde", "Versement unique")
ACCEPTED = "Dates\u00a0: 8/12/21, 08122021 ou +30. Montants\u00a0: 1234,5 ou 1\u202f234,50\u00a0€ ou 1234.5."


class InstalmentForm(PartForm):
    """Adds or edits an instalment."""

    title = "Tranche"
    row: Instalment

    def build(self) -> None:
        self.head_of_convention()
        self.add("&Libellé", "label", SuggestInput(LABELS))
        self.pair(
            self.field("É&chéance", "due_on", DateInput()),
            self.field("&Montant", "amount", AmountInput()),
        )
        self.place(label(ACCEPTED, "hint", wrap=True))
        self.add("Con&dition", "condition", TextInput())
        self.reconcile("amount", self.parts().instalments)

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la tranche", self.row.label)) as session:
            self.row = conventions.save_instalment(session, self.row)
