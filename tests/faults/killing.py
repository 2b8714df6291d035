"""Run as a program: do something to a dossier in a child process, kill it with -9, and look at what is left.

``python -m tests.faults.killing FOLDER ROUNDS`` prints one JSON line per kind of work. One process imports
once and forks often, which is what makes many rounds quick.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import alembic.command  # noqa: F401 - once here, not in every child
import pytest
from sqlalchemy import update

from tests.store import samples
from tests.store.test_migrations import NEXT, PRESENT, SOUND, prepare_revision, use_shipped
from vto_desktop.model import Entry, FiscalYear, Person
from vto_desktop.services import importing
from vto_desktop.store import backups, check, open_dossier, restoring

Work = Callable[[Path], None]


def acknowledge(number: int) -> None:
    """Tell the parent that a commit was acknowledged to the user."""
    os.write(int(os.environ["VTO_ACK"]), number.to_bytes(4, "big"))


def enter_entries(path: Path) -> None:
    with open_dossier(path, author="Anne") as dossier:
        for number in range(1, 10_000):
            with dossier.write(f"Saisie {number}") as session:
                session.add(Person(last_name=f"Saisie {number}"))
            acknowledge(number)


def import_rows(path: Path) -> None:
    """Import 5,000 natural persons as the window and the command line do."""
    rows = [(1, ["Nom", "Prénom"]), *((n, [f"Saisie {n}", "Anne"]) for n in range(2, 5002))]
    with open_dossier(path) as dossier:
        with dossier.read() as session:
            plan = importing.plan(importing.Known(session), rows, importing.layout_of(rows, "members"))
        with dossier.write("Importer 5 000 lignes") as session:
            importing.apply(session, plan.chosen())


def close_year(path: Path) -> None:
    with open_dossier(path) as dossier, dossier.write("Clore 2021") as session:
        session.execute(update(Entry).where(Entry.fiscal_year_id == 2).values(label="clos"))
        session.execute(update(FiscalYear).where(FiscalYear.id == 2).values(closed_on=date(2022, 3, 1)))


def back_up(path: Path) -> None:
    with open_dossier(path) as dossier:
        for _ in range(3):
            backups.back_up(dossier)


def restore(path: Path) -> None:
    restoring.restore(path.with_name("bonne.vto"), path)


def migrate(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        use_shipped(path.parent / "livré", patch)
        open_dossier(path).close()


def persons(path: Path) -> int:
    with open_dossier(path) as dossier:
        return sum("Saisie" in str(row) for row in samples.dump(dossier)["person"])


def is_whole_entry(path: Path, acknowledged: int) -> bool:
    return acknowledged <= persons(path) <= acknowledged + 1


def is_whole_import(path: Path, _acknowledged: int) -> bool:
    with open_dossier(path) as dossier:
        members = sum("Saisie" in str(row).title() for row in samples.dump(dossier)["member"])
    return persons(path) == members in {0, 5000}


def is_whole_closing(path: Path, _acknowledged: int) -> bool:
    with open_dossier(path) as dossier, dossier.read() as session:
        year, entry = session.get_one(FiscalYear, 2), session.get_one(Entry, 2)
        return (year.closed_on is None) == (entry.label == "")


def is_whole_backup(path: Path, _acknowledged: int) -> bool:
    return all(backups.preview(one.path).counts["person"] == 1 for one in backups.list_backups(path))


def is_whole_restore(path: Path, _acknowledged: int) -> bool:
    with open_dossier(path) as dossier, dossier.read() as session:
        return session.get_one(Person, 1).email in {"", "nouveau"}


def is_whole_migration(path: Path, _acknowledged: int) -> bool:
    with closing(sqlite3.connect(path)) as raw:
        left = raw.execute("SELECT version_num, notes FROM alembic_version, person").fetchall()
    with pytest.MonkeyPatch.context() as patch:
        use_shipped(path.parent / "livré", patch)
        return left in ([(PRESENT, "")], [(NEXT, "migré")]) and check.check(path) == []


KINDS: dict[str, tuple[Work, Callable[[Path, int], bool]]] = {
    "A1 entries": (enter_entries, is_whole_entry),
    "A4 import": (import_rows, is_whole_import),
    "A5 backup": (back_up, is_whole_backup),
    "A6 restore": (restore, is_whole_restore),
    "A7 closing": (close_year, is_whole_closing),
    "E2 migration": (migrate, is_whole_migration),
}


def run(work: Work, path: Path, delay: float | None) -> int:
    """Do the work in a child and kill it after ``delay`` seconds; return the last acknowledged number."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.environ["VTO_ACK"] = str(writing)
        try:
            work(path)
        finally:
            os._exit(0)
    os.close(writing)
    first = os.read(reading, 4) if work is enter_entries else b""
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = first + pipe.read()
    return int.from_bytes(said[-4:], "big") if said else 0


def rounds(kind: str, folder: Path, count: int) -> dict[str, object]:
    """Kill ``count`` children at random moments and tell how many times what was left was whole."""
    work, is_whole = KINDS[kind]
    chance = random.Random(kind)  # noqa: S311 - reproducible, not secret
    place = folder / kind
    place.mkdir()
    model, path = folder / "modele.vto", place / "dossier.vto"
    shutil.copy(folder / "bonne.vto", place / "bonne.vto")
    prepare_revision(place / "livré", SOUND)
    duration = 0.15
    if kind != "A1 entries":
        shutil.copy(model, path)
        start = time.perf_counter()
        run(work, path, None)
        duration = time.perf_counter() - start
    whole, acknowledged = 0, 0
    for _ in range(count):
        shutil.copy(model, path)
        said = run(work, path, chance.uniform(0.0, duration))
        acknowledged += said
        problems = [] if kind == "E2 migration" else check.check(path)
        whole += is_whole(path, said) and not problems
    return {"kind": kind, "rounds": count, "whole": whole, "acknowledged": acknowledged}


def main(folder: Path, count: int) -> None:
    """Prepare the models, then kill."""
    samples.make(folder / "bonne.vto")
    shutil.copy(folder / "bonne.vto", folder / "modele.vto")
    with open_dossier(folder / "bonne.vto") as dossier, dossier.write("Autre") as session:
        session.execute(update(Person).values(email="nouveau"))
    for kind in KINDS:
        sys.stdout.write(json.dumps(rounds(kind, folder, count)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
