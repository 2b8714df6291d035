"""Fiscal years, the chart of accounts, the lines of the subsidy forms, actions and programmes."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    Account,
    Action,
    Basis,
    Budget,
    FiscalYear,
    FormLine,
    FormMapping,
    Programme,
    Receipt,
)
from vto_desktop.services import reference
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    in_order,
    is_given,
    is_taken,
    require,
    save_row,
    still_used,
    too_long,
)

DAYS_LIMIT: Final = 731  # a first fiscal year may run up to 24 months


# --- fiscal years --------------------------------------------------------------------------------


def years(session: Session) -> list[int]:
    """Return the fiscal years of the dossier, the latest first."""
    return list(session.scalars(select(FiscalYear.year).order_by(FiscalYear.year.desc())))


def latest_year(session: Session) -> int:
    """Return the latest fiscal year; raises UserError EXERCICE_INCONNU in a dossier without any."""
    found = years(session)
    if not found:
        raise UserError("EXERCICE_INCONNU", "Ce dossier n’a pas encore d’exercice. Créez-le dans Budget.")
    return found[0]


def period(session: Session, year: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year; those of the calendar when it is not kept."""
    chosen = select(FiscalYear.starts_on, FiscalYear.ends_on).where(FiscalYear.year == year)
    found = session.execute(chosen).first()
    return (found[0], found[1]) if found is not None else (date(year, 1, 1), date(year, 12, 31))


def year_problems(row: FiscalYear) -> Problems:
    """Return what must be corrected before the fiscal year can be kept."""
    wanted = {
        "year": "Indiquez l’année de l’exercice.",
        "starts_on": "Indiquez le premier jour.",
        "ends_on": "Indiquez le dernier jour.",
    }
    found = too_long(row) | require(row, wanted)
    if row.year is not None and not 1900 <= row.year <= 2200:
        found["year"] = "L’année n’est pas plausible."
    if row.basis is not None and row.basis not in set(Basis):
        found["basis"] = "Choisissez en encaissements ou en comptabilité."
    if row.chart is not None and row.chart not in reference.CHARTS:
        found["chart"] = f"Choisissez le plan comptable : {french.listed(reference.CHARTS)}."
    found |= in_order(row, "starts_on", "ends_on", "La fin doit suivre le début.")
    if not found and (row.ends_on - row.starts_on).days > DAYS_LIMIT:
        found["ends_on"] = "Un exercice ne dépasse pas 24 mois."
    return found


def save_year(session: Session, row: FiscalYear) -> FiscalYear:
    """Keep a fiscal year; raises Invalid, also when it repeats or overlaps another."""
    found = year_problems(row)
    others = (
        session.scalars(select(FiscalYear).where(FiscalYear.id != (row.id or 0))).all() if not found else ()
    )
    for other in others:
        if other.year == row.year:
            found["year"] = f"L’exercice {row.year} existe déjà."
        elif other.starts_on <= row.ends_on and row.starts_on <= other.ends_on:
            found["starts_on"] = f"Ces dates recouvrent l’exercice {other.year}."
    return save_row(session, row, found)


def next_year(session: Session) -> FiscalYear:
    """Return, to be kept, the fiscal year that follows the latest one and is kept as that one is."""
    latest = session.scalars(select(FiscalYear).order_by(FiscalYear.year.desc()).limit(1)).first()
    if latest is None:
        return calendar_year(date.today().year)  # noqa: DTZ011 - the user's own calendar
    row = calendar_year(latest.year + 1)
    row.basis = latest.basis
    return row


def calendar_year(year: int) -> FiscalYear:
    """Return, to be kept, a fiscal year that follows the calendar, with the chart of its time."""
    return FiscalYear(
        year=year,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        chart=reference.chart_for(year),
        basis=Basis.RECEIPTS.value,
    )


def close_year(session: Session, row_id: int, *, on: date) -> FiscalYear:
    """Close a fiscal year: from then on every change in it is refused (EXERCICE_CLOS)."""
    row = get_row(session, FiscalYear, row_id)
    if on < row.ends_on:
        raise Invalid({"closed_on": f"L’exercice se clôt après le {french.short_date(row.ends_on)}."})
    row.closed_on = on
    session.flush()
    return row


def reopen_year(session: Session, row_id: int) -> FiscalYear:
    """Open a closed fiscal year again."""
    row = get_row(session, FiscalYear, row_id)
    row.closed_on = None
    session.flush()
    return row


def delete_year(session: Session, row_id: int) -> None:
    """Delete a fiscal year and its budgets without lines; raises ENCORE_UTILISE, for its receipts too."""
    row = get_row(session, FiscalYear, row_id)
    received = Receipt.received_on.between(row.starts_on, row.ends_on)
    number = session.scalar(select(func.count()).select_from(Receipt).where(received)) or 0
    if number:
        raise still_used(f"Exercice {row.year}", {"receipt": number})
    for budget in session.scalars(select(Budget).where(Budget.fiscal_year_id == row_id)):
        if not budget.lines:
            session.delete(budget)
    session.flush()
    delete_row(session, FiscalYear, row_id, name=f"Exercice {row.year}")


# --- accounts ------------------------------------------------------------------------------------


def account_code_problem(code: str | None, *, classes: str = "12345678") -> str:
    """Return what is wrong with an account code, or nothing."""
    if not code:
        return "Indiquez le compte."
    if not (code.isascii() and code.isdigit()) or not 2 <= len(code) <= 12:
        return "Un compte s’écrit en chiffres, de 2 à 12."
    return "" if code[0] in classes else f"Le compte commence par {french.listed(tuple(classes))}."


def account_problems(row: Account) -> Problems:
    """Return what must be corrected before the account can be kept."""
    found = too_long(row) | require(row, {"label": "Indiquez le libellé du compte."})
    if problem := account_code_problem(row.code):
        found["code"] = problem
    if row.chart not in reference.CHARTS:
        found["chart"] = f"Choisissez le plan comptable : {french.listed(reference.CHARTS)}."
    return found


def save_account(session: Session, row: Account) -> Account:
    """Keep an account of a chart; raises Invalid, also when the code is taken."""
    found = account_problems(row)
    if not found and is_taken(session, row, "chart", "code"):
        found["code"] = f"Le compte {row.code} existe déjà dans ce plan."
    if not found:
        row.account_class = reference.account_class(row.code)
    return save_row(session, row, found)


def delete_account(session: Session, row_id: int) -> None:
    """Delete an account of the chart; what was entered on it keeps its code."""
    row = get_row(session, Account, row_id)
    delete_row(session, Account, row_id, name=f"{row.code} {row.label}")


def account_label(labels: Mapping[str, str], code: str) -> str:
    """Return the label of an account, or of the nearest account above it."""
    for length in range(len(code), 1, -1):
        if label := labels.get(code[:length]):
            return label
    return ""


def account_labels(session: Session, chart: str) -> dict[str, str]:
    """Return the label of each account of a chart by its code."""
    return dict(session.execute(select(Account.code, Account.label).where(Account.chart == chart)).all())


# --- form lines ----------------------------------------------------------------------------------


def mapping_problems(row: FormMapping) -> Problems:
    """Return what must be corrected before the mapping can be kept."""
    found: Problems = {}
    if problem := account_code_problem(row.prefix):
        found["prefix"] = problem
    if not is_given(row, "form_line"):
        found["form_line_id"] = "Choisissez la ligne du formulaire."
    return found


def save_mapping(session: Session, row: FormMapping) -> FormMapping:
    """Keep the form line of an account prefix; raises Invalid, also when the prefix has one."""
    found = mapping_problems(row)
    if not found and is_taken(session, row, "chart", "prefix"):
        found["prefix"] = f"Les comptes en {row.prefix} ont déjà une ligne."
    return save_row(session, row, found)


def delete_mapping(session: Session, row_id: int) -> None:
    """Delete a mapping: its accounts go where the next shorter prefix goes."""
    delete_row(session, FormMapping, row_id, name=get_row(session, FormMapping, row_id).prefix)


def save_form_line(session: Session, row: FormLine) -> FormLine:
    """Keep a line of a form; raises Invalid."""
    wanted = {"code": "Indiquez le code de la ligne.", "label": "Indiquez le libellé de la ligne."}
    return save_row(session, row, too_long(row) | require(row, wanted))


# --- actions and programmes ----------------------------------------------------------------------


def action_problems(row: Action) -> Problems:
    """Return what must be corrected before the action can be kept."""
    found = too_long(row) | require(row, {"name": "Indiquez le nom de l’action."})
    return found | in_order(row, "starts_on", "ends_on", "La fin doit suivre le début.")


def save_action(session: Session, row: Action) -> Action:
    """Keep an action; raises Invalid."""
    return save_row(session, row, action_problems(row))


def delete_action(session: Session, row_id: int) -> None:
    """Delete an action; raises ENCORE_UTILISE."""
    delete_row(session, Action, row_id, name=get_row(session, Action, row_id).name)


def save_programme(session: Session, row: Programme) -> Programme:
    """Keep a budget programme; raises Invalid."""
    return save_row(session, row, too_long(row) | require(row, {"code": "Indiquez le code : BOP 147…"}))


def delete_programme(session: Session, row_id: int) -> None:
    """Delete a budget programme; raises ENCORE_UTILISE."""
    delete_row(session, Programme, row_id, name=get_row(session, Programme, row_id).code)
