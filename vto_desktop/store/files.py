"""Writing every output file so that the previous one survives whatever happens."""

import errno
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from vto_desktop.errors import UserError


def write_safely(path: Path, produce: Callable[[BinaryIO], object]) -> None:
    """Let ``produce`` write into a temporary file beside ``path``, then put it there in one move.

    A PDF or xlsx saved directly on a full disk destroys the previous one, and a library's own « safe »
    save was seen to accept half a file: so the length is checked and the bytes are on the disk before the
    swap. UserErrors: FICHIER_OUVERT_AILLEURS, else PDF_NON_ECRIT or FICHIER_NON_ECRIT; then ``path`` is
    untouched. Whatever else ``produce`` raises goes through, after the temporary file is gone.
    """
    target = path.resolve() if path.is_symlink() else path
    partial = target.with_name(f".{target.stem[:60]}.{secrets.token_hex(4)}.partiel")
    try:
        try:
            _write(partial, produce)
            if target.exists():
                shutil.copymode(target, partial)
            _put_in_place(partial, target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise _refusal(target, error) from error


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
            f"« {target.name} » est ouvert dans un autre programme : il n’a pas été remplacé. Fermez-le puis "
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


def _refusal(target: Path, error: OSError) -> UserError:
    code = "PDF_NON_ECRIT" if target.suffix.lower() == ".pdf" else "FICHIER_NON_ECRIT"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        why = "le disque est plein"
    elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        why = "ce dossier n’accepte pas d’écriture"
    elif error.errno in {errno.ENOENT, errno.ENOTDIR}:
        why = "cet emplacement n’existe pas"
    else:
        why = "le disque a refusé"
    before = " Le fichier précédent est intact." if target.exists() else ""
    return UserError(
        code,
        f"« {target.name} » n’a pas été écrit : {why}.{before} Choisissez un autre emplacement, puis "
        "recommencez.",
        details=str(error.errno),
    )
