"""« Déclaré le… »: day and receipt of a declaration, for all the mandates of one change of officers."""

from types import SimpleNamespace
from typing import Any

from vto_desktop import french
from vto_desktop.services import declaration
from vto_desktop.services.declaration import Change
from vto_desktop.ui.forms.ends import DayForm
from vto_desktop.ui.kit.inputs import TextInput
from vto_desktop.ui.kit.workspace import Workspace


class DeclaredForm(DayForm):
    """A change of officers was declared to the prefecture (loi du 1er juillet 1901, art. 5)."""

    title = "Déclaration à la préfecture"
    attribute = "declared_on"
    day_label = "&Déclaré le"
    hint = "Le jour du dépôt. Les mandats concernés gardent cette date."
    row: SimpleNamespace

    def __init__(self, workspace: Workspace, change: Change, parent: Any = None) -> None:
        self.change = change
        name = f"Changement de dirigeants du {french.short_date(change.changed_on)}"
        super().__init__(workspace, change.mandate_id, name, parent, on=change.declared_on)

    def build(self) -> None:
        super().build()
        self.row.declaration_number = self.change.number
        hint = "Celui que la préfecture envoie\u202f; il peut être ajouté plus tard."
        self.add("Numéro du &récépissé", "declaration_number", TextInput(), hint=hint)

    def save(self) -> None:
        with self.workspace.write(f"Déclarer le changement de dirigeants ({self.name})") as session:
            declaration.declare(
                session,
                self.change.to_record,
                changed_on=self.change.changed_on,
                on=self.day,
                number=self.row.declaration_number,
            )
