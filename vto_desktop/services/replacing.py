"""A member sends somebody else: one stops, the other takes the rank and the seats held in its name."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid
from vto_desktop.model import Mandate, Representative
from vto_desktop.services import depending, mandates, representatives
from vto_desktop.services.eligibility import is_seat_of_representatives
from vto_desktop.services.members import member_name
from vto_desktop.services.rows import Problems, get_row


@dataclass
class Replacement:
    """What is decided: who comes, from which day, which mandates end, whether the seats pass on."""

    representative_id: int
    person_id: int | None = None
    capacity: str = ""
    on: date | None = None
    mandate_ids: Collection[int] = field(default_factory=list)
    takes_seats: bool = True


def replacement_problems(decided: Replacement, present: Representative) -> Problems:
    """Return what must be corrected before the replacement can be kept."""
    found: Problems = {}
    if decided.person_id is None:
        found["person_id"] = "Choisissez la personne qui remplace."
    elif decided.person_id == present.person_id:
        found["person_id"] = "C’est la même personne : choisissez celle qui la remplace."
    if decided.on is None:
        found["on"] = "Indiquez une date, par exemple 08/12/2021."
    elif present.starts_on is not None and decided.on <= present.starts_on:
        found["on"] = (
            f"La date doit suivre le {french.short_date(present.starts_on)}, début du rôle remplacé."
        )
    return found


def replace_representative(session: Session, decided: Replacement) -> Representative:
    """Keep a replacement; raises Invalid.

    Mandates end with the role as chosen; a seat of representatives passes to who comes, until its term. An
    office is not inherited: a body elects to it.
    """
    present = get_row(session, Representative, decided.representative_id)
    if found := replacement_problems(decided, present):
        raise Invalid(found)
    assert decided.on is not None  # noqa: S101 - else it is a problem
    representatives.end_representative(session, present.id, on=decided.on)
    came = representatives.save_representative(
        session,
        Representative(
            member_id=present.member_id,
            person_id=decided.person_id,
            rank=present.rank,
            position=present.position,
            capacity=decided.capacity,
            starts_on=decided.on,
        ),
    )
    reason = f"Ne représente plus {member_name(session, present.member_id)}."
    depending.end_depending(session, decided.mandate_ids, on=decided.on, reason=reason)
    if decided.takes_seats:
        for row_id in decided.mandate_ids:
            _pass_on(session, get_row(session, Mandate, row_id), came)
    return came


def _pass_on(session: Session, ended: Mandate, came: Representative) -> None:
    if ended.member_id == came.member_id and is_seat_of_representatives(ended.office.body):
        seat = Mandate(
            office_id=ended.office_id,
            person_id=came.person_id,
            member_id=came.member_id,
            capacity=came.capacity,
            starts_on=max(came.starts_on or date.min, ended.starts_on or date.min),
            term_on=ended.term_on,
        )
        mandates.save_mandate(session, seat)
