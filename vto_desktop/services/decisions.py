"""Deliberations: numbered without gap within their calendar year, with their votes and outcome."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Body, Decision, Meeting, Outcome
from vto_desktop.services import attendance
from vto_desktop.services.body_words import meeting_words
from vto_desktop.services.figures_meetings import DecisionFigure, Sheet
from vto_desktop.services.rows import Problems, get_row, is_given, require, save_row, too_long

VOTES: Final = ("votes_for", "votes_against", "votes_abstained")
MOST_VOTES: Final = 1_000_000
DECIDED: Final = frozenset({Outcome.ADOPTED.value, Outcome.REJECTED.value})


def number_text(year: int, number: int) -> str:
    """Return « 2021-03 »."""
    return f"{year}-{number:02d}"


def decision_problems(row: Decision) -> Problems:
    """Return what must be corrected before the decision can be kept."""
    found = too_long(row) | require(row, {"title": "Indiquez l’objet de la délibération."})
    if not is_given(row, "meeting"):
        found["meeting_id"] = "Choisissez la réunion."
    if row.outcome is not None and row.outcome not in set(Outcome):
        found["outcome"] = "Choisissez le résultat."
    for name in VOTES:
        value = getattr(row, name)
        if value is not None and not 0 <= value <= MOST_VOTES:
            found[name] = "Indiquez un nombre de voix."
    return found


def decision_warnings(session: Session, row: Decision) -> Problems:
    """Return what looks wrong but may be kept: no quorum, votes that are not those there, a result denied."""
    return _judged(row, attendance.sheet(session, row.meeting_id)) if row.meeting_id else {}


def _judged(row: Decision, sheet: Sheet) -> Problems:
    found: Problems = {}
    if row.outcome in DECIDED and sheet.is_recorded and not sheet.quorum.is_reached:
        found["quorum"] = "Le quorum n’est pas atteint\u00a0: l’instance ne peut pas délibérer."
    given = [getattr(row, name) for name in VOTES]
    if all(value is None for value in given):
        return found
    total = sum(value or 0 for value in given)
    if sheet.is_recorded and total != sheet.votes:
        found["votes"] = _of_those_present(total, sheet.votes)
    votes_for, votes_against = row.votes_for or 0, row.votes_against or 0
    if row.outcome == Outcome.ADOPTED and votes_for <= votes_against:
        found["outcome"] = "Adoptée sans majorité de voix pour\u00a0: vérifiez."
    if row.outcome == Outcome.REJECTED and votes_for > votes_against:
        found["outcome"] = "Rejetée avec une majorité de voix pour\u00a0: vérifiez."
    if row.outcome == Outcome.NOTED and total:
        found["outcome"] = "«\u00a0Dont acte\u00a0» se dit quand rien n’est mis aux voix."
    return found


def warnings_of(session: Session, meeting_id: int) -> dict[int, tuple[str, ...]]:
    """Return what looks wrong in each decision of a meeting, by its id."""
    rows = session.scalars(select(Decision).where(Decision.meeting_id == meeting_id)).all()
    sheet = attendance.sheet(session, meeting_id) if rows else None
    return {row.id: tuple(_judged(row, sheet).values()) for row in rows if sheet is not None}


def _of_those_present(total: int, votes: int) -> str:
    said = french.count(total, "voix comptée", "voix comptées")
    there = french.count(votes, "présent ou représenté", "présents ou représentés")
    if total > votes:
        return f"{said} pour {there}\u00a0: vérifiez le décompte ou les présences."
    missing = votes - total
    return f"{said} pour {there}\u00a0: il en manque {french.number(missing)}."


# --- keeping -------------------------------------------------------------------------------------


def save_decision(session: Session, row: Decision) -> Decision:
    """Keep a decision; a new one takes the next number of its meeting's year. Raises Invalid."""
    found = decision_problems(row)
    if not found and row.id is None:
        meeting = get_row(session, Meeting, row.meeting_id)
        row.year, row.number = meeting.held_on.year, next_number(session, meeting.held_on.year)
    return save_row(session, row, found)


def next_number(session: Session, year: int) -> int:
    """Return the number that the next decision of a year takes."""
    last = session.scalar(select(func.max(Decision.number)).where(Decision.year == year))
    return (last or 0) + 1


def delete_decision(session: Session, row_id: int) -> None:
    """Delete the last decision of its year; raises NUMERO_SUIVI: a number in the middle leaves no gap."""
    row = get_row(session, Decision, row_id)
    if row.number + 1 != next_number(session, row.year):
        raise UserError(
            "NUMERO_SUIVI",
            f"La délibération {number_text(row.year, row.number)} n’est pas la dernière de {row.year}\u00a0: "
            "la supprimer laisserait un trou dans le registre. Rien n’a été supprimé\u00a0: corrigez-la, ou "
            "supprimez d’abord celles qui la suivent.",
        )
    session.delete(row)
    session.flush()


def exchange(session: Session, row_id: int, step: int) -> None:
    """Exchange the number of a decision with the one before (−1) or after (1) in the same meeting.

    Does nothing at the ends, nor when the neighbour was decided in another meeting.
    """
    row = get_row(session, Decision, row_id)
    chosen = select(Decision).where(
        Decision.year == row.year, Decision.number == row.number + step, Decision.meeting_id == row.meeting_id
    )
    other = session.scalars(chosen).first()
    if other is None:
        return
    mine, theirs = row.number, other.number
    row.number = next_number(session, row.year)  # no two rows may bear one number, not even for a moment
    session.flush()
    other.number = mine
    session.flush()
    row.number = theirs
    session.flush()


# --- reading -------------------------------------------------------------------------------------


def decisions_of(session: Session, meeting_id: int) -> tuple[DecisionFigure, ...]:
    """Return the decisions of a meeting, by number."""
    return _figures(session, Decision.meeting_id == meeting_id)


def register(session: Session, year: int) -> tuple[DecisionFigure, ...]:
    """Return all the decisions of a calendar year, by number."""
    return _figures(session, Decision.year == year)


def one(session: Session, row_id: int) -> DecisionFigure:
    """Return one decision; raises UserError FICHE_ABSENTE."""
    get_row(session, Decision, row_id)
    return _figures(session, Decision.id == row_id)[0]


def years(session: Session) -> Sequence[int]:
    """Return the years that have decisions, the latest first."""
    return session.scalars(select(Decision.year).distinct().order_by(Decision.year.desc())).all()


def _figures(session: Session, where: Any) -> tuple[DecisionFigure, ...]:
    chosen = (
        select(Decision, Meeting, Body.name)
        .join(Meeting, Decision.meeting_id == Meeting.id)
        .join(Body, Meeting.body_id == Body.id)
        .where(where)
        .order_by(Decision.year, Decision.number)
    )
    return tuple(
        DecisionFigure(
            row.id, number_text(row.year, row.number), row.title, row.text, row.votes_for, row.votes_against,
            row.votes_abstained, row.outcome, meeting.id, meeting.held_on, body, meeting_words(meeting),
        )
        for row, meeting, body in session.execute(chosen)
    )  # fmt: skip
