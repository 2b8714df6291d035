"""The forms of a body and of its offices."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from vto_desktop.model import Body, BodyKind, BodySeats, College, Eligibility, Office
from vto_desktop.services import bodies
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, FlagInput, MemoInput, NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace

KINDS: Final = tuple((kind.value, kind.value) for kind in BodyKind)
ELIGIBILITY: Final = tuple((rule.value, rule.value) for rule in Eligibility)
ALL: Final = "seats_all"


class BodyForm(Form):
    """Edits one body and its rules; nothing given is nothing checked."""

    title = "Instance"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "BodyForm":
        """Return the form of a kept body."""
        return cls(workspace, loaded(workspace, Body, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "BodyForm":
        """Return the form of a new body, listed after the others."""
        return cls(workspace, Body(kind=BodyKind.OTHER.value, eligibility=Eligibility.ANYONE.value), parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            kept = _seats_of(session, self.row.id)
            colleges = _colleges(session)
            others = [body for body in _bodies(session) if body[0] != self.row.id]
        set_committed_value(self.row, "seats", kept)  # a detached row reads nothing by itself
        self._kept = {each.college_id: each for each in kept}
        self.head(self.row.name if self.row.id is not None else "Nouvelle instance")
        self.add("&Nom", "name", TextInput())
        self.pair(
            self.field("Na&ture", "kind", ChoiceInput(KINDS)),
            self.field("&Ordre", "position", NumberInput(0, 999), hint="Vide\u00a0: après les autres."),
        )
        self.section("Qui siège")
        self.add("&Peut siéger", "eligibility", ChoiceInput(ELIGIBILITY))
        hint = "Par exemple le Bureau, issu du conseil d’administration."
        self.add("&Issus de", "drawn_from_id", ChoiceInput(others, empty="Choisir…"), hint=hint)
        hint = "Propose le terme des nouveaux mandats. Vide\u00a0: non fixée."
        self.add("&Durée des mandats, en mois", "term_months", NumberInput(1, bodies.LONGEST_TERM), hint=hint)
        self._add_seats(colleges)
        self._add_rules()
        hint = "Par exemple qui la compose\u202f; s’imprime sous la liste du conseil."
        self.add("Notes", "notes", MemoInput(), hint=hint)
        self.input("eligibility").changed.connect(self._show_source)

    def _add_seats(self, colleges: Sequence[tuple[int, str]]) -> None:
        self.section("Nombre de sièges")
        self._seats = {ALL: None} | {f"seats_{row_id}": row_id for row_id, _name in colleges}
        made = [self.field("En tout", ALL, NumberInput(1, bodies.MOST), hint="Vide\u00a0: non fixé.")]
        made += [
            self.field(name.replace("&", "&&"), f"seats_{row_id}", NumberInput(1, bodies.MOST))
            for row_id, name in colleges
        ]
        for place in range(0, len(made), 2):
            self.pair(*made[place : place + 2])

    def _add_rules(self) -> None:
        self.section("Réunions")
        self.pair(
            self.field("Délai de convocation, en jours", "notice_days", NumberInput(1, bodies.MOST_DAYS)),
            self.field(
                "Pouvoirs par personne, au plus", "max_powers", NumberInput(0, bodies.MOST),
                hint="0\u00a0: aucun. Vide\u00a0: non fixé.",
            ),
        )  # fmt: skip
        self.pair(
            self.field("Quorum\u00a0: nombre", "quorum_part", NumberInput(1, bodies.MOST), hint="1 sur 3"),
            self.field("Quorum\u00a0: sur", "quorum_whole", NumberInput(1, bodies.MOST)),
        )
        self.add("", "has_quorum_by_college", FlagInput("Quorum aussi dans chaque collège"))

    def _show_source(self) -> None:
        is_drawn = self.input("eligibility").value() == Eligibility.OTHER_BODY
        self.fields["drawn_from_id"].setVisible(is_drawn)

    def load(self, row: Any) -> None:
        super().load(row)
        for attribute, college_id in self._seats.items():
            kept = self._kept.get(college_id)
            self.input(attribute).set_value(kept.seats if kept else None)
        self._show_source()

    def apply(self, row: Any) -> None:
        for attribute, field in self.fields.items():
            if attribute not in self._seats:
                setattr(row, attribute, field.input.value())
        row.position = row.position or 0
        if row.eligibility != Eligibility.OTHER_BODY:
            row.drawn_from_id = None
        row.seats = []
        for attribute, college_id in self._seats.items():
            if (value := self.input(attribute).value()) is not None:
                seats = self._kept.setdefault(college_id, BodySeats(college_id=college_id))
                seats.seats = value
                row.seats.append(seats)

    def save(self) -> None:
        with self.workspace.write(step(self.row, "l’instance", self.row.name)) as session:
            self.row = bodies.save_body(session, self.row)


def _bodies(session: Session) -> list[tuple[Any, str]]:
    rows = session.execute(select(Body.id, Body.name).order_by(Body.position, Body.id))
    return [(row_id, name) for row_id, name in rows]


def _colleges(session: Session) -> list[tuple[int, str]]:
    rows = session.execute(select(College.id, College.name).order_by(College.position, College.id))
    return [(row_id, name) for row_id, name in rows]


def _seats_of(session: Session, body_id: int | None) -> list[BodySeats]:
    chosen = select(BodySeats).where(BodySeats.body_id == body_id).order_by(BodySeats.id)
    return list(session.scalars(chosen))


class OfficeForm(Form):
    """Edits one office of a body."""

    title = "Fonction"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "OfficeForm":
        """Return the form of a kept office."""
        return cls(workspace, loaded(workspace, Office, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, body_id: int, parent: Any = None) -> "OfficeForm":
        """Return the form of a new office, printed after the others."""
        return cls(workspace, Office(body_id=body_id), parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            body = session.get(Body, self.row.body_id)
            electing = _bodies(session)
        kept = self.row.id is not None
        self.head(self.row.label if kept else "Nouvelle fonction", body.name if body else "")
        self.add("&Libellé", "label", TextInput(placeholder="Vice-président·e"))
        self.pair(
            self.field("Au &masculin", "masculine", TextInput(placeholder="Vice-président")),
            self.field("Au &féminin", "feminine", TextInput(placeholder="Vice-présidente")),
        )
        hint = "Titre du groupe sur le papier quand plusieurs personnes l’exercent."
        self.add("Au &pluriel", "plural", TextInput(), hint=hint)
        self.pair(
            self.field("&Ordre", "position", NumberInput(0, 999), hint="Vide\u00a0: après les autres."),
            self.field("", "is_unique", FlagInput("Une seule personne à la fois")),
        )
        hint = "L’instance qui y élit, par exemple le conseil d’administration pour le Bureau."
        self.add("É&lue par", "elected_by_id", ChoiceInput(electing, empty="Non renseigné"), hint=hint)

    def apply(self, row: Any) -> None:
        super().apply(row)
        row.position = row.position or 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la fonction", self.row.label)) as session:
            self.row = bodies.save_office(session, self.row)
