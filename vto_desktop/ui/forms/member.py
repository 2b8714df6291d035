"""The form of a membership: which organisation or person, in which college, from when to when."""

from typing import Any, Final

from PySide6.QtGui import QShowEvent
from sqlalchemy import select

from vto_desktop.errors import Invalid
from vto_desktop.model import LOCAL_AUTHORITIES, NATURAL_PERSON, College, Member, Organisation
from vto_desktop.services import members
from vto_desktop.services.members import member_name
from vto_desktop.ui.forms.creation import member_input, organisation_or_new, person_or_new
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.panel import button
from vto_desktop.ui.kit.workspace import Workspace

ORGANISATION: Final = "Organisme"
ORGANISATION_HINT: Final = (
    "Les collectivités de France sont proposées, fiche remplie\u202f; «\u00a0Créer…\u00a0» pour les autres."
)
PERSON_HINT: Final = (
    "Tapez une partie du nom\u202f; s’il n’existe pas encore, «\u00a0Créer…\u00a0» ouvre sa fiche."
)


class MemberForm(Form):
    """Edits one membership; the organisation or person behind it has its own form, one click away."""

    title = "Adhérent"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "MemberForm":
        """Return the form of a kept member."""
        row = loaded(workspace, Member, row_id)
        return cls(workspace, row, parent)

    def build(self) -> None:
        self._is_new = self.row.id is None
        self.head("Nouvel adhérent" if self._is_new else self._name())
        kinds = [(ORGANISATION, ORGANISATION), (NATURAL_PERSON, NATURAL_PERSON)]
        self.add("&Nature", "nature", ChoiceInput(kinds))
        self.add("&Organisme", "organisation_id", organisation_or_new(self), hint=ORGANISATION_HINT)
        self.add("&Personne", "person_id", person_or_new(self), hint=PERSON_HINT)
        if not self._is_new:
            self.place(
                button(
                    "Modifier sa fiche (nom, coordonnées…)", self._edit_holder, icon="pencil", kind="small"
                )
            )
        self.add("&Collège", "college_id", ChoiceInput(self._colleges()))
        self.pair(
            self.field("&Adhésion le", "joined_on", DateInput()),
            self.field("Départ le", "left_on", DateInput(), hint="Premier jour sans adhésion."),
        )
        self.add("Raison du départ", "leaving_reason", MemoInput(lines=2))
        if self.row.left_on is not None:  # who leaves does so by « Mettre fin… »
            self.add("A rejoint", "successor_id", member_input(self, placeholder="Aucun autre adhérent"))
        self.add("Notes", "notes", MemoInput())
        self.input("nature").changed.connect(self._show_nature)
        self.input("organisation_id").changed.connect(self._propose_college)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_new and not self._is_person():
            self.input("organisation_id").setFocus()

    def _name(self) -> str:
        with self.workspace.read() as session:
            return member_name(session, self.row.id)

    def _colleges(self) -> list[tuple[Any, str]]:
        with self.workspace.read() as session:
            rows = session.execute(select(College.id, College.name).order_by(College.position, College.id))
            found = [(row_id, name) for row_id, name in rows]
        self._places = [row_id for row_id, _name in found]
        return found

    def load(self, row: Member) -> None:
        for name, field in self.fields.items():
            if name != "nature" and (name != "college_id" or row.college_id is not None):
                field.input.set_value(getattr(row, name))
        self.input("nature").set_value(NATURAL_PERSON if row.person_id is not None else ORGANISATION)
        self._show_nature()

    def _is_person(self) -> bool:
        return bool(self.input("nature").value() == NATURAL_PERSON)

    def _show_nature(self) -> None:
        self.fields["person_id"].setVisible(self._is_person())
        self.fields["organisation_id"].setVisible(not self._is_person())
        self._propose_college()

    def _propose_college(self) -> None:
        """Choose the college that goes with what joins, as long as the member is new."""
        if not self._is_new or len(self._places) < 3:
            return
        place = 2 if self._is_person() else 0 if self._is_local_authority() else 1
        self.input("college_id").set_value(self._places[place])

    def _is_local_authority(self) -> bool:
        picked = self.input("organisation_id").value()
        if picked is None:
            return True
        with self.workspace.read() as session:
            kind = session.scalar(select(Organisation.kind).where(Organisation.id == picked))
        return kind in LOCAL_AUTHORITIES

    def _edit_holder(self) -> None:
        if self._is_person():
            if (person := self.input("person_id").value()) is not None:
                PersonForm.edit(self.workspace, person, self).start(lambda _row: self._named_again())
        elif (organisation := self.input("organisation_id").value()) is not None:
            OrganisationForm.edit(self.workspace, organisation, self).start(lambda _row: self._named_again())

    def _named_again(self) -> None:
        self.head(self._name())
        for name in ("organisation_id", "person_id"):
            self.input(name).set_value(self.input(name).value() or getattr(self.row, name))

    def _own_problems(self) -> dict[str, str]:
        hidden = "organisation_id" if self._is_person() else "person_id"
        return {name: text for name, text in super()._own_problems().items() if name != hidden}

    def apply(self, row: Member) -> None:
        for name, field in self.fields.items():
            if name != "nature":
                setattr(row, name, field.input.value())
        if self._is_person():
            row.organisation_id = None
        else:
            row.person_id = None

    def save(self) -> None:
        name = self._picked_name() if self.row.id is None else self._name()
        with self.workspace.write(step(self.row, "l’adhérent", name)) as session:
            try:
                self.row = members.save_member(session, self.row)
            except Invalid as invalid:
                raise self._under_the_field_shown(invalid) from None

    def _picked_name(self) -> str:
        return str(self.input("person_id" if self._is_person() else "organisation_id").typed()[1])

    def _under_the_field_shown(self, invalid: Invalid) -> Invalid:
        if self._is_person() and "organisation_id" in invalid.problems:
            invalid.problems["person_id"] = invalid.problems.pop("organisation_id")
        return invalid
