"""What is missing or contradicts itself in the bodies: vacant offices, doubles, mandates past their term…

Each finding says what, about whom, how grave it is, and the row that one act mends.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from vto_desktop import french
from vto_desktop.model import Body, BodyKind, BodySeats, College, Eligibility, Mandate, Office, Person
from vto_desktop.services.composition import Sitting, sittings
from vto_desktop.services.eligibility import eligible_persons, is_seat_of_representatives, links
from vto_desktop.services.rows import get_row

RANK: Final = {"danger": 0, "warn": 1, "info": 2}
NOT_ELIGIBLE: Final = {
    Eligibility.REPRESENTATIVES.value: "n’est ni adhérent ni représentant d’un adhérent",
    Eligibility.OTHER_BODY.value: "ne siège pas dans l’instance dont celle-ci est issue",
}


class Act(StrEnum):
    """What mends a finding."""

    ELECT = "elect"  # somebody to an office
    RENEW = "renew"  # a body
    END = "end"  # a mandate
    SEE = "see"  # a mandate
    SEND = "send"  # a representative for a member
    LEAVE = "leave"  # all that a member that left still has
    SEATS = "seats"  # of a body


ACTIONS: Final = {
    Act.ELECT: "Élire…", Act.RENEW: "Renouveler…", Act.END: "Mettre fin…", Act.SEE: "Voir",
    Act.SEND: "Désigner…", Act.LEAVE: "Mettre fin…", Act.SEATS: "Voir l’instance",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to check; ``row_id`` is the office, mandate, member or body that ``act`` is about."""

    tone: str  # "danger", "warn" or "info"
    body_id: int | None  # None: about members, whatever the body
    title: str
    detail: str
    act: Act
    row_id: int

    @property
    def action(self) -> str:
        """Return the text of its button."""
        return ACTIONS[self.act]


def serious(session: Session, bureau: Body | None, sitting: Sequence[Sitting], *, on: date) -> list[Finding]:
    """Return what cannot wait: two holders of an office in any body, and none in the bureau."""
    found = [each for each in _two_holders(session, None, on) if each.tone == "danger"]
    if bureau is not None:
        found += _vacant(bureau, sitting)
    return found


def findings_of(
    session: Session, body: Body, *, on: date, sitting: Sequence[Sitting] | None = None
) -> list[Finding]:
    """Return what is to be checked in one body on a day, the gravest first; ``sitting`` when it is known."""
    if sitting is None:
        sitting = sittings(session, body.id, on=on)
    found = [
        *_two_holders(session, body, on),
        *_past_term(session, body, on),
        *_twice(body, sitting),
        *_not_eligible(session, body, sitting, on),
        *_vacant(body, sitting),
        *_seats(session, body, sitting),
    ]
    return sorted(found, key=lambda each: RANK[each.tone])


# --- offices -------------------------------------------------------------------------------------


def _vacant(body: Body, sitting: Sequence[Sitting]) -> Iterator[Finding]:
    """Find offices of one holder without one, where anybody sits at all."""
    held = {each.figure.office_id for each in sitting}
    if not held:
        return
    tone = "warn" if body.kind == BodyKind.BUREAU else "info"
    for office in body.offices:
        if office.is_unique and office.id not in held:
            yield Finding(tone, body.id, "Fonction vacante", office.label, Act.ELECT, office.id)


def _two_holders(session: Session, body: Body | None, on: date) -> Iterator[Finding]:
    """Find offices of one holder, of one body or of all, that two persons hold on the same day, any day."""
    one, other = aliased(Mandate), aliased(Mandate)
    chosen = (  # ids alone: there are hardly ever any, and asking for five whole rows takes its time
        select(Office.body_id, one.id, other.id)
        .join(one, one.office_id == Office.id)
        .join(other, and_(other.office_id == Office.id, other.id > one.id, other.person_id != one.person_id))
        .where(Office.is_unique.is_(True), _meet(one, other))
        .order_by(Office.body_id, Office.position, one.id, other.id)
    )
    if body is not None:
        chosen = chosen.where(Office.body_id == body.id)
    for body_id, mandate_id, rival_id in session.execute(chosen).all():
        mandate, rival = get_row(session, Mandate, mandate_id), get_row(session, Mandate, rival_id)
        persons = [get_row(session, Person, each.person_id) for each in (mandate, rival)]
        starts = max(mandate.starts_on or date.min, rival.starts_on or date.min)
        ends = min(mandate.ends_on or date.max, rival.ends_on or date.max)
        earlier = min(mandate, rival, key=lambda each: (each.starts_on or date.min, each.id))
        yield Finding(
            "danger" if ends > on else "warn",
            body_id,
            f"Deux titulaires{french.NBSP}: {mandate.office.label}",
            f"{french.listed([each.full_name for each in persons])}{_period(starts, ends)}",
            Act.END if ends > on else Act.SEE,
            earlier.id,
        )


def _meet(one: Any, other: Any) -> Any:
    """Return « there is a day on which both are held »; the SQL of ``mandates.overlap``."""

    def starts(row: Any) -> Any:
        return func.coalesce(row.starts_on, date.min)

    def ends(row: Any) -> Any:
        return func.coalesce(row.ends_on, date.max)

    return and_(
        starts(one) < ends(other),
        starts(other) < ends(one),
        starts(one) < ends(one),
        starts(other) < ends(other),
    )


def _period(starts: date, ends: date) -> str:
    since = f", depuis le {french.short_date(starts)}" if starts > date.min else ""
    return since if ends == date.max else f"{since or ','} jusqu’au {french.short_date(ends)}"


def _past_term(session: Session, body: Body, on: date) -> Iterator[Finding]:
    chosen = (
        select(Mandate, Person)
        .join(Office, Mandate.office_id == Office.id)
        .join(Person, Mandate.person_id == Person.id)
        .where(
            Office.body_id == body.id, Mandate.term_on < on,
            or_(Mandate.ends_on.is_(None), Mandate.ends_on > on),
        )
        .order_by(Mandate.term_on, Office.position, Mandate.id)
    )  # fmt: skip
    for mandate, person in session.execute(chosen):
        said = f"{person.full_name}, {mandate.office.label_for(person)}, terme le "
        said += french.short_date(mandate.term_on)
        yield Finding("danger", body.id, "Mandat au-delà de son terme", said, Act.RENEW, mandate.id)


# --- persons -------------------------------------------------------------------------------------


def _twice(body: Body, sitting: Sequence[Sitting]) -> Iterator[Finding]:
    """Find persons who sit twice; for two members in a body of representatives, that is right."""
    by_seat = is_seat_of_representatives(body)
    held: dict[tuple[int, int | None], list[Sitting]] = {}
    for each in sitting:
        held.setdefault((each.figure.person_id, each.member_id if by_seat else None), []).append(each)
    for (_person, member_id), mandates in held.items():
        if len(mandates) > 1:
            what = french.listed([each.figure.office for each in mandates])
            where = f", {mandates[0].figure.member}" if member_id is not None else ""
            last = max(each.figure.mandate_id for each in mandates)
            said = f"{mandates[0].figure.person}{french.NBSP}: {what}{where}"
            yield Finding("warn", body.id, "Deux fois dans l’instance", said, Act.SEE, last)


def _not_eligible(session: Session, body: Body, sitting: Sequence[Sitting], on: date) -> Iterator[Finding]:
    """Find who sits against the rule of the body, or for a member that is not represented by them."""
    allowed = eligible_persons(session, body, on=on)
    bound = links(session, on=on, persons={each.figure.person_id for each in sitting})
    for each in sitting:
        figure = each.figure
        if each.member_id is not None and (figure.person_id, each.member_id) not in bound:
            member = f"«{french.NBSP}{figure.member}{french.NBSP}»"
            said = f"{figure.person} siège au nom de {member} sans le représenter"
        elif allowed is not None and figure.person_id not in allowed:
            said = f"{figure.person}, {figure.office}, {NOT_ELIGIBLE[body.eligibility]}"
        else:
            continue
        yield Finding("warn", body.id, "Ne remplit pas la règle", said, Act.END, figure.mandate_id)


# --- seats ---------------------------------------------------------------------------------------


def _seats(session: Session, body: Body, sitting: Sequence[Sitting]) -> Iterator[Finding]:
    """Find colleges with more or fewer seats held than the body gives them; nobody at all is no gap."""
    if not sitting:
        return
    by_college: Counter[str] = Counter()
    for college, *_seat in {(each.college, each.member_id or -each.figure.mandate_id) for each in sitting}:
        by_college[college] += 1
    chosen = (
        select(BodySeats.seats, College.name)
        .outerjoin(College, BodySeats.college_id == College.id)
        .where(BodySeats.body_id == body.id)
        .order_by(College.position, BodySeats.id)
    )
    for seats, college in session.execute(chosen):
        held = by_college[college] if college is not None else by_college.total()
        said = f"{college or 'En tout'}{french.NBSP}: {french.count(held, 'siège pourvu', 'sièges pourvus')} "
        said += f"pour {french.number(seats)}"
        if held > seats:
            yield Finding("warn", body.id, "Trop de sièges", said, Act.SEATS, body.id)
        elif held < seats:
            yield Finding("info", body.id, "Sièges à pourvoir", said, Act.SEATS, body.id)
