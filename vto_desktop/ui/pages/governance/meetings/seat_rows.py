"""How a seat reads in the table of attendance, and how many took part in which way."""

from typing import Any, Final

from vto_desktop import french
from vto_desktop.model import Presence
from vto_desktop.services.figures_meetings import MeetingSeat, Sheet
from vto_desktop.services.meetings import time_words
from vto_desktop.ui.kit.chips import Chip

SHORT: Final = {
    Presence.PRESENT.value: ("Présent", "Présente", "Présent·e", "ok"),
    Presence.SUBSTITUTE.value: ("Suppléant", "Suppléante", "Suppléant·e", "ok"),
    Presence.PROXY.value: ("Pouvoir", "Pouvoir", "Pouvoir", "info"),
    Presence.EXCUSED.value: ("Excusé", "Excusée", "Excusé·e", "neutral"),
    Presence.ABSENT.value: ("Absent", "Absente", "Absent·e", "neutral"),
}
COUNTED: Final = (
    (Presence.PRESENT.value, "présent", "présents"),
    (Presence.SUBSTITUTE.value, "par le suppléant", "par le suppléant"),
    (Presence.PROXY.value, "par pouvoir", "par pouvoir"),
    (Presence.EXCUSED.value, "excusé", "excusés"),
    (Presence.ABSENT.value, "absent", "absents"),
)


def row(seat: MeetingSeat) -> tuple[Any, ...]:
    """Return the cells of a seat: who, how it took part, what else is to know."""
    return (_names(seat), _chip(seat), _about(seat))


def _names(seat: MeetingSeat) -> tuple[str, str]:
    """Return the seat and, below, who holds it; in a bureau the officer and the office."""
    if seat.key.member_id is None:
        return seat.label, seat.office
    names = " et/ou ".join(each.name for each in seat.holders)
    stand_in = f"suppl. {french.listed([each.name for each in seat.substitutes])}" if seat.substitutes else ""
    held = ", ".join(filter(None, (names, stand_in)))
    return seat.label, "" if held == seat.label else held or "sans représentant à cette date"


def _chip(seat: MeetingSeat) -> Chip | None:
    if seat.recorded is None:
        return None
    masculine, feminine, neutral, role = SHORT[seat.recorded.presence]
    women = {each.person_id: each.is_woman for each in seat.sitters}
    is_through = seat.recorded.presence == Presence.SUBSTITUTE
    who = seat.recorded.proxy_id if is_through else seat.recorded.person_id
    text = {True: feminine, False: masculine}.get(women.get(who), neutral)  # type: ignore[arg-type]
    return Chip(text, "warn" if seat.doubt else role)


def _about(seat: MeetingSeat) -> tuple[str, str] | None:
    """Return through whom, or who of several, and below what else is to know."""
    recorded = seat.recorded
    if recorded is None:
        return None
    said = []
    if recorded.presence == Presence.PROXY:
        said.append(f"à {recorded.proxy}")
    if recorded.presence == Presence.SUBSTITUTE:
        said.append(recorded.proxy)
    if recorded.presence == Presence.PRESENT and len(seat.holders) > 1:
        said.append(recorded.person)
    if recorded.arrived_at:
        said.append(f"arrivée à {time_words(recorded.arrived_at)}")
    said += filter(None, [recorded.notes])
    return (said[0], ", ".join(said[1:])) if said else None


def counts(sheet: Sheet) -> list[str]:
    """Return « 9 voix », « 7 présents », « 2 à pointer »."""
    if not sheet.seats:
        return []
    states = [seat.recorded.presence if seat.recorded else "" for seat in sheet.seats]
    found = [french.count(sheet.votes, "voix", "voix")]
    found += [french.count(states.count(state), one, many) for state, one, many in COUNTED if state in states]
    left = states.count("")
    return [*found, f"{french.number(left)} à pointer"] if left else found
