"""Backups that are known to be good: copied by SQLite, reopened, checked, sealed; and thinned."""

import os
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Literal

from vto_desktop.errors import UserError
from vto_desktop.store import connection, header, migrations, seals
from vto_desktop.store.dossier import Dossier
from vto_desktop.store.files import sync_folder
from vto_desktop.store.sound import problems_in
from vto_desktop.store.thinning import kept

Kind = Literal["automatique", "manuelle", "avant mise à niveau"]
NAME = re.compile(
    r"^(?P<stem>.+) (?P<at>\d{4}-\d\d-\d\d \d\dh\d\dm\d\d)(?: \((?P<number>\d+)\))? "
    r"(?P<kind>automatique|manuelle|avant mise à niveau)\.vto$"
)
STAMP = "%Y-%m-%d %Hh%Mm%S"


@dataclass(frozen=True)
class Backup:
    """One backup file; ``at`` is local time, ``size`` is in bytes."""

    path: Path
    at: datetime
    size: int
    kind: str


@dataclass(frozen=True)
class Preview:
    """What a backup contains: its number of rows by table, and what it is."""

    counts: dict[str, int]
    at: datetime
    size: int
    revision: str


def default_folder(dossier: Path) -> Path:
    """Return where a dossier's backups go: beside it, where people find them without being told."""
    return dossier.parent / f"Sauvegardes de {short_stem(dossier)}"


def short_stem(dossier: Path) -> str:
    """Return the dossier's name, cut so that a date and a word still fit in a file's name (255 bytes)."""
    return os.fsencode(dossier.stem)[:150].decode(errors="ignore").strip() or "dossier"


def back_up(dossier: Dossier, folder: Path | None = None, *, kind: Kind = "manuelle") -> Path:
    """Back up now and return the new file, checked (SAUVEGARDE_NON_FAITE, SAUVEGARDE_IMPOSSIBLE).

    Only the copying holds the dossier; checking the copy does not keep anyone from working.
    """

    def copy(target: Path) -> None:
        with dossier.connection() as raw:
            if raw.in_transaction:
                raise RuntimeError("a backup is made between transactions")
            copy_base(raw, target)

    return _back_up(copy, dossier.path, folder, kind)


def automatic(dossier: Dossier, folder: Path | None = None) -> Path | None:
    """Back up when something changed since the last backup, then thin; None when nothing had changed."""
    if not is_due(dossier, folder):
        return None
    made = back_up(dossier, folder, kind="automatique")
    thin(dossier.path, folder)
    return made


def is_due(dossier: Dossier, folder: Path | None = None) -> bool:
    """Return whether something changed since the last backup, or there is none."""
    with dossier.connection() as raw:
        latest = _last_step(raw)
    existing = list_backups(dossier.path, folder)
    return not existing or _last_step_in(existing[0].path) != latest


def before_migration(raw: sqlite3.Connection, path: Path) -> Path:
    """Back up a file that is about to be migrated; a refusal here stops the migration."""
    return _back_up(lambda target: copy_base(raw, target), path, None, "avant mise à niveau")


def list_backups(dossier: Path, folder: Path | None = None) -> list[Backup]:
    """Return the backups of a dossier, the latest first; an absent folder has none."""
    found = []
    try:
        paths = list((folder or default_folder(dossier)).iterdir())
    except OSError:
        return []
    for path in paths:
        named, at = NAME.match(path.name), made_at(path)
        if named and at and named["stem"] == short_stem(dossier):
            age = at, int(named["number"] or 1)  # those of one second are numbered
            found.append((age, Backup(path, at, path.stat().st_size, named["kind"])))
    return [backup for _age, backup in sorted(found, key=itemgetter(0), reverse=True)]


def made_at(backup: Path) -> datetime | None:
    """Return when a backup was made, as its name says in local time; None for a name that is not ours."""
    named = NAME.match(backup.name)
    try:
        return datetime.strptime(named["at"], STAMP).astimezone() if named else None
    except ValueError:  # renamed by hand to a day that does not exist
        return None


def thin(dossier: Path, folder: Path | None = None) -> list[Path]:
    """Remove automatic backups that others stand for, never the last good one; returns what was removed."""
    automatic_ones = [one for one in list_backups(dossier, folder) if one.kind == "automatique"]
    keep = kept([backup.at for backup in automatic_ones], datetime.now().astimezone())
    last_good = next((backup for backup in automatic_ones if seals.is_sealed(backup.path)), None)
    removed = []
    for backup in automatic_ones:
        if backup.at not in keep and backup != last_good:
            backup.path.unlink(missing_ok=True)
            seals.seal_of(backup.path).unlink(missing_ok=True)
            removed.append(backup.path)
    return removed


def preview(backup: Path) -> Preview:
    """Return what a backup contains; UserError when it is damaged or none of ours."""
    require_good(backup)
    with _opened(backup) as raw:
        counts = migrations.counts(raw)
        revision = migrations.revision_of(raw)
    status = backup.stat()
    at = made_at(backup) or datetime.fromtimestamp(status.st_mtime).astimezone()
    return Preview(counts, at, status.st_size, revision)


def require_good(backup: Path) -> None:
    """Refuse a backup whose seal or content is wrong (SAUVEGARDE_ENDOMMAGEE), naming the next older one."""
    header.read_header(header.require_path(backup))
    seal = seals.seal_of(backup)
    if seal.exists() and not seals.is_sealed(backup):
        raise damaged(backup, "seal")
    problems = problems_of(backup)
    if problems:
        raise damaged(backup, problems[0])


def _back_up(copy: Callable[[Path], None], dossier: Path, folder: Path | None, kind: Kind) -> Path:
    target_folder = folder or default_folder(dossier)
    _require_folder(target_folder, is_ours=folder is None)
    target = _free_target(target_folder, dossier, kind)
    partial = target.with_name(f".{secrets.token_hex(6)}.partiel")
    try:
        copy(partial)
        problems = problems_of(partial)
        if problems:
            raise OSError(problems[0])
        seals.write_seal(partial, target)
        partial.rename(target)
        sync_folder(target_folder)
    except (OSError, sqlite3.Error, UserError) as error:
        seals.seal_of(target).unlink(missing_ok=True)
        raise _impossible(str(getattr(error, "sqlite_errorname", type(error).__name__))) from error
    finally:
        partial.unlink(missing_ok=True)
        header.beside(partial, "-journal").unlink(missing_ok=True)
    return target


def copy_base(raw: sqlite3.Connection, target: Path) -> None:
    """Copy a whole base through SQLite: a plain copy of a live one was corrupt 40 times out of 40."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(connection.connect(target, "rw")) as copy:
        raw.backup(copy)
    with target.open("r+b") as file:
        os.fsync(file.fileno())


def _require_folder(folder: Path, *, is_ours: bool) -> None:
    try:
        if is_ours:
            folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_dir():
            return
    except OSError:
        pass
    raise UserError(
        "SAUVEGARDE_NON_FAITE",
        "La sauvegarde n’a pas été faite : son emplacement n’est pas accessible (clé USB retirée ?). Le "
        "dossier "
        "lui-même est enregistré. Rebranchez le support, ou choisissez un autre emplacement.",
    )


def _free_target(folder: Path, dossier: Path, kind: Kind) -> Path:
    """Return a name no backup has, numbered within one second: the clock may also have gone back."""
    start = f"{short_stem(dossier)} {datetime.now().astimezone():{STAMP}}"
    taken = [one.name for one in folder.iterdir() if one.name.startswith(start)]
    number = 1 + len([name for name in taken if name.endswith(".vto")])
    while any(name.startswith(f"{start} ({number})") for name in taken):
        number += 1
    return folder / (f"{start} {kind}.vto" if number == 1 else f"{start} ({number}) {kind}.vto")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file nobody writes, without a lock and without making anything beside it."""
    with closing(connection.connect(path.resolve(), "immutable")) as raw:
        raw.execute("PRAGMA trusted_schema=OFF")
        yield raw


def problems_of(path: Path) -> list[str]:
    """Return what is wrong with a file nobody writes; nothing when it is whole."""
    try:
        with _opened(path) as raw:
            return problems_in(raw)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return [str(getattr(error, "sqlite_errorname", type(error).__name__))]


def _last_step(raw: sqlite3.Connection) -> str | None:
    """Return the hash of the last step, which stands for all before it: after a restore, numbers repeat."""
    row = raw.execute("SELECT hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return row[0] if row else None


def _last_step_in(backup: Path) -> str | None:
    try:
        with _opened(backup) as raw:
            return _last_step(raw)
    except (sqlite3.Error, UnicodeDecodeError):
        return "unreadable"


def _impossible(details: str) -> UserError:
    return UserError(
        "SAUVEGARDE_IMPOSSIBLE",
        "La sauvegarde n’a pas pu être écrite ou vérifiée (disque plein ?). Le dossier lui-même est "
        "enregistré et "
        "les sauvegardes précédentes sont intactes. Libérez de la place, ou choisissez un autre emplacement.",
        details=details,
    )


def damaged(backup: Path, details: str) -> UserError:
    """Return the refusal of a damaged backup, naming the next older one."""
    named = NAME.match(backup.name)
    stem = named["stem"] if named else backup.stem
    siblings = list_backups(backup.with_name(f"{stem}.vto"), backup.parent)
    names = [one.path.name for one in siblings]
    older = siblings[names.index(backup.name) + 1 :] if backup.name in names else []
    advice = f" Prenez plutôt «\u00a0{older[0].path.name}\u00a0»." if older else " Prenez-en une autre."
    return UserError(
        "SAUVEGARDE_ENDOMMAGEE",
        "Cette sauvegarde a été abîmée depuis qu’elle a été faite : elle n’a pas été restaurée et rien "
        f"n’a changé.{advice}",
        details=details,
    )
