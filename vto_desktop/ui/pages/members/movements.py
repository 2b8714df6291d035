"""« Entrées et sorties… »: who joined and who left between two days, why, and by how many it changed."""

from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from vto_desktop.services import movements
from vto_desktop.services.movements import Movement
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.members.shown import SHORT_KINDS

TITLE: Final = "Entrées et sorties"
COLUMNS: Final = (
    Column("movement", "Mouvement", "chip", 100),
    Column("on", "Le", "date", 108),
    Column("member", "Adhérent", width=220, bold=True),
    Column("kind", "Type", width=110),
    Column("departement", "Département", width=110),
    Column("college", "Collège", width=130, hidden=True),
    Column("reason", "Raison", width=0),
)
TABLES: Final = frozenset({"member", "organisation", "person", "college"})


class MovementsDialog(RowsDialog):
    """Lists the movements of the period typed above; a row opens its member."""

    def __init__(
        self, workspace: Workspace, starts_on: date, ends_on: date, parent: QWidget | None = None
    ) -> None:
        self._workspace = workspace
        self._members: list[int] = []
        super().__init__(TITLE, COLUMNS, (), {}, parent, name="Movements", settings=workspace.settings)
        self.first = self.bar_day("&Du", "starts_on", starts_on, self.refresh)
        self.last = self.bar_day("&Au (inclus)", "ends_on", ends_on, self.refresh)
        self.bar_widget(QWidget())
        self.table.set_empty_text("Personne n’est entré ni sorti entre ces deux dates.")
        workspace.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the period typed, unless it cannot be one."""
        first, last = self.first.input.value(), self.last.input.value()
        for field in (self.first, self.last):
            field.show_problem("" if field.input.value() is not None else "Indiquez une date.")
        if first is None or last is None:
            return
        if last < first:
            self.last.show_problem("Le dernier jour doit suivre le premier.")
            return
        with self._workspace.read() as session:
            found = movements.movements(session, first, last)
        moved = sorted((*found.joined, *found.left), key=lambda each: (each.on, each.is_joining))
        self._members = [each.member_id for each in moved]
        rows = [(place, *_row(each)) for place, each in enumerate(moved)]  # one may come and go: two rows
        self.show_rows(rows, found.sentence)

    def member_of(self, row: int) -> int:
        """Return the member of a row of the list."""
        return self._members[row]

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.refresh()


def _row(each: Movement) -> tuple[object, ...]:
    joined = " · ".join(filter(None, (f"Rejoint {each.successor}" if each.successor else "", each.reason)))
    return (
        Chip("Entrée", "ok") if each.is_joining else Chip("Sortie", "warn"),
        each.on,
        each.name,
        SHORT_KINDS.get(each.kind, each.kind),
        each.departement or None,
        each.college,
        joined or None,
    )
