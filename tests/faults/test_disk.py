"""A full disk, a failing disk, missing rights: what was saved stays saved (faults, group B)."""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from tests.store import samples
from vto_desktop.errors import UserError
from vto_desktop.model import Convention, Entry, Person
from vto_desktop.store import Dossier, check, open_dossier

PAGES = "PRAGMA max_page_count={}"
IMMUTABLE = 0x10


def fill_the_disk(dossier: Dossier) -> None:
    """Let the file grow no more, as on a full disk."""
    (pages,) = dossier._raw.execute("PRAGMA page_count").fetchone()
    dossier._raw.execute(PAGES.format(pages))


def make_room(dossier: Dossier) -> None:
    dossier._raw.execute(PAGES.format(2**30))


def add_many(dossier: Dossier) -> None:
    with dossier.write("Ajouter beaucoup") as session:
        session.execute(insert(Person), [{"last_name": "x" * 1000} for _ in range(300)])


def delete_most(dossier: Dossier) -> None:
    with dossier.write("Supprimer") as session:
        session.execute(delete(Entry))
        session.execute(insert(Convention), [{"title": "x" * 2000, "funder_id": 1} for _ in range(100)])


@pytest.mark.parametrize("act", [add_many, delete_most], ids=["B1 insert", "B2 delete"])
def test_b1_b2_a_full_disk_is_told_and_trying_again_works(
    dossier: Dossier, act: Callable[[Dossier], None]
) -> None:
    before = samples.dump(dossier)
    fill_the_disk(dossier)
    with pytest.raises(UserError) as refused:
        act(dossier)
    assert refused.value.code == "DISQUE_PLEIN"
    assert "verrou" not in refused.value.sentence
    assert samples.dump(dossier) == before
    assert check.check(dossier) == []
    make_room(dossier)
    act(dossier)
    assert samples.dump(dossier) != before
    dossier.undo()
    assert samples.dump(dossier) == before


def test_b1_an_undo_on_a_full_disk_is_told_too(dossier: Dossier) -> None:
    add_many(dossier)
    after = samples.dump(dossier)
    fill_the_disk(dossier)
    with pytest.raises(UserError) as refused:
        dossier.undo()
    assert refused.value.code == "DISQUE_PLEIN"
    assert samples.dump(dossier) == after
    make_room(dossier)
    dossier.undo()


def test_b3_a_disk_that_fails_to_write_is_told_apart_from_a_full_one(dossier: Dossier) -> None:
    before = samples.dump(dossier)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (dossier.path.stat().st_size + 8192, usual[1]))
    try:
        with pytest.raises(UserError) as refused:
            add_many(dossier)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert refused.value.code == "ERREUR_DISQUE"
    assert samples.dump(dossier) == before
    assert check.check(dossier) == []
    add_many(dossier)
    assert dossier.undo() == "Ajouter beaucoup"


@pytest.fixture(params=["B10 file", "B11 folder"])
def locked_away(request: pytest.FixtureRequest, path: Path) -> Iterator[Path]:
    """Take the right to write away from the file or from its folder, by whatever works here."""
    target = path if request.param.startswith("B10") else path.parent
    is_immutable = os.geteuid() == 0 and subprocess.run(["chattr", "+i", target], check=False).returncode == 0
    if not is_immutable:
        target.chmod(0o400 if target is path else 0o500)
    yield path
    if is_immutable:
        subprocess.run(["chattr", "-i", target], check=True)
    target.chmod(0o700)


def test_b10_b11_without_the_right_to_write_it_opens_read_only(
    locked_away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.access(locked_away, os.W_OK) and os.access(locked_away.parent, os.W_OK):
        plain = os.access  # root without chattr: only the answer of the system can be changed
        monkeypatch.setattr(os, "access", lambda one, mode: mode != os.W_OK and plain(one, mode))
    before = samples.digest(locked_away)
    with open_dossier(locked_away) as dossier:
        assert dossier.is_read_only
        assert samples.codes(dossier) == ["LECTURE_SEULE"]
        assert samples.dump(dossier)["person"]
        with pytest.raises(UserError) as refused, dossier.write("Essayer"):
            pass
        assert refused.value.code == "LECTURE_SEULE"
        assert [one.name for one in locked_away.parent.iterdir()] == [locked_away.name]
    assert samples.digest(locked_away) == before


def test_b12_without_the_right_to_read_it_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.open

    def denied(self: Path, *arguments: object, **options: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return plain(self, *arguments, **options)  # type: ignore[call-overload]

    if os.geteuid() == 0:
        monkeypatch.setattr(Path, "open", denied)  # root may read everything
    path.chmod(0)
    with pytest.raises(UserError) as refused:
        open_dossier(path)
    assert refused.value.code == "ACCES_REFUSE"
    path.chmod(0o600)


def test_two_readers_may_share_what_cannot_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_dossier(path) as dossier:
        assert dossier.is_read_only
        code = (
            "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]); "
            "print(base.execute('SELECT 1 FROM person').fetchone())"
        )
        said = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
        assert said.stdout == "(1,)\n"


def test_an_error_that_is_no_fault_of_the_disk_comes_through(dossier: Dossier) -> None:
    with pytest.raises(sqlite3.ProgrammingError), dossier.connection() as raw:
        raw.execute("SELECT ?", ())
