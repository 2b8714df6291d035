"""Campaigns of dues and their scales: what the meeting decided that each kind of member owes for a year."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid
from vto_desktop.model import Dues, DuesCampaign, DuesScale, FiscalYear
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


def campaign_problems(row: DuesCampaign) -> Problems:
    """Return what must be corrected before the campaign can be kept."""
    found = too_long(row) | require(row, {"name": "Indiquez le nom de la campagne."})
    if not is_given(row, "fiscal_year"):
        found["fiscal_year_id"] = "Choisissez l’exercice."
    return found | in_order(row, "called_on", "due_on", "L’échéance doit suivre l’appel.")


def save_campaign(session: Session, row: DuesCampaign) -> DuesCampaign:
    """Keep a campaign of dues; raises Invalid, also when calls numbered in one year would go to another."""
    found = campaign_problems(row)
    if not found and _would_move_calls(session, row):
        found["fiscal_year_id"] = "Les appels de cette campagne sont numérotés : son exercice ne change plus."
    return save_row(session, row, found)


def _would_move_calls(session: Session, row: DuesCampaign) -> bool:
    if row.id is None:
        return False
    with session.no_autoflush:
        kept = session.scalar(select(DuesCampaign.fiscal_year_id).where(DuesCampaign.id == row.id))
        called = select(Dues.id).where(Dues.campaign_id == row.id, Dues.called_on.is_not(None)).limit(1)
        return kept not in (None, row.fiscal_year_id) and session.scalar(called) is not None


def delete_campaign(session: Session, row_id: int) -> None:
    """Delete a campaign with its scales; raises ENCORE_UTILISE once dues hang on it."""
    delete_row(session, DuesCampaign, row_id, name=get_row(session, DuesCampaign, row_id).name)


def campaigns_of(session: Session, year: int) -> list[DuesCampaign]:
    """Return the campaigns of a fiscal year, oldest first."""
    chosen = select(DuesCampaign).join(FiscalYear).where(FiscalYear.year == year)
    return list(session.scalars(chosen.order_by(DuesCampaign.id)))


def due_day(campaign: DuesCampaign, on: date) -> date | None:
    """Return until when dues called on a day are to be paid: as long after it as the campaign leaves."""
    if campaign.due_on is None or campaign.called_on is None or on <= campaign.called_on:
        return campaign.due_on
    return on + (campaign.due_on - campaign.called_on)


# --- scales --------------------------------------------------------------------------------------


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


def scales_problems(rows: Sequence[DuesScale]) -> Problems:
    """Return the problems of a whole list of scales, each as « place.attribute »."""
    found: Problems = {}
    kinds = [row.kind for row in rows]
    for place, row in enumerate(rows):
        problems = scale_problems(row)
        if "kind" not in problems and row.kind in kinds[:place]:
            problems["kind"] = "La campagne a déjà un barème pour ce type d’adhérent."
        found |= {f"{place}.{name}": sentence for name, sentence in problems.items()}
    return found


def save_scale(session: Session, row: DuesScale) -> DuesScale:
    """Keep a scale of a campaign; raises Invalid, also when its kind of member already has one."""
    found = scale_problems(row)
    if not found and is_taken(session, row, "campaign_id", "kind"):
        found["kind"] = "La campagne a déjà un barème pour ce type d’adhérent."
    return save_row(session, row, found)


def set_scales(session: Session, campaign_id: int, rows: Sequence[DuesScale]) -> None:
    """Make these the scales of a campaign; raises Invalid. Dues already computed keep their amount."""
    if problems := scales_problems(rows):
        raise Invalid(problems)
    chosen = select(DuesScale).where(DuesScale.campaign_id == campaign_id)
    kept = {row.kind: row for row in session.scalars(chosen)}
    for row in rows:
        present = kept.pop(row.kind, None) or DuesScale(campaign_id=campaign_id, kind=row.kind)
        for name in ("flat", "rate", "minimum", "maximum", "is_prorated"):
            setattr(present, name, getattr(row, name))
        session.add(present)
    for row in kept.values():
        session.delete(row)
    session.flush()


def delete_scale(session: Session, row_id: int) -> None:
    """Delete a scale; dues already computed keep their amount."""
    delete_row(session, DuesScale, row_id, name=get_row(session, DuesScale, row_id).kind)


def scales_before(session: Session, year: int) -> tuple[int, list[DuesScale]] | None:
    """Return the scales of the latest campaign before a fiscal year, and its year; None without any."""
    chosen = (
        select(DuesCampaign.id, FiscalYear.year)
        .join(FiscalYear)
        .join(DuesScale)
        .where(FiscalYear.year < year)
        .order_by(FiscalYear.year.desc(), DuesCampaign.id.desc())
        .limit(1)
    )
    found = session.execute(chosen).first()
    if found is None:
        return None
    scales = select(DuesScale).where(DuesScale.campaign_id == found[0]).order_by(DuesScale.id)
    return found[1], list(session.scalars(scales))
