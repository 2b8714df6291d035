"""The command that writes a list as a spreadsheet."""

import argparse
from pathlib import Path
from typing import Final

from vto_desktop.cli.parsing import Commands, add_dossier, opened
from vto_desktop.errors import UserError

DIRECTORY: Final = "directory"


def add(commands: Commands) -> None:
    """Declare the command."""
    added = commands.add(
        "export", export, "write a list as xlsx or CSV; directory: all of them as xlsx", dossier=False
    )
    added.add_argument("list", metavar="LIST")
    add_dossier(added)
    added.add_argument("--to", type=Path, required=True, metavar="F.xlsx|F.csv")


def export(options: argparse.Namespace) -> None:
    """Write one list as xlsx or CSV, or the directory of all that concerns members as one workbook."""
    from vto_desktop.exchange.tables import Sheet, write_book, write_table
    from vto_desktop.services import directory
    from vto_desktop.services.list_query import every_row
    from vto_desktop.services.lists import LISTS

    found = LISTS.get(options.list)
    if found is None and options.list != DIRECTORY:
        known = ", ".join((*LISTS, DIRECTORY))
        raise UserError(
            "LISTE_INCONNUE", f"«\u00a0{options.list}\u00a0» n’est pas une liste ; il y a : {known}."
        )
    with opened(options.dossier) as dossier, dossier.read():
        if found is not None:
            write_table(options.to, found.title, found.columns, every_row(dossier.read, found))
        else:
            sheets = (Sheet(q.title, q.columns, every_row(dossier.read, q)) for q in directory.SHEETS)
            write_book(options.to, sheets)
