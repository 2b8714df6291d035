"""Kill -9 at random moments: nothing is lost, nothing is half done (faults A1, A4 to A7, E2)."""

import json
import subprocess
import sys
from os import environ
from pathlib import Path

import pytest

ROUNDS = 100 if environ.get("VTO_LONG") else 3


@pytest.mark.timeout(600)
def test_killing_the_program_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", str(tmp_path), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["kind"][:2] for one in results] == ["A1", "A4", "A5", "A6", "A7", "E2"]
    assert [one["whole"] for one in results] == [ROUNDS] * len(results), results
    assert results[0]["acknowledged"] >= ROUNDS  # the loop did enter rows before it was killed
