"""Writing every output file so that the previous one survives whatever happens."""

import errno
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from vto_desktop import paths
from vto_desktop.errors import UserError
from vto_desktop.store.dossier import is_held
from vto_desktop.store.header import MAGIC


def write_safely(path: Path, produce: Callable[[BinaryIO], object]) -> None:
    """Let ``produce`` write into a temporary file beside ``path``, then put it there in one move.

    A PDF or xlsx saved directly on a full disk destroys the previous one, and a library's own « safe »
    save was seen to accept half a file: so the length is checked and the bytes are on the disk before the
    swap. UserErrors: EST_UN_DOSSIER, FICHIER_OUVERT_AILLEURS, else PDF_NON_ECRIT or FICHIER_NON_ECRIT; then
    ``path`` is untouched. Whatever else ``produce`` raises goes through, after the temporary file is gone.
    """
    target = path.resolve() if path.is_symlink() else path
    partial = target.with_name(f".{target.stem[:60]}.{secrets.token_hex(4)}.partiel")
    with writing(target):
        _require_no_dossier(target)
        try:
            _write(partial, produce)
            if target.exists():
                shutil.copymode(target, partial)
            _put_in_place(partial, target)
        finally:
            partial.unlink(missing_ok=True)


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Say, of what the disk refuses inside the ``with``, that ``target`` was not written and why."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if (said := why(error)) is None:
            raise
        raise _not_written(target, said, str(getattr(error, "errno", type(error).__name__))) from error


def _require_no_dossier(target: Path) -> None:
    """Refuse to put a paper in the place of a dossier or of a backup, whatever its name."""
    if not is_held(target):  # reading a held one would drop this process's lock on it
        if not target.is_file():
            return
        with target.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                return
    raise UserError(
        "EST_UN_DOSSIER",
        f"«\u00a0{target.name}\u00a0» est un dossier ou une sauvegarde : il n’a pas été remplacé. "
        "Choisissez un autre "
        "nom.",
    )


def _write(partial: Path, produce: Callable[[BinaryIO], object]) -> None:
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        counting = _Counting(file)
        produce(cast("BinaryIO", counting))
        file.flush()
        os.fsync(file.fileno())
    written = partial.stat().st_size
    if written != counting.end or written == 0:
        raise OSError(errno.EIO, f"{written} bytes on the disk, {counting.end} written")


def _put_in_place(partial: Path, target: Path) -> None:
    try:
        os.replace(partial, target)  # noqa: PTH105 - the tests make this very call fail, as Windows does
    except PermissionError as error:
        raise UserError(
            "FICHIER_OUVERT_AILLEURS",
            f"«\u00a0{target.name}\u00a0» est ouvert dans un autre programme : il n’a pas été "
            "remplacé. Fermez-le puis "
            "recommencez, ou choisissez un autre nom.",
            details=str(getattr(error, "winerror", error.errno)),
        ) from error
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where folders can be synchronised (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Counting:
    """A binary file that remembers how far it was told to write."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.end = 0

    def write(self, data: bytes) -> int:
        start = self._file.tell()
        self._file.write(data)
        length = memoryview(data).nbytes
        self.end = max(self.end, start + length)
        return length

    def close(self) -> None:
        """Leave the file open: a writer that closes what it was given must not skip the checks."""

    def __enter__(self) -> "_Counting":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def why(error: OSError | sqlite3.Error) -> str | None:
    """Return in a few French words why the disk refused; None when SQLite failed for another reason."""
    if isinstance(error, sqlite3.Error):
        return _WHY_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return _WHY.get(error.errno or 0, "le disque a refusé")


_FULL: Final = "le disque est plein"
_WHY: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: "l’accès à cet emplacement est refusé",
    errno.EPERM: "l’accès à cet emplacement est refusé",
    errno.EROFS: "cet emplacement n’accepte pas d’écriture",
    errno.ENOENT: "cet emplacement n’existe pas",
    errno.ENOTDIR: "cet emplacement n’existe pas",
    errno.EEXIST: "un fichier de ce nom s’y trouve déjà",
}
_WHY_SQLITE: Final = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "le disque a refusé",
    sqlite3.SQLITE_CANTOPEN: "le disque a refusé",
    sqlite3.SQLITE_READONLY: "cet emplacement n’accepte pas d’écriture",
}


def _not_written(target: Path, said: str, details: str) -> UserError:
    code = "PDF_NON_ECRIT" if target.suffix.lower() == ".pdf" else "FICHIER_NON_ECRIT"
    is_there = os.path.exists(target)  # noqa: PTH110 - pathlib's raises in a folder that may not be read
    before = " Le fichier précédent est intact." if is_there else ""
    return UserError(
        code,
        f"«\u00a0{paths.name_of(target)}\u00a0» n’a pas été écrit : {said}.{before} Choisissez un "
        "autre emplacement, "
        "puis recommencez.",
        details=details,
    )
