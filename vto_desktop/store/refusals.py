"""From SQLite's and the system's errors to sentences a user can act on."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from vto_desktop.errors import UserError
from vto_desktop.store.schema import CLOSED

SAFE = "Rien n’a été perdu de ce qui était déjà enregistré."


def disk_full(details: str = "") -> UserError:
    """Return the refusal for a full disk."""
    return UserError(
        "DISQUE_PLEIN",
        f"Le disque est plein : cette modification n’a pas été enregistrée. {SAFE} "
        "Libérez de la place, puis recommencez.",
        details=details,
    )


def disk_error(details: str = "") -> UserError:
    """Return the refusal for a disk that fails to read or write."""
    return UserError(
        "ERREUR_DISQUE",
        f"Le disque a refusé de lire ou d’écrire : cette modification n’a pas été enregistrée. {SAFE} "
        "Vérifiez le support (clé, disque, réseau), puis recommencez.",
        details=details,
    )


def already_open(holder: str = "", details: str = "") -> UserError:
    """Return the refusal for a dossier that another program holds; ``holder`` says who and since when."""
    who = f" {holder}" if holder else ""
    return UserError(
        "DEJA_OUVERT",
        f"Ce dossier est déjà ouvert{who}. Fermez-le là-bas, puis rouvrez-le ici : rien n’a été modifié.",
        details=details,
    )


def damaged(details: str = "") -> UserError:
    """Return the refusal for a damaged file."""
    return UserError(
        "BASE_ENDOMMAGEE",
        "Ce dossier est endommagé. Le fichier a été laissé tel quel : restaurez une sauvegarde "
        "(Fichier › Restaurer une sauvegarde…).",
        details=details,
    )


def year_closed() -> UserError:
    """Return the refusal for a change in a closed fiscal year."""
    return UserError(
        CLOSED,
        "Cet exercice est clos : il n’accepte plus aucune modification. Rien n’a été changé ; pour le "
        "corriger, rouvrez d’abord l’exercice.",
    )


def read_only() -> UserError:
    """Return the refusal to write in a dossier opened for reading."""
    return UserError(
        "LECTURE_SEULE",
        "Ce dossier est ouvert en lecture seule : rien n’a été enregistré. Enregistrez-en une copie "
        "ailleurs pour la modifier.",
    )


def read_only_file() -> UserError:
    """Return the notice for a dossier opened for reading."""
    return UserError(
        "LECTURE_SEULE",
        "Ce dossier est ouvert en lecture seule : vous pouvez tout consulter et imprimer, rien modifier.",
    )


def replaced() -> UserError:
    """Return the refusal to write when the opened file is no longer the one at its path."""
    return UserError(
        "FICHIER_REMPLACE",
        "Le fichier du dossier a été remplacé, renommé ou supprimé pendant qu’il était ouvert : rien n’a "
        "été écrit. Ce que vous voyez est intact en mémoire : enregistrez-en une copie ailleurs.",
    )


def vanished() -> UserError:
    """Return the refusal to write when the folder of the opened file is gone."""
    return UserError(
        "FICHIER_DISPARU",
        "L’emplacement du dossier a disparu (clé retirée, réseau coupé) : rien n’a été écrit. Rebranchez le "
        "support, ou enregistrez une copie ailleurs.",
    )


def changed_meanwhile(details: str = "") -> UserError:
    """Return the refusal of an edit whose row was changed since it was shown."""
    return UserError(
        "MODIFIE_ENTRE_TEMPS",
        "Cette fiche a été modifiée ailleurs depuis que vous l’avez ouverte. Rien n’a été écrasé : comparez "
        "les deux valeurs, puis enregistrez de nouveau.",
        details=details,
    )


def still_used(details: str = "") -> UserError:
    """Return the refusal to delete what other rows need."""
    return UserError(
        "ENCORE_UTILISE",
        "Cet élément est encore utilisé ailleurs dans le dossier : il n’a pas été supprimé. Donnez-lui "
        "plutôt "
        "une date de fin, ou retirez d’abord ce qui s’y rattache.",
        details=details,
    )


def duplicate(details: str = "") -> UserError:
    """Return the refusal of a second row where only one may be."""
    return UserError(
        "DOUBLON",
        "Cet élément existe déjà dans le dossier : rien n’a été enregistré. Modifiez celui qui existe.",
        details=details,
    )


_BY_CODE: dict[int, Callable[[str], UserError]] = {
    sqlite3.SQLITE_FULL: disk_full,
    sqlite3.SQLITE_IOERR: disk_error,
    sqlite3.SQLITE_CANTOPEN: disk_error,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_BUSY: lambda name: already_open(details=name),
    sqlite3.SQLITE_LOCKED: lambda name: already_open(details=name),
    sqlite3.SQLITE_READONLY: lambda _: read_only(),
}
_BY_EXTENDED_CODE: dict[int, Callable[[str], UserError]] = {
    sqlite3.SQLITE_READONLY_DBMOVED: lambda _: replaced(),
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: still_used,
    sqlite3.SQLITE_CONSTRAINT_TRIGGER: still_used,  # ON DELETE RESTRICT is reported as a trigger
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: duplicate,
}


def refusal_for(error: BaseException) -> UserError | None:
    """Return the user's sentence for an error of the database or the disk, or None: then it is a bug.

    The details name SQLite's code only: its message may quote what was typed.
    """
    if isinstance(error, StaleDataError):
        return changed_meanwhile(type(error).__name__)
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, UnicodeDecodeError):  # SQLite quotes a damaged text in its own message
        return damaged("text")
    if isinstance(origin, sqlite3.Error):
        return _refusal_for_sqlite(origin)
    if isinstance(origin, OSError):
        return disk_full() if origin.errno in {errno.ENOSPC, errno.EDQUOT} else disk_error(str(origin.errno))
    return None


def _refusal_for_sqlite(error: sqlite3.Error) -> UserError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by Python's module itself: a text that is no longer UTF-8
        return damaged("text") if "decode" in str(error) else None
    name = error.sqlite_errorname
    if CLOSED in str(error):
        return year_closed()
    if code in _BY_EXTENDED_CODE:
        return _BY_EXTENDED_CODE[code](name)
    return _BY_CODE[code & 0xFF](name) if code & 0xFF in _BY_CODE else None


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the database or the disk refuses inside the ``with`` into a UserError."""
    try:
        yield
    except (sqlite3.Error, DBAPIError, StaleDataError, OSError, UnicodeDecodeError) as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        raise refusal from error
