"""The papers of a meeting, read for printing: who is called, who signs in, what the minutes start from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Body, Mandate, Meeting, Office, Person
from vto_desktop.services import addressees, association, attendance, decisions
from vto_desktop.services.addressees import ADDRESS, SIGNATORY, Contact
from vto_desktop.services.body_words import meeting_body_words
from vto_desktop.services.composition import IN_PERSON
from vto_desktop.services.figures import MandateFigure
from vto_desktop.services.figures_meeting_papers import (
    Called,
    CalledSeat,
    MeetingFigure,
    MeetingLetters,
    Minutes,
    Officiant,
    SigningSheet,
)
from vto_desktop.services.figures_meetings import MeetingSeat, Sitter
from vto_desktop.services.figures_papers import Gap
from vto_desktop.services.mailing import addresses_in
from vto_desktop.services.meetings import agenda_items, time_words
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.rows import get_row, parts_of
from vto_desktop.services.seats import seats_on

_ADHERENT = {True: "Adhérente", False: "Adhérent", None: "Adhérent·e"}


def figure(session: Session, meeting_id: int) -> MeetingFigure:
    """Return a meeting as its papers say it; raises FICHE_ABSENTE."""
    row = get_row(session, Meeting, meeting_id)
    words = meeting_body_words(row)
    is_told = french.sort_key(row.title) == french.sort_key(words.noun)  # by the words already
    return MeetingFigure(
        meeting_id=row.id, words=words, title="" if is_told else row.title.strip(), held_on=row.held_on,
        time=time_words(row.time), kind=row.kind, place=row.place.strip(), link=row.link.strip(),
        agenda=agenda_items(row.agenda), convened_on=row.convened_on, is_second_call=row.is_second_call,
        chair=_officiant(row.chair), secretary=_officiant(row.secretary), max_powers=row.body.max_powers,
    )  # fmt: skip


def _officiant(person: Person | None) -> Officiant | None:
    return Officiant(person.full_name, _woman(person.civility)) if person is not None else None


def _woman(civility: str) -> bool | None:
    return {"Mme": True, "M.": False}.get(civility)


# --- before the meeting --------------------------------------------------------------------------


def convocations(session: Session, meeting: int, *, signatory: int | None = None) -> MeetingLetters:
    """Return a letter for each person who may sit that day, substitutes too; raises FICHE_ABSENTE."""
    found = figure(session, meeting)
    seats = _seats(session, meeting)
    signed = addressees.issuer(session, signatory)
    own = addressees.own_gaps(session, signed, (ADDRESS, SIGNATORY))
    return MeetingLetters(
        head=association.head(session), issuer=signed, year=found.held_on.year,
        on=found.convened_on or found.held_on, letters=_called(session, found, seats, "Convocation"),
        gaps=(*own, *(Gap(what, "meeting", meeting) for what in _lacks(found))), meeting=found,
        vacant=tuple((seat.label, seat.key.member_id) for seat in seats
                     if not seat.sitters and seat.key.member_id is not None),
    )  # fmt: skip


def _lacks(found: MeetingFigure) -> Iterator[str]:
    """Yield what a convocation cannot do without and the meeting does not say."""
    wanted = {
        "date de convocation": found.convened_on is None,
        "heure": not found.time and not found.is_written,
        "lieu": not found.place and found.is_on_site,
        "lien de visioconférence": not found.link and found.is_remote,
        "ordre du jour": not found.agenda,
    }
    yield from (what for what, is_missing in wanted.items() if is_missing)


def proxies(session: Session, meeting: int) -> MeetingLetters:
    """Return a power form for each person who holds a seat; raises FICHE_ABSENTE, POUVOIR_EXCLU."""
    found = figure(session, meeting)
    if found.max_powers == 0:
        raise UserError(
            "POUVOIR_EXCLU",
            f"Les règles {found.words.of} n’admettent pas de pouvoir. Rien n’a été écrit\u00a0: changez-les "
            "dans Gouvernance, onglet Instances, si elles ont changé.",
        )
    called = _called(session, found, _seats(session, meeting), "Pouvoir")
    letters = tuple(replace(each, gaps=()) for each in called if each.gives_power)  # handed in, not posted
    return MeetingLetters(
        head=association.head(session), issuer=addressees.issuer(session), year=found.held_on.year,
        on=found.held_on, letters=letters, meeting=found,
    )  # fmt: skip


def _seats(session: Session, meeting_id: int) -> list[MeetingSeat]:
    row = get_row(session, Meeting, meeting_id)
    return seats_on(session, row.body, row.held_on)


def _called(
    session: Session, found: MeetingFigure, seats: Sequence[MeetingSeat], what: str
) -> tuple[Called, ...]:
    """Return those who may sit, each once, in the order of the seats."""
    by_person: dict[int, list[tuple[MeetingSeat, Sitter]]] = {}
    for seat in seats:
        for sitter in seat.sitters:
            by_person.setdefault(sitter.person_id, []).append((seat, sitter))
    members = {seat.key.member_id for seat in seats if seat.key.member_id is not None}
    at_members = addressees.of_members(session, sorted(members))
    persons = addressees.of_persons(session, list(by_person))
    emails: dict[int, str] = {}
    for part in parts_of(list(by_person)):
        chosen = select(Person.id, Person.email).where(Person.id.in_(part))
        emails |= {row.id: row.email for row in session.execute(chosen)}
    return tuple(
        _one_called(person_id, taken, persons[person_id], emails[person_id], at_members, found, what)
        for person_id, taken in by_person.items()
    )


def _one_called(
    person_id: int, taken: Sequence[tuple[MeetingSeat, Sitter]], person: Contact, email: str,
    at_members: dict[int, Contact], found: MeetingFigure, what: str,
) -> Called:  # fmt: skip
    """Return one person, written to at the first local authority or organisation that sends them.

    Without postal address it goes to the person by e-mail, when that one is known.
    """
    addressee, missing = person
    at = ""
    for seat, _sitter in taken:
        sender, lacks = at_members[seat.key.member_id] if seat.key.member_id is not None else person
        if not sender.is_person:
            at, missing = sender.name, tuple(gap for gap in lacks if gap.what == ADDRESS)
            addressee = replace(addressee, address=(at, *sender.address), member_id=sender.member_id)
            break
    if missing and (messages := addresses_in(email)):
        addressee, missing = replace(addressee, address=(*addressee.address, *messages[:1])), ()
    return Called(
        addressee=addressee, is_woman=_woman(addressee.civility),
        seats=tuple(_called_seat(seat, sitter, at_members) for seat, sitter in taken),
        gives_power=any(person_id in {each.person_id for each in seat.holders or seat.sitters}
                        for seat, _sitter in taken),
        file_name=f"{what} {found.when} {addressee.name}", at=at, gaps=missing,
    )  # fmt: skip


def _called_seat(seat: MeetingSeat, sitter: Sitter, at_members: dict[int, Contact]) -> CalledSeat:
    member_id = seat.key.member_id
    is_own = member_id is None or at_members[member_id][0].is_person
    own = seat.office or f"{_ADHERENT[sitter.is_woman]} {IN_PERSON}"
    return CalledSeat(
        label=own if is_own else seat.label,
        is_member=not is_own,
        capacity=sitter.capacity,
        is_substitute=sitter.is_substitute,
        substitutes=() if sitter.is_substitute else tuple(each.name for each in seat.substitutes),
    )


def signing_sheet(session: Session, meeting: int) -> SigningSheet:
    """Return the seats that sign in at a meeting; raises FICHE_ABSENTE."""
    found = figure(session, meeting)
    return SigningSheet(association.head(session), found, attendance.sheet(session, meeting))


# --- after the meeting ---------------------------------------------------------------------------


def minutes(session: Session, meeting: int) -> Minutes:
    """Return what the minutes of a meeting start from; raises FICHE_ABSENTE."""
    return Minutes(
        head=association.head(session),
        meeting=figure(session, meeting),
        sheet=attendance.sheet(session, meeting),
        decisions=decisions.decisions_of(session, meeting),
        elected=elected_at(session, meeting),
    )


def elected_at(session: Session, meeting_id: int) -> tuple[MandateFigure, ...]:
    """Return the mandates that a meeting opened, by body, office and name."""
    chosen = (
        named(
            select(Mandate, Person, MEMBER_NAME)
            .join(Office, Mandate.office_id == Office.id)
            .join(Body, Office.body_id == Body.id)
            .join(Person, Mandate.person_id == Person.id)
            .outerjoin(Mandate.member)
        )
        .where(Mandate.elected_at_id == meeting_id)
        .order_by(Body.position, Body.id, Office.position, Person.sort_key, Mandate.id)
    )
    return tuple(
        MandateFigure(
            mandate_id=mandate.id, office=mandate.office.label_for(person),
            office_group=mandate.office.body.name, person=person.full_name, capacity=mandate.capacity,
            member=member if mandate.member_id is not None else "", since=mandate.starts_on,
            until=mandate.term_on, rank_text="", person_id=person.id, office_id=mandate.office_id,
            civility=person.civility,
        )
        for mandate, person, member in session.execute(chosen)
    )  # fmt: skip
