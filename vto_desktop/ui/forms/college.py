"""The form of a college of members."""

from typing import Any

from vto_desktop.services import members
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import NumberInput, TextInput


class CollegeForm(Form):
    """Edits one college."""

    title = "Collège"

    def build(self) -> None:
        self.head(self.row.name if self.row.id is not None else "Nouveau collège")
        self.add("&Nom", "name", TextInput())
        self.add("&Ordre", "position", NumberInput(0, 999), hint="Du plus petit au plus grand.")

    def apply(self, row: Any) -> None:
        super().apply(row)
        row.position = row.position or 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "le collège", self.row.name)) as session:
            self.row = members.save_college(session, self.row)
