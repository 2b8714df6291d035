"""Persons: each kept once, whatever seats are held, with the civil status that only declarations need."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Person
from vto_desktop.services import members, reference
from vto_desktop.services.rows import Problems, delete_row, get_row, require, save_row, too_long

CIVILITIES = ("", "M.", "Mme")


def person_problems(row: Person) -> Problems:
    """Return what must be corrected before the person can be kept."""
    found = too_long(row) | require(row, {"last_name": "Indiquez le nom de famille."})
    if (status := row.__dict__.get("civil_status")) is not None:
        found |= too_long(status)
    if (row.civility or "") not in CIVILITIES:
        found["civility"] = "Choisissez M., Mme ou rien."
    if row.departement and not reference.departement_name(row.departement):
        found["departement"] = "Ce code n’est pas celui d’un département : par exemple 34, 2A ou 974."
    return found


def save_person(session: Session, row: Person) -> Person:
    """Keep a person and refresh the members it is or represents; raises Invalid."""
    kept = save_row(session, row, person_problems(row))
    members.refresh_of_person(session, kept.id)
    return kept


def delete_person(session: Session, row_id: int) -> None:
    """Delete a person; raises ENCORE_UTILISE, listing the seats held."""
    delete_row(session, Person, row_id, name=get_row(session, Person, row_id).full_name)


def same_name(session: Session, row: Person) -> list[Person]:
    """Return the other persons of the same name: a person exists once."""
    key = french.sort_key(f"{row.last_name or ''} {row.first_name or ''}")
    return list(session.scalars(select(Person).where(Person.sort_key == key, Person.id != (row.id or 0))))
