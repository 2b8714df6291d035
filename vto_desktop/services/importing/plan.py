"""What an import would do, row by row, before anything is written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What becomes of a row; the value is the label that users read."""

    CREATE = "Nouveau"
    UPDATE = "Mis à jour"
    SAME = "Inchangé"
    DOUBLE = "Doublon"
    PROBLEM = "À corriger"
    IGNORED = "Ignorée"


WRITES = frozenset((State.CREATE, State.UPDATE))


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell (``column`` is its heading), or with a whole row (no column)."""

    row: int
    column: str
    sentence: str


@dataclass(eq=False, slots=True)
class Target:
    """An organisation or a person to write: new without an id; ``values`` are all of it, or what changes."""

    id: int | None
    values: dict[str, Any]
    aliases: list[str] = field(default_factory=list)

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to write."""
        return self.id is None or bool(self.values or self.aliases)


@dataclass(eq=False, slots=True)
class Seat:
    """A representative to write, called ``name``; ``person`` may be shared by several."""

    id: int | None
    person: Target
    values: dict[str, Any]
    name: str = ""

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to write."""
        return self.id is None or bool(self.values) or self.person.is_touched


@dataclass(eq=False, slots=True)
class Work:
    """All that one row writes: who the member is, the membership, its representatives."""

    organisation: Target | None = None
    person: Target | None = None
    member_id: int | None = None
    member: dict[str, Any] = field(default_factory=dict)
    seats: list[Seat] = field(default_factory=list)

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to write."""
        holders = [each for each in (self.organisation, self.person) if each is not None]
        return (
            (self.member_id is None and bool(holders))
            or bool(self.member)
            or any(holder.is_touched for holder in holders)
            or any(seat.is_touched for seat in self.seats)
        )


@dataclass(slots=True)
class PlannedRow:
    """One row of the file: what it is about, what it would do (``what``, in words), what is wrong with it.

    ``doubts`` look wrong and do not keep the row from being imported. ``can_tick`` says whether the user
    may choose to import it, ``ticked`` whether it is unless the user says otherwise.
    """

    number: int
    name: str
    state: State
    what: str = ""
    problems: list[CellProblem] = field(default_factory=list)
    doubts: list[CellProblem] = field(default_factory=list)
    work: Work | None = None

    @property
    def can_tick(self) -> bool:
        """Whether importing the row means anything."""
        return self.work is not None and self.state in (State.CREATE, State.UPDATE, State.DOUBLE)

    @property
    def ticked(self) -> bool:
        """Whether the row is imported unless the user says otherwise."""
        return self.work is not None and self.state in WRITES


@dataclass(frozen=True)
class Plan:
    """Every row of a file with what it would do."""

    kind: str
    rows: Sequence[PlannedRow]

    def counts(self) -> Counter[State]:
        """Return how many rows are in each state."""
        return Counter(row.state for row in self.rows)

    @property
    def problems(self) -> list[CellProblem]:
        """What keeps rows from being imported."""
        return [each for row in self.rows if row.state is State.PROBLEM for each in row.problems]

    @property
    def doubts(self) -> list[CellProblem]:
        """What looks wrong and is imported all the same."""
        return [each for row in self.rows for each in row.doubts]

    def chosen(self, numbers: Iterable[int] | None = None) -> list[PlannedRow]:
        """Return the rows to import: those ticked, or those of these numbers that can be."""
        if numbers is None:
            return [row for row in self.rows if row.ticked]
        wanted = set(numbers)
        return [row for row in self.rows if row.number in wanted and row.can_tick]
