"""How commands and their options are declared, and how answers are printed as JSON."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from vto_desktop import french

Run = Callable[[argparse.Namespace], None]


class Commands:
    """The commands being declared; each module of the package adds its own."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._made = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(self, name: str, run: Run, summary: str, *, dossier: bool = True) -> argparse.ArgumentParser:
        """Declare a command; with ``dossier`` its first word is the dossier's path."""
        added: argparse.ArgumentParser = self._made.add_parser(name, help=summary, description=summary)
        if dossier:
            add_dossier(added)
        added.set_defaults(run=run)
        return added


def add_dossier(command: argparse.ArgumentParser) -> None:
    """Declare the dossier's path."""
    command.add_argument("dossier", type=Path, metavar="DOSSIER")


def add_year(command: argparse.ArgumentParser) -> None:
    """Declare ``--year``, a fiscal year."""
    command.add_argument("--year", type=int)


def add_day(command: argparse.ArgumentParser) -> None:
    """Declare ``--date``, a calendar day."""
    command.add_argument("--date", type=day, metavar="YYYY-MM-DD")


def day(text: str) -> date:
    """Return the day of ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date as YYYY-MM-DD") from error


def year_of(session: Any, asked: int | None) -> int:
    """Return the asked fiscal year, or the latest one of the dossier."""
    from vto_desktop.services.accounts import latest_year

    return asked if asked is not None else latest_year(session)


def day_of(options: argparse.Namespace) -> date:
    """Return the asked day, or today."""
    asked: date | None = options.date
    return asked or today()


def today() -> date:
    """Return the user's own calendar day."""
    return date.today()  # noqa: DTZ011


def show(value: Any) -> None:
    """Print a value as JSON, days as ``YYYY-MM-DD``."""

    def plain(other: Any) -> Any:
        if isinstance(other, date):
            return other.isoformat()
        raise TypeError(type(other).__name__)

    text = json.dumps(value, ensure_ascii=False, indent=2, default=plain)
    # No-break spaces are for the eye; a program compares with plain ones.
    print(text.replace(french.NBSP, " ").replace(french.THIN, " "))
