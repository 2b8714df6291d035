"""Who took part in a meeting, as its minutes tell it: present, represented, excused, absent."""

from typing import Final

from vto_desktop import french
from vto_desktop.model import Presence
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, row
from vto_desktop.reports.meeting_pieces import seat_name
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import SECONDARY, Run
from vto_desktop.services.figures_meeting_papers import MeetingFigure
from vto_desktop.services.figures_meetings import MeetingSeat, Recorded, Sheet
from vto_desktop.services.meetings import time_words

PRESENT, SUBSTITUTE, PROXY, EXCUSED, ABSENT = (each.value for each in Presence)
GROUPS: Final = (
    ("Présents", frozenset({PRESENT})), ("Représentés", frozenset({SUBSTITUTE, PROXY})),
    ("Excusés", frozenset({EXCUSED})), ("Absents", frozenset({ABSENT})),
)  # fmt: skip
_COLUMNS: Final = (
    Column("Siège", weight=42),
    Column("Nom", weight=34),
    Column("Participation", weight=40),
)
_TO_WRITE: Final = 22.0


def attendance(paper: Paper, sheet: Sheet, meeting: MeetingFigure) -> None:
    """Print the table of attendance, by how each seat took part; what is not recorded is left to write."""
    if not sheet.seats:
        paper.section("Présences", f"Aucun siège n’est pourvu pour {meeting.in_words}.", keep=0)
        return
    said = "" if sheet.is_recorded else "Aucune présence n’est inscrite au dossier\u00a0: à compléter."
    paper.section("Présences", said)
    if not sheet.is_recorded:
        rows = tuple(_row(seat) for seat in sheet.seats)
        Grid(paper, Table((*_COLUMNS[:2], _ruled(_COLUMNS[2])), rows, least=_TO_WRITE)).draw()
        return
    by_group: dict[str, list[MeetingSeat]] = {name: [] for name, _presences in GROUPS}
    for seat in sheet.seats:
        by_group.setdefault(_group_of(seat), []).append(seat)
    grouped = tuple(each for name, seats in by_group.items() for each in _group(name, seats))
    Grid(paper, Table(_COLUMNS, grouped)).draw()


def _group_of(seat: MeetingSeat) -> str:
    presence = seat.recorded.presence if seat.recorded is not None else ""
    return next((name for name, presences in GROUPS if presence in presences), "À compléter")


def _ruled(column: Column) -> Column:
    return Column(column.title, weight=column.weight, ruled=True)


def _group(name: str, seats: list[MeetingSeat]) -> list[Row]:
    if not seats:
        return []
    return [row(name, "", french.number(len(seats)), kind="group"), *(_row(seat) for seat in seats)]


def _row(seat: MeetingSeat) -> Row:
    is_own = seat.key.member_id is None
    recorded = seat.recorded
    people = recorded.person if recorded is not None else french.listed([each.name for each in seat.holders])
    how: list[tuple[Run, ...]] = [(Run(text),) for text in _participation(seat, recorded)]
    if seat.doubt:
        how.append((Run(seat.doubt, "italic", SECONDARY),))
    return row(seat_name(seat), people or (seat.label if is_own else "aucun représentant"), Cell(tuple(how)))


def _participation(seat: MeetingSeat, recorded: Recorded | None) -> list[str]:
    if recorded is None:
        return []
    found = []
    if recorded.presence == SUBSTITUTE:
        words = {True: "par sa suppléante, ", False: "par son suppléant, ", None: "suppléance\u00a0: "}
        found.append(f"{words[_is_woman(seat, recorded.proxy_id)]}{recorded.proxy}")
    elif recorded.presence == PROXY:
        found.append(f"par pouvoir donné à {recorded.proxy}")
    if recorded.arrived_at:
        came = {True: "arrivée", False: "arrivé", None: "arrivé·e"}
        attending = _is_woman(seat, recorded.attending_id)
        found.append(f"{came[attending]} à {time_words(recorded.arrived_at)}")
    return [*found, *([recorded.notes] if recorded.notes else [])]


def _is_woman(seat: MeetingSeat, person_id: int | None) -> bool | None:
    return next((each.is_woman for each in seat.sitters if each.person_id == person_id), None)
