"""Trombinoscope: a card for each person of the bodies; initials stand where a photograph would be."""

import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from vto_desktop import french
from vto_desktop.reports.bodies import of_bodies
from vto_desktop.reports.charts.drawing import Label, Shape, rect
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import ACCENT, CAPTION, SECONDARY, TEXT, Line, Run, Style, shortened, wrap
from vto_desktop.services.body_papers import BodiesSummary, BodyPeople
from vto_desktop.services.contacts import Contact

ACROSS: Final = 2
GAP: Final = 10.0
EDGE: Final = 9.0
FACE: Final = 19.0  # radius
POINTS: Final = 48  # of the circle
MOST: Final = 6  # lines of a capacity
NOTE: Final = (
    "Les photographies ne sont pas conservées dans le dossier\u00a0: les initiales en tiennent lieu."
)
NAME: Final = Style(10, 13, "semibold", TEXT)
OFFICE: Final = Style(8.8, 11.5, "semibold", ACCENT)
MEMBER: Final = Style(8, 10, "regular", TEXT)
SMALL: Final = Style(8, 10, "regular", SECONDARY)


def layout(summary: BodiesSummary, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the cards, two across, those of a row as high as its highest."""
    paper = of_bodies(summary, "Trombinoscope", _body, dossier_name=dossier_name, printed_at=printed_at)
    paper.paragraph(NOTE, CAPTION)
    return paper


def write(summary: BodiesSummary, path: Path, *, dossier_name: str, printed_at: datetime) -> tuple[str, ...]:
    """Write the cards as PDF; return notices about them. UserErrors: those of ``write_safely``."""
    return layout(summary, dossier_name=dossier_name, printed_at=printed_at).write(path)


def _body(paper: Paper, found: BodyPeople) -> None:
    paper.section(found.body, found.since, keep=110)
    wide = (paper.width - GAP * (ACROSS - 1)) / ACROSS
    long: list[Contact] = []
    for start in range(0, len(found.people), ACROSS):
        long += _cards(paper, found.people[start : start + ACROSS], wide)
    for each in long:
        whole = ", ".join(filter(None, (*each.offices, *each.members, each.capacity)))
        paper.paragraph([Run(f"{each.person}{french.NBSP}: ", "semibold"), Run(whole)], CAPTION, after=3)
    paper.y += 4


def _cards(paper: Paper, people: Sequence[Contact], wide: float) -> list[Contact]:
    """Draw a row of cards and return those whose text had to be cut: it is told whole below."""
    room = wide - 2 * EDGE - 2 * FACE - 8
    laid = [_blocks(paper, each, room) for each in people]
    cut = [each for each, blocks in zip(people, laid, strict=True) if any(block.is_cut for block in blocks)]
    high = max(2 * FACE, *(sum(block.height for block in blocks) for blocks in laid)) + 2 * EDGE
    paper.need(high + GAP)
    for place, (each, blocks) in enumerate(zip(people, laid, strict=True)):
        left = paper.left + place * (wide + GAP)
        paper.add([Shape(rect(left, paper.y, wide, high), "#ffffff", "#d3d9e0", 0.7)])
        _face(paper, each.person, left + EDGE + FACE, paper.y + EDGE + FACE)
        y = paper.y + EDGE
        for block in blocks:
            y = paper.lines(block.lines, left + EDGE + 2 * FACE + 8, y, block.style)
    paper.y += high + GAP
    return cut


def _face(paper: Paper, name: str, x: float, y: float) -> None:
    """Draw a disc with the initials."""
    turn = [2 * math.pi * step / POINTS for step in range(POINTS)]
    disc = tuple((x + FACE * math.cos(angle), y + FACE * math.sin(angle)) for angle in turn)
    paper.add([Shape(disc, "#e5eef8", "#b3cce6", 0.7, is_closed=True)])
    paper.add([Label(x, y + 4.6, paper.ink.plain(initials(name)), 13, ACCENT, "middle", "bold")])


def initials(name: str) -> str:
    """Return « MT » for Magalie TOUET, « CF » for Catherine FONT-THURIAL."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if not words:
        return "–"
    last = next((word for word in words[1:] if word.isupper()), words[-1])
    return (words[0][0] + (last[0] if len(words) > 1 else "")).upper()


class _Block(NamedTuple):
    """A text laid out in a card, cut when it is longer than its lines."""

    lines: list[Line]
    style: Style
    is_cut: bool

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading


def _blocks(paper: Paper, each: Contact, room: float) -> list[_Block]:
    texts = [(each.person, NAME, 2), (", ".join(each.offices), OFFICE, 2)]
    texts += [(", ".join(each.members), MEMBER, 3), (each.capacity, SMALL, MOST)]
    return [_block(paper, text, style, room, most) for text, style, most in texts if text]


def _block(paper: Paper, text: str, style: Style, room: float, most: int) -> _Block:
    lines = wrap(paper.ink.runs([Run(text)], style), style, room)
    if len(lines) <= most:
        return _Block(lines, style, is_cut=False)
    last = "".join(piece.text for piece in lines[most - 1].pieces)
    cut = shortened(f"{last} …", style, room)
    return _Block([*lines[: most - 1], *wrap([Run(cut, style.face, style.colour)], style, room)], style, True)
