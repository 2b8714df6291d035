"""The form of a person; what only the declaration of officers needs lies apart, folded."""

from typing import Any, Final

from sqlalchemy.orm import selectinload

from vto_desktop.model import CivilStatus, Person
from vto_desktop.services import persons
from vto_desktop.services.reference import departements
from vto_desktop.ui.forms.disclosure import Disclosure
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace

CIVIL_STATUS: Final = ("born_on", "birth_place", "nationality", "profession")
CIVILITIES: Final = (("", "Non renseignée"), ("Mme", "Mme"), ("M.", "M."))


def departement_input() -> ChoiceInput:
    """Return a field that picks a département by its code."""
    choices = [(code, f"{code} {name}") for code, name in departements().items()]
    return ChoiceInput([("", "Non renseigné"), *choices])


class PersonForm(Form):
    """Edits one person and, apart, its civil status."""

    title = "Personne"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "PersonForm":
        """Return the form of a kept person."""
        with workspace.read() as session:
            row = session.get_one(Person, row_id, options=[selectinload(Person.civil_status)])
        return cls(workspace, row, parent)

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
        self._fold_civil_status()

    def _fold_civil_status(self) -> None:
        self.disclosure = Disclosure("État civil (déclaration des dirigeants)")
        self.place(self.disclosure.line)
        hint = "N’apparaît dans aucune liste."
        self.pair(
            self.field("Date de naissance", "born_on", DateInput(), hint=hint),
            self.field("Lieu de naissance", "birth_place", TextInput()),
        )
        self.pair(
            self.field("Nationalité", "nationality", TextInput()),
            self.field("Profession", "profession", TextInput()),
        )

    def load(self, row: Person) -> None:
        super().load(row)
        status = row.civil_status
        for name in CIVIL_STATUS:
            self.input(name).set_value(getattr(status, name) if status is not None else None)
        self.disclosure.holds([self.fields[name] for name in CIVIL_STATUS])
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

    def apply(self, row: Person) -> None:
        for name, field in self.fields.items():
            if name not in CIVIL_STATUS:
                setattr(row, name, field.input.value())
        given = {name: self.input(name).value() for name in CIVIL_STATUS}
        if any(given.values()):
            row.civil_status = row.civil_status or CivilStatus()
            for name, value in given.items():
                setattr(row.civil_status, name, value)
        else:
            row.civil_status = None

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la personne", self.row.full_name)) as session:
            self.row = persons.save_person(session, self.row)


def person_called(text: str) -> Person:
    """Return a new person from « Magalie TOUET »: words in capitals are the last name, else the last word."""
    words = text.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    last = capitals or words[-1:]
    first = [word for word in words if word not in last]
    return Person(first_name=" ".join(first), last_name=" ".join(last), civil_status=None)
