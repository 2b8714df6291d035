"""How commands and their options are declared, and how answers are printed as JSON."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vto_desktop import french
from vto_desktop.errors import UserError

if TYPE_CHECKING:
    from vto_desktop.store import Dossier

Run = Callable[[argparse.Namespace], None]
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2999
GREATEST_ID: Final = 2**63 - 1  # what SQLite holds


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


@contextmanager
def opened(path: Path) -> "Iterator[Dossier]":
    """Open a dossier, having said on stderr what may make wrong what is read in it."""
    from vto_desktop.store import open_dossier

    with open_dossier(path) as dossier:
        for notice in dossier.notices:
            if notice.code == "INCOHERENCE":
                tell(notice)
        yield dossier


def tell(said: UserError) -> None:
    """Print a refusal or a notice in one line on stderr, its spaces plain ones."""
    print(" ".join(str(said).split()), file=sys.stderr)


def add_year(command: argparse.ArgumentParser) -> None:
    """Declare ``--year``, a fiscal year."""
    command.add_argument("--year", type=whole(FIRST_YEAR, LAST_YEAR))


def add_day(command: argparse.ArgumentParser) -> None:
    """Declare ``--date``, a calendar day."""
    command.add_argument("--date", type=day, metavar="YYYY-MM-DD")


def day(text: str) -> date:
    """Return the day of ``YYYY-MM-DD``, of a year that others can be reckoned from."""
    try:
        read = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date as YYYY-MM-DD") from error
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text!r} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return read


def whole(least: int, greatest: int = GREATEST_ID) -> Callable[[str], int]:
    """Return what reads a whole number between two others."""

    def number(text: str) -> int:
        try:
            read = int(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from error
        if not least <= read <= greatest:
            raise argparse.ArgumentTypeError(f"{text!r} is not between {least} and {greatest}")
        return read

    return number


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
