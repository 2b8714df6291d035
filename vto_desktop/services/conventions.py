"""Conventions and their parts: how each is kept, and the reports they owe."""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import (
    Amendment,
    Basis,
    Convention,
    ConventionShare,
    FiscalYear,
    Instalment,
    Receipt,
    ReportDue,
    ReportKind,
    ReportRhythm,
)
from vto_desktop.services.accounts import account_code_problem
from vto_desktop.services.convention_keys import refresh_keys
from vto_desktop.services.funding_state import report_due_on
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    give_place,
    in_order,
    is_given,
    is_taken,
    refuse_when_used,
    require,
    save_row,
    too_long,
)

MONTHS_LIMIT: Final = 60
COUNTED_BY: Final = {"account_code": "ce compte", "funding_source_id": "cette source"}


# --- keeping -------------------------------------------------------------------------------------


def convention_problems(row: Convention) -> Problems:
    """Return what must be corrected before the convention can be kept."""
    found = too_long(row) | require(row, {"title": "Indiquez l’intitulé de la convention."})
    if not is_given(row, "funder"):
        found["funder_id"] = "Choisissez le financeur."
    for name, words in (("asked_amount", "demandé"), ("awarded_amount", "accordé")):
        amount = getattr(row, name)
        if amount is not None and amount < 0:
            found[name] = f"Le montant {words} ne peut pas être négatif."
    if row.account_code is not None and not is_income_account(row.account_code):
        found["account_code"] = "Indiquez un compte de la classe 7, par exemple 74."
    if row.report_delay_months is not None and not 0 <= row.report_delay_months <= MONTHS_LIMIT:
        found["report_delay_months"] = f"Le délai va de 0 à {MONTHS_LIMIT} mois."
    if row.report_rhythm is not None and row.report_rhythm not in set(ReportRhythm):
        found["report_rhythm"] = "Choisissez chaque exercice ou le dernier seulement."
    return found | _date_problems(row)


def is_income_account(code: str) -> bool:
    """Return whether an account can receive money: class 7."""
    return not account_code_problem(code, classes="7")


def _date_problems(row: Convention) -> Problems:
    found = in_order(row, "starts_on", "ends_on", "La fin doit suivre le début.")
    found |= in_order(row, "asked_on", "signed_on", "La signature doit suivre la demande.")
    found |= in_order(row, "asked_on", "notified_on", "La notification doit suivre la demande.")
    found |= in_order(row, "signed_on", "settled_on", "Le solde doit suivre la signature.")
    if row.refused_on is not None and row.signed_on is not None:
        found["refused_on"] = "Une convention signée n’est pas refusée : videz l’une des deux dates."
    return found


def convention_warnings(row: Convention) -> Problems:
    """Return what looks incomplete but may be kept."""
    found: Problems = {}
    if not is_given(row, "funding_source"):
        found["funding_source_id"] = "Sans source, ses encaissements s’affichent «\u00a0Sans source\u00a0»."
    if (row.awarded_amount or 0) > (row.asked_amount or row.awarded_amount or 0):
        found["awarded_amount"] = "Le montant accordé dépasse le montant demandé."
    return found


def save_convention(session: Session, row: Convention) -> Convention:
    """Keep a convention and what it owns; raises Invalid, ENCORE_UTILISE for an instalment received."""
    if row.id is not None and row not in session and "instalments" in row.__dict__:
        kept_ids = {each.id for each in row.instalments}
        present = select(Instalment.id, Instalment.label).where(Instalment.convention_id == row.id)
        for row_id, label in session.execute(present):
            if row_id not in kept_ids:
                refuse_when_used(session, Instalment, row_id, name=label)
    kept = save_row(session, row, convention_problems(row) or _closed_problems(session, row))
    refresh_keys(session, [kept.id])
    return kept


def _closed_problems(session: Session, row: Convention) -> Problems:
    """Refuse to move what a closed fiscal year has counted to another account or source."""
    given = {name: row.__dict__[name] for name in COUNTED_BY if name in row.__dict__}
    with session.no_autoflush:  # the row as the file has it
        kept = session.execute(select(Convention.__table__).where(Convention.id == row.id)).mappings().first()
        moved = [name for name, value in given.items() if kept is not None and kept[name] != value]
        year = _closed_year(session, row.id) if moved else None
    if year is None:
        return {}
    return {
        name: f"L’exercice {year}, clos, compte des encaissements sur {COUNTED_BY[name]} : "
        "rouvrez-le d’abord."
        for name in moved
    }


def _closed_year(session: Session, convention_id: int) -> int | None:
    """Return the first closed fiscal year that counts receipts of a convention."""
    chosen = (
        select(FiscalYear.year)
        .join(Receipt, Receipt.received_on.between(FiscalYear.starts_on, FiscalYear.ends_on))
        .join(Instalment, Receipt.instalment_id == Instalment.id)
        .where(
            Instalment.convention_id == convention_id,
            FiscalYear.closed_on.is_not(None),
            FiscalYear.basis == Basis.RECEIPTS,
        )
        .order_by(FiscalYear.year)
    )
    return session.scalars(chosen.limit(1)).first()


def delete_convention(session: Session, row_id: int) -> None:
    """Delete a convention with its shares and instalments; raises ENCORE_UTILISE once money came."""
    delete_row(session, Convention, row_id, name=get_row(session, Convention, row_id).title)


def receipts_of(session: Session, convention_id: int) -> list[Receipt]:
    """Return the receipts of a convention, oldest first."""
    chosen = (
        select(Receipt)
        .join(Instalment, Receipt.instalment_id == Instalment.id)
        .where(Instalment.convention_id == convention_id)
        .order_by(Receipt.received_on, Receipt.id)
    )
    return list(session.scalars(chosen))


# --- shares, instalments, amendments, reports due ------------------------------------------------


def share_problems(row: ConventionShare) -> Problems:
    """Return what must be corrected before the yearly share can be kept."""
    found = require(row, {"year": "Indiquez l’exercice.", "amount": "Indiquez le montant."})
    return found | _year_problem(row.year) | _negative(row.amount)


def _year_problem(year: int | None) -> Problems:
    return {"year": "L’exercice n’est pas plausible."} if year and not 1900 <= year <= 2200 else {}


def _negative(amount: int | None) -> Problems:
    return {"amount": "Le montant ne peut pas être négatif."} if amount is not None and amount < 0 else {}


def save_share(session: Session, row: ConventionShare) -> ConventionShare:
    """Keep the share of a convention for one fiscal year; raises Invalid, also when the year has one."""
    found = share_problems(row)
    if not found and is_taken(session, row, "convention_id", "year"):
        found["year"] = f"La convention a déjà une part pour {row.year}."
    return save_row(session, row, found)


def delete_share(session: Session, row_id: int) -> None:
    """Delete a yearly share."""
    row = get_row(session, ConventionShare, row_id)
    delete_row(session, ConventionShare, row_id, name=f"Part {row.year}")


def instalment_problems(row: Instalment) -> Problems:
    """Return what must be corrected before the instalment can be kept."""
    wanted = {"label": "Indiquez le libellé : acompte, solde…", "amount": "Indiquez le montant."}
    return too_long(row) | require(row, wanted) | _negative(row.amount)


def save_instalment(session: Session, row: Instalment) -> Instalment:
    """Keep an instalment; raises Invalid. A new one comes after the others."""
    give_place(session, row, "convention_id")
    return save_row(session, row, instalment_problems(row))


def delete_instalment(session: Session, row_id: int) -> None:
    """Delete an instalment; raises ENCORE_UTILISE once money came for it."""
    delete_row(session, Instalment, row_id, name=get_row(session, Instalment, row_id).label)


def amendment_problems(row: Amendment) -> Problems:
    """Return what must be corrected before the amendment can be kept."""
    found = too_long(row) | require(row, {"number": "Indiquez le numéro de l’avenant."})
    if row.number is not None and row.number < 1:
        found["number"] = "Le numéro commence à 1."
    return found


def save_amendment(session: Session, row: Amendment) -> Amendment:
    """Keep an amendment; raises Invalid."""
    return save_row(session, row, amendment_problems(row))


def delete_amendment(session: Session, row_id: int) -> None:
    """Delete an amendment."""
    row = get_row(session, Amendment, row_id)
    delete_row(session, Amendment, row_id, name=f"Avenant {row.number}")


def report_due_problems(row: ReportDue) -> Problems:
    """Return what must be corrected before the report due can be kept."""
    wanted = {"year": "Indiquez l’exercice.", "due_on": "Indiquez la date limite."}
    return too_long(row) | require(row, wanted) | _year_problem(row.year)


def save_report_due(session: Session, row: ReportDue) -> ReportDue:
    """Keep a report owed to a funder; raises Invalid."""
    return save_row(session, row, report_due_problems(row))


def delete_report_due(session: Session, row_id: int) -> None:
    """Delete a report due."""
    row = get_row(session, ReportDue, row_id)
    delete_row(session, ReportDue, row_id, name=f"{row.kind} {row.year}")


def propose_reports(session: Session, convention_id: int) -> list[ReportDue]:
    """Add the financial reports that a convention's shares owe and that are missing; return them.

    Each year or only the last, as the convention says, its delay after the end of the fiscal year (arrêté
    du 11 octobre 2006: six months).
    """
    row = get_row(session, Convention, convention_id)
    years = sorted(each.year for each in row.shares)
    if row.report_rhythm == ReportRhythm.FINAL:
        years = years[-1:]
    held = {each.year for each in row.reports_due if each.kind == ReportKind.FINANCIAL}
    ends = dict(session.execute(select(FiscalYear.year, FiscalYear.ends_on)).all())
    added = [
        ReportDue(
            convention=row,
            year=year,
            due_on=report_due_on(ends.get(year, date(year, 12, 31)), row.report_delay_months),
        )
        for year in years
        if year not in held
    ]
    session.add_all(added)
    session.flush()
    return added
