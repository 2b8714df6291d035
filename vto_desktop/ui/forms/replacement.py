"""« Remplacer… »: a member sends somebody else, and says what becomes of the mandates of who leaves."""

from datetime import date
from typing import Any

from sqlalchemy import select

from vto_desktop.model import Person, Representative
from vto_desktop.services import depending, replacing
from vto_desktop.services.members import member_name
from vto_desktop.services.replacing import Replacement
from vto_desktop.ui.forms.creation import person_or_new
from vto_desktop.ui.forms.depending import DependingList
from vto_desktop.ui.forms.records import loaded, named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import FlagInput, MemoInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace

SEATS = "La personne qui remplace reprend les sièges tenus au nom de l’adhérent"
SEATS_HINT = "Au conseil par exemple. Une fonction du Bureau ne se reprend pas\u00a0: elle s’élit."


class ReplacementForm(Form):
    """Asks who replaces a representative, from when, and which mandates end with the role."""

    title = "Remplacement d’un représentant"

    @classmethod
    def of(cls, workspace: Workspace, representative_id: int, parent: Any = None) -> "ReplacementForm":
        """Return the form for a representative, from today."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        row = Replacement(representative_id, on=today)
        return cls(workspace, row, parent)

    def build(self) -> None:
        present = loaded(self.workspace, Representative, self.row.representative_id)
        with self.workspace.read() as session:
            member = member_name(session, present.member_id)
            person = session.scalars(select(Person).where(Person.id == present.person_id)).one()
        self.leaving = person.full_name
        path, name, _none = self._draft
        self._draft = (path, name, present.id)
        self.head(f"Remplacer {person.full_name}", member)
        self.add("&Personne qui remplace", "person_id", person_or_new(self))
        self.add("&Qualité", "capacity", MemoInput(300, lines=2))
        self.add("&Depuis le", "on", DateInput(), hint="Premier jour du nouveau représentant.")
        self.depending = DependingList(
            self,
            lambda session, on: depending.depending_on(
                session, present.member_id, on=on, representative_id=present.id
            ),
            day="on",
            label=f"&Mandats de {person.full_name} qui en dépendent",
        )
        self.add("", "takes_seats", FlagInput(SEATS), hint=SEATS_HINT)

    def load(self, row: Any) -> None:
        for name in ("person_id", "capacity", "on", "takes_seats"):
            self.input(name).set_value(getattr(row, name))
        self.depending.show()

    def save(self) -> None:
        with self.workspace.write(named("Remplacer le représentant", self.leaving)) as session:
            replacing.replace_representative(session, self.row)
