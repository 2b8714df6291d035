"""The form of a meeting: of which body, when, where and how, what is on its agenda, convened when."""

from datetime import date
from typing import Any, Final

from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Body, Meeting, MeetingKind
from vto_desktop.services import meetings
from vto_desktop.ui.forms.creation import person_or_new
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, FlagInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import DateInput, TimeInput
from vto_desktop.ui.kit.workspace import Workspace

KINDS: Final = tuple((kind.value, kind.value) for kind in MeetingKind)
REMOTE: Final = frozenset({MeetingKind.REMOTE.value, MeetingKind.MIXED.value})
JUDGED: Final = ("body_id", "held_on", "convened_on")


def body_input(workspace: Workspace) -> ChoiceInput:
    """Return a field that picks a body."""
    with workspace.read() as session:
        rows = session.execute(select(Body.id, Body.name).order_by(Body.position, Body.id)).all()
    return ChoiceInput(rows)


class MeetingForm(Form):
    """Edits one meeting; says as one types until when it may be convened."""

    title = "Réunion"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "MeetingForm":
        """Return the form of a kept meeting."""
        return cls(workspace, loaded(workspace, Meeting, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, body_id: int | None, parent: Any = None) -> "MeetingForm":
        """Return the form of a new meeting, today."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        row = Meeting(body_id=body_id, held_on=today, kind=MeetingKind.ON_SITE.value)
        return cls(workspace, row, parent)

    def build(self) -> None:
        kept = self.row.id is not None
        self.head(f"Réunion du {french.long_date(self.row.held_on)}" if kept else "Nouvelle réunion")
        self.add("&Instance", "body_id", body_input(self.workspace))
        self.pair(
            self.field("&Date", "held_on", DateInput(), hint="8/12/21, 08122021 ou +30"),
            self.field("&Heure", "time", TimeInput()),
        )
        self.pair(self.field("&Forme", "kind", ChoiceInput(KINDS)), self.field("&Lieu", "place", TextInput()))
        hint = "L’adresse de la visioconférence\u202f; elle s’imprime sur la convocation."
        self.add("Lien de &visioconférence", "link", TextInput(), hint=hint)
        hint = "Seulement si elle porte un nom à elle."
        self.add("In&titulé", "title", TextInput(), hint=hint)
        hint = "Un point par ligne\u202f; ils sont numérotés sur les papiers."
        self.add("&Ordre du jour", "agenda", MemoInput(lines=6), hint=hint)
        self.section("Convocation")
        self.pair(
            self.field("&Convoquée le", "convened_on", DateInput()),
            self.field("", "is_second_call", FlagInput("Seconde convocation, sans quorum")),
        )
        self.section("Séance")
        self.pair(
            self.field("&Présidée par", "chair_id", person_or_new(self)),
            self.field("&Secrétaire de séance", "secretary_id", person_or_new(self)),
        )
        self.add("&Notes", "notes", MemoInput())
        self.input("kind").changed.connect(self._show_link)
        for name in JUDGED:
            self.input(name).changed.connect(self._tell_notice)

    def _show_link(self) -> None:
        is_remote = self.input("kind").value() in REMOTE
        self.fields["link"].setVisible(is_remote or not self.input("link").is_empty())

    def _tell_notice(self) -> None:
        """Say until when the meeting may be convened, or that it was too late."""
        typed = Meeting(**{name: self.input(name).value() for name in JUDGED})
        with self.workspace.read() as session:
            said = meetings.meeting_warnings(session, typed).get("convened_on", "")
        role = "warn" if typed.convened_on is not None else "hint"
        self.fields["convened_on"].show_remark(said, role)

    def load(self, row: Any) -> None:
        super().load(row)
        self._show_link()
        self._tell_notice()

    def show_problems(self, problems: dict[str, str]) -> None:
        super().show_problems(problems)
        self._tell_notice()

    def save(self) -> None:
        day = french.short_date(self.row.held_on)
        with self.workspace.write(step(self.row, "la réunion du", day)) as session:
            self.row = meetings.save_meeting(session, self.row)
