"""Members that another took in (commune nouvelle, merger of EPCI): who followed whom, never in a circle."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Member
from vto_desktop.services.rows import Problems, get_row


def taken_in(session: Session, member_id: int) -> list[int]:
    """Return the members that this one took in, and those that they had taken in, the nearest first."""
    found: list[int] = []
    known, latest = {member_id}, [member_id]
    while latest:
        chosen = select(Member.id).where(Member.successor_id.in_(latest)).order_by(Member.sort_key, Member.id)
        latest = [row_id for row_id in session.scalars(chosen) if row_id not in known]
        known.update(latest)
        found += latest
    return found


def successor_problems(session: Session, row: Member, successor_id: int, *, on: date | None) -> Problems:
    """Return why a member cannot follow another that leaves on a day, if anything forbids it."""
    if successor_id == row.id:
        return {"successor_id": "Un adhérent ne peut pas se succéder à lui-même : choisissez-en un autre."}
    successor = get_row(session, Member, successor_id)
    if row.id is not None and successor_id in taken_in(session, row.id):
        name = get_row(session, Member, row.id).name
        return {
            "successor_id": f"«\u00a0{successor.name}\u00a0» a déjà rejoint «\u00a0{name}\u00a0» : "
            "chacun ne peut pas succéder à l’autre."
        }
    if on is not None and successor.left_on is not None and successor.left_on <= on:
        left = french.short_date(successor.left_on)
        return {"successor_id": f"«\u00a0{successor.name}\u00a0» n’est plus adhérent depuis le {left}."}
    return {}


def successor_warning(session: Session, successor_id: int, *, on: date | None) -> str:
    """Return what looks wrong but may be kept: the successor joins only after the day of the merger."""
    successor = get_row(session, Member, successor_id)
    if on is None or successor.joined_on is None or successor.joined_on <= on:
        return ""
    return f"«\u00a0{successor.name}\u00a0» n’adhère que le {french.short_date(successor.joined_on)}."
