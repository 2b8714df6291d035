"""Persons: each kept once, whatever seats are held, with the civil status that only declarations need."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Person
from vto_desktop.services import members, reference
from vto_desktop.services.keys import own_keys, write_keys
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    parts_of,
    require,
    save_row,
    too_long,
)

CIVILITIES = ("", "M.", "Mme")
CIVILITY_WORDS: Final = {
    "m": "M.", "mr": "M.", "monsieur": "M.", "mrs": "Mme", "ms": "Mme", "mme": "Mme", "madame": "Mme",
    "mlle": "Mme", "mademoiselle": "Mme",
}  # fmt: skip
PARTICLES: Final = frozenset(
    ("d", "da", "de", "del", "della", "des", "di", "du", "la", "le", "les", "van", "von")
)


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


def refresh_keys(session: Session, person_ids: Sequence[int]) -> None:
    """Compute again the keys by which these persons, written past the mapped rows, are found."""
    for part in parts_of(person_ids):
        chosen = select(Person).where(Person.id.in_(part)).execution_options(populate_existing=True)
        write_keys(session, Person, [own_keys(row) for row in session.scalars(chosen)])


def delete_person(session: Session, row_id: int) -> None:
    """Delete a person; raises ENCORE_UTILISE, listing the seats held."""
    delete_row(session, Person, row_id, name=get_row(session, Person, row_id).full_name)


def same_name(session: Session, row: Person) -> list[Person]:
    """Return the other persons of the same name: a person exists once."""
    key = french.sort_key(f"{row.last_name or ''} {row.first_name or ''}")
    return list(session.scalars(select(Person).where(Person.sort_key == key, Person.id != (row.id or 0))))


# --- names as people write them ------------------------------------------------------------------


def split_name(text: str, *, first_names: Collection[str] = ()) -> tuple[str, str, str]:
    """Return civility, first and last name of « Mme Magalie TOUET », « TOUET Magalie » or « Touet, Magalie ».

    Words in capitals are the last name; without any, a known (folded) first name says which end it stands
    at, else the last name comes last, with the « de » before it.
    """
    words = text.split()
    civility = CIVILITY_WORDS.get(french.sort_key(words[0]), "") if len(words) > 1 else ""
    words = words[1:] if civility else words
    before, comma, after = " ".join(words).partition(",")
    if comma and before.strip():
        return civility, after.strip(), before.strip()
    start, end = _last_name(words, first_names)
    first = [*words[:start], *words[end:]]
    return civility, " ".join(first), " ".join(words[start:end])


def _last_name(words: list[str], first_names: Collection[str]) -> tuple[int, int]:
    """Return where the last name begins and ends among the words."""
    capitals = [place for place, word in enumerate(words) if _is_capital(word)]
    if capitals and len(capitals) < len(words):
        return capitals[0], capitals[-1] + 1
    if len(words) < 2:
        return 0, len(words)
    known = [french.sort_key(words[0]) in first_names, french.sort_key(words[-1]) in first_names]
    if known == [False, True]:
        return 0, len(words) - 1
    joined = (place for place, word in enumerate(words[1:-1], 1) if french.sort_key(word) in PARTICLES)
    return next(joined, len(words) - 1), len(words)


def _is_capital(word: str) -> bool:
    letters = [c for c in re.sub(r"^[dl][’']", "", word) if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)


def name_key(*names: str) -> str:
    """Return what two spellings of one person's name share, in whatever order its words stand."""
    return " ".join(sorted(french.sort_key(" ".join(names)).split()))
