"""Feuille d'émargement: every seat of a meeting, by college, with room to sign or to name its proxy."""

from datetime import datetime
from typing import Final

from vto_desktop import french
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, row
from vto_desktop.reports.meeting_pieces import (
    facts,
    held_when,
    power_rule,
    seat_name,
    signatures,
    where,
)
from vto_desktop.reports.paper import MM, Paper
from vto_desktop.reports.text import SECONDARY, Run
from vto_desktop.services.figures_meeting_papers import SigningSheet
from vto_desktop.services.figures_meetings import MeetingSeat

LEAST: Final = 12 * MM  # of a row: room for a hand
ONE_VOTE: Final = (
    "Chaque siège n’a qu’une voix\u00a0: une seule personne signe pour lui, ou le nom de qui tient son "
    "pouvoir est inscrit."
)


def layout(summary: SigningSheet, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the sheet."""
    meeting = summary.meeting
    paper = Paper(
        summary.head, title="Feuille d’émargement", subtitle=meeting.name, dossier_name=dossier_name,
        printed_at=printed_at,
    )  # fmt: skip
    paper.y += 6
    when = held_when(meeting)
    rows = [("Réunion", meeting.words.name), ("Date", when[:1].upper() + when[1:]), *where(meeting)]
    if meeting.title:
        rows.insert(1, ("Objet", meeting.title))
    facts(paper, rows)
    paper.y += 8
    seats = [seat for seat in summary.sheet.seats if not seat.is_stray]
    if not seats:
        paper.paragraph(f"Aucun siège n’est pourvu pour {meeting.in_words}.")
    else:
        rule = power_rule(meeting)
        paper.paragraph(" ".join(filter(None, (f"{french.count(len(seats), 'siège')}.", ONE_VOTE, rule))))
        Grid(paper, Table(_columns(), tuple(_rows(seats)), least=LEAST)).draw()
    signatures(paper, meeting)
    return paper


def _columns() -> tuple[Column, ...]:
    return (
        Column("Siège", weight=29),
        Column("Nom, qualité", weight=54),
        Column("Signature", weight=31, ruled=True),
        Column("Pouvoir tenu par", weight=28, ruled=True),
    )


def _rows(seats: list[MeetingSeat]) -> list[Row]:
    """Return a row a seat, below the name of its college where there are several."""
    colleges = list(dict.fromkeys(seat.college for seat in seats))
    if len(colleges) == 1:
        return [_row(seat) for seat in seats]
    found = []
    for college in colleges:
        of = [seat for seat in seats if seat.college == college]
        found.append(row(college or "Sans collège", "", "", french.number(len(of)), kind="group"))
        found += [_row(seat) for seat in of]
    return found


def _row(seat: MeetingSeat) -> Row:
    people: list[tuple[Run, ...]] = []
    for each in seat.sitters:
        rank = f" ({each.rank_text})" if each.rank_text else ""
        people.append((Run(each.name, "semibold"), Run(rank)))
        if each.capacity:
            people.append((Run(each.capacity, None, SECONDARY),))
    if not people:
        people = [(Run("aucun représentant", "italic", SECONDARY),)]
    return row(Cell(((Run(seat_name(seat)),),)), Cell(tuple(people)), "", "")
