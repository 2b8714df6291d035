"""Numbers that have a check: SIREN, SIRET, RNA. A wrong one is a warning, never a refusal to save."""

import re
from typing import Final

from stdnum import luhn

LA_POSTE: Final = (
    "356000000"  # its establishments break the Luhn check: their figures add up to a multiple of 5
)


def bare(text: str) -> str:
    """Return a number without its spaces and punctuation."""
    return re.sub(r"[\s\u00a0\u202f.\-]+", "", text)


def siren_warning(text: str) -> str:
    """Return what looks wrong in a SIREN, or nothing (also for no SIREN)."""
    number = bare(text)
    if not number or (len(number) == 9 and number.isascii() and number.isdigit() and luhn.is_valid(number)):
        return ""
    return "Un SIREN compte 9 chiffres, dont le dernier contrôle les autres : vérifiez celui-ci."


def siret_warning(text: str) -> str:
    """Return what looks wrong in a SIRET, or nothing (also for no SIRET)."""
    number = bare(text)
    if not number:
        return ""
    if len(number) == 14 and number.isascii() and number.isdigit():
        if set(number) == {"0"}:
            return "Ce SIRET est provisoire : remplacez-le par le vrai."
        if luhn.is_valid(number) and luhn.is_valid(number[:9]):
            return ""
        if number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0:
            return ""
    return "Un SIRET compte 14 chiffres, dont le dernier contrôle les autres : vérifiez celui-ci."


def rna_warning(text: str) -> str:
    """Return what looks wrong in an RNA number (W and 9 characters), or nothing (also for no number)."""
    number = bare(text).upper()
    if not number:
        return ""
    if re.fullmatch(r"W0{9}", number):
        return "Ce numéro RNA est provisoire : remplacez-le par le vrai."
    if re.fullmatch(r"W[0-9A-Z]{9}", number):
        return ""
    return "Un numéro RNA est un W suivi de 9 caractères, par exemple W341234567."
