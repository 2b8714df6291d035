"""The form of a State budget programme."""

from typing import Any

from vto_desktop.model import Programme
from vto_desktop.services import accounts
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import TextInput
from vto_desktop.ui.kit.workspace import Workspace


class ProgrammeForm(Form):
    """Edits one programme."""

    title = "Programme"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "ProgrammeForm":
        """Return the form of a kept programme."""
        return cls(workspace, loaded(workspace, Programme, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "ProgrammeForm":
        """Return the form of a new programme."""
        return cls(workspace, Programme(code="", name=""), parent)

    def build(self) -> None:
        self.head(self.row.code if self.row.id else "Nouveau programme")
        self.add("&Code", "code", TextInput(), hint="Par exemple\u00a0: BOP 147.")
        self.add("&Nom", "name", TextInput())

    def save(self) -> None:
        with self.workspace.write(step(self.row, "le programme", self.row.code)) as session:
            self.row = accounts.save_programme(session, self.row)
