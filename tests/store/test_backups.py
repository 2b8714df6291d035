"""Backups that are known to be good, their thinning, and restoring (faults E8 to E14, B4)."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.store import samples
from tests.store.test_opening import hot_journal
from vto_desktop.errors import UserError
from vto_desktop.model import Person
from vto_desktop.store import (
    Dossier,
    backups,
    check,
    connection,
    copies,
    create_dossier,
    header,
    migrations,
    open_dossier,
    restoring,
)
from vto_desktop.store.thinning import kept


def rename(dossier: Dossier, name: str) -> None:
    with dossier.write(f"Renommer en {name}") as session:
        session.execute(update(Person).values(last_name=name))


def name_in(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT last_name FROM person").fetchone()[0])


def flip_one_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[content.index(b"TOUET") + 1] ^= 1
    path.write_bytes(content)


def test_a_backup_is_a_dossier_of_its_own(dossier: Dossier) -> None:
    made = backups.back_up(dossier)
    rename(dossier, "Après")
    assert made.parent.name == "Sauvegardes de dossier"
    assert name_in(made) == "TOUET"
    with open_dossier(made) as copy:
        assert copy.undo_label == "Préparer l’exemple"
    assert check.check(dossier) == []


def test_a_backup_leaves_only_itself_and_its_seal_for_the_owner_alone(dossier: Dossier) -> None:
    made = backups.back_up(dossier)
    modes = {one.name: one.stat().st_mode & 0o777 for one in made.parent.iterdir()}
    assert modes == {made.name: 0o600, made.name + ".sha256": 0o600}


def test_a_preview_tells_what_a_backup_contains(dossier: Dossier) -> None:
    shown = backups.preview(backups.back_up(dossier))
    assert (shown.counts["person"], shown.counts["entry"], shown.revision) == (1, 2, migrations.head())
    assert abs((datetime.now().astimezone() - shown.at).total_seconds()) < 100
    assert shown.size > 10_000


def test_an_automatic_backup_is_made_only_when_something_changed(dossier: Dossier) -> None:
    assert backups.automatic(dossier) is not None
    assert backups.automatic(dossier) is None
    rename(dossier, "Après")
    made = backups.automatic(dossier)
    assert made is not None
    assert name_in(made) == "Après"


def test_a_restored_dossier_edited_as_often_as_before_is_backed_up_again(path: Path) -> None:
    with open_dossier(path) as dossier:
        first = backups.automatic(dossier)
        rename(dossier, "Un")
        assert backups.automatic(dossier) is not None
    assert first is not None
    restoring.restore(first, path)
    with open_dossier(path) as dossier:
        rename(dossier, "Deux")
        made = backups.automatic(dossier)
    assert made is not None
    assert name_in(made) == "Deux"


def test_a_backup_renamed_to_no_day_at_all_is_no_obstacle(dossier: Dossier) -> None:
    made = backups.back_up(dossier)
    odd = made.rename(made.with_name("dossier 2021-13-45 25h61m61 manuelle.vto"))
    assert backups.list_backups(dossier.path) == []
    assert backups.preview(odd).counts["person"] == 1


def test_backups_are_listed_latest_first_with_their_kind(dossier: Dossier, tmp_path: Path) -> None:
    backups.automatic(dossier)
    rename(dossier, "Après")
    backups.back_up(dossier)
    other = tmp_path / "Sauvegardes de dossier" / "note.txt"
    other.write_text("rien")
    assert [one.kind for one in backups.list_backups(dossier.path)] == ["manuelle", "automatique"]
    assert backups.list_backups(tmp_path / "autre.vto") == []


def test_e8_a_backup_with_one_byte_changed_is_refused_and_the_older_one_named(dossier: Dossier) -> None:
    older = backups.back_up(dossier)
    newer = backups.back_up(dossier)
    flip_one_byte(newer)
    with closing(sqlite3.connect(newer)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for refuse in (backups.preview, lambda path: restoring.restore(path, dossier.path.with_name("b.vto"))):
        with pytest.raises(UserError) as refused:
            refuse(newer)
        assert refused.value.code == "SAUVEGARDE_ENDOMMAGEE"
        assert older.name in refused.value.sentence


def test_e9_restoring_over_a_base_with_a_stale_journal_gives_the_right_data(
    path: Path, tmp_path: Path
) -> None:
    with open_dossier(path) as dossier:
        good = backups.back_up(dossier)
        rename(dossier, "Après")
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    journal = hot_journal(path, elsewhere)
    path.write_bytes((elsewhere / "moitié").read_bytes())
    header.beside(path, "-journal").write_bytes(journal)
    previous = restoring.restore(good, path)
    assert previous is not None
    assert (name_in(path), name_in(previous)) == ("TOUET", "Après")
    assert check.check(path) == []


@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_e9_a_stray_journal_goes_aside_with_the_base_it_was_beside(
    path: Path, tmp_path: Path, suffix: str
) -> None:
    with open_dossier(path) as dossier:
        good = backups.back_up(dossier)
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    samples.make(elsewhere / "autre.vto")
    header.beside(path, suffix).write_bytes(hot_journal(elsewhere / "autre.vto", elsewhere))
    restoring.restore(good, path)
    assert not header.beside(path, suffix).exists()
    assert check.check(path) == []


def test_e10_the_replaced_dossier_is_kept(path: Path) -> None:
    with open_dossier(path) as dossier:
        good = backups.back_up(dossier)
        rename(dossier, "Après")
    previous = restoring.restore(good, path)
    assert previous is not None
    assert "avant restauration" in previous.name
    assert (name_in(path), name_in(previous)) == ("TOUET", "Après")
    with open_dossier(path) as dossier:
        assert not dossier.is_read_only


def test_e10_a_damaged_dossier_is_kept_under_that_name(path: Path) -> None:
    with open_dossier(path) as dossier:
        good = backups.back_up(dossier)
    os.truncate(path, 20_000)
    damaged = path.read_bytes()
    previous = restoring.restore(good, path)
    assert previous is not None
    assert "endommagé" in previous.name
    assert previous.read_bytes() == damaged
    assert check.check(path) == []


@pytest.mark.parametrize("kind", ["folder", "notes.txt", "vide.txt", "autre.vto"])
def test_what_is_no_dossier_is_not_restored_over(path: Path, tmp_path: Path, kind: str) -> None:
    with open_dossier(path) as dossier:
        good = backups.back_up(dossier)
    to = tmp_path / kind
    if kind == "folder":
        to.mkdir()
    elif kind == "autre.vto":
        with closing(sqlite3.connect(to)) as base:
            base.execute("CREATE TABLE autre (x)")
    else:
        to.write_text("des notes" if kind == "notes.txt" else "", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UserError) as refused:
        restoring.restore(good, to)
    assert refused.value.code == "PAS_UN_DOSSIER"
    assert f"«\u00a0{kind}\u00a0»" in refused.value.sentence
    assert sorted(tmp_path.iterdir()) == before


def test_a_dossier_without_its_first_bytes_is_restored_over(path: Path) -> None:
    with open_dossier(path) as dossier:
        good = backups.back_up(dossier)
    with path.open("r+b") as file:
        file.write(bytes(200))
    previous = restoring.restore(good, path)
    assert previous is not None
    assert "endommagé" in previous.name
    assert check.check(path) == []


@pytest.mark.parametrize("folder", ["absent", "dossier.vto", "/proc"])
def test_a_place_that_takes_no_file_is_told_as_it_is(path: Path, tmp_path: Path, folder: str) -> None:
    with open_dossier(path) as dossier:
        good = backups.back_up(dossier)
        to = tmp_path / folder / "rendu.vto"
        told = r"«\srendu.vto\s» n’a pas été écrit : cet emplacement n’existe pas\. .*\[FICHIER_NON_ECRIT"
        with pytest.raises(UserError, match=told):
            restoring.restore(good, to)
        with pytest.raises(UserError, match=told):
            copies.copy_dossier(dossier, to)
    with pytest.raises(UserError) as refused:
        create_dossier(to)
    assert refused.value.code == ("FICHIER_NON_ECRIT" if folder == "/proc" else "INTROUVABLE")
    assert "modification" not in refused.value.sentence


def test_an_open_dossier_is_not_restored_over(dossier: Dossier) -> None:
    good = backups.back_up(dossier)
    with pytest.raises(UserError) as refused:
        restoring.restore(good, dossier.path)
    assert refused.value.code == "DEJA_OUVERT"
    rename(dossier, "Après")


def test_restoring_where_nothing_is_keeps_nothing(dossier: Dossier, tmp_path: Path) -> None:
    to = tmp_path / "neuf.vto"
    assert restoring.restore(backups.back_up(dossier), to) is None
    assert check.check(to) == []
    assert to.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("at", range(6))
def test_a6_a_restore_stopped_anywhere_leaves_the_old_or_the_new_base(
    path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    with open_dossier(path) as dossier:
        good = backups.back_up(dossier)
        rename(dossier, "Après")
    steps = 0

    def stopping(module: object, name: str) -> None:
        plain = getattr(module, name)

        def step(*arguments: object, **options: object) -> object:
            nonlocal steps
            if steps == at:
                raise KeyboardInterrupt
            steps += 1
            return plain(*arguments, **options)

        monkeypatch.setattr(module, name, step)

    for module, name in (
        (restoring, "copy_file"), (restoring, "recover"), (os, "link"), (Path, "replace"),
        (restoring, "sync_folder"), (backups, "problems_of"),
    ):  # fmt: skip
        stopping(module, name)
    with pytest.raises(KeyboardInterrupt):
        restoring.restore(good, path)
    monkeypatch.undo()
    assert check.check(path) == []
    assert name_in(path) in {"TOUET", "Après"}


def test_e11_thinning_over_400_days_keeps_what_it_should() -> None:
    now = datetime(2022, 6, 30, 18, 0, 0).astimezone()
    times = [now - timedelta(days=day, hours=hour) for day in range(400) for hour in (0, 3)]
    alive: set[datetime] = set()
    for at in sorted(times):
        alive = kept([*alive, at], at)
    days = sorted({at.date() for at in alive}, reverse=True)
    assert {(now - timedelta(days=day)).date() for day in range(14)} <= set(days)
    months = {(at.year, at.month) for at in alive}
    assert len(months) == 14
    assert 28 <= len(alive) <= 45


def test_e11_the_last_good_backup_is_never_thinned_away(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups.automatic(dossier)
    assert first is not None
    for name in ("Un", "Deux"):
        rename(dossier, name)
        later = backups.automatic(dossier)
        assert later is not None
        later.write_bytes(later.read_bytes()[:-4096])
    monkeypatch.setattr(backups, "kept", lambda _times, _now: set())
    removed = backups.thin(dossier.path)
    assert first not in removed
    assert [one.path for one in backups.list_backups(dossier.path)] == [first]


def test_backups_asked_for_are_never_thinned(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.back_up(dossier)
    monkeypatch.setattr(backups, "kept", lambda _times, _now: set())
    assert backups.thin(dossier.path) == []
    assert made.exists()


def test_e12_backups_of_the_same_second_do_not_overwrite(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Stopped":
            return cls(2021, 12, 8, 9, 30)

    monkeypatch.setattr(backups, "datetime", Stopped)
    made = []
    for name in ("Un", "Deux", "Trois"):
        rename(dossier, name)
        made.append(backups.back_up(dossier))
    assert [name_in(path) for path in made] == ["Un", "Deux", "Trois"]
    assert len({*made}) == 3
    assert len(backups.list_backups(dossier.path)) == 3


def test_e13_a_backup_folder_that_is_gone_is_told(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        backups.automatic(dossier, tmp_path / "USB retirée")
    assert refused.value.code == "SAUVEGARDE_NON_FAITE"
    rename(dossier, "On continue")


def test_e14_a_backup_written_wrongly_is_not_taken_for_one(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = backups.back_up(dossier)
    plain = backups.copy_base

    def mutated(raw: sqlite3.Connection, target: Path) -> None:
        plain(raw, target)
        content = bytearray(target.read_bytes())
        content[8192:8300] = bytes(108)
        target.write_bytes(content)

    monkeypatch.setattr(backups, "copy_base", mutated)
    with pytest.raises(UserError) as refused:
        backups.back_up(dossier)
    assert refused.value.code == "SAUVEGARDE_IMPOSSIBLE"
    assert {one.name for one in good.parent.iterdir()} == {good.name, good.name + ".sha256"}


def test_b4_a_full_disk_during_a_backup_keeps_the_others_and_removes_the_half(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = backups.back_up(dossier)
    plain = connection.connect

    def small(path: Path, mode: connection.Mode, **options: float) -> sqlite3.Connection:
        raw = plain(path, mode, **options)
        raw.execute("PRAGMA max_page_count=20")
        return raw

    monkeypatch.setattr(connection, "connect", small)
    with pytest.raises(UserError) as refused:
        backups.back_up(dossier)
    assert refused.value.code == "SAUVEGARDE_IMPOSSIBLE"
    assert {one.name for one in good.parent.iterdir()} == {good.name, good.name + ".sha256"}
    backups.require_good(good)


def test_a_text_file_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "a.vto").write_text("Bonjour")
    with pytest.raises(UserError) as refused:
        restoring.restore(tmp_path / "a.vto", tmp_path / "b.vto")
    assert refused.value.code == "PAS_UNE_BASE"
    assert not (tmp_path / "b.vto").exists()


def test_a_dossier_copied_by_hand_can_be_restored(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path / "copie.vto"))
    assert restoring.restore(copy, tmp_path / "neuf.vto") is None
    assert check.check(tmp_path / "neuf.vto") == []


def test_a_long_name_still_has_backups(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 110 + ".vto")
    samples.make(path)
    with open_dossier(path) as dossier:
        backups.back_up(dossier)
        backups.back_up(dossier)
    assert len(backups.list_backups(path)) == 2
    restoring.restore(backups.list_backups(path)[0].path, path)
