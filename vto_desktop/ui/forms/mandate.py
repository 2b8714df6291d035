"""The form of a mandate: who, in which office, in whose name, elected when, from when to when."""

from datetime import date
from typing import Any, Final

from sqlalchemy import select

from vto_desktop.model import Body, Mandate, Meeting, Office, Representative
from vto_desktop.services import mandates
from vto_desktop.ui.forms.creation import member_input, person_or_new
from vto_desktop.ui.forms.picks import meeting_input
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace

JUDGED: Final = ("office_id", "person_id", "member_id", "starts_on", "ends_on")


class MandateForm(Form):
    """Edits one mandate; the member and the capacity are proposed from whom the person represents."""

    title = "Mandat"
    _proposed_term: date | None = None

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "MandateForm":
        """Return the form of a kept mandate."""
        return cls(workspace, loaded(workspace, Mandate, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, body_id: int | None, parent: Any = None) -> "MandateForm":
        """Return the form of a new mandate in a body."""
        first = select(Office.id).where(Office.body_id == body_id).order_by(Office.position).limit(1)
        with workspace.read() as session:
            return cls(workspace, Mandate(office_id=session.scalar(first)), parent)

    @classmethod
    def copied(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "MandateForm":
        """Return the form of a new mandate like another: same office, meeting and dates, nobody yet."""
        row = loaded(workspace, Mandate, row_id)
        like = Mandate(
            office_id=row.office_id,
            elected_at_id=row.elected_at_id,
            starts_on=row.starts_on,
            term_on=row.term_on,
        )
        return cls(workspace, like, parent)

    def build(self) -> None:
        self.head("Mandat" if self.row.id is not None else "Nouveau mandat")
        self.add("&Fonction", "office_id", ChoiceInput(self._offices()))
        self.add(
            "&Personne",
            "person_id",
            person_or_new(self),
            hint="«\u00a0Créer…\u00a0» si elle n’existe pas encore.",
        )
        hint = "Vide\u00a0: à titre personnel. Les mandats pour un même adhérent partagent un siège."
        self.add("Au nom de l’&adhérent", "member_id", member_input(self, placeholder="Aucun"), hint=hint)
        hint = "Le titre tel qu’il s’imprime à côté du nom."
        self.add("&Qualité", "capacity", MemoInput(300, lines=2), hint=hint)
        self.add("É&lu par", "elected_at_id", meeting_input(self.workspace))
        self.pair(
            self.field("&Depuis le", "starts_on", DateInput()),
            self.field("&Terme prévu", "term_on", DateInput()),
        )
        self.pair(
            self.field("F&in le", "ends_on", DateInput(), hint="Premier jour où il n’est plus exercé."),
            self.field("Déclaré le", "declared_on", DateInput(), hint="À la préfecture, dans les 3 mois."),
        )
        self.add("&Notes", "notes", MemoInput(lines=2))
        self.input("person_id").changed.connect(self._propose_member)
        self.input("elected_at_id").changed.connect(self._propose_start)
        for name in ("office_id", "starts_on"):
            self.input(name).changed.connect(self._propose_term)
        for name in JUDGED:
            self.input(name).changed.connect(self._warn)

    def _offices(self) -> list[tuple[Any, str]]:
        statement = (
            select(Office.id, Body.name, Office.label)
            .join(Office.body)
            .order_by(Body.position, Body.id, Office.position)
        )
        with self.workspace.read() as session:
            return [(row_id, f"{body} › {label}") for row_id, body, label in session.execute(statement)]

    def _propose_member(self) -> None:
        """When the person represents one member only, propose it and the capacity printed there."""
        person = self.input("person_id").value()
        if person is None or not self.input("member_id").is_empty():
            return
        sent = select(Representative.member_id, Representative.capacity).where(
            Representative.person_id == person, Representative.ends_on.is_(None)
        )
        with self.workspace.read() as session:
            rows = session.execute(sent).all()
        if len(rows) == 1:
            self.input("member_id").set_value(rows[0][0])
            if self.input("capacity").is_empty():
                self.input("capacity").set_value(rows[0][1])

    def _propose_start(self) -> None:
        """A mandate normally starts on the day of the meeting that elected it."""
        meeting = self.input("elected_at_id").value()
        if meeting is None or not self.input("starts_on").is_empty():
            return
        with self.workspace.read() as session:
            self.input("starts_on").set_value(
                session.scalar(select(Meeting.held_on).where(Meeting.id == meeting))
            )

    def _propose_term(self) -> None:
        """Propose the planned end that the rule of the body gives, until another is typed."""
        office, starts = self.input("office_id").value(), self.input("starts_on").value()
        if self.row.id is not None or office is None or starts is None:
            return
        if self.input("term_on").value() not in (None, self._proposed_term):
            return
        with self.workspace.read() as session:
            self._proposed_term = mandates.term_of(session, office, starts)
        self.input("term_on").set_value(self._proposed_term)

    def _warn(self) -> None:
        """Say that an office of one holder is held already, or that the rule of the body is not met."""
        typed = Mandate(id=self.row.id, **{name: self.input(name).value() for name in JUDGED})
        with self.workspace.read() as session:
            warnings = mandates.mandate_warnings(session, typed)
        for name in ("office_id", "person_id", "member_id"):
            self.fields[name].show_remark(warnings.get(name, ""), "warn")

    def load(self, row: Mandate) -> None:
        super().load(row)
        self._warn()

    def show_problems(self, problems: dict[str, str]) -> None:
        super().show_problems(problems)
        self._warn()

    def save(self) -> None:
        name = str(self.input("person_id").typed()[1])
        with self.workspace.write(step(self.row, "le mandat de", name)) as session:
            self.row = mandates.save_mandate(session, self.row)
