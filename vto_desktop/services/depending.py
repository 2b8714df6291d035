"""Mandates that fall with a seat: what hangs on a member, or on one of those it sends, from a day on.

Nothing here ends anything by itself: the mandates found are shown, and those chosen are then ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Body, Eligibility, Mandate, Member, Office, Person, Representative
from vto_desktop.services.eligibility import links
from vto_desktop.services.mandates import end_mandate
from vto_desktop.services.members import member_name
from vto_desktop.services.rows import get_row


@dataclass(frozen=True, slots=True)
class Depending:
    """A mandate that hangs on a seat, and why; ``is_certain`` when the rules of its body say so."""

    mandate_id: int
    person: str
    office: str  # in the person's gender
    body: str
    reason: str
    is_certain: bool

    @property
    def title(self) -> str:
        """Return « Magalie TOUET : présidente (Bureau) »."""
        return f"{self.person}{french.NBSP}: {self.office[:1].lower()}{self.office[1:]} ({self.body})"


@dataclass(frozen=True, slots=True)
class _Running:
    """A mandate that goes on from a day, or begins later."""

    mandate: Mandate
    office: str
    body: Body
    person: Person

    def is_held_on(self, on: date) -> bool:
        """Return whether it is held on the day itself; its end is known to be later."""
        return self.mandate.starts_on is None or self.mandate.starts_on <= on


def depending_on(
    session: Session, member_id: int, *, on: date, representative_id: int | None = None
) -> list[Depending]:
    """Return what hangs on a member that leaves on a day, or on one of its representatives who stops then.

    First the mandates held in the member's name; then those that were held thanks to them: in a body of
    representatives by someone who represents nobody any more, in a body drawn from another (the bureau from
    the council) by someone who sits there no more. In a body without a rule the latter are not certain.
    """
    gone = _going(session, member_id, representative_id, on)
    if not gone:
        return []
    running = _running(session, gone, on)
    bound = {person_id for person_id, by in links(session, on=on, persons=gone) if by != member_id}
    name = member_name(session, member_id)
    fallen = {
        each.mandate.id: Depending(
            *_words(each), f"au nom de «{french.NBSP}{name}{french.NBSP}»", is_certain=True
        )
        for each in running
        if each.mandate.member_id == member_id
    }
    while True:
        more = {
            each.mandate.id: found
            for each in running
            if each.mandate.id not in fallen and (found := _fall(each, running, fallen, bound, on))
        }
        if not more:
            break
        fallen |= more
    return [fallen[each.mandate.id] for each in running if each.mandate.id in fallen]


def end_depending(session: Session, mandate_ids: Iterable[int], *, on: date, reason: str) -> None:
    """End mandates on a day; one that had not begun yet ends when it begins, hence is never held."""
    for row_id in mandate_ids:
        starts = get_row(session, Mandate, row_id).starts_on
        end_mandate(session, row_id, on=max(on, starts or on), reason=reason)


def _going(session: Session, member_id: int, representative_id: int | None, on: date) -> set[int]:
    """Return the persons who will speak for the member no more."""
    lasting = or_(Representative.ends_on.is_(None), Representative.ends_on > on)
    sent = select(Representative.person_id).where(Representative.member_id == member_id, lasting)
    if representative_id is not None:
        person_id = get_row(session, Representative, representative_id).person_id
        others = sent.where(Representative.id != representative_id, Representative.person_id == person_id)
        return {person_id} if session.scalars(others).first() is None else set()
    seated = select(Mandate.person_id).where(Mandate.member_id == member_id)
    own = session.scalar(select(Member.person_id).where(Member.id == member_id))
    return {*session.scalars(sent), *session.scalars(seated), *([own] if own is not None else [])}


def _running(session: Session, persons: set[int], on: date) -> list[_Running]:
    goes_on = or_(Mandate.ends_on.is_(None), Mandate.ends_on > on)
    is_ever_held = or_(
        Mandate.ends_on.is_(None), Mandate.starts_on.is_(None), Mandate.ends_on > Mandate.starts_on
    )
    chosen = (
        select(Mandate, Office, Body, Person)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .join(Person, Mandate.person_id == Person.id)
        .where(Mandate.person_id.in_(persons), goes_on, is_ever_held)
        .order_by(Body.position, Body.id, Office.position, Person.sort_key, Mandate.id)
    )
    return [
        _Running(mandate, office.label_for(person), body, person)
        for mandate, office, body, person in session.execute(chosen)
    ]


def _words(each: _Running) -> tuple[int, str, str, str]:
    return each.mandate.id, each.person.full_name, each.office, each.body.name


def _fall(
    each: _Running, running: list[_Running], fallen: dict[int, Depending], bound: set[int], on: date
) -> Depending | None:
    """Return why a mandate not held in the member's name falls all the same, if it does."""
    if each.body.eligibility == Eligibility.OTHER_BODY:
        source = each.body.drawn_from_id
        held = [
            other
            for other in running
            if other.person.id == each.person.id and other.body.id == source and other.is_held_on(on)
        ]
        if held:
            if any(other.mandate.id not in fallen for other in held):
                return None
            certain = all(fallen[other.mandate.id].is_certain for other in held)
            lost = f"siège perdu dans «{french.NBSP}{held[0].body.name}{french.NBSP}»"
            return Depending(*_words(each), lost, is_certain=certain)
    if each.mandate.member_id is not None or each.person.id in bound:
        return None
    certain = each.body.eligibility == Eligibility.REPRESENTATIVES
    return Depending(*_words(each), "la personne ne représente plus aucun adhérent", is_certain=certain)
