"""The one way to open or create a dossier: every refusal is one sentence, and leaves the file as it is.

Existing path → header → lock → version → schema → integrity and links → ready.
"""

import logging
import os
import sqlite3
from pathlib import Path

from vto_desktop import french, paths
from vto_desktop.errors import UserError
from vto_desktop.model.words import table_word
from vto_desktop.store import (
    connection,
    files,
    header,
    lock,
    migrations,
    places,
    refusals,
    schema,
    sound,
    verified,
)
from vto_desktop.store.dossier import Dossier, is_held

# The usual dossier (20,000 entries, 4 MB) is checked whole in some 50 ms, a tenth of opening the window, and
# once a day. A big one (1,000,000 entries, 240 MB) takes seconds: every backup checks it whole, on the copy.
CHECKED_WHOLE = 32 * 1024 * 1024

LISTED = 20  # rows named in the details of INCOHERENCE

log = logging.getLogger(__name__)


def open_dossier(path: Path, *, author: str = "", read_only: bool = False) -> Dossier:
    """Open a dossier, migrated if it is older; UserError says why not.

    A file or folder that cannot be written opens read-only, as does one whose rows contradict each other
    (INCOHERENCE) or whose share does not lock (PARTAGE_SANS_VERROU): ``notices`` says why.
    """
    resolved = header.require_path(path)
    if is_held(resolved):
        raise refusals.already_open("dans une autre fenêtre de ce programme")
    notices = places.notices(resolved)
    is_hot = header.has_hot_journal(resolved)
    _require_ours(resolved)
    writable = os.access(resolved, os.W_OK) and os.access(resolved.parent, os.W_OK)
    is_read_only = read_only or not writable
    raw = open_locked(resolved, is_read_only=is_read_only)
    witness = None if is_read_only else lock.Witness(resolved)
    if is_hot:
        log.warning("hot journal found at opening, rolled back by SQLite")
        notices.append(recovered())
    try:
        if witness is not None and not witness.sees_lock():
            notices.append(unlocked_share())
            is_read_only = True
        with refusals.translated():
            _require_whole(raw, resolved)
            _bring_up_to_date(raw, resolved, is_read_only=is_read_only)
            notices += _contradictions(raw, resolved)
            is_read_only = is_read_only or any(notice.code == "INCOHERENCE" for notice in notices)
            connection.apply_pragmas(raw, is_read_only=is_read_only)
            return Dossier(
                resolved, raw, author=author, is_read_only=is_read_only, notices=notices, witness=witness
            )
    except BaseException:
        connection.close(raw)
        if witness is not None:
            witness.close()
        raise


def _require_ours(path: Path) -> None:
    """Refuse what is no dossier, or has the journal of another beside it: both before SQLite touches it."""
    try:
        header.require_own_journals(path, header.read_header(path))
    except UserError as refusal:
        # The journal of a program that is writing right now may look foreign, caught half-way.
        if refusal.code == "JOURNAL_ETRANGER" and lock.is_locked_elsewhere(path):
            raise refusals.already_open(lock.holder(path)) from refusal
        raise


def create_dossier(path: Path, *, author: str = "") -> Dossier:
    """Make an empty dossier and open it; never over an existing file. UserError says why not."""
    header.require_length(path)
    with refusals.translated(), files.writing(path):
        if path.exists() or path.is_symlink():
            raise UserError(
                "EXISTE_DEJA",
                f"Un fichier «\u00a0{paths.name_of(path)}\u00a0» existe déjà à cet endroit. Il "
                "n’a pas été modifié : "
                "choisissez un autre nom.",
            )
        if not path.parent.is_dir():
            raise UserError(
                "INTROUVABLE", "L’emplacement choisi pour le nouveau dossier n’existe pas. Rien n’a été créé."
            )
        _make(path.absolute())
    return open_dossier(path, author=author)


def _make(path: Path) -> None:
    """Make the file beside its place and put it there whole: a crash leaves no half dossier."""
    import secrets

    partial = path.with_name(f".{secrets.token_hex(6)}.partiel")  # short: a journal's name is 8 longer
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        raw = connection.connect(partial, "rw")
        try:
            raw.execute("PRAGMA synchronous=EXTRA")
            raw.execute(f"PRAGMA application_id={connection.APPLICATION_ID}")
            raw.execute(f"PRAGMA user_version={secrets.randbelow(2**31 - 1) + 1}")
            raw.execute("BEGIN")
            for statement in schema.shipped_statements():
                raw.execute(statement)
            raw.execute("INSERT INTO alembic_version VALUES (?)", (migrations.head(),))
            raw.execute("COMMIT")
        finally:
            raw.close()
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)


def open_locked(path: Path, *, is_read_only: bool = False) -> sqlite3.Connection:
    """Return the connection, holding SQLite's exclusive lock unless the file is only read."""
    raw = connection.connect(path, "ro" if is_read_only else "rw")
    try:
        raw.execute("PRAGMA trusted_schema=OFF")
        if is_read_only:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        else:
            connection.take_lock(raw)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raw.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise refusals.already_open(lock.holder(path)) from error
        raise refusals.refusal_for(error) or error from error
    return raw


def _require_whole(raw: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that was cut short."""
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    (page_size,) = raw.execute("PRAGMA page_size").fetchone()
    if path.stat().st_size < pages * page_size:
        raise refusals.damaged("shorter than its pages")


def _is_to_be_checked(path: Path) -> bool:
    return path.stat().st_size <= CHECKED_WHOLE and not verified.is_known(path)


def _require_intact(raw: sqlite3.Connection, path: Path) -> None:
    """Refuse a damaged file. A check that itself fails (disk error) mends and renames nothing."""
    problems = sound.problems_in(raw) if _is_to_be_checked(path) else []
    if problems:
        raise refusals.damaged(problems[0])


def _bring_up_to_date(raw: sqlite3.Connection, path: Path, *, is_read_only: bool) -> None:
    """Leave the file intact and of the present schema, or refuse.

    The schema is compared before anything in the file is run, even by a check: it may be hostile.
    """
    if migrations.revision_of(raw) != migrations.head():
        _require_intact(raw, path)
        if is_read_only:
            raise needs_migration()
        from vto_desktop.store import backups

        connection.apply_pragmas(raw)
        backups.before_migration(raw, path)
        migrations.migrate(raw)
    differing = schema.differences(raw)
    if differing:
        raise schema_changed(differing)
    _require_intact(raw, path)


def needs_migration() -> UserError:
    """Return the refusal for an older dossier that cannot be written."""
    return UserError(
        "VERSION_TROP_ANCIENNE",
        "Ce dossier est d’une version plus ancienne et ne peut pas être mis à niveau ici, car il est en "
        "lecture seule. Copiez-le dans un emplacement où vous pouvez écrire, puis ouvrez la copie.",
    )


def schema_changed(differing: list[str]) -> UserError:
    """Return the refusal for a file whose tables, indexes or triggers are not ours."""
    return UserError(
        "SCHEMA_MODIFIE",
        "La structure de ce dossier a été modifiée par un autre logiciel. Il n’a pas été ouvert ni modifié : "
        "restaurez une sauvegarde.",
        details=", ".join(differing)[:500],
    )


def _contradictions(raw: sqlite3.Connection, path: Path) -> list[UserError]:
    """Return what the links between rows contradict: the dossier can then be read, not written."""
    if not _is_to_be_checked(path):
        return []
    orphans = raw.execute("PRAGMA foreign_key_check").fetchall()
    return [incoherent(orphans)] if orphans else []


def incoherent(orphans: list[tuple[str, int, str, int]]) -> UserError:
    """Return the notice for rows that refer to rows that are not there; the details name them, one a line."""
    named = [
        f"{table_word(table)} n°\u00a0{row_id} → {table_word(parent)}" for table, row_id, parent, _ in orphans
    ]
    return UserError(
        "INCOHERENCE",
        f"Des fiches de ce dossier se rapportent à d’autres qui n’existent plus ({french.some(named)}) : il "
        "est ouvert en lecture seule, rien n’est modifié. Restaurez une sauvegarde.",
        details="\n".join([*named[:LISTED], *(["…"] if len(named) > LISTED else [])]),
    )


def unlocked_share() -> UserError:
    """Return the notice for a place that keeps no lock."""
    return UserError(
        "PARTAGE_SANS_VERROU",
        "Cet emplacement réseau ne sait pas réserver un fichier : deux personnes pourraient s’écraser. "
        "Le dossier "
        "est ouvert en lecture seule, rien n’est modifié. Copiez-le sur cet ordinateur pour le modifier.",
    )


def recovered() -> UserError:
    """Return the notice for a crash that SQLite has just mended."""
    return UserError(
        "DOSSIER_RECUPERE",
        "Le programme ou l’ordinateur s’était arrêté pendant un enregistrement. Le dossier est revenu à "
        "la dernière "
        "modification entièrement enregistrée.",
    )
