"""The command line, stable and in English, for tests and automation; refusals stay in French.

Exit codes: 0 done; 1 refused, one French sentence and its code on stderr; 2 wrong usage.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path

from vto_desktop import __version__
from vto_desktop.cli import documents, dossiers, figures, imports, lists, reference
from vto_desktop.cli.parsing import Commands
from vto_desktop.errors import UserError

WriteShots = Callable[[Path, Path], list[Path]]


def main(arguments: Sequence[str], *, write_shots: WriteShots | None = None) -> int:
    """Run one command and return its exit code.

    ``write_shots`` draws the pages: it is given from above, since no command but that one needs Qt.
    """
    options = _parser().parse_args(arguments)
    options.write_shots = write_shots
    shown = io.StringIO()
    code = 0
    try:
        # Printed once the dossier is closed: a reader that goes away is no fault of the disk's.
        with redirect_stdout(shown):
            options.run(options)
    except UserError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        code = 1  # what was said before, such as the problems of a list, is printed all the same
    with suppress(BrokenPipeError):
        print(shown.getvalue(), end="", flush=True)
        return code
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing left to flush at exit
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vto-desktop", description="With a dossier alone: the window.")
    parser.add_argument("--version", action="version", version=f"vto-desktop {__version__}")
    commands = Commands(parser)
    for module in (dossiers, documents, figures, lists, imports, reference):
        module.add(commands)
    return parser
