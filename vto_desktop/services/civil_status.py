"""Civil status: what only the declaration of officers needs; asked for there alone, never listed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Body, BodyKind, CivilStatus, Mandate, Office, Person
from vto_desktop.services.rows import Problems, delete_row, get_row, is_given, save_row, too_long

VALUES = ("born_on", "birth_place", "nationality", "profession", "address")


def civil_status_problems(row: CivilStatus, *, today: date) -> Problems:
    """Return what must be corrected before the civil status can be kept."""
    found = too_long(row)
    if not is_given(row, "person"):
        found["person_id"] = "Choisissez la personne."
    if row.born_on is not None and row.born_on > today:
        found["born_on"] = "Cette date de naissance est dans l’avenir."
    return found


def of_person(session: Session, person_id: int) -> CivilStatus:
    """Return a person's civil status, a new one when nothing is kept."""
    kept = session.scalars(select(CivilStatus).where(CivilStatus.person_id == person_id)).first()
    return kept or CivilStatus(person_id=person_id)


def save_civil_status(session: Session, row: CivilStatus, *, today: date) -> CivilStatus | None:
    """Keep a civil status; one in which nothing is left is deleted. Raises Invalid."""
    found = civil_status_problems(row, today=today)
    if not found and not any(getattr(row, name) for name in VALUES):
        if row.id is not None:
            name = get_row(session, Person, row.person_id).full_name
            delete_row(session, CivilStatus, row.id, name=name)
        return None
    return save_row(session, row, found)


# --- what may be erased --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Erasable:
    """A person whose civil status serves no more, and since when."""

    person_id: int
    name: str
    last_office: str  # « Trésorier », or nothing for who never was an officer
    ended_on: date | None


def erasable(session: Session, *, on: date) -> list[Erasable]:
    """Return whose civil status is kept though no office of the bureau is held or to come any more."""
    kept = (
        select(Person)
        .join(CivilStatus, CivilStatus.person_id == Person.id)
        .order_by(Person.sort_key, Person.id)
    )
    held = (
        select(Mandate, Office)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .where(Body.kind == BodyKind.BUREAU.value)
    )
    by_person: dict[int, list[tuple[Mandate, Office]]] = {}
    for mandate, office in session.execute(held):
        by_person.setdefault(mandate.person_id, []).append((mandate, office))
    found = []
    for person in session.scalars(kept):
        offices = by_person.get(person.id, [])
        ends = [mandate.ends_on or date.max for mandate, _office in offices]
        if any(end > on for end in ends):
            continue
        last = max(offices, key=lambda pair: pair[0].ends_on or date.max, default=None)
        found.append(
            Erasable(
                person.id, person.full_name,
                last[1].label_for(person) if last else "", max(ends, default=None),
            )
        )  # fmt: skip
    return found
