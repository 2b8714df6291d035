"""What a file says before SQLite touches it: its header, and whether the journal beside it is its own."""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from vto_desktop.errors import UserError
from vto_desktop.store import refusals
from vto_desktop.store.connection import APPLICATION_ID

MAGIC = b"SQLite format 3\0"
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
LONGEST = 500  # bytes: SQLite's own limit is 512, and the journal's name is 8 longer
LONGEST_NAME = 255
WRITE_AHEAD = 2


@dataclass(frozen=True)
class Header:
    """What SQLite's file format says before opening; ``identity`` is ours, one per dossier."""

    page_size: int
    write_version: int
    change_counter: int
    pages: int
    identity: int
    application_id: int

    @classmethod
    def of(cls, page: bytes) -> "Header":
        """Read the first 100 bytes of a database (or of its first page kept in a journal)."""
        size, write_version = struct.unpack(">HB", page[16:19])
        counter, pages = struct.unpack(">II", page[24:32])
        identity, application_id = struct.unpack(">I", page[60:64])[0], struct.unpack(">I", page[68:72])[0]
        return cls(65536 if size == 1 else size, write_version, counter, pages, identity, application_id)


def require_length(path: Path) -> None:
    """Refuse a path that SQLite or the system could not hold."""
    absolute = path.absolute()
    if len(os.fsencode(absolute)) > LONGEST or any(
        len(os.fsencode(p)) > LONGEST_NAME for p in absolute.parts
    ):
        raise UserError(
            "CHEMIN_TROP_LONG",
            "Le chemin de ce fichier est trop long. Rien n’a été modifié : déplacez le dossier vers un "
            "emplacement plus court (par exemple «\u00a0Documents\u00a0»).",
        )


def require_path(path: Path) -> Path:
    """Return the real path of an existing, readable, non-empty file, or refuse."""
    require_length(path)
    try:
        resolved = path.resolve(strict=True)
        is_folder, size = resolved.is_dir(), resolved.stat().st_size
    except (FileNotFoundError, NotADirectoryError, RuntimeError, ValueError) as error:
        # A loop of links is a RuntimeError before Python 3.13, a NUL in the name a ValueError.
        raise UserError(
            "INTROUVABLE",
            f"Le dossier «\u00a0{path.name}\u00a0» est introuvable. Il a peut-être été déplacé ou "
            "renommé ; rien "
            "n’a été "
            "créé à sa place.",
        ) from error
    except PermissionError as error:
        raise denied() from error
    except OSError as error:
        raise refusals.disk_error(str(error.errno)) from error
    if is_folder:
        raise not_a_base()
    if size == 0:
        raise UserError(
            "FICHIER_VIDE",
            "Ce fichier est vide : ce n’est plus un dossier. Il a été laissé tel quel ; restaurez une "
            "sauvegarde.",
        )
    return resolved


def denied() -> UserError:
    """Return the refusal for a file that may not be read."""
    return UserError(
        "ACCES_REFUSE",
        "Vous n’avez pas le droit de lire ce fichier. Rien n’a été modifié : demandez l’accès à la "
        "personne qui "
        "l’a créé.",
    )


def not_a_base() -> UserError:
    """Return the refusal for something else than a dossier."""
    return UserError(
        "PAS_UNE_BASE",
        "Ce fichier n’est pas un dossier de l’association (fichier «\u00a0.vto\u00a0»). Il a été "
        "laissé tel quel ; "
        "choisissez-en un autre.",
    )


def read_header(path: Path) -> Header:
    """Return the file's header; UserError when it is no dossier of ours or is cut short."""
    try:
        with path.open("rb") as file:
            start = file.read(100)
    except PermissionError as error:
        raise denied() from error
    except OSError as error:
        raise refusals.disk_error(str(error.errno)) from error
    if not start.startswith(MAGIC[: max(len(start), 1)]):
        raise not_a_base()
    if len(start) < 100:
        raise refusals.damaged("shorter than a header")
    header = Header.of(start)
    if header.application_id != APPLICATION_ID:
        raise UserError(
            "AUTRE_LOGICIEL",
            "Ce fichier est une base d’un autre logiciel. Il a été laissé tel quel ; choisissez un "
            "dossier «\u00a0.vto\u00a0».",
            details=f"application_id {header.application_id:#x}",
        )
    return header


def beside(path: Path, suffix: str) -> Path:
    """Return ``path-journal`` or ``path-wal``."""
    return path.with_name(path.name + suffix)


def has_hot_journal(path: Path) -> bool:
    """Return whether a crash left a journal to roll back."""
    return _start(beside(path, "-journal"), 8) == JOURNAL_MAGIC


def require_own_journals(path: Path, header: Header) -> None:
    """Refuse a ``-journal`` or ``-wal`` left by another base: SQLite would mix its pages into this one."""
    wal = beside(path, "-wal")
    is_stray = bool(_start(wal, 1)) and header.write_version != WRITE_AHEAD
    if is_stray or (has_hot_journal(path) and not _is_own(beside(path, "-journal"), header)):
        raise UserError(
            "JOURNAL_ETRANGER",
            "À côté de ce dossier se trouve un fichier «\u00a0-journal\u00a0» ou "
            "«\u00a0-wal\u00a0» qui vient d’un autre "
            "dossier ; les "
            "mélanger l’abîmerait. Rien n’a été modifié : déplacez ce fichier ailleurs, puis rouvrez le "
            "dossier.",
        )


def _is_own(journal: Path, header: Header) -> bool:
    """Tell whether a journal was written for this file.

    If it keeps the first page, that page names the same dossier, in this state or the one just before; if
    not, the first page has not changed since, and the number of pages at the start is the header's.
    """
    with journal.open("rb") as file:
        start = file.read(28)
        if len(start) < 28:
            return True  # nothing in it to roll back
        _records, _nonce, pages, sector, page_size = struct.unpack(">IIIII", start[8:28])
        if page_size not in {0, header.page_size}:
            return False
        file.seek(max(sector, 512))
        record = header.page_size + 8
        while len(block := file.read(record)) == record:
            if block[:4] == b"\0\0\0\1":
                kept = Header.of(block[4:])
                return (
                    kept.identity == header.identity
                    and kept.application_id == APPLICATION_ID
                    and 0 <= header.change_counter - kept.change_counter <= 1
                )
    return bool(pages == header.pages)


def _start(path: Path, length: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError:
        return b""
