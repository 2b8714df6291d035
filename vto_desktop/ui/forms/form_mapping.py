"""The form that says to which line of the subsidy forms the accounts of a prefix go."""

from typing import Any

from sqlalchemy import select

from vto_desktop.model import FormLine, FormMapping
from vto_desktop.services import accounts, reference
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace


class FormMappingForm(Form):
    """Edits one correspondence; the longest prefix wins."""

    title = "Compte et ligne de formulaire"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "FormMappingForm":
        """Return the form of a kept correspondence."""
        return cls(workspace, loaded(workspace, FormMapping, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "FormMappingForm":
        """Return the form of a new correspondence in the chart of the year looked at."""
        return cls(workspace, FormMapping(chart=reference.chart_for(workspace.year), prefix=""), parent)

    def build(self) -> None:
        self.head(f"Comptes en {self.row.prefix}" if self.row.id else "Nouvelle correspondance")
        charts = [(chart, f"Plan comptable {chart}") for chart in reference.CHARTS]
        hint = "Le début des comptes\u00a0: 64 pour tous les comptes 64…, sauf ceux d’un préfixe plus long."
        self.pair(
            self.field("&Plan", "chart", ChoiceInput(charts)),
            self.field("&Comptes en", "prefix", TextInput()),
        )
        with self.workspace.read() as session:
            chosen = select(FormLine.id, FormLine.code, FormLine.label).order_by(FormLine.position)
            lines = [(row_id, f"{code} {label}") for row_id, code, label in session.execute(chosen)]
        self.add("&Ligne du formulaire", "form_line_id", ChoiceInput(lines, empty="À choisir"), hint=hint)

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la correspondance", self.row.prefix)) as session:
            self.row = accounts.save_mapping(session, self.row)
