"""Attendance at a meeting: the sheet of its seats, and how each is recorded, one row a seat."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Attendance, Meeting, Member, Person, Presence
from vto_desktop.services import quorum
from vto_desktop.services.figures_meetings import THERE, MeetingSeat, Recorded, SeatKey, Sheet, Sitter
from vto_desktop.services.meetings import TIME
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.rows import Problems, get_row, save_row, too_long
from vto_desktop.services.seats import seats_on

THROUGH: Final = frozenset({Presence.SUBSTITUTE.value, Presence.PROXY.value})


# --- the sheet -----------------------------------------------------------------------------------


def sheet(session: Session, meeting_id: int) -> Sheet:
    """Return the seats of a meeting on its day, how each took part, and the quorum."""
    meeting = get_row(session, Meeting, meeting_id)
    recorded = _recorded(session, meeting_id)
    seats = [
        replace(seat, recorded=recorded.pop(seat.key, None))
        for seat in seats_on(session, meeting.body, meeting.held_on)
    ]
    strays = _strays(session, recorded)
    body = meeting.body
    counted = quorum.count_seats([*seats, *strays], body.max_powers)
    found = quorum.quorum_of(
        counted,
        part=body.quorum_part,
        whole=body.quorum_whole,
        by_college=body.has_quorum_by_college,
        is_second_call=meeting.is_second_call,
    )
    return Sheet(meeting_id, counted, found, body.max_powers)


def _recorded(session: Session, meeting_id: int) -> dict[SeatKey, Recorded]:
    proxy = aliased(Person)
    chosen = (  # columns: an object for each of hundreds of seats would hold up every key
        select(
            Attendance.member_id, Attendance.id, Attendance.person_id, Attendance.presence,
            Attendance.proxy_id, Attendance.arrived_at, Attendance.notes,
            Person.first_name, Person.last_name, proxy.first_name, proxy.last_name,
        )
        .join(Person, Attendance.person_id == Person.id)
        .outerjoin(proxy, Attendance.proxy_id == proxy.id)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(Attendance.id)
    )  # fmt: skip
    found: dict[SeatKey, Recorded] = {}
    for member_id, row_id, person_id, presence, proxy_id, at, notes, *names in session.execute(chosen):
        first, last, proxy_first, proxy_last = names
        found[_key(member_id, person_id)] = Recorded(
            row_id, person_id, f"{first} {last}".strip(), presence, proxy_id,
            f"{proxy_first} {proxy_last}".strip() if proxy_id is not None else "", at, notes,
        )  # fmt: skip
    return found


def _key(member_id: int | None, person_id: int) -> SeatKey:
    return SeatKey(member_id, None if member_id is not None else person_id)


def _strays(session: Session, recorded: dict[SeatKey, Recorded]) -> list[MeetingSeat]:
    """Return what was recorded for seats that the composition of the day no longer has."""
    if not recorded:
        return []
    ids = [key.member_id for key in recorded if key.member_id is not None]
    names = dict(session.execute(named(select(Member.id, MEMBER_NAME)).where(Member.id.in_(ids))).all())
    return [
        MeetingSeat(
            key, names.get(key.member_id) or each.person, "", "",
            (Sitter(each.person_id, each.person, None, "", "", is_substitute=False),), each, is_stray=True,
        )
        for key, each in recorded.items()
    ]  # fmt: skip


# --- keeping -------------------------------------------------------------------------------------


def attendance_problems(row: Attendance) -> Problems:
    """Return what must be corrected before the attendance can be kept, seen from the row alone."""
    found = too_long(row)
    if row.meeting_id is None:
        found["meeting_id"] = "Choisissez la réunion."
    if row.person_id is None:
        found["person_id"] = "Choisissez la personne."
    if row.presence not in set(Presence):
        found["presence"] = "Choisissez comment le siège a participé."
    if row.presence in THROUGH and row.proxy_id is None:
        found["proxy_id"] = "Indiquez qui représente ce siège."
    if row.proxy_id is not None and row.proxy_id == row.person_id:
        found["proxy_id"] = "Personne ne se représente soi-même."
    if row.arrived_at and not TIME.fullmatch(row.arrived_at):
        found["arrived_at"] = "Indiquez l’heure ainsi\u00a0: 14:50."
    elif row.arrived_at and row.presence not in THERE:
        found["arrived_at"] = "Seul un siège présent arrive en retard."
    return found


def save_attendance(session: Session, row: Attendance) -> Attendance:
    """Keep how a seat took part; raises Invalid. What belongs to another presence is emptied."""
    found = attendance_problems(_fitted(row))
    if not found:
        found = _against(sheet(session, row.meeting_id), row)
    return save_row(session, row, found)


def _fitted(row: Attendance) -> Attendance:
    """Empty what belongs to another presence: an absent seat has no proxy and arrives at no time."""
    if row.presence not in THROUGH:
        row.proxy_id = None
    if row.presence not in THERE:
        row.arrived_at = ""
    return row


def _against(found: Sheet, row: Attendance) -> Problems:
    """Return what does not agree with the seats of the meeting."""
    key = _key(row.member_id, row.person_id)
    seat = next((each for each in found.seats if each.key == key and not each.is_stray), None)
    if seat is None:
        return {"person_id": "Ce siège n’est pas dans la composition de l’instance ce jour-là."}
    if seat.recorded is not None and seat.recorded.row_id != row.id:
        return {"person_id": "La présence de ce siège est déjà inscrite."}
    if row.person_id not in {each.person_id for each in seat.holders or seat.sitters}:
        return {"person_id": "Cette personne n’est pas titulaire de ce siège."}
    if row.presence == Presence.SUBSTITUTE and row.proxy_id not in _ids(seat.substitutes):
        return {"proxy_id": "Cette personne n’est pas suppléante de ce siège."}
    if row.presence == Presence.PROXY:
        return _power_problems(found, seat, row.proxy_id)
    return {}


def _power_problems(found: Sheet, seat: MeetingSeat, proxy_id: int | None) -> Problems:
    if proxy_id in _ids(seat.sitters):
        return {"proxy_id": "Cette personne peut occuper ce siège\u00a0: marquez-la présente."}
    holder = power_holders(found, seat.key).get(proxy_id or 0)
    if holder is None:
        return {"proxy_id": "Un pouvoir se donne à une personne qui siège à cette réunion."}
    held = powers_held(found, proxy_id or 0, but=seat.key)
    if found.max_powers is not None and held >= found.max_powers:
        if not found.max_powers:
            return {"proxy_id": "Cette instance n’admet pas de pouvoir."}
        most = french.count(held, "pouvoir")
        return {"proxy_id": f"{holder} tient déjà {most}, le maximum de cette instance."}
    return {}


def power_holders(found: Sheet, key: SeatKey) -> dict[int, str]:
    """Return who may hold a power of a seat: whoever may sit in another one, by name in their order."""
    own = {person for seat in found.seats if seat.key == key for person in _ids(seat.sitters)}
    return {
        each.person_id: each.name
        for seat in found.seats
        if not seat.is_stray and seat.key != key
        for each in seat.sitters
        if each.person_id not in own
    }


def powers_held(found: Sheet, person_id: int, *, but: SeatKey | None = None) -> int:
    """Return how many powers a person holds at a meeting, one seat left out."""
    return sum(
        seat.recorded is not None
        and seat.recorded.presence == Presence.PROXY
        and seat.recorded.proxy_id == person_id
        and seat.key != but
        and not seat.is_stray
        for seat in found.seats
    )


def _ids(sitters: Iterable[Sitter]) -> set[int]:
    return {each.person_id for each in sitters}


# --- several seats at once -----------------------------------------------------------------------


def mark(session: Session, meeting_id: int, seats: Iterable[MeetingSeat], presence: str) -> None:
    """Record the same presence for seats of the sheet: present, excused, absent, or its only substitute.

    Raises UserError SIEGE_SANS_REPRESENTANT or SUPPLEANT_A_CHOISIR; then nothing of the write stands.
    """
    recorded = _recorded(session, meeting_id)
    for seat in seats:
        if not seat.is_stray:
            as_kept = replace(seat, recorded=recorded.get(seat.key))
            row = _fitted(_marked(session, meeting_id, as_kept, presence))
            save_row(session, row, attendance_problems(row))


def _marked(session: Session, meeting_id: int, seat: MeetingSeat, presence: str) -> Attendance:
    if not seat.sitters:
        raise UserError(
            "SIEGE_SANS_REPRESENTANT",
            f"«\u00a0{seat.label}\u00a0» n’a pas de représentant à cette date. Rien n’a été inscrit\u00a0: "
            "ajoutez d’abord son représentant, sur la page Adhérents.",
        )
    row = attendance_of(session, meeting_id, seat)
    row.presence = presence
    if presence == Presence.SUBSTITUTE:
        if len(seat.substitutes) != 1:
            raise UserError("SUPPLEANT_A_CHOISIR", _no_substitute(seat))
        row.proxy_id = seat.substitutes[0].person_id
    return row


def _no_substitute(seat: MeetingSeat) -> str:
    """Return why nobody stands in by itself, and what can be done."""
    label = f"«\u00a0{seat.label}\u00a0»"
    if seat.substitutes:
        return (
            f"Le siège {label} a plusieurs suppléants. Rien n’a été inscrit\u00a0: ouvrez la ligne (Entrée) "
            "pour choisir."
        )
    return (
        f"Le siège {label} n’a pas de suppléant à cette date. Rien n’a été inscrit\u00a0: donnez un pouvoir "
        "(touche V), ou ajoutez le suppléant sur la page Adhérents."
    )


def attendance_of(session: Session, meeting_id: int, seat: MeetingSeat) -> Attendance:
    """Return the row of a seat, a new one when nothing is recorded; a power stays with its holder."""
    if seat.recorded is not None:
        return get_row(session, Attendance, seat.recorded.row_id)
    first = (seat.holders or seat.sitters)[0]
    return Attendance(
        meeting_id=meeting_id, person_id=first.person_id, member_id=seat.key.member_id,
        presence=Presence.PRESENT.value, arrived_at="", notes="",
    )  # fmt: skip


def mark_rest(session: Session, meeting_id: int, presence: str) -> int:
    """Record one presence for every seat of which nothing is recorded; returns how many."""
    found = sheet(session, meeting_id)
    left = [seat for seat in found.seats if seat.recorded is None and seat.sitters]
    mark(session, meeting_id, left, presence)
    return len(left)


def clear(session: Session, row_ids: Iterable[int]) -> None:
    """Forget what was recorded for seats."""
    for row_id in row_ids:
        session.delete(get_row(session, Attendance, row_id))
    session.flush()
