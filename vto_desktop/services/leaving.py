"""A member leaves, alone or into another: those it still sends on that day, and what ends along with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Member, Person, Representative
from vto_desktop.services import depending, members, representatives
from vto_desktop.services.rows import get_row


@dataclass(frozen=True, slots=True)
class StillSent:
    """A representative whose role goes on after a day."""

    representative_id: int
    person: str
    rank: str  # « titulaire », « suppléante » in the person's gender, « et/ou »
    since: date | None


def still_sent(session: Session, member_id: int, *, on: date) -> list[StillSent]:
    """Return the representatives of a member whose role goes on after a day, in printed order."""
    chosen = (
        select(Representative, Person)
        .join(Person, Representative.person_id == Person.id)
        .where(
            Representative.member_id == member_id,
            or_(Representative.ends_on.is_(None), Representative.ends_on > on),
        )
        .order_by(Representative.position, Representative.id)
    )
    return [
        StillSent(
            row.id, person.full_name, representatives.rank_words(row.rank, person.civility), row.starts_on
        )
        for row, person in session.execute(chosen)
    ]


def end_membership(
    session: Session,
    member_id: int,
    *,
    on: date,
    reason: str = "",
    successor_id: int | None = None,
    representative_ids: Iterable[int] = (),
    mandate_ids: Iterable[int] = (),
) -> Member:
    """End a membership, and on the same day the roles and mandates that are named; raises Invalid.

    ``successor_id`` is the member that took it in. Nothing else ends by itself.
    """
    row = members.end_member(session, member_id, on=on, reason=reason, successor_id=successor_id)
    for row_id in representative_ids:
        starts = get_row(session, Representative, row_id).starts_on
        representatives.end_representative(session, row_id, on=max(on, starts or on))
    said = f"Fin de l’adhésion de «{french.NBSP}{row.name}{french.NBSP}»."
    depending.end_depending(session, mandate_ids, on=on, reason=said)
    return row
