"""Annuaire des instances: who sits in each body on a day, with what each holds and how to reach them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from vto_desktop import french
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, row
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import Run
from vto_desktop.services.body_papers import BodiesSummary, BodyPeople
from vto_desktop.services.contacts import Contact


def layout(summary: BodiesSummary, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the directory."""
    title = "Annuaire des instances"
    return of_bodies(summary, title, _body, dossier_name=dossier_name, printed_at=printed_at)


def of_bodies(
    summary: BodiesSummary, title: str, tell: Callable[[Paper, BodyPeople], None], *, dossier_name: str,
    printed_at: datetime,
) -> Paper:  # fmt: skip
    """Lay out a paper that tells of each body in turn; one in which nobody sits says so."""
    paper = Paper(
        summary.head,
        title=title,
        subtitle=f"Au {french.short_date(summary.on)}",
        dossier_name=dossier_name,
        printed_at=printed_at,
    )
    if not summary.bodies:
        paper.section("Instances", "Aucune instance n’a de fonction.", keep=0)
    for each in summary.bodies:
        if each.people:
            tell(paper, each)
        else:
            paper.section(each.body, f"Personne n’y siège au {french.long_date(summary.on)}.", keep=0)
    return paper


def write(summary: BodiesSummary, path: Path, *, dossier_name: str, printed_at: datetime) -> tuple[str, ...]:
    """Write the directory as PDF; return notices about it. UserErrors: those of ``write_safely``."""
    return layout(summary, dossier_name=dossier_name, printed_at=printed_at).write(path)


def _body(paper: Paper, found: BodyPeople) -> None:
    unreachable = sum(not each.email and not each.phone for each in found.people)
    said = f"{found.since}{french.NBSP}: " if found.since else ""
    said += french.count(len(found.people), "personne")
    if unreachable == len(found.people):
        said += ", aucun courriel ni téléphone renseigné"
    elif unreachable:
        without = french.count(unreachable, "sans courriel ni téléphone", "sans courriel ni téléphone")
        said += f", dont {without}"
    paper.section(found.body, f"{said}.")
    columns = (
        Column("Nom, qualité", weight=46),
        Column("Fonction, adhérent", weight=34),
        Column("Courriel, téléphone", weight=30),
    )
    Grid(paper, Table(columns, tuple(_row(each) for each in found.people))).draw()


def _row(each: Contact) -> Row:
    name: list[tuple[Run, ...]] = [(Run(each.person, "semibold"),)]
    if each.capacity:
        name.append((Run(each.capacity),))
    seat = [(Run(", ".join(each.offices), "semibold"),), *((Run(text),) for text in each.members)]
    reach = [(Run(text),) for text in (each.email, each.phone) if text] or [(Run("non renseigné", "italic"),)]
    return row(Cell(tuple(name)), Cell(tuple(seat)), Cell(tuple(reach)))
