"""G1 to G3, G10 and G17: whole processes, from their start to what the user sees."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.driver import MOMENT
from tests.benchmarks.harness import Effort, Outcome, compared, interleaved, median

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Start:
    """One started process: milliseconds to its moment, and what it then said."""

    milliseconds: float
    said: dict[str, Any]


def start(mode: str, dossier: Path | None = None) -> Start:
    """Start the driver with user folders of its own, so that no run is marked by the one before."""
    with tempfile.TemporaryDirectory() as home:
        folders = {f"XDG_{kind}_HOME": home for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        environment = {**os.environ, **folders, "HOME": home}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        # An installed program has its bytecode: without it a sixth of this time is compiling.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "tests.benchmarks.driver", mode]
        if dossier is not None:
            command.append(str(dossier))
        began = time.perf_counter()
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            milliseconds = (time.perf_counter() - began) * 1000
            rest, errors = process.communicate(timeout=120)
    word, _, said = first.partition(" ")
    if word != MOMENT:
        raise RuntimeError(f"{mode} was never painted: {errors or rest}")
    return Start(milliseconds, json.loads(said))


def measure_starts(usual: Path, big: Path | None, effort: Effort) -> list[Outcome]:
    """Measure the first paint of the frame, then of the first page with its data."""

    def probe(mode: str, dossier: Path | None = None) -> Callable[[], float]:
        return lambda: start(mode, dossier).milliseconds

    probes = {
        "bare": probe("bare"),
        "mapped": probe("mapped"),
        "shell": probe("shell", usual),
        "page": probe("page", usual),
    }
    if big is not None:
        probes["big"] = probe("page", big)
    samples = interleaved(probes, effort.starts)
    outcomes = [
        compared("G1", "window painted / bare QMainWindow", samples, "bare", "shell", limit=1.5),
        compared("G2", "first page with data / mapped classes + bare", samples, "mapped", "page", limit=1.7),
    ]
    if big is not None:
        outcomes.append(compared("G3", "G2 on the big dossier / usual", samples, "page", "big", limit=1.25))
    return outcomes


def measure_memory(usual: Path, big: Path, effort: Effort) -> list[Outcome]:
    """Measure what a process holds when the list of members was looked through."""
    sizes = interleaved(
        {
            "usual": lambda: float(start("members", usual).said["megabytes"]),
            "big": lambda: float(start("members", big).said["megabytes"]),
        },
        max(3, effort.starts // 3),  # sizes hardly vary
        warm=False,
    )
    base, own = median(sizes["usual"]), median(sizes["big"])
    return [
        Outcome(
            "G10", "memory with 100,000 members listed", f"{base:.0f} MB", f"{own:.0f} MB", own / base,
            "+40 MB", own - base <= 40,
        )
    ]  # fmt: skip


def measure_imports(usual: Path) -> list[Outcome]:
    """See which modules are there at first paint that only papers, exports and migrations need."""
    early = start("shell", usual).said["early"]
    named = ", ".join(early) or "none"
    return [Outcome("G17", "modules at first paint that must wait", "none", named, None, "exact", not early)]
