"""Who makes up the general assembly on a day: those whom its members send, and natural persons themselves."""

from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Body, BodyKind, College, Member, Person, Representative
from vto_desktop.services.composition import LAST, Sitting, sittings
from vto_desktop.services.figures import MandateFigure
from vto_desktop.services.members import belongs_on
from vto_desktop.services.names import DEPARTEMENT, MEMBER_NAME, named
from vto_desktop.services.reference import departement_name
from vto_desktop.services.representatives import held_on, rank_text

OWN: Final = {"Mme": "Adhérente", "M.": "Adhérent"}
SENT: Final = {"Mme": "Représentante", "M.": "Représentant"}
_ABOUT: Final = (
    Member.id, Member.sort_key, MEMBER_NAME, DEPARTEMENT, College.name, College.position,
)  # fmt: skip


def sitting_in(session: Session, body: Body, *, on: date) -> list[Sitting]:
    """Return who sits in a body on a day, in its printed order: by office, or by seat."""
    if body.kind == BodyKind.ASSEMBLY and not body.offices:
        return assembly(session, on=on)
    by_seat = body.kind == BodyKind.COUNCIL
    found = sittings(session, body.id, on=on)
    return sorted(found, key=lambda each: each.by_seat if by_seat else each.by_office)


def assembly(session: Session, *, on: date) -> list[Sitting]:
    """Return who may speak for each member on a day, by college, member and order; nobody was elected to it.

    Its figures name no mandate: ``mandate_id`` is 0.
    """
    sent = (
        select(Person, Representative, *_ABOUT)
        .join(Representative, Representative.person_id == Person.id)
        .join(Member, Representative.member_id == Member.id)
        .join(College, Member.college_id == College.id)
        .where(held_on(Representative, on), belongs_on(on))
    )
    own = (
        select(Person, *_ABOUT)
        .join(Member, Member.person_id == Person.id)
        .join(College, Member.college_id == College.id)
        .where(belongs_on(on))
    )
    found = [_sitting(person, row, *about) for person, row, *about in session.execute(named(sent))]
    found += [_sitting(person, None, *about) for person, *about in session.execute(named(own))]
    return sorted(found, key=lambda each: each.by_seat)


def _sitting(person: Person, row: Representative | None, *about: Any) -> Sitting:
    member_id, member_key, name, code, college, place = about
    office = OWN.get(person.civility, "Adhérent·e")
    if row is not None:
        office = SENT.get(person.civility, "Représentant·e")
    figure = MandateFigure(
        mandate_id=0, office=office, office_group=office, person=person.full_name,
        capacity=row.capacity if row else "", member=name,
        since=row.starts_on if row else None, until=row.ends_on if row else None,
        rank_text=rank_text(row.rank, person.civility) if row else "",
        person_id=person.id, civility=person.civility, departement=departement_name(code or "") or code or "",
    )  # fmt: skip
    return Sitting(
        figure, member_id=member_id, college=college or "", elected_at_id=None, office_place=0,
        person_key=person.sort_key, college_place=LAST if place is None else place,
        member_key=member_key, rank_place=row.position if row else 0,
    )  # fmt: skip
