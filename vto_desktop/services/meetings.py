"""Meetings of bodies: when, where and how they were held."""

import re
from typing import Final

from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Meeting, MeetingKind
from vto_desktop.services.rows import Problems, delete_row, get_row, is_given, require, save_row, too_long

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
    return found


def save_meeting(session: Session, row: Meeting) -> Meeting:
    """Keep a meeting; raises Invalid."""
    return save_row(session, row, meeting_problems(row))


def delete_meeting(session: Session, row_id: int) -> None:
    """Delete a meeting; raises ENCORE_UTILISE when it elected or decided something."""
    row = get_row(session, Meeting, row_id)
    delete_row(session, Meeting, row_id, name=f"{row.body.name} du {french.short_date(row.held_on)}")
