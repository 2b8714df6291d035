"""Renewing a body from a meeting: the officers of the eve and what becomes of each, kept in one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid
from vto_desktop.model import Body, Mandate, Meeting, Office, Person
from vto_desktop.services import composition, mandates
from vto_desktop.services.eligibility import NOT_ALLOWED, eligible_persons, is_seat_of_representatives
from vto_desktop.services.rows import Problems, get_row


class Fate(StrEnum):
    """What an election does to a mandate or an office; the value is the label that users read."""

    REELECTED = "Réélire"  # the mandate ends, the same person begins another
    UNCHANGED = "Ne rien changer"  # the election is not about it
    REPLACED = "Remplacer par…"
    VACANT = "Laisser vacant"
    ELECTED = "Élire…"  # nobody held it


@dataclass
class Place:
    """One holder of an office on the eve, or an office to fill, and what is decided about it."""

    office_id: int
    office: str  # in the holder's gender
    fate: Fate
    mandate_id: int | None = None  # of the holder; None where somebody comes in addition
    holder: str = ""
    person_id: int | None = None  # who replaces, or is elected in addition
    member_id: int | None = None
    capacity: str = ""


@dataclass
class Renewal:
    """An election in a body: by which meeting, from which day, until when, and the fate of each place."""

    body_id: int
    on: date | None = None
    meeting_id: int | None = None
    term_on: date | None = None
    places: list[Place] = field(default_factory=list)


def proposed(session: Session, body_id: int, *, on: date) -> list[Place]:
    """Return the officers of the eve, in printed order, all to be elected again, and the empty offices.

    Where members fill the seats by whom they send, nothing changes unless somebody says so.
    """
    is_sent = is_seat_of_representatives(get_row(session, Body, body_id))
    usual = Fate.UNCHANGED if is_sent else Fate.REELECTED
    held = composition.composition(session, body_id, on=on - timedelta(days=1))
    offices = select(Office).where(Office.body_id == body_id).order_by(Office.position, Office.id)
    found = []
    for office in session.scalars(offices):
        holders = [each for each in held if each.office_id == office.id]
        found += [Place(office.id, each.office, usual, each.mandate_id, each.person) for each in holders]
        if not holders:
            found.append(empty_place(office))
    return found


def empty_place(office: Office) -> Place:
    """Return an office that nobody holds, or one more of it."""
    return Place(office.id, office.label, Fate.VACANT)


def comes(place: Place) -> bool:
    """Return whether somebody new is chosen for a place."""
    return place.fate in (Fate.REPLACED, Fate.ELECTED)


def taken(place: Place, by: Place) -> Place:
    """Return a place with who was chosen for its office when another held it on the eve, or nobody."""
    return replace(
        place,
        fate=Fate.ELECTED if place.mandate_id is None else Fate.REPLACED,
        person_id=by.person_id,
        member_id=by.member_id,
        capacity=by.capacity,
    )


# --- problems ------------------------------------------------------------------------------------


def renewal_problems(session: Session, decided: Renewal) -> Problems:
    """Return what must be corrected before a renewal can be kept: those of a place carry its number."""
    if decided.on is None:
        return {"on": "Indiquez le jour où les nouveaux mandats commencent."}
    found: Problems = {}
    meeting = get_row(session, Meeting, decided.meeting_id) if decided.meeting_id is not None else None
    if meeting is not None and decided.on < meeting.held_on:
        found["on"] = f"La réunion qui élit se tient le {french.short_date(meeting.held_on)}, après ce jour."
    if decided.term_on is not None and decided.term_on < decided.on:
        found["term_on"] = "Le terme prévu doit suivre le début."
    for number, place in enumerate(decided.places):
        if comes(place) and place.person_id is None:
            found[f"person_{number}"] = "Choisissez la personne élue."
        elif place.fate is Fate.REPLACED and place.person_id == _holder(session, place):
            found[f"person_{number}"] = "C’est la même personne : choisissez «\u00a0Réélire\u00a0»."
    if not any(_begins(place) or _ends(place) for place in decided.places):
        found["places"] = "Rien ne change : choisissez au moins une élection ou un départ."
    return _doubles(session, decided, decided.on) | found


def _begins(place: Place) -> bool:
    return comes(place) or place.fate is Fate.REELECTED


def _ends(place: Place) -> bool:
    return place.mandate_id is not None and place.fate is not Fate.UNCHANGED


def _holder(session: Session, place: Place) -> int | None:
    return get_row(session, Mandate, place.mandate_id).person_id if place.mandate_id is not None else None


def _after(session: Session, decided: Renewal) -> dict[int, int]:
    """Return who holds each place once the election is kept, by its number; nobody is left out."""
    found = {}
    for number, place in enumerate(decided.places):
        stays = place.fate in (Fate.REELECTED, Fate.UNCHANGED)
        person_id = place.person_id if comes(place) else _holder(session, place) if stays else None
        if person_id is not None:
            found[number] = person_id
    return found


def _doubles(session: Session, decided: Renewal, on: date) -> Problems:
    """Return the places by which an office of one holder would have two."""
    after, others = _after(session, decided), _others(session, decided, on)
    found: Problems = {}
    for number in after:
        place = decided.places[number]
        if not _begins(place) or not get_row(session, Office, place.office_id).is_unique:
            continue
        same = [n for n in after if n != number and decided.places[n].office_id == place.office_id]
        if same or place.office_id in others:
            who = others.get(place.office_id, "Une autre ligne")
            where = f"person_{number}" if comes(place) else f"fate_{number}"
            found[where] = (
                f"Cette fonction n’a qu’un titulaire{french.NBSP}: {who} l’occupe aussi. "
                "Mettez d’abord fin à son mandat, ou changez l’autre ligne."
            )
    return found


def _others(session: Session, decided: Renewal, on: date) -> dict[int, str]:
    """Return who holds offices of the body from that day on by mandates that the election does not touch."""
    known = [place.mandate_id for place in decided.places if place.mandate_id is not None]
    chosen = (
        select(Mandate, Person)
        .join(Office, Mandate.office_id == Office.id)
        .join(Person, Mandate.person_id == Person.id)
        .where(Office.body_id == decided.body_id, Mandate.id.not_in(known))
    )
    begun = Mandate(starts_on=on)
    return {
        row.office_id: person.full_name
        for row, person in session.execute(chosen)
        if mandates.overlap(row, begun)
    }


def renewal_warnings(session: Session, decided: Renewal) -> Problems:
    """Return what looks wrong but may be kept: the same person at two places, or against the body's rule."""
    if decided.on is None:
        return {}
    body, after = get_row(session, Body, decided.body_id), _after(session, decided)
    allowed = eligible_persons(session, body, on=decided.on)
    found: Problems = {}
    for number, person_id in after.items():
        if not comes(decided.places[number]):
            continue
        if allowed is not None and person_id not in allowed:
            found[f"person_{number}"] = f"Cette personne {NOT_ALLOWED[body.eligibility]} à cette date."
        elif not is_seat_of_representatives(body) and list(after.values()).count(person_id) > 1:
            found[f"person_{number}"] = "Cette personne figure aussi à une autre ligne."
    return found


# --- keeping -------------------------------------------------------------------------------------


def renew(session: Session, decided: Renewal) -> list[Mandate]:
    """Keep an election: end the mandates it closes on its day and begin the new ones; raises Invalid.

    A mandate that ended before, or on that very day, keeps its end.
    """
    if found := renewal_problems(session, decided):
        raise Invalid(found)
    assert decided.on is not None  # noqa: S101 - else it is a problem
    made = []
    for place in decided.places:
        present = get_row(session, Mandate, place.mandate_id) if place.mandate_id is not None else None
        if present is not None and _ends(place) and (present.ends_on is None or present.ends_on > decided.on):
            mandates.end_mandate(session, present.id, on=decided.on)
        if (row := _begun(decided, place, present)) is not None:
            made.append(mandates.save_mandate(session, row))
    return made


def _begun(decided: Renewal, place: Place, present: Mandate | None) -> Mandate | None:
    row = Mandate(
        office_id=place.office_id,
        elected_at_id=decided.meeting_id,
        starts_on=decided.on,
        term_on=decided.term_on,
    )
    if comes(place):
        row.person_id, row.member_id, row.capacity = place.person_id, place.member_id, place.capacity  # type: ignore[assignment]  # checked above
        return row
    if place.fate is Fate.REELECTED and present is not None:
        row.person_id, row.member_id, row.capacity = present.person_id, present.member_id, present.capacity
        return row
    return None


def electing_bodies(session: Session, body_id: int) -> set[int]:
    """Return the bodies that elect to the offices of a body; none when the rules do not say."""
    chosen = select(Office.elected_by_id).where(Office.body_id == body_id)
    return {row_id for row_id in session.scalars(chosen) if row_id is not None}


def electing_meetings(session: Session, body_id: int) -> Sequence[Meeting]:
    """Return the meetings that may elect in a body: of those that elect its offices, the latest first."""
    chosen = select(Meeting).order_by(Meeting.held_on.desc(), Meeting.id.desc())
    if electing := electing_bodies(session, body_id):
        chosen = chosen.where(Meeting.body_id.in_(electing))
    return session.scalars(chosen).all()


def next_meeting(session: Session, body_id: int) -> int | None:
    """Return the latest meeting that elects in a body and did not yet, after the start of all mandates."""
    if not electing_bodies(session, body_id):
        return None
    began = (
        select(Mandate.starts_on, Mandate.elected_at_id)
        .join(Office, Mandate.office_id == Office.id)
        .where(Office.body_id == body_id)
    )
    rows = session.execute(began).all()
    latest = max((day for day, _meeting in rows if day is not None), default=date.min)
    used = {meeting_id for _day, meeting_id in rows}
    meetings = electing_meetings(session, body_id)
    return next((row.id for row in meetings if row.id not in used and row.held_on > latest), None)


def bodies_with_offices(session: Session) -> Iterable[tuple[int, str]]:
    """Return id and name of the bodies that can be renewed, in printed order."""
    chosen = select(Body.id, Body.name).where(Body.id.in_(select(Office.body_id))).order_by(Body.position)
    return [(row_id, name) for row_id, name in session.execute(chosen)]


def electable(session: Session, meeting_id: int) -> list[tuple[int, str]]:
    """Return id and name of the bodies that a meeting elects; those with offices when no rule says so."""
    body_id = get_row(session, Meeting, meeting_id).body_id
    found = list(bodies_with_offices(session))
    elected = [(row_id, name) for row_id, name in found if body_id in electing_bodies(session, row_id)]
    return elected or found


def outcome(decided: Renewal) -> str:
    """Return « 5 réélections, 1 arrivée et 1 départ », said once it is kept."""
    counts = (
        (Fate.REELECTED, "réélection"), (Fate.REPLACED, "remplacement"), (Fate.ELECTED, "nouvelle élection"),
    )  # fmt: skip
    plural = {"nouvelle élection": "nouvelles élections"}
    said = [
        french.count(number, word, plural.get(word))
        for fate, word in counts
        if (number := sum(place.fate is fate for place in decided.places))
    ]
    left = sum(place.fate is Fate.VACANT and place.mandate_id is not None for place in decided.places)
    if left:
        said.append(french.count(left, "départ"))
    return french.listed(said)
