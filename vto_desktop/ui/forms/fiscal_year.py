"""The form of a fiscal year: its days, how it is kept, which chart of accounts it follows; closing it."""

from datetime import date
from typing import Any

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Basis, FiscalYear
from vto_desktop.services import accounts, reference
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, NumberInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.panel import button
from vto_desktop.ui.kit.workspace import Workspace


class FiscalYearForm(Form):
    """Edits one fiscal year; a closed one can only be opened again."""

    title = "Exercice"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "FiscalYearForm":
        """Return the form of a kept fiscal year."""
        return cls(workspace, loaded(workspace, FiscalYear, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "FiscalYearForm":
        """Return the form of the fiscal year that follows the latest one."""
        with workspace.read() as session:
            return cls(workspace, accounts.next_year(session), parent)

    def build(self) -> None:
        kept = self.row.id is not None
        closed = self.row.closed_on
        state = f"Clos le {french.short_date(closed)}" if closed else "Ouvert"
        self.head(f"Exercice {self.row.year}" if kept else "Nouvel exercice", state if kept else "")
        self.add("A&nnée", "year", NumberInput(1900, 2200, grouped=False))
        self.pair(self.field("&Début", "starts_on", DateInput()), self.field("&Fin", "ends_on", DateInput()))
        hint = (
            "En encaissements\u00a0: les encaissements comptent. En comptabilité\u00a0: les écritures seules."
        )
        self.add("&Tenue", "basis", ChoiceInput([(each.value, each.value) for each in Basis]), hint=hint)
        charts = [(chart, f"Plan comptable {chart}") for chart in reference.CHARTS]
        self.add("&Plan comptable", "chart", ChoiceInput(charts))
        self.add("N&otes", "notes", MemoInput())
        if kept:
            text = "&Rouvrir cet exercice" if closed else "&Clore cet exercice…"
            self.close_button = button(text, self.reopen if closed else self.close_year, kind="small")
            self.place(self.close_button)
        if closed:
            for field in self.fields.values():
                field.input.set_read_only(True)
            self.save_button.hide()

    def save(self) -> None:
        label = step(self.row, "l’exercice", str(self.row.year))
        with self.workspace.write(label) as session:
            self.row = accounts.save_year(session, self.row)

    def close_year(self) -> None:
        """Close the fiscal year today: it accepts no change any more; undo and « Rouvrir » give it back."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        self._change(
            f"Clore l’exercice {self.row.year}", lambda s: accounts.close_year(s, self.row.id, on=today)
        )

    def reopen(self) -> None:
        """Open a closed fiscal year again."""
        self._change(f"Rouvrir l’exercice {self.row.year}", lambda s: accounts.reopen_year(s, self.row.id))

    def _change(self, label: str, change: Any) -> None:
        try:
            with self.workspace.write(label) as session:
                row = change(session)
        except Invalid as invalid:
            self.banner.tell(" ".join(invalid.problems.values()), "danger")
        except UserError as refused:
            self.banner.tell(str(refused), "danger")
        else:
            self.accept()
            self.saved.emit(row)
