"""Which files were found whole today and are as this program left them: those need no second check.

Checking 20,000 entries takes longer than everything else in opening. A file that anything else has written
has another date or size and is checked again; so is every file once a day, for disks do rot.
"""

import json
from datetime import date
from pathlib import Path

from vto_desktop import paths

REMEMBERED = 50


def is_known(path: Path) -> bool:
    """Return whether the file was found whole today and was not touched since."""
    return _remembered().get(str(path)) == _mark(path)


def remember(path: Path) -> None:
    """Note that the file, as it now is, is whole; a folder that refuses it costs only a check."""
    marks = _remembered()
    marks.pop(str(path), None)
    marks[str(path)] = _mark(path)
    kept = dict(list(marks.items())[-REMEMBERED:])
    try:
        _file().write_text(json.dumps(kept), encoding="utf-8")
    except OSError:
        return


def _file() -> Path:
    return paths.user_folder("state") / "verifies.json"


def _mark(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{date.today().isoformat()} {status.st_size} {status.st_mtime_ns} {status.st_ino}"  # noqa: DTZ011 - the user's day


def _remembered() -> dict[str, str]:
    try:
        marks = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return marks if isinstance(marks, dict) else {}
