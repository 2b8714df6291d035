"""The command line, stable and in English, for tests and automation; refusals stay in French.

Exit codes: 0 done; 1 refused, one French sentence and its code on stderr; 2 wrong usage.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from vto_desktop import __version__, french
from vto_desktop.errors import UserError

PAGE: Final = 1_000
WriteShots = Callable[[Path, Path], list[Path]]


def main(arguments: Sequence[str], *, write_shots: WriteShots | None = None) -> int:
    """Run one command and return its exit code.

    ``write_shots`` draws the pages: it is given from above, since no command but that one needs Qt.
    """
    options = _parser().parse_args(arguments)
    options.write_shots = write_shots
    shown = io.StringIO()
    try:
        # Printed once the dossier is closed: a reader that goes away is no fault of the disk's.
        with redirect_stdout(shown):
            options.run(options)
    except UserError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    with suppress(BrokenPipeError):
        print(shown.getvalue(), end="", flush=True)
        return 0
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing left to flush at exit
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date as YYYY-MM-DD") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vto-desktop", description="With a dossier alone: the window.")
    parser.add_argument("--version", action="version", version=f"vto-desktop {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Any, summary: str, *, dossier: bool = True) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
        if dossier:
            added.add_argument("dossier", type=Path, metavar="DOSSIER")
        added.set_defaults(run=run)
        return added

    added = command("new", new, "make a dossier; refuses to overwrite")
    added.add_argument("--example", action="store_true", help="with the 2021 example in it")
    command("info", info, "counts and schema version").add_argument("--json", action="store_true")
    command("reports", reports, "names of the documents, one a line", dossier=False)
    added = command("print", print_report, "write a document as PDF", dossier=False)
    added.add_argument("report", metavar="REPORT")
    added.add_argument("dossier", type=Path, metavar="DOSSIER")
    added.add_argument("--to", type=Path, required=True, metavar="F.pdf")
    added.add_argument("--year", type=int)
    added.add_argument("--date", type=_day, metavar="YYYY-MM-DD")
    added = command("summary", summary_, "figures as JSON (cents, percent)", dossier=False)
    added.add_argument("which", choices=("finance", "membership"))
    added.add_argument("dossier", type=Path, metavar="DOSSIER")
    added.add_argument("--year", type=int)
    added.add_argument("--date", type=_day, metavar="YYYY-MM-DD")
    added = command("export", export, "write a list as xlsx or CSV", dossier=False)
    added.add_argument("list", metavar="LIST")
    added.add_argument("dossier", type=Path, metavar="DOSSIER")
    added.add_argument("--to", type=Path, required=True, metavar="F.xlsx|F.csv")
    command("check", check, "integrity, foreign keys, journal chain, schema")
    command("backup", backup, "write a verified backup").add_argument("--to", type=Path, metavar="DIR")
    added = command("restore", restore, "put a backup back; keeps what it replaces", dossier=False)
    added.add_argument("backup", type=Path, metavar="BACKUP")
    added.add_argument("--to", type=Path, required=True, metavar="DOSSIER")
    added = command("shots", shots, "every page as PNG, light and dark")
    added.add_argument("--to", type=Path, required=True, metavar="DIR")
    return parser


def _show(value: Any) -> None:
    def plain(other: Any) -> Any:
        if isinstance(other, date):
            return other.isoformat()
        raise TypeError(type(other).__name__)

    text = json.dumps(value, ensure_ascii=False, indent=2, default=plain)
    # No-break spaces are for the eye; a program compares with plain ones.
    print(text.replace(french.NBSP, " ").replace(french.THIN, " "))


def new(options: argparse.Namespace) -> None:
    """Make a dossier, empty or with the example."""
    from vto_desktop.services import association, example
    from vto_desktop.store import create_dossier

    with create_dossier(options.dossier) as dossier:
        if options.example:
            with dossier.write("Créer l’exemple 2021", is_start=True) as session:
                example.build_example(session)
        else:
            with dossier.write("Créer le dossier", is_start=True) as session:
                association.initialise(session, options.dossier.stem)


def info(options: argparse.Namespace) -> None:
    """Print what the dossier holds."""
    from vto_desktop.services.lists import counts
    from vto_desktop.store import open_dossier

    with open_dossier(options.dossier) as dossier, dossier.read() as session:
        held: dict[str, Any] = {**counts(session), "schema_version": dossier.schema_version}
    if options.json:
        _show(held)
    else:
        print("\n".join(f"{name}: {value}" for name, value in held.items()))


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
            year=_year(session, options.year) if report.option == "year" else None,
            on=options.date or date.today(),  # noqa: DTZ011 - the user's own calendar day
            dossier_name=options.dossier.name,
        )
    for notice in notices:
        print(notice, file=sys.stderr)


def _year(session: Any, asked: int | None) -> int:
    """Return the asked fiscal year, or the latest one of the dossier."""
    from vto_desktop.services.accounts import latest_year

    return asked if asked is not None else latest_year(session)


def summary_(options: argparse.Namespace) -> None:
    """Print a summary as JSON."""
    from vto_desktop.services import summaries
    from vto_desktop.store import open_dossier

    with open_dossier(options.dossier) as dossier, dossier.read() as session:
        if options.which == "finance":
            _show(_finance(summaries.finance(session, _year(session, options.year))))
        else:
            day = options.date or date.today()  # noqa: DTZ011 - the user's own calendar day
            _show(_membership(summaries.membership(session, day)))


def _share(part: int, whole: int) -> float | None:
    """Return a share in percent, to two decimals; none of nothing."""
    return round(part * 100 / whole, 2) if whole else None


def _finance(found: Any) -> dict[str, Any]:
    return {
        "year": found.year,
        "income_total": found.income_total,
        "expense_total": found.expense_total,
        "result": found.result,
        "sources": [
            {
                "path": list(source.path),
                "amount": source.amount,
                "share": _share(source.amount, found.income_total),
            }
            for source in found.sources
        ],
        "expenses": [
            {
                "account_class": figure.account_class,
                "label": figure.label,
                "amount": figure.amount,
                "share": _share(figure.amount, found.expense_total),
            }
            for figure in found.expenses
        ],
        "published": [
            {
                **asdict(figure),
                "value": figure.value / 100,
                "computed": None if figure.computed is None else figure.computed / 100,
            }
            for figure in found.published
        ],
        "sentence": found.sentence,
        "authority_sentence": found.authority_sentence,
        "expense_sentence": found.expense_sentence,
    }


def _membership(found: Any) -> dict[str, Any]:
    return {
        "date": found.on,
        "total": len(found.members),
        "by_kind": dict(found.by_kind),
        "by_college": dict(found.by_college),
        "by_departement": dict(found.by_departement),
        "members": [
            {
                "name": member.name,
                "kind": member.kind,
                "departement": member.departement,
                "representatives": [
                    {"name": each.name, "capacity": each.capacity, "rank": each.rank}
                    for each in member.representatives
                ],
            }
            for member in found.members
        ],
        "sentence": found.sentence,
    }


def export(options: argparse.Namespace) -> None:
    """Write one list as xlsx or CSV."""
    from vto_desktop.exchange.tables import write_table
    from vto_desktop.services.lists import LISTS
    from vto_desktop.store import open_dossier

    found = LISTS.get(options.list)
    if found is None:
        raise UserError(
            "LISTE_INCONNUE", f"« {options.list} » n’est pas une liste ; il y a : {', '.join(LISTS)}."
        )
    with open_dossier(options.dossier) as dossier, dossier.read() as session:
        ids = found.ids(session)

        def rows() -> Iterator[Sequence[Any]]:
            for start in range(0, len(ids), PAGE):
                yield from found.rows(session, ids[start : start + PAGE])

        write_table(options.to, found.title, found.columns, rows())


def check(options: argparse.Namespace) -> None:
    """Say « intact », or what is wrong."""
    from vto_desktop.store.check import check as problems_of

    problems = problems_of(options.dossier)
    if problems:
        details = " ".join(problem.sentence for problem in problems)
        raise UserError(problems[0].code, details)
    print("intact")


def backup(options: argparse.Namespace) -> None:
    """Write a verified backup, into a folder made if need be, and print its place."""
    from vto_desktop.store import open_dossier
    from vto_desktop.store.backups import back_up

    if options.to is not None and options.to.parent.is_dir():
        options.to.mkdir(exist_ok=True)
    with open_dossier(options.dossier) as dossier:
        print(back_up(dossier, options.to))


def restore(options: argparse.Namespace) -> None:
    """Put a backup in the dossier's place."""
    from vto_desktop.store.restoring import restore as put_back

    put_back(options.backup, options.to)


def shots(options: argparse.Namespace) -> None:
    """Write every page as PNG."""
    for made in options.write_shots(options.dossier, options.to):
        print(made)
