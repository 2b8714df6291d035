"""The rows behind an amount of the budget: forecast lines, or entries and receipts, with the same total."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Action, BudgetLine, Convention
from vto_desktop.services import execution
from vto_desktop.services.sources import tree
from vto_desktop.ui.forms import export
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.budget.sides import Behind

ACTUAL: Final = (
    Column("date", "Date", "date", 100),
    Column("label", "Libellé", width=0),
    Column("account", "Compte", width=84),
    Column("source", "Source", width=170, muted=True),
    Column("amount", "Montant", "amount", 116),
)
FORECAST: Final = (
    Column("account", "Compte", width=84),
    Column("label", "Libellé", width=0),
    Column("action", "Action", width=120, muted=True),
    Column("source", "Source", width=150, muted=True),
    Column("convention", "Convention", width=150, muted=True),
    Column("amount", "Montant", "amount", 116),
)


def show_actual(
    parent: QWidget, workspace: Workspace, behind: Behind, show: Callable[[str, int], object]
) -> RowsDialog:
    """Open the entries and receipts behind an actual amount; ``show`` takes the table and id of a row."""
    with workspace.read() as session:
        found = execution.rows_behind(session, workspace.year, behind.axes)
        paths = {node.source_id: " › ".join(node.path) for node in tree(session)}
    rows = [
        (place, row.date, row.label, row.account, paths.get(row.source_id or 0, ""), row.amount)
        for place, row in enumerate(found)
    ]
    total = {"date": "Total", "amount": french.amount(sum(row.amount for row in found))}
    dialog = _dialog(
        parent, workspace, f"Réalisé {workspace.year}\u00a0: {behind.title}", ACTUAL, rows, total
    )
    dialog.opened.connect(lambda place: show(found[place].table, found[place].row_id))
    dialog.open()
    return dialog


def show_forecast(
    parent: QWidget, workspace: Workspace, behind: Behind, show: Callable[[str, int], object]
) -> RowsDialog:
    """Open the budget lines behind a forecast."""
    rows = line_rows(workspace, BudgetLine.id.in_(behind.line_ids))
    total = {"account": "Total", "amount": french.amount(sum(row[-1] for row in rows))}
    title = f"Prévu {workspace.year}\u00a0: {behind.title}"
    dialog = _dialog(parent, workspace, title, FORECAST, rows, total)
    dialog.opened.connect(lambda row_id: show("budget_line", row_id))
    dialog.open()
    return dialog


def _dialog(
    parent: QWidget,
    workspace: Workspace,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[object, ...]],
    total: dict[str, str],
) -> RowsDialog:
    name = "BudgetBehindForecast" if columns is FORECAST else "BudgetBehindActual"
    dialog = RowsDialog(title, columns, rows, total, parent, name=name, settings=workspace.settings)
    dialog.export_asked.connect(lambda table, text: export.ask(parent, workspace, table, text))
    return dialog


def line_rows(workspace: Workspace, condition: object) -> list[tuple[int, str, str, str, str, str, int]]:
    """Return budget lines as rows of ``FORECAST``, by account."""
    line = BudgetLine
    chosen = (
        select(
            line.id, line.account_code, line.label, Action.name, line.funding_source_id, Convention.title,
            line.amount,
        )
        .outerjoin(Action, line.action_id == Action.id)
        .outerjoin(Convention, line.convention_id == Convention.id)
        .where(condition)  # type: ignore[arg-type]  # a SQL condition; its type says nothing here
        .order_by(line.account_code, line.id)
    )  # fmt: skip
    with workspace.read() as session:
        paths = {node.source_id: " › ".join(node.path) for node in tree(session)}
        return [
            (row_id, code, label, action or "", paths.get(source or 0, ""), convention or "", amount)
            for row_id, code, label, action, source, convention, amount in session.execute(chosen)
        ]
