"""« Personnes et organismes… »: everyone the dossier knows, members or not, to find, mend or delete."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget
from sqlalchemy import Select, exists, func, or_, select

from vto_desktop import french
from vto_desktop.model import Convention, Mandate, Member, Organisation, Person, Representative
from vto_desktop.model.search import matches
from vto_desktop.services import organisations, persons
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.person_card import PersonCard
from vto_desktop.ui.forms.records import deleting
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.filters import FilterField
from vto_desktop.ui.kit.panel import Panel, button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.members.duplicates import DuplicatesDialog

ORGANISATIONS: Final = (
    Column("name", "Organisme", width=0),
    Column("kind", "Type", width=190),
    Column("departement", "Dép.", width=60),
    Column("city", "Ville", width=140),
    Column("role", "Rôle", width=150, sortable=False),
)
PERSONS: Final = (
    Column("name", "Nom", width=0),
    Column("email", "Courriel", width=190),
    Column("phone", "Téléphone", width=130),
    Column("city", "Commune", width=130),
    Column("role", "Rôle", width=170, sortable=False),
)
TABLES: Final = frozenset({"organisation", "person", "member", "representative", "mandate", "convention"})


class _Organisations:
    """The organisations, found by any of their names."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        chosen = select(Organisation.id).where(matches(Organisation.search_key, french.search_key(text)))
        return _ordered(self._workspace, chosen, Organisation, sort_key, descending)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        is_member = exists().where(Member.organisation_id == Organisation.id)
        is_funder = exists().where(Convention.funder_id == Organisation.id)
        chosen = select(Organisation, is_member, is_funder).where(Organisation.id.in_(ids))
        with self._workspace.read() as session:
            found = {row.id: (row, member, funder) for row, member, funder in session.execute(chosen)}
        return [_organisation_row(*found[row_id]) for row_id in ids]


def _organisation_row(row: Organisation, is_member: bool, is_funder: bool) -> tuple[Any, ...]:
    roles = [word for word, holds in (("adhérent", is_member), ("financeur", is_funder)) if holds]
    return row.name, row.kind, row.departement or None, row.city or None, ", ".join(roles) or None


class _Persons:
    """The persons, by last name."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        chosen = select(Person.id).where(matches(Person.search_key, french.search_key(text)))
        return _ordered(self._workspace, chosen, Person, sort_key, descending)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        flags = (
            exists().where(Member.person_id == Person.id),
            exists().where(Representative.person_id == Person.id),
            exists().where(Mandate.person_id == Person.id),
        )
        with self._workspace.read() as session:
            rows = session.execute(select(Person, *flags).where(Person.id.in_(ids))).all()
        found = {row[0].id: row for row in rows}
        return [_person_row(*found[row_id]) for row_id in ids]


def _person_row(row: Person, *holds: bool) -> tuple[Any, ...]:
    words = ("adhérent", "représentant", "mandat")
    roles = [word for word, held in zip(words, holds, strict=True) if held]
    return row.full_name, row.email or None, row.phone or None, row.city or None, ", ".join(roles) or None


def _ordered(
    workspace: Workspace, chosen: Select[int], kind: Any, sort_key: str, descending: bool
) -> Sequence[int]:
    column = kind.sort_key if sort_key in ("", "name") else getattr(kind, sort_key)
    order = column.desc() if descending else column
    empty = or_(column.is_(None), func.length(column) == 0)
    with workspace.read() as session:
        return session.scalars(chosen.order_by(empty, order, kind.sort_key, kind.id)).all()


class _Tab(QWidget):
    """One list with its filter and its « new » button."""

    def __init__(self, table: Table, new: str, add: Callable[[], object], *, writable: bool) -> None:
        super().__init__()
        self.table = table
        self.filter_field = FilterField()
        self.filter_field.filtered.connect(table.rows.set_filter)
        self.filter_field.down.connect(table.setFocus)
        self.count = label("", "strong")
        self.count.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(6))
        table.rows.reloaded.connect(lambda: self.count.setText(french.count(len(table.rows.ids), "fiche")))
        table.set_empty_text("Rien ne correspond.")
        table.can_delete = writable
        self.new_button = button(new, add, icon="plus", kind="primary")
        self.new_button.setEnabled(writable)
        bar = QHBoxLayout()
        bar.addWidget(self.filter_field)
        bar.addStretch(1)
        bar.addWidget(self.new_button)
        panel = Panel(padded=False)
        panel.add(table, 1)
        panel.add(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(bar)
        column.addWidget(panel, 1)


class DirectoryDialog(QDialog):
    """Organisations and persons, each kept once whatever its roles."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setWindowTitle("Personnes et organismes")
        self.resize(theme.px(860), theme.px(600))
        self.organisations = self._table(ORGANISATIONS, _Organisations(workspace), "Organisations")
        self.persons = self._table(PERSONS, _Persons(workspace), "Persons")
        self.organisations.opened.connect(self.edit_organisation)
        self.organisations.deleted.connect(self.delete_organisations)
        self.persons.opened.connect(self.edit_person)
        self.persons.act("Sièges et mandats…", self.show_person, icon="book-user")
        self.persons.deleted.connect(self.delete_persons)
        self._lay_out()
        workspace.changed.connect(self._changed)
        self.refresh()

    def _table(self, columns: Sequence[Column], source: Any, name: str) -> Table:
        return Table(columns, source, name=name, settings=self.workspace.settings)

    def _lay_out(self) -> None:
        writable = not self.workspace.is_read_only
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(
            _Tab(self.persons, "Nouvelle personne", self.new_person, writable=writable), "Personnes"
        )
        new = "Nouvel organisme"
        tab = _Tab(self.organisations, new, self.new_organisation, writable=writable)
        self.tabs.addTab(tab, "Organismes")
        bottom = QHBoxLayout()
        bottom.addWidget(button("Doublons…", self.open_duplicates, icon="merge"))
        bottom.addStretch(1)
        bottom.addWidget(button("Fermer", self.accept))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, theme.px(12), edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self.tabs, 1)
        column.addLayout(bottom)

    def refresh(self) -> None:
        """Read both lists again."""
        self.organisations.rows.reload()
        self.persons.rows.reload()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.refresh()

    # --- acts ------------------------------------------------------------------------------------

    def open_duplicates(self) -> None:
        """Open what may be entered twice."""
        DuplicatesDialog(self.workspace, self).open()

    def new_organisation(self) -> None:
        """Open the form of a new organisation."""
        form = OrganisationForm.named(self.workspace, "", self)
        form.start(lambda row: self.organisations.pick(row.id))

    def edit_organisation(self, row_id: int) -> None:
        """Open the form of an organisation."""
        if not self.workspace.is_read_only:
            OrganisationForm.edit(self.workspace, row_id, self).start()

    def delete_organisations(self, row_ids: list[int]) -> None:
        """Delete organisations that nothing depends on."""
        what = french.count(len(row_ids), "organisme")
        deleting(self.workspace, self, what, organisations.delete_organisation, *row_ids)

    def new_person(self) -> None:
        """Open the form of a new person."""
        PersonForm.named(self.workspace, "", self).start(lambda row: self.persons.pick(row.id))

    def edit_person(self, row_id: int) -> None:
        """Open the form of a person."""
        if not self.workspace.is_read_only:
            PersonForm.edit(self.workspace, row_id, self).start()

    def show_person(self, row_id: int) -> None:
        """Show all that a person holds and held."""
        PersonCard(self.workspace, row_id, self).open()

    def delete_persons(self, row_ids: list[int]) -> None:
        """Delete persons who hold nothing."""
        what = french.count(len(row_ids), "personne")
        deleting(self.workspace, self, what, persons.delete_person, *row_ids)
