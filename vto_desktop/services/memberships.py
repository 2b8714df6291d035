"""The memberships of records that turn out to be one: those of the same time are joined, or it is refused."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member
from vto_desktop.services import members
from vto_desktop.services.merging_rows import move_references
from vto_desktop.services.merging_values import notes_with

SEPARATE = (
    "Rien n’a été fusionné. Pour garder les deux adhésions, mettez d’abord fin à l’une avant que l’autre "
    "commence ; si l’une n’aurait pas dû exister, mettez-y fin le jour où elle commence."
)


def join_memberships(session: Session, holder: Any, holder_ids: Sequence[int]) -> None:
    """Join the memberships that these holders have at the same time; ``holder`` is the column they stand in.

    Raises UserError ADHESIONS_EN_CONFLIT when two of them cannot be one. Memberships that follow each other
    stay as they are: an organisation may come back.
    """
    chosen = select(Member).where(holder.in_(holder_ids)).order_by(Member.id)
    while (pair := _first_overlap(session.scalars(chosen).all())) is not None:
        _join(session, *pair)


def _first_overlap(rows: Sequence[Member]) -> tuple[Member, Member] | None:
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            if max(_start(one), _start(other)) < min(_end(one), _end(other)):
                return one, other
    return None


def _start(row: Member) -> date:
    return row.joined_on or date.min


def _end(row: Member) -> date:
    return row.left_on or date.max


def _join(session: Session, one: Member, other: Member) -> None:
    """Make two memberships one, from the earlier joining to the later leaving."""
    _refuse_what_cannot_be_one(session, one, other)
    kept, gone = (one, other) if _weight(session, one) >= _weight(session, other) else (other, one)
    last = kept if _end(kept) >= _end(gone) else gone
    ends = last.left_on, last.leaving_reason, last.successor_id
    lines = [_told(row) for row in (kept, gone) if (_start(row), _end(row)) != _whole(kept, gone)]
    if gone.notes and gone.notes != kept.notes:
        lines.append(gone.notes)
    kept.notes = notes_with(kept.notes, lines)
    kept.joined_on = None if None in (kept.joined_on, gone.joined_on) else min(_start(kept), _start(gone))
    kept.left_on, kept.leaving_reason, kept.successor_id = ends
    move_references(session, Member, kept.id, [gone.id])
    if kept.successor_id == kept.id:
        kept.successor_id = None
    session.delete(gone)
    session.flush()
    members.refresh_keys(session, [kept.id])


def _whole(one: Member, other: Member) -> tuple[date, date]:
    return min(_start(one), _start(other)), max(_end(one), _end(other))


def _told(row: Member) -> str:
    """Return what a membership said of its days, for the notes of the one that both become."""
    since = f"depuis le {french.short_date(row.joined_on)}" if row.joined_on else "sans date d’adhésion"
    until = f" jusqu’au {french.short_date(row.left_on)}" if row.left_on else ""
    reason = f" ({row.leaving_reason})" if row.leaving_reason else ""
    return f"Adhésion réunie à celle-ci\u00a0: {since}{until}{reason}."


def _weight(session: Session, row: Member) -> tuple[int, int]:
    """Return how many dues hang on a membership: first those of closed years, which nothing may move."""
    chosen = (
        select(func.count(FiscalYear.closed_on), func.count())
        .select_from(Dues)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(Dues.member_id == row.id)
    )
    closed, all_ = session.execute(chosen).one()
    return closed, all_


def _refuse_what_cannot_be_one(session: Session, one: Member, other: Member) -> None:
    told, again = (f"«\u00a0{each.name}\u00a0»" for each in (one, other))
    names = f"{told} et {again}" if told != again else f"Deux fois {told}"
    begun = f"{names} sont adhérents en même temps"
    if one.college_id != other.college_id:
        raise _conflict(
            f"{begun}, dans deux collèges : {one.college.name} et {other.college.name}. "
            "Mettez d’abord les deux adhésions dans le même collège."
        )
    campaigns = (
        select(DuesCampaign.name)
        .join(Dues, Dues.campaign_id == DuesCampaign.id)
        .where(Dues.member_id.in_((one.id, other.id)))
        .group_by(DuesCampaign.id, DuesCampaign.name)
        .having(func.count() > 1)
        .order_by(DuesCampaign.id)
    )
    if twice := session.scalars(campaigns).all():
        raise _conflict(f"{begun} et ont chacun leur cotisation ({french.listed(list(twice))}). {SEPARATE}")
    first, last = sorted((one, other), key=_end)
    if first.successor_id is not None and first.successor_id not in (last.id, last.successor_id):
        raise _conflict(f"{begun}, et l’un a rejoint un autre adhérent. {SEPARATE}")


def _conflict(sentence: str) -> UserError:
    if "Rien n’a été fusionné" not in sentence:
        sentence += " Rien n’a été fusionné."
    return UserError("ADHESIONS_EN_CONFLIT", sentence)
