"""The form of a figure that the association has published."""

from typing import Any, Final

from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import PublishedFigure
from vto_desktop.services import published
from vto_desktop.services.sources import tree
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, LineInput, MemoInput, NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace

MEASURES: Final = (
    ("authorities", "Part des collectivités dans les ressources"),
    ("authority_subsidies", "dont subventions des collectivités"),
    ("class:64", "Charges de personnel dans les dépenses"),
    ("class:61", "Services extérieurs dans les dépenses"),
    ("change:6", "Évolution des dépenses"),
    ("change:64", "Évolution des charges de personnel"),
)


class HundredthsInput(LineInput):
    """A number kept in hundredths (16,5 is 1650); None when empty."""

    def __init__(self) -> None:
        super().__init__(20, right=True)

    def value(self) -> int | None:
        try:
            return french.parse_amount(self.text().replace("%", ""))
        except french.Unreadable:
            return None

    def set_value(self, value: Any) -> None:
        shown = french.editable_amount(None if value is None else int(value))
        self.line.setText(shown.removesuffix(",00"))

    def problem(self) -> str:
        if not self.text() or self.value() is not None:
            return ""
        return "Indiquez un nombre, par exemple 16 ou 16,5."

    def normalise(self) -> None:
        if (value := self.value()) is not None:
            self.set_value(value)


class PublishedFigureForm(Form):
    """Edits one published figure; what the program computes never replaces it."""

    title = "Chiffre publié"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "PublishedFigureForm":
        """Return the form of a kept figure."""
        return cls(workspace, loaded(workspace, PublishedFigure, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "PublishedFigureForm":
        """Return the form of a new figure of the year looked at."""
        return cls(workspace, PublishedFigure(year=workspace.year, label="", unit="%", measure=""), parent)

    def build(self) -> None:
        self.head(self.row.label if self.row.id else "Nouveau chiffre publié")
        self.add("&Ce que le chiffre mesure", "label", TextInput())
        self.pair(
            self.field("A&nnée", "year", NumberInput(1900, 2200, grouped=False)),
            self.field("&Valeur", "value", HundredthsInput()),
            self.field("&Unité", "unit", TextInput(), hint="%, €, participants…"),
        )
        hint = "Le programme montre alors, à côté, ce qu’il calcule lui-même."
        self.add("À comparer à", "measure", ChoiceInput(self._measures()), hint=hint)
        self.add("&Source", "source", TextInput(), hint="Par exemple\u00a0: Rapport annuel 2021.")
        self.add("N&otes", "notes", MemoInput())

    def _measures(self) -> list[tuple[str, str]]:
        with self.workspace.read() as session:
            nodes = [
                (f"source:{'/'.join(n.path)}", f"Part de «\u00a0{' › '.join(n.path)}\u00a0»")
                for n in tree(session)
            ]
            kept = session.scalars(select(PublishedFigure.measure).distinct()).all()
        known = [("", "Rien\u00a0: gardé tel quel"), *MEASURES, *nodes]
        others = [(measure, measure) for measure in kept if measure not in dict(known)]
        return [*known, *others]

    def save(self) -> None:
        with self.workspace.write(step(self.row, "le chiffre publié", self.row.label)) as session:
            self.row = published.save_published(session, self.row)
