"""The tables of a composition: officers by office, seats by member, and an assembly by whom members send."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget

from vto_desktop.model import BodyKind
from vto_desktop.services import composition
from vto_desktop.settings import Settings
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.pages.governance.reading import Held
from vto_desktop.ui.pages.governance.wrapped import WrappedTable

OFFICERS: Final = (
    Column("office", "Fonction", width=124, bold=True, sortable=False),
    Column("person", "Nom", width=166, bold=True, sortable=False),
    Column("capacity", "Qualité", width=0, least=216, sortable=False),
    Column("member", "Adhérent représenté", width=190, sortable=False),
    Column("departement", "Dép.", width=76, sortable=False),
    Column("since", "Depuis le", "date", 96, sortable=False),
)
SEATS: Final = (
    Column("member", "Siège", width=200, bold=True, sortable=False),
    Column("person", "Nom", "noted", width=214, sortable=False),
    Column("capacity", "Qualité", width=0, least=200, sortable=False),
    Column("college", "Collège", width=118, sortable=False),
    Column("departement", "Dép.", width=76, sortable=False),
    Column("since", "Depuis le", "date", 96, sortable=False),
)
EMPTY: Final = (
    "Personne ne siège dans cette instance à cette date. «\u00a0Nouveau mandat\u00a0» (Ctrl+N) en ajoute un."
)
NO_MEMBER: Final = "L’association ne compte aucun représentant à cette date."


class CompositionTables(QStackedWidget):
    """Shows the table that suits a body; ids are those of mandates, in an assembly places in ``held``."""

    def __init__(self, settings: Settings, attach: Callable[[Table], object]) -> None:
        super().__init__()
        whole = ("office", "person", "capacity", "member", "departement")
        wrapped = ("capacity", "member", "college", "departement")
        self.officers = WrappedTable(OFFICERS, whole, name="Officers", settings=settings)
        self.seats = WrappedTable(SEATS, wrapped, name="Seats", settings=settings)
        self.assembly = WrappedTable(SEATS, wrapped, name="Assembly", settings=settings)
        self.held: Sequence[Held] = ()
        for table in (self.officers, self.seats, self.assembly):
            table.setAccessibleName("Composition")
            table.set_empty_text(NO_MEMBER if table is self.assembly else EMPTY)
            if table is not self.assembly:
                attach(table)
            self.addWidget(table)

    @property
    def table(self) -> WrappedTable:
        """The table shown."""
        shown = self.currentWidget()
        assert isinstance(shown, WrappedTable)  # noqa: S101 - nothing else was added
        return shown

    @property
    def is_assembly(self) -> bool:
        """Whether rows are members, not mandates."""
        return self.table is self.assembly

    def show_held(self, held: Sequence[Held], kind: str) -> None:
        """Show who sits."""
        self.held = held
        is_assembly = kind == BodyKind.ASSEMBLY and all(not each.figure.mandate_id for each in held)
        by_seat = kind == BodyKind.COUNCIL
        self.setCurrentWidget(self.assembly if is_assembly else self.seats if by_seat else self.officers)
        if is_assembly:
            self.table.show_rows((place, *_seat(each)[1:]) for place, each in enumerate(held))
        else:
            self.table.show_rows(map(_seat if by_seat else _officer, held))

    def person_of(self, row_id: int) -> int | None:
        """Return the person of a row."""
        if self.is_assembly:
            return self.held[row_id].figure.person_id if row_id < len(self.held) else None
        found = (each.figure.person_id for each in self.held if each.figure.mandate_id == row_id)
        return next(found, None)


def _officer(held: Held) -> tuple[Any, ...]:
    figure = held.figure
    return (
        figure.mandate_id, figure.office, figure.person, figure.capacity, figure.member or None,
        figure.departement or None, figure.since,
    )  # fmt: skip


def _seat(held: Held) -> tuple[Any, ...]:
    figure = held.figure
    own = figure.member in ("", composition.IN_PERSON)
    return (
        figure.mandate_id, figure.person if own else figure.member, (figure.person, figure.rank_text),
        figure.capacity, held.college or None, figure.departement or None, figure.since,
    )  # fmt: skip


def seats_of(held: Sequence[Held]) -> int:
    """Return how many seats are held: the mandates for one member share its seat."""
    return len({each.member_id or -each.figure.mandate_id or each.figure.person_id for each in held})
