"""Bureau et conseil d'administration: who holds which office and seat, as the annual report prints it."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from vto_desktop import french
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import ACCENT, BODY, CAPTION, Run, baseline, wrap
from vto_desktop.services import board_lines
from vto_desktop.services.board_lines import BoardLine
from vto_desktop.services.figures import BoardSummary

BULLET: Final = "–"
INDENT: Final = 14.0
GAP: Final = 5.0


def layout(summary: BoardSummary, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the composition of the bureau and the council on a day."""
    paper = Paper(
        summary.head,
        title=_title(summary),
        subtitle=f"Composition au {french.short_date(summary.on)}",
        dossier_name=dossier_name,
        printed_at=printed_at,
    )
    if "officers" in summary.parts:
        _officers(paper, summary)
    if "seats" in summary.parts:
        _council(paper, summary)
    return paper


def _title(summary: BoardSummary) -> str:
    if summary.only:
        return summary.only
    return "Bureau et conseil d’administration" if "seats" in summary.parts else board_lines.BUREAU_TITLE


def write(summary: BoardSummary, path: Path, *, dossier_name: str, printed_at: datetime) -> tuple[str, ...]:
    """Write the board list as PDF; return notices about it. UserErrors: those of ``write_safely``."""
    return layout(summary, dossier_name=dossier_name, printed_at=printed_at).write(path)


def _officers(paper: Paper, summary: BoardSummary) -> None:
    title = summary.only or board_lines.BUREAU_TITLE
    if not summary.officers:
        where = "dans cette instance" if summary.only else "au bureau"
        paper.section(title, f"Aucun mandat {where} au {french.long_date(summary.on)}.", keep=0)
        return
    sentence = summary.bureau_since.strip().rstrip(".")
    paper.section(title, sentence or f"Composition au {french.long_date(summary.on)}")
    _list(paper, board_lines.officer_lines(summary.officers, usual=summary.bureau_since_on))
    held = french.count(len({each.person for each in summary.officers}), "personne")
    paper.paragraph(f"{held} au {french.long_date(summary.on)}.", CAPTION)


def _council(paper: Paper, summary: BoardSummary) -> None:
    title = board_lines.COUNCIL_TITLE
    if not summary.seats:
        paper.section(title, f"Aucun siège pourvu au {french.long_date(summary.on)}.", keep=0)
        return
    rule = summary.council_rule.strip().rstrip(" .:")
    paper.section(title, f"{rule}{french.NBSP}:" if rule else "")
    _list(paper, board_lines.seat_lines(summary.seats))
    number = french.count(len(summary.seats), "siège")
    paper.paragraph(f"{number} au {french.long_date(summary.on)}.", CAPTION)


def _list(paper: Paper, lines: Iterable[BoardLine]) -> None:
    for each in lines:
        broken = wrap(paper.ink.runs(_runs(each), BODY), BODY, paper.width - INDENT)
        paper.need(min(len(broken), 3) * BODY.leading)  # a bullet never stands alone at the foot
        paper.label(paper.left + 2, paper.y + baseline(BODY), BULLET, BODY)
        for line in broken:
            paper.need(BODY.leading)
            paper.y = paper.lines([line], paper.left + INDENT, paper.y, BODY)
        paper.space(GAP)


def _runs(each: BoardLine) -> list[Run]:
    runs = [Run(each.head, "semibold", ACCENT)] if each.head else []
    if not each.people:
        runs.append(Run(board_lines.VACANT, "italic"))
    for person in each.people:
        linked = Run(person.before, "italic" if person.before.strip(" ;,\u00a0") else None)
        runs += [linked, Run(person.name, "semibold"), Run(person.after)]
    runs.append(Run(each.end))
    return [run for run in runs if run.text]
