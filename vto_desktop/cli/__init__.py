"""The command line, stable and in English, for tests and automation; refusals stay in French.

Exit codes: 0 done; 1 refused, one French sentence and its code on stderr; 2 wrong usage.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path

from vto_desktop import __version__
from vto_desktop.cli import documents, dossiers, figures, imports, lists, reference
from vto_desktop.cli.parsing import Commands, tell
from vto_desktop.errors import UserError

WriteShots = Callable[[Path, Path], list[Path]]


def main(arguments: Sequence[str], *, write_shots: WriteShots | None = None) -> int:
    """Run one command and return its exit code.

    ``write_shots`` draws the pages: it is given from above, since no command but that one needs Qt.
    """
    _write_any_text()
    parser = _parser()
    options = parser.parse_args(arguments)
    for name, value in vars(options).items():
        if isinstance(value, str) and any("\ud800" <= each <= "\udfff" for each in value):
            parser.error(f"{name}: {value!r} is no text")
    options.write_shots = write_shots
    shown = io.StringIO()
    code = 0
    try:
        # Printed once the dossier is closed: a reader that goes away is no fault of the disk's.
        with redirect_stdout(shown):
            options.run(options)
    except (UserError, OSError) as error:
        code = _refuse(error)  # what was said before, such as the problems of a list, is printed all the same
    try:
        print(shown.getvalue(), end="", flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing left to flush at exit
        if not isinstance(error, BrokenPipeError):
            return _refuse(error)
    return code


def _write_any_text() -> None:
    """Have answers be UTF-8, as JSON is, unless they are for the eye: no text of a dossier may fail here."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_seen = stream is sys.stderr or stream.isatty()
            stream.reconfigure(encoding=None if is_seen else "utf-8", errors="backslashreplace")


def _refuse(error: UserError | OSError) -> int:
    """Say in one line why a command did not do what was asked, and return the exit code for it."""
    tell(error if isinstance(error, UserError) else _of_the_system(error))
    return 1


def _of_the_system(error: OSError) -> UserError:
    """Return the sentence for what the system refuses and no command has better words for."""
    from vto_desktop.store import files

    name = f" pour «\u00a0{Path(error.filename).name}\u00a0»" if isinstance(error.filename, str) else ""
    return UserError(
        "ERREUR_DISQUE",
        f"La commande n’a pas abouti{name} : {files.why(error)}. Le dossier est intact : vérifiez "
        "l’emplacement, puis recommencez.",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vto-desktop", description="With a dossier alone: the window.")
    parser.add_argument("--version", action="version", version=f"vto-desktop {__version__}")
    commands = Commands(parser)
    for module in (dossiers, documents, figures, lists, imports, reference):
        module.add(commands)
    return parser
