"""The officers of a day as their declaration asks them, and what it still lacks of each."""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import BodyKind, CivilStatus, Mandate, Person
from vto_desktop.services import addressees, association, composition, declaration
from vto_desktop.services.addressees import ADDRESS, RNA, SIGNATORY
from vto_desktop.services.figures_declaration import Officer, OfficersDeclaration

NEEDS: Final = (ADDRESS, RNA, SIGNATORY)  # of the association itself

# What the form asks of each officer beside name and office.
ASKED: Final = {"profession": "la profession", "nationality": "la nationalité", "address": "le domicile"}


def officers_declaration(session: Session, on: date, *, signatory: int | None = None) -> OfficersDeclaration:
    """Return the officers of a day as the declaration asks them, and what it still lacks of each."""
    bureau = composition.body_of_kind(session, BodyKind.BUREAU)
    sitting = composition.composition(session, bureau.id, on=on) if bureau else ()
    chosen = (
        select(Mandate.id, Person, CivilStatus)
        .join(Person, Mandate.person_id == Person.id)
        .outerjoin(CivilStatus, CivilStatus.person_id == Person.id)
        .where(Mandate.id.in_([each.mandate_id for each in sitting]))
    )
    about = {row_id: (person, status) for row_id, person, status in session.execute(chosen)}
    changed = [each for each in declaration.changes(session, on=on) if each.changed_on <= on]
    signed = addressees.issuer(session, signatory)
    return OfficersDeclaration(
        head=association.head(session),
        issuer=signed,
        on=on,
        changed_on=changed[-1].changed_on if changed else None,
        officers=tuple(_officer(*about[each.mandate_id], each.office) for each in sitting),
        gaps=addressees.own_gaps(session, signed, NEEDS) if sitting else (),
    )


def _officer(person: Person, status: CivilStatus | None, office: str) -> Officer:
    given = {name: getattr(status, name, "") or "" for name in ASKED}
    missing = tuple(word for name, word in ASKED.items() if not given[name].strip())
    return Officer(
        person_id=person.id,
        civility=person.civility,
        last_name=person.last_name,
        first_name=person.first_name,
        office=office,
        missing=missing,
        **given,
    )
