"""Where things lie: the read-only files shipped with the program, and this user's own folders."""

import sys
from functools import cache
from pathlib import Path

APPLICATION = "vto-desktop"


def shipped(*parts: str) -> Path:
    """Return the path of a shipped file or folder, from source, installed or frozen alike."""
    base = getattr(sys, "_MEIPASS", None)
    root = Path(base) if base else Path(__file__).resolve().parent.parent
    return root.joinpath(*parts)


def resource(*parts: str) -> Path:
    """Return a path below ``resources/``."""
    return shipped("resources", *parts)


def name_of(path: Path) -> str:
    """Return what to call a path in a sentence: « . » has no name of its own."""
    return path.name or path.absolute().name or str(path)


@cache
def user_folder(kind: str) -> Path:
    """Return this user's ``data``, ``config``, ``state``, ``cache`` or ``log`` folder, made when absent."""
    import platformdirs

    folder = Path(getattr(platformdirs, f"user_{kind}_dir")(APPLICATION, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
