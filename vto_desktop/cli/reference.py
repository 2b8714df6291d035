"""The command that looks in the reference data: no dossier is needed."""

import argparse
from typing import Any

from vto_desktop.cli.parsing import Commands, show


def add(commands: Commands) -> None:
    """Declare the command."""
    added = commands.add(
        "reference", reference, "local authorities of France, as JSON, best first", dossier=False
    )
    added.add_argument("act", choices=("search",))
    added.add_argument("text", nargs="+", metavar="TEXT", help="part of a name, a postcode or a SIREN")


def reference(options: argparse.Namespace) -> None:
    """Print the local authorities that a text finds."""
    from vto_desktop.services import local_authorities

    show([_shown(each) for each in local_authorities.search(" ".join(options.text))])


def _shown(found: Any) -> dict[str, Any]:
    return {
        "name": found.name,
        "kind": found.kind,
        "departement": found.departement,
        "siren": found.siren,
        "insee": found.insee,
        "population": found.population,
    }
