"""Who sits in a body on any date: officers in printed order, council seats by member."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import (
    Body,
    BodyKind,
    College,
    Mandate,
    Meeting,
    Member,
    Office,
    Organisation,
    Person,
    Representative,
)
from vto_desktop.services.body_words import meeting_words
from vto_desktop.services.figures import MandateFigure, Seat
from vto_desktop.services.members import belongs_on
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.reference import departement_name
from vto_desktop.services.representatives import held_on, rank_text

SHORT_NAMES: Final = {"bureau": BodyKind.BUREAU, "ca": BodyKind.COUNCIL, "ag": BodyKind.ASSEMBLY}
IN_PERSON: Final = "à titre personnel"
LAST: Final = 10**9  # the place of a seat without a college


@dataclass(frozen=True, slots=True)
class Sitting:
    """A mandate on a date, and what its place in print follows from."""

    figure: MandateFigure
    member_id: int | None
    college: str
    elected_at_id: int | None
    office_place: int
    person_key: str
    college_place: int
    member_key: str
    rank_place: int
    ends_on: date | None = None

    @property
    def place(self) -> tuple[int, int | None]:
        """Return what is held, whoever holds it: the office, and the member in whose name."""
        return self.figure.office_id, self.member_id

    @property
    def by_office(self) -> tuple[int, str, int]:
        """Return the printed order of officers: by office, then alphabetically."""
        return self.office_place, self.person_key, self.figure.mandate_id

    @property
    def by_seat(self) -> tuple[int, str, int, str]:
        """Return the printed order of seats: by college and member, then the member's own order."""
        return self.college_place, self.member_key, self.rank_place, self.person_key


@dataclass(frozen=True, slots=True)
class Since:
    """Since when a body sits as it does: the day, and « Depuis le conseil d’administration du … »."""

    day: date | None
    sentence: str


@dataclass(frozen=True, slots=True)
class _Represented:
    """One member that a person represents on a date."""

    member_id: int
    name: str
    rank: str
    place: int
    departement: str = ""  # code


def body_of_kind(session: Session, kind: BodyKind) -> Body | None:
    """Return the first body of a kind: the bureau, the council."""
    statement = select(Body).where(Body.kind == kind.value).order_by(Body.position, Body.id)
    return session.scalars(statement).first()


def body_named(session: Session, text: str) -> Body:
    """Return the body that people call so: bureau, ca, ag, or its name; raises INSTANCE_INCONNUE."""
    wanted = french.sort_key(text)
    kind = SHORT_NAMES.get(wanted)
    if kind is not None and (found := body_of_kind(session, kind)) is not None:
        return found
    bodies = session.scalars(select(Body).order_by(Body.position, Body.id)).all()
    if (
        named_so := next((body for body in bodies if french.sort_key(body.name) == wanted), None)
    ) is not None:
        return named_so
    known = ", ".join([*SHORT_NAMES, *(body.name for body in bodies)])
    raise UserError("INSTANCE_INCONNUE", f"«\u00a0{text}\u00a0» n’est pas une instance ; il y a : {known}.")


def composition(session: Session, body_id: int, *, on: date) -> tuple[MandateFigure, ...]:
    """Return who sits in a body on a date: by office, then alphabetically (vice-presidents)."""
    found = sittings(session, body_id, on=on)
    return tuple(each.figure for each in sorted(found, key=lambda each: each.by_office))


def seats(session: Session, body_id: int, *, on: date) -> tuple[Seat, ...]:
    """Return the seats of a body on a date: the mandates held for one member share its seat."""
    held: dict[tuple[bool, int], list[Sitting]] = {}
    for each in sorted(sittings(session, body_id, on=on), key=lambda each: each.by_seat):
        is_own = each.member_id is None
        held.setdefault((is_own, each.member_id or each.figure.mandate_id), []).append(each)
    return tuple(
        Seat(shared[0].figure.member, shared[0].college, tuple(each.figure for each in shared))
        for shared in held.values()
    )


def sittings(session: Session, body_id: int, *, on: date) -> list[Sitting]:
    """Return the mandates of a body on a date, in no order; one held for a member ends when it leaves."""
    chosen = (
        select(
            Mandate,
            Office,
            Person,
            Member.sort_key,
            MEMBER_NAME,
            Organisation.departement,
            College.name,
            College.position,
        )
        .join(Office, Mandate.office_id == Office.id)
        .join(Person, Mandate.person_id == Person.id)
        .outerjoin(Member, Mandate.member_id == Member.id)
        .outerjoin(College, Member.college_id == College.id)
        .where(Office.body_id == body_id, held_on(Mandate, on), belongs_on(on))  # no member: no dates
    )
    rows = session.execute(named(chosen)).all()
    represented = _represented(session, {row[2].id for row in rows}, on)
    holders = Counter(row[1].id for row in rows)
    found = []
    for mandate, office, person, member_key, name, own_code, college, college_place in rows:
        sent_by = represented.get(person.id, [])
        own = next((each for each in sent_by if each.member_id == mandate.member_id), None)
        member = name if mandate.member_id else french.listed([each.name for each in sent_by])
        rank = own.rank if own else ""
        code = own_code or person.departement or next((each.departement for each in sent_by), "")
        found.append(
            Sitting(
                figure=_figure(mandate, person, member, rank, code, is_shared=holders[office.id] > 1),
                member_id=mandate.member_id,
                college=college or "",
                elected_at_id=mandate.elected_at_id,
                office_place=office.position,
                person_key=person.sort_key,
                college_place=LAST if college_place is None else college_place,
                member_key=member_key or "",
                rank_place=own.place if own else LAST,
                ends_on=mandate.ends_on,
            )
        )
    return found


def _figure(
    mandate: Mandate, person: Person, member: str, rank: str, departement: str, *, is_shared: bool
) -> MandateFigure:
    office = mandate.office
    label = office.label_for(person)
    return MandateFigure(
        mandate_id=mandate.id,
        office=label,
        office_group=office.plural or office.label if is_shared else label,
        person=person.full_name,
        capacity=mandate.capacity,
        member=member,
        since=mandate.starts_on,
        until=mandate.ends_on or mandate.term_on,
        rank_text=rank_text(rank, person.civility),
        person_id=person.id,
        office_id=office.id,
        civility=person.civility,
        departement=departement_name(departement) or departement,
    )


def _represented(session: Session, persons: set[int], on: date) -> dict[int, list[_Represented]]:
    """Return, by person, the members each represents on a date, and the member each is."""
    sent = (
        select(
            Representative.person_id, Representative.member_id, Organisation.name,
            Representative.rank, Representative.position, Organisation.departement,
        )
        .join(Member, Representative.member_id == Member.id)
        .join(Organisation, Member.organisation_id == Organisation.id)
        .where(Representative.person_id.in_(persons), held_on(Representative, on), belongs_on(on))
        .order_by(Member.sort_key)
    )  # fmt: skip
    found: dict[int, list[_Represented]] = {}
    for person_id, member_id, name, rank, place, code in session.execute(sent):
        found.setdefault(person_id, []).append(_Represented(member_id, name, rank, place, code))
    themselves = select(Member.person_id, Member.id).where(Member.person_id.in_(persons), belongs_on(on))
    for own_id, own_member in session.execute(themselves):
        if own_id is not None:
            found.setdefault(own_id, []).append(_Represented(own_member, IN_PERSON, "", 0))
    return found


def since(session: Session, body_id: int, *, on: date) -> Since:
    """Return since when a body sits as it does on a date: the election that made it, else its last change."""
    return since_of(session, sittings(session, body_id, on=on))


def since_of(session: Session, found: Sequence[Sitting]) -> Since:
    """Return since when those who sit do so together."""
    starts = [each.figure.since for each in found if each.figure.since is not None]
    latest = max(starts, default=None)
    elected = {each.elected_at_id for each in found}
    if len(elected) == 1 and None not in elected:
        meeting = session.get(Meeting, elected.pop())
        if meeting is not None and set(starts) <= {meeting.held_on}:
            return Since(meeting.held_on, f"Depuis {meeting_words(meeting)}")
    return Since(latest, f"Composition depuis le {french.long_date(latest)}" if latest else "")
