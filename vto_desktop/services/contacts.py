"""How to reach those who sit in a body on a day: each once, with what they hold."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Body, Person
from vto_desktop.services.assembly import sitting_in
from vto_desktop.services.rows import parts_of


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of a body: what it holds, in printed order, and its ways to be reached."""

    person_id: int
    person: str
    offices: tuple[str, ...]
    members: tuple[str, ...]  # in whose name, or whom it represents
    capacity: str
    email: str
    phone: str
    address: str  # in one line


def contacts(session: Session, body: Body, *, on: date) -> list[Contact]:
    """Return those who sit in a body on a day, in printed order, each once."""
    held: dict[int, list[tuple[str, str, str]]] = {}
    for each in sitting_in(session, body, on=on):
        figure = each.figure
        held.setdefault(figure.person_id, []).append((figure.office, figure.member, figure.capacity))
    persons: dict[int, Person] = {}
    for part in parts_of(list(held)):
        persons |= {row.id: row for row in session.scalars(select(Person).where(Person.id.in_(part)))}
    return [_contact(persons[person_id], seats) for person_id, seats in held.items()]


def _contact(person: Person, seats: list[tuple[str, str, str]]) -> Contact:
    place = " ".join(filter(None, (person.postcode, person.city)))
    address = ", ".join(filter(None, (*person.address.splitlines(), place)))
    return Contact(
        person_id=person.id,
        person=person.full_name,
        offices=tuple(dict.fromkeys(office for office, _member, _capacity in seats)),
        members=tuple(dict.fromkeys(member for _office, member, _capacity in seats if member)),
        capacity=next((capacity for _office, _member, capacity in seats if capacity), ""),
        email=person.email,
        phone=person.phone,
        address=address,
    )


@dataclass(frozen=True, slots=True)
class Addresses:
    """The e-mail addresses of a body, as the « To » of a message takes them, and who has none."""

    line: str
    count: int
    without: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return « 5 adresses copiées. Sans adresse : … »."""
        if not self.count:
            return "Aucune adresse de courriel n’est renseignée pour ces personnes."
        said = french.count(self.count, "adresse copiée", "adresses copiées")
        if not self.without:
            return f"{said}."
        return f"{said}. Sans adresse{french.NBSP}: {french.listed(list(self.without))}."


def addresses(found: list[Contact]) -> Addresses:
    """Return the addresses of contacts, each once."""
    known = list(dict.fromkeys(each.email for each in found if each.email))
    return Addresses("; ".join(known), len(known), tuple(each.person for each in found if not each.email))
