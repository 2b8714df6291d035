"""What the page of governance asks the dossier."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from vto_desktop.model import (
    Body,
    BodyKind,
    College,
    Mandate,
    Meeting,
    Member,
    Office,
    Organisation,
    Person,
)
from vto_desktop.services.body_words import meeting_words
from vto_desktop.services.composition import LAST
from vto_desktop.services.figures import MandateFigure
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.person_sheet import ENDED, state_on
from vto_desktop.ui.pages.governance.timeline.lanes import Bar


@dataclass(frozen=True)
class Held:
    """A mandate held on a date, as the composition shows it."""

    figure: MandateFigure
    college: str
    member_id: int | None = None

    @property
    def is_woman(self) -> bool | None:
        """Return whether a woman holds it; None when the civility is unknown."""
        return {"Mme": True, "M.": False}.get(self.figure.civility)


def bodies(session: Session) -> list[tuple[int, str, str]]:
    """Return id, name and kind of the bodies, in printed order."""
    rows = session.execute(select(Body.id, Body.name, Body.kind).order_by(Body.position, Body.id))
    return list(rows)


def bars_of(session: Session, body: Body) -> list[Bar]:
    """Return every mandate of a body, past and present: by office, or by member where members send."""
    chosen = (
        named(
            select(Mandate, Office, Person, MEMBER_NAME, Member.left_on, Meeting)
            .join(Office, Mandate.office_id == Office.id)
            .join(Person, Mandate.person_id == Person.id)
            .outerjoin(Member, Mandate.member_id == Member.id)
            .outerjoin(College, Member.college_id == College.id)
            .outerjoin(Meeting, Mandate.elected_at_id == Meeting.id)
        )
        .where(Office.body_id == body.id)
        .order_by(*_lane_order(body))
    )
    by_seat = body.kind == BodyKind.COUNCIL
    return [_bar(*row, by_seat=by_seat) for row in session.execute(chosen)]


def _lane_order(body: Body) -> tuple[Any, ...]:
    """Return the order of lanes, which is that of the table beside."""
    if body.kind == BodyKind.COUNCIL:
        place = func.coalesce(College.position, LAST)
        return place, func.coalesce(Member.sort_key, Person.sort_key), Person.sort_key, Mandate.id
    return Office.position, Office.id, Person.sort_key, Mandate.id


def _bar(
    mandate: Mandate, office: Office, person: Person, member: str | None, left_on: date | None,
    meeting: Meeting | None, *, by_seat: bool,
) -> Bar:  # fmt: skip
    ends = [day for day in (mandate.ends_on, left_on) if day is not None]
    label = office.label_for(person)
    seat = member or person.full_name
    return Bar(
        mandate.id,
        seat if by_seat else label,
        person.full_name,
        mandate.starts_on,
        min(ends, default=None),
        mandate.term_on,
        group=(mandate.member_id or -person.id) if by_seat else office.id,
        office=f"{label}, {seat}" if by_seat else label,
        elected_on=meeting.held_on if meeting is not None else None,
        elected=meeting_words(meeting) if meeting is not None else "",
    )


def change_days(session: Session, body_id: int) -> list[date]:
    """Return the days on which the composition of a body changed or will change."""
    chosen = select(Mandate.starts_on, Mandate.ends_on).join(Office).where(Office.body_id == body_id)
    days = {day for row in session.execute(chosen) for day in row if day is not None}
    return sorted(days)


def mandate_rows(session: Session, today: date) -> list[tuple[Any, ...]]:
    """Return every mandate, past and present: running ones first, in printed order."""
    chosen = (
        select(Mandate, Office, Person, Body.name, Meeting.held_on, Organisation.name)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .join(Person, Mandate.person_id == Person.id)
        .outerjoin(Meeting, Mandate.elected_at_id == Meeting.id)
        .outerjoin(Member, Mandate.member_id == Member.id)
        .outerjoin(Organisation, Member.organisation_id == Organisation.id)
        .order_by(Body.position, Office.position, Mandate.starts_on.desc(), Person.sort_key, Mandate.id)
    )
    found = [
        (
            mandate.id, body, office.label_for(person), person.full_name, name, mandate.starts_on,
            mandate.term_on, mandate.ends_on, elected_on, mandate.declared_on, state_of(mandate, today),
        )
        for mandate, office, person, body, elected_on, name in session.execute(chosen)
    ]  # fmt: skip
    return sorted(found, key=lambda row: row[-1] == ENDED)


def state_of(mandate: Mandate, today: date) -> str:
    """Return whether a mandate runs, is to come or ended."""
    return state_on(mandate.starts_on, mandate.ends_on, today)


def meeting_rows(session: Session) -> list[tuple[Any, ...]]:
    """Return the meetings, the latest first."""
    chosen = select(Meeting, Body.name).join(Body).order_by(Meeting.held_on.desc(), Meeting.id.desc())
    return [
        (row.id, row.held_on, row.time or None, body, row.title or None, row.kind, row.place or None)
        for row, body in session.execute(chosen)
    ]


def office_rows(session: Session, body_id: int) -> list[tuple[Any, ...]]:
    """Return the offices of a body, in printed order."""
    electing = aliased(Body)
    chosen = (
        select(Office, electing.name)
        .outerjoin(electing, Office.elected_by_id == electing.id)
        .where(Office.body_id == body_id)
        .order_by(Office.position, Office.id)
    )
    return [
        (
            row.id, row.label, row.masculine or None, row.feminine or None, "Oui" if row.is_unique else "Non",
            elected_by,
        )
        for row, elected_by in session.execute(chosen)
    ]  # fmt: skip


def college_rows(session: Session) -> list[tuple[Any, ...]]:
    """Return the colleges, in their order."""
    chosen = select(College).order_by(College.position, College.id)
    return [(row.id, row.name) for row in session.scalars(chosen)]
