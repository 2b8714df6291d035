"""Budgets: their versions, their lines, and the entries that stand beside them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Basis, Budget, BudgetLine, Entry, FiscalYear
from vto_desktop.services.accounts import account_code_problem
from vto_desktop.services.result import DUES_ACCOUNT
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    give_place,
    is_given,
    is_taken,
    require,
    save_row,
    too_long,
)
from vto_desktop.services.year_sums import latest_budget as latest_budget  # noqa: PLC0414 - part of this noun

SUBSIDIES = "74"


# --- versions ------------------------------------------------------------------------------------


def budget_problems(row: Budget) -> Problems:
    """Return what must be corrected before the version of the budget can be kept."""
    found = too_long(row) | require(row, {"name": "Indiquez le nom : budget initial, budget modifié…"})
    if not is_given(row, "fiscal_year"):
        found["fiscal_year_id"] = "Choisissez l’exercice."
    return found


def save_budget(session: Session, row: Budget, *, copy_of: int | None = None) -> Budget:
    """Keep a version of a budget, a new one after the others; ``copy_of`` gives it another's lines.

    Raises Invalid, also when the year already has a version of this name.
    """
    found = budget_problems(row)
    if not found and is_taken(session, row, "fiscal_year_id", "name"):
        found["name"] = "Cet exercice a déjà une version de ce nom."
    give_place(session, row, "fiscal_year_id")
    kept = save_row(session, row, found)
    if copy_of is not None:
        _copy_lines(session, copy_of, kept.id)
    return kept


def _copy_lines(session: Session, from_id: int, to_id: int) -> None:
    names = (
        "account_code", "label", "amount", "action_id", "funding_source_id", "convention_id", "notes",
    )  # fmt: skip
    lines = session.scalars(select(BudgetLine).where(BudgetLine.budget_id == from_id)).all()
    session.add_all(
        BudgetLine(budget_id=to_id, **{name: getattr(line, name) for name in names}) for line in lines
    )
    session.flush()


def delete_budget(session: Session, row_id: int) -> None:
    """Delete a version of a budget with its lines."""
    delete_row(session, Budget, row_id, name=get_row(session, Budget, row_id).name)


# --- lines ---------------------------------------------------------------------------------------


def line_problems(row: BudgetLine) -> Problems:
    """Return what must be corrected before the budget line can be kept."""
    found = too_long(row) | require(row, {"amount": "Indiquez le montant prévu."})
    if not is_given(row, "budget"):
        found["budget_id"] = "Choisissez la version du budget."
    if problem := result_account_problem(row.account_code):
        found["account_code"] = problem
    return found


def result_account_problem(code: str | None) -> str:
    """Return what is wrong with an account of a budget or an entry: classes 6, 7, 86 and 87 only."""
    problem = account_code_problem(code)
    if problem or code is None:
        return problem
    if code.startswith(("6", "7", "86", "87")):
        return ""
    return "Indiquez un compte de charges (6), de produits (7) ou de contributions en nature (86, 87)."


def save_line(session: Session, row: BudgetLine) -> BudgetLine:
    """Keep a budget line; raises Invalid. A closed fiscal year refuses it (EXERCICE_CLOS)."""
    return save_row(session, row, line_problems(row))


def delete_line(session: Session, row_id: int) -> None:
    """Delete a budget line: what stood in its place shows « hors budget » or elsewhere."""
    row = get_row(session, BudgetLine, row_id)
    delete_row(session, BudgetLine, row_id, name=row.label or row.account_code)


# --- entries -------------------------------------------------------------------------------------


def entry_problems(row: Entry) -> Problems:
    """Return what must be corrected before the entry can be kept."""
    wanted = {"entered_on": "Indiquez la date de l’écriture.", "amount": "Indiquez le montant."}
    found = too_long(row) | require(row, wanted)
    if not is_given(row, "fiscal_year"):
        found["fiscal_year_id"] = "Choisissez l’exercice."
    if problem := result_account_problem(row.account_code):
        found["account_code"] = problem
    return found


def entry_warnings(session: Session, row: Entry) -> Problems:
    """Return what looks wrong but may be kept: money that receipts already count."""
    year = session.get(FiscalYear, row.fiscal_year_id) if row.fiscal_year_id else None
    code = row.account_code or ""
    if year is None or year.basis != Basis.RECEIPTS or not code.startswith((DUES_ACCOUNT, SUBSIDIES)):
        return {}
    return {
        "account_code": "Les encaissements de cotisations et de conventions comptent déjà ici : "
        "n’ajoutez que ce qui n’y figure pas."
    }


def save_entry(session: Session, row: Entry) -> Entry:
    """Keep an entry; raises Invalid, also when its day is outside its fiscal year."""
    found = entry_problems(row)
    year = session.get(FiscalYear, row.fiscal_year_id) if row.fiscal_year_id else None
    if "entered_on" not in found and year and not year.starts_on <= row.entered_on <= year.ends_on:
        found["entered_on"] = (
            f"L’exercice {year.year} va du {french.short_date(year.starts_on)} "
            f"au {french.short_date(year.ends_on)}."
        )
    return save_row(session, row, found)


def delete_entry(session: Session, row_id: int) -> None:
    """Delete an entry; a closed fiscal year refuses it (EXERCICE_CLOS)."""
    row = get_row(session, Entry, row_id)
    delete_row(session, Entry, row_id, name=row.label or row.account_code)
