"""Deliberations read for printing: the register of a year, and the extract of one for a bank."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.services import addressees, association, attendance, decisions, meeting_papers
from vto_desktop.services.addressees import ADDRESS, RNA, SIGNATORY
from vto_desktop.services.figures_meeting_papers import Extract, Register
from vto_desktop.services.figures_meetings import DecisionFigure

NEEDS = (ADDRESS, RNA, SIGNATORY)


def register(session: Session, numbered: int) -> Register:
    """Return all the deliberations that bear a number of a calendar year."""
    return Register(association.head(session), numbered, decisions.register(session, numbered))


def extract(
    session: Session, meeting: int, *, on: date, decision: int | None = None, signatory: int | None = None
) -> Extract:
    """Return one deliberation of a meeting, its only one unless one is chosen, certified on a day.

    Raises UserError FICHE_ABSENTE, AUCUNE_DELIBERATION, DELIBERATION_A_CHOISIR.
    """
    found = meeting_papers.figure(session, meeting)
    taken = decisions.decisions_of(session, meeting)
    signed = addressees.issuer(session, signatory)
    return Extract(
        head=association.head(session), issuer=signed, on=on, meeting=found,
        sheet=attendance.sheet(session, meeting), decision=_chosen(taken, decision, found.in_words),
        gaps=addressees.own_gaps(session, signed, NEEDS),
    )  # fmt: skip


def _chosen(taken: Sequence[DecisionFigure], decision: int | None, whose: str) -> DecisionFigure:
    chosen = [each for each in taken if decision in (None, each.decision_id)]
    if len(chosen) == 1:
        return chosen[0]
    name = whose[:1].upper() + whose[1:]
    if not taken:
        raise UserError("AUCUNE_DELIBERATION", f"{name} n’a pris aucune délibération. Rien n’a été écrit.")
    known = ", ".join(f"{each.number} ({each.title})" for each in taken)
    count = french.count(len(taken), "délibération")
    raise UserError(
        "DELIBERATION_A_CHOISIR",
        f"{name} a pris {count}, choisissez-en une\u00a0: {known}. Rien n’a été écrit.",
    )
