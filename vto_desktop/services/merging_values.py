"""What one record keeps of others that are the same person or organisation: nothing is lost.

What is empty is filled; what differs is written in the notes with its name: « Autre courriel : … ».
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vto_desktop import french
from vto_desktop.model import Kind, Organisation, Person


def _plain(*values: Any) -> str:
    return " ".join(str(value) for value in values if value not in (None, ""))


def _place(address: str, postcode: str, city: str) -> str:
    lines = [*address.splitlines(), _plain(postcode, city)]
    return ", ".join(line for line in lines if line.strip())


def _people(population: int | None, year: int | None) -> str:
    return _plain("" if population is None else french.number(population), f"({year})" if year else "")


def _yes(value: bool) -> str:
    return "oui" if value else ""


@dataclass(frozen=True)
class Field:
    """Attributes that make sense together, what they are called, and how they read."""

    label: str
    other: str  # how a second value is named in the notes
    names: tuple[str, ...]
    written: Callable[..., str] = _plain

    def text(self, row: Any) -> str:
        """Return what a record says here."""
        return self.written(*(getattr(row, name) for name in self.names))

    def is_filled(self, row: Any, values: Mapping[str, Any]) -> bool:
        """Return whether these new values say more here than a record does."""
        return any(values[name] != getattr(row, name) for name in self.names)


PERSON: Final = (
    Field("Civilité", "Autre civilité", ("civility",)),
    Field("Nom", "Autre nom", ("first_name", "last_name")),
    Field("Courriel", "Autre courriel", ("email",)),
    Field("Téléphone", "Autre téléphone", ("phone",)),
    Field("Adresse", "Autre adresse", ("address", "postcode", "city"), _place),
    Field("Département", "Autre département", ("departement",)),
)
ORGANISATION: Final = (
    Field("Type", "Autre type", ("kind",)),
    Field("SIREN", "Autre SIREN", ("siren",)),
    Field("SIRET", "Autre SIRET", ("siret",)),
    Field("RNA", "Autre RNA", ("rna",)),
    Field("Code INSEE", "Autre code INSEE", ("insee",)),
    Field("Département", "Autre département", ("departement",)),
    Field("Population", "Autre population", ("population", "population_year"), _people),
    Field("Adresse", "Autre adresse", ("address", "postcode", "city"), _place),
    Field("Courriel", "Autre courriel", ("email",)),
    Field("Téléphone", "Autre téléphone", ("phone",)),
    Field("Code service Chorus Pro", "Autre code service Chorus Pro", ("chorus_service",)),
    Field("Numéro d’engagement exigé", "", ("needs_commitment_number",), _yes),
)
# The names of an organisation are not written in the notes: each becomes one of its spellings.
NAMES: Final = ("name", "short_name")


@dataclass(frozen=True, slots=True)
class Merged:
    """What the record that is kept will hold: its new values, and the lines added to its notes."""

    values: dict[str, Any]
    lines: tuple[str, ...]


def fields_of(row: Person | Organisation) -> tuple[Field, ...]:
    """Return what a record is compared by."""
    return PERSON if isinstance(row, Person) else ORGANISATION


def merged(kept: Person | Organisation, others: Sequence[Person | Organisation]) -> Merged:
    """Return what a record holds after it took others in; changes nothing."""
    fields = fields_of(kept)
    values = {name: getattr(kept, name) for field in fields for name in field.names}
    lines: dict[str, None] = {}
    for other in others:
        for field in fields:
            if not _takes(values, field, other):
                lines[f"{field.other}\u00a0: {field.text(other)}"] = None
        if other.notes and other.notes != kept.notes:
            lines[other.notes] = None
    return Merged(values, tuple(lines))


def _takes(values: dict[str, Any], field: Field, other: Any) -> bool:
    """Fill what is empty of a field, all of it or nothing: two halves of addresses make none."""
    given = {name: _said(other, name) for name in field.names}
    if any(
        given[name] and values[name] and not _is_unsaid(values[name]) and given[name] != values[name]
        for name in field.names
    ):
        return False
    values.update({name: given[name] for name in field.names if given[name]})
    return True


def _said(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return "" if _is_unsaid(value) else value


def _is_unsaid(value: Any) -> bool:
    """Return whether a value only stands where nothing is known: no kind but « Autre organisme »."""
    return value in (None, "", Kind.OTHER.value)


def notes_with(notes: str, lines: Sequence[str]) -> str:
    """Return notes with lines added below."""
    return "\n".join(filter(None, (notes, *lines)))
