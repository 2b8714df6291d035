"""The form of a signatory: which person, in which office, in which order."""

from typing import Any

from vto_desktop.model import Person, Signatory
from vto_desktop.services.rows import get_row, require, save_row, too_long
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.picks import person_input
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace


class SignatoryForm(Form):
    """Edits who may sign the association's papers."""

    title = "Signataire"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "SignatoryForm":
        """Return the form of a kept signatory."""
        return cls(workspace, loaded(workspace, Signatory, row_id), parent)

    def build(self) -> None:
        self.head("Signataire" if self.row.id else "Nouveau signataire")
        self.add("&Personne", "person_id", person_input(self.workspace, create=self._create))
        self.add(
            "&Fonction", "office", TextInput(), hint="Telle qu’elle s’imprime, par exemple\u00a0: trésorier."
        )
        self.add("&Ordre", "position", NumberInput(0, 99), hint="Le premier est proposé d’abord.")

    def _create(self, text: str) -> None:
        PersonForm.named(self.workspace, text, self).start(
            lambda row: self.input("person_id").set_value(row.id)
        )

    def apply(self, row: Signatory) -> None:
        super().apply(row)
        row.position = row.position or 0

    def save(self) -> None:
        problems = too_long(self.row) | require(self.row, {"person_id": "Choisissez une personne."})
        with self.workspace.read() as session:
            name = get_row(session, Person, self.row.person_id).full_name if self.row.person_id else ""
        with self.workspace.write(step(self.row, "le signataire", name)) as session:
            self.row = save_row(session, self.row, problems)
