"""What an imported list may say: each field with its label and the headings by which it is recognised."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from vto_desktop import paths
from vto_desktop.model import Rank
from vto_desktop.services import reference

KINDS: Final = ("members", "representatives")

# Those who represent a member may stand in its own row, each in columns of a group: « Titulaire – prénom ».
GROUPS: Final = {
    "representative": ("Représentant", ""),
    "titular": ("Titulaire", Rank.TITULAR.value),
    "substitute": ("Suppléant", Rank.SUBSTITUTE.value),
    "titular2": ("Titulaire 2", Rank.TITULAR.value),
    "substitute2": ("Suppléant 2", Rank.SUBSTITUTE.value),
    "titular3": ("Titulaire 3", Rank.TITULAR.value),
    "substitute3": ("Suppléant 3", Rank.SUBSTITUTE.value),
}


@dataclass(frozen=True, slots=True)
class ImportField:
    """One thing that a column may hold.

    ``wordings`` are headings that mean it, and ``words`` those that mean it inside any heading; both as
    ``headings.heading_key`` folds them.
    """

    key: str
    label: str
    wordings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@cache
def _read(kind: str) -> tuple[ImportField, ...]:
    rows = reference.read_table(paths.resource("reference", "import-titres.csv"))
    return tuple(
        ImportField(row["champ"], row["libellé"], listed(row["titres"]), tuple(row["mots"].split()))
        for row in rows
        if row["liste"] == kind
    )


def listed(text: str) -> tuple[str, ...]:
    """Return the wordings of « a, b, c »."""
    return tuple(each.strip() for each in text.split(",") if each.strip())


@cache
def words_for(meaning: str) -> dict[str, str]:
    """Return word → value for a meaning of ``import-mots.csv``: type, rang, groupe."""
    rows = reference.read_table(paths.resource("reference", "import-mots.csv"))
    return {word: row["valeur"] for row in rows if row["sens"] == meaning for word in listed(row["mots"])}


def parts() -> tuple[ImportField, ...]:
    """Return what may be said of a representative in the columns of a group."""
    return _read("part")


@cache
def fields(kind: str) -> tuple[ImportField, ...]:
    """Return the fields of lists of a kind, in the order of the template and of what one chooses from."""
    own = _read(kind)
    if kind != "members":
        return own
    grouped = (
        ImportField(f"{group}.{part.key}", f"{label} – {part.label}")
        for group, (label, _rank) in GROUPS.items()
        for part in parts()
    )
    return (*own, *grouped)


def model_fields(kind: str) -> tuple[ImportField, ...]:
    """Return the fields that a model of such a list has headings for: all but second ways to say the same."""
    left_out = {"representatives", "capacity"}
    groups = ("titular", "substitute")
    return tuple(
        field
        for field in fields(kind)
        if kind != "members"
        or (field.key.partition(".")[0] in groups if "." in field.key else field.key not in left_out)
    )


def field_of(kind: str, key: str) -> ImportField | None:
    """Return a field of lists of a kind by its key, or None."""
    return next((each for each in fields(kind) if each.key == key), None)
