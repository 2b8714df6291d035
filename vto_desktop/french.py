"""French as the program reads and writes it: amounts, dates, words, sort and search keys.

Nothing here asks the operating system's locale, which is absent on bare machines.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

NBSP: Final = "\u00a0"
THIN: Final = "\u202f"
MINUS: Final = "\u2212"
AMOUNT_LIMIT: Final = 10**13  # cents
LONGEST_AMOUNT: Final = 60

MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class Unreadable(ValueError):
    """A typed text that cannot be understood; its message is the French sentence to show."""


# --- text entering the program -------------------------------------------------------------------


def clean(text: str, *, limit: int = 100_000, keep_lines: bool = False) -> str:
    """Return text fit to be kept: NFC, no control characters, no lone surrogates, at most ``limit`` long."""
    if text.isprintable():  # nothing below would be dropped: most texts, and imports clean a million of them
        return unicodedata.normalize("NFC", text[: limit * 2]).strip()[:limit].rstrip()
    lines = _LINE_ENDS.sub("\n", text[: limit * 2])
    allowed = "\n" if keep_lines else ""
    if not keep_lines:
        lines = lines.replace("\n", " ").replace("\t", " ")
    kept = "".join(
        c for c in lines if c in allowed or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")
    )
    # Composed last: what was dropped may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", kept).strip()[:limit].rstrip()


_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


# --- sort and search keys ------------------------------------------------------------------------

_LIGATURES: Final = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}


def _unaccented(text: str) -> str:
    """Return a text without its accents, letter by letter."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


# The letters of Europe at once: most texts need no more, and lists fold a hundred thousand of them.
_PLAIN: Final = str.maketrans(
    {chr(code): _unaccented(chr(code)) for code in range(0xA0, 0x180)} | dict(_LIGATURES)
)


def _bare(text: str) -> str:
    folded = text.casefold()
    if folded.isascii():
        return folded
    folded = folded.translate(_PLAIN)
    return folded if folded.isascii() else _unaccented(folded).casefold().translate(_PLAIN)


def sort_key(text: str) -> str:
    """Return the key that sorts French names: no accents, no case, œ as oe, punctuation as spaces."""
    return " ".join(_BETWEEN_WORDS.sub(" ", _bare(text)).split())


_BETWEEN_WORDS: Final = re.compile(r"[^\w]+")


def sort_keys(texts: Sequence[str]) -> list[str]:
    """Return the sort key of each text, none of which holds a line end: ten times faster for many names.

    All are folded at once, character by character: names share a few dozen that are no plain letter.
    """
    folded = "\n".join(texts).casefold()
    for other in set(folded) - _AS_THEY_ARE:
        folded = folded.replace(other, _BETWEEN_WORDS.sub(" ", _bare(other)))
    return [" ".join(key.split()) for key in folded.split("\n")] if texts else []


_AS_THEY_ARE: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_ \n")


def search_key(*texts: object) -> str:
    """Return what is searched in a row: all its texts, folded as a search is folded."""
    return " ".join(filter(None, (sort_key(str(t)) for t in texts if t not in (None, ""))))


# --- amounts -------------------------------------------------------------------------------------

_SPACES: Final = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff_']+")
_NUMBER: Final = re.compile(r"(?P<whole>\d*)(?:[.,](?P<part>\d{1,2}))?")
_GROUPED: Final = re.compile(r"\d{1,3}(?P<sep>[.,])\d{3}((?P=sep)\d{3})*")


def parse_amount(text: str) -> int:
    """Return cents from what a person types: ``1 234,5``, ``1234.5``, ``12 €``, ``-3``, ``1.234,56``.

    Raises Unreadable for nothing, for what is ambiguous (``1.234``), or for more than two decimals.
    """
    typed = unicodedata.normalize("NFKC", text).replace(MINUS, "-").replace("\u2013", "-")
    # « 12 €50 » keeps its euro sign, hence is refused: taken out, it would read 1 250.
    bare = _SPACES.sub("", re.sub(r"(?i)^€|(€|eur|euros?)$", "", _SPACES.sub("", typed)))
    sign = 1
    if bare.startswith("(") and bare.endswith(")"):
        sign, bare = -1, bare[1:-1]
    elif bare[:1] in ("-", "+"):
        sign, bare = (-1 if bare[0] == "-" else 1), bare[1:].removeprefix("€")
    if not bare:
        raise Unreadable("Indiquez un montant, par exemple 1 234,50.")
    if len(bare) > LONGEST_AMOUNT:  # Python itself refuses to read numbers of thousands of figures
        raise Unreadable("Ce montant est trop grand.")
    cents = sign * _unsigned_cents(bare, shown=text.strip()[:40])
    if abs(cents) > AMOUNT_LIMIT:
        raise Unreadable("Ce montant est trop grand.")
    return cents


def _unsigned_cents(bare: str, *, shown: str) -> int:
    if not bare.isascii():
        raise Unreadable(f"«\u00a0{shown}\u00a0» n’est pas un montant. Exemple : 1 234,50.")
    if "," in bare and "." in bare:
        decimal = max(bare.rindex(","), bare.rindex("."))
        if not _GROUPED.fullmatch(bare[:decimal]) or bare[decimal] in bare[:decimal]:
            raise Unreadable(f"«\u00a0{shown}\u00a0» n’est pas un montant. Exemple : 1 234,50.")
        bare = bare[:decimal].replace(",", "").replace(".", "") + bare[decimal:]
    elif bare.count(",") + bare.count(".") > 1 and _GROUPED.fullmatch(bare) and not bare.startswith("0"):
        bare = bare.replace(",", "").replace(".", "")  # « 1.234.567 » reads one way only
    elif _GROUPED.fullmatch(bare) and not bare.startswith("0"):
        raise Unreadable(
            f"«\u00a0{shown}\u00a0» peut se lire de deux façons : écrivez "
            f"{bare.replace('.', '').replace(',', '')} "
            f"ou {bare[:-4]},{bare[-3:-1]}."
        )
    match = _NUMBER.fullmatch(bare)
    if match is None or bare in (",", "."):
        raise Unreadable(f"«\u00a0{shown}\u00a0» n’est pas un montant. Exemple : 1 234,50.")
    return int(match["whole"] or 0) * 100 + int((match["part"] or "0").ljust(2, "0"))


def _grouped(number: int, space: str) -> str:
    return f"{number:,}".replace(",", space)


def number(value: int, *, space: str = THIN) -> str:
    """Return a whole number with French thousands: ``138 176``."""
    return (MINUS if value < 0 else "") + _grouped(abs(value), space)


def amount(cents: int, *, decimals: bool | None = None, signed: bool = False, space: str = THIN) -> str:
    """Return cents as ``12 345,67 €``. ``decimals=None`` leaves ``,00`` out; ``signed`` writes + too."""
    whole, part = divmod(abs(cents), 100)
    with_part = part != 0 if decimals is None else decimals
    sign = MINUS if cents < 0 else "+" if signed and cents > 0 else ""
    return f"{sign}{_grouped(whole, space)}{f',{part:02d}' if with_part else ''}{NBSP}€"


def editable_amount(cents: int | None) -> str:
    """Return an amount as it stands in a field, without its euro sign: ``8 000,00``."""
    return "" if cents is None else amount(cents, decimals=True).removesuffix(f"{NBSP}€")


def percent(part: int, whole: int, *, decimals: int = 0, signed: bool = False) -> str:
    """Return ``part / whole`` as ``56,5 %``, rounded half away from zero; a dash when there is no whole."""
    if whole == 0:
        return "–"
    scale = 10**decimals
    scaled = rounded(part * 100 * scale, whole)
    left, right = divmod(abs(scaled), scale)
    sign = MINUS if scaled < 0 else "+" if signed and scaled > 0 else ""
    return f"{sign}{left}{f',{right:0{decimals}d}' if decimals else ''}{NBSP}%"


def rounded(numerator: int, denominator: int) -> int:
    """Return the whole quotient rounded half away from zero, without passing through a float."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    return sign * ((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))


# --- dates ---------------------------------------------------------------------------------------

_DATE: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PACKED: Final = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")


def parse_date(text: str, *, today: date | None = None) -> date:
    """Return the day typed as ``8/12/21``, ``08122021``, ``2021-12-08``, ``1er mars 2021`` or ``+30`` (days).

    Two-digit years are those from 1970 to 2069. Raises Unreadable with what is wrong, in French.
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    now = today or date.today()  # noqa: DTZ011 - the user's own calendar day
    if re.fullmatch(r"[+-]\d{1,4}", typed):
        return now + timedelta(days=int(typed))
    if iso := _ISO.fullmatch(typed):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if match := _DATE.fullmatch(typed) or _PACKED.fullmatch(typed):
        return _day(_year(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d{1,2})(?:er)? ([^\d\W]+)\.? (\d{4})", typed):
        named = [i for i, name in enumerate(MONTHS, 1) if sort_key(name).startswith(sort_key(match[2]))]
        if len(named) == 1 and len(match[2]) >= 3:
            return _day(int(match[3]), named[0], int(match[1]))
    raise Unreadable("Indiquez une date, par exemple 08/12/2021.")


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 70 else 2000)


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Unreadable("Le mois va de 1 à 12.")
    if not 1800 <= year <= 2200:
        raise Unreadable("L’année n’est pas plausible.")
    last = ((date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
    if not 1 <= day <= last:
        raise Unreadable(f"{MONTHS[month - 1].capitalize()} {year} a {last} jours.")
    return date(year, month, day)


def short_date(day: date | None) -> str:
    """Return ``08/12/2021``, or nothing for no date."""
    return "" if day is None else f"{day:%d/%m}/{day.year:04d}"


def long_date(day: date) -> str:
    """Return ``1er mars 2021``."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def full_date(day: date) -> str:
    """Return ``lundi 1er mars 2021``, as a paper says on which day somebody is awaited."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


# --- words ---------------------------------------------------------------------------------------


_TIME: Final = re.compile(r"(\d{1,2}) ?[:h.,] ?(\d{2})?|(\d{1,2})(\d{2})?", re.IGNORECASE)


def parse_time(text: str) -> str:
    """Return ``14:30`` for the time typed as ``14h30``, ``14 h 30``, ``1430``, ``14.30``, ``9h`` or ``9``.

    Raises Unreadable with what is wrong, in French.
    """
    match = _TIME.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    hour, minute = (match[1] or match[3], match[2] or match[4] or "0") if match else ("24", "0")
    if int(hour) > 23 or int(minute) > 59:
        raise Unreadable("Indiquez une heure, par exemple 14h30.")
    return f"{int(hour):02d}:{int(minute):02d}"


def count(number_: int, singular: str, plural: str | None = None) -> str:
    """Return ``1 adhérent``, ``16 adhérents`` (French: 0 and 1 are singular)."""
    word = singular if abs(number_) < 2 else plural or f"{singular}s"
    return f"{number(number_)}{NBSP}{word}"


def listed(items: Sequence[str]) -> str:
    """Return ``a, b et c``."""
    return " et ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def some(items: Sequence[str], *, most: int = 3, whole: int | None = None) -> str:
    """Return ``a, b, c et 4 autres``: at most so many items by name, of ``whole`` when not all are given."""
    more = (len(items) if whole is None else whole) - min(len(items), most)
    return listed([*items[:most], *([count(more, "autre")] if more else [])])
