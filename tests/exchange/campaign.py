"""Imports every file of folders, dry, and says what each cost: ``python -m tests.exchange.campaign FOLDER…``.

A file must be read or be refused with a sentence: a crash, more than 10 seconds or 500 MB is a failure.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from vto_desktop.__main__ import main as vto

SECONDS: Final = 10
MEGABYTES: Final = 500


@dataclass(frozen=True)
class Trial:
    """What importing one file cost and came to."""

    file: Path
    kind: str
    seconds: float
    megabytes: float
    code: int
    said: str

    @property
    def holds(self) -> bool:
        """Whether the file was read or refused as it should."""
        answered = self.code == 0 or (self.code == 1 and self.said.endswith("]"))
        return answered and self.seconds < SECONDS and self.megabytes < MEGABYTES


def trial(file: Path, kind: str, dossier: Path) -> Trial:
    """Import one file without writing, in a process of its own."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        began = monotonic()
        words = [sys.executable, "-m", "vto_desktop", "import", kind, str(file), str(dossier), "--dry-run"]
        process = os.posix_spawn(
            sys.executable,
            words,
            dict(os.environ),
            file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, errors.fileno(), 2)],
        )
        _pid, status, usage = os.wait4(process, 0)
        seconds = monotonic() - began
        out.seek(0)
        errors.seek(0)
        said = errors.read().decode().strip() or _summary(out.read().decode())
    code = os.waitstatus_to_exitcode(status)
    return Trial(file, kind, seconds, usage.ru_maxrss / 1024, code, said)


def _summary(shown: str) -> str:
    found = json.loads(shown or "{}")
    counts = {name: found.get(name) for name in ("read", "created", "updated", "skipped")}
    mapped = {heading: field for heading, field in found.get("columns", {}).items() if field}
    first = (found.get("problems") or [{"sentence": ""}])[0]["sentence"]
    return f"{counts} {len(found.get('problems', ()))} problems {mapped} {first}"


def trials(folders: list[Path]) -> Iterator[Trial]:
    """Try every file as members and as representatives, on a copy of the example."""
    with tempfile.TemporaryDirectory() as scratch:
        dossier = Path(scratch) / "exemple.vto"
        vto(["new", str(dossier), "--example"])
        before = dossier.read_bytes()
        for folder in folders:
            for file in sorted(each for each in folder.rglob("*") if each.is_file()):
                for kind in ("members", "representatives"):
                    yield trial(file, kind, dossier)
                    assert dossier.read_bytes() == before, file


def main(arguments: list[str]) -> int:
    """Print one line a trial; return 0 when all hold."""
    failed = 0
    for each in trials([Path(argument) for argument in arguments]):
        failed += not each.holds
        mark = "  " if each.holds else "!!"
        print(
            f"{mark} {each.seconds:5.2f} s {each.megabytes:4.0f} MB {each.file.name} ({each.kind}) "
            f"{each.code} {each.said}"
        )
    print(f"failed: {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
