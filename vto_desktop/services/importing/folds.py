"""Names folded and read once: planning one row asks several times for the same ones."""

from functools import lru_cache
from typing import Final

from vto_desktop import french
from vto_desktop.services.authority_names import firm, read

RECENT: Final = 4_096


@lru_cache(RECENT)
def fold(name: str) -> str:
    """Return a name's sort key."""
    return french.sort_key(name)


@lru_cache(RECENT)
def place_of(name: str) -> tuple[str, ...]:
    """Return the words that every spelling of a name has."""
    return tuple(sorted(firm(read(name).words)))
