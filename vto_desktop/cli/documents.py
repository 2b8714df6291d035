"""Commands that write papers: which there are, and one of them as PDF."""

import argparse
import sys
from pathlib import Path

from vto_desktop.cli.parsing import Commands, add_day, add_dossier, add_year, day_of, year_of
from vto_desktop.errors import UserError


def add(commands: Commands) -> None:
    """Declare the commands."""
    commands.add("reports", reports, "names of the documents, one a line", dossier=False)
    added = commands.add("print", print_report, "write a document as PDF", dossier=False)
    added.add_argument("report", metavar="REPORT")
    add_dossier(added)
    added.add_argument("--to", type=Path, required=True, metavar="F.pdf")
    add_year(added)
    add_day(added)


def reports(_options: argparse.Namespace) -> None:
    """Print the names of the documents."""
    from vto_desktop.reports import REPORTS

    print("\n".join(REPORTS))


def print_report(options: argparse.Namespace) -> None:
    """Write one document as PDF."""
    from vto_desktop.reports import REPORTS
    from vto_desktop.store import open_dossier

    report = REPORTS.get(options.report)
    if report is None:
        raise UserError(
            "DOCUMENT_INCONNU", f"« {options.report} » n’est pas un document ; il y a : {', '.join(REPORTS)}."
        )
    with open_dossier(options.dossier) as dossier, dossier.read() as session:
        notices = report.write(
            session,
            options.to,
            year=year_of(session, options.year) if report.option == "year" else None,
            on=day_of(options),
            dossier_name=options.dossier.name,
        )
    for notice in notices:
        print(notice, file=sys.stderr)
