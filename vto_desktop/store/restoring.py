"""Putting a backup back: verified, swapped in one move, and the replaced file kept."""

import os
import secrets
import shutil
from datetime import datetime
from itertools import count
from pathlib import Path

from vto_desktop import paths
from vto_desktop.errors import UserError
from vto_desktop.store import backups, connection, header, refusals, seals
from vto_desktop.store.dossier import is_held
from vto_desktop.store.files import sync_folder, writing
from vto_desktop.store.opening import open_locked
from vto_desktop.store.sound import problems_in


def restore(backup: Path, to: Path) -> Path | None:
    """Put a verified copy of ``backup`` at ``to``; returns where the file that was there is now kept.

    Never copies over a base: a stale journal beside it would be played into the new one. The old base is
    recovered first, gets a second name, and is replaced in one move: there is always one or the other.
    What is no dossier, not even a damaged one, is left where it is (PAS_UN_DOSSIER).
    """
    backups.require_good(backup)
    with refusals.translated(), writing(to):
        _require_replaceable(to)
        partial = to.with_name(f".{to.stem[:60]}.{secrets.token_hex(4)}.partiel")
        try:
            copy_file(backup, partial)
            if backups.problems_of(partial) or seals.digest_of(partial) != seals.digest_of(backup):
                raise backups.damaged(backup, "copy differs")
            previous = _set_aside(to) if to.exists() else None
            partial.replace(to)
            sync_folder(to.parent)
        finally:
            partial.unlink(missing_ok=True)
    return previous


def _require_replaceable(to: Path) -> None:
    """Refuse to replace a folder or somebody else's file; a ``.vto`` may have lost its very first bytes."""
    if is_held(to):
        raise refusals.already_open("dans ce programme")
    if not to.exists():
        return
    try:
        header.read_header(to)
    except UserError as refusal:
        is_damaged = to.is_file() and to.suffix.lower() == ".vto" and refusal.code != "AUTRE_LOGICIEL"
        if refusal.code == "BASE_ENDOMMAGEE" or is_damaged:
            return
        raise UserError(
            "PAS_UN_DOSSIER",
            f"«\u00a0{paths.name_of(to)}\u00a0» n’est pas un dossier de l’association : il n’a "
            "pas été remplacé et "
            "rien n’a changé. Choisissez un autre nom.",
        ) from refusal


def _set_aside(to: Path) -> Path:
    """Give the present file a second name; its journal, if SQLite could not use it, goes along."""
    is_sound = recover(to)
    word = "avant restauration" if is_sound else "endommagé"
    previous = _free_name(to, f"{word} {datetime.now().astimezone():{backups.STAMP}}")
    for suffix in ("-journal", "-wal", "-shm"):
        stray = header.beside(to, suffix)
        if stray.exists():
            stray.rename(header.beside(previous, suffix))
    try:
        os.link(to, previous)
    except OSError:  # a file system without links (USB sticks): one short moment without a file
        to.rename(previous)
    return previous


def _free_name(to: Path, words: str) -> Path:
    numbers = ("" if number == 1 else f" ({number})" for number in count(1))
    names = (to.with_name(f"{backups.short_stem(to)} {words}{number}{to.suffix}") for number in numbers)
    return next(name for name in names if not name.exists())


def recover(path: Path) -> bool:
    """Let SQLite finish what a crash left, and make sure nobody has the file open; False when damaged."""
    if is_held(path):
        raise refusals.already_open("dans ce programme")
    try:
        start = header.read_header(path)
        header.require_own_journals(path, start)
        raw = open_locked(path)
    except UserError as refusal:
        if refusal.code == "DEJA_OUVERT":
            raise
        return False
    try:
        return not problems_in(raw)
    finally:
        connection.close(raw)


def copy_file(source: Path, target: Path) -> None:
    """Copy the bytes of a file nobody writes, down to the disk."""
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as copy, source.open("rb") as file:
        shutil.copyfileobj(file, copy, 1024 * 1024)
        copy.flush()
        os.fsync(copy.fileno())
