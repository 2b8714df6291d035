"""The form of an account of one version of the chart."""

from typing import Any

from vto_desktop.model import Account
from vto_desktop.services import accounts, reference
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace


class AccountForm(Form):
    """Edits one account; what was entered on it keeps its code."""

    title = "Compte"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "AccountForm":
        """Return the form of a kept account."""
        return cls(workspace, loaded(workspace, Account, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "AccountForm":
        """Return the form of a new account in the chart of the year looked at."""
        return cls(workspace, Account(chart=reference.chart_for(workspace.year), code="", label=""), parent)

    def build(self) -> None:
        self.head(f"{self.row.code} {self.row.label}" if self.row.id else "Nouveau compte")
        charts = [(chart, f"Plan comptable {chart}") for chart in reference.CHARTS]
        self.add("&Plan", "chart", ChoiceInput(charts))
        self.add("&Compte", "code", TextInput(), hint="En chiffres, par exemple 6411.")
        self.add("&Libellé", "label", TextInput())

    def save(self) -> None:
        with self.workspace.write(step(self.row, "le compte", self.row.code)) as session:
            self.row = accounts.save_account(session, self.row)
