"""Two compositions of a body side by side: who came, who left, who holds another office or seat."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Body
from vto_desktop.services.assembly import sitting_in
from vto_desktop.services.composition import Sitting
from vto_desktop.services.rows import get_row


class Movement(StrEnum):
    """What became of a person between two days; the value is the label that users read."""

    CAME = "Arrivée"
    LEFT = "Départ"
    CHANGED = "Changement"
    STAYED = "Maintien"


@dataclass(frozen=True, slots=True)
class Moved:
    """One person: what it held on the first day, and on the second."""

    movement: Movement
    person_id: int
    person: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    on: date | None  # the day of the movement, when the mandates tell it
    mandate_id: int  # the latest one; 0 in an assembly


@dataclass(frozen=True, slots=True)
class Comparison:
    """A body on two days."""

    body: str
    first: date
    last: date
    moves: tuple[Moved, ...]

    def count(self, movement: Movement) -> int:
        """Return how many persons moved so."""
        return sum(each.movement is movement for each in self.moves)

    @property
    def sentence(self) -> str:
        """Return « Entre le 1er janvier 2021 et le 31 décembre 2021 : 2 arrivées, 1 départ… »."""
        words = {
            Movement.CAME: ("arrivée", "arrivées"), Movement.LEFT: ("départ", "départs"),
            Movement.CHANGED: ("changement de fonction", "changements de fonction"),
            Movement.STAYED: ("maintien", "maintiens"),
        }  # fmt: skip
        counts = [french.count(n, *words[each]) for each in Movement if (n := self.count(each))]
        said = french.listed(counts) or "personne ne siégeait"
        first, last = french.long_date(self.first), french.long_date(self.last)
        return f"Entre le {first} et le {last}{french.NBSP}: {said}."


def comparison(session: Session, body_id: int, one: date, other: date) -> Comparison:
    """Return what changed in a body between two days, given in any order."""
    body = get_row(session, Body, body_id)
    first, last = sorted((one, other))
    before, after = (sitting_in(session, body, on=day) for day in (first, last))
    return Comparison(body.name, first, last, tuple(compare(before, after)))


def compare(before: Sequence[Sitting], after: Sequence[Sitting]) -> list[Moved]:
    """Return what became of everybody: who came, who left, who changed, who stayed, each in printed order."""
    held: dict[int, tuple[list[Sitting], list[Sitting]]] = {}
    for place, sitting in enumerate((after, before)):
        for each in sitting:
            held.setdefault(each.figure.person_id, ([], []))[1 - place].append(each)
    moves = [_moved(then, now) for then, now in held.values()]
    return sorted(moves, key=lambda each: list(Movement).index(each.movement))


def _moved(then: list[Sitting], now: list[Sitting]) -> Moved:
    if not then:
        movement, on = Movement.CAME, _latest(each.figure.since for each in now)
    elif not now:
        movement, on = Movement.LEFT, _latest(each.ends_on for each in then)
    elif {each.place for each in then} != {each.place for each in now}:
        known = {each.place for each in then}
        movement, on = Movement.CHANGED, _latest(each.figure.since for each in now if each.place not in known)
    else:
        movement, on = Movement.STAYED, None
    last = (now or then)[0].figure
    return Moved(
        movement, last.person_id, last.person, _words(then), _words(now), on, last.mandate_id
    )  # fmt: skip


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _words(sitting: Sequence[Sitting]) -> tuple[str, ...]:
    """Return « Présidente », or « Membre, Alès Agglomération » for a seat held in a member's name."""
    return tuple(
        ", ".join(filter(None, (each.figure.office, each.figure.member if each.member_id else "")))
        for each in sitting
    )
