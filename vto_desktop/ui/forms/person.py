"""The form of a person; what only the declaration of officers needs has a form apart (civil_status)."""

from typing import Any, Final

from vto_desktop.model import Person
from vto_desktop.services import persons
from vto_desktop.services.reference import departements
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace

CIVILITIES: Final = (("", "Non renseignée"), ("Mme", "Mme"), ("M.", "M."))


def departement_input() -> ChoiceInput:
    """Return a field that picks a département by its code."""
    choices = [(code, f"{code} {name}") for code, name in departements().items()]
    return ChoiceInput([("", "Non renseigné"), *choices])


class PersonForm(Form):
    """Edits one person."""

    title = "Personne"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "PersonForm":
        """Return the form of a kept person."""
        return cls(workspace, loaded(workspace, Person, row_id), parent)

    @classmethod
    def named(cls, workspace: Workspace, text: str, parent: Any = None) -> "PersonForm":
        """Return the form of a new person whose name was typed elsewhere."""
        return cls(workspace, person_called(text), parent)

    def build(self) -> None:
        kept = self.row.id is not None
        self.head(self.row.full_name if kept else "Nouvelle personne")
        self.add("&Civilité", "civility", ChoiceInput(CIVILITIES))
        self.pair(
            self.field("&Prénom", "first_name", TextInput()),
            self.field("&Nom", "last_name", TextInput()),
        )
        for name in ("first_name", "last_name"):
            self.input(name).changed.connect(self._tell_namesakes)
        self.section("Coordonnées")
        self.pair(self.field("Courriel", "email", TextInput()), self.field("Téléphone", "phone", TextInput()))
        self.add("Adresse", "address", MemoInput(lines=2))
        self.pair(
            self.field("Code postal", "postcode", TextInput()), self.field("Commune", "city", TextInput())
        )
        self.add("Département", "departement", departement_input())
        self.add("Notes", "notes", MemoInput())

    def load(self, row: Person) -> None:
        super().load(row)
        self._tell_namesakes()

    def _tell_namesakes(self) -> None:
        """Say that somebody already bears this name: a person exists once."""
        typed = Person(
            id=self.row.id,
            first_name=self.input("first_name").value(),
            last_name=self.input("last_name").value(),
        )
        found: list[Person] = []
        if typed.last_name:
            with self.workspace.read() as session, session.no_autoflush:
                found = persons.same_name(session, typed)
        said = "Une autre personne porte déjà ce nom\u00a0: est-ce la même\u202f?" if found else ""
        self.fields["last_name"].show_remark(said, "warn")

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la personne", self.row.full_name)) as session:
            self.row = persons.save_person(session, self.row)


def person_called(text: str) -> Person:
    """Return a new person from « Magalie TOUET » or « Mme TOUET »."""
    civility, first, last = persons.split_name(text)
    return Person(civility=civility, first_name=first, last_name=last)
