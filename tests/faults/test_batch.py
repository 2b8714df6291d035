"""A batch of PDFs killed half-way leaves complete files only, and the list of the others (fault A9)."""

import random
import subprocess
import sys
import time
from os import environ
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.faults.batching import LETTERS, batch
from vto_desktop.reports.batch import LIST

ROUNDS = 40 if environ.get("VTO_LONG") else 2


def listed(folder: Path) -> set[str]:
    """Return the names in the list of what is missing."""
    path = folder / LIST
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    return {line.removeprefix("– ") for line in lines if line.startswith("– ")}


def complete(folder: Path) -> set[str]:
    """Return the PDFs of a folder, each read to its end by another reader."""
    for path in folder.glob("*.pdf"):
        assert "Arrêté à la somme de" in PdfReader(path, strict=True).pages[-1].extract_text()
    return {path.name for path in folder.glob("*.pdf")}


@pytest.mark.timeout(600)
def test_a9_a_killed_batch_leaves_complete_pdfs_and_the_list_of_the_others(tmp_path: Path) -> None:
    chance = random.Random(9)  # noqa: S311 - reproducible, not secret
    names, half_way = set(batch(tmp_path).names), 0
    for number in range(ROUNDS):
        folder = tmp_path / f"lot {number}"
        folder.mkdir()
        command = [sys.executable, "-m", "tests.faults.batching", str(folder)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        assert child.stdout is not None
        stop = chance.randrange(LETTERS - 5)
        while int(child.stdout.readline()) < stop:
            continue
        time.sleep(chance.uniform(0.0, 0.02))
        child.kill()
        child.communicate()
        there, missing = complete(folder), listed(folder)
        assert there | missing == names, "each is there or listed"
        assert len(there & missing) <= 1, "at most the one put in place as the power went is listed too"
        half_way += stop <= len(there) < LETTERS
        again = batch(folder)
        again.write()
        assert complete(folder) == names
        assert [path.name for path in folder.iterdir() if path.suffix != ".pdf"] == []
    assert half_way == ROUNDS
