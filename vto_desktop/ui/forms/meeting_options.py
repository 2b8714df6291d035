"""Which meeting a document is about, and which of its deliberations; the latest meeting stands first."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from vto_desktop import french
from vto_desktop.model import Meeting
from vto_desktop.reports import Report
from vto_desktop.services import decisions, meeting_choice
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.workspace import Workspace

NO_MEETING: Final = "Aucune réunion n’est inscrite\u00a0: ajoutez-la dans Gouvernance, onglet Réunions."


class MeetingOptions:
    """The fields of a meeting, of a deliberation and of the year of a register; the options show them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._meeting, self._decision, self._numbered = ChoiceInput([]), ChoiceInput([]), ChoiceInput([])
        self.meeting = Field("&Réunion", "meeting", self._meeting)
        self.decision = Field("&Délibération", "decision", self._decision)
        self.numbered = Field("A&nnée", "numbered", self._numbered)
        self._meeting.changed.connect(self._read_decisions)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields in order."""
        return self.meeting, self.decision, self.numbered

    def read(self) -> None:
        """Read the meetings and the years of the dossier; what is chosen stays so."""
        is_first = self._meeting.value() is None
        with self._workspace.read() as session:
            self._meeting.set_choices(meeting_choice.meetings_to_choose(session))
            years = meeting_choice.numbered_years(session, today=_today())
        self._numbered.set_choices((year, str(year)) for year in years)
        _let_read(self._meeting)
        if is_first:
            self.reset()
        self._read_decisions()

    def show_report(self, report: Report) -> None:
        """Show the fields that a document asks for."""
        for field in self.fields():
            field.setVisible(field.attribute in report.options)

    def reset(self) -> None:
        """Take the next meeting to come, else the latest; and the latest year."""
        with self._workspace.read() as session:
            self._meeting.set_value(meeting_choice.first_choice(session, today=_today()))
        self._numbered.combo.setCurrentIndex(0)

    def preset(self, given: Mapping[str, Any]) -> None:
        """Take what was chosen elsewhere, the meeting first."""
        for field in self.fields():
            if given.get(field.attribute) is not None:
                field.input.set_value(given[field.attribute])

    def problem(self, field: Field) -> str:
        """Return what is wrong in one of the fields."""
        return NO_MEETING if field is self.meeting and field.input.value() is None else ""

    def _read_decisions(self) -> None:
        meeting_id = self._meeting.value()
        with self._workspace.read() as session:
            taken = decisions.decisions_of(session, meeting_id) if meeting_id is not None else ()
            held = session.get(Meeting, meeting_id) if meeting_id is not None else None
        # The field itself is too narrow for a long name and a date.
        self.meeting.set_hint(french.full_date(held.held_on).capitalize() if held is not None else "")
        offered = [(each.decision_id, f"{each.number}  {each.title}") for each in taken]
        self._decision.set_choices(offered or [(None, "Aucune")])
        _let_read(self._decision)


def _let_read(choice: ChoiceInput) -> None:
    """Open the list as wide as its texts, and tell the one chosen whole."""
    view = choice.combo.view()
    view.setMinimumWidth(min(view.sizeHintForColumn(0) + theme.px(32), theme.px(560)))
    choice.combo.setToolTip(choice.combo.currentText())


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's own calendar
