"""The « Représentants » tab: who represents the member at a date, in order, and what each occupies."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Body, Mandate, Office, Person, Rank, Representative
from vto_desktop.services import representatives
from vto_desktop.services.representatives import held_on
from vto_desktop.ui.forms.ends import EndRepresentativeForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.person_card import PersonCard
from vto_desktop.ui.forms.records import deleting, named
from vto_desktop.ui.forms.replacement import ReplacementForm
from vto_desktop.ui.forms.representative import RepresentativeForm
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.items import Item, Items
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.workspace import Workspace

RANK_CHIPS = {
    Rank.TITULAR.value: ("Titulaire", "Titulaire", "info"),
    Rank.SUBSTITUTE.value: ("Suppléant", "Suppléante", "neutral"),
    Rank.AND_OR.value: ("et/ou", "et/ou", "info"),
}


class RepresentativesTab(QWidget):
    """The representatives of one member at the day typed above them."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._member_id: int | None = None
        self._on: date | None = None
        self.day = DateInput()
        self.day.line.setAccessibleName("Représentants au")
        self.day.setMaximumWidth(theme.px(140))
        self.day.changed.connect(self._day_typed)
        self.add_button = button("Représentant", self.add, icon="plus")
        self.items = Items("Personne ne représente cet adhérent à cette date.")
        self.past = label("", "caption", wrap=True)
        top = QHBoxLayout()
        top.addWidget(label("Au", "secondary"))
        top.addWidget(self.day)
        top.addStretch(1)
        top.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(top)
        column.addWidget(self.items)
        column.addWidget(self.past)

    def show_member(self, member_id: int, on: date) -> None:
        """Show a member; the day stays when the same member is shown again."""
        if member_id != self._member_id or on != self._on:
            self._member_id, self._on = member_id, on
            self.day.blockSignals(True)
            self.day.set_value(on)
            self.day.blockSignals(False)
        self._show()

    def _day_typed(self) -> None:
        if self._member_id is not None and self.day.value() is not None:
            self._show()

    def _show(self) -> None:
        on = self.day.value() or self._on
        if self._member_id is None or on is None:
            return
        with self._workspace.read() as session:
            rows = _sent(session, self._member_id, on)
            offices = _offices(session, self._member_id, [person.id for _row, person in rows], on)
            others = _others(session, self._member_id, on)
        writable = not self._workspace.is_read_only
        self.add_button.setEnabled(writable)
        ordered = [row.id for row, _person in rows]
        self.items.show_items(
            (self._item(row, person, offices.get(person.id, []), ordered) for row, person in rows),
            writable=writable,
        )
        self.past.setText(f"À d’autres dates\u00a0: {french.listed(others)}." if others else "")
        self.past.setVisible(bool(others))

    def _item(self, row: Representative, person: Person, offices: list[str], ordered: Sequence[int]) -> Item:
        masculine, feminine, tone = RANK_CHIPS.get(row.rank, (row.rank, row.rank, "neutral"))
        since = (
            f"Depuis le {french.short_date(row.starts_on)}"
            if row.starts_on
            else "Depuis\u00a0: non renseigné"
        )
        until = f"jusqu’au {french.short_date(row.ends_on)}" if row.ends_on else ""
        place = ordered.index(row.id)
        acts = [
            ("Modifier…", "pencil", partial(self.edit, row.id)),
            ("Remplacer…", "users", partial(self.replace, row.id)),
            ("Mettre fin…", "calendar-clock", partial(self.end, row.id, person.full_name)),
            ("Sièges et mandats de la personne", "book-user", partial(self._show_person, person.id)),
            ("Modifier la personne…", "user", partial(self._edit_person, person.id)),
        ]
        if place > 0:
            acts.append(("Monter", "arrow-up", partial(self.reorder, ordered, place, -1)))
        if place < len(ordered) - 1:
            acts.append(("Descendre", "arrow-down", partial(self.reorder, ordered, place, 1)))
        acts.append(("Supprimer", "trash-2", partial(self.delete, row.id, person.full_name)))
        return Item(
            person.full_name,
            Chip(feminine if person.is_woman else masculine, tone),
            (row.capacity,),
            (" · ".join(filter(None, (since, until, *offices))),),
            tuple(acts),
        )

    # --- acts ------------------------------------------------------------------------------------

    def add(self) -> None:
        """Open the form of a new representative."""
        if self._member_id is not None:
            RepresentativeForm.new(self._workspace, self._member_id, self).start()

    def edit(self, row_id: int) -> None:
        """Open the form of a representative."""
        RepresentativeForm.edit(self._workspace, row_id, self).start()

    def _show_person(self, person_id: int) -> None:
        PersonCard(self._workspace, person_id, self).open()

    def _edit_person(self, person_id: int) -> None:
        PersonForm.edit(self._workspace, person_id, self).start()

    def end(self, row_id: int, name: str) -> None:
        """Ask from which day the person no longer represents the member."""
        EndRepresentativeForm(self._workspace, row_id, name, self).start()

    def replace(self, row_id: int) -> None:
        """Ask who represents the member instead, and what becomes of the mandates that hang on the seat."""
        ReplacementForm.of(self._workspace, row_id, self).start()

    def delete(self, row_id: int, name: str) -> None:
        """Delete a representative entered by mistake."""
        what = named("le représentant", name)
        deleting(self._workspace, self, what, representatives.delete_representative, row_id)

    def reorder(self, ordered: Sequence[int], place: int, step: int) -> None:
        """Exchange two representatives in the printed order."""
        order = list(ordered)
        order[place], order[place + step] = order[place + step], order[place]
        with self._workspace.write("Changer l’ordre des représentants") as session:
            representatives.reorder(session, order)


def _sent(session: Session, member_id: int, on: date) -> list[tuple[Representative, Person]]:
    chosen = (
        select(Representative, Person)
        .join(Person, Representative.person_id == Person.id)
        .where(Representative.member_id == member_id, held_on(Representative, on))
        .order_by(Representative.position, Representative.id)
    )
    return list(session.execute(chosen))


def _others(session: Session, member_id: int, on: date) -> list[str]:
    """Return who represented or will represent the member at another date."""
    chosen = (
        select(Person, Representative.ends_on)
        .join(Representative, Representative.person_id == Person.id)
        .where(Representative.member_id == member_id, ~held_on(Representative, on))
        .order_by(Representative.ends_on.desc())
    )
    return [
        f"{person.full_name} (jusqu’au {french.short_date(ends_on)})" if ends_on else person.full_name
        for person, ends_on in session.execute(chosen)
    ]


def _offices(session: Session, member_id: int, persons: Sequence[int], on: date) -> dict[int, list[str]]:
    """Return « vice-présidente du Bureau », by person, for the mandates held on a date."""
    chosen = (
        select(Office, Person, Body.name)
        .select_from(Mandate)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .join(Person, Mandate.person_id == Person.id)
        .where(
            Mandate.person_id.in_(persons),
            held_on(Mandate, on),
            or_(Mandate.member_id.is_(None), Mandate.member_id == member_id),
        )
        .order_by(Body.position, Office.position)
    )
    found: dict[int, list[str]] = {}
    for office, person, body in session.execute(chosen):
        found.setdefault(person.id, []).append(f"{office.label_for(person)} ({body})")
    return found
