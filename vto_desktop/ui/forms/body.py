"""The forms of a body and of its offices."""

from typing import Any, Final

from vto_desktop.model import Body, BodyKind, Office
from vto_desktop.services import bodies
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, FlagInput, MemoInput, NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace

KINDS: Final = tuple((kind.value, kind.value) for kind in BodyKind)


class BodyForm(Form):
    """Edits one body."""

    title = "Instance"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "BodyForm":
        """Return the form of a kept body."""
        return cls(workspace, loaded(workspace, Body, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "BodyForm":
        """Return the form of a new body, listed after the others."""
        return cls(workspace, Body(kind=BodyKind.OTHER.value), parent)

    def build(self) -> None:
        self.head(self.row.name if self.row.id is not None else "Nouvelle instance")
        self.add("&Nom", "name", TextInput())
        self.pair(
            self.field("&Nature", "kind", ChoiceInput(KINDS)),
            self.field("&Ordre", "position", NumberInput(0, 999), hint="Vide\u00a0: après les autres."),
        )
        hint = "Par exemple qui la compose\u202f; s’imprime sous la liste du conseil."
        self.add("No&tes", "notes", MemoInput(), hint=hint)

    def apply(self, row: Any) -> None:
        super().apply(row)
        row.position = row.position or 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "l’instance", self.row.name)) as session:
            self.row = bodies.save_body(session, self.row)


class OfficeForm(Form):
    """Edits one office of a body."""

    title = "Fonction"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "OfficeForm":
        """Return the form of a kept office."""
        return cls(workspace, loaded(workspace, Office, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, body_id: int, parent: Any = None) -> "OfficeForm":
        """Return the form of a new office, printed after the others."""
        return cls(workspace, Office(body_id=body_id), parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            body = session.get(Body, self.row.body_id)
        kept = self.row.id is not None
        self.head(self.row.label if kept else "Nouvelle fonction", body.name if body else "")
        self.add("&Libellé", "label", TextInput(placeholder="Vice-président·e"))
        self.pair(
            self.field("Au &masculin", "masculine", TextInput(placeholder="Vice-président")),
            self.field("Au &féminin", "feminine", TextInput(placeholder="Vice-présidente")),
        )
        hint = "Titre du groupe sur le papier quand plusieurs personnes l’exercent."
        self.add("Au &pluriel", "plural", TextInput(), hint=hint)
        self.pair(
            self.field("&Ordre", "position", NumberInput(0, 999), hint="Vide\u00a0: après les autres."),
            self.field("", "is_unique", FlagInput("Une seule personne à la fois")),
        )

    def apply(self, row: Any) -> None:
        super().apply(row)
        row.position = row.position or 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la fonction", self.row.label)) as session:
            self.row = bodies.save_office(session, self.row)
