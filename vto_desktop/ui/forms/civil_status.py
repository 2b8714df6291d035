"""The form of a civil status, opened from the declaration of officers alone; it leaves no draft on disk."""

from datetime import date
from typing import Any

from vto_desktop.model import Person
from vto_desktop.services import civil_status
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.workspace import Workspace

WHY = (
    "Demandé seulement pour la déclaration des dirigeants. N’apparaît dans aucune liste, recherche ni "
    "export, et peut être effacé après le mandat."
)


class CivilStatusForm(Form):
    """Edits what the declaration asks of one officer; what is emptied is kept no more."""

    title = "État civil"

    @classmethod
    def of(cls, workspace: Workspace, person_id: int, parent: Any = None) -> "CivilStatusForm":
        """Return the form of a person's civil status, kept or not yet."""
        with workspace.read() as session:
            row = civil_status.of_person(session, person_id)
        return cls(workspace, row, parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            self.name = session.get_one(Person, self.row.person_id).full_name
        self.head(self.name)
        self.place(label(WHY, "caption", wrap=True))
        self.add("&Profession", "profession", TextInput())
        self.add("&Nationalité", "nationality", TextInput(placeholder="française"))
        hint = "Le domicile, tel que l’administration le demande\u00a0: rue, code postal, commune."
        self.add("&Domicile", "address", MemoInput(300, lines=3), hint=hint)
        self.pair(
            self.field("Né·e &le", "born_on", DateInput(), hint="Facultatif."),
            self.field("&À", "birth_place", TextInput(), hint="Facultatif."),
        )

    def keep_draft(self) -> None:
        """Keep none: a draft would be a copy that nobody erases."""

    def save(self) -> None:
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        with self.workspace.write(named("Compléter l’état civil de", self.name)) as session:
            self.row = civil_status.save_civil_status(session, self.row, today=today) or self.row
