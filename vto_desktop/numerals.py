"""Whole numbers and amounts of money written out in French words.

Spelled by the classical rule, the one of cheques, deeds and the accounts of public bodies: hyphens below one
hundred only, « et » before « un » and « onze ». The 1990 rectification (deux-cent-vingt-et-un) is allowed
too, but a treasury compares words with words: one spelling, the expected one.
"""

from typing import Final

_SMALL: Final = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_TENS: Final = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
_GREAT: Final = ((1_000_000_000, "milliard"), (1_000_000, "million"))
LIMIT: Final = 10**12


def number_in_words(number: int) -> str:
    """Return a whole number in words: ``deux cent quatre-vingts``. Raises ValueError from 10¹² on."""
    if number < 0:
        return f"moins {number_in_words(-number)}"
    if number >= LIMIT:
        raise ValueError("number out of bounds")
    words = []
    for unit, name in _GREAT:
        many, number = divmod(number, unit)
        if many:  # nouns: « quatre-vingts millions » keeps its s
            words.append(f"{_below_thousand(many)} {name}{'s' if many > 1 else ''}")
    thousands, rest = divmod(number, 1000)
    if thousands:  # « mille » is a numeral: never « un mille », and « quatre-vingt mille » loses its s
        words += [] if thousands == 1 else [_below_thousand(thousands, is_last=False)]
        words.append("mille")
    if rest or not words:
        words.append(_below_thousand(rest))
    return " ".join(words)


def _below_thousand(number: int, *, is_last: bool = True) -> str:
    """Return a number below 1 000; « cent » and « vingt » take their s only when nothing follows them."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest, is_last=is_last)
    many = "" if hundreds == 1 else f"{_SMALL[hundreds]} "
    if rest:
        return f"{many}cent {_below_hundred(rest, is_last=is_last)}"
    return f"{many}cent{'s' if many and is_last else ''}"


def _below_hundred(number: int, *, is_last: bool) -> str:
    if number < 20:
        return _SMALL[number]
    tens, unit = divmod(number, 10)
    if tens in (7, 9):  # soixante-dix, quatre-vingt-onze: counted on from the ten before
        tens, unit = tens - 1, unit + 10
    name = _TENS[tens]
    if unit == 0:
        return f"{name}s" if tens == 8 and is_last else name
    joined = " et " if unit in (1, 11) and tens != 8 else "-"
    return f"{name}{joined}{_SMALL[unit]}"


def amount_in_words(cents: int) -> str:
    """Return an amount as a paper spells it: ``un million d’euros``, ``deux euros et quatre centimes``."""
    euros, part = divmod(abs(cents), 100)
    said = []
    if euros or not part:
        noun = "d’euros" if euros and euros % 1_000_000 == 0 else "euro" if euros < 2 else "euros"
        said.append(f"{number_in_words(euros)} {noun}")
    if part:
        said.append(f"{number_in_words(part)} {'centime' if part == 1 else 'centimes'}")
    return f"{'moins ' if cents < 0 else ''}{' et '.join(said)}"
