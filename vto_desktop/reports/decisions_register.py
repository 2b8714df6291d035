"""Registre des délibérations: all that was decided in a calendar year, by number, with texts and votes."""

from datetime import datetime

from vto_desktop import french
from vto_desktop.reports.grid import Column, Grid, Table, row
from vto_desktop.reports.meeting_pieces import decision_text, decision_votes, sentence
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import CAPTION
from vto_desktop.services.figures_meeting_papers import Register


def layout(summary: Register, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the register: a table of all, then each in full."""
    paper = Paper(
        summary.head, title=f"Registre des délibérations {summary.year}", subtitle=f"Année {summary.year}",
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip
    if not summary.decisions:
        paper.section("Délibérations", f"Aucune délibération n’est numérotée en {summary.year}.", keep=0)
        return paper
    first, last = summary.decisions[0].number, summary.decisions[-1].number
    count = french.count(len(summary.decisions), "délibération")
    numbers = f"numérotées de {first} à {last}" if len(summary.decisions) > 1 else f"numérotée {first}"
    paper.section("Sommaire", f"{count}, {numbers}.")
    columns = (
        Column("N°"), Column("Date"), Column("Instance", weight=30), Column("Objet", weight=54),
        Column("Résultat"),
    )  # fmt: skip
    rows = [
        row(each.number, french.short_date(each.held_on), each.body, each.title, each.outcome)
        for each in summary.decisions
    ]
    Grid(paper, Table(columns, tuple(rows))).draw()
    for each in summary.decisions:
        paper.section(f"{each.number}\u2002{each.title}", keep=70)
        paper.paragraph(sentence(each.meeting_words), CAPTION, after=4)
        decision_text(paper, each)
        decision_votes(paper, each)
    return paper
