"""« Comparer deux dates… »: who came, who left, who changed office in a body between two days."""

from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from vto_desktop.model import Mandate, Meeting, Member, Office, Person, Representative
from vto_desktop.services import comparing
from vto_desktop.services.comparing import Moved, Movement
from vto_desktop.services.rows import table_of
from vto_desktop.ui.forms.meeting import body_input
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.panel import button
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.kit.workspace import Workspace

TITLE: Final = "Comparer deux dates"
COLUMNS: Final = (
    Column("movement", "Mouvement", "chip", 118),
    Column("person", "Nom", width=180, bold=True),
    Column("before", "Avant", width=0),
    Column("after", "Après", width=230),
    Column("on", "Le", "date", 100),
)
TONES: Final = {
    Movement.CAME: "ok", Movement.LEFT: "warn", Movement.CHANGED: "info", Movement.STAYED: "neutral",
}  # fmt: skip
TABLES: Final = frozenset(
    table_of(kind).name for kind in (Mandate, Meeting, Member, Office, Person, Representative)
)


class ComparisonDialog(RowsDialog):
    """Compares a body on the two days typed above; a row opens the mandate, or the person in an assembly."""

    def __init__(
        self, workspace: Workspace, body_id: int, first: date, last: date, parent: QWidget | None = None
    ) -> None:
        self._workspace = workspace
        self.moves: tuple[Moved, ...] = ()
        super().__init__(TITLE, COLUMNS, (), {}, parent, name="Comparison", settings=workspace.settings)
        self.resize(theme.px(940), theme.px(600))
        self.body = Field("&Instance", "body_id", body_input(workspace))
        self.body.input.set_value(body_id)
        self.body.input.changed.connect(self.refresh)
        self.body.setMaximumWidth(theme.px(280))
        self.bar_widget(self.body)
        self.first = self.bar_day("&Entre le", "first", first, self.refresh)
        self.last = self.bar_day("et &le", "last", last, self.refresh)
        self.bar_widget(QWidget())
        self.bar_widget(button("Copier", self.table.copy, icon="copy"))
        self.table.set_empty_text("Personne ne siégeait à l’une ni à l’autre de ces dates.")
        workspace.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the two days typed, in any order."""
        days = [field.input.value() for field in (self.first, self.last)]
        for field, day in zip((self.first, self.last), days, strict=True):
            field.show_problem("" if day is not None else "Indiquez une date.")
        if None in days:
            return
        with self._workspace.read() as session:
            found = comparing.comparison(session, self.body.input.value(), days[0], days[1])
        self.moves = found.moves
        self.show_rows([(place, *_row(each)) for place, each in enumerate(self.moves)], found.sentence)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.refresh()


def _row(each: Moved) -> tuple[object, ...]:
    return (
        Chip(each.movement.value, TONES[each.movement]), each.person, "; ".join(each.before) or None,
        "; ".join(each.after) or None, each.on,
    )  # fmt: skip
