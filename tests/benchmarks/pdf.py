"""Speed and memory of long PDF lists (goals G12 to G14), each round measured beside its reference."""

import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import Final

from tests.benchmarks.harness import Effort, Outcome, bound_line, compared, interleaved, timed
from vto_desktop import french
from vto_desktop.reports import fonts
from vto_desktop.reports.tables import ListColumn, LongTable
from vto_desktop.services.figures import AssociationHead

ROWS: Final = 50_000
_HEAD: Final = AssociationHead(
    "Villes et Territoires Occitanie", "Centre de ressources", "", "", "", "", "", "", "", "", ""
)
_COLUMNS: Final = (
    ListColumn("N°"), ListColumn("Adhérent"), ListColumn("Type"), ListColumn("Département"),
    ListColumn("Adhésion"), ListColumn("Cotisation", "right"),
)  # fmt: skip
_LEFT: Final = (51.0, 110.0, 250.0, 320.0, 400.0)

Rows = Sequence[tuple[str, ...]]


def rows(number: int, *, seed: int = 1) -> Rows:
    """Return rows as a list of members would print them."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable list, nothing secret
    places = ("Hérault", "Gard", "Aude", "Haute-Garonne")
    return [
        (
            f"{n:06d}",
            f"Commune de Saint-{chance.choice(('Jean', 'Pons', 'Affrique'))} {n}",
            chance.choice(("Commune", "CC", "CA")),
            chance.choice(places),
            f"{chance.randint(1, 28):02d}/03/2021",
            french.amount(chance.randrange(10**7), decimals=True),
        )
        for n in range(number)
    ]


def draw(data: Rows, *, writer: type[LongTable] = LongTable) -> None:
    """Draw a list with the program's writer, into a file as the program does."""
    moment = datetime(2022, 2, 15, 9, 12)  # noqa: DTZ001 - the user's own clock
    table = writer(_HEAD, "Adhérents", "Liste", _COLUMNS, data, dossier_name="x.vto", printed_at=moment)
    with TemporaryFile() as file:
        table.draw(file)


def draw_cells(data: Rows) -> None:
    """Draw the same cells with one drawString each, same font and size, nothing else."""
    from reportlab.pdfgen.canvas import Canvas

    with TemporaryFile() as file:
        canvas = Canvas(file, pageCompression=1)
        y = 0.0
        for row in data:
            if y < 70:
                if y:
                    canvas.showPage()
                canvas.setFont(fonts.font_name("regular"), 8.4)
                y = 780.0
            for x, text in zip(_LEFT, row, strict=False):
                canvas.drawString(x, y, text)
            canvas.drawRightString(544, y, row[-1])
            y -= 13.6
        canvas.showPage()
        canvas.save()


class WithoutTotal(LongTable):
    """The same list whose pages are not counted before they are drawn."""

    def count_pages(self) -> int:
        """Leave the walk through the rows out."""
        return 0


def peak() -> float:
    """Return the most memory a fresh process ever held while drawing the long list. Megabytes.

    Read from /proc: ``ru_maxrss`` keeps the size of the process that started this one.
    """
    code = (
        "from pathlib import Path; from tests.benchmarks import pdf; pdf.draw(pdf.rows(pdf.ROWS)); "
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def measure(effort: Effort) -> list[Outcome]:
    """Measure lists of 50,000 and 1,000 rows, and what « page x / y » costs."""
    many = rows(ROWS)
    few, some = many[:1000], many[:10_000]
    samples = interleaved(
        {
            "ours": timed(lambda: draw(many)),
            "cells": timed(lambda: draw_cells(many)),
            "few": timed(lambda: draw(few)),
            "counted": timed(lambda: draw(some)),
            "uncounted": timed(lambda: draw(some, writer=WithoutTotal)),
        },
        effort.starts,
    )
    return [
        compared("G12", "50,000-row PDF / drawString per cell", samples, "cells", "ours", limit=2),
        compared("G12", "50,000 rows / 1,000 rows", samples, "few", "ours", limit=70),
        bound_line("G13", "memory of a process drawing 50,000 rows", peak(), 80, "MB"),
        compared("G14", "« page x / y » / page x alone", samples, "uncounted", "counted", limit=1.1),
    ]
