"""Procès-verbal: what the dossier knows of a meeting, and lines for what only those there know."""

from datetime import datetime
from typing import Final

from vto_desktop import french
from vto_desktop.reports.grid import Column, Grid, Table, row
from vto_desktop.reports.meeting_pieces import (
    DOTS,
    decision_text,
    decision_votes,
    facts,
    hanging,
    lines_to_write,
    numbered,
    officiants,
    sentence,
    signatures,
    where,
)
from vto_desktop.reports.minutes_attendance import attendance
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import BODY, Run
from vto_desktop.services.figures import MandateFigure
from vto_desktop.services.figures_meeting_papers import MeetingFigure, Minutes
from vto_desktop.services.figures_meetings import Quorum, QuorumLine, Sheet
from vto_desktop.services.meetings import time_words

MANY: Final = 6  # items of an agenda above which each has fewer lines


def layout(summary: Minutes, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the minutes."""
    meeting = summary.meeting
    paper = Paper(
        summary.head, title="Procès-verbal", subtitle=meeting.name, dossier_name=dossier_name,
        printed_at=printed_at,
    )  # fmt: skip
    paper.y += 6
    paper.paragraph(_opening(meeting, summary.head.name), after=4)
    facts(paper, _facts(meeting))
    attendance(paper, summary.sheet, meeting)
    _quorum(paper, summary.sheet, meeting)
    _agenda(paper, meeting)
    _decisions(paper, summary)
    _elections(paper, summary.elected)
    _end(paper, meeting)
    return paper


def _opening(meeting: MeetingFigure, association: str) -> str:
    day = french.full_date(meeting.held_on)
    if meeting.is_written:
        since = f", ouverte le {french.long_date(meeting.convened_on)}" if meeting.convened_on else ""
        held = f"La consultation écrite {meeting.words.of} de l’association {association}"
        return f"{held}{since}, a pris fin le {day}." if since else f"{held} a pris fin le {day}."
    at = f" à {meeting.time}" if meeting.time else ""
    met = "s’est réunie" if meeting.words.is_feminine else "s’est réuni"
    call = "seconde convocation" if meeting.is_second_call else "convocation"
    on = f" du {french.long_date(meeting.convened_on)}" if meeting.convened_on else ""
    called = f", sur {call}{on}" if meeting.is_second_call or on else ""
    return f"Le {day}{at}, {meeting.words.the} de l’association {association} {met}{called}."


def _facts(meeting: MeetingFigure) -> list[tuple[str, str]]:
    found = [("Objet", meeting.title)] if meeting.title else []
    return [*found, *where(meeting), *officiants(meeting)]


# --- quorum --------------------------------------------------------------------------------------


def _quorum(paper: Paper, sheet: Sheet, meeting: MeetingFigure) -> None:
    paper.section("Quorum", keep=30)
    if not sheet.is_recorded:
        for said in _rule(sheet.quorum):
            paper.paragraph(said, after=3)
        return
    for said in sheet.quorum.sentences:
        paper.paragraph(sentence(said), after=3)
    paper.paragraph([Run(_conclusion(sheet.quorum, meeting), "semibold")])


def _rule(quorum: Quorum) -> list[str]:
    """Return the rule before anybody is counted, with room for the count."""
    if quorum.is_second_call:
        return [f"Seconde convocation, sans quorum. Présents ou représentés\u00a0: {DOTS}"]
    if quorum.whole.needed is None:
        return [f"Aucun quorum n’est fixé pour cette instance. Présents ou représentés\u00a0: {DOTS}"]
    return [_rule_of(each) for each in (quorum.whole, *quorum.colleges)]


def _rule_of(each: QuorumLine) -> str:
    name = f"{each.label}\u00a0: " if each.label else ""
    seats = french.count(each.seats, "siège")
    rule = f"le quorum est de {french.number(each.needed or 0)} sur {seats}"
    return f"{sentence(name + rule)} Présents ou représentés\u00a0: {DOTS}"


def _conclusion(quorum: Quorum, meeting: MeetingFigure) -> str:
    the = meeting.words.the
    if not quorum.has_rule:
        return sentence(f"{the} peut valablement délibérer")
    if quorum.is_reached:
        since = f" à {time_words(quorum.reached_at)}" if quorum.reached_at else ""
        return f"Le quorum étant atteint{since}, {the} peut valablement délibérer."
    return f"Le quorum n’étant pas atteint, {the} ne peut pas valablement délibérer."


# --- what was said and decided -------------------------------------------------------------------


def _agenda(paper: Paper, meeting: MeetingFigure) -> None:
    paper.section("Ordre du jour", keep=30)
    if not meeting.agenda:
        lines_to_write(paper, 4)
        return
    numbered(paper, meeting.agenda)
    paper.section("Débats", keep=70)
    for place, item in enumerate(meeting.agenda, 1):
        paper.need(60)
        hanging(paper, f"{place}.", [Run(item, "semibold")], BODY)
        lines_to_write(paper, 2 if len(meeting.agenda) > MANY else 3)


def _decisions(paper: Paper, summary: Minutes) -> None:
    paper.section("Délibérations", keep=40)
    if not summary.decisions:
        paper.paragraph("Aucune délibération n’est encore inscrite au dossier.", after=2)
        lines_to_write(paper, 4)
    for each in summary.decisions:
        paper.need(60)
        paper.paragraph([Run(f"{each.number}\u2002{each.title}", "semibold")], after=3)
        decision_text(paper, each)
        decision_votes(paper, each, to_fill=True)


def _elections(paper: Paper, elected: tuple[MandateFigure, ...]) -> None:
    if not elected:
        return
    count = french.count(len(elected), "mandat ouvert", "mandats ouverts")
    paper.section("Élections", f"{count} par cette réunion.")
    bodies = list(dict.fromkeys(each.office_group for each in elected))
    rows = []
    for body in bodies:
        of = [each for each in elected if each.office_group == body]
        if len(bodies) > 1:
            rows.append(row(body, "", "", french.number(len(of)), kind="group"))
        rows += [row(each.office, each.person, each.member or each.capacity, _term(each)) for each in of]
    columns = (
        Column("Fonction", weight=26), Column("Nom", weight=30),
        Column("Adhérent, qualité", weight=44), Column("Mandat"),
    )  # fmt: skip
    Grid(paper, Table(columns, tuple(rows))).draw()


def _term(each: MandateFigure) -> str:
    since, until = french.short_date(each.since), french.short_date(each.until)
    if since and until:
        return f"du {since} au {until}"
    return f"dès le {since}" if since else f"jusqu’au {until}" if until else ""


def _end(paper: Paper, meeting: MeetingFigure) -> None:
    paper.space(12)
    if not meeting.is_written:
        paper.paragraph(f"L’ordre du jour étant épuisé, la séance est levée à {DOTS}", after=2)
    signatures(paper, meeting)
