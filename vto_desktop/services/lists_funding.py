"""The lists of money that comes: dues, receipts, conventions, instalments, reports due."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, case, func, literal, select
from sqlalchemy.orm import Session, aliased

from vto_desktop import french
from vto_desktop.model import (
    Amendment,
    Convention,
    Dues,
    DuesCampaign,
    FiscalYear,
    Instalment,
    Member,
    Organisation,
    Receipt,
    ReportDue,
)
from vto_desktop.model.base import DateType
from vto_desktop.model.search import matches
from vto_desktop.services.dues import received_sum, state_expression
from vto_desktop.services.funding_state import status
from vto_desktop.services.list_query import Shown, TableList, Values
from vto_desktop.services.names import MEMBER_JOINS, MEMBER_NAME
from vto_desktop.services.sources import tree

funder = aliased(Organisation, name="funder")


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's own calendar day


TODAY = bindparam(
    "today", callable_=_today, type_=DateType
)  # read when a statement runs, not when it is written


DUES_JOINS = (
    (DuesCampaign, Dues.campaign_id == DuesCampaign.id),
    (FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id),
    (Member, Dues.member_id == Member.id),
    *MEMBER_JOINS,
)


DUES_LEFT = case(
    (Dues.cancelled_on.is_not(None), 0), (Dues.amount > received_sum(), Dues.amount - received_sum()), else_=0
)

DUES = TableList(
    name="dues",
    title="Cotisations",
    table=Dues,
    shown=(
        Shown("number", "Numéro", "text", Dues.number),
        Shown("campaign", "Campagne", "text", DuesCampaign.name),
        Shown("member", "Adhérent", "text", MEMBER_NAME, sort=Member.sort_key),
        Shown("computed", "Barème", "amount", Dues.computed_amount),
        Shown("amount", "Montant", "amount", Dues.amount),
        Shown("received", "Reçu", "amount", received_sum()),
        Shown("left", "Reste", "amount", DUES_LEFT),
        Shown("basis", "Calcul", "text", Dues.basis),
        Shown("called_on", "Appelée le", "date", Dues.called_on),
        Shown("due_on", "Échéance", "date", Dues.due_on),
        Shown("state", "État", "chip", state_expression(on=TODAY)),
        Shown("reason", "Raison de l’écart", "text", Dues.reason),
    ),
    order=(Member.sort_key, Dues.id),
    joins=DUES_JOINS,
    searched=(
        Member.search_key,
        Dues.number,
    ),
    year=lambda year: FiscalYear.year == year,
)

PAYER = case((Receipt.instalment_id.is_not(None), funder.name), else_=MEMBER_NAME)
PURPOSE = case(
    (Receipt.instalment_id.is_not(None), Instalment.label + literal(", ") + Convention.title),
    else_=DuesCampaign.name,
)

RECEIPTS = TableList(
    name="receipts",
    title="Encaissements",
    table=Receipt,
    shown=(
        Shown("received_on", "Date", "date", Receipt.received_on),
        Shown("payer", "De", "text", PAYER),
        Shown("purpose", "Pour", "text", PURPOSE),
        Shown("means", "Moyen", "text", Receipt.means),
        Shown("reference", "Référence", "text", Receipt.reference),
        Shown("slip", "Remise", "text", Receipt.slip),
        Shown("amount", "Montant", "amount", Receipt.amount),
    ),
    order=(Receipt.received_on, Receipt.id),
    joins=(
        (Instalment, Receipt.instalment_id == Instalment.id),
        (Convention, Instalment.convention_id == Convention.id),
        (funder, Convention.funder_id == funder.id),
        (Dues, Receipt.dues_id == Dues.id),
        (DuesCampaign, Dues.campaign_id == DuesCampaign.id),
        (Member, Dues.member_id == Member.id),
        *MEMBER_JOINS,
    ),
    searched=(
        PAYER,
        PURPOSE,
        Receipt.reference,
        Receipt.slip,
    ),
    year=lambda year: (
        select(FiscalYear.id)
        .where(FiscalYear.year == year, Receipt.received_on.between(FiscalYear.starts_on, FiscalYear.ends_on))
        .exists()
    ),
)


GRANTED = Convention.awarded_amount + func.coalesce(
    select(func.sum(Amendment.amount_change))
    .where(Amendment.convention_id == Convention.id, Amendment.signed_on <= TODAY)
    .correlate(Convention)
    .scalar_subquery(),
    0,
)
CONVENTION_RECEIVED = func.coalesce(
    select(func.sum(Receipt.amount))
    .join(Instalment, Receipt.instalment_id == Instalment.id)
    .where(Instalment.convention_id == Convention.id, Receipt.received_on <= TODAY)
    .correlate(Convention)
    .scalar_subquery(),
    0,
)


CONVENTION_END = func.coalesce(
    select(Amendment.new_ends_on)
    .where(
        Amendment.convention_id == Convention.id,
        Amendment.signed_on <= TODAY,
        Amendment.new_ends_on.is_not(None),
    )
    .order_by(Amendment.signed_on.desc(), Amendment.number.desc(), Amendment.id.desc())
    .limit(1)
    .correlate(Convention)
    .scalar_subquery(),
    Convention.ends_on,
)


def _convention_states(session: Session, ids: Sequence[int]) -> Values:
    """Return, by convention, its source's path and its status today."""
    today = _today()
    paths = {node.source_id: " › ".join(node.path) for node in tree(session)}
    rows = session.execute(select(Convention, CONVENTION_END).where(Convention.id.in_(ids)))
    return {
        row.id: (paths.get(row.funding_source_id or 0, ""), status(row, on=today, ends_on=end).value)
        for row, end in rows
    }


CONVENTIONS = TableList(
    name="conventions",
    title="Conventions",
    table=Convention,
    shown=(
        Shown("title", "Intitulé", "text", Convention.title, sort=Convention.sort_key),
        Shown("funder", "Financeur", "text", funder.name, sort=funder.sort_key),
        Shown("source", "Source", "text", None),
        Shown("status", "Statut", "chip", None),
        Shown("reference", "Réf. du financeur", "text", Convention.funder_reference),
        Shown("account", "Compte", "text", Convention.account_code),
        Shown("asked", "Demandé", "amount", Convention.asked_amount),
        Shown("awarded", "Accordé", "amount", GRANTED),
        Shown("received", "Reçu", "amount", CONVENTION_RECEIVED),
        Shown("signed_on", "Signée le", "date", Convention.signed_on),
        Shown("starts_on", "Début", "date", Convention.starts_on),
        Shown("ends_on", "Fin", "date", CONVENTION_END),
    ),
    order=(Convention.sort_key, Convention.id),
    joins=((funder, Convention.funder_id == funder.id),),
    key=lambda text: matches(Convention.search_key, french.search_key(text)),
    on=lambda day: (
        (func.coalesce(Convention.starts_on, day) <= day) & (func.coalesce(CONVENTION_END, day) >= day)
    ),
    year=lambda year: (
        (func.coalesce(Convention.starts_on, date(year, 1, 1)) <= date(year, 12, 31))
        & (func.coalesce(CONVENTION_END, date(year, 12, 31)) >= date(year, 1, 1))
    ),
    filters={"funding_source_id": lambda value: Convention.funding_source_id == value},
    finish=_convention_states,
)


INSTALMENT_RECEIVED = func.coalesce(
    select(func.sum(Receipt.amount))
    .where(Receipt.instalment_id == Instalment.id, Receipt.received_on <= TODAY)
    .correlate(Instalment)
    .scalar_subquery(),
    0,
)
INSTALMENT_LEFT = case(
    (Instalment.amount > INSTALMENT_RECEIVED, Instalment.amount - INSTALMENT_RECEIVED), else_=0
)
# The rule of InstalmentFigure.state for the database; a test holds the two equal.
INSTALMENT_STATE = case(
    (Instalment.amount <= INSTALMENT_RECEIVED, literal("Réglée")),
    (Instalment.due_on < TODAY, literal("En retard")),
    (INSTALMENT_RECEIVED > 0, literal("Partielle")),
    else_=literal("À venir"),
)

INSTALMENTS = TableList(
    name="instalments",
    title="Tranches",
    table=Instalment,
    shown=(
        Shown("convention", "Convention", "text", Convention.title, sort=Convention.sort_key),
        Shown("funder", "Financeur", "text", funder.name, sort=funder.sort_key),
        Shown("label", "Tranche", "text", Instalment.label),
        Shown("due_on", "Échéance", "date", Instalment.due_on),
        Shown("condition", "Condition", "text", Instalment.condition),
        Shown("amount", "Montant", "amount", Instalment.amount),
        Shown("received", "Reçu", "amount", INSTALMENT_RECEIVED),
        Shown("left", "Reste", "amount", INSTALMENT_LEFT),
        Shown("state", "État", "chip", INSTALMENT_STATE),
    ),
    order=(Convention.sort_key, Instalment.position, Instalment.id),
    joins=(
        (Convention, Instalment.convention_id == Convention.id),
        (funder, Convention.funder_id == funder.id),
    ),
    searched=(
        Convention.search_key,
        Instalment.label,
    ),
    year=lambda year: Instalment.due_on.between(date(year, 1, 1), date(year, 12, 31)),
)

REPORTS_DUE = TableList(
    name="reports-due",
    title="Comptes rendus dus",
    table=ReportDue,
    shown=(
        Shown("due_on", "À rendre le", "date", ReportDue.due_on),
        Shown("kind", "Nature", "text", ReportDue.kind),
        Shown("year", "Exercice", "text", ReportDue.year, sort=ReportDue.year),
        Shown("convention", "Convention", "text", Convention.title, sort=Convention.sort_key),
        Shown("funder", "Financeur", "text", funder.name, sort=funder.sort_key),
        Shown("sent_on", "Envoyé le", "date", ReportDue.sent_on),
    ),
    order=(ReportDue.due_on, ReportDue.id),
    joins=(
        (Convention, ReportDue.convention_id == Convention.id),
        (funder, Convention.funder_id == funder.id),
    ),
    searched=(
        Convention.search_key,
        ReportDue.kind,
    ),
    year=lambda year: ReportDue.year == year,
)
