"""Conventions: how each is kept and found, and whether its shares and instalments add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Convention,
    FundingSource,
    Instalment,
    Organisation,
    OrganisationAlias,
    Receipt,
    ReportRhythm,
)
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    in_order,
    refuse_when_used,
    require,
    save_row,
    table_of,
    too_long,
)

IN_LIST: Final = 500  # ids in one statement
MONTHS_LIMIT: Final = 60


# --- whether it adds up --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The awarded amount against what is shared out and what is scheduled. Cents."""

    awarded: int
    shares: int
    instalments: int

    @property
    def shares_sentence(self) -> str:
        """Return « réparti », or by how much it is not."""
        return _gap(self.shares - self.awarded, "réparti", "à répartir")

    @property
    def instalments_sentence(self) -> str:
        """Return « égal à l’accordé », or by how much it is not."""
        return _gap(self.instalments - self.awarded, "égal à l’accordé", "sans tranche")


def _gap(gap: int, equal: str, missing: str) -> str:
    if gap == 0:
        return equal
    return f"{french.amount(-gap)} {missing}" if gap < 0 else f"{french.amount(gap)} de plus que l’accordé"


def reconciliation(row: Convention, *, on: date | None = None) -> Reconciliation:
    """Return whether shares and instalments add up to the awarded amount, signed amendments included."""
    amended = sum(
        each.amount_change or 0
        for each in row.amendments
        if each.signed_on is not None and (on is None or each.signed_on <= on)
    )
    return Reconciliation(
        awarded=(row.awarded_amount or 0) + amended,
        shares=sum(each.amount or 0 for each in row.shares),
        instalments=sum(each.amount or 0 for each in row.instalments),
    )


# --- what finds a convention ---------------------------------------------------------------------


def refresh_keys(session: Session, convention_ids: Sequence[int]) -> None:
    """Compute again the keys by which these conventions sort and are found: title, funder, reference."""
    for start in range(0, len(convention_ids), IN_LIST):
        _refresh_some(session, list(convention_ids[start : start + IN_LIST]))


def _refresh_some(session: Session, convention_ids: list[int]) -> None:
    chosen = (
        select(
            Convention.id, Convention.title, Convention.object, Convention.funder_reference,
            Convention.funder_id, Organisation.name, Organisation.short_name, FundingSource.name,
        )
        .join(Organisation, Convention.funder_id == Organisation.id)
        .outerjoin(FundingSource, Convention.funding_source_id == FundingSource.id)
        .where(Convention.id.in_(convention_ids))
    )  # fmt: skip
    rows = session.execute(chosen).tuples().all()
    spellings: dict[int, list[str]] = {}
    aliases = select(OrganisationAlias.organisation_id, OrganisationAlias.name)
    for funder_id, alias in session.execute(
        aliases.where(OrganisationAlias.organisation_id.in_({row[4] for row in rows}))
    ):
        spellings.setdefault(funder_id, []).append(alias)
    changes: list[dict[str, Any]] = [
        {
            "row_id": row_id,
            "sort_key": french.sort_key(title),
            "search_key": french.search_key(title, *texts, *spellings.get(funder_id, ())),
        }
        for row_id, title, text, reference, funder_id, *names in rows
        for texts in [(text[:1000], reference, *names)]
    ]
    table = table_of(Convention)
    if changes:
        statement = update(table).where(table.c.id == bindparam("row_id"))
        session.connection().execute(
            statement.values(sort_key=bindparam("sort_key"), search_key=bindparam("search_key")), changes
        )
    for change in changes:
        present = session.identity_map.get(session.identity_key(Convention, change["row_id"]))
        if present is not None:
            session.expire(present, ["sort_key", "search_key"])


def refresh_of_funder(session: Session, organisation_id: int) -> None:
    """Refresh the conventions of this funder."""
    chosen = select(Convention.id).where(Convention.funder_id == organisation_id)
    refresh_keys(session, session.scalars(chosen).all())


# --- keeping -------------------------------------------------------------------------------------


def convention_problems(row: Convention) -> Problems:
    """Return what must be corrected before the convention can be kept."""
    found = too_long(row) | require(row, {"title": "Indiquez l’intitulé de la convention."})
    if row.funder_id is None and row.funder is None:
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
    """Return whether an account code can receive money: figures only, class 7."""
    return code.isascii() and code.isdigit() and code.startswith("7")


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
    if row.funding_source_id is None and row.funding_source is None:
        found["funding_source_id"] = "Sans source, ses encaissements s’affichent « Sans source »."
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
    kept = save_row(session, row, convention_problems(row))
    refresh_keys(session, [kept.id])
    return kept


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
