"""Dues: campaigns, scales, what each member owes, and the state that follows from calls and receipts."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    NATURAL_PERSON,
    Dues,
    DuesCampaign,
    DuesScale,
    Member,
    Organisation,
    Receipt,
)
from vto_desktop.services.members import belongs_on, member_name
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    in_order,
    is_given,
    is_taken,
    require,
    save_row,
    too_long,
)
from vto_desktop.services.scales import computation_in_words, computed_dues, scale_for


class State(StrEnum):
    """Where one member's dues stand; the value is the label that users read."""

    TO_CALL = "À appeler"
    CALLED = "Appelée"
    PARTIAL = "Partielle"
    SETTLED = "Réglée"
    LATE = "En retard"
    CANCELLED = "Annulée"


def state(row: Dues, *, received: int, on: date) -> State:
    """Return the state of dues on a day, from what was received. Cents."""
    if row.cancelled_on is not None:
        return State.CANCELLED
    if received >= row.amount:
        return State.SETTLED
    if row.due_on is not None and row.due_on < on:
        return State.LATE
    if received > 0:
        return State.PARTIAL
    return State.TO_CALL if row.called_on is None or row.called_on > on else State.CALLED


def received_sum() -> ScalarSelect[int]:
    """Return, beside ``Dues`` in a query, what was received for it. Cents."""
    total = select(func.sum(Receipt.amount)).where(Receipt.dues_id == Dues.id)
    return func.coalesce(total.correlate(Dues).scalar_subquery(), 0)  # type: ignore[return-value]  # an expression


def state_expression(*, on: date | BindParameter[date]) -> ColumnElement[str]:
    """Return the rule of ``state`` for the database, beside ``Dues``; a test holds the two equal."""
    return state_of(received_sum(), on=on)


def state_of(received: ColumnElement[int], *, on: date | BindParameter[date]) -> ColumnElement[str]:
    """Return the state of dues of which this was received."""
    return case(
        (Dues.cancelled_on.is_not(None), literal(State.CANCELLED.value)),
        (received >= Dues.amount, literal(State.SETTLED.value)),
        (and_(Dues.due_on.is_not(None), Dues.due_on < on), literal(State.LATE.value)),
        (received > 0, literal(State.PARTIAL.value)),
        (or_(Dues.called_on.is_(None), Dues.called_on > on), literal(State.TO_CALL.value)),
        else_=literal(State.CALLED.value),
    )


# --- what is owed --------------------------------------------------------------------------------


def computed_amount(session: Session, campaign_id: int, member_id: int) -> int | None:
    """Return what a campaign's scale makes a member owe, in cents; None without a scale or a population."""
    chosen = (
        select(Organisation.kind, Organisation.population)
        .select_from(Member)
        .outerjoin(Organisation, Member.organisation_id == Organisation.id)
        .where(Member.id == member_id)
    )
    kind, population = session.execute(chosen).one()
    scales = session.scalars(select(DuesScale).where(DuesScale.campaign_id == campaign_id))
    return _owed(scales, kind, population)


def _owed(scales: Iterable[DuesScale], kind: str | None, population: int | None) -> int | None:
    scale = scale_for(scales, kind or NATURAL_PERSON)
    return computed_dues(scale, population) if scale else None


def call_members(session: Session, campaign_id: int) -> list[Dues]:
    """Add the dues of the members who have none in a campaign yet, numbered on; return them.

    Members without a scale are left out: their dues are typed.
    """
    campaign = get_row(session, DuesCampaign, campaign_id)
    year = campaign.fiscal_year
    held = set(session.scalars(select(Dues.member_id).where(Dues.campaign_id == campaign_id)))
    day = min(max(campaign.called_on or year.starts_on, year.starts_on), year.ends_on)
    chosen = (
        select(Member.id, Organisation.kind, Organisation.population)
        .outerjoin(Organisation, Member.organisation_id == Organisation.id)
        .where(belongs_on(day))
        .order_by(Member.sort_key, Member.id)
    )
    number = _last_number(session, year.year)
    added = []
    for member_id, kind, population in session.execute(chosen):
        amount = _owed(campaign.scales, kind, population)
        scale = scale_for(campaign.scales, kind or NATURAL_PERSON)
        if member_id in held or amount is None or scale is None:
            continue
        number += 1
        added.append(
            Dues(
                campaign_id=campaign_id, member_id=member_id, number=f"{year.year}-{number:03d}",
                computed_amount=amount, basis=computation_in_words(scale, population=population),
                amount=amount, called_on=campaign.called_on, due_on=campaign.due_on,
            )
        )  # fmt: skip
    session.add_all(added)
    session.flush()
    return added


def _last_number(session: Session, year: int) -> int:
    prefix = f"{year}-"
    numbers = session.scalars(select(Dues.number).where(Dues.number.startswith(prefix)))
    ends = (number.removeprefix(prefix) for number in numbers)
    return max((int(end) for end in ends if end.isascii() and end.isdigit()), default=0)


# --- campaigns and scales ------------------------------------------------------------------------


def campaign_problems(row: DuesCampaign) -> Problems:
    """Return what must be corrected before the campaign can be kept."""
    found = too_long(row) | require(row, {"name": "Indiquez le nom de la campagne."})
    if not is_given(row, "fiscal_year"):
        found["fiscal_year_id"] = "Choisissez l’exercice."
    return found | in_order(row, "called_on", "due_on", "L’échéance doit suivre l’appel.")


def save_campaign(session: Session, row: DuesCampaign) -> DuesCampaign:
    """Keep a campaign of dues; raises Invalid."""
    return save_row(session, row, campaign_problems(row))


def delete_campaign(session: Session, row_id: int) -> None:
    """Delete a campaign with its scales; raises ENCORE_UTILISE once dues hang on it."""
    delete_row(session, DuesCampaign, row_id, name=get_row(session, DuesCampaign, row_id).name)


def scale_problems(row: DuesScale) -> Problems:
    """Return what must be corrected before the scale can be kept."""
    found = require(row, {"kind": "Choisissez le type d’adhérent."})
    for name in ("flat", "rate", "minimum", "maximum"):
        value = getattr(row, name)
        if value is not None and value < 0:
            found[name] = "Ce montant ne peut pas être négatif."
    if row.minimum is not None and row.maximum is not None and row.maximum < row.minimum:
        found["maximum"] = "Le maximum ne peut pas être inférieur au minimum."
    return found


def save_scale(session: Session, row: DuesScale) -> DuesScale:
    """Keep a scale of a campaign; raises Invalid, also when its kind of member already has one."""
    found = scale_problems(row)
    if not found and is_taken(session, row, "campaign_id", "kind"):
        found["kind"] = "La campagne a déjà un barème pour ce type d’adhérent."
    return save_row(session, row, found)


def delete_scale(session: Session, row_id: int) -> None:
    """Delete a scale; dues already computed keep their amount."""
    delete_row(session, DuesScale, row_id, name=get_row(session, DuesScale, row_id).kind)


# --- dues ----------------------------------------------------------------------------------------


def dues_problems(row: Dues) -> Problems:
    """Return what must be corrected before the dues can be kept."""
    found = too_long(row) | require(row, {"amount": "Indiquez le montant retenu."})
    if not is_given(row, "campaign"):
        found["campaign_id"] = "Choisissez la campagne."
    if not is_given(row, "member"):
        found["member_id"] = "Choisissez l’adhérent."
    if row.amount is not None and row.amount < 0:
        found["amount"] = "Le montant ne peut pas être négatif."
    differs = row.computed_amount is not None and row.amount not in (None, row.computed_amount)
    if differs and not (row.reason or "").strip() and "amount" not in found:
        computed = french.amount(row.computed_amount or 0)
        found["reason"] = f"Dites pourquoi le montant n’est pas celui du barème ({computed})."
    return found | in_order(row, "called_on", "due_on", "L’échéance doit suivre l’appel.")


def save_dues(session: Session, row: Dues) -> Dues:
    """Keep one member's dues; raises Invalid, also when it has some already or the number is taken."""
    found = dues_problems(row)
    if not found and is_taken(session, row, "campaign_id", "member_id"):
        found["member_id"] = "Cet adhérent a déjà une cotisation dans cette campagne."
    if not found and (row.number or "").strip() and is_taken(session, row, "number"):
        found["number"] = "Un autre appel porte ce numéro : chaque numéro est unique."
    return save_row(session, row, found)


def cancel_dues(session: Session, row_id: int, *, on: date, reason: str) -> Dues:
    """Cancel dues, which stay on record; raises Invalid without a reason."""
    row = get_row(session, Dues, row_id)
    said = french.clean(reason, keep_lines=True)
    if not said:
        raise Invalid({"cancelling_reason": "Dites pourquoi la cotisation est annulée."})
    row.cancelled_on, row.cancelling_reason = on, said
    session.flush()
    return row


def delete_dues(session: Session, row_id: int) -> None:
    """Delete dues not called yet; raises COTISATION_APPELEE, or ENCORE_UTILISE once money came."""
    row = get_row(session, Dues, row_id)
    name = f"Cotisation de {member_name(session, row.member_id)}"
    if row.called_on is not None:
        raise UserError(
            "COTISATION_APPELEE",
            f"« {name} » a été appelée : elle s’annule, elle ne s’efface pas. Rien n’a été supprimé.",
        )
    delete_row(session, Dues, row_id, name=name)
