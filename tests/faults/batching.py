"""Run as a program: write a batch of calls into a folder, one PDF after the other, until somebody kills it.

``python -m tests.faults.batching FOLDER`` says before each PDF how many are there.
"""

import sys
from dataclasses import replace
from os import environ
from pathlib import Path

from tests.reports import samples_papers
from vto_desktop.reports import REPORTS
from vto_desktop.reports.batch import Batch

LETTERS = 60 if environ.get("VTO_LONG") else 24


def batch(folder: Path, *, letters: int = LETTERS) -> Batch:
    """Return a batch of calls, each to another member."""
    model = samples_papers.CALL
    calls = tuple(
        replace(model, number=f"2021-{n:03d}", addressee=replace(model.addressee, name=f"Commune {n}"))
        for n in range(1, letters + 1)
    )
    summary = replace(samples_papers.CALLS, letters=calls)
    return REPORTS["dues-calls"].batch(summary, folder, dossier_name="exemple.vto")


def main(folder: Path) -> None:
    """Write, saying how far it is."""

    def told(done: int, _total: int, _whom: str) -> None:
        print(done, flush=True)

    batch(folder).write(told)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
