"""The form of an action: a study, a mission, a training cycle."""

from typing import Any

from vto_desktop.model import Action
from vto_desktop.services import accounts
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace


class ActionForm(Form):
    """Edits one action, the analytic axis of budget and entries."""

    title = "Action"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "ActionForm":
        """Return the form of a kept action."""
        return cls(workspace, loaded(workspace, Action, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "ActionForm":
        """Return the form of a new action."""
        return cls(workspace, Action(name=""), parent)

    def build(self) -> None:
        self.head(self.row.name if self.row.id else "Nouvelle action")
        self.add("&Nom", "name", TextInput())
        self.add("&Code", "code", TextInput(), hint="Facultatif, pour la retrouver vite.")
        self.pair(self.field("&Début", "starts_on", DateInput()), self.field("&Fin", "ends_on", DateInput()))
        self.add("N&otes", "notes", MemoInput())

    def save(self) -> None:
        with self.workspace.write(step(self.row, "l’action", self.row.name)) as session:
            self.row = accounts.save_action(session, self.row)
