"""Meetings of bodies: when, where and how they are held, convened in time or not."""

import re
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Attendance, Body, Decision, Meeting, MeetingKind
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    is_given,
    require,
    save_row,
    too_long,
)

TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def meeting_problems(row: Meeting) -> Problems:
    """Return what must be corrected before the meeting can be kept."""
    found = too_long(row) | require(row, {"held_on": "Indiquez la date de la réunion."})
    if not is_given(row, "body"):
        found["body_id"] = "Choisissez l’instance qui se réunit."
    if row.kind is not None and row.kind not in set(MeetingKind):
        found["kind"] = "Choisissez comment la réunion se tient."
    if row.time and not TIME.fullmatch(row.time):
        found["time"] = "Indiquez l’heure ainsi : 14:30."
    if row.convened_on is not None and row.held_on is not None and row.convened_on > row.held_on:
        found["convened_on"] = "La convocation doit précéder la réunion."
    return found


def meeting_warnings(session: Session, row: Meeting) -> Problems:
    """Return what looks wrong but may be kept: a meeting convened later than the body's rules ask."""
    body = session.get(Body, row.body_id) if row.body_id else None
    latest = latest_convening(body, row.held_on)
    if body is None or latest is None:
        return {}
    rule = f"délai de {french.count(body.notice_days or 0, 'jour')}"
    if row.convened_on is None:
        return {"convened_on": f"À convoquer au plus tard le {french.short_date(latest)} ({rule})."}
    if row.convened_on <= latest:
        return {}
    days = (row.held_on - row.convened_on).days
    before = f"{french.count(days, 'jour')} avant" if days else "le jour même"
    return {
        "convened_on": f"Convoquée {before}\u00a0: il fallait convoquer au plus tard le "
        f"{french.short_date(latest)} ({rule})."
    }


def latest_convening(body: Body | None, held_on: date | None) -> date | None:
    """Return the last day on which a meeting may be convened; None without a rule."""
    if body is None or held_on is None or not body.notice_days:
        return None
    if held_on.toordinal() <= body.notice_days:
        return None  # a day mistyped before any calendar
    return held_on - timedelta(days=body.notice_days)


def save_meeting(session: Session, row: Meeting) -> Meeting:
    """Keep a meeting; raises Invalid, also when what hangs on it would no longer be true."""
    found = meeting_problems(row)
    if not found and row.id is not None:
        found = _hanging(session, row)
    return save_row(session, row, found)


def _hanging(session: Session, row: Meeting) -> Problems:
    """Return why a meeting may not move: its decisions bear a year, its attendance is of its body."""
    found: Problems = {}
    with session.no_autoflush:
        years = session.scalars(select(Decision.year).where(Decision.meeting_id == row.id)).all()
        body_id = session.scalar(select(Meeting.body_id).where(Meeting.id == row.id))
        recorded = session.scalars(select(Attendance.id).where(Attendance.meeting_id == row.id)).first()
    if set(years) - {row.held_on.year}:
        found["held_on"] = (
            f"Les délibérations de cette réunion sont numérotées en {min(years)}\u00a0: elle reste dans "
            "cette année."
        )
    if recorded is not None and body_id != row.body_id:
        found["body_id"] = "Des présences de cette instance sont inscrites\u00a0: effacez-les d’abord."
    return found


def delete_meeting(session: Session, row_id: int) -> None:
    """Delete a meeting; raises ENCORE_UTILISE when it elected or decided something."""
    row = get_row(session, Meeting, row_id)
    delete_row(session, Meeting, row_id, name=f"{row.body.name} du {french.short_date(row.held_on)}")


def agenda_items(agenda: str) -> tuple[str, ...]:
    """Return the items of an agenda, one a line; numbers and dashes typed before them are left out."""
    bare = (
        re.sub(r"^\s*(?:\d{1,2}\s*[.)°]\s*|[-–—•*]\s+)", "", line).strip() for line in agenda.splitlines()
    )
    return tuple(line for line in bare if line)


def time_words(time: str) -> str:
    """Return « 14 h 30 », or « 14 h », as papers say it."""
    if not TIME.fullmatch(time):
        return time
    hour, minute = time.split(":")
    return f"{int(hour)}\u00a0h" + (f"\u00a0{minute}" if minute != "00" else "")
