"""Lanes: mandates of one office or seat that follow one another share a line, found by halving."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vto_desktop import french

ALWAYS: Final = date.min.toordinal()  # the start of what has no known start
FOREVER: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Bar:
    """One mandate; bars with the same ``group`` stand on the same lanes as far as they do not overlap."""

    mandate_id: int
    label: str  # at the left of its lane: the office, or the member
    person: str
    starts_on: date | None
    ends_on: date | None  # first day without it
    term_on: date | None = None
    group: int = 0
    office: str = ""
    elected_on: date | None = None
    elected: str = ""  # « le conseil d’administration du 2 décembre 2020 »

    @property
    def first(self) -> int:
        """Return the ordinal of its first day."""
        return self.starts_on.toordinal() if self.starts_on is not None else ALWAYS

    @property
    def end(self) -> int:
        """Return the ordinal of the first day without it."""
        return self.ends_on.toordinal() if self.ends_on is not None else FOREVER

    @property
    def words(self) -> str:
        """Return « Présidente : Magalie TOUET, depuis le 02/12/2020 », and by whom elected."""
        by = f". Élection par {self.elected}" if self.elected else ""
        return f"{self.office or self.label}\u00a0: {self.person}, {self._period()}{by}"

    def _period(self) -> str:
        starts = f"depuis le {french.short_date(self.starts_on)}" if self.starts_on else "début non renseigné"
        if self.ends_on is not None:
            return f"{starts} jusqu’au {french.short_date(self.ends_on)}"
        return starts if self.term_on is None else f"{starts}, terme le {french.short_date(self.term_on)}"


class Lane:
    """Bars on one line, none over another, in the order of time."""

    def __init__(self, bars: Sequence[Bar]) -> None:
        self.bars = bars
        self._starts = [bar.first for bar in bars]
        self._ends = [bar.end for bar in bars]
        labels = {bar.label for bar in bars}
        self.label = labels.pop() if len(labels) == 1 else bars[-1].label

    def between(self, first: float, last: float) -> Sequence[Bar]:
        """Return the bars that show between two ordinals."""
        return self.bars[bisect_right(self._ends, first) : bisect_left(self._starts, last)]

    def spans(self, first: float, last: float) -> Iterator[tuple[int, int, Bar]]:
        """Return the ordinals of start and end, and the bars, of those that show between two ordinals."""
        start, stop = bisect_right(self._ends, first), bisect_left(self._starts, last)
        return zip(self._starts[start:stop], self._ends[start:stop], self.bars[start:stop], strict=True)

    def at(self, day: float, *, slack: float = 0) -> Bar | None:
        """Return the bar that stands on a day, or within some days of it."""
        found = self.between(day - slack, day + slack + 1e-9)
        return min(found, key=lambda bar: max(bar.first - day, day - bar.end, 0), default=None)

    @property
    def begins(self) -> int:
        """Return the ordinal of its first known day."""
        return self._starts[0]


def packed(bars: Iterable[Bar]) -> list[Lane]:
    """Return lanes: those of a group one under the other, in the order in which groups come.

    Each bar goes to the first lane of its group that is free by then; one that is never held stands too.
    """
    groups: dict[int, list[Bar]] = {}
    for bar in bars:
        groups.setdefault(bar.group, []).append(bar)
    lanes: list[Lane] = []
    for held in groups.values():
        lines: list[list[Bar]] = []
        for bar in sorted(held, key=lambda each: each.first):  # stable: as given when they begin together
            line = next((each for each in lines if each[-1].end <= bar.first < bar.end), None)
            if line is None:
                lines.append([bar])
            else:
                line.append(bar)
        lanes += [Lane(line) for line in lines]
    return lanes
