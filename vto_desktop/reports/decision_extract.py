"""Extrait du registre des délibérations: one deliberation certified, as a bank asks for it."""

from datetime import datetime
from typing import Final

from vto_desktop import french
from vto_desktop.reports import draft, signature
from vto_desktop.reports.letter import WINDOW_X
from vto_desktop.reports.meeting_pieces import decision_text, decision_votes, sentence
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.signature import done_at, identity
from vto_desktop.reports.text import Run, Style
from vto_desktop.services.figures_meeting_papers import Extract

_TITLE: Final = Style(12, 16, "semibold")


def layout(summary: Extract, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the extract."""
    each = summary.decision
    paper = Paper(
        summary.head, title="Extrait du registre des délibérations", subtitle=summary.meeting.name,
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip
    paper.y += 6
    if summary.gaps:
        draft.show(paper, "signature", [f"association ({', '.join(gap.what for gap in summary.gaps)})"])
        paper.y += 8
    paper.paragraph(_opening(summary), after=8)
    if summary.sheet.is_recorded:
        for said in summary.sheet.quorum.sentences:
            paper.paragraph(sentence(said), after=3)
    paper.section(f"Délibération n°{french.NBSP}{each.number}", keep=90)
    paper.paragraph([Run(each.title)], _TITLE, after=8)
    decision_text(paper, each)
    paper.y += 4
    decision_votes(paper, each)
    paper.y += 10
    paper.need(signature.HIGH + 30)
    paper.paragraph("Pour extrait certifié conforme au registre des délibérations.", after=14)
    signature.sign(paper, summary.issuer, WINDOW_X, place=done_at(summary.issuer, summary.on))
    return paper


def _opening(summary: Extract) -> str:
    meeting = summary.meeting
    e = "e" if meeting.words.is_feminine else ""
    called = ""
    if meeting.convened_on:
        again = " pour la seconde fois" if meeting.is_second_call else ""
        called = f" convoqué{e}{again} le {french.long_date(meeting.convened_on)},"
    return (
        f"Le {french.full_date(meeting.held_on)}, {meeting.words.the} de l’association {summary.head.name}"
        f"{identity(summary.issuer)},{called} a pris la délibération suivante."
    )
