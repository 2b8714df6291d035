"""Power cuts, simulated: none loses or corrupts anything with our PRAGMAs; others do, so the test can see."""

from os import environ
from pathlib import Path

import pytest

from tests.faults.power_cut import tally

STATES = 1500 if environ.get("VTO_LONG") else 150


def test_a2_a_power_cut_neither_corrupts_nor_loses_a_commit(tmp_path: Path) -> None:
    assert tally(tmp_path, states=STATES, seed=1) == {"ok": STATES, "lost": 0, "corrupt": 0}


@pytest.mark.parametrize(
    "pragmas",
    [
        {"synchronous": "NORMAL"},
        {"journal_mode": "DELETE", "synchronous": "FULL", "locking_mode": "NORMAL"},
    ],
    ids=["truncate normal", "delete full"],
)
def test_a3_with_lesser_pragmas_the_same_test_finds_a_loss(tmp_path: Path, pragmas: dict[str, str]) -> None:
    found = tally(tmp_path, states=STATES, seed=2, **pragmas)
    assert found["lost"] + found["corrupt"] >= 1
