"""The open dossier file: opening, writing with undo, journal, backups, checks, and safe output files."""

from vto_desktop.store import search as search  # registers how searches compile on SQLite
from vto_desktop.store.dossier import Dossier
from vto_desktop.store.opening import create_dossier, open_dossier

__all__ = ["Dossier", "create_dossier", "open_dossier"]
