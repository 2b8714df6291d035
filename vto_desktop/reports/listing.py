"""Any list as PDF: the columns and rows that a page shows, over as many pages as they take."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from vto_desktop.reports.tables import ListColumn, LongTable
from vto_desktop.services.figures import AssociationHead

__all__ = ["ListColumn", "write"]


def write(
    head: AssociationHead,
    path: Path,
    *,
    title: str,
    subtitle: str,
    columns: Sequence[ListColumn],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] = (),
    dossier_name: str,
    printed_at: datetime,
) -> tuple[str, ...]:
    """Write a list as PDF and return notices about it. UserErrors: those of ``write_safely``.

    ``rows`` are the texts to print, one for each column; ``totals``, when given, is the last row, in bold.
    A list too wide for an upright page is printed on its side.
    """
    table = LongTable(
        head, title, subtitle, columns, rows, totals=totals, dossier_name=dossier_name, printed_at=printed_at
    )
    return table.write(path)
