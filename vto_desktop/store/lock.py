"""Who has the dossier open: SQLite's lock decides, this side file only says who and since when.

A lock file goes stale and lays users stay locked out (QLockFile gives another PC's lock away after 30 s):
here a stale, empty, garbled or foreign side file changes nothing.
"""

import getpass
import json
import os
import platform
import struct
import sys
from datetime import datetime
from pathlib import Path

SUFFIX = ".ouvert"
F_OFD_GETLK = 36
PENDING_BYTE, LOCK_BYTES = 0x40000000, 512  # where SQLite locks


def side_file(path: Path) -> Path:
    """Return the side file of a dossier."""
    return path.with_name(path.name + SUFFIX)


def say_who(path: Path) -> None:
    """Write who opens the dossier; a folder that refuses it costs only the information."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    text = json.dumps({"who": _who(), "since": since, "pid": os.getpid()}, ensure_ascii=False)
    try:
        descriptor = os.open(side_file(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return


def forget(path: Path) -> None:
    """Remove the side file."""
    try:
        side_file(path).unlink(missing_ok=True)
    except OSError:
        return


def holder(path: Path) -> str:
    """Return « par Anne sur PC-BUREAU depuis le 08/12/2021 à 09:30 », or as much of it as can be read."""
    try:
        said = json.loads(side_file(path).read_text(encoding="utf-8")[:2000])
        since = datetime.fromisoformat(said["since"]).astimezone()
        return f"par {str(said['who'])[:120]} depuis le {since:%d/%m/%Y} à {since:%H:%M}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _who() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "un autre utilisateur"
    # platform.node() would import socket on Windows, and nothing here imports the network.
    computer = os.environ.get("COMPUTERNAME") or (platform.node() if hasattr(os, "uname") else "")
    return f"{user} sur {computer}" if computer else user


def is_locked_elsewhere(path: Path) -> bool:
    """Return whether another program holds SQLite's lock; only for a file this process does not hold."""
    if sys.platform != "linux":
        return False
    witness = Witness(path)
    try:
        return witness.sees_lock()
    finally:
        witness.close()


class Witness:
    """A second look at the file, to see whether the lock just taken would stop another computer.

    Some shares say yes to every lock and keep none. POSIX locks never conflict within a process, but
    « open file description » locks do, so asking through a descriptor of our own tells. That descriptor stays
    open as long as the dossier: closing it would drop SQLite's lock with it.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR) if sys.platform == "linux" else None

    def sees_lock(self) -> bool:
        """Return whether the file system keeps SQLite's lock; outside Linux it is taken on trust."""
        if sys.platform != "linux" or self._descriptor is None:
            return True
        import fcntl

        asked = struct.pack("hhxxxxqqixxxx", fcntl.F_WRLCK, os.SEEK_SET, PENDING_BYTE, LOCK_BYTES, 0)
        try:
            answer = fcntl.fcntl(self._descriptor, F_OFD_GETLK, asked)
        except OSError:
            return True  # an old kernel: not a proof that locks are missing
        return bool(struct.unpack("hhxxxxqqixxxx", answer)[0] != fcntl.F_UNLCK)

    def close(self) -> None:
        """Let go, after SQLite has."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
