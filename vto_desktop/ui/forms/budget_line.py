"""The form of a budget line: a forecast amount for an account, an action, a source or a convention."""

from sqlalchemy import select

from vto_desktop.model import Budget, BudgetLine, FiscalYear
from vto_desktop.services import budgets
from vto_desktop.ui.forms import picks
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput

CLASSES = ("6", "7", "86", "87")


class BudgetLineForm(Form):
    """Adds or edits a budget line."""

    title = "Ligne budgétaire"
    row: BudgetLine

    def build(self) -> None:
        with self.workspace.read() as session:
            name, year = session.execute(
                select(Budget.name, FiscalYear.year)
                .join(FiscalYear, Budget.fiscal_year_id == FiscalYear.id)
                .where(Budget.id == self.row.budget_id)
            ).one()
        self.head(
            self.row.label or ("Ligne budgétaire" if self.row.id else "Nouvelle ligne"), f"{name} {year}"
        )
        chart = picks.chart_of(self.workspace, year)
        self.pair(
            self.field("&Compte", "account_code", picks.AccountInput(self.workspace, chart, classes=CLASSES)),
            self.field("&Montant prévu", "amount", AmountInput(), hint="1234,5 ou 1\u202f234,50\u00a0€"),
        )
        self.add("&Libellé", "label", TextInput(), hint="Facultatif\u00a0: sans lui, celui du compte")
        add_axes(self)
        self.add("&Notes", "notes", MemoInput(lines=2))

    def save(self) -> None:
        name = self.row.label or self.row.account_code or ""
        with self.workspace.write(step(self.row, "la ligne", name)) as session:
            self.row = budgets.save_line(session, self.row)


def add_axes(form: Form) -> None:
    """Add the fields that place an amount: action, funding source, convention."""
    form.pair(
        form.field("&Action", "action_id", picks.action_input(form.workspace)),
        form.field("&Source de financement", "funding_source_id", picks.source_input(form.workspace)),
    )
    form.add("Con&vention", "convention_id", picks.convention_input(form.workspace))
