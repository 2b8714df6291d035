"""The form of a deliberation: its object, its text, its votes held against those present, its outcome."""

from typing import Any, Final

from vto_desktop import french
from vto_desktop.model import Decision, Meeting, Outcome
from vto_desktop.services import attendance, decisions
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, NumberInput, TextInput
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.workspace import Workspace

OUTCOMES: Final = tuple((each.value, each.value) for each in Outcome)
NOBODY: Final = "Présences non inscrites."


class DecisionForm(Form):
    """Edits one decision; its number is given when it is kept and stays."""

    title = "Délibération"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "DecisionForm":
        """Return the form of a kept decision."""
        return cls(workspace, loaded(workspace, Decision, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, meeting_id: int, parent: Any = None) -> "DecisionForm":
        """Return the form of a new decision of a meeting."""
        row = Decision(meeting_id=meeting_id, title="", text="", outcome=Outcome.ADOPTED.value)
        return cls(workspace, row, parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            meeting = session.get_one(Meeting, self.row.meeting_id)
            held = f"{meeting.body.name}, {french.long_date(meeting.held_on)}"
            sheet = attendance.sheet(session, meeting.id)
            number = decisions.next_number(session, meeting.held_on.year)
        kept = self.row.id is not None
        year, number = (self.row.year, self.row.number) if kept else (meeting.held_on.year, number)
        self.head(f"Délibération {decisions.number_text(year, number)}", held)
        self.add("O&bjet", "title", TextInput())
        self.add("&Texte", "text", MemoInput(lines=6), hint="Ce que l’instance décide, tel qu’il s’imprime.")
        self.pair(
            self.field("&Pour", "votes_for", NumberInput(0, decisions.MOST_VOTES)).tighten(),
            self.field("&Contre", "votes_against", NumberInput(0, decisions.MOST_VOTES)).tighten(),
            self.field("&Abstentions", "votes_abstained", NumberInput(0, decisions.MOST_VOTES)).tighten(),
        )
        self.place(label(_there(sheet.votes) if sheet.is_recorded else NOBODY, "hint"))
        self.doubts = label("", "warn", wrap=True)
        self.place(self.doubts)
        self.add("&Résultat", "outcome", ChoiceInput(OUTCOMES))
        for name in (*decisions.VOTES, "outcome"):
            self.input(name).changed.connect(self._tell_votes)

    def _tell_votes(self) -> None:
        """Say under the votes whether they are those there, under the result whether they carry it."""
        names = (*decisions.VOTES, "outcome")
        typed = Decision(meeting_id=self.row.meeting_id, **{n: self.input(n).value() for n in names})
        with self.workspace.read() as session:
            said = decisions.decision_warnings(session, typed)
        doubts = [said[name] for name in ("quorum", "votes") if name in said]
        self.doubts.setText("\n".join(doubts))
        self.doubts.setVisible(bool(doubts))
        self.fields["outcome"].show_remark(said.get("outcome", ""), "warn")

    def load(self, row: Any) -> None:
        super().load(row)
        self._tell_votes()

    def show_problems(self, problems: dict[str, str]) -> None:
        super().show_problems(problems)
        self._tell_votes()

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la délibération", self.row.title)) as session:
            self.row = decisions.save_decision(session, self.row)


def _there(votes: int) -> str:
    return french.count(votes, "voix présente ou représentée.", "voix présentes ou représentées.")
