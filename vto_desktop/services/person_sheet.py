"""All that a person holds or held: memberships, representations, mandates, meetings attended."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Attendance,
    Body,
    Mandate,
    Meeting,
    Member,
    Office,
    Person,
    Presence,
    Representative,
)
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.reference import departement_name
from vto_desktop.services.representatives import rank_text
from vto_desktop.services.rows import get_row

RUNNING: Final = "En cours"
TO_COME: Final = "À venir"
ENDED: Final = "Terminé"
_RANK: Final = {RUNNING: 0, TO_COME: 1, ENDED: 2}
THERE: Final = frozenset({Presence.PRESENT.value})


@dataclass(frozen=True, slots=True)
class Held:
    """A seat, past or present, and the record to open."""

    table: str
    row_id: int
    title: str
    detail: str
    starts_on: date | None
    ends_on: date | None  # first day without it
    state: str


@dataclass(frozen=True, slots=True)
class Attended:
    """A meeting to which the person was called."""

    meeting_id: int
    held_on: date
    body: str
    presence: str
    detail: str  # through whom, or how late


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """A person with all seats and mandates, those that run first, then the latest."""

    person_id: int
    name: str
    email: str
    phone: str
    place: str
    held: tuple[Held, ...]
    attended: tuple[Attended, ...]

    @property
    def running(self) -> tuple[Held, ...]:
        """Return what is held today."""
        return tuple(each for each in self.held if each.state == RUNNING)

    @property
    def attendance(self) -> str:
        """Return « présente à 3 réunions sur 4 », or nothing for no meeting."""
        if not self.attended:
            return ""
        there = sum(each.presence in THERE for each in self.attended)
        return f"Présence à {french.count(there, 'réunion')} sur {french.number(len(self.attended))}"


def person_sheet(session: Session, person_id: int, *, today: date) -> PersonSheet:
    """Return all that a person holds or held, seen from a day; raises FICHE_ABSENTE."""
    person = get_row(session, Person, person_id)
    held = [
        *_memberships(session, person, today),
        *_representations(session, person, today),
        *_mandates(session, person, today),
    ]
    town = " ".join(filter(None, (person.postcode, person.city)))
    return PersonSheet(
        person_id,
        person.full_name,
        person.email,
        person.phone,
        ", ".join(filter(None, (town, departement_name(person.departement)))),
        tuple(sorted(held, key=_order)),
        _attended(session, person_id),
    )


def _order(each: Held) -> tuple[int, int, str]:
    starts = each.starts_on.toordinal() if each.starts_on is not None else 0
    return _RANK[each.state], -starts, each.title


def state_on(starts_on: date | None, ends_on: date | None, today: date) -> str:
    """Return whether a period runs on a day, is to come or ended."""
    if ends_on is not None and ends_on <= today:
        return ENDED
    return TO_COME if starts_on is not None and starts_on > today else RUNNING


def _memberships(session: Session, person: Person, today: date) -> list[Held]:
    rows = session.scalars(select(Member).where(Member.person_id == person.id))
    word = {"Mme": "Adhérente", "M.": "Adhérent"}.get(person.civility, "Adhérent·e")
    return [
        Held("member", row.id, word, "À titre personnel", row.joined_on, row.left_on,
             state_on(row.joined_on, row.left_on, today))
        for row in rows
    ]  # fmt: skip


def _representations(session: Session, person: Person, today: date) -> list[Held]:
    chosen = named(
        select(Representative, MEMBER_NAME, Member.left_on)
        .join(Member, Representative.member_id == Member.id)
        .where(Representative.person_id == person.id)
    )
    word = {"Mme": "Représentante", "M.": "Représentant"}.get(person.civility, "Représentant·e")
    found = []
    for row, name, left_on in session.execute(chosen):
        rank = rank_text(row.rank, person.civility)
        title = f"{word}{f' ({rank})' if rank else ''}{french.NBSP}: {name}"
        ends = _earliest(row.ends_on, left_on)
        found.append(
            Held("representative", row.id, title, row.capacity, row.starts_on, ends,
                 state_on(row.starts_on, ends, today))
        )  # fmt: skip
    return found


def _mandates(session: Session, person: Person, today: date) -> list[Held]:
    chosen = named(
        select(Mandate, Office, Body.name, MEMBER_NAME, Member.person_id, Member.left_on)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .outerjoin(Member, Mandate.member_id == Member.id)
        .where(Mandate.person_id == person.id)
    )
    found = []
    for row, office, body, member, own_id, left_on in session.execute(chosen):
        ends = _earliest(row.ends_on, left_on)
        in_name = f"au nom de «{french.NBSP}{member}{french.NBSP}»" if row.member_id is not None else ""
        in_name = "à titre personnel" if own_id == person.id else in_name
        title = f"{office.label_for(person)}{french.NBSP}: {body}"
        detail = ", ".join(filter(None, (in_name, row.capacity)))
        found.append(
            Held("mandate", row.id, title, detail, row.starts_on, ends, state_on(row.starts_on, ends, today))
        )
    return found


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _attended(session: Session, person_id: int) -> tuple[Attended, ...]:
    proxy = Person
    chosen = (
        select(Attendance, Meeting, Body.name, proxy)
        .join(Meeting, Attendance.meeting_id == Meeting.id)
        .join(Body, Meeting.body_id == Body.id)
        .outerjoin(proxy, Attendance.proxy_id == proxy.id)
        .where(Attendance.person_id == person_id)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc(), Attendance.id)
    )
    return tuple(
        Attended(meeting.id, meeting.held_on, body, row.presence, _how(row, by))
        for row, meeting, body, by in session.execute(chosen)
    )


def _how(row: Attendance, by: Person | None) -> str:
    if by is not None:
        return f"par {by.full_name}"
    return (
        f"à partir de {row.arrived_at.replace(':', f'{french.NBSP}h{french.NBSP}')}" if row.arrived_at else ""
    )
