"""The full check of a dossier, on demand: integrity, links, journal chain, schema, search indexes."""

import sqlite3
from pathlib import Path

from vto_desktop.errors import UserError
from vto_desktop.store import chain, opening, refusals, schema, sound
from vto_desktop.store.dossier import Dossier


def check(dossier_or_path: Dossier | Path) -> list[UserError]:
    """Return everything that is wrong with a dossier; an empty list says that it is intact.

    A path is opened as users open it, so what refuses the opening is the answer.
    """
    if isinstance(dossier_or_path, Dossier):
        return _check(dossier_or_path)
    try:
        with opening.open_dossier(dossier_or_path) as dossier:
            return _check(dossier)
    except UserError as refusal:
        return [refusal]


def _check(dossier: Dossier) -> list[UserError]:
    with dossier.connection() as raw:
        try:
            found = [refusals.damaged(problem) for problem in sound.problems_in(raw)]
            orphans = raw.execute("PRAGMA foreign_key_check").fetchall()
            found += [opening.incoherent(orphans)] if orphans else []
            differing = schema.differences(raw)
            found += [opening.schema_changed(differing)] if differing else []
            broken = chain.broken_steps(raw)
            found += [journal_changed(broken)] if broken else []
            stale = [] if dossier.is_read_only else _stale_searches(raw)
            return found + ([search_stale(stale)] if stale else [])
        except sqlite3.DatabaseError as error:
            refusal = refusals.refusal_for(error)
            if refusal is None:
                raise
            return [refusal]


def _stale_searches(raw: sqlite3.Connection) -> list[str]:
    """Return the full-text indexes that disagree with their table; the test writes nothing."""
    stale = []
    for search in schema.search_tables():
        try:
            raw.execute(f"INSERT INTO {search}({search}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - our names
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            stale.append(search)
    return stale


def journal_changed(steps: list[int]) -> UserError:
    """Return the finding that journal steps were altered."""
    listed = ", ".join(str(step) for step in steps[:20])
    return UserError(
        "JOURNAL_MODIFIE",
        f"Le journal a été modifié en dehors du programme (étapes {listed}). Les données restent "
        "lisibles ; gardez "
        "une copie de ce fichier et comparez avec une sauvegarde.",
    )


def search_stale(indexes: list[str]) -> UserError:
    """Return the finding that a search index disagrees with its table."""
    return UserError(
        "RECHERCHE_PERIMEE",
        "L’index de recherche ne correspond plus aux fiches : une recherche peut en oublier. Aucune "
        "donnée n’est "
        "perdue ; restaurez une sauvegarde si cela persiste.",
        details=", ".join(indexes),
    )
