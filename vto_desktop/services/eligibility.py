"""Who may sit in a body on a day by its rule: anyone, those whom members send, those of another body."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from vto_desktop.model import Body, BodyKind, Eligibility, Mandate, Member, Office, Representative
from vto_desktop.services.members import belongs_on
from vto_desktop.services.representatives import held_on

# What is said of « cette personne » that may not sit.
NOT_ALLOWED: Final = {
    Eligibility.REPRESENTATIVES.value: "n’est ni adhérente ni représentante d’un adhérent",
    Eligibility.OTHER_BODY.value: "ne siège pas dans l’instance dont celle-ci est issue",
}


def eligible_persons(session: Session, body: Body, *, on: date) -> set[int] | None:
    """Return the ids of those who may sit in a body on a day; None when anyone may."""
    if body.eligibility == Eligibility.REPRESENTATIVES:
        return {person_id for person_id, _member_id in links(session, on=on)}
    if body.eligibility == Eligibility.OTHER_BODY and body.drawn_from_id is not None:
        return sitting_persons(session, body.drawn_from_id, on=on)
    return None


def links(session: Session, *, on: date, persons: Collection[int] | None = None) -> set[tuple[int, int]]:
    """Return (person, member) of those who represent a member on a day, or are the member themselves."""
    sent = (
        select(Representative.person_id, Representative.member_id)
        .join(Member, Representative.member_id == Member.id)
        .where(held_on(Representative, on), belongs_on(on))
    )
    own = select(Member.person_id, Member.id).where(Member.person_id.is_not(None), belongs_on(on))
    if persons is not None:
        sent = sent.where(Representative.person_id.in_(persons))
        own = own.where(Member.person_id.in_(persons))
    rows: Any = session.execute(union(sent, own))
    return {(person_id, member_id) for person_id, member_id in rows}


def sitting_persons(session: Session, body_id: int, *, on: date) -> set[int]:
    """Return the ids of those who hold a mandate of a body on a day, none for a member that left."""
    chosen = (
        select(Mandate.person_id)
        .join(Office, Mandate.office_id == Office.id)
        .outerjoin(Member, Mandate.member_id == Member.id)
        .where(Office.body_id == body_id, held_on(Mandate, on), belongs_on(on))
    )
    return set(session.scalars(chosen))


def is_seat_of_representatives(body: Body) -> bool:
    """Return whether a member fills its seat there itself, by whom it sends."""
    unsaid = body.eligibility == Eligibility.ANYONE and body.kind == BodyKind.COUNCIL
    return body.eligibility == Eligibility.REPRESENTATIVES or unsaid
