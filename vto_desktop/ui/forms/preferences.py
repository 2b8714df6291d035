"""This user's preferences: how the program looks, and the name written in the journal."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace

LOOKS = (("system", "Comme le système"), ("light", "Clair"), ("dark", "Sombre"))
SIZES = tuple((size, f"{size}\u00a0%") for size in (90, 100, 110, 125, 150))


@dataclass
class Preferences:
    """The preferences that the form edits; ``id`` only because forms name their drafts by it."""

    look: str
    size: int
    author: str
    id: int | None = None


class PreferencesForm(Form):
    """Edits the preferences of this user on this computer; the dossier is not touched."""

    title = "Préférences"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        kept = workspace.settings
        row = Preferences(
            str(kept.get("apparence", "system")), theme.look().size, str(kept.get("auteur") or "")
        )
        super().__init__(workspace, row, parent)

    def build(self) -> None:
        self.head("Préférences", "Elles valent pour vous, sur cet ordinateur.")
        self.pair(
            self.field("&Thème", "look", ChoiceInput(LOOKS)),
            self.field("&Taille du texte", "size", ChoiceInput(SIZES)),
        )
        hint = "Il est écrit dans le journal à chaque modification, dès la prochaine ouverture d’un dossier."
        self.add("&Votre nom", "author", TextInput(), hint=hint)

    def save(self) -> None:
        settings = self.workspace.settings
        settings.set("apparence", self.row.look)
        settings.set("taille", self.row.size)
        settings.set("auteur", self.row.author)
        theme.apply(settings)
