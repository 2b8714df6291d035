"""What was typed in a form and not saved yet, kept on disk so that a crash loses nothing."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from vto_desktop.paths import user_folder


@dataclass(frozen=True)
class Draft:
    """A form left half filled: in which dossier, which form, for which row (None: a new one), since when."""

    dossier: str
    form: str
    row: int | None
    title: str
    typed: dict[str, Any]
    saved_at: str

    @property
    def when(self) -> str:
        """Return when it was typed: ``12/03/2022 à 09:12``."""
        try:
            return f"{datetime.fromisoformat(self.saved_at):%d/%m/%Y à %H:%M}"
        except ValueError:
            return ""


def folder() -> Path:
    """Return where drafts lie, in this user's own state folder."""
    return user_folder("state") / "brouillons"


def _path(dossier: str, form: str, row: int | None) -> Path:
    import hashlib

    key = "\0".join((dossier, form, str(row)))
    return folder() / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def keep(dossier: str, form: str, row: int | None, title: str, typed: dict[str, Any]) -> bool:
    """Write a draft, readable by this user only; return whether the disk took it."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    content = vars(Draft(dossier, form, row, title, typed, now))
    path = _path(dossier, form, row)
    partial = path.with_suffix(".partiel")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            json.dump(content, stream, ensure_ascii=False)
        partial.replace(path)
    except OSError:
        return False
    return True


def find(dossier: str, form: str, row: int | None) -> Draft | None:
    """Return the draft of a form on a row, if one was left; damaged files count as none."""
    draft = _read(_path(dossier, form, row))
    return draft if draft and (draft.dossier, draft.form, draft.row) == (dossier, form, row) else None


def left(dossier: str) -> list[Draft]:
    """Return all drafts left for a dossier, to tell at opening [BROUILLON_RETROUVE]."""
    files = sorted(folder().glob("*.json")) if folder().is_dir() else []
    return [draft for path in files if (draft := _read(path)) and draft.dossier == dossier]


def drop(dossier: str, form: str, row: int | None) -> None:
    """Remove a draft once it was saved or given up."""
    try:
        _path(dossier, form, row).unlink(missing_ok=True)
    except OSError:
        return


def _read(path: Path) -> Draft | None:
    try:
        return Draft(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
