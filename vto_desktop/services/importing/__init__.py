"""Importing lists of members and representatives: rows of a file → a plan, row by row → one undoable step.

``layout_of`` finds headings and what columns hold, ``plan`` says what each row would do and writes nothing,
``apply`` writes the rows chosen. Re-importing the same list changes nothing.
"""

from typing import Final

from vto_desktop import french, garbage
from vto_desktop.services.importing.applying import apply
from vto_desktop.services.importing.fields import KINDS, ImportField, field_of, fields, model_fields
from vto_desktop.services.importing.headings import (
    Layout,
    Rows,
    described,
    layout_of,
    letters,
    mapped_by_hand,
    missing,
    require_known,
)
from vto_desktop.services.importing.known import Known
from vto_desktop.services.importing.members import MemberPlanner
from vto_desktop.services.importing.plan import CellProblem, Plan, PlannedRow, State
from vto_desktop.services.importing.reading import Options, Progress, Reader, surroundings
from vto_desktop.services.importing.representatives import RepresentativePlanner

__all__ = [
    "KINDS",
    "WORDS",
    "CellProblem",
    "ImportField",
    "Known",
    "Layout",
    "Options",
    "Plan",
    "PlannedRow",
    "Rows",
    "State",
    "apply",
    "described",
    "field_of",
    "fields",
    "layout_of",
    "letters",
    "mapped_by_hand",
    "missing",
    "model_fields",
    "plan",
    "require_known",
    "step_label",
]

# What the rows of a list are called: singular, plural.
WORDS: Final = {
    "members": ("adhérent", "adhérents"),
    "representatives": ("représentant", "représentants"),
}


@garbage.put_off()
def plan(
    known: Known,
    rows: Rows,
    layout: Layout,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return what importing a table would do; raises COLONNES_NON_RECONNUES.

    ``known`` is the dossier as it stood when it was read: nobody waits for the dossier meanwhile.
    """
    require_known(layout)
    how = options or Options()
    planner = (
        MemberPlanner(known, layout, how)
        if layout.kind == "members"
        else RepresentativePlanner(known, layout)
    )
    reader = Reader(layout, surroundings(known.colleges, how), how)
    return Plan(layout.kind, [planner.planned(given) for given in reader.read(rows, progress)])


def step_label(kind: str, count: int, file: str) -> str:
    """Return the label of the step that an import is: « Importer 16 adhérents (liste.xlsx) »."""
    return f"Importer {french.count(count, *WORDS[kind])} ({file})"
