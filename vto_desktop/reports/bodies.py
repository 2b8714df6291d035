"""Annuaire des instances: who sits in each body on a day, with what each holds and how to reach them."""

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
    paper = Paper(
        summary.head,
        title="Annuaire des instances",
        subtitle=f"Au {french.short_date(summary.on)}",
        dossier_name=dossier_name,
        printed_at=printed_at,
    )
    if not summary.bodies:
        paper.section("Instances", "Aucune instance n’a de fonction.", keep=0)
    for each in summary.bodies:
        _body(paper, each, french.long_date(summary.on))
    return paper


def write(summary: BodiesSummary, path: Path, *, dossier_name: str, printed_at: datetime) -> tuple[str, ...]:
    """Write the directory as PDF; return notices about it. UserErrors: those of ``write_safely``."""
    return layout(summary, dossier_name=dossier_name, printed_at=printed_at).write(path)


def _body(paper: Paper, found: BodyPeople, day: str) -> None:
    if not found.people:
        paper.section(found.body, f"Personne n’y siège au {day}.", keep=0)
        return
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
