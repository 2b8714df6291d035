"""Cells of an imported list read as values; what cannot be is said in a French sentence (``Unreadable``)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any, Final

from vto_desktop import french
from vto_desktop.french import Unreadable
from vto_desktop.model import NATURAL_PERSON, Kind
from vto_desktop.services import persons, reference
from vto_desktop.services.authority_names import read
from vto_desktop.services.identifiers import bare, rna_warning, siren_warning, siret_warning
from vto_desktop.services.importing.fields import words_for
from vto_desktop.services.importing.folds import fold
from vto_desktop.services.organisations import POPULATION_LIMIT
from vto_desktop.services.rows import MULTILINE, NOTES_LIMIT, TEXT_LIMIT

REPEATED: Final = 20_000  # different texts whose value is remembered

_ERROR: Final = re.compile(r"#(REF|N/?A|VALEUR|VALUE|NOM|NAME|DIV/0|NULL|NUL|NOMBRE|NUM)[!?]?", re.IGNORECASE)
_SHORT: Final = 7  # letters: longer than any of these words
_NOTHING: Final = frozenset(("-", "–", "—", "/", "néant", "neant", "n/a", "nc", "n.c.", "null", "none", "?"))

_CIVILITIES: Final = persons.CIVILITY_WORDS | {"homme": "M.", "h": "M.", "femme": "Mme", "f": "Mme"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading a cell needs to know: the colleges by their folded names, and how days are counted."""

    colleges: Mapping[str, int]
    college_names: tuple[str, ...] = ()
    starts_1904: bool = False


def _text(cell: str, limit: int, *, keep_lines: bool) -> str:
    """Return a text fit for a field; raises Unreadable when it is too long, or an Excel error."""
    text = french.clean(cell, limit=limit + 1, keep_lines=keep_lines)
    if len(text) > limit:
        shown = french.number(len(cell))
        raise Unreadable(f"Ce texte compte {shown} caractères ; {french.number(limit)} au plus.")
    if text[:1] == "#" and _ERROR.fullmatch(text):
        raise Unreadable(f"La case contient une erreur du tableur ({text}).")
    return "" if len(text) < _SHORT and text.casefold() in _NOTHING else text


@lru_cache(REPEATED)
def kind_of(text: str) -> str:
    """Return a Kind value or « Personne physique »; nothing for a word said of several kinds."""
    found = words_for("type").get(french.sort_key(text))
    if found is None:
        found = next((each for each in _LABELS if french.sort_key(each) == french.sort_key(text)), None)
    if found is None:
        raise Unreadable(
            f"«\u00a0{text[:40]}\u00a0» n’est pas un type d’adhérent. Types\u00a0: {', '.join(_LABELS)}."
        )
    return found


_LABELS: Final = (*(kind.value for kind in Kind), NATURAL_PERSON)


# What the name itself says of the kind, where ``authority_names`` knows local authorities only.
_NAMED: Final = (
    (re.compile(r"^(departement|conseil departemental|conseil general)\b"), Kind.DEPARTEMENT),
    (re.compile(r"^(region|conseil regional)\b"), Kind.REGION),
    (re.compile(r"^(gip|groupement d interet public)\b"), Kind.GIP),
    (re.compile(r"^(association|amicale|federation|union|reseau|collectif)\b"), Kind.ASSOCIATION),
    (re.compile(r"^(prefecture|sous prefecture|dreets|ddets|drac|dreal|ddtm?|rectorat|ars)\b"), Kind.STATE),
    (re.compile(r"^(ccas|cias|syndicat|office public|etablissement public|centre hospitalier)\b"),
     Kind.PUBLIC),
)  # fmt: skip


def kind_named(name: str) -> str:
    """Return the kind that a name says by itself (« CA du Grand Pic », « Ville de Limoux »), or nothing."""
    folded = fold(name)
    for pattern, kind in _NAMED:
        if pattern.search(folded):
            return kind.value
    meant = read(name).kinds
    return next(iter(meant)).value if len(meant) == 1 else ""


@lru_cache(1)
def _departements() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in reference.departements().items():
        found |= {code.casefold(): code, french.sort_key(name): code}
        if code.startswith("0"):
            found[code[1:].casefold()] = code
    return found


@lru_cache(REPEATED)
def departement_of(text: str) -> str:
    """Return the code of « 34 », « Hérault », « 34 Hérault » or « Hérault (34) »."""
    known = _departements()
    folded = french.sort_key(text)
    words = folded.split()
    for part in (folded, words[0], words[-1], " ".join(words[1:]), " ".join(words[:-1])) if words else ():
        if part in known:
            return known[part]
    raise Unreadable(
        f"«\u00a0{text[:40]}\u00a0» n’est pas un département\u00a0: indiquez 34, 2A, 974 ou son nom."
    )


@lru_cache(REPEATED)
def number_of(text: str) -> int:
    """Return a number of inhabitants: « 138 176 », « 138.176 hab. », « 1500,0 »."""
    digits = re.sub(r"(?i)(hab\w*\.?|hbts?)$", "", re.sub(r"[\s\u00a0\u202f']", "", text))
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    digits = re.sub(r"[.,]0+$", "", digits)
    if not re.fullmatch(r"[0-9]{1,9}", digits) or int(digits) > POPULATION_LIMIT:
        raise Unreadable(
            f"«\u00a0{text[:40]}\u00a0» n’est pas une population\u00a0: indiquez un nombre entier."
        )
    return int(digits)


@lru_cache(REPEATED)
def year_of(text: str) -> int:
    """Return the year of a population."""
    if not re.fullmatch(r"(19|20|21)[0-9]{2}", text):
        raise Unreadable(f"«\u00a0{text[:40]}\u00a0» n’est pas une année.")
    return int(text)


@lru_cache(REPEATED)
def day_of(text: str, *, starts_1904: bool = False) -> date:
    """Return a day: as french.parse_date, or as the number of days a spreadsheet keeps, or a year alone."""
    bare_text = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$", "", text)
    if re.fullmatch(r"(19|20)[0-9]{2}", bare_text):
        return date(int(bare_text), 1, 1)
    if re.fullmatch(r"[0-9]{4,5}(,0+)?", bare_text):
        first = date(1904, 1, 1) if starts_1904 else date(1899, 12, 30)
        return first + timedelta(days=int(bare_text.split(",", maxsplit=1)[0]))
    if re.match(r"[+-]", bare_text):
        raise Unreadable("Indiquez une date, par exemple 08/12/2021.")
    return french.parse_date(re.sub(r"^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})$", r"\1-\2-\3", bare_text))


@lru_cache(REPEATED)
def rank_of(text: str) -> str:
    """Return a Rank value."""
    found = words_for("rang").get(french.sort_key(re.sub(r"\d+", " ", text)))
    if found is not None:
        return found
    raise Unreadable(
        f"«\u00a0{text[:40]}\u00a0» n’est pas un rang\u00a0: indiquez titulaire, suppléant ou et/ou."
    )


@lru_cache(REPEATED)
def civility_of(text: str) -> str:
    """Return « M. » or « Mme »."""
    if (found := _CIVILITIES.get(french.sort_key(text))) is not None:
        return found
    raise Unreadable(f"«\u00a0{text[:40]}\u00a0» n’est pas une civilité\u00a0: indiquez M. ou Mme.")


def postcode_of(text: str) -> str:
    """Return a postcode, with the zero in front that a spreadsheet takes off."""
    digits = bare(text)
    return f"0{digits}" if re.fullmatch(r"[1-9][0-9]{3}", digits) else digits if digits.isdecimal() else text


def phone_of(text: str) -> str:
    """Return a telephone number, with the zero in front that a spreadsheet takes off."""
    if re.fullmatch(r"[1-9][0-9]{8}", text):
        text = f"0{text}"
    if re.fullmatch(r"0[0-9]{9}", text):
        return " ".join(text[place : place + 2] for place in range(0, 10, 2))
    return text


def siren_of(text: str) -> str:
    """Return the figures of a SIREN, with the zeros in front that a spreadsheet takes off."""
    return _figures(text, 9)


def siret_of(text: str) -> str:
    """Return the figures of a SIRET."""
    return _figures(text, 14)


def _figures(text: str, length: int) -> str:
    digits = bare(text)
    return digits.zfill(length) if digits.isdecimal() and length - 3 <= len(digits) < length else digits


def insee_of(text: str) -> str:
    """Return the code of a commune, « 11206 » or « 2A004 », with the zero that a spreadsheet takes off."""
    code = bare(text).upper()
    return f"0{code}" if re.fullmatch(r"[1-9][0-9]{3}", code) else code


def college_of(text: str, around: Surroundings) -> int:
    """Return the id of a college by its name."""
    found = around.colleges.get(french.sort_key(text))
    if found is None:
        raise Unreadable(
            f"«\u00a0{text[:40]}\u00a0» n’est pas un collège du dossier\u00a0; il y a\u00a0: "
            f"{', '.join(around.college_names)}."
        )
    return found


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "kind": kind_of, "departement": departement_of, "population": number_of, "population_year": year_of,
    "rank": rank_of, "civility": civility_of, "postcode": postcode_of, "phone": phone_of, "siren": siren_of,
    "siret": siret_of, "insee": insee_of, "rna": lambda text: bare(text).upper(),
}  # fmt: skip
_DAYS: Final = frozenset(("joined_on", "left_on", "starts_on", "ends_on"))


def reader_of(name: str, around: Surroundings) -> Callable[[str], Any]:
    """Return what reads the cells of a column for a field: None for one that says nothing.

    What it returns raises Unreadable; it is made once for a column, not asked anew for each cell.
    """
    keep_lines = name in MULTILINE
    limit = NOTES_LIMIT if keep_lines else TEXT_LIMIT
    read_text: Callable[[str], Any] | None = _READERS.get(name)
    if name in _DAYS:
        read_text = partial(day_of, starts_1904=around.starts_1904)
    elif name == "college":
        read_text = partial(college_of, around=around)

    def read_cell(cell: str) -> Any:
        text = _text(cell, limit, keep_lines=keep_lines)
        return (text if read_text is None else read_text(text)) or None if text else None

    return read_cell


_ADDRESS: Final = re.compile(r"[^@\s]@[^@\s]+\.\w")
_DOUBTS: Final[dict[str, Callable[[str], str]]] = {
    "siren": siren_warning,
    "siret": siret_warning,
    "rna": rna_warning,
    "email": lambda text: "" if _ADDRESS.search(text) else "Cette adresse semble incomplète.",
    "postcode": lambda text: "" if re.fullmatch(r"[0-9]{5}", text) else "Un code postal compte 5 chiffres.",
}  # fmt: skip


def doubts_of(name: str) -> Callable[[str], str] | None:
    """Return what says how a value looks wrong that is kept all the same, for the fields that have it."""
    return _DOUBTS.get(name)
