"""When each organisation or person is a member: by the dossier, and by the rows of the file read so far."""

from dataclasses import dataclass
from datetime import date

from vto_desktop.services.importing.known import Known

Holder = tuple[
    str, int
]  # « organisation » or « person » and its id, or « new » and the identity of its target


@dataclass(slots=True)
class Period:
    """One membership; ``row`` is the row of the file that spoke of it first, 0 when none did."""

    member_id: int | None
    joined: date | None
    left: date | None
    row: int = 0

    def overlaps(self, joined: date | None, left: date | None) -> bool:
        """Return whether it shares a day with another time."""
        starts, ends = joined or date.min, left or date.max
        return (self.joined or date.min) < ends and starts < (self.left or date.max)


class Memberships:
    """The memberships of every holder, found by when a row says it was a member."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._periods: dict[Holder, list[Period]] = {}

    def _of(self, holder: Holder) -> list[Period]:
        if holder not in self._periods:
            rows = (
                (row_id, self._known.members[row_id]) for row_id in self._known.members_of.get(holder, ())
            )
            self._periods[holder] = [
                Period(row_id, values["joined_on"], values["left_on"]) for row_id, values in rows
            ]
        return self._periods[holder]

    def find(self, holder: Holder, joined: date | None, left: date | None) -> Period | None:
        """Return the membership that a row speaks of; none when it speaks of another time."""
        periods = self._of(holder)
        for found in (
            [each for each in periods if joined is not None and each.joined == joined],
            [each for each in periods if left is not None and each.left == left],
            [each for each in periods if joined is not None and each.overlaps(joined, left)],
        ):
            if found:
                return found[-1]
        if joined is not None or not periods:
            return None
        return max(periods, key=lambda each: each.left or date.max)

    def add(self, holder: Holder, row: int, joined: date | None, left: date | None) -> None:
        """Keep a membership that a row makes."""
        self._of(holder).append(Period(None, joined, left, row))
