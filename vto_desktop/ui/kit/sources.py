"""Where a list gets its rows from: a source of the page's own, or a small list kept in memory."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from vto_desktop import french
from vto_desktop.ui.kit import columns as columns_
from vto_desktop.ui.kit.columns import Column


class Source(Protocol):
    """Where a list gets its rows from: the ids first, then the rows that are seen.

    One that may be long also has ``first_ids(text, chips, sort_key, descending, most)``: the first of the
    same ids, ``most`` at most, or None when it can only give all of them.
    """

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        """Return the ids to list, filtered and sorted (``array('q')`` is fine for many)."""

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        """Return one tuple of values a row, in the order of ``ids`` and of the columns."""


class MemorySource:
    """A small list kept in memory: ``(id, values…)``; filtered and sorted as the big ones are."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]] = ()) -> None:
        self._columns = columns
        self._rows: dict[int, tuple[Any, ...]] = {}
        self._texts: dict[int, str] = {}
        self.replace(rows)

    def replace(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take other rows; the model must be reloaded after."""
        self._rows = {row[0]: row[1:] for row in rows}
        self._texts = {}

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        found = list(self._rows)
        for place, column in enumerate(self._columns):
            if column.key in chips:
                found = [i for i in found if str(self._rows[i][place]) == str(chips[column.key])]
        if wanted := french.sort_key(text).split():
            found = [i for i in found if _has(self._text(i), wanted)]
        for place, column in enumerate(self._columns):
            if column.key == sort_key:
                found.sort(
                    key=lambda i: columns_.ordered(column.kind, self._rows[i][place]), reverse=descending
                )
        return found

    def _text(self, identifier: int) -> str:
        """Return what a filter finds in a row, folded once for all the keys typed."""
        found = self._texts.get(identifier)
        if found is None:
            found = self._texts[identifier] = columns_.searched(self._rows[identifier])
        return found

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        return [self._rows[i] for i in ids]


def _has(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)
