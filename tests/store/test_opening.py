"""Opening: each refusal is one sentence with its code, and leaves the file as it is (faults, group D)."""

import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.store import samples
from vto_desktop.errors import UserError
from vto_desktop.store import (
    check,
    connection,
    create_dossier,
    header,
    open_dossier,
    opening,
    sound,
    verified,
)

Damage = Callable[[Path], object]


def refused(path: Path) -> str:
    """Return the code of the refusal, having seen that nothing in the folder was touched."""
    folder = path.parent

    def state() -> dict[str, str]:
        return {one.name: samples.digest(one) for one in folder.iterdir() if one.is_file()}

    before = state()
    with pytest.raises(UserError) as raised:
        open_dossier(path)
    assert state() == before
    assert raised.value.sentence.endswith((".", ")."))
    return raised.value.code


def write(content: bytes) -> Damage:
    return lambda path: path.write_bytes(content)


def sql(*statements: str) -> Damage:
    return lambda path: samples.change_behind(path, *statements)


def workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")


def cut(share: float, more: int = 0) -> Damage:
    return lambda path: os.truncate(path, int(path.stat().st_size * share) // 4096 * 4096 + more)


def damage_index(path: Path) -> None:
    """Make one index disagree with its table, in a way that only the full check sees."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        (root,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_person_sort_key'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    start = (root - 1) * 4096
    at = content.index(b"touet", start, start + 4096)
    content[at : at + 5] = b"zouet"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]


REFUSALS: dict[str, tuple[Damage, str]] = {
    "D1 text": (write(b"Bonjour\n" * 500), "PAS_UNE_BASE"),
    "D2 xlsx renamed": (workbook, "PAS_UNE_BASE"),
    "D3 random bytes": (write(random.Random(3).randbytes(20_000)), "PAS_UNE_BASE"),  # noqa: S311 - not secret
    "D4 zero length": (write(b""), "FICHIER_VIDE"),
    "D7 half": (cut(0.5), "BASE_ENDOMMAGEE"),
    "D8 header only": (lambda path: os.truncate(path, 100), "BASE_ENDOMMAGEE"),
    "D8 part of a header": (lambda path: os.truncate(path, 50), "BASE_ENDOMMAGEE"),
    "D9 mid-page": (cut(0.7, 1000), "BASE_ENDOMMAGEE"),
    "D11 index only": (damage_index, "BASE_ENDOMMAGEE"),
    "D13 other program": (sql("PRAGMA application_id=1"), "AUTRE_LOGICIEL"),
    "D14 newer": (sql("UPDATE alembic_version SET version_num = '9999'"), "VERSION_PLUS_RECENTE"),
    "D14 newer, in another journal mode": (
        sql("UPDATE alembic_version SET version_num = '9999'", "PRAGMA journal_mode=WAL"),
        "VERSION_PLUS_RECENTE",
    ),
    "D15 unknown": (sql("UPDATE alembic_version SET version_num = 'abcdef'"), "VERSION_INCONNUE"),
    "D15 two heads": (sql("INSERT INTO alembic_version VALUES ('other')"), "VERSION_INCONNUE"),
    "D15 none": (sql("DELETE FROM alembic_version"), "VERSION_INCONNUE"),
    "D15 no table": (sql("DROP TABLE alembic_version"), "VERSION_INCONNUE"),
    "D16 too old": (sql("UPDATE alembic_version SET version_num = '0000'"), "VERSION_TROP_ANCIENNE"),
    "D17 trigger missing": (sql("DROP TRIGGER entry_closed_update"), "SCHEMA_MODIFIE"),
    "D17 index missing": (sql("DROP INDEX ix_person_sort_key"), "SCHEMA_MODIFIE"),
    "D17 column added": (sql("ALTER TABLE person ADD COLUMN party TEXT"), "SCHEMA_MODIFIE"),
    "D17 table added": (sql("CREATE TABLE extra (id INTEGER)"), "SCHEMA_MODIFIE"),
    "D17 table added, in another journal mode": (
        sql("CREATE TABLE extra (id INTEGER)", "PRAGMA journal_mode=WAL"),
        "SCHEMA_MODIFIE",
    ),
    "D18 hostile trigger": (
        sql("CREATE TRIGGER t AFTER UPDATE ON person BEGIN SELECT load_extension('evil'); END"),
        "SCHEMA_MODIFIE",
    ),
    "D18 view bomb": (
        sql("CREATE VIEW b0 AS SELECT 1 x UNION ALL SELECT 1", *(
            f"CREATE VIEW b{n} AS SELECT a.x FROM b{n - 1} a, b{n - 1} b" for n in range(1, 12)
        )),
        "SCHEMA_MODIFIE",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "code"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refused_file_is_left_as_it_is(path: Path, damage: Damage, code: str) -> None:
    damage(path)
    assert refused(path) == code
    assert [found.code for found in check.check(path)] == [code]


def test_d5_a_missing_path_is_not_created(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.vto") == "INTROUVABLE"
    assert not list(tmp_path.iterdir())


def test_a_loop_of_links_and_a_name_no_system_can_have_are_refused(tmp_path: Path) -> None:
    loop = tmp_path / "boucle.vto"
    loop.symlink_to(loop)
    for path, code in (
        (loop, "INTROUVABLE" if sys.version_info < (3, 13) else "ERREUR_DISQUE"),
        (tmp_path / "a\0b.vto", "INTROUVABLE"),
        (tmp_path / f"{'é' * 130}.vto", "CHEMIN_TROP_LONG"),
    ):
        with pytest.raises(UserError, match=code):
            open_dossier(path)
    with pytest.raises(UserError, match="CHEMIN_TROP_LONG"):
        create_dossier(tmp_path / f"{'é' * 130}.vto")


def test_d6_a_folder_is_no_dossier(tmp_path: Path) -> None:
    (tmp_path / "dossier.vto").mkdir()
    assert refused(tmp_path / "dossier.vto") == "PAS_UNE_BASE"


def test_d10_bit_flips_are_refused_or_leave_the_data_intact(path: Path) -> None:
    with open_dossier(path) as dossier:
        intact = samples.dump(dossier)
    original = path.read_bytes()
    chance = random.Random(10)  # noqa: S311 - reproducible, not secret
    outcomes = {"refused": 0, "intact": 0, "changed": 0}
    for _ in range(300 if os.environ.get("VTO_LONG") else 60):
        content = bytearray(original)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        try:
            with open_dossier(path) as dossier:
                outcomes["intact" if samples.dump(dossier) == intact else "changed"] += 1
        except UserError:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 0
    assert outcomes["intact"] > 0
    assert outcomes["changed"] <= outcomes["refused"]  # one letter of a text; a backup finds it by its hash


def test_d10_a_schema_that_is_no_longer_text_is_refused(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE person", b"CREATE TABL\xd4 person"))
    assert refused(path) == "BASE_ENDOMMAGEE"


def test_d12_orphans_open_read_only_and_are_listed(path: Path) -> None:
    samples.change_behind(path, "PRAGMA foreign_keys=OFF", "DELETE FROM organisation WHERE id = 1")
    before = samples.digest(path)
    with open_dossier(path) as dossier:
        assert dossier.is_read_only
        (found,) = [notice for notice in dossier.notices if notice.code == "INCOHERENCE"]
        assert "n°\u00a01 → Organisme" in found.details
        assert found.details.splitlines()[0] in found.sentence
        with pytest.raises(UserError) as raised, dossier.write("Essayer"):
            pass
        assert raised.value.code == "LECTURE_SEULE"
    assert samples.digest(path) == before
    (told,) = check.check(path)
    assert (told.code, told.sentence) == ("INCOHERENCE", found.sentence)


def test_d12_few_of_many_orphans_are_named_in_the_sentence() -> None:
    found = opening.incoherent([("mandate", number, "person", 0) for number in range(1, 31)])
    assert "Mandat n°\u00a01 → Personne, Mandat n°\u00a02 → Personne, Mandat n°\u00a03 → Personne et 27" in (
        found.sentence
    )
    assert found.details.splitlines()[-2:] == ["Mandat n°\u00a020 → Personne", "…"]


NAMES = [
    "Été à Nîmes", "a#b?c%20d", "« guillemets »", "🎉 fête", "x" * 240, "espace  double", "point.final.",
    "l'apostrophe",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_d19_any_name_works(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.vto"
    with create_dossier(path) as dossier, dossier.write("Préparer") as session:
        samples.fill(session)
    with open_dossier(path) as dossier:
        assert len(samples.dump(dossier)["organisation"]) == 2
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_d20_a_path_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        open_dossier(tmp_path / ("dossier/" * 70) / "a.vto")
    assert raised.value.code == "CHEMIN_TROP_LONG"
    with pytest.raises(UserError):
        create_dossier(tmp_path / ("x" * 480) / "a.vto")


def hot_journal(path: Path, folder: Path) -> bytes:
    """Return the journal that a crash in the middle of a commit would leave beside ``path``."""
    work = Path(shutil.copy(path, folder / "travail.vto"))
    with closing(sqlite3.connect(work, isolation_level=None)) as raw:
        raw.execute("PRAGMA cache_size=1")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE person SET notes = 'à moitié'")
        raw.execute("CREATE TABLE filler (t)")
        raw.executemany("INSERT INTO filler VALUES (?)", [("x" * 3000,)] * 50)
        journal = header.beside(work, "-journal").read_bytes()
        half = work.read_bytes()
        raw.execute("ROLLBACK")
    (folder / "moitié").write_bytes(half)
    return journal


def test_a10_a_hot_journal_is_rolled_back_and_told(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    with open_dossier(path) as dossier:
        before = samples.dump(dossier)
    journal = hot_journal(path, elsewhere)
    path.write_bytes((elsewhere / "moitié").read_bytes())
    header.beside(path, "-journal").write_bytes(journal)
    with open_dossier(path) as dossier:
        assert samples.codes(dossier) == ["DOSSIER_RECUPERE"]
        assert samples.dump(dossier) == before


def test_d21_the_journal_of_another_base_is_never_mixed_in(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    samples.make(elsewhere / "autre.vto")
    header.beside(path, "-journal").write_bytes(hot_journal(elsewhere / "autre.vto", elsewhere))
    assert refused(path) == "JOURNAL_ETRANGER"


def test_d21_an_older_journal_of_the_same_base_is_never_mixed_in(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    journal = hot_journal(path, elsewhere)
    for number in range(3):
        samples.change_behind(path, f"UPDATE person SET notes = 'suite {number}'")
    header.beside(path, "-journal").write_bytes(journal)
    assert refused(path) == "JOURNAL_ETRANGER"


def test_d21_a_stray_write_ahead_log_is_never_mixed_in(path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(path, tmp_path / "autre.vto"))
    with closing(sqlite3.connect(other, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("UPDATE person SET notes = 'ailleurs'")
        shutil.copy(header.beside(other, "-wal"), header.beside(path, "-wal"))
    for suffix in ("", "-wal", "-shm"):
        header.beside(other, suffix).unlink(missing_ok=True)
    assert refused(path) == "JOURNAL_ETRANGER"


def test_an_empty_journal_is_no_obstacle(path: Path) -> None:
    header.beside(path, "-journal").write_bytes(b"")
    header.beside(path, "-wal").write_bytes(b"")
    with open_dossier(path) as dossier:
        assert dossier.notices == []


def test_d22_a_check_that_fails_repairs_and_renames_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_raw: sqlite3.Connection) -> list[str]:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR_READ, "SQLITE_IOERR_READ"
        raise error

    monkeypatch.setattr(sound, "problems_in", fail)
    assert refused(path) == "ERREUR_DISQUE"
    monkeypatch.undo()
    with open_dossier(path) as dossier:
        assert dossier.notices == []


def test_a_base_left_in_wal_mode_by_another_tool_opens(path: Path) -> None:
    samples.change_behind(path, "PRAGMA journal_mode=WAL")
    with open_dossier(path) as dossier:
        assert dossier._raw.execute("PRAGMA journal_mode").fetchone() == ("truncate",)


def test_a_big_dossier_is_opened_without_the_full_check(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage_index(path)
    monkeypatch.setattr(opening, "CHECKED_WHOLE", 1000)
    with open_dossier(path) as dossier:
        assert [found.code for found in check.check(dossier)] == ["BASE_ENDOMMAGEE"]


def test_creating_never_overwrites(path: Path) -> None:
    before = samples.digest(path)
    with pytest.raises(UserError) as raised:
        create_dossier(path)
    assert raised.value.code == "EXISTE_DEJA"
    assert samples.digest(path) == before


def test_creating_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        create_dossier(tmp_path / "absent" / "a.vto")
    assert raised.value.code == "INTROUVABLE"


def test_j8_only_the_owner_may_read(tmp_path: Path) -> None:
    with create_dossier(tmp_path / "a.vto") as dossier:
        with dossier.write("Préparer") as session:
            samples.fill(session)
        modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3  # the dossier, its journal and who has it open


def test_a_new_dossier_has_an_identity_of_its_own(tmp_path: Path) -> None:
    for name in ("un", "deux"):
        create_dossier(tmp_path / f"{name}.vto").close()
    first, second = (header.read_header(tmp_path / f"{name}.vto") for name in ("un", "deux"))
    assert (
        first.application_id
        == second.application_id
        == connection.APPLICATION_ID
        == struct.unpack(">I", b"VTO1")[0]
    )
    assert first.identity != second.identity


def test_alembic_is_not_imported_to_create_or_open(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from vto_desktop.store import create_dossier, open_dossier; "
        f"p = pathlib.Path({str(tmp_path / 'a.vto')!r}); create_dossier(p).close(); open_dossier(p).close(); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def checks(path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Open and close; return how many times the whole file was checked."""
    count = 0
    plain = sound.problems_in

    def counting(raw: sqlite3.Connection) -> list[str]:
        nonlocal count
        count += 1
        return plain(raw)

    with monkeypatch.context() as patch:
        patch.setattr(sound, "problems_in", counting)
        open_dossier(path).close()
    return count


def test_a_file_is_checked_once_a_day_and_again_when_something_wrote_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [checks(path, monkeypatch) for _ in range(3)] == [1, 0, 0]
    with open_dossier(path) as dossier:
        dossier.undo()
    assert checks(path, monkeypatch) == 0
    samples.change_behind(path, "UPDATE journal SET author = 'ailleurs'")
    assert [checks(path, monkeypatch) for _ in range(2)] == [1, 0]

    class Tomorrow(date):
        @classmethod
        def today(cls) -> "Tomorrow":
            return cls(2100, 1, 1)

    monkeypatch.setattr(verified, "date", Tomorrow)
    assert [checks(path, monkeypatch) for _ in range(2)] == [1, 0]


def test_a_damaged_memory_of_checks_costs_only_a_check(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_dossier(path).close()
    verified._file().write_text("[1", encoding="utf-8")
    assert [checks(path, monkeypatch) for _ in range(2)] == [1, 0]


def test_a_journal_seen_while_another_program_writes_is_not_called_foreign(
    path: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    samples.make(elsewhere / "autre.vto")
    journal = hot_journal(elsewhere / "autre.vto", elsewhere)
    code = (
        "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]); base.execute('BEGIN EXCLUSIVE'); "
        "print('tenu', flush=True); sys.stdin.read()"
    )
    arguments = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "tenu\n"
        header.beside(path, "-journal").write_bytes(journal)
        assert refused(path) == "DEJA_OUVERT"
        holder.communicate("")
    header.beside(path, "-journal").write_bytes(journal)
    assert refused(path) == "JOURNAL_ETRANGER"
