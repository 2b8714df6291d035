"""Measures the goals of speed and memory: ``python -m tests.benchmarks [G4 reference …]``, or ``faults``."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import generator
from tests.benchmarks.harness import Effort, Outcome, table

FOLDER: Final = Path(__file__).resolve().parents[2] / "out" / "bench"

Measure = Callable[[Effort], list[Outcome]]


def usual() -> Path:
    """Return the dossier of 200 members and 20,000 entries."""
    return generator.cached(generator.USUAL, FOLDER)


def big() -> Path:
    """Return the dossier of 100,000 members and 1,000,000 entries."""
    return generator.cached(generator.BIG, FOLDER)


def starts(effort: Effort) -> list[Outcome]:
    """Measure G1 to G3."""
    from tests.benchmarks import starting

    return starting.measure_starts(usual(), big(), effort)


def sums(effort: Effort) -> list[Outcome]:
    """Measure G4 and G5."""
    from tests.benchmarks import sums as module
    from vto_desktop.store import open_dossier

    with open_dossier(big()) as dossier:
        return module.measure(dossier, effort)


def lists(effort: Effort) -> list[Outcome]:
    """Measure G6 to G9."""
    from tests.benchmarks import lists as module
    from vto_desktop.store import open_dossier

    with open_dossier(big()) as dossier:
        return module.measure(dossier, effort)


def memory(effort: Effort) -> list[Outcome]:
    """Measure G10."""
    from tests.benchmarks import starting

    return starting.measure_memory(usual(), big(), effort)


def papers(effort: Effort) -> list[Outcome]:
    """Measure G12 to G14."""
    from tests.benchmarks import pdf

    return pdf.measure(effort)


def letters(effort: Effort) -> list[Outcome]:
    """Measure the calls for dues of 500 members."""
    from tests.benchmarks import letters as module

    return module.measure(effort)


def timeline(effort: Effort) -> list[Outcome]:
    """Measure the timeline of mandates."""
    from tests.benchmarks import timeline as module

    return module.measure(effort)


def imports(_effort: Effort) -> list[Outcome]:
    """See G17."""
    from tests.benchmarks import starting

    return starting.measure_imports(usual())


def authorities(effort: Effort) -> list[Outcome]:
    """Measure the search of the reference data."""
    from tests.benchmarks import reference
    from vto_desktop.store import open_dossier

    with open_dossier(usual()) as dossier:
        return reference.measure(dossier, effort)


def lists_in(effort: Effort) -> list[Outcome]:
    """Measure G11 and G15."""
    from tests.benchmarks import importing

    return importing.measure(effort)


GOALS: Final[dict[tuple[str, ...], Measure]] = {
    ("G1", "G2", "G3"): starts,
    ("G4", "G5"): sums,
    ("G6", "G7", "G8", "G9"): lists,
    ("G10",): memory,
    ("G11", "G15"): lists_in,
    ("G12", "G13", "G14"): papers,
    ("G17",): imports,
    ("TIMELINE",): timeline,
    ("PAPERS",): letters,
    ("REFERENCE",): authorities,
}


def run(wanted: Sequence[str], effort: Effort) -> list[Outcome]:
    """Measure the goals named, or all; those that share their measures are measured together."""
    outcomes: list[Outcome] = []
    for goals, measure in GOALS.items():
        if wanted and not set(goals) & set(wanted):
            continue
        began = time.perf_counter()
        found = measure(effort)
        outcomes += [each for each in found if not wanted or each.goal in wanted]
        print(f"{goals[0]}-{goals[-1]} {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return outcomes


def main(arguments: list[str]) -> int:
    """Return 0 when all goals measured hold."""
    if arguments == ["faults"]:
        from tests.benchmarks import faults

        return faults.campaign()
    wanted = [each.upper() for each in arguments]
    known = {goal for goals in GOALS for goal in goals}
    if unknown := set(wanted) - known:
        print(f"unknown: {', '.join(sorted(unknown))}; goals: {', '.join(known)}; or faults", file=sys.stderr)
        return 2
    outcomes = run(wanted, Effort())
    print(table(outcomes))
    return 0 if all(each.holds for each in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
