"""The columns of a table as the user left them: order, widths, which are shown, what is sorted by."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from vto_desktop.settings import Settings
from vto_desktop.ui.kit.columns import Column


@dataclass
class ColumnState:
    """What is remembered of one table; keys of columns, so that a new version may add or drop some."""

    order: list[str] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)  # even where there is no room for all
    sort_key: str = ""
    descending: bool = False

    @classmethod
    def default(cls, columns: Sequence[Column]) -> "ColumnState":
        """Return the state a table starts with."""
        return cls(order=[c.key for c in columns], hidden=[c.key for c in columns if c.hidden])


def load(settings: Settings | None, name: str, columns: Sequence[Column]) -> ColumnState:
    """Return what is remembered for a table; damaged or foreign memories give the default."""
    default = ColumnState.default(columns)
    kept = settings.get(f"colonnes.{name}") if settings and name else None
    if not isinstance(kept, dict):
        return default
    known = [c.key for c in columns]
    order = [k for k in _texts(kept.get("order")) if k in known]
    hidden = [k for k in _texts(kept.get("hidden")) if k in known]
    widths = kept.get("widths")
    sort_key = kept.get("sort_key")
    return ColumnState(
        order=order + [k for k in known if k not in order],
        widths={k: w for k, w in widths.items() if k in known and isinstance(w, int) and 20 <= w <= 4000}
        if isinstance(widths, dict)
        else {},
        wanted=[k for k in _texts(kept.get("wanted")) if k in known],
        hidden=hidden if len(hidden) < len(known) else [],
        sort_key=sort_key if sort_key in known else "",
        descending=kept.get("descending") is True,
    )


def keep(settings: Settings | None, name: str, state: ColumnState | None) -> None:
    """Remember a table's columns (None: forget them)."""
    if settings and name:
        settings.set(f"colonnes.{name}", vars(state) if state else None)


def _texts(value: Any) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
