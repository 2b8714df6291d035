"""Columns of a list: how a value is written, aligned, copied and sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from vto_desktop import french
from vto_desktop.ui.kit.chips import Chip

DASH: Final = "–"
RIGHT: Final = frozenset({"amount", "number", "percent"})
FIGURES: Final = RIGHT | {"date"}


@dataclass(frozen=True)
class Column:
    """One column of a list.

    ``kind`` says what its values are: ``text`` (str), ``amount`` (cents), ``number`` (int), ``date``,
    ``chip`` (Chip), ``percent`` (part, whole), ``bar`` (part, whole), ``noted`` (text, grey note), ``lines``
    (first line, second line), ``wrapped`` (a long text in up to three small lines). None is written as a
    dash. ``width`` is in pixels of the mocks, 0 for what is left, at least ``least``; ``key`` is given back
    to the source to sort by; ``hidden`` columns are offered, not shown; ``spare`` ones are left out where the
    window has no room for all, the highest first.
    """

    key: str
    title: str
    kind: str = "text"
    width: int = 120
    least: int = 140
    bold: bool = False
    muted: bool = False
    sortable: bool = True
    hidden: bool = False
    spare: int = 0
    signed: bool = False
    decimals: int = 1
    tip: str = ""

    @property
    def right(self) -> bool:
        """Whether values stand at the right."""
        return self.kind in RIGHT


def written(column: Column, value: Any) -> str:  # noqa: PLR0911 - one return a kind
    """Return a value as the list shows it."""
    if value is None:
        return DASH
    match column.kind:
        case "amount":
            return french.amount(value, signed=column.signed)
        case "number":
            return french.number(value)
        case "date":
            return french.short_date(value)
        case "percent":
            return french.percent(value[0], value[1], decimals=column.decimals, signed=column.signed)
        case "bar":
            return french.percent(value[0], value[1])
        case "noted" | "lines":
            return str(value[0])
    return str(value)


def copied(column: Column, value: Any) -> str:
    """Return a value as Excel understands it in French: ``1234,50``, ``08/12/2021``, no dash for nothing."""
    if value is None:
        return ""
    match column.kind:
        case "amount":
            whole, part = divmod(abs(value), 100)
            return f"{'-' if value < 0 else ''}{whole},{part:02d}"
        case "number":
            return str(value)
        case "noted" | "lines":
            return " ".join(str(part) for part in value if part).replace("\n", " ")
    return written(column, value).replace("\t", " ").replace("\n", " ")


def ordered(kind: str, value: Any) -> tuple[int, Any]:
    """Return a key that sorts the values of a column in memory, nothing last."""
    if value is None or value == "":
        return (1, 0)
    if isinstance(value, int | date) and kind != "text":
        return (0, value)
    if kind in ("percent", "bar"):
        return (0, value[0] / value[1] if value[1] else 0.0)
    first = value[0] if isinstance(value, tuple) else value
    return (0, french.sort_key(first.text if isinstance(first, Chip) else str(first)))


def searched(values: Sequence[Any]) -> str:
    """Return what a filter finds in a row kept in memory, written as on screen."""
    texts = [french.short_date(v) if isinstance(v, date) else v for v in values]
    flat = [part for v in texts for part in (v if isinstance(v, tuple) else (v,))]
    return french.search_key(*(v.text if isinstance(v, Chip) else v for v in flat))
