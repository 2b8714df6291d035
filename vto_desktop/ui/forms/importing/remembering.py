"""What the columns of a set of headings hold, as the user said it last time: kept in the preferences."""

from hashlib import sha256
from typing import Final

from vto_desktop.services import importing
from vto_desktop.services.importing import Layout
from vto_desktop.settings import Settings

NAME: Final = "colonnes_importées"
MOST: Final = 40  # sets of headings remembered


def _key(layout: Layout) -> str:
    return sha256(importing.described(layout).encode()).hexdigest()[:20]


def remembered(settings: Settings, layout: Layout) -> Layout | None:
    """Return the layout as it was mapped last time, or None."""
    kept = settings.get(NAME, {})
    fields = kept.get(_key(layout)) if isinstance(kept, dict) else None
    if not isinstance(fields, list):
        return None
    mapping = {
        column: key
        for column, key in enumerate(fields[: len(layout.headings)])
        if isinstance(key, str) and importing.field_of(layout.kind, key) is not None
    }
    return layout.mapped(mapping)


def remember(settings: Settings, layout: Layout) -> None:
    """Keep what the columns hold, the latest sets of headings only."""
    kept = settings.get(NAME, {})
    others = dict(kept) if isinstance(kept, dict) else {}
    others.pop(_key(layout), None)
    latest = dict(list(others.items())[-(MOST - 1) :])
    fields = [layout.key_of(column) for column in range(len(layout.headings))]
    settings.set(NAME, {**latest, _key(layout): fields})
