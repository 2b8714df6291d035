"""The command that imports a list of members or representatives."""

import argparse
from pathlib import Path
from typing import Any, Final

from vto_desktop import french
from vto_desktop.cli.parsing import Commands, add_dossier, show, whole
from vto_desktop.errors import UserError

SAID: Final = 5  # problems that the refusal names; all of them are in the JSON


def add(commands: Commands) -> None:
    """Declare the command."""
    added = commands.add("import", import_list, "import members or representatives", dossier=False)
    added.add_argument("list", choices=("members", "representatives"))
    added.add_argument("file", type=Path, metavar="FILE")
    add_dossier(added)
    added.add_argument(
        "--map",
        nargs="+",
        action="extend",
        default=[],
        type=_pair,
        metavar="HEADING=FIELD",
        help="what a column holds, by its heading or its letter; an empty field leaves it out",
    )
    added.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    added.add_argument("--sheet", default="", help="the sheet of a workbook")
    added.add_argument("--encoding", default="", help="the encoding of a text file")
    added.add_argument("--header-row", type=whole(0), metavar="N", help="the row of the headings; 0 for none")
    added.add_argument(
        "--no-reference", action="store_true", help="fill nothing in from the official list of authorities"
    )


def _pair(text: str) -> tuple[str, str]:
    heading, equal, field = text.rpartition("=")
    if not equal:
        raise argparse.ArgumentTypeError(f"{text!r} is not HEADING=FIELD")
    return heading, field.strip()


def import_list(options: argparse.Namespace) -> None:
    """Import a list in one undoable step, or say what importing it would do; print it as JSON.

    With anything to correct nothing is written: the refusal follows the JSON.
    """
    from vto_desktop.exchange.reading import read
    from vto_desktop.services import importing
    from vto_desktop.store import open_dossier

    table = read(options.file, sheet=options.sheet, encoding=_encoding(options.encoding))
    layout = importing.layout_of(table.rows, options.list, place=_place(options, table))
    layout = importing.mapped_by_hand(layout, options.map)
    importing.require_known(layout)
    how = importing.Options(
        starts_1904=table.starts_1904, is_text=bool(table.encoding), completes=not options.no_reference
    )
    with open_dossier(options.dossier) as dossier:
        with dossier.read() as session:
            known = importing.Known(session)
        plan = importing.plan(known, table.rows, layout, how)
        rows = plan.chosen()
        is_wrong = bool(plan.problems)
        if rows and not is_wrong and not options.dry_run:
            label = importing.step_label(options.list, len(rows), options.file.name)
            with dossier.write(label) as session:
                importing.apply(session, rows)
    writes = options.dry_run or not is_wrong
    show({**_summary(plan, writes=writes), "columns": _columns(layout)})
    if is_wrong and not options.dry_run:
        raise _refusal(options.file, plan)


def _encoding(name: str) -> str:
    import codecs

    try:
        found = codecs.lookup(name).name if name else ""
        b"Nom;Type".decode(found or "utf-8", "replace")  # some are no encodings of text
        return found
    except (LookupError, UnicodeError) as error:
        raise UserError(
            "ENCODAGE_INCONNU", f"«\u00a0{name}\u00a0» n’est pas un encodage. Rien n’a été importé."
        ) from error


def _place(options: argparse.Namespace, table: Any) -> int | None:
    """Return the place among the rows of the row of headings asked for."""
    if options.header_row is None:
        return None
    if options.header_row == 0:
        return -1
    numbers = [number for number, _cells in table.rows]
    if options.header_row not in numbers:
        raise UserError(
            "LIGNE_ABSENTE",
            f"La ligne {options.header_row} de «\u00a0{options.file.name}\u00a0» est vide ou absente.",
        )
    return numbers.index(options.header_row)


def _summary(plan: Any, *, writes: bool) -> dict[str, Any]:
    from vto_desktop.services.importing import State

    counts = plan.counts()
    created, updated = (counts[State.CREATE], counts[State.UPDATE]) if writes else (0, 0)
    return {
        "read": len(plan.rows),
        "created": created,
        "updated": updated,
        "skipped": len(plan.rows) - created - updated,
        "problems": [_problem(each) for each in plan.problems],
        "doubts": [_problem(each) for each in plan.doubts],
        "duplicates": [
            {"row": row.number, "sentence": row.what} for row in plan.rows if row.state is State.DOUBLE
        ],
    }


def _problem(problem: Any) -> dict[str, Any]:
    return {"row": problem.row, "column": problem.column, "sentence": problem.sentence}


def _columns(layout: Any) -> dict[str, str]:
    return {heading: layout.key_of(column) for column, heading in enumerate(layout.headings)}


def _where(problem: Any) -> str:
    column = f", «\u00a0{problem.column}\u00a0»" if problem.column else ""
    return f"Ligne {french.number(problem.row)}{column} : "


def _refusal(file: Path, plan: Any) -> UserError:
    problems = plan.problems
    shown = " ".join(_where(each) + each.sentence for each in problems[:SAID])
    more = f" … et {french.number(len(problems) - SAID)} autres." if len(problems) > SAID else ""
    count = french.count(len(problems), "problème")
    return UserError(
        "IMPORT_REFUSE",
        f"«\u00a0{file.name}\u00a0» n’a pas été importé, {count} à corriger. {shown}{more} Le dossier est "
        "intact\u00a0: corrigez le fichier, puis recommencez.",
    )
