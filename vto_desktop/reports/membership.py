"""Synthèse des adhésions: the members on a day, by kind and département, each with its representatives."""

from datetime import datetime
from pathlib import Path
from typing import Final

from vto_desktop import french, model
from vto_desktop.model import NATURAL_PERSON, PLURAL_KINDS
from vto_desktop.reports.charts import PAPER, bar
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, fitted, row
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import CAPTION, SMALL_CELL, Run, wrap
from vto_desktop.services.figures import MemberFigure, MembershipSummary, RepresentativeFigure

SHORT_KINDS: Final = {**model.SHORT_KINDS, NATURAL_PERSON: ""}
_UNKNOWN: Final = "Non renseigné"


def layout(summary: MembershipSummary, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the membership summary of a day."""
    paper = Paper(
        summary.head,
        title=f"Synthèse des adhésions {summary.on.year}",
        subtitle=f"Adhérents au {french.short_date(summary.on)}",
        dossier_name=dossier_name,
        printed_at=printed_at,
    )
    paper.y += 8
    empty = f"Aucun adhérent au {french.long_date(summary.on)}."
    paper.paragraph(summary.sentence if summary.members and summary.sentence else empty)
    if summary.members:
        _counts(paper, summary)
        _members(paper, summary)
    return paper


def write(
    summary: MembershipSummary, path: Path, *, dossier_name: str, printed_at: datetime
) -> tuple[str, ...]:
    """Write the membership summary as PDF; return notices about it. UserErrors: those of ``write_safely``."""
    return layout(summary, dossier_name=dossier_name, printed_at=printed_at).write(path)


# --- how many ------------------------------------------------------------------------------------


def _counts(paper: Paper, summary: MembershipSummary) -> None:
    gap = 28.0
    half = (paper.width - gap) / 2
    kinds = Grid(paper, _kinds(summary), width=half)
    places = Grid(paper, _places(summary), x=paper.left + half + gap, width=half)
    notes = wrap(paper.ink.runs(_notes(summary), CAPTION), CAPTION, half)
    tallest = max(kinds.height, places.height + 6 + len(notes) * CAPTION.leading)
    if tallest <= paper.bottom - paper.top:
        paper.need(tallest)
        kinds.draw_at(paper.y)
        paper.lines(notes, places.x, places.draw_at(paper.y) + 6, CAPTION)
        paper.y += tallest
        return
    for table in (_kinds(summary), _places(summary)):
        Grid(paper, table).draw()
        paper.y += 14
    paper.paragraph(_notes(summary), CAPTION, after=0)


def _kinds(summary: MembershipSummary) -> Table:
    rows = [
        row((PLURAL_KINDS.get(kind, kind) if count > 1 else kind) or _UNKNOWN, french.number(count))
        for kind, count in summary.by_kind
    ]
    rows.append(row("Total", french.number(sum(n for _, n in summary.by_kind)), kind="total"))
    return Table((Column("Type", weight=1), Column("Adhérents", "right")), tuple(rows), padding=1.0)


def _places(summary: MembershipSummary) -> Table:
    largest = max((n for _, n in summary.by_departement), default=0)
    rows = [
        row(
            name.strip() or _UNKNOWN,
            Cell(chart=bar(count, largest, "#2f5d8c", PAPER, (78, 6.5))),
            french.number(count),
        )
        for name, count in summary.by_departement
    ]
    rows.append(row("Total", "", french.number(sum(n for _, n in summary.by_departement)), kind="total"))
    columns = (Column("Département", weight=1), Column("", width=90), Column("Adhérents", "right"))
    return Table(columns, tuple(rows), padding=1.0)


def _notes(summary: MembershipSummary) -> str:
    texts = []
    if summary.joined_in_year or summary.left_in_year:
        joined = french.count(summary.joined_in_year, "adhésion")
        texts.append(f"En {summary.on.year} : {joined}, {french.count(summary.left_in_year, 'départ')}.")
    if summary.population:
        texts.append("Population : données de référence des collectivités.")
    return " ".join(texts)


# --- who -----------------------------------------------------------------------------------------


def _members(paper: Paper, summary: MembershipSummary) -> None:
    paper.section("Adhérents et représentants", keep=60)
    rows: list[Row] = []
    colleges: dict[str, list[MemberFigure]] = {}
    for member in summary.members:
        colleges.setdefault(member.college, []).append(member)
    for college, members in colleges.items():
        rows.append(row(college or _UNKNOWN, "", "", french.number(len(members)), kind="group"))
        rows += map(_member_row, members)
    columns = (
        Column("Adhérent", weight=29),
        Column("Type, département", weight=20),
        Column("Population", "right"),
        Column("Représentant, qualité", weight=54),
    )
    fitted(paper, Table(columns, tuple(rows), SMALL_CELL, padding=1.3), paper.room).draw()


def _member_row(member: MemberFigure) -> Row:
    kind = SHORT_KINDS.get(member.kind, member.kind)
    where = ", ".join(filter(None, (kind, member.departement.strip()))) or "–"
    population = "–" if member.population is None else french.number(member.population)
    name = Cell(((Run(member.name, "semibold"),),))
    return row(name, where, population, Cell(_representatives(member)))


def _representatives(member: MemberFigure) -> tuple[tuple[Run, ...], ...]:
    if member.representatives:
        return tuple(_representative(r, member.name) for r in member.representatives)
    if member.kind != NATURAL_PERSON:
        return ((Run("aucun représentant désigné", "italic"),),)
    return (in_person(member.capacity),)


def in_person(capacity: str) -> tuple[Run, ...]:
    """Return how a natural person's own seat is told, once, whatever its capacity already says."""
    if NATURAL_PERSON.lower() in capacity.lower():
        return (Run(capacity),)
    seated = Run("en tant que personne physique", "italic")
    return (Run(f"{capacity}, "), seated) if capacity else (seated,)


def _representative(figure: RepresentativeFigure, member: str) -> tuple[Run, ...]:
    if figure.name == member:
        return in_person(figure.capacity)
    before = (Run(f"{figure.rank_text} ", "italic"),) if figure.rank_text else ()
    after = (Run(f", {figure.capacity}"),) if figure.capacity else ()
    return (*before, Run(figure.name, "semibold"), *after)
