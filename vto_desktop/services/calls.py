"""Calls for dues: prepared for the members of a campaign, then called and numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid
from vto_desktop.model import Dues, DuesCampaign, DuesScale, FiscalYear, Member
from vto_desktop.services import campaigns
from vto_desktop.services.dues import dues_problems
from vto_desktop.services.members import belongs_on
from vto_desktop.services.numbering import number_calls
from vto_desktop.services.proposals import Proposal, proposed
from vto_desktop.services.rows import get_row, parts_of


@dataclass(frozen=True, slots=True)
class Retained:
    """The amount asked from a member; the reason is wanted when it is not the computed one."""

    amount: int
    reason: str = ""


# --- preparing and calling -----------------------------------------------------------------------


def prepare_dues(
    session: Session, campaign_id: int, *, on: date, wanted: Mapping[int, Retained] | None = None
) -> list[Dues]:
    """Keep the dues of a campaign without calling them: no number, no date; return those wanted, by name.

    ``wanted`` gives the amount asked by member; None takes every amount that the scale gives. Dues prepared
    before take the amount given now. Raises Invalid, with « member id.attribute » as names.
    """
    campaign = get_row(session, DuesCampaign, campaign_id)
    offered = proposed(session, campaign.fiscal_year, campaign.scales, on=on, campaign_id=campaign_id)
    kept, problems = [], dict[str, str]()
    for each in offered:
        asked = _asked(each, wanted)
        if asked is None:
            continue
        row = session.get_one(Dues, each.dues_id) if each.dues_id else Dues(campaign_id=campaign_id)
        row.member_id, row.computed_amount, row.basis = (
            each.member_id,
            each.computed.amount,
            each.computed.basis,
        )
        row.amount, row.reason = asked.amount, asked.reason.strip()
        if row.amount == row.computed_amount:
            row.reason = ""
        problems |= {f"{each.member_id}.{name}": said for name, said in dues_problems(row).items()}
        kept.append(row)
    if problems:
        raise Invalid(problems)
    session.add_all(kept)
    session.flush()
    return kept


def _asked(each: Proposal, wanted: Mapping[int, Retained] | None) -> Retained | None:
    if wanted is not None:
        return wanted.get(each.member_id)
    if each.retained is not None:
        return Retained(each.retained, each.reason)
    return Retained(each.computed.amount) if each.computed.amount is not None else None


def call_dues(session: Session, dues_ids: Sequence[int], *, on: date, due_on: date | None) -> list[Dues]:
    """Call dues that are prepared: they get their date, and the next numbers in the order of names.

    Dues called or cancelled before stay as they are; return those called now. Raises Invalid.
    """
    if due_on is not None and due_on < on:
        raise Invalid({"due_on": "L’échéance doit suivre l’appel."})
    found: list[Dues] = []
    for part in parts_of(dues_ids):
        waiting = (Dues.called_on.is_(None), Dues.cancelled_on.is_(None), Dues.id.in_(part))
        found += session.scalars(select(Dues).join(Member, Dues.member_id == Member.id).where(*waiting))
    found.sort(key=lambda row: (row.member.sort_key, row.id))
    for campaign_id in dict.fromkeys(row.campaign_id for row in found):
        called = [row for row in found if row.campaign_id == campaign_id]
        for row in called:
            row.called_on, row.due_on = on, due_on
        number_calls(session, campaign_id, called)
    return found


def call_prepared(session: Session, dues_ids: Sequence[int], *, today: date) -> int:
    """Call dues that are prepared, today or on the day of a campaign still to come; return how many."""
    count = 0
    campaigns_held = select(DuesCampaign).join(Dues).where(Dues.id.in_(dues_ids)).distinct()
    for campaign in session.scalars(campaigns_held.order_by(DuesCampaign.id)).all():
        mine = select(Dues.id).where(Dues.campaign_id == campaign.id, Dues.id.in_(dues_ids))
        day = max(today, campaign.called_on or today)
        due_on = campaigns.due_day(campaign, day)
        count += len(call_dues(session, session.scalars(mine).all(), on=day, due_on=due_on))
    return count


def not_called(session: Session, year: int, *, on: date) -> list[int]:
    """Return the members of a day, by name, without dues in a fiscal year though its scales call them."""
    kinds = select(DuesScale.kind).join(DuesCampaign).join(FiscalYear).where(FiscalYear.year == year)
    held = (
        select(Dues.id)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(FiscalYear.year == year, Dues.member_id == Member.id)
        .correlate(Member)
        .exists()
    )
    wanted = (belongs_on(on), Member.kind_key.in_(kinds), ~held)
    return list(session.scalars(select(Member.id).where(*wanted).order_by(Member.sort_key, Member.id)))


def prepared(session: Session, year: int) -> list[int]:
    """Return the dues of a fiscal year that are prepared and not called, by name."""
    chosen = (
        select(Dues.id)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .join(Member, Dues.member_id == Member.id)
        .where(FiscalYear.year == year, Dues.called_on.is_(None), Dues.cancelled_on.is_(None))
    )
    return list(session.scalars(chosen.order_by(Member.sort_key, Dues.id)))


def keep_campaign(
    session: Session,
    row: DuesCampaign,
    scales: Sequence[DuesScale],
    wanted: Mapping[int, Retained],
    *,
    on: date,
    calls: bool,
) -> tuple[DuesCampaign, list[Dues]]:
    """Keep a campaign, its scales and the dues of the members wanted, which are called too with ``calls``.

    Raises Invalid, all that is wrong with the scales as « scales.place.attribute », with the dues as
    « dues.member id.attribute ».
    """
    if calls and row.called_on is None:
        raise Invalid({"called_on": "Indiquez la date de l’appel."})
    found = {f"scales.{name}": said for name, said in campaigns.scales_problems(scales).items()}
    if found := found | campaigns.campaign_problems(row):
        raise Invalid(found)
    kept = campaigns.save_campaign(session, row)
    campaigns.set_scales(session, kept.id, scales)
    session.expire(kept, ["scales"])
    try:
        rows = prepare_dues(session, kept.id, on=on, wanted=wanted)
    except Invalid as invalid:
        raise Invalid({f"dues.{name}": said for name, said in invalid.problems.items()}) from invalid
    if calls and kept.called_on is not None:
        rows = call_dues(session, [each.id for each in rows], on=kept.called_on, due_on=kept.due_on)
    return kept, rows
