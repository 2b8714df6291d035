"""The dossiers opened lately, as this user's preferences remember them."""

from pathlib import Path
from typing import Final

from vto_desktop.settings import Settings

RECENT: Final = "dossiers_récents"


def recent_dossiers(settings: Settings) -> list[Path]:
    """Return the dossiers opened lately that are still there, the latest first."""
    kept = settings.get(RECENT)
    found = [Path(text) for text in kept if isinstance(text, str)] if isinstance(kept, list) else []
    return [path for path in found if _is_there(path)]


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
