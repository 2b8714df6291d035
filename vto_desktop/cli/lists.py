"""The command that writes a list as a spreadsheet."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from vto_desktop.cli.parsing import Commands, add_dossier
from vto_desktop.errors import UserError

PAGE: Final = 1_000


def add(commands: Commands) -> None:
    """Declare the command."""
    added = commands.add("export", export, "write a list as xlsx or CSV", dossier=False)
    added.add_argument("list", metavar="LIST")
    add_dossier(added)
    added.add_argument("--to", type=Path, required=True, metavar="F.xlsx|F.csv")


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
