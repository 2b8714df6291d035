"""Mandates: who holds which office, from when to when."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid
from vto_desktop.model import Body, Mandate, Member, Office, Person, Representative
from vto_desktop.services.days import months_after
from vto_desktop.services.eligibility import NOT_ALLOWED, eligible_persons, links
from vto_desktop.services.members import belongs_on
from vto_desktop.services.representatives import held_on
from vto_desktop.services.rows import Problems, delete_row, get_row, in_order, is_given, save_row, too_long


def mandate_problems(row: Mandate) -> Problems:
    """Return what must be corrected before the mandate can be kept."""
    found = too_long(row)
    if not is_given(row, "office"):
        found["office_id"] = "Choisissez la fonction."
    if not is_given(row, "person"):
        found["person_id"] = "Choisissez la personne."
    found |= in_order(row, "starts_on", "ends_on", "La fin doit suivre le début.")
    return found | in_order(row, "starts_on", "term_on", "Le terme prévu doit suivre le début.")


def mandate_warnings(session: Session, row: Mandate) -> Problems:
    """Return what looks wrong but may be kept: an office of one holder held by two, a person not allowed."""
    office = session.get(Office, row.office_id) if row.office_id else None
    if office is None:
        return {}
    return _double(session, row, office) | _against_rule(session, row, office.body)


def _double(session: Session, row: Mandate, office: Office) -> Problems:
    if not office.is_unique:
        return {}
    others = select(Mandate, Person).join(Person).where(
        Mandate.office_id == office.id, Mandate.id != (row.id or 0)
    )  # fmt: skip
    for other, person in session.execute(others):
        if overlap(row, other):
            return {"office_id": f"{person.full_name} exerce déjà cette fonction à ces dates."}
    return {}


def _against_rule(session: Session, row: Mandate, body: Body) -> Problems:
    """Return why a person may not sit on the first day, by the rule of the body or of the seat."""
    if row.person_id is None or row.starts_on is None:
        return {}
    if row.member_id is not None:
        bound = links(session, on=row.starts_on, persons=[row.person_id])
        if (row.person_id, row.member_id) not in bound:
            return {"member_id": "Cette personne ne représente pas cet adhérent à cette date."}
    allowed = eligible_persons(session, body, on=row.starts_on)
    if allowed is None or row.person_id in allowed:
        return {}
    return {"person_id": f"Cette personne {NOT_ALLOWED[body.eligibility]} à cette date."}


def overlap(one: Mandate, other: Mandate) -> bool:
    """Return whether there is a day on which both are held."""
    starts = max(one.starts_on or date.min, other.starts_on or date.min)
    return starts < min(one.ends_on or date.max, other.ends_on or date.max)


def term_of(session: Session, office_id: int, starts_on: date) -> date | None:
    """Return the planned end of a mandate that begins on a day, by the rule of its body, if there is one."""
    chosen = select(Body.term_months).join(Office, Office.body_id == Body.id).where(Office.id == office_id)
    months = session.scalar(chosen)
    return None if months is None else months_after(starts_on, months)


def sent_as(session: Session, person_id: int, *, on: date) -> tuple[int, str] | None:
    """Return the one member that a person represents on a day, and the capacity; None for none or more."""
    chosen = (
        select(Representative.member_id, Representative.capacity)
        .join(Member, Representative.member_id == Member.id)
        .where(Representative.person_id == person_id, held_on(Representative, on), belongs_on(on))
    )
    rows = session.execute(chosen).all()
    return (rows[0][0], rows[0][1]) if len(rows) == 1 else None


def concerns(member_id: int) -> ColumnElement[bool]:
    """Return « a mandate held in the member's name, or in no name by the person it is or is sent by »."""
    sent = select(Representative.person_id).where(Representative.member_id == member_id)
    own = select(Member.person_id).where(Member.id == member_id, Member.person_id.is_not(None))
    in_no_name = Mandate.member_id.is_(None)
    own_or_sent = or_(Mandate.person_id.in_(sent), Mandate.person_id.in_(own))
    return or_(Mandate.member_id == member_id, in_no_name & own_or_sent)


def save_mandate(session: Session, row: Mandate) -> Mandate:
    """Keep a mandate; raises Invalid."""
    return save_row(session, row, mandate_problems(row))


def end_mandate(session: Session, row_id: int, *, on: date, reason: str = "") -> Mandate:
    """End a mandate: ``on`` is the first day on which it is no longer held; raises Invalid."""
    row = get_row(session, Mandate, row_id)
    if row.starts_on is not None and on < row.starts_on:
        raise Invalid({"ends_on": f"La fin doit suivre le début, le {french.short_date(row.starts_on)}."})
    row.ends_on = on
    if reason:
        row.notes = "\n".join(filter(None, (row.notes, french.clean(reason, keep_lines=True))))
    session.flush()
    return row


def delete_mandate(session: Session, row_id: int) -> None:
    """Delete a mandate entered by mistake; one that ended gets an end instead."""
    row = get_row(session, Mandate, row_id)
    delete_row(session, Mandate, row_id, name=f"{row.office.label_for(row.person)}, {row.person.full_name}")
