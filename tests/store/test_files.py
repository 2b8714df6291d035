"""Output files: the previous one survives whatever happens (faults B6, B7, B16 to B18)."""

import errno
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from vto_desktop.errors import UserError
from vto_desktop.store import Dossier, files
from vto_desktop.store.files import write_safely


@pytest.fixture(params=["rapport.pdf", "liste.xlsx"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return an output file that exists already."""
    path = tmp_path / str(request.param)
    path.write_bytes(b"ancien")
    return path


def code_for(path: Path) -> str:
    return "PDF_NON_ECRIT" if path.suffix == ".pdf" else "FICHIER_NON_ECRIT"


def refused(
    target: Path, produce: Callable[[BinaryIO], object] = lambda file: file.write(b"neuf")
) -> UserError:
    """Return the refusal, having seen that the previous file is intact and nothing lies about."""
    with pytest.raises(UserError) as raised:
        write_safely(target, produce)
    assert target.read_bytes() == b"ancien"
    assert [one.name for one in target.parent.iterdir()] == [target.name]
    return raised.value


def test_a_new_file_is_written(tmp_path: Path) -> None:
    write_safely(tmp_path / "é #.pdf", lambda file: file.write(b"neuf"))
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"é #.pdf": b"neuf"}


def test_an_existing_file_is_replaced_and_keeps_its_mode(target: Path) -> None:
    target.chmod(0o640)
    write_safely(target, lambda file: file.write(b"neuf"))
    assert target.read_bytes() == b"neuf"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_library_may_seek_and_close(tmp_path: Path) -> None:
    def produce(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("feuille.xml", "Alès")
        file.close()

    write_safely(tmp_path / "a.xlsx", produce)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert archive.read("feuille.xml") == "Alès".encode()


def test_text_can_be_written_through_a_wrapper(tmp_path: Path) -> None:
    def produce(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        text.write("Alès;12,50\r\n")
        text.flush()
        text.detach()

    write_safely(tmp_path / "a.csv", produce)
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + "Alès;12,50\r\n".encode()


def test_b6_b7_a_full_disk_leaves_the_previous_file(target: Path) -> None:
    def produce(file: BinaryIO) -> None:
        file.write(b"neuf")
        raise OSError(errno.ENOSPC, "No space left on device")

    refusal = refused(target, produce)
    assert refusal.code == code_for(target)
    assert "disque est plein" in refusal.sentence
    assert "intact" in refusal.sentence


def test_b16_a_file_open_elsewhere_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, "used by another process")

    monkeypatch.setattr(os, "replace", locked)
    assert refused(target).code == "FICHIER_OUVERT_AILLEURS"


def test_b17_a_short_write_replaces_nothing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Short:
        """A device that says it wrote everything, and keeps half."""

        def __init__(self, file: Any) -> None:
            self.file = file

        def write(self, data: bytes) -> int:
            self.file.write(data[: len(data) // 2])
            return len(data)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

    plain = files._Counting
    monkeypatch.setattr(files, "_Counting", lambda file: plain(Short(file)))  # type: ignore[arg-type]
    assert refused(target).code == code_for(target)


def test_an_empty_output_replaces_nothing(target: Path) -> None:
    assert refused(target, lambda _: None).code == code_for(target)


def test_b18_a_failing_fsync_replaces_nothing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    assert refused(target).code == code_for(target)


def test_the_bytes_are_on_the_disk_before_the_swap(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def say(name: str, plain: Callable[..., object]) -> Callable[..., object]:
        def told(*arguments: object) -> object:
            calls.append(name)
            return plain(*arguments)

        return told

    monkeypatch.setattr(os, "fsync", say("fsync", fsync))
    monkeypatch.setattr(os, "replace", say("replace", replace))
    write_safely(target, lambda file: file.write(b"neuf"))
    assert calls[:2] == ["fsync", "replace"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        write_safely(tmp_path / "absent" / "a.pdf", lambda file: file.write(b"neuf"))
    assert raised.value.code == "PDF_NON_ECRIT"
    assert "n’existe pas" in raised.value.sentence


def test_a_dossier_is_replaced_by_no_paper_whatever_its_name(path: Path) -> None:
    for name in ("dossier.vto", "sauvegarde.pdf", "liste.xlsx"):
        place = path.rename(path.with_name(name))
        before = place.read_bytes()
        with pytest.raises(UserError) as raised:
            write_safely(place, lambda file: file.write(b"neuf"))
        assert raised.value.code == "EST_UN_DOSSIER"
        assert place.read_bytes() == before
        path = place


def test_an_open_dossier_is_replaced_by_no_paper_and_keeps_its_lock(dossier: Dossier) -> None:
    with pytest.raises(UserError, match="EST_UN_DOSSIER"):
        write_safely(dossier.path, lambda file: file.write(b"neuf"))
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('SELECT 1 FROM person')"
    said = subprocess.run(
        [sys.executable, "-c", code, dossier.path], capture_output=True, text=True, check=False
    )
    assert "database is locked" in said.stderr


def test_a_bug_in_the_writer_is_not_taken_for_the_disk(target: Path) -> None:
    def produce(_: BinaryIO) -> None:
        raise KeyError("colonne")

    with pytest.raises(KeyError):
        write_safely(target, produce)
    assert target.read_bytes() == b"ancien"
    assert [one.name for one in target.parent.iterdir()] == [target.name]


def test_a_link_is_followed(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "lien.pdf"
    link.symlink_to(target)
    write_safely(link, lambda file: file.write(b"neuf"))
    assert link.is_symlink()
    assert target.read_bytes() == b"neuf"
