"""A simulated power cut: what is written to the disk is recorded, then replayed up to a cut.

What was synced stays. Of what was not, each sector of 512 bytes is kept or lost at random, and so is each
change of a file's length and each new or removed file: disks promise no more.
"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from vto_desktop.store.connection import PRAGMAS

SECTOR = 512


@dataclass(frozen=True)
class Operation:
    """One call to the disk: write, truncate, sync, open or delete; or the acknowledgement of a commit."""

    kind: str
    file: str = ""
    offset: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """SQLite's usual access to files, which also writes down what it does."""

    def __init__(self, name: str) -> None:
        self.log: list[Operation] = []
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: Any) -> "RecordedFile":
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path and not Path(path).exists():
            self.log.append(Operation("open", Path(path).name))
        return RecordedFile(name, flags, self.log, Path(path).name if path else "")

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        self.log.append(Operation("delete", Path(filename).name, int(syncdir)))


class RecordedFile(apsw.VFSFile):
    """One open file of the recorder."""

    def __init__(self, name: Any, flags: Any, log: list[Operation], file: str) -> None:
        self.log, self.file = log, file
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self.log.append(Operation("write", self.file, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        super().xTruncate(newsize)
        self.log.append(Operation("truncate", self.file, newsize))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.log.append(Operation("sync", self.file))


def record(path: Path, *, commits: int, pragmas: dict[str, str]) -> tuple[bytes, list[Operation]]:
    """Run commits on a base with our PRAGMAs, some of them changed; return its first bytes and the log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, label TEXT, amount INTEGER)")
        raw.execute("CREATE INDEX ix ON entry (label)")
        raw.execute("CREATE TABLE done (number INTEGER PRIMARY KEY, total INTEGER)")
    start = path.read_bytes()
    recorder = Recorder(f"recorder-{path.name}")
    connection = apsw.Connection(str(path), vfs=f"recorder-{path.name}")
    values = {name: str(value) for name, (value, _) in PRAGMAS.items()} | pragmas
    for name, value in values.items():
        list(connection.execute(f"PRAGMA {name}={value}"))
    connection.execute("PRAGMA cache_size=12")  # so that long transactions reach the disk before their end
    chance = random.Random(commits)  # noqa: S311 - reproducible, not secret
    for number in range(1, commits + 1):
        connection.execute("BEGIN IMMEDIATE")
        rows = [("x" * chance.randint(1, 400), number) for _ in range(chance.choice([1, 2, 60]))]
        connection.executemany("INSERT INTO entry (label, amount) VALUES (?, ?)", rows)
        connection.execute("UPDATE entry SET amount = amount + 1 WHERE id % 7 = ?", (number % 7,))
        connection.execute("DELETE FROM entry WHERE id % 11 = ?", (number % 11,))
        connection.execute("INSERT INTO done VALUES (?, (SELECT total(amount) FROM entry))", (number,))
        connection.execute("COMMIT")
        recorder.log.append(Operation("commit"))
    connection.close()
    return start, recorder.log


@dataclass
class Disk:
    """What the disk holds for sure, and what it was told since."""

    files: dict[str, bytes]
    pending: list[Operation] = field(default_factory=list)
    commits: int = 0

    def hear(self, operation: Operation) -> None:
        """Take one operation in."""
        if operation.kind == "commit":
            self.commits += 1
        elif operation.kind == "sync":
            self.settle(lambda done: done.file == operation.file)
        else:
            self.pending.append(operation)
            if operation.kind == "delete" and operation.offset:
                self.settle(lambda done: done.file == operation.file)

    def settle(self, is_settled: Any) -> None:
        """Make what was told for a file certain."""
        for operation in [one for one in self.pending if is_settled(one)]:
            apply(self.files, operation, None)
        self.pending = [one for one in self.pending if not is_settled(one)]

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return what could be found when the power comes back."""
        files = dict(self.files)
        kept = chance.choice([0.0, 0.5, 0.5, 0.9, 1.0])
        for operation in self.pending:
            if operation.kind == "write":
                apply(files, operation, lambda: chance.random() < kept)
            elif chance.random() < kept:
                apply(files, operation, None)
        return files


def apply(files: dict[str, bytes], operation: Operation, keeps: Any) -> None:
    """Apply an operation to files; of a write, the sectors that ``keeps`` says."""
    content = bytearray(files.get(operation.file, b""))
    if operation.kind == "delete":
        files.pop(operation.file, None)
        return
    if operation.kind == "truncate":
        del content[operation.offset :]
        content.extend(bytes(operation.offset - len(content)))
    for at in range(0, len(operation.data), SECTOR):
        if keeps is None or keeps():
            sector, where = operation.data[at : at + SECTOR], operation.offset + at
            content.extend(bytes(max(0, where + len(sector) - len(content))))
            content[where : where + len(sector)] = sector
    files[operation.file] = bytes(content)


def cuts(
    name: str, start: bytes, log: list[Operation], *, count: int, seed: int
) -> Iterator[tuple[dict[str, bytes], int]]:
    """Yield the files found after each of ``count`` cuts, and how many commits were acknowledged before."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    disk, heard = Disk({name: start}), 0
    for cut in sorted(chance.randrange(len(log)) for _ in range(count)):
        while heard < cut:
            disk.hear(log[heard])
            heard += 1
        yield disk.after_a_cut(chance), disk.commits


def verdict(folder: Path, name: str, files: dict[str, bytes], commits: int) -> str:
    """Open what was found as after a restart: « ok », « lost » or « corrupt »."""
    for file in folder.iterdir():
        file.unlink()
    for file_name, content in files.items():
        (folder / file_name).write_bytes(content)
    try:
        with closing(sqlite3.connect(folder / name)) as raw:
            if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return "corrupt"
            last, total = raw.execute("SELECT coalesce(max(number), 0), total FROM done").fetchone()
            (actual,) = raw.execute("SELECT total(amount) FROM entry").fetchone()
    except sqlite3.DatabaseError:
        return "corrupt"
    if last and total != actual:
        return "corrupt"
    return "ok" if commits <= last <= commits + 1 else "lost"


def tally(folder: Path, *, states: int, seed: int, **pragmas: str) -> dict[str, int]:
    """Return how many of the simulated cuts were survived, lost a commit, or left a corrupt base."""
    name = f"base-{seed}.db"
    start, log = record(folder / name, commits=40, pragmas=pragmas)
    found = {"ok": 0, "lost": 0, "corrupt": 0}
    after = folder / "après"
    after.mkdir()
    for files, commits in cuts(name, start, log, count=states, seed=seed):
        found[verdict(after, name, files, commits)] += 1
    return found
