"""« Projet, à compléter »: says on a paper itself that it is not fit to be sent yet, and what it lacks."""

from collections.abc import Sequence
from typing import Final

from vto_desktop import french
from vto_desktop.reports.charts.drawing import Shape, rect
from vto_desktop.reports.letterhead import at_most
from vto_desktop.reports.paper import AMBER, Paper
from vto_desktop.reports.text import Style

_DRAFT: Final = Style(9, 12, "semibold", "#7f4c00")


def show(paper: Paper, before: str, missing: Sequence[str]) -> None:
    """Print the band at the paper's ``y``: what to complete before it is sent, signed, deposited."""
    said = f"Projet, à compléter avant {before}{french.NBSP}: {french.listed(missing)}."
    lines = at_most(paper.ink, said, _DRAFT, paper.width - 16, 2)
    high = len(lines) * _DRAFT.leading + 5
    paper.add([Shape(rect(paper.left, paper.y, paper.width, high), *AMBER)])
    paper.lines(lines, paper.left + 8, paper.y + 2, _DRAFT)
    paper.y += high
