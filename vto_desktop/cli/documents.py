"""Commands that write papers: which there are, and one of them as PDF, or as one PDF for each member."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vto_desktop import french, paths
from vto_desktop.cli.parsing import (
    Commands,
    add_day,
    add_dossier,
    add_year,
    day,
    day_of,
    opened,
    today,
    whole,
    year_of,
)
from vto_desktop.errors import UserError

if TYPE_CHECKING:
    from vto_desktop.reports import Chosen, Report

LEVELS: Final = (1, 2, 3)


def add(commands: Commands) -> None:
    """Declare the commands."""
    commands.add("reports", reports, "names of the documents, one a line", dossier=False)
    added = commands.add("print", print_report, "write a document as PDF", dossier=False)
    added.add_argument("report", metavar="REPORT")
    add_dossier(added)
    added.add_argument("--to", type=Path, required=True, metavar="F.pdf|DIR")
    add_year(added)
    add_day(added)
    added.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="receipts: first day")
    added.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="receipts: last day")
    added.add_argument("--slip", default="", metavar="NAME", help="receipts-slip: one bank slip")
    added.add_argument("--which", metavar="GROUP", help="dues-calls: all, unsettled, late; …")
    added.add_argument("--body", metavar="NAME", help="board, bodies, meetings: bureau, ca, ag or a name")
    added.add_argument(
        "--meeting", type=whole(1), metavar="ID", help="papers of a meeting; else --body and --date"
    )
    added.add_argument("--decision", metavar="YYYY-NN", help="decision-extract: this deliberation")
    added.add_argument("--level", type=int, choices=LEVELS, help="reminders: this level for all")
    added.add_argument("--format", metavar="FORMAT", help="labels: 3x7 or 2x7")
    added.add_argument("--first", type=whole(1), metavar="N", help="labels: position of the first one")
    added.add_argument(
        "--attention",
        action="store_true",
        help="labels: for the attention of the first titular representative",
    )
    added.add_argument("--member", default="", metavar="NAME", help="only members whose name holds this")


def reports(_options: argparse.Namespace) -> None:
    """Print the names of the documents."""
    from vto_desktop.reports import REPORTS

    print("\n".join(REPORTS))


def print_report(options: argparse.Namespace) -> None:
    """Write one document as PDF; into a folder, one PDF for each letter. What is missing goes to stderr."""
    from vto_desktop.reports import REPORTS

    report = REPORTS.get(options.report)
    if report is None:
        raise UserError(
            "DOCUMENT_INCONNU",
            f"«\u00a0{options.report}\u00a0» n’est pas un document ; il y a : {', '.join(REPORTS)}.",
        )
    is_folder = _is_folder(report, options.to)
    with opened(options.dossier) as dossier, dossier.read() as session:
        chosen = _chosen(session, report, options)
        summary = report.read(session, **chosen)
    if report.is_batch:
        summary = _of_member(summary, options.member)
    if hasattr(summary, "incomplete"):
        _tell(f"{each.sentence} [A_COMPLETER]" for each in summary.incomplete())
    if is_folder:
        _write_each(report, summary, options)
    else:
        _tell(report.draw(summary, options.to, dossier_name=options.dossier.name))


def _is_folder(report: "Report", target: Path) -> bool:
    """Return whether letters go into a folder, one PDF each; refuse what can be neither folder nor PDF."""
    if target.is_dir():
        if report.is_batch:
            return True
        said = f"«\u00a0{report.title}\u00a0» est un seul document : donnez un nom de fichier en .pdf."
        raise UserError("FICHIER_ATTENDU", f"{said} Rien n’a été écrit.")
    if target.suffix.lower() == ".pdf":
        return False
    if report.is_batch and not target.exists():
        return True
    raise UserError(
        "FORMAT_INCONNU", f"«\u00a0{paths.name_of(target)}\u00a0» doit finir par .pdf. Rien n’a été écrit."
    )


def _chosen(session: Any, report: "Report", options: argparse.Namespace) -> "Chosen":
    """Return what was asked; periods are those of the fiscal year unless they are given."""
    from vto_desktop.services import meeting_choice

    groups = dict(report.groups)
    if options.which is not None and options.which not in groups:
        asked = ", ".join(groups) or "aucun"
        raise UserError(
            "CHOIX_INCONNU",
            f"«\u00a0{options.which}\u00a0» n’est pas un choix de ce document ; il y a : {asked}.",
        )
    chosen: Chosen = {
        "on": day_of(options), "since": options.since, "until": options.until, "slip": options.slip,
        "level": options.level, "format": options.format, "first": options.first, "body": options.body,
        "to": "representative" if options.attention else None,
    }  # fmt: skip
    if options.which is not None:
        chosen["which"] = options.which
    if {"year", "period"} & set(report.options):
        chosen["year"] = year_of(session, options.year)
    if "numbered" in report.options:
        chosen["numbered"] = options.year or meeting_choice.numbered_years(session, today=today())[0]
    if "meeting" in report.options:
        _choose_meeting(session, report, options, chosen)
    return chosen


def _choose_meeting(session: Any, report: "Report", options: argparse.Namespace, chosen: "Chosen") -> None:
    """Take the deliberation asked, else the meeting; a day that chose the meeting is not the paper's."""
    from vto_desktop.services import meeting_choice

    if "decision" in report.options and options.decision:
        chosen["meeting"], chosen["decision"] = meeting_choice.decision_numbered(session, options.decision)
    elif options.meeting is not None:
        chosen["meeting"] = options.meeting
    else:
        chosen["meeting"] = meeting_choice.meeting_asked(
            session, body=options.body, on=options.date, today=today()
        )
        chosen["on"] = today()


def _of_member(summary: Any, name: str) -> Any:
    """Keep the letters to members, or to those who sit for them, whose name holds a text, however written."""
    if not name:
        return summary
    wanted = french.search_key(name)
    kept = [each for each in summary.letters if wanted in french.search_key(*_names(each))]
    if not kept:
        raise UserError(
            "ADHERENT_INCONNU", f"Aucune lettre n’est à écrire à «\u00a0{name}\u00a0». Rien n’a été écrit."
        )
    return replace(summary, letters=tuple(kept))


def _names(letter: Any) -> list[str]:
    return [letter.addressee.name, *(seat.label for seat in getattr(letter, "seats", ()))]


def _write_each(report: "Report", summary: Any, options: argparse.Namespace) -> None:
    target: Path = options.to
    if target.parent.is_dir():
        target.mkdir(exist_ok=True)
    batch = report.batch(summary, target, dossier_name=options.dossier.name)
    try:
        _tell(batch.write())
    except UserError:
        _tell([batch.outcome()])
        raise
    if not batch.names:
        _tell([batch.outcome()])
    for name in batch.names:
        print(target / name)


def _tell(notices: Iterable[str]) -> None:
    for notice in notices:
        print(notice, file=sys.stderr)
