"""Which meeting, or which deliberation, is meant: by body and day, by number, or the next to come."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Body, Decision, Meeting
from vto_desktop.services.body_words import Words, words_of
from vto_desktop.services.composition import body_named
from vto_desktop.services.decisions import number_text, years
from vto_desktop.services.meetings import time_words

SHOWN: Final = 12  # meetings or numbers that a refusal lists


class _Held(NamedTuple):
    """A meeting to choose from."""

    row_id: int
    held_on: date
    time: str
    words: Words

    @property
    def name(self) -> str:
        return f"{self.words.name} du {french.long_date(self.held_on)}"


def meetings_to_choose(session: Session) -> list[tuple[int, str]]:
    """Return every meeting, the latest first, as a list offers it: « Bureau du 2 décembre 2020 »."""
    rows = _meetings(session)
    same = Counter(row.name for row in rows)
    return [
        (row.row_id, f"{row.name}, {time_words(row.time)}" if same[row.name] > 1 and row.time else row.name)
        for row in rows
    ]


def _meetings(session: Session, body: str | None = None) -> list[_Held]:
    chosen = select(Meeting.id, Meeting.held_on, Meeting.time, Body.name, Body.kind, Meeting.title).join(
        Body, Meeting.body_id == Body.id
    )
    if body:
        chosen = chosen.where(Body.id == body_named(session, body).id)
    latest = (Meeting.held_on.desc(), Meeting.time.desc(), Meeting.id.desc())
    return [
        _Held(row_id, held_on, time, words_of(name, kind, title))
        for row_id, held_on, time, name, kind, title in session.execute(chosen.order_by(*latest))
    ]


def first_choice(session: Session, *, today: date) -> int | None:
    """Return the next meeting to come, else the latest, or None when there is none."""
    rows = _usual(_meetings(session), today)
    return rows[0].row_id if rows else None


def _usual(rows: Sequence[_Held], today: date) -> list[_Held]:
    """Return the meetings of the next day that has some, else of the latest."""
    days = [row.held_on for row in rows]
    day = min((each for each in days if each >= today), default=max(days, default=None))
    return [row for row in rows if row.held_on == day]


def meeting_asked(session: Session, *, body: str | None = None, on: date | None = None, today: date) -> int:
    """Return the one meeting of a body, or of any, on a day; without a day the next, else the latest.

    Raises UserError INSTANCE_INCONNUE, AUCUNE_REUNION, REUNION_A_CHOISIR.
    """
    rows = _meetings(session, body)
    found = [row for row in rows if row.held_on == on] if on is not None else _usual(rows, today)
    if len(found) == 1:
        return found[0].row_id
    if found:
        raise UserError(
            "REUNION_A_CHOISIR",
            f"Plusieurs réunions se tiennent le {french.long_date(found[0].held_on)}, choisissez-en une par "
            f"son numéro (--meeting)\u00a0: {_listed(found)}. Rien n’a été écrit.",
        )
    whose = f" {rows[0].words.of}" if body and rows else ""
    when = f" ne se tient le {french.long_date(on)}" if on is not None and rows else " n’est inscrite"
    known = f" Il y a\u00a0: {_listed(rows)}." if rows else ""
    raise UserError("AUCUNE_REUNION", f"Aucune réunion{whose}{when}.{known} Rien n’a été écrit.")


def _listed(rows: Sequence[_Held]) -> str:
    named = [f"{row.row_id} ({_said(row)})" for row in rows[:SHOWN]]
    more = len(rows) - len(named)
    return french.listed([*named, french.count(more, "autre")] if more else named)


def _said(row: _Held) -> str:
    at = f" à {time_words(row.time)}" if row.time else ""
    return f"{row.words.the} du {french.long_date(row.held_on)}{at}"


# --- deliberations -------------------------------------------------------------------------------


def decision_numbered(session: Session, number: str) -> tuple[int, int]:
    """Return the meeting and the decision that bears a number, « 2021-03 »; raises DELIBERATION_INCONNUE."""
    rows = session.execute(
        select(Decision.meeting_id, Decision.id, Decision.year, Decision.number).order_by(
            Decision.year.desc(), Decision.number.desc()
        )
    ).all()
    wanted = number.strip()
    for meeting_id, decision_id, year, place in rows:
        if wanted in (number_text(year, place), f"{year}-{place}"):
            return meeting_id, decision_id
    shown = [number_text(year, place) for _meeting, _decision, year, place in rows[:SHOWN]]
    known = f"il y a\u00a0: {', '.join(shown)}" if shown else "il n’y en a encore aucune"
    raise UserError(
        "DELIBERATION_INCONNUE",
        f"«\u00a0{number}\u00a0» n’est pas une délibération ; {known}. Rien n’a été écrit.",
    )


def numbered_years(session: Session, *, today: date) -> list[int]:
    """Return the calendar years whose register may be printed, the latest first; this year without any."""
    return list(years(session)) or [today.year]
