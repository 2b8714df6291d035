"""The form of a line of the subsidy forms (cerfa 12156 and 15059)."""

from typing import Any

from vto_desktop.model import FormLine
from vto_desktop.services import accounts, reference
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace

SIDES = (("charges", "Charges"), ("produits", "Produits"))


class FormLineForm(Form):
    """Edits one line of a form, whose grouping differs from the chart's."""

    title = "Ligne de formulaire"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "FormLineForm":
        """Return the form of a kept line."""
        return cls(workspace, loaded(workspace, FormLine, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "FormLineForm":
        """Return the form of a new line."""
        row = FormLine(form=reference.FORM, code="", label="", side="charges", position=0)
        return cls(workspace, row, parent)

    def build(self) -> None:
        self.head(f"{self.row.code} {self.row.label}" if self.row.id else "Nouvelle ligne")
        self.pair(
            self.field("&Formulaire", "form", TextInput()), self.field("&Côté", "side", ChoiceInput(SIDES))
        )
        self.pair(
            self.field("Co&de", "code", TextInput()), self.field("&Ordre", "position", NumberInput(0, 999))
        )
        self.add("&Libellé", "label", TextInput())

    def apply(self, row: FormLine) -> None:
        super().apply(row)
        row.position = row.position or 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la ligne de formulaire", self.row.code)) as session:
            self.row = accounts.save_form_line(session, self.row)
