"""The seats of a body on the day of a meeting, each with those who may take it."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Body, BodyKind, College, Mandate, Member, Person, Rank
from vto_desktop.services import composition
from vto_desktop.services.composition import Sitting
from vto_desktop.services.figures import RepresentativeFigure
from vto_desktop.services.figures_meetings import MeetingSeat, SeatKey, Sitter
from vto_desktop.services.members import belongs_on
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.representatives import representatives_on
from vto_desktop.services.rows import parts_of


def seats_on(session: Session, body: Body, on: date) -> list[MeetingSeat]:
    """Return the seats of a body on a day.

    The assembly seats every member, the bureau each officer, another body each member for which mandates are
    held (« et/ou » and substitutes share its seat) and each person who sits in person.
    """
    if body.kind == BodyKind.ASSEMBLY:
        return _assembly(session, on)
    sittings = composition.sittings(session, body.id, on=on)
    by_office = body.kind == BodyKind.BUREAU
    persons = _persons_of(session, sittings)
    held: dict[SeatKey, list[Sitting]] = {}
    for each in sorted(sittings, key=lambda each: each.by_office if by_office else each.by_seat):
        member_id = None if by_office else each.member_id
        person_id = persons[each.figure.mandate_id].id
        held.setdefault(SeatKey(member_id, None if member_id else person_id), []).append(each)
    member_ids = [key.member_id for key in held if key.member_id is not None]
    sent = representatives_on(session, on, member_ids=member_ids) if member_ids else {}
    civilities = _civilities(session, (each.person_id for found in sent.values() for each in found))
    return [
        _seat(key, shared, persons, _substitutes(sent.get(key.member_id or 0, ()), civilities))
        for key, shared in held.items()
    ]


def _persons_of(session: Session, sittings: Sequence[Sitting]) -> dict[int, Person]:
    """Return the holder of each mandate, by the mandate's id."""
    ids = [each.figure.mandate_id for each in sittings]
    chosen = select(Mandate.id, Person).join(Person, Mandate.person_id == Person.id)
    return dict(session.execute(chosen.where(Mandate.id.in_(ids))).all())


def _seat(
    key: SeatKey, shared: Sequence[Sitting], persons: dict[int, Person], substitutes: Sequence[Sitter]
) -> MeetingSeat:
    sitters: dict[int, Sitter] = {}
    for each in shared:
        person = persons[each.figure.mandate_id]
        sitters.setdefault(
            person.id,
            Sitter(
                person.id, person.full_name, _woman(person.civility), each.figure.capacity,
                each.figure.rank_text, each.figure.rank_text not in ("", Rank.AND_OR.value),
            ),
        )  # fmt: skip
    for stand_in in substitutes:
        sitters.setdefault(stand_in.person_id, stand_in)
    first = shared[0].figure
    offices = ", ".join(dict.fromkeys(each.figure.office for each in shared))
    return MeetingSeat(
        key=key,
        label=first.member if key.member_id is not None else first.person,
        office=offices if key.member_id is None else "",
        college=shared[0].college,
        sitters=tuple(sorted(sitters.values(), key=lambda each: each.is_substitute)),
    )


def _assembly(session: Session, on: date) -> list[MeetingSeat]:
    """Return the seats of all members, by college."""
    sent = representatives_on(session, on)
    chosen = (
        named(
            select(Member.id, College.name, MEMBER_NAME, Member.person_id).join(
                College, Member.college_id == College.id
            )
        )
        .where(belongs_on(on))
        .order_by(College.position, Member.sort_key, Member.id)
    )
    rows = session.execute(chosen).all()
    own = [row[3] for row in rows if row[3] is not None]
    civilities = _civilities(session, [*own, *(each.person_id for found in sent.values() for each in found)])
    found = []
    for member_id, college, name, person_id in rows:
        sitters = [_sitter(each, civilities) for each in sent.get(member_id, ())]
        if person_id is not None and person_id not in {each.person_id for each in sitters}:
            sitters.insert(0, Sitter(person_id, name, civilities.get(person_id), "", "", is_substitute=False))
        ordered = tuple(sorted(sitters, key=lambda each: each.is_substitute))
        found.append(MeetingSeat(SeatKey(member_id, None), name, "", college, ordered))
    return found


def _substitutes(sent: Iterable[RepresentativeFigure], civilities: dict[int, bool | None]) -> list[Sitter]:
    return [_sitter(each, civilities) for each in sent if each.rank == Rank.SUBSTITUTE]


def _sitter(sent: RepresentativeFigure, civilities: dict[int, bool | None]) -> Sitter:
    return Sitter(
        sent.person_id,
        sent.name,
        civilities.get(sent.person_id),
        sent.capacity,
        sent.rank_text,
        sent.rank == Rank.SUBSTITUTE,
    )


def _civilities(session: Session, person_ids: Iterable[int]) -> dict[int, bool | None]:
    """Return whether each person is a woman; None when the civility is unknown."""
    found: dict[int, bool | None] = {}
    for part in parts_of(sorted(set(person_ids))):
        chosen = select(Person.id, Person.civility).where(Person.id.in_(part))
        found |= {row_id: _woman(civility) for row_id, civility in session.execute(chosen)}
    return found


def _woman(civility: str) -> bool | None:
    return {"Mme": True, "M.": False}.get(civility)
