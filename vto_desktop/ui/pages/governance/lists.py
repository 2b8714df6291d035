"""The other tabs: all mandates, the bodies with their offices, and the colleges."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import Body, College, Mandate, Office
from vto_desktop.services import bodies, body_rules, mandates, members, person_sheet
from vto_desktop.ui.forms.body import BodyForm, OfficeForm
from vto_desktop.ui.forms.college import CollegeForm
from vto_desktop.ui.forms.editing import Editing
from vto_desktop.ui.forms.mandate import MandateForm
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.filters import FilterField
from vto_desktop.ui.kit.panel import Panel, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance import reading

MANDATES = (
    Column("body", "Instance", width=170),
    Column("office", "Fonction", width=140),
    Column("person", "Nom", width=170, bold=True),
    Column("member", "Au nom de", width=0),
    Column("starts_on", "Depuis le", "date", 98),
    Column("term_on", "Terme", "date", 98, spare=1),
    Column("ends_on", "Fin", "date", 98),
    Column("elected_on", "Élection", "date", 98, hidden=True),
    Column("declared_on", "Déclaré le", "date", 98, hidden=True),
    Column("state", "État", "chip", 92),
)
BODIES = (Column("name", "Instance", width=0), Column("kind", "Nature", width=170))
OFFICES = (
    Column("label", "Fonction", width=0, least=110, sortable=False),
    Column("masculine", "Au masculin", width=136, spare=2, sortable=False),
    Column("feminine", "Au féminin", width=120, spare=1, sortable=False),
    Column("is_unique", "Unique", width=84, sortable=False),
    Column("elected_by", "Élue par", width=150, sortable=False),
)
COLLEGES = (Column("name", "Collège d’adhérents", width=0, sortable=False),)
NO_RULES = "Aucune règle n’est inscrite\u00a0: ouvrez l’instance pour noter celles des statuts."
TONES = {person_sheet.RUNNING: "ok", person_sheet.TO_COME: "info", person_sheet.ENDED: "neutral"}


def mandate_editing(workspace: Workspace, parent: QWidget) -> Editing[Mandate]:
    """Return what edits and deletes mandates over ``parent``."""

    def name_of(row: Mandate) -> str:
        with workspace.read() as session:
            return session.get_one(Mandate, row.id).person.full_name

    return Editing(
        workspace, parent, Mandate, MandateForm,
        noun="le mandat de", name_of=name_of, delete=mandates.delete_mandate,
    )  # fmt: skip


class ListTab(QWidget):
    """A table with its filter field, its count and its « new » button."""

    def __init__(
        self, workspace: Workspace, columns: Sequence[Column], name: str, new: str, add: Callable[[], object]
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.table = Table(columns, name=name, settings=workspace.settings)
        self.filter_field = FilterField()
        self.filter_field.filtered.connect(self.table.rows.set_filter)
        self.filter_field.down.connect(self.table.setFocus)
        self.table.rows.reloaded.connect(self._count)
        panel = Panel(padded=False)
        panel.add(self.table, 1)
        self.count = label("", "strong")
        self.count.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(6))
        panel.add(self.count)
        self.new_button = QPushButton(new)
        self.new_button.setAutoDefault(False)
        self.new_button.clicked.connect(lambda _checked=False: add())
        bar = QHBoxLayout()
        bar.addWidget(self.filter_field)
        bar.addStretch(1)
        bar.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(bar)
        column.addWidget(panel, 1)

    def show_rows(self, rows: Sequence[tuple[Any, ...]], empty: str) -> None:
        """Show rows of the dossier; ``empty`` is said when there is none."""
        self._empty = empty
        self.table.show_rows(rows)

    def _count(self) -> None:
        count = len(self.table.rows.ids)
        self.count.setText(french.count(count, "ligne"))
        filtered = bool(self.table.rows.filter_text)
        none = "Aucune ligne ne correspond au filtre. Échap l’efface."
        self.table.set_empty_text(none if filtered else self._empty)

    _empty = ""


class MandatesTab(ListTab):
    """Every mandate, past and present."""

    def __init__(
        self, workspace: Workspace, attach: Callable[[Table], object], add: Callable[[], object]
    ) -> None:
        super().__init__(workspace, MANDATES, "Mandates", "Nouveau mandat…", add)
        attach(self.table)

    def refresh(self) -> None:
        """Read the mandates again."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        with self.workspace.read() as session:
            rows = reading.mandate_rows(session, today)
        self.show_rows([(*row[:-1], Chip(row[-1], TONES[row[-1]])) for row in rows], "Aucun mandat.")
        self.new_button.setEnabled(not self.workspace.is_read_only)


class BodiesTab(QWidget):
    """The bodies, the offices of the one chosen, and the colleges of members."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        settings = workspace.settings
        self.bodies = Table(BODIES, name="Bodies", settings=settings)
        self.offices = Table(OFFICES, name="Offices", settings=settings)
        self.colleges = Table(COLLEGES, name="Colleges", settings=settings)
        self._buttons: list[QPushButton] = []
        self._lay_out()
        self._attach()
        self.bodies.picked.connect(lambda _row: self._show_offices())

    def _lay_out(self) -> None:
        left = QSplitter(Qt.Orientation.Vertical)
        bodies_panel = self._panel("Instances", "Instance", self.bodies, self.add_body)
        self.rules = label("", "caption", wrap=True)
        self.rules.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(8))
        bodies_panel.add(self.rules)
        left.addWidget(bodies_panel)
        left.addWidget(self._panel("Collèges", "Collège", self.colleges, self.add_college))
        self._offices_panel = self._panel("Fonctions", "Fonction", self.offices, self.add_office)
        both = QSplitter(Qt.Orientation.Horizontal)
        for splitter in (left, both):
            splitter.setHandleWidth(theme.px(16))
            splitter.setChildrenCollapsible(False)
        both.addWidget(left)
        both.addWidget(self._offices_panel)
        both.setStretchFactor(0, 2)
        both.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.addWidget(both)

    def _panel(self, title: str, new: str, table: Table, add: Callable[[], object]) -> Panel:
        panel = Panel(title, padded=False)
        self._buttons.append(panel.action(new, add, icon="plus"))
        table.setAccessibleName(title)
        panel.add(table, 1)
        return panel

    def _attach(self) -> None:
        workspace = self.workspace
        self.body_editing: Editing[Body] = Editing(
            workspace, self, Body, BodyForm,
            noun="l’instance", name_of=lambda row: row.name, delete=bodies.delete_body,
        )  # fmt: skip
        self.office_editing: Editing[Office] = Editing(
            workspace, self, Office, OfficeForm,
            noun="la fonction", name_of=lambda row: row.label, delete=bodies.delete_office,
        )  # fmt: skip
        self.college_editing: Editing[College] = Editing(
            workspace, self, College, CollegeForm,
            noun="le collège", name_of=lambda row: row.name, delete=members.delete_college,
        )  # fmt: skip
        self.body_editing.attach(self.bodies)
        self.office_editing.attach(self.offices)
        self.college_editing.attach(self.colleges)

    def refresh(self) -> None:
        """Read bodies, offices and colleges again."""
        with self.workspace.read() as session:
            rows = reading.bodies(session)
            colleges = reading.college_rows(session)
        self.bodies.show_rows(rows)
        self.colleges.show_rows(colleges)
        if self.bodies.current_id() is None and rows:
            self.bodies.pick(rows[0][0])
        for one in self._buttons:
            one.setEnabled(not self.workspace.is_read_only)
        self._show_offices()

    def _show_offices(self) -> None:
        body_id = self.bodies.current_id()
        if body_id is None:
            self.offices.show_rows([])
            self.rules.setText("")
            return
        with self.workspace.read() as session:
            self.offices.show_rows(reading.office_rows(session, body_id))
            rules = body_rules.rules_of(session.get_one(Body, body_id))
        self.rules.setText(" · ".join(rules) or NO_RULES)
        self.offices.set_empty_text("Cette instance n’a pas encore de fonction.")

    def add_body(self) -> None:
        """Open the form of a new body."""
        BodyForm.new(self.workspace, self).start(lambda row: self.bodies.pick(row.id))

    def add_office(self) -> None:
        """Open the form of a new office of the body chosen."""
        if (body_id := self.bodies.current_id()) is not None:
            OfficeForm.new(self.workspace, body_id, self).start(lambda row: self.offices.pick(row.id))

    def add_college(self) -> None:
        """Open the form of a new college."""
        CollegeForm(self.workspace, College(), self).start(lambda row: self.colleges.pick(row.id))
