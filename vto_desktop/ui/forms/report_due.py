"""The form of a report owed to a funder: what, for which year, until when, and when it was sent."""

from datetime import date

from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Convention, FiscalYear, ReportDue, ReportKind
from vto_desktop.services import conventions
from vto_desktop.services.funding_state import report_due_on
from vto_desktop.ui.forms.parts import PartForm
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, NumberInput
from vto_desktop.ui.kit.money_and_dates import DateInput


class ReportDueForm(PartForm):
    """Adds or edits a report due; its day follows from the year and the convention's delay, until typed."""

    title = "Compte rendu dû"
    row: ReportDue

    def build(self) -> None:
        self.head_of_convention()
        self._computed: date | None = None
        self.pair(
            self.field("&Nature", "kind", ChoiceInput([(each.value, each.value) for each in ReportKind])),
            self.field("E&xercice", "year", NumberInput(1990, 2100, grouped=False)),
        )
        self.pair(
            self.field("É&chéance", "due_on", DateInput()),
            self.field("En&voyé le", "sent_on", DateInput(), hint="Ctrl+; écrit la date du jour"),
        )
        self.add("N&otes", "notes", MemoInput(lines=2))
        self.input("year").changed.connect(self._propose_day)

    def _due_on(self, year: int) -> date:
        with self.workspace.read() as session:
            months = session.scalar(
                select(Convention.report_delay_months).where(Convention.id == self.row.convention_id)
            )
            ends_on = session.scalar(select(FiscalYear.ends_on).where(FiscalYear.year == year))
        return report_due_on(ends_on or date(year, 12, 31), 6 if months is None else months)

    def _propose_day(self) -> None:
        """Write the day of the rule while none, or a computed one, stands there."""
        year = self.input("year").value()
        if year is None or self.input("due_on").value() not in (None, self._computed):
            return
        self._computed = self._due_on(year)
        self.input("due_on").set_value(self._computed)
        self.fields["due_on"].show_remark(f"D’après la règle\u00a0: {french.short_date(self._computed)}")

    def load(self, row: ReportDue) -> None:
        super().load(row)
        if row.due_on is None:
            self._propose_day()

    def save(self) -> None:
        name = f"{self.row.kind} {self.row.year or ''}".strip()
        with self.workspace.write(step(self.row, "le compte rendu dû", name)) as session:
            self.row = conventions.save_report_due(session, self.row)
