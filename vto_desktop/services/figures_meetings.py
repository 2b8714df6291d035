"""The frozen records of meetings: who has a seat, how it took part, what the quorum is, what was decided."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from vto_desktop.model import Presence

THERE = frozenset({Presence.PRESENT.value, Presence.SUBSTITUTE.value})


class SeatKey(NamedTuple):
    """What tells the seats of a body apart: the member it belongs to, or the person who holds it."""

    member_id: int | None
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person who may take a seat, as holder or as substitute."""

    person_id: int
    name: str
    is_woman: bool | None  # None: civility unknown
    capacity: str
    rank_text: str  # « et/ou », « suppléante », or nothing for the first
    is_substitute: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """How a seat took part, as it was recorded."""

    row_id: int
    person_id: int
    person: str
    presence: str
    proxy_id: int | None
    proxy: str
    arrived_at: str
    notes: str

    @property
    def attending_id(self) -> int | None:
        """Return the person who was there in this seat, if any."""
        if self.presence == Presence.PRESENT:
            return self.person_id
        return self.proxy_id if self.presence == Presence.SUBSTITUTE else None


@dataclass(frozen=True, slots=True)
class MeetingSeat:
    """A seat on the day of a meeting; ``counts_from`` is the time from which it counts, ``doubt`` why not."""

    key: SeatKey
    label: str  # the member's name, or the person's
    office: str  # « Présidente », in a bureau
    college: str
    sitters: tuple[Sitter, ...]  # those who hold it first, in printed order
    recorded: Recorded | None = None
    is_stray: bool = False  # recorded, though the composition of that day has no such seat
    counts_from: str | None = None  # None: it does not count; "": from the opening
    doubt: str = ""  # « M. X, qui tient le pouvoir, n’est pas là »

    @property
    def holders(self) -> tuple[Sitter, ...]:
        """Return those who hold the seat."""
        return tuple(each for each in self.sitters if not each.is_substitute)

    @property
    def substitutes(self) -> tuple[Sitter, ...]:
        """Return those who may stand in."""
        return tuple(each for each in self.sitters if each.is_substitute)


@dataclass(frozen=True, slots=True)
class QuorumLine:
    """The quorum of the whole body (no label) or of one college."""

    label: str
    seats: int
    needed: int | None  # None: no rule
    counted: int

    @property
    def is_reached(self) -> bool:
        """Return whether enough seats are present or represented."""
        return self.needed is None or self.counted >= self.needed


@dataclass(frozen=True, slots=True)
class Quorum:
    """The rule and where it stands; ``reached_at`` is the arrival that reached it, nothing at the opening."""

    whole: QuorumLine
    colleges: tuple[QuorumLine, ...]
    is_second_call: bool
    reached_at: str
    sentences: tuple[str, ...]

    @property
    def has_rule(self) -> bool:
        """Return whether the meeting needs a quorum at all."""
        return self.whole.needed is not None and not self.is_second_call

    @property
    def is_reached(self) -> bool:
        """Return whether the meeting may decide."""
        return not self.has_rule or all(line.is_reached for line in (self.whole, *self.colleges))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The seats of a meeting with how each took part, and the quorum that follows."""

    meeting_id: int
    seats: tuple[MeetingSeat, ...]
    quorum: Quorum
    max_powers: int | None

    @property
    def votes(self) -> int:
        """Return how many votes are there, in person or represented."""
        return self.quorum.whole.counted

    @property
    def is_recorded(self) -> bool:
        """Return whether anything was recorded at all."""
        return any(seat.recorded for seat in self.seats)


@dataclass(frozen=True, slots=True)
class DecisionFigure:
    """A deliberation as lists and papers show it."""

    decision_id: int
    number: str  # « 2021-03 »
    title: str
    text: str
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    outcome: str
    meeting_id: int
    held_on: date
    body: str
    meeting_words: str  # « le conseil d’administration du 2 décembre 2020 »
