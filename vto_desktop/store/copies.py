"""Copies of a dossier: one to keep elsewhere, one to read while another program holds the original."""

import secrets
import shutil
from pathlib import Path

from vto_desktop.errors import UserError
from vto_desktop.store import backups, header, opening, refusals
from vto_desktop.store.dossier import Dossier, is_held
from vto_desktop.store.files import sync_folder, writing

TRIES = 3


def copy_dossier(dossier: Dossier, to: Path) -> Path:
    """Write a verified copy of an open dossier, in place of any file at ``to``, and return its path.

    Raises COPIE_IMPOSSIBLE over an open dossier, BASE_ENDOMMAGEE when the copy is not sound, and what the
    disk refuses.
    """
    if is_held(to):
        raise UserError(
            "COPIE_IMPOSSIBLE",
            f"«\u00a0{to.name}\u00a0» est le dossier ouvert : rien n’a été écrit. Choisissez un "
            "autre nom pour la "
            "copie.",
        )
    partial = to.with_name(f".{secrets.token_hex(6)}.partiel")
    with writing(to):
        try:
            with dossier.connection() as raw, writing(to):
                backups.copy_base(raw, partial)
            if problems := backups.problems_of(partial):
                raise refusals.damaged(problems[0])
            partial.replace(to)
            sync_folder(to.parent)
        finally:
            partial.unlink(missing_ok=True)
            header.beside(partial, "-journal").unlink(missing_ok=True)
    return to


def read_only_copy(path: Path, folder: Path, *, author: str = "") -> Dossier:
    """Copy a dossier that another program holds into ``folder`` and open the copy to read only.

    The holder may write meanwhile: a copy taken while its journal is in use is taken again, and what was
    copied is checked as any dossier is (BASE_ENDOMMAGEE).
    """
    real = header.require_path(path)
    if is_held(real):  # reading it through another descriptor would drop this process's own lock on it
        raise refusals.already_open("dans une autre fenêtre de ce programme")
    target = folder / f"{path.stem} (copie en lecture).vto"
    target.unlink(missing_ok=True)
    for attempt in range(TRIES):
        before = real.stat().st_mtime_ns
        with refusals.translated():
            shutil.copyfile(real, target)
        if real.stat().st_mtime_ns == before and not header.has_hot_journal(real):
            break
        if attempt == TRIES - 1:
            raise refusals.already_open("et en cours d’enregistrement")
    target.chmod(0o400)
    return opening.open_dossier(target, author=author, read_only=True)
