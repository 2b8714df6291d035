"""Decides: the window or the command line."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the window on an optional dossier, or run one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (len(given) == 1 and given[0].endswith(".vto")):
        from vto_desktop.ui.application import start

        return start(given[0] if given else None)
    from vto_desktop import cli

    return cli.main(given)


if __name__ == "__main__":
    raise SystemExit(main())
