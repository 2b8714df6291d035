"""What one does with versions, lines and entries of the budget."""

from PySide6.QtWidgets import QWidget

from vto_desktop.model import Budget, BudgetLine, Entry
from vto_desktop.services import budgets
from vto_desktop.ui.forms.budget import BudgetForm
from vto_desktop.ui.forms.budget_line import BudgetLineForm
from vto_desktop.ui.forms.editing import Editing
from vto_desktop.ui.forms.entry import EntryForm, new_entry
from vto_desktop.ui.kit.workspace import Workspace


class Acts:
    """The forms of the page, and the deletions."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        self._workspace = workspace
        self.versions = Editing(
            workspace, parent, Budget, BudgetForm,
            noun="la version", name_of=lambda row: row.name, delete=budgets.delete_budget,
        )  # fmt: skip
        self.lines = Editing(
            workspace, parent, BudgetLine, BudgetLineForm, noun="la ligne",
            name_of=lambda row: row.label or row.account_code, delete=budgets.delete_line,
        )  # fmt: skip
        self.entries = Editing(
            workspace, parent, Entry, EntryForm, noun="l’écriture",
            name_of=lambda row: row.label or row.account_code, delete=budgets.delete_entry,
        )  # fmt: skip

    def new_version(self, fiscal_year_id: int) -> None:
        """Add a version of the budget of a year."""
        self.versions.start(Budget(fiscal_year_id=fiscal_year_id, name=""))

    def new_line(self, budget_id: int, account_code: str = "") -> None:
        """Add a line to a version."""
        self.lines.start(BudgetLine(budget_id=budget_id, account_code=account_code or None, label=""))

    def new_entry(self) -> None:
        """Add an entry to the year looked at."""
        self.entries.start(new_entry(self._workspace))
