"""Bureau and council as the annual report prints them, a line for each office and for each seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from vto_desktop import french
from vto_desktop.model import NATURAL_PERSON
from vto_desktop.services.composition import IN_PERSON
from vto_desktop.services.figures import BoardSummary, MandateFigure, Seat

BUREAU_TITLE: Final = "Bureau de l’association"
COUNCIL_TITLE: Final = "Membres du Conseil d’Administration et adhérents"
VACANT: Final = "siège vacant"
BETWEEN: Final = f"{french.NBSP}; "


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person in a line: what links it to the one before, its name, what follows the name."""

    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class BoardLine:
    """« Présidente : Magalie TOUET, adjointe au maire…, Hérault. »: an office or a seat, and who holds it."""

    label: str  # empty for a natural person, who has a seat of its own
    people: tuple[Spoken, ...]

    @property
    def head(self) -> str:
        """Return the label and its colon."""
        return f"{self.label}{french.NBSP}: " if self.label else ""

    @property
    def end(self) -> str:
        """Return the full stop, unless what is said ends with one."""
        said = self.people[-1].after or self.people[-1].name if self.people else VACANT
        return "" if said.endswith(".") else "."

    @property
    def text(self) -> str:
        """Return the line as plain text."""
        said = "".join(f"{each.before}{each.name}{each.after}" for each in self.people)
        return f"{self.head}{said or VACANT}{self.end}"


def officer_lines(officers: Sequence[MandateFigure], *, usual: date | None = None) -> list[BoardLine]:
    """Return the officers by office, in printed order, those of one office on one line.

    Who began on another day than ``usual``, the day that the sentence above says, is told since when.
    """
    lines = []
    for _, held in groupby(officers, lambda each: each.office_group or each.office):
        holders = list(held)
        first = holders[0]
        label = first.office_group if len(holders) > 1 and first.office_group else first.office
        people = tuple(
            Spoken(BETWEEN if place else "", each.person, _office_words(each, usual))
            for place, each in enumerate(holders)
        )
        lines.append(BoardLine(label, people))
    return lines


def _office_words(each: MandateFigure, usual: date | None) -> str:
    words = "".join(f", {text}" for text in (each.capacity, each.departement) if text)
    if each.since is not None and usual is not None and each.since != usual:
        words += f" (depuis le {french.short_date(each.since)})"
    return words


def seat_lines(seats: Sequence[Seat]) -> list[BoardLine]:
    """Return the seats of the council, those who share one on one line: « et/ou », « suppléante »."""
    return [_seat_line(seat) for seat in seats]


def _seat_line(seat: Seat) -> BoardLine:
    if len(seat.mandates) == 1 and is_own(seat):
        (own,) = seat.mandates
        return BoardLine("", (Spoken("", own.person, f", {in_person(own.capacity)}"),))
    people = tuple(
        Spoken(_link(each, is_first=not place), each.person, f", {each.capacity}" if each.capacity else "")
        for place, each in enumerate(seat.mandates)
    )
    return BoardLine(seat.member, people)


def is_own(seat: Seat) -> bool:
    """Return whether a natural person holds a seat for itself."""
    return all(seat.member in ("", IN_PERSON, each.person) for each in seat.mandates)


def _link(each: MandateFigure, *, is_first: bool) -> str:
    if not each.rank_text:
        return "" if is_first else BETWEEN
    if is_first:
        return f"{each.rank_text} "
    return f" {each.rank_text} " if "/" in each.rank_text else f", {each.rank_text} "


def in_person(capacity: str) -> str:
    """Return how a natural person's own seat is told, once, whatever its capacity already says."""
    if NATURAL_PERSON.lower() in capacity.lower():
        return capacity
    return ", ".join(filter(None, (capacity, "en tant que personne physique")))


def board_text(summary: BoardSummary) -> str:
    """Return bureau and council as text, to paste in a letter or on a page."""
    parts: list[str] = []
    if summary.officers:
        parts += [BUREAU_TITLE, summary.bureau_since]
        parts += [line.text for line in officer_lines(summary.officers, usual=summary.bureau_since_on)]
    if summary.seats:
        rule = summary.council_rule.rstrip(" .:")
        parts += ["", COUNCIL_TITLE] if parts else [COUNCIL_TITLE]
        parts += [f"{rule}{french.NBSP}:"] if rule else []
        parts += [line.text for line in seat_lines(summary.seats)]
    return "\n".join(parts)
