"""What a new dossier starts with: the association's name and its first fiscal year."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace


@dataclass
class Asked:
    """The answers; ``id`` only because forms name their drafts by it."""

    name: str = ""
    year: int | None = None
    id: int | None = None


class NewDossierForm(Form):
    """Asks, and leaves the making of the file to who opened it."""

    title = "Nouveau dossier"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        year = date.today().year  # noqa: DTZ011 - the user's own calendar
        super().__init__(workspace, Asked(year=year), parent)

    def build(self) -> None:
        self.head("Nouveau dossier", "Un fichier .vto contiendra toute l’association.")
        self.add("&Nom de l’association", "name", TextInput())
        hint = "L’année de l’exercice par lequel commencer."
        self.add("Premier e&xercice", "year", NumberInput(1901, 2199, grouped=False), hint=hint)
        self.save_button.setText("&Choisir l’emplacement…")

    def check(self) -> dict[str, str]:
        found = {}
        if self.input("name").is_empty():
            found["name"] = "Indiquez le nom de l’association."
        if self.input("year").is_empty():
            found["year"] = "Indiquez une année, par exemple 2022."
        return found

    def save(self) -> None:
        """Nothing is kept before the place is chosen."""
