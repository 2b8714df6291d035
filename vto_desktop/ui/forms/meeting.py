"""The form of a meeting: of which body, when, where and how."""

from datetime import date
from typing import Any, Final

from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Body, Meeting, MeetingKind
from vto_desktop.services import meetings
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace

KINDS: Final = tuple((kind.value, kind.value) for kind in MeetingKind)


def body_input(workspace: Workspace) -> ChoiceInput:
    """Return a field that picks a body."""
    with workspace.read() as session:
        rows = session.execute(select(Body.id, Body.name).order_by(Body.position, Body.id)).all()
    return ChoiceInput(rows)


class MeetingForm(Form):
    """Edits one meeting."""

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
            self.field("&Heure", "time", TextInput(placeholder="14:30")),
        )
        self.pair(self.field("&Forme", "kind", ChoiceInput(KINDS)), self.field("&Lieu", "place", TextInput()))
        hint = "Seulement si elle porte un nom à elle."
        self.add("In&titulé", "title", TextInput(), hint=hint)
        self.add("&Notes", "notes", MemoInput())

    def save(self) -> None:
        day = french.short_date(self.row.held_on)
        with self.workspace.write(step(self.row, "la réunion du", day)) as session:
            self.row = meetings.save_meeting(session, self.row)
