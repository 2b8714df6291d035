"""The scale of time: which day stands where, and the dates written above, as close as they stay readable."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from vto_desktop.ui.pages.governance.timeline.lanes import ALWAYS, FOREVER

MONTHS: Final = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
YEAR: Final = 365.25
CLOSEST: Final = 6.0  # pixels a day: a month over the third of a small window
STEPS: Final = (1, 3, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 12_000)  # months between two dates
ROOM: Final = 64  # pixels that a date takes


class Tick(NamedTuple):
    """A date above: its ordinal, its text, and whether it begins a year."""

    day: int
    text: str
    is_year: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from ``left`` on, the first at ``first``, so many pixels each."""

    left: float
    first: float
    per_day: float

    def x(self, day: float) -> float:
        """Return where a day stands; what is very far stays within what can be drawn."""
        return self.left + min(max((day - self.first) * self.per_day, -20_000.0), 200_000.0)

    def day(self, x: float) -> float:
        """Return the day at a place."""
        return self.first + (x - self.left) / self.per_day

    def step(self, room: float = ROOM) -> int:
        """Return the months between two dates that leave each its room."""
        month = YEAR / 12 * self.per_day
        return next((months for months in STEPS if months * month >= room), STEPS[-1])

    def ticks(self, right: float, room: float = ROOM) -> Iterator[Tick]:
        """Yield the dates in sight, up to a place."""
        months = self.step(room)
        start = date.fromordinal(int(min(max(self.first, ALWAYS), FOREVER - 366)))
        number = (start.year * 12 + start.month - 1) // months * months
        while number < (date.max.year - 1) * 12:
            year, month = divmod(number, 12)
            number += months
            if year < 1:
                continue
            day = date(year, month + 1, 1).toordinal()
            if self.x(day) > right:
                return
            is_year = month == 0
            text = str(year) if months >= 12 else f"{MONTHS[month]} {year}" if is_year else MONTHS[month]
            yield Tick(day, text, is_year)
