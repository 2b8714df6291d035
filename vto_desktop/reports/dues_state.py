"""État des cotisations: what each member was called for, what came of it and what is left, on a day."""

from datetime import datetime
from typing import Final

from vto_desktop import french
from vto_desktop.reports.grid import Column, Grid, Row, Table, row
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import SMALL_CELL
from vto_desktop.services.figures_dues import DuesFigure, DuesSummary

TITLE: Final = "État des cotisations"


def layout(summary: DuesSummary, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the dues of a fiscal year on a day."""
    paper = Paper(
        summary.head, title=f"{TITLE} {summary.year}", subtitle=f"Au {french.short_date(summary.on)}",
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip
    paper.y += 8
    empty = f"Aucune cotisation n’est préparée pour l’exercice {summary.year}."
    paper.paragraph(summary.sentence if summary.members and summary.sentence else empty)
    if summary.members:
        _members(paper, summary)
        _ageing(paper, summary)
        _years(paper, summary)
    return paper


def _money(cents: int) -> str:
    return french.amount(cents, decimals=True)


def _some(cents: int) -> str:
    return _money(cents) if cents else "–"


def _rate(part: int, whole: int) -> str:
    return french.percent(part, whole, decimals=1)


def _members(paper: Paper, summary: DuesSummary) -> None:
    sums = summary.sums
    rows = [_member(figure) for figure in summary.members]
    rows.append(
        row(
            "", "Total", _money(sums.called), _money(sums.received), _money(sums.due),
            f"encaissé {_rate(sums.collected, sums.called)}", kind="total",
        )
    )  # fmt: skip
    columns = (
        Column("Appel"), Column("Adhérent", weight=1), Column("Appelé", "right"), Column("Reçu", "right"),
        Column("Reste dû", "right"), Column("État", width=92),
    )  # fmt: skip
    Grid(paper, Table(columns, tuple(rows), SMALL_CELL, padding=1.8)).draw()


def _member(figure: DuesFigure) -> Row:
    return row(
        figure.number, figure.name, _some(figure.called), _some(figure.received), _some(figure.due),
        figure.state,
    )  # fmt: skip


def _ageing(paper: Paper, summary: DuesSummary) -> None:
    if not summary.due_total:
        return
    paper.section("Ce qui reste dû, par ancienneté", keep=80)
    rows = [
        row(band.label, french.number(band.count), _some(band.amount), _rate(band.amount, summary.due_total))
        for band in summary.ageing
    ]
    count = french.number(sum(band.count for band in summary.ageing))
    rows.append(row("Total", count, _money(summary.due_total), _rate(1, 1), kind="total"))
    columns = (
        Column("Retard", weight=1), Column("Cotisations", "right"), Column("Reste dû", "right"),
        Column("Part", "right"),
    )  # fmt: skip
    Grid(paper, Table(columns, tuple(rows)), width=paper.width * 0.7).draw()


def _years(paper: Paper, summary: DuesSummary) -> None:
    if len(summary.years) < 2:
        return
    paper.section("Comparaison avec les exercices précédents", keep=80)
    rows = [
        row(
            str(year.year), french.number(year.count), _money(year.called), _money(year.received),
            _money(year.due), _rate(year.called - year.due, year.called),
        )
        for year in summary.years
    ]  # fmt: skip
    columns = (
        Column("Exercice", weight=1), Column("Appels", "right"), Column("Appelé", "right"),
        Column("Reçu", "right"), Column("Reste dû", "right"), Column("Encaissé", "right"),
    )  # fmt: skip
    Grid(paper, Table(columns, tuple(rows))).draw()
