"""Rows of a table read into values by field, with what is wrong in each cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vto_desktop import french
from vto_desktop.french import Unreadable
from vto_desktop.services.importing.headings import Layout, Rows
from vto_desktop.services.importing.plan import CellProblem
from vto_desktop.services.importing.values import Surroundings, doubts_of, reader_of

Progress = Callable[[int, int], object]
SPARE: Final = frozenset(("civility",))  # left out when it cannot be read: « Dr » keeps nobody away
EVERY: Final = 500  # rows between two looks at « Annuler »


@dataclass(frozen=True, slots=True)
class Options:
    """How a table is to be taken.

    ``is_text`` is a file of separated values, in which a row longer than the headings is a shifted one;
    ``completes`` lets the official list of local authorities fill in what the file does not say.
    """

    starts_1904: bool = False
    is_text: bool = False
    completes: bool = True


@dataclass(slots=True)
class Given:
    """What one row says: field key → value."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    doubts: list[CellProblem] = field(default_factory=list)
    is_ignored: bool = False

    def part(self, names: Sequence[str], prefix: str = "") -> dict[str, Any]:
        """Return the values of these fields that are given."""
        values = self.values
        return {name: values[key] for name in names if (key := prefix + name) in values}


class _Column:
    """One mapped column: where it stands, and what reads its cells."""

    __slots__ = ("doubt", "heading", "is_spare", "key", "place", "read")

    def __init__(self, place: int, key: str, heading: str, around: Surroundings) -> None:
        name = key.rpartition(".")[2]
        self.place, self.key, self.heading = place, key, heading
        self.read = reader_of(name, around)
        self.doubt = doubts_of(name)
        self.is_spare = name in SPARE


class Reader:
    """Reads the rows below the headings of a layout."""

    def __init__(self, layout: Layout, around: Surroundings, options: Options) -> None:
        self._layout = layout
        self._around = around
        self._options = options
        self._first_heading = layout.headings[0].strip().casefold() if layout.place >= 0 else None
        self._columns = [
            _Column(column, key, layout.headings[column], around)
            for column, key in layout.mapping.items()
            if column < len(layout.headings)
        ]

    def read(self, rows: Rows, progress: Progress | None = None) -> Iterator[Given]:
        """Yield what each row says; rows that say nothing of what is mapped are left out."""
        below = rows[self._layout.place + 1 :]
        width = len(rows[self._layout.place][1]) if self._layout.place >= 0 else 0
        for place, (number, cells) in enumerate(below):
            if progress is not None and place % EVERY == 0:
                progress(place, len(below))
            given = self._given(number, cells)
            if width and self._options.is_text and any(cell.strip() for cell in cells[width:]):
                given.problems.append(
                    CellProblem(
                        number,
                        "",
                        f"Cette ligne a {len(cells)} cases pour {french.count(width, 'titre')}\u00a0: elle "
                        "est sans doute décalée.",
                    )
                )
            if given.values or given.problems:
                yield given

    def _given(self, number: int, cells: Sequence[str]) -> Given:
        given = Given(number)
        count = len(cells)
        for column in self._columns:
            cell = cells[column.place] if column.place < count else ""
            if not cell:
                continue
            try:
                value = column.read(cell)
            except Unreadable as problem:
                found = given.doubts if column.is_spare else given.problems
                found.append(CellProblem(number, column.heading, str(problem)))
                continue
            if value is None:
                continue
            given.values[column.key] = value
            if column.doubt is not None and (doubt := column.doubt(value)):
                given.doubts.append(CellProblem(number, column.heading, doubt))
        given.is_ignored = self._says_nothing(given, cells)
        if given.is_ignored:
            given.problems.clear()
        return given

    def _says_nothing(self, given: Given, cells: Sequence[str]) -> bool:
        """Return whether a row is a total or the headings again."""
        first = next((cell for cell in cells if cell.strip()), "").strip().casefold()
        if first.startswith(("total", "sous-total")) and len(given.values) <= 2:
            return True
        return first == self._first_heading and all(
            french.sort_key(cell) == french.sort_key(heading)
            for cell, heading in zip(cells, self._layout.headings, strict=False)
            if cell.strip()
        )


def heading_of(layout: Layout, *keys: str) -> str:
    """Return the heading of the first of these fields that has a column, for a problem of the row."""
    for key in keys:
        column = layout.column_of(key)
        if column is not None:
            return layout.headings[column]
    return ""


def surroundings(colleges: Sequence[tuple[int, str]], options: Options) -> Surroundings:
    """Return what reading cells needs to know of the dossier."""
    folded: Mapping[str, int] = {french.sort_key(name): row_id for row_id, name in colleges}
    return Surroundings(folded, tuple(name for _row_id, name in colleges), options.starts_1904)
