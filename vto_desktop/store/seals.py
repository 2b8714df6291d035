"""The seal of a backup: its SHA-256 when it was checked, kept beside it."""

import hashlib
import os
from pathlib import Path


def seal_of(backup: Path) -> Path:
    """Return the file that keeps a backup's seal."""
    return backup.with_name(backup.name + ".sha256")


def write_seal(partial: Path, target: Path) -> None:
    """Seal ``partial``, which is about to become ``target``."""
    descriptor = os.open(seal_of(target), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{digest_of(partial)}  {target.name}\n")
        file.flush()
        os.fsync(file.fileno())


def is_sealed(backup: Path) -> bool:
    """Return whether a backup is, byte for byte, what was checked when it was made."""
    try:
        return seal_of(backup).read_text(encoding="utf-8").split()[:1] == [digest_of(backup)]
    except (OSError, UnicodeDecodeError):
        return False


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
