"""Finds the line of the headings in a table, and what each column holds by its heading."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.services.importing.fields import GROUPS, field_of, fields, parts, words_for

Rows = Sequence[tuple[int, Sequence[str]]]

LOOKED_AT: Final = 30  # rows in which the headings are looked for
SURE: Final = 100  # how much a whole heading says, against each word of one

_INNER: Final = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")  # nomAttribuant
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")
_EMPTY_WORDS: Final = frozenset(
    (
        "a",
        "au",
        "de",
        "des",
        "du",
        "d",
        "l",
        "la",
        "le",
        "les",
        "n",
        "no",
        "num",
        "numero",
        "ou",
        "of",
        "the",
        "en",
    )
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read: the place of its headings among the rows (-1: none), and column → field key."""

    kind: str
    place: int
    headings: tuple[str, ...]
    mapping: Mapping[int, str]

    def key_of(self, column: int) -> str:
        """Return the field of a column, or nothing."""
        return self.mapping.get(column, "")

    def column_of(self, key: str) -> int | None:
        """Return the column of a field, or None."""
        return next((column for column, each in self.mapping.items() if each == key), None)

    def mapped(self, mapping: Mapping[int, str]) -> "Layout":
        """Return the layout with this mapping instead of its own."""
        return replace(self, mapping=mapping)

    def with_column(self, column: int, key: str) -> "Layout":
        """Return the layout with another field for a column; a field that had it is given up there."""
        kept = {place: each for place, each in self.mapping.items() if place != column and each != key}
        return replace(self, mapping=kept | ({column: key} if key else {}))


def layout_of(rows: Rows, kind: str, *, place: int | None = None) -> Layout:
    """Return how a table of members or representatives is read; ``place`` overrides where headings are."""
    found = find_headings(rows, kind) if place is None else place
    width = max((len(cells) for _number, cells in rows), default=0)
    headings = _headings(rows, found, width)
    return Layout(kind, found, headings, recognise(headings, kind))


def find_headings(rows: Rows, kind: str) -> int:
    """Return the place of the row of headings: the one that most fields are recognised in."""
    looked_at = rows[:LOOKED_AT]
    known = [len(recognise(_headings(rows, place, len(row[1])), kind)) for place, row in enumerate(looked_at)]
    best = max(known, default=0)
    if best >= 2 or (best == 1 and len(rows) > 1 and known[0] == 1):
        return known.index(best)
    filled = [sum(1 for cell in cells if cell.strip()) for _number, cells in looked_at]
    wide = max(filled, default=0)
    return next((place for place, count in enumerate(filled) if count >= max(wide * 2 // 3, 1)), 0)


def _headings(rows: Rows, place: int, width: int) -> tuple[str, ...]:
    """Return the headings; a second line above says whose « Nom » each one is."""
    if place < 0:
        return tuple(f"Colonne {letters(column)}" for column in range(width))
    cells = [french.clean(cell) for cell in rows[place][1]]
    keys = [heading_key(cell) for cell in cells if cell]
    if place > 0 and len(set(keys)) < len(keys):
        above = [french.clean(cell) for cell in rows[place - 1][1]]
        cells = _under_groups(cells, above)
    cells += [""] * (width - len(cells))
    return tuple(cell or f"Colonne {letters(column)}" for column, cell in enumerate(cells))


def _under_groups(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    found, group = [], ""
    for column, cell in enumerate(cells):
        over = above[column] if column < len(above) else ""
        if over or _names_group(heading_key(cell).split()):
            group = over if _names_group(heading_key(over).split()) else ""
        found.append(f"{group} {cell}" if group and cell else cell)
    return found


def letters(column: int) -> str:
    """Return the name a spreadsheet gives a column: A, B… AA."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


@cache
def heading_key(heading: str) -> str:
    """Return a heading folded: no accents, case, remarks in brackets or words that say nothing."""
    spaced = _INNER.sub(" ", heading[:200]).replace("_", " ").replace("°", " ")
    folded = french.sort_key(_ASIDE.sub(" ", spaced)) or french.sort_key(spaced)
    folded = re.sub(r"\be mail(s?)\b", "email", folded)
    kept = [word for word in folded.split() if word not in _EMPTY_WORDS]
    return " ".join(kept) or folded


def recognise(headings: Sequence[str], kind: str) -> dict[int, str]:
    """Return the field of each column whose heading says it; a field has one column."""
    keys = [heading_key(heading) for heading in headings]
    has_first_name = any("first_name" in _by_wording(kind).get(key, ()) for key in keys)
    wanted: list[tuple[int, int, str]] = []
    for column, key in enumerate(keys):
        for weight, field in _meanings(key, kind, has_first_name=has_first_name):
            wanted.append((-weight, column, field))
    found: dict[int, str] = {}
    for _weight, column, field in sorted(wanted, key=lambda each: each[:2]):
        if column not in found and field not in found.values():
            found[column] = field
    return dict(sorted(_settled(found, keys, kind).items()))


def _meanings(key: str, kind: str, *, has_first_name: bool) -> Iterable[tuple[int, str]]:
    """Yield what a heading may mean, the likeliest first."""
    sure = list(_by_wording(kind).get(key, ()))
    if "last_name" in sure and "name" in sure:  # « Nom »: of a person when a first name stands beside
        sure.sort(key=lambda field: field != ("last_name" if has_first_name else "name"))
    yield from ((SURE, field) for field in sure)
    words = key.split()
    if kind == "members" and (part := _part_of_group(words)):
        yield SURE, part
    elif kind != "members" or not _names_group(words):
        yield from _likely(kind, frozenset(words))


def _likely(kind: str, words: frozenset[str]) -> Iterable[tuple[int, str]]:
    """Yield the fields of which a wording stands inside a longer heading: « Code postal du siège »."""
    if "annee" in words:
        return
    for field in fields(kind):
        whole = [wording.split() for wording in field.wordings if " " in wording]
        said = [len(each) for each in whole if words.issuperset(each)]
        if said or words.intersection(field.words):
            yield max(said, default=1), field.key


def _names_group(words: Iterable[str]) -> bool:
    return not words_for("groupe").keys().isdisjoint(words)


def _part_of_group(words: Sequence[str]) -> str:
    """Return « substitute2.first_name » for « Suppléant 2 prénom », or nothing."""
    known = words_for("groupe")
    groups = [known[word] for word in words if word in known]
    group = next((each for each in groups if each != "representative"), groups[0] if groups else "")
    if not group:
        return ""
    number = next((word for word in words if word.isdecimal()), "1")
    name = group if number == "1" else f"{group}{number}"
    rest = " ".join(word for word in words if word not in known and not word.isdecimal())
    part = next((each.key for each in parts() if rest in each.wordings), "" if rest else "name")
    return f"{name}.{part}" if part and name in GROUPS else ""


def _settled(found: dict[int, str], keys: Sequence[str], kind: str) -> dict[int, str]:
    """Correct what one heading alone cannot say."""
    fields = set(found.values())
    for column, field in list(found.items()):
        group, dot, part = field.rpartition(".")
        # A last name whose first name has no column is a whole name.
        if (
            part == "last_name"
            and f"{group}{dot}first_name" not in fields
            and f"{group}{dot}name" not in fields
        ):
            found[column] = f"{group}{dot}name"
    if kind == "members" and not {"name", "last_name"} & set(found.values()):
        for column, key in enumerate(keys):
            if key in ("commune", "communes", "ville", "villes", "mairie", "nom commune"):
                return found | {column: "name"}
    return found


@cache
def _by_wording(kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in fields(kind):
        for wording in field.wordings:
            found.setdefault(wording, []).append(field.key)
        found.setdefault(heading_key(field.label), [])
        if field.key not in found[heading_key(field.label)]:
            found[heading_key(field.label)].append(field.key)
    return found


def mapped_by_hand(layout: Layout, wanted: Iterable[tuple[str, str]]) -> Layout:
    """Return the layout with these headings given these fields; raises COLONNE_INCONNUE, CHAMP_INCONNU.

    A heading may be given by its text, or by its letter; an empty field leaves the column out.
    """
    for heading, key in wanted:
        if key and field_of(layout.kind, key) is None:
            keys = ", ".join(field.key for field in fields(layout.kind))
            raise UserError(
                "CHAMP_INCONNU", f"«\u00a0{key}\u00a0» n’est pas un champ\u00a0; il y a\u00a0: {keys}."
            )
        layout = layout.with_column(_column_of(layout, heading), key)
    return layout


def _column_of(layout: Layout, heading: str) -> int:
    folded = heading_key(heading)
    for column, each in enumerate(layout.headings):
        if each == heading or (folded and heading_key(each) == folded) or letters(column) == heading.upper():
            return column
    raise UserError(
        "COLONNE_INCONNUE",
        f"«\u00a0{heading}\u00a0» n’est pas une colonne du fichier\u00a0; "
        f"il y a\u00a0: {', '.join(layout.headings)}. "
        "Rien n’a été importé.",
    )


def missing(layout: Layout) -> str:
    """Return what no column says of those who are meant, in words, or nothing."""
    keys = set(layout.mapping.values())
    person = bool(keys & {"name", "last_name"})
    if layout.kind == "members":
        return "" if person or keys & {"siren", "siret"} else "le nom de l’adhérent"
    holder = "" if keys & {"member", "siren"} else "l’adhérent"
    return french.listed(list(filter(None, (holder, "" if person else "le nom du représentant"))))


def require_known(layout: Layout) -> None:
    """Refuse a table in which nothing says who is meant: COLONNES_NON_RECONNUES."""
    if lacks := missing(layout):
        shown = ", ".join(f"«\u00a0{heading[:40]}\u00a0»" for heading in layout.headings[:12])
        raise UserError(
            "COLONNES_NON_RECONNUES",
            f"Aucune colonne n’a été reconnue pour {lacks}. Colonnes du fichier\u00a0: {shown}. Rien "
            "n’a été importé\u00a0: indiquez vous-même ce que contient chaque colonne.",
        )


def described(layout: Layout) -> str:
    """Return what tells this set of headings apart, to remember its mapping by."""
    return f"{layout.kind}|" + "|".join(heading_key(heading) for heading in layout.headings)
