"""The long campaign of faults: the tests of the store and of the fault matrix, in their long form."""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDERS: Final = (
    "tests/store", "tests/faults", "tests/services/test_attendance.py", "tests/services/test_payments.py",
    "tests/services/test_random_bodies.py",
)  # fmt: skip
MATRIX: Final = 144
HOSTILE: Final = frozenset("DFGHJ")  # files, texts, amounts and curiosity; the other groups are accidents
# The modules whose tests count what was written before a kill or a power cut, and find it all again.
COUNTING: Final = ("test_crash", "test_power_cut")
_TO: Final = re.compile(r"([a-j])(\d+)_to_[a-j](\d+)(?=_)")
_NAMED: Final = re.compile(r"([a-j]\d+)(?=_)")
_PARAMETER: Final = re.compile(r"\[(?:.*-)?([A-J]\d+) ")


@dataclass
class Report:
    """What a run says: tests, those that did not pass, the named cases, whether nothing written was lost."""

    tests: int = 0
    bad: int = 0
    cases: dict[str, bool] = field(default_factory=dict)
    counted: int = 0
    uncounted: int = 0

    def survived(self, *, hostile: bool) -> tuple[int, int]:
        """Return how many of the cases tried were survived, and how many were tried."""
        held = [good for name, good in self.cases.items() if (name[0] in HOSTILE) is hostile]
        return sum(held), len(held)

    def line(self) -> str:
        """Return the one line that sums it up; a loss is said to be none only when it was counted."""
        faults, inputs = self.survived(hostile=False), self.survived(hostile=True)
        lost = "0" if self.counted and not self.uncounted else "non comptées"
        return (
            f"pannes survécues {faults[0]}/{faults[1]}, saisies hostiles {inputs[0]}/{inputs[1]}, "
            f"écritures perdues {lost} ({len(self.cases)} des {MATRIX} cas de la matrice, "
            f"{self.tests} essais, {self.bad} en échec ou sautés)"
        )


def named_cases(test: str) -> Iterator[str]:
    """Yield the cases of the matrix that a test's name says it tries: ``test_c9_to_c11_…``, ``[D17 …]``."""
    name, _, parameter = test.removeprefix("test_").partition("[")
    for letter, first, last in _TO.findall(name):
        yield from (f"{letter.upper()}{number}" for number in range(int(first), int(last) + 1))
    start = re.match(r"(?:[a-j]\d+_(?:to_)?)*", name)
    yield from (found.upper() for found in _NAMED.findall(start[0] if start else ""))
    yield from _PARAMETER.findall(f"[{parameter}")


def read_report(path: Path) -> Report:
    """Read a JUnit report; a case is survived when every test that names it passed."""
    report = Report()
    for case in ET.parse(path).iter("testcase"):  # noqa: S314 - written by our own tests
        is_good = all(case.find(kind) is None for kind in ("failure", "error", "skipped"))
        report.tests += 1
        report.bad += not is_good
        for name in set(named_cases(case.get("name", ""))):
            report.cases[name] = report.cases.get(name, True) and is_good
        if case.get("classname", "").rpartition(".")[2] in COUNTING:
            report.counted += is_good
            report.uncounted += not is_good
    return report


def campaign() -> int:
    """Run it, print what it says, and return 1 when something did not hold."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", *FOLDERS, f"--junit-xml={path}", "-o", "timeout=3600"]
        code = subprocess.call(command, cwd=ROOT, env={**os.environ, "VTO_LONG": "1"})
        if not path.exists():
            return code or 1
        report = read_report(path)
    print(report.line())
    return 1 if report.bad or code else 0
