"""Two users, locks and synchronised folders (faults, group C)."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store import samples
from vto_desktop.errors import UserError
from vto_desktop.model import Person
from vto_desktop.store import Dossier, connection, copies, lock, open_dossier, places

OPENER = """
import sys
from pathlib import Path
from vto_desktop.errors import UserError
from vto_desktop.store import open_dossier
try:
    dossier = open_dossier(Path(sys.argv[1]))
except UserError as refusal:
    print(refusal, flush=True)
else:
    print("ouvert", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_instance(path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a second program that opens the dossier, and yield it with what it said."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPENER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


def foreign_write(path: Path) -> str:
    """Try to write as a foreign tool would, from another process; return what SQLite said."""
    code = (
        "import sqlite3, sys\n"
        "try: sqlite3.connect(sys.argv[1], timeout=0).execute('UPDATE person SET notes = 1')\n"
        "except sqlite3.Error as error: print(error)"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_c1_c2_a_second_instance_is_told_who_and_since_when_by_any_path(
    dossier: Dossier, tmp_path: Path
) -> None:
    link = tmp_path / "raccourci.vto"
    link.symlink_to(dossier.path)
    before = samples.dump(dossier)
    with another_instance(link) as (_, said):
        assert "[DEJA_OUVERT]" in said
        assert "par " in said
        assert " depuis le " in said
    assert samples.dump(dossier) == before


def test_c1_a_second_window_of_the_same_program_is_refused_and_the_lock_stays(dossier: Dossier) -> None:
    """Opening and closing the file again in this process would drop its POSIX lock."""
    with pytest.raises(UserError) as refused:
        open_dossier(dossier.path)
    assert refused.value.code == "DEJA_OUVERT"
    assert "locked" in foreign_write(dossier.path)


def test_c3_a_killed_holder_leaves_no_stale_lock(path: Path) -> None:
    with another_instance(path) as (process, said):
        assert said == "ouvert\n"
        with pytest.raises(UserError) as refused:
            open_dossier(path)
        assert refused.value.code == "DEJA_OUVERT"
        process.kill()
        process.wait()
        assert lock.side_file(path).exists()
        with open_dossier(path) as dossier:
            assert not dossier.is_read_only


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"who": "Anne sur PC-BUREAU", "since": "2021-12-08T09:30:00+01:00"}).encode(),
        b"", b"\xff\xfe\x00", b"[1, 2]", b'{"who": 3}', b"null",
    ],
)  # fmt: skip
def test_c4_c5_a_side_file_left_behind_is_no_lock(path: Path, content: bytes) -> None:
    lock.side_file(path).write_bytes(content)
    with open_dossier(path) as dossier:
        assert not dossier.is_read_only
    assert not lock.side_file(path).exists()


def test_c4_the_side_file_is_what_the_refusal_quotes(path: Path) -> None:
    lock.side_file(path).write_text('{"who": "Anne sur PC-BUREAU", "since": "2021-12-08T09:30:00"}')
    assert lock.holder(path) == "par Anne sur PC-BUREAU depuis le 08/12/2021 à 09:30"


def test_c5_a_side_file_that_cannot_be_written_is_no_obstacle(path: Path) -> None:
    lock.side_file(path).mkdir()
    with open_dossier(path) as dossier, dossier.write("Ajouter") as session:
        session.add(Person(last_name="Durand"))


def test_c6_a_foreign_tool_cannot_write_while_open(dossier: Dossier) -> None:
    assert "locked" in foreign_write(dossier.path)
    with dossier.write("Ajouter") as session:
        session.add(Person(last_name="Durand"))
    assert "locked" in foreign_write(dossier.path)
    dossier.close()
    assert foreign_write(dossier.path) == ""


def test_c7_a_share_that_keeps_no_lock_opens_read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_locks(path: Path, mode: connection.Mode, **_: float) -> sqlite3.Connection:
        address = connection.address(path, mode) + "&vfs=unix-none"
        return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)

    monkeypatch.setattr(connection, "connect", without_locks)
    before = samples.digest(path)
    with open_dossier(path) as dossier:
        assert dossier.is_read_only
        assert "PARTAGE_SANS_VERROU" in samples.codes(dossier)
        with pytest.raises(UserError), dossier.write("Essayer"):
            pass
    assert samples.digest(path) == before


@pytest.mark.parametrize("fault", ["C9 replaced", "C10 renamed", "C11 deleted"])
def test_c9_to_c11_a_file_that_is_no_longer_there_is_not_written(
    dossier: Dossier, tmp_path: Path, fault: str
) -> None:
    path = dossier.path
    other = Path(shutil.copy(path, tmp_path / "autre.vto"))
    if fault.startswith("C9"):
        other.replace(path)
    elif fault.startswith("C10"):
        path.rename(tmp_path / "renommé.vto")
    else:
        path.unlink()
    with pytest.raises(UserError) as refused, dossier.write("Ajouter") as session:
        session.add(Person(last_name="Durand"))
    assert refused.value.code == "FICHIER_REMPLACE"
    with pytest.raises(UserError):
        dossier.undo()
    before = samples.dump(dossier)
    elsewhere = tmp_path / "ailleurs.vto"
    copies.copy_dossier(dossier, elsewhere)  # what was open can still be saved elsewhere
    with open_dossier(elsewhere) as copy:
        assert samples.dump(copy) == before


def test_c9_a_file_replaced_during_a_write_is_not_committed(dossier: Dossier, tmp_path: Path) -> None:
    before = samples.dump(dossier)
    other = Path(shutil.copy(dossier.path, tmp_path / "autre.vto"))
    with pytest.raises(UserError) as refused, dossier.write("Ajouter") as session:
        session.add(Person(last_name="Durand"))
        session.flush()  # SQLite itself looks once, when it begins its journal
        other.replace(dossier.path)
    assert refused.value.code == "FICHIER_REMPLACE"
    assert samples.dump(dossier) == before


def test_b13_a_folder_that_disappears_is_told(path: Path, tmp_path: Path) -> None:
    usb = tmp_path / "USB"
    usb.mkdir()
    moved = Path(shutil.move(path, usb / "dossier.vto"))
    with open_dossier(moved) as dossier:
        usb.rename(tmp_path / "retirée")
        with pytest.raises(UserError) as refused, dossier.write("Ajouter"):
            pass
        assert refused.value.code == "FICHIER_DISPARU"


@pytest.mark.parametrize("folder", ["OneDrive - Association", "Dropbox", "Google Drive", "Nextcloud"])
def test_c12_a_synchronised_folder_is_told(path: Path, tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    moved = Path(shutil.move(path, tmp_path / folder / "dossier.vto"))
    with open_dossier(moved) as dossier:
        assert samples.codes(dossier) == ["DOSSIER_SYNCHRONISE"]
        assert not dossier.is_read_only


def test_c12_the_system_names_its_synchronised_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path))
    with open_dossier(path) as dossier:
        assert samples.codes(dossier) == ["DOSSIER_SYNCHRONISE"]


def test_c13_a_network_place_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_on_network", lambda _path: True)
    with open_dossier(path) as dossier:
        assert samples.codes(dossier) == ["DOSSIER_RESEAU"]
    monkeypatch.undo()
    assert places.is_on_network(Path("//serveur/partage/dossier.vto"))
    assert not places.is_on_network(path)


def test_c14_a_conflict_copy_beside_is_told(path: Path) -> None:
    shutil.copy(path, path.with_name("dossier (copie en conflit de PC-2).vto"))
    shutil.copy(path, path.with_name("dossier bis.vto"))
    with open_dossier(path) as dossier:
        (notice,) = dossier.notices
        assert notice.code == "COPIE_EN_CONFLIT"
        assert "PC-2" in notice.sentence
