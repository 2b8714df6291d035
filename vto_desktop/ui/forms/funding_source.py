"""The form of a funding source: its place in the tree, its colour, how the summary's sentence names it."""

from typing import Any

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog

from vto_desktop.model import FundingSource
from vto_desktop.services import sources
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, FlagInput, Input, NumberInput, TextInput
from vto_desktop.ui.kit.panel import button
from vto_desktop.ui.kit.workspace import Workspace


class ColourInput(Input):
    """A colour as ``#rrggbb``, the same on screen and paper."""

    def __init__(self) -> None:
        self._value = "#7b8796"
        self.choose_button = button("", self.ask)
        super().__init__(self.choose_button)
        self.set_value(self._value)

    def value(self) -> str:
        return self._value

    def set_value(self, value: Any) -> None:
        if isinstance(value, str) and QColor.isValidColorName(value):
            self._value = QColor(value).name()
        swatch = QPixmap(theme.px(16), theme.px(16))
        swatch.fill(QColor(self._value))
        self.choose_button.setIcon(QIcon(swatch))
        self.choose_button.setText(self._value)

    def typed(self) -> Any:
        return self._value

    def set_typed(self, typed: Any) -> None:
        self.set_value(typed)

    def ask(self) -> None:
        """Open the choice of a colour."""
        dialog = QColorDialog(QColor(self._value), self)
        dialog.colorSelected.connect(self._take)
        dialog.open()

    def _take(self, colour: QColor) -> None:
        self.set_value(colour.name())
        self.changed.emit()


class FundingSourceForm(Form):
    """Edits one node of the tree of funding sources."""

    title = "Source de financement"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "FundingSourceForm":
        """Return the form of a kept source."""
        return cls(workspace, loaded(workspace, FundingSource, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "FundingSourceForm":
        """Return the form of a new source."""
        return cls(workspace, FundingSource(name="", position=0, colour="#7b8796", is_dues=False), parent)

    def build(self) -> None:
        self.head(self.row.name if self.row.id else "Nouvelle source")
        with self.workspace.read() as session:
            nodes = [n for n in sources.tree(session) if n.source_id != self.row.id]
        above = [(node.source_id, " › ".join(node.path)) for node in nodes]
        self.add("&Nom", "name", TextInput())
        self.add("&Au-dessous de", "parent_id", ChoiceInput(above, empty="Aucune\u00a0: en tête"))
        self.pair(
            self.field("&Couleur", "colour", ColourInput()),
            self.field("&Ordre", "position", NumberInput(0, 99)),
        )
        hint = (
            "Comment la phrase de la synthèse la nomme\u00a0: «\u00a0de l’État\u00a0», "
            "«\u00a0des collectivités\u00a0»."
        )
        self.add("Dans la &phrase", "sentence_form", TextInput(), hint=hint)
        self.add("", "is_dues", FlagInput("Les cotisations y sont comptées"))

    def apply(self, row: FundingSource) -> None:
        super().apply(row)
        row.position = row.position or 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la source", self.row.name)) as session:
            self.row = sources.save_source(session, self.row)
