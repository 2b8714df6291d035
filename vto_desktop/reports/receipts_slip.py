"""Bordereau d'encaissements: what was received in a period or handed in with one slip, and how it came."""

from datetime import datetime
from typing import Final

from vto_desktop import french
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, row
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import SMALL_CELL, Run
from vto_desktop.services.figures_papers import Slip, SlipRow

TITLE: Final = "Bordereau d’encaissements"


def layout(slip: Slip, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the slip."""
    paper = Paper(
        slip.head, title=f"{TITLE} {slip.slip}".strip(), subtitle=period(slip), dossier_name=dossier_name,
        printed_at=printed_at,
    )  # fmt: skip
    paper.y += 8
    if not slip.rows:
        paper.paragraph(f"Aucun encaissement {period(slip)}.")
        return paper
    number = french.count(len(slip.rows), "encaissement")
    paper.paragraph(f"{number} {period(slip)}, pour un total de {french.amount(slip.total, decimals=True)}.")
    _rows(paper, slip)
    _means(paper, slip)
    return paper


def period(slip: Slip) -> str:
    """Return « du 01/01/2021 au 31/12/2021 », « le 12/04/2021 » for one day."""
    since, until = french.short_date(slip.since), french.short_date(slip.until)
    return f"le {since}" if since == until else f"du {since} au {until}"


def _rows(paper: Paper, slip: Slip) -> None:
    rows = [_row(number, each) for number, each in enumerate(slip.rows, 1)]
    total = french.amount(slip.total, decimals=True)
    rows.append(row("", "", Cell(((Run("Total"),),)), "", "", total, kind="total"))
    columns = (
        Column("N°", "right"), Column("Date"), Column("Payeur, objet", weight=60), Column("Moyen"),
        Column("Référence", weight=24), Column("Montant", "right"),
    )  # fmt: skip
    Grid(paper, Table(columns, tuple(rows), SMALL_CELL, padding=1.8)).draw()


def _row(number: int, each: SlipRow) -> Row:
    payer = Cell(((Run(each.payer, "semibold"),), (Run(each.what),)))
    return row(
        str(number), french.short_date(each.received_on), payer, each.means, each.reference,
        french.amount(each.amount, decimals=True),
    )  # fmt: skip


def _means(paper: Paper, slip: Slip) -> None:
    paper.section("Totaux par moyen de paiement", keep=60)
    rows = [
        row(means, french.number(count), french.amount(amount, decimals=True))
        for means, count, amount in slip.by_means
    ]
    rows.append(
        row("Total", french.number(len(slip.rows)), french.amount(slip.total, decimals=True), kind="total")
    )
    columns = (Column("Moyen", weight=1), Column("Encaissements", "right"), Column("Montant", "right"))
    Grid(paper, Table(columns, tuple(rows)), width=paper.width * 0.6).draw()
