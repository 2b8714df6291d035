"""Commands on a whole dossier: make it, look at it, check it, back it up, put it back, take its pictures."""

import argparse
from pathlib import Path
from typing import Any

from vto_desktop.cli.parsing import Commands, opened, show
from vto_desktop.errors import UserError


def add(commands: Commands) -> None:
    """Declare the commands."""
    added = commands.add("new", new, "make a dossier; refuses to overwrite")
    added.add_argument("--example", action="store_true", help="with the 2021 example in it")
    commands.add("info", info, "counts and schema version").add_argument("--json", action="store_true")
    commands.add("check", check, "integrity, foreign keys, journal chain, schema")
    added = commands.add("backup", backup, "write a verified backup")
    added.add_argument("--to", type=Path, metavar="DIR")
    added = commands.add("restore", restore, "put a backup back; keeps what it replaces", dossier=False)
    added.add_argument("backup", type=Path, metavar="BACKUP")
    added.add_argument("--to", type=Path, required=True, metavar="DOSSIER")
    added = commands.add("shots", shots, "every page as PNG, light and dark")
    added.add_argument("--to", type=Path, required=True, metavar="DIR")


def new(options: argparse.Namespace) -> None:
    """Make a dossier, empty or with the example."""
    from vto_desktop.services import association, example
    from vto_desktop.store import create_dossier

    with create_dossier(options.dossier) as dossier:
        if options.example:
            with dossier.write("Créer l’exemple 2021", is_start=True) as session:
                example.build_example(session)
        else:
            with dossier.write("Créer le dossier", is_start=True) as session:
                association.initialise(session, options.dossier.stem)


def info(options: argparse.Namespace) -> None:
    """Print what the dossier holds."""
    from vto_desktop.services.lists import counts

    with opened(options.dossier) as dossier, dossier.read() as session:
        held: dict[str, Any] = {**counts(session), "schema_version": dossier.schema_version}
    if options.json:
        show(held)
    else:
        print("\n".join(f"{name}: {value}" for name, value in held.items()))


def check(options: argparse.Namespace) -> None:
    """Say « intact », or what is wrong."""
    from vto_desktop.store.check import check as problems_of

    problems = problems_of(options.dossier)
    if problems:
        details = " ".join(problem.sentence for problem in problems)
        raise UserError(problems[0].code, details)
    print("intact")


def backup(options: argparse.Namespace) -> None:
    """Write a verified backup, into a folder made if need be, and print its place."""
    from vto_desktop.store.backups import back_up

    if options.to is not None and options.to.parent.is_dir():
        options.to.mkdir(exist_ok=True)
    with opened(options.dossier) as dossier:
        print(back_up(dossier, options.to))


def restore(options: argparse.Namespace) -> None:
    """Put a backup in the dossier's place."""
    from vto_desktop.store.restoring import restore as put_back

    put_back(options.backup, options.to)


def shots(options: argparse.Namespace) -> None:
    """Write every page as PNG."""
    for made in options.write_shots(options.dossier, options.to):
        print(made)
