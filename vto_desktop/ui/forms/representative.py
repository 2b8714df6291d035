"""The form of a representative: who, in which rank and order, in which capacity, from when to when."""

from typing import Any, Final

from sqlalchemy import func, select

from vto_desktop.model import Member, Rank, Representative
from vto_desktop.services import representatives
from vto_desktop.services.members import member_name
from vto_desktop.ui.forms.creation import person_or_new
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, NumberInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace

RANKS: Final = (
    (Rank.TITULAR.value, "Titulaire"),
    (Rank.AND_OR.value, "et/ou (avec le précédent)"),
    (Rank.SUBSTITUTE.value, "Suppléant·e"),
)


class RepresentativeForm(Form):
    """Edits one representative of one member."""

    title = "Représentant"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "RepresentativeForm":
        """Return the form of a kept representative."""
        return cls(workspace, loaded(workspace, Representative, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, member_id: int, parent: Any = None) -> "RepresentativeForm":
        """Return the form of a new representative, placed after the others."""
        last = select(func.max(Representative.position)).where(Representative.member_id == member_id)
        with workspace.read() as session:
            place = session.scalar(last)
        row = Representative(
            member_id=member_id,
            position=0 if place is None else place + 1,
            rank=Rank.TITULAR.value if place is None else Rank.SUBSTITUTE.value,
        )
        return cls(workspace, row, parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            found = session.get(Member, self.row.member_id)
            self.head(member_name(session, found.id) if found else "", "Représentant de cet adhérent")
        self.add(
            "&Personne",
            "person_id",
            person_or_new(self),
            hint="«\u00a0Créer…\u00a0» si elle n’existe pas encore.",
        )
        self.pair(
            self.field("&Rang", "rank", ChoiceInput(RANKS)),
            self.field("&Ordre", "position", NumberInput(0, 999), hint="Du plus petit au plus grand."),
        )
        hint = "Le titre tel qu’il s’imprime à côté du nom."
        self.add("&Qualité", "capacity", MemoInput(300, lines=2), hint=hint)
        self.pair(
            self.field("&Depuis le", "starts_on", DateInput(), hint="Vide\u00a0: non renseigné."),
            self.field("&Fin le", "ends_on", DateInput(), hint="Premier jour où il ne l’est plus."),
        )

    def check(self) -> dict[str, str]:
        return {"position": "Indiquez un ordre, par exemple 0."} if self.input("position").is_empty() else {}

    def save(self) -> None:
        name = str(self.input("person_id").typed()[1])
        with self.workspace.write(step(self.row, "le représentant", name)) as session:
            self.row = representatives.save_representative(session, self.row)
