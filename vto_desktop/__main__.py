"""Decides: the window or the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the window on an optional dossier, or run one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--read-workbook"]:  # this program as the reader that workbooks cannot harm
        from vto_desktop.exchange import workbook_process

        return workbook_process.main(given[1:])
    if not given or (len(given) == 1 and given[0].endswith(".vto")):
        from vto_desktop.ui.application import start

        return start(given[0] if given else None)
    from vto_desktop import cli

    return cli.main(given, write_shots=_write_shots)


def _write_shots(dossier: Path, folder: Path) -> list[Path]:
    from vto_desktop.ui.application import write_shots

    return write_shots(dossier, folder)


if __name__ == "__main__":
    raise SystemExit(main())
