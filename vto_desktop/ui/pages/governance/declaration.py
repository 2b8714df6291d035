"""« Déclaration des dirigeants »: which changes are to be declared, and what the form still lacks of whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Mandate, Person
from vto_desktop.services import declaration
from vto_desktop.services.declaration import Change
from vto_desktop.services.figures_declaration import Officer
from vto_desktop.services.officers import officers_declaration
from vto_desktop.ui.forms.civil_status import CivilStatusForm
from vto_desktop.ui.forms.declared import DeclaredForm
from vto_desktop.ui.forms.erasing import EraseCivilStatusForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import Panel, button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

CHANGES: Final = (
    Column("changed_on", "Changement du", "date", 124, bold=True),
    Column("came", "Entrées", width=0),
    Column("left", "Départs", width=170),
    Column("before", "À déclarer avant", "date", 128),
    Column("state", "État", "chip", 128),
    Column("number", "Récépissé", width=110),
)
OFFICERS: Final = (
    Column("office", "Fonction", width=150, sortable=False),
    Column("person", "Nom", width=210, bold=True, sortable=False),
    Column("missing", "Ce qui manque pour la déclaration", width=0, sortable=False),
    Column("state", "État", "chip", 104, sortable=False),
)
TABLES: Final = frozenset({"mandate", "office", "body", "person", "civil_status"})
WHAT: Final = (
    "Tout changement de dirigeants se déclare à la préfecture dans les 3 mois (loi du 1er juillet 1901, "
    "article 5). La liste s’imprime comme le formulaire cerfa 13971 la demande."
)


class DeclarationDialog(QDialog):
    """Two lists: the changes with their declarations, and the officers of today, the incomplete first."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setWindowTitle("Déclaration des dirigeants")
        self.resize(theme.px(860), theme.px(620))
        self._changes: dict[int, Change] = {}
        self.changes = Table(CHANGES, name="OfficerChanges", settings=workspace.settings)
        self.officers = Table(OFFICERS, name="OfficersToDeclare", settings=workspace.settings)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(12))
        column.addWidget(label("Déclaration des dirigeants", "detailTitle"))
        column.addWidget(label(WHAT, "caption", wrap=True))
        changes = Panel("Changements", padded=False)
        self.declare_button = changes.action("Déclaré le…", self.declare, icon="calendar-clock")
        changes.add(self.changes, 1)
        column.addWidget(changes, 2)
        self.officers_panel = Panel("Dirigeants", padded=False)
        self.complete_button = self.officers_panel.action("Compléter…", self.complete, icon="pencil")
        self.print_button = self.officers_panel.action("Imprimer la liste…", self.print_list, icon="printer")
        self.officers_panel.add(self.officers, 1)
        column.addWidget(self.officers_panel, 3)
        bottom = QHBoxLayout()
        bottom.setSpacing(theme.px(8))
        self.erase_button = button("Effacer les données d’état civil…", self.erase, icon="trash-2")
        bottom.addWidget(self.erase_button)
        bottom.addStretch(1)
        bottom.addWidget(button("Fermer", self.accept))
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.changes.setAccessibleName("Changements")
        self.officers.setAccessibleName("Dirigeants")
        self.changes.can_export = self.officers.can_export = False
        self.changes.set_empty_text("Aucun changement de dirigeants n’est inscrit.")
        self.officers.set_empty_text("Personne n’est au bureau aujourd’hui.")
        self.changes.opened.connect(lambda _row: self.declare())
        self.officers.opened.connect(lambda _row: self.complete())
        self.changes.picked.connect(lambda _row: self._enable())
        self.officers.picked.connect(lambda _row: self._enable())
        self.workspace.changed.connect(self._changed)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.refresh()

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the changes and the officers of today again; the first of each list is chosen."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        with self.workspace.read() as session:
            found = declaration.changes(session, on=today)
            names = _names(session, [row for each in found for row in each.arrivals + each.departures])
            officers = officers_declaration(session, today).officers
        waiting_first = sorted(found, key=lambda each: (not each.undeclared, -each.changed_on.toordinal()))
        self._changes = {each.changed_on.toordinal(): each for each in waiting_first}
        self.changes.show_rows(_change_row(each, names, today) for each in waiting_first)
        self.officers.show_rows(_officer_rows(officers))
        lacking = len({each.person_id for each in officers if each.missing})
        said = f"à compléter pour {french.count(lacking, 'personne')}" if lacking else "rien ne manque"
        self.officers_panel.heading.setText(f"Dirigeants au {french.short_date(today)}")
        self.officers_panel.set_caption(said if officers else "")
        for table in (self.changes, self.officers):
            if table.current_id() is None and table.rows.ids:
                table.pick(table.rows.ids[0])
        self._enable()

    def _enable(self) -> None:
        writable = not self.workspace.is_read_only
        self.declare_button.setEnabled(writable and self.changes.current_id() is not None)
        self.complete_button.setEnabled(writable and self.officers.current_id() is not None)
        self.erase_button.setEnabled(writable)

    # --- acts ------------------------------------------------------------------------------------

    def declare(self) -> None:
        """Ask when the chosen change was declared, and the number of the receipt."""
        change = self._changes.get(self.changes.current_id() or 0)
        if change is not None and not self.workspace.is_read_only:
            DeclaredForm(self.workspace, change, self).start()

    def complete(self) -> None:
        """Open the civil status of the chosen officer."""
        person_id = self.officers.current_id()
        if person_id is not None and not self.workspace.is_read_only:
            CivilStatusForm.of(self.workspace, person_id, self).start(lambda _row: self._go_on())

    def _go_on(self) -> None:
        """Choose the officer to complete next: those of whom something is missing come first."""
        if self.officers.rows.ids:
            self.officers.pick(self.officers.rows.ids[0])

    def print_list(self) -> None:
        """Show the list as the declaration asks for it, to be printed."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        PapersDialog(self.workspace, "officers-declaration", None, self, preset={"on": today}).open()

    def erase(self) -> None:
        """Propose to erase what is kept of those whose offices are over."""
        EraseCivilStatusForm.proposing(self.workspace, self).start()


def _names(session: Session, mandate_ids: list[int]) -> dict[int, str]:
    chosen = (
        select(Mandate.id, Person)
        .join(Person, Mandate.person_id == Person.id)
        .where(Mandate.id.in_(mandate_ids))
    )
    return {row_id: person.full_name for row_id, person in session.execute(chosen)}


def _change_row(each: Change, names: dict[int, str], today: date) -> tuple[Any, ...]:
    came, left = (
        ", ".join(dict.fromkeys(names[row_id] for row_id in ids)) for ids in (each.arrivals, each.departures)
    )
    if each.undeclared:
        is_open = today <= each.declare_before
        state = Chip("À déclarer", "warn") if is_open else Chip("À compléter")
    elif each.declared_on is not None:
        state = Chip(f"Le {french.short_date(each.declared_on)}", "ok")
    else:
        state = Chip("Non renseignée")
    return (
        each.changed_on.toordinal(), each.changed_on, came or None, left or None, each.declare_before, state,
        each.number or None,
    )  # fmt: skip


def _officer_rows(officers: Iterable[Officer]) -> list[tuple[Any, ...]]:
    """Return one row a person, with all the offices held; those of whom something is missing first."""
    held: dict[int, list[Officer]] = {}
    for each in sorted(officers, key=lambda each: not each.missing):
        held.setdefault(each.person_id, []).append(each)
    return [
        (row_id, ", ".join(each.office for each in same), same[0].name, _missing(same[0].missing),
         _state(same[0].missing))
        for row_id, same in held.items()
    ]  # fmt: skip


def _missing(words: tuple[str, ...]) -> str | None:
    said = french.listed(words)
    return f"{said[:1].upper()}{said[1:]}" if said else None


def _state(missing: tuple[str, ...]) -> Chip:
    return Chip("À compléter", "warn") if missing else Chip("Complet", "ok")
