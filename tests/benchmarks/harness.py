"""How a goal is measured: probes run in turn, round after round, and the ratio of their medians."""

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

ROUNDS: Final = 9

Probe = Callable[[], float]
Samples = dict[str, list[float]]


@dataclass(frozen=True)
class Outcome:
    """One line of the table. ``reference`` and ``ours`` are written with their unit."""

    goal: str
    what: str
    reference: str
    ours: str
    ratio: float | None
    limit: str
    holds: bool


@dataclass(frozen=True)
class Effort:
    """How thoroughly to measure: at least nine rounds, except where only the harness itself is tried."""

    rounds: int = 25  # within this process, where a round is short
    starts: int = ROUNDS  # of whole processes
    steps: int = 40  # of a scroll, in each round


def timed(function: Callable[[], object], *, calls: int = 1) -> Probe:
    """Return a probe of milliseconds spent in a function, with nothing left to collect before.

    The processor's time: nothing measured so waits for anything, and what else the machine does stays out.
    ``calls`` in a row make one reading of what lasts about a millisecond, near the clock's own grain.
    """

    def probe() -> float:
        gc.collect()
        start = time.process_time()
        for _ in range(calls):
            function()
        return (time.process_time() - start) * 1000 / calls

    return probe


def interleaved(probes: Mapping[str, Probe], rounds: int, *, warm: bool = True) -> Samples:
    """Run every probe once a round, each time in another order; ``warm`` runs each once before."""
    samples: Samples = {name: [] for name in probes}
    if warm:
        for probe in probes.values():
            probe()
    names = list(probes)
    chance = random.Random(rounds)  # noqa: S311 - an order, not a secret
    for _ in range(rounds):
        chance.shuffle(names)  # what ran just before leaves caches warm or cold: nobody keeps one neighbour
        for name in names:
            samples[name].append(probes[name]())
    return samples


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def percentile_95(values: Sequence[float]) -> float:
    """Return the value that 95 % do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def compared(goal: str, what: str, samples: Samples, reference: str, ours: str, *, limit: float) -> Outcome:
    """Return a line for two series of milliseconds."""
    base, own = median(samples[reference]), median(samples[ours])
    return ratio_line(goal, what, base, own, limit=limit)


def ratio_line(goal: str, what: str, reference: float, ours: float, *, limit: float) -> Outcome:
    """Return a line for two figures in milliseconds."""
    ratio = ours / reference
    return Outcome(goal, what, spoken(reference), spoken(ours), ratio, f"{limit:g}×", ratio <= limit)


def bound_line(
    goal: str, what: str, value: float, bound: float, unit: str, *, reference: str = "–"
) -> Outcome:
    """Return a line for a figure that must stay under a bound of its own."""
    return Outcome(goal, what, reference, f"{value:.1f} {unit}", None, f"{bound:g} {unit}", value <= bound)


def spoken(milliseconds: float) -> str:
    """Return milliseconds to three figures."""
    return f"{milliseconds:.0f} ms" if milliseconds >= 100 else f"{milliseconds:.3g} ms"


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes as a table, and how many hold."""
    heads = ("goal", "what", "reference", "ours", "ratio", "limit", "holds")
    lines = [
        (
            each.goal, each.what, each.reference, each.ours,
            "–" if each.ratio is None else f"{each.ratio:.2f}", each.limit, "yes" if each.holds else "NO",
        )
        for each in outcomes
    ]  # fmt: skip
    wide = [max(len(row[place]) for row in (heads, *lines)) for place in range(len(heads))]
    written = [
        "  ".join(text.ljust(width) for text, width in zip(row, wide, strict=True)) for row in (heads, *lines)
    ]
    held = sum(each.holds for each in outcomes)
    return "\n".join([*(line.rstrip() for line in written), f"goals held {held}/{len(outcomes)}"])
