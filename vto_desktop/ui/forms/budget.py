"""The form of a budget version: its fiscal year, its name, its vote, and the version it starts from."""

from sqlalchemy import func, select

from vto_desktop import french
from vto_desktop.model import Budget, BudgetLine, FiscalYear
from vto_desktop.services import budgets
from vto_desktop.ui.forms import picks
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.suggest import SuggestInput
from vto_desktop.ui.kit.workspace import Workspace

NAMES = ("Budget initial", "Budget modifié", "Budget rectificatif")


def versions(workspace: Workspace) -> list[tuple[int, str]]:
    """Return every budget version as (id, « Budget initial 2021 · 24 lignes »), the latest year first."""
    lines = select(BudgetLine.budget_id, func.count().label("n")).group_by(BudgetLine.budget_id).subquery()
    statement = (
        select(Budget.id, Budget.name, FiscalYear.year, func.coalesce(lines.c.n, 0))
        .join(FiscalYear, Budget.fiscal_year_id == FiscalYear.id)
        .outerjoin(lines, lines.c.budget_id == Budget.id)
        .order_by(FiscalYear.year.desc(), Budget.position, Budget.id)
    )
    with workspace.read() as session:
        rows = session.execute(statement).all()
    return [
        (row_id, f"{name} {year} · {french.count(lines_, 'ligne')}") for row_id, name, year, lines_ in rows
    ]


class BudgetForm(Form):
    """Adds or edits a budget version; a new one may start as the copy of another."""

    title = "Version du budget"
    row: Budget

    def build(self) -> None:
        self.head(self.row.name or "Nouvelle version du budget")
        self.pair(
            self.field("E&xercice", "fiscal_year_id", picks.fiscal_year_input(self.workspace)),
            self.field("&Nom", "name", SuggestInput(NAMES)),
        )
        self.pair(
            self.field("&Voté le", "voted_on", DateInput()),
            self.field("&Réunion", "meeting_id", picks.meeting_input(self.workspace)),
        )
        if self.row.id is None:
            offered = versions(self.workspace)
            self.add(
                "&Copier les lignes de", "copied_id", ChoiceInput(offered, empty="Aucune version"),
                hint="Les lignes copiées se modifient ensuite librement",
            )  # fmt: skip
        self.add("N&otes", "notes", MemoInput(lines=2))

    def apply(self, row: Budget) -> None:
        self._copied_id = self.input("copied_id").value() if "copied_id" in self.fields else None
        for attribute, field in self.fields.items():
            if attribute != "copied_id":
                setattr(row, attribute, field.input.value())

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la version", self.row.name)) as session:
            self.row = budgets.save_budget(session, self.row, copy_of=self._copied_id)
