"""Documents of a meeting, kept by their path: beside the dossier when they lie there, never their content."""

import os
import re
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import MeetingDocument
from vto_desktop.services.rows import Problems, delete_row, get_row, give_place, require, save_row, too_long

# What the system's own programs show. Anything else could be a program: a dossier may come from a stranger.
SHOWN_BY_PROGRAMS: Final = frozenset(
    {
        ".pdf", ".txt", ".md", ".csv", ".tsv", ".rtf", ".odt", ".ods", ".odp", ".odg", ".doc", ".docx",
        ".xls", ".xlsx", ".ppt", ".pptx", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff",
        ".webp", ".heic", ".eml", ".msg", ".ics",
    }
)  # fmt: skip
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # « http: », « file: »; a drive has one letter


def kept_path(chosen: Path, dossier: Path) -> str:
    """Return how a file is remembered: from the dossier's folder when it lies below, else in full."""
    folder = dossier.absolute().parent
    whole = Path(os.path.normpath(chosen.absolute()))
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)


def located(path: str, dossier: Path) -> Path | None:
    """Return where a remembered document lies; None for what is no path of this program's making.

    A path that climbs out of the dossier's folder, an address or a text with control characters leads
    nowhere. The file need not exist.
    """
    if not path or not _is_readable(path) or _SCHEME.match(path):
        return None
    parts = (*PurePosixPath(path).parts, *PureWindowsPath(path).parts)
    if ".." in parts:
        return None
    found = dossier.absolute().parent / path
    if is_remote(path) or found.exists():
        return found
    as_written = found.with_name(unicodedata.normalize("NFD", found.name))  # names that came from a Mac
    return as_written if as_written.exists() else found


def _is_readable(path: str) -> bool:
    return not any(unicodedata.category(character) in ("Cc", "Cs") for character in path)


def is_remote(path: str) -> bool:
    """Return whether a path leads to another computer: looking whether it exists would already call it."""
    return path.startswith(("\\\\", "//"))


def is_missing(path: str, dossier: Path) -> bool:
    """Return whether a document is known not to be there; nobody asks another computer."""
    if is_remote(path):
        return False
    found = located(path, dossier)
    return found is None or not found.is_file()


def to_open(path: str, dossier: Path) -> Path:
    """Return the file to hand to the system; raises UserError DOCUMENT_ABSENT or DOCUMENT_NON_OUVERT."""
    found = located(path, dossier)
    if found is None or not found.is_file():
        raise UserError(
            "DOCUMENT_ABSENT",
            f"«\u00a0{french.clean(path, limit=160)}\u00a0» est introuvable. Rien n’a changé\u00a0: "
            "remettez le fichier à sa place, ou indiquez où il est maintenant.",
        )
    if found.suffix.lower() not in SHOWN_BY_PROGRAMS:
        raise UserError(
            "DOCUMENT_NON_OUVERT",
            f"«\u00a0{french.clean(found.name, limit=160)}\u00a0» n’est ni un texte, ni un tableau, ni une "
            "image. Par prudence, il n’a pas été ouvert\u00a0: ouvrez-le vous-même si vous savez d’où il "
            "vient.",
        )
    return found


# --- keeping -------------------------------------------------------------------------------------


def document_problems(row: MeetingDocument) -> Problems:
    """Return what must be corrected before the document can be kept."""
    found = too_long(row) | require(row, {"path": "Choisissez un fichier."})
    if row.path and "path" not in found and not _is_readable(row.path):
        found["path"] = "Ce chemin contient des caractères qui ne peuvent pas être lus."
    return found


def save_document(session: Session, row: MeetingDocument) -> MeetingDocument:
    """Keep a document; without a label it bears the file's name. Raises Invalid."""
    if row.path and not row.label:
        row.label = french.clean(PureWindowsPath(row.path).stem, limit=200)
    give_place(session, row, "meeting_id")
    return save_row(session, row, document_problems(row))


def delete_document(session: Session, row_id: int) -> None:
    """Forget a document; the file itself is left alone."""
    delete_row(session, MeetingDocument, row_id, name=get_row(session, MeetingDocument, row_id).label)


def documents_of(session: Session, meeting_id: int) -> list[MeetingDocument]:
    """Return the documents of a meeting, in their order."""
    chosen = select(MeetingDocument).where(MeetingDocument.meeting_id == meeting_id)
    return list(session.scalars(chosen.order_by(MeetingDocument.position, MeetingDocument.id)))
