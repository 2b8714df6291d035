"""Fields that pick a record of the dossier by typing part of its name; shared by all forms."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import (
    LOCAL_AUTHORITIES,
    SHORT_KINDS,
    Account,
    Action,
    Body,
    Convention,
    FiscalYear,
    Meeting,
    Organisation,
    Person,
    Programme,
)
from vto_desktop.model.search import matches
from vto_desktop.services import sources
from vto_desktop.services.reference import departement_name
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.pick import MOST, Found, PickInput
from vto_desktop.ui.kit.pick_many import PickManyInput
from vto_desktop.ui.kit.workspace import Workspace

# --- organisations and persons -------------------------------------------------------------------

ORGANISATION: Final = (
    Organisation.id, Organisation.name, Organisation.kind, Organisation.departement, Organisation.population,
)  # fmt: skip


def find_organisations(
    workspace: Workspace, text: str, *, kinds: frozenset[str] = frozenset()
) -> list[Found]:
    """Return the organisations of the dossier whose names hold every word of a text."""
    statement = (
        select(*ORGANISATION)
        .where(matches(Organisation.search_key, french.search_key(text)))
        .order_by(Organisation.sort_key, Organisation.id)
        .limit(MOST)
    )
    if kinds:
        statement = statement.where(Organisation.kind.in_(kinds))
    with workspace.read() as session:
        found = session.execute(statement).all()
    return [found_organisation(*row) for row in found]


def found_organisation(row_id: int, name: str, kind: str, departement: str, population: int | None) -> Found:
    """Return an organisation as a field lists it, with what tells it from its namesakes."""
    return row_id, name, organisation_detail(kind, departement, population)


def organisation_detail(kind: str, departement: str, population: int | None) -> str:
    """Return « Commune · Hérault · 26 623 hab. », or « CA · Gard · … »."""
    people = "" if population is None else f"{french.number(population)}\u00a0hab."
    where = departement_name(departement) or departement
    return " · ".join(filter(None, (SHORT_KINDS.get(kind, kind), where, people)))


def organisation_name(workspace: Workspace, row_id: int) -> str:
    """Return an organisation's name."""
    with workspace.read() as session:
        return session.scalar(select(Organisation.name).where(Organisation.id == row_id)) or ""


def organisation_input(
    workspace: Workspace,
    *,
    placeholder: str = "Tapez une partie du nom",
    create: Callable[[str], object] | None = None,
) -> PickInput:
    """Return a field that picks any organisation; ``create`` is offered what was typed."""
    return PickInput(
        lambda text: find_organisations(workspace, text),
        lambda row_id: organisation_name(workspace, row_id),
        placeholder=placeholder,
        create=create,
    )


def authorities_input(workspace: Workspace) -> PickManyInput:
    """Return a field that picks several local authorities."""
    kinds = frozenset(kind.value for kind in LOCAL_AUTHORITIES)
    return PickManyInput(
        lambda text: find_organisations(workspace, text, kinds=kinds),
        lambda row_id: organisation_name(workspace, row_id),
        placeholder="Tapez une partie du nom d’une collectivité",
    )


def person_input(workspace: Workspace, *, create: Callable[[str], object] | None = None) -> PickInput:
    """Return a field that picks a person; ``create`` is offered what was typed."""

    def search(text: str) -> list[Found]:
        columns = (Person.id, Person.first_name, Person.last_name, Person.city)
        statement = (
            select(*columns)
            .where(matches(Person.search_key, french.search_key(text)))
            .order_by(Person.sort_key, Person.id)
            .limit(MOST)
        )
        with workspace.read() as session:
            rows = session.execute(statement).all()
        return [(row_id, f"{first} {last}".strip(), city) for row_id, first, last, city in rows]

    def label_of(row_id: int) -> str:
        with workspace.read() as session:
            person = session.get(Person, row_id)
            return person.full_name if person else ""

    return PickInput(search, label_of, create=create)


# --- the axes of money ---------------------------------------------------------------------------


def source_input(workspace: Workspace) -> ChoiceInput:
    """Return a field that picks a funding source by its path."""
    with workspace.read() as session:
        nodes = sources.tree(session)
    return ChoiceInput([(node.source_id, " › ".join(node.path)) for node in nodes], empty="Aucune")


def programme_input(workspace: Workspace) -> ChoiceInput:
    """Return a field that picks a State budget programme."""
    with workspace.read() as session:
        rows = session.execute(select(Programme.id, Programme.code, Programme.name).order_by(Programme.code))
        choices = [(row_id, ", ".join(filter(None, (code, name)))) for row_id, code, name in rows]
    return ChoiceInput(choices, empty="Aucun")


def meeting_input(workspace: Workspace) -> ChoiceInput:
    """Return a field that picks a meeting, the latest first."""
    return ChoiceInput(meeting_choices(workspace), empty="Aucune")


def meeting_choices(workspace: Workspace) -> list[tuple[int, str]]:
    """Return the meetings, the latest first."""
    statement = (
        select(Meeting.id, Meeting.title, Body.name, Meeting.held_on)
        .join(Body)
        .order_by(Meeting.held_on.desc())
    )
    with workspace.read() as session:
        rows = session.execute(statement).all()
    return [
        (row_id, " · ".join(filter(None, (title or body, french.short_date(day)))))
        for row_id, title, body, day in rows
    ]


def convention_input(workspace: Workspace) -> PickInput:
    """Return a field that picks a convention."""

    def search(text: str) -> list[Found]:
        statement = (
            select(Convention.id, Convention.title, Organisation.name)
            .join(Organisation, Convention.funder_id == Organisation.id)
            .where(matches(Convention.search_key, french.search_key(text)))
            .order_by(Convention.sort_key, Convention.id)
            .limit(MOST)
        )
        with workspace.read() as session:
            return list(session.execute(statement))

    def label_of(row_id: int) -> str:
        with workspace.read() as session:
            return session.scalar(select(Convention.title).where(Convention.id == row_id)) or ""

    return PickInput(search, label_of, placeholder="Aucune")


def action_input(workspace: Workspace) -> PickInput:
    """Return a field that picks an action."""
    with workspace.read() as session:
        rows = session.execute(select(Action.id, Action.code, Action.name).order_by(Action.code, Action.name))
        actions = [(row_id, name, code) for row_id, code, name in rows]
    keys = {row_id: french.search_key(code, name) for row_id, name, code in actions}

    def search(text: str) -> list[Found]:
        words = french.search_key(text).split()
        return [each for each in actions if all(word in keys[each[0]] for word in words)]

    names = {row_id: name for row_id, name, _code in actions}
    return PickInput(search, lambda row_id: names.get(row_id, ""), placeholder="Aucune")


def fiscal_year_input(workspace: Workspace) -> ChoiceInput:
    """Return a field that picks a fiscal year, the latest first; closed ones say so."""
    statement = select(FiscalYear.id, FiscalYear.year, FiscalYear.closed_on).order_by(FiscalYear.year.desc())
    with workspace.read() as session:
        rows = session.execute(statement).all()
    return ChoiceInput([(row_id, f"{year} (clos)" if closed else str(year)) for row_id, year, closed in rows])


class AccountInput(PickInput):
    """Picks an account of a chart; its value is the code. A code the chart lacks stays shown and kept."""

    def __init__(self, workspace: Workspace, chart: str, *, classes: tuple[str, ...]) -> None:
        with workspace.read() as session:
            rows = session.execute(
                select(Account.id, Account.code, Account.label)
                .where(Account.chart == chart)
                .order_by(Account.code)
            )
            kept = [row for row in rows if row[1].startswith(classes)]
        self._codes = {row_id: code for row_id, code, _label in kept}
        self._labels = {row_id: f"{code} {label}" for row_id, code, label in kept}
        self._ids = {code: row_id for row_id, code in self._codes.items()}
        self._keys = {row_id: french.search_key(label) for row_id, _code, label in kept}
        self._foreign = ""
        super().__init__(self._find, lambda row_id: self._labels[row_id], placeholder="Numéro ou libellé")

    def _find(self, text: str) -> Sequence[Found]:
        words = french.search_key(text).split()
        return [
            (row_id, self._labels[row_id], "")
            for row_id, code in self._codes.items()
            if all(code.startswith(word) or word in self._keys[row_id] for word in words)
        ]

    def value(self) -> Any:
        picked = super().value()
        if picked is not None:
            return self._codes[picked]
        typed = self.text()
        return typed if typed and (typed == self._foreign or typed in self._ids) else None

    def set_value(self, value: Any) -> None:
        if isinstance(value, str) and value not in self._ids:
            super().set_value(None)
            self._foreign = value
            self.line.setText(value)
        else:
            super().set_value(self._ids[value] if isinstance(value, str) else value)

    def typed(self) -> Any:
        return self.line.text()

    def set_typed(self, typed: Any) -> None:
        if isinstance(typed, str):
            code = typed.split(" ")[0]
            if code in self._ids and self._labels[self._ids[code]] == typed:
                self.set_value(code)
            else:
                self.line.setText(typed)

    def normalise(self) -> None:
        if self.text() in self._ids:
            self.popup.hide()
            self.set_value(self.text())
        else:
            super().normalise()


def chart_of(workspace: Workspace, year: int) -> str:
    """Return the version of the chart of accounts of a fiscal year, or of the nearest one before."""
    statement = (
        select(FiscalYear.chart).where(FiscalYear.year <= year).order_by(FiscalYear.year.desc()).limit(1)
    )
    with workspace.read() as session:
        return session.scalar(statement) or "2018"
