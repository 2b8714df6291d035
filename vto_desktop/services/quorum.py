"""The quorum of a meeting: which seats count, from when, and the rule written out in French."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vto_desktop import french
from vto_desktop.model import Presence
from vto_desktop.services.figures_meetings import MeetingSeat, Quorum, QuorumLine, Recorded

NBSP: Final = french.NBSP
_PARTS: Final = {
    (1, 2): "la moitié", (1, 3): "le tiers", (2, 3): "les deux tiers", (1, 4): "le quart",
    (3, 4): "les trois quarts", (1, 5): "le cinquième", (1, 1): "la totalité",
}  # fmt: skip


def part_words(part: int, whole: int) -> str:
    """Return « la moitié », « les deux tiers », or « 3/7 »."""
    return _PARTS.get((part, whole), f"{part}/{whole}")


def needed_of(seats: int, part: int | None, whole: int | None) -> int | None:
    """Return how many seats make a part of so many, rounded up; None without a rule."""
    if not part or not whole:
        return None
    return -(-seats * part // whole)


def count_seats(seats: Sequence[MeetingSeat], max_powers: int | None) -> tuple[MeetingSeat, ...]:
    """Return the seats with the time each counts from: each once, whoever sits in it and in others.

    A power counts when the one who holds it is there in a seat of the meeting, and no more powers than the
    body allows; what is recorded for a seat that is none of that day never counts.
    """
    there: dict[int, str] = {}
    for seat in seats:
        if not seat.is_stray and seat.recorded is not None and seat.recorded.attending_id is not None:
            person, at = seat.recorded.attending_id, seat.recorded.arrived_at
            there[person] = min(there.get(person, at), at)
    held: Counter[int] = Counter()
    return tuple(_counted(seat, there, held, max_powers) for seat in seats)


def _counted(
    seat: MeetingSeat, there: dict[int, str], held: Counter[int], max_powers: int | None
) -> MeetingSeat:
    recorded = seat.recorded
    if recorded is None:
        return seat
    if seat.is_stray:
        return replace(
            seat, doubt="Ce siège n’est pas dans la composition de ce jour\u00a0: il ne compte pas."
        )
    if recorded.attending_id is not None:
        return replace(seat, counts_from=recorded.arrived_at)
    return _by_power(seat, recorded, there, held, max_powers)


def _by_power(
    seat: MeetingSeat,
    recorded: Recorded,
    there: dict[int, str],
    held: Counter[int],
    max_powers: int | None,
) -> MeetingSeat:
    """Return a seat that sent a power, counted when that power stands; any other absent seat as it is."""
    holder = recorded.proxy_id
    if recorded.presence != Presence.PROXY or holder is None:
        return seat
    if holder not in there:
        said = f"{recorded.proxy} n’est pas là\u00a0: ce pouvoir ne compte pas."
        return replace(seat, doubt=said)
    held[holder] += 1
    if max_powers is not None and held[holder] > max_powers:
        most = french.count(max_powers, "pouvoir")
        return replace(seat, doubt=f"{recorded.proxy} tient plus de {most}\u00a0: celui-ci ne compte pas.")
    return replace(seat, counts_from=there[holder])


def quorum_of(
    seats: Sequence[MeetingSeat],
    *,
    part: int | None,
    whole: int | None,
    by_college: bool,
    is_second_call: bool,
) -> Quorum:
    """Return the quorum of seats already counted (``count_seats``)."""
    real = [seat for seat in seats if not seat.is_stray]
    colleges = list(dict.fromkeys(seat.college for seat in real if seat.college)) if by_college else []

    def line(label: str, of: Sequence[MeetingSeat]) -> QuorumLine:
        counted = sum(seat.counts_from is not None for seat in of)
        return QuorumLine(label, len(of), needed_of(len(of), part, whole), counted)

    lines = tuple(line(name, [seat for seat in real if seat.college == name]) for name in colleges)
    found = Quorum(line("", real), lines, is_second_call, "", ())
    return replace(
        found,
        reached_at=_reached_at(real, (found.whole, *lines)) if found.is_reached and found.has_rule else "",
        sentences=tuple(_sentences(found, part, whole)),
    )


def _reached_at(seats: Sequence[MeetingSeat], lines: Sequence[QuorumLine]) -> str:
    """Return the arrival that made every line reach its number, nothing when it was so at the opening."""
    arrivals = sorted({seat.counts_from for seat in seats if seat.counts_from is not None} | {""})
    for at in arrivals:
        if all(_by_then(seats, line.label, at) >= (line.needed or 0) for line in lines):
            return at
    return ""


def _by_then(seats: Sequence[MeetingSeat], college: str, at: str) -> int:
    return sum(
        seat.counts_from is not None and seat.counts_from <= at and college in ("", seat.college)
        for seat in seats
    )


# --- in words ------------------------------------------------------------------------------------


def _sentences(found: Quorum, part: int | None, whole: int | None) -> list[str]:
    line = found.whole
    if found.is_second_call:
        return [f"Seconde convocation, sans quorum{NBSP}: {_present(line.counted)} sur {_seats(line.seats)}"]
    if line.needed is None or not part or not whole:
        return [
            f"Aucun quorum fixé pour cette instance{NBSP}: {_present(line.counted)} sur {_seats(line.seats)}"
        ]
    words = part_words(part, whole)
    return [f"{each.label or 'Quorum'}{NBSP}: {_line(each, words)}" for each in (line, *found.colleges)]


def _line(line: QuorumLine, words: str) -> str:
    of = f"des {_seats(line.seats)}" if line.seats > 1 else "du siège" if line.seats else "d’aucun siège"
    state = "atteint" if line.is_reached else "non atteint"
    return (
        f"{words} {of}, soit {french.number(line.needed or 0)}{NBSP}; {_present(line.counted)}{NBSP}: {state}"
    )


def _present(count: int) -> str:
    return french.count(count, "présent ou représenté", "présents ou représentés") if count else "personne"


def _seats(count: int) -> str:
    return french.count(count, "siège")
