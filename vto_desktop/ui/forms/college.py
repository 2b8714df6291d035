"""The form of a college: a group of members that votes together."""

from typing import Any

from vto_desktop.model import College
from vto_desktop.services import members
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace


class CollegeForm(Form):
    """Edits one college."""

    title = "Collège"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "CollegeForm":
        """Return the form of a kept college."""
        return cls(workspace, loaded(workspace, College, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "CollegeForm":
        """Return the form of a new college."""
        return cls(workspace, College(name="", position=0), parent)

    def build(self) -> None:
        self.head(self.row.name if self.row.id else "Nouveau collège")
        self.add("&Nom", "name", TextInput())
        self.add("&Ordre", "position", NumberInput(0, 99), hint="L’ordre dans lequel les listes l’impriment.")

    def apply(self, row: College) -> None:
        super().apply(row)
        row.position = row.position or 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "le collège", self.row.name)) as session:
            self.row = members.save_college(session, self.row)
