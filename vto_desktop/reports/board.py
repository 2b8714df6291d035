"""Bureau et conseil d'administration: who holds which office and seat on a day, in printed order."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from vto_desktop import french
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, row
from vto_desktop.reports.membership import in_person
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import Run
from vto_desktop.services.figures import BoardSummary, MandateFigure, Seat


def layout(summary: BoardSummary, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the composition of the bureau and the council on a day."""
    paper = Paper(
        summary.head,
        title="Bureau et conseil d’administration",
        subtitle=f"Composition au {french.short_date(summary.on)}",
        dossier_name=dossier_name,
        printed_at=printed_at,
    )
    _officers(paper, summary)
    _council(paper, summary)
    return paper


def write(summary: BoardSummary, path: Path, *, dossier_name: str, printed_at: datetime) -> tuple[str, ...]:
    """Write the board list as PDF; return notices about it. UserErrors: those of ``write_safely``."""
    return layout(summary, dossier_name=dossier_name, printed_at=printed_at).write(path)


# --- bureau --------------------------------------------------------------------------------------


def _officers(paper: Paper, summary: BoardSummary) -> None:
    title = "Bureau de l’association"
    if not summary.officers:
        paper.section(title, f"Aucun mandat au bureau au {french.long_date(summary.on)}.", keep=0)
        return
    sentence = summary.bureau_since.strip().rstrip(".") or f"Composition au {french.long_date(summary.on)}"
    held = french.count(len({m.person for m in summary.officers}), "membre")
    paper.section(title, f"{sentence} : {held}.")
    rows = [
        _office_row(list(holders))
        for _, holders in groupby(summary.officers, lambda m: m.office_group or m.office)
    ]
    columns = (Column("Fonction", weight=26), Column("Nom, qualité", weight=62), Column("Depuis le"))
    Grid(paper, Table(columns, tuple(rows), padding=3)).draw()


def _office_row(holders: Sequence[MandateFigure]) -> Row:
    first = holders[0]
    office = first.office_group if len(holders) > 1 and first.office_group else first.office
    since = tuple((Run(_period(m)),) for m in holders if m.since or m.until)
    same = len({(m.since, m.until) for m in holders}) == 1
    return row(
        Cell(((Run(office, "semibold"),),)),
        Cell(tuple(_person(m) for m in holders)),
        Cell(since[:1] if same else since),
    )


def _period(mandate: MandateFigure) -> str:
    since = french.short_date(mandate.since) or "–"
    return f"{since} (fin le {french.short_date(mandate.until)})" if mandate.until else since


def _person(mandate: MandateFigure) -> tuple[Run, ...]:
    before = (Run(f"{mandate.rank_text} ", "italic"),) if mandate.rank_text else ()
    after = (Run(f", {mandate.capacity}"),) if mandate.capacity else ()
    return (*before, Run(mandate.person, "semibold"), *after)


# --- council -------------------------------------------------------------------------------------


def _council(paper: Paper, summary: BoardSummary) -> None:
    title = "Membres du conseil d’administration et adhérents"
    if not summary.seats:
        paper.section(title, f"Aucun siège pourvu au {french.long_date(summary.on)}.", keep=0)
        return
    rule = summary.council_rule.strip()
    rule = f"{rule.rstrip(' .:')}. " if rule else ""
    number = french.count(len(summary.seats), "siège")
    paper.section(title, f"{rule}{number} au {french.long_date(summary.on)}.")
    rows = [_seat_row(number, seat) for number, seat in enumerate(summary.seats, 1)]
    columns = (
        Column("N°", "right"),
        Column("Adhérent", weight=32),
        Column("Représentants, qualité", weight=66),
    )
    Grid(paper, Table(columns, tuple(rows))).draw()


def _seat_row(number: int, seat: Seat) -> Row:
    member = Cell(((Run(seat.member, "semibold"),),))
    if not seat.mandates:
        return row(str(number), member, Cell(((Run("siège vacant", "italic"),),)))
    return row(str(number), member, Cell(tuple(_seat_person(m, seat) for m in seat.mandates)))


def _seat_person(mandate: MandateFigure, seat: Seat) -> tuple[Run, ...]:
    return _person(mandate) if mandate.person != seat.member else in_person(mandate.capacity)
