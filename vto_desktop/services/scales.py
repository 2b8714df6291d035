"""What a scale of dues makes a member owe, and the same computation in words."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from vto_desktop import french
from vto_desktop.model import DuesScale

RATES_PER_CENT: Final = 100  # a rate is in ten-thousandths of a euro
WHOLE_YEAR: Final = 12


def computed_dues(
    scale: DuesScale, population: int | None, *, months: int = WHOLE_YEAR, of: int = WHOLE_YEAR
) -> int | None:
    """Return what a scale makes a member owe, in cents, rounded to the cent half away from zero.

    ``months`` of the ``of`` months of the fiscal year are owed. None when the scale counts inhabitants and
    their number is not known.
    """
    whole = _whole_year(scale, population)
    return None if whole is None else french.rounded(whole * months, of)


def _whole_year(scale: DuesScale, population: int | None) -> int | None:
    amount = _unbounded(scale, population)
    if amount is None:
        return None
    if scale.minimum is not None:
        amount = max(amount, scale.minimum)
    return amount if scale.maximum is None else min(amount, scale.maximum)


def _unbounded(scale: DuesScale, population: int | None) -> int | None:
    if scale.rate and population is None:
        return None
    return (scale.flat or 0) + french.rounded((scale.rate or 0) * (population or 0), RATES_PER_CENT)


def computation_in_words(
    scale: DuesScale, *, population: int | None, months: int = WHOLE_YEAR, of: int = WHOLE_YEAR
) -> str:
    """Return how ``computed_dues`` comes to its amount, or nothing when it cannot.

    « 138 176 hab. × 0,04 € = 5 527,04 € », « forfait de 600 € », « … = 20 924,36 €, ramené au maximum de
    20 000 € », « …, 7 mois sur 12 : 3 224,11 € ».
    """
    unbounded, whole = _unbounded(scale, population), _whole_year(scale, population)
    if unbounded is None or whole is None:
        return ""
    said = _sum_in_words(scale, population, unbounded)
    if whole > unbounded:
        said += f", porté au minimum de {french.amount(whole)}"
    elif whole < unbounded:
        said += f", ramené au maximum de {french.amount(whole)}"
    if months != of:
        owed = french.amount(french.rounded(whole * months, of))
        said += f", {french.number(months)} mois sur {french.number(of)}{french.NBSP}: {owed}"
    return said


def _sum_in_words(scale: DuesScale, population: int | None, unbounded: int) -> str:
    flat = f"forfait de {french.amount(scale.flat or 0)}"
    if not scale.rate:
        return flat
    people = f"{french.number(population or 0)}{french.NBSP}hab. × {written_rate(scale.rate)}"
    said = f"{flat} + {people}" if scale.flat else people
    return f"{said} = {french.amount(unbounded)}"


def written_rate(rate: int) -> str:
    """Return « 0,04 € » for 400 ten-thousandths of a euro, with two to four decimals."""
    whole, part = divmod(rate, 10_000)
    decimals = f"{part:04d}".rstrip("0").ljust(2, "0")
    return f"{french.number(whole)},{decimals}{french.NBSP}€"


def scale_for(scales: Iterable[DuesScale], kind: str) -> DuesScale | None:
    """Return the scale of one kind of member, or None."""
    return next((scale for scale in scales if scale.kind == kind), None)


def months_owed(joined_on: date | None, *, starts_on: date, ends_on: date) -> tuple[int, int]:
    """Return the months of a fiscal year from the one a member joins in to the last, and all its months."""
    months = _month(ends_on) - _month(starts_on) + 1
    if joined_on is None or joined_on <= starts_on:
        return months, months
    return max(_month(ends_on) - _month(joined_on) + 1, 0), months


def _month(day: date) -> int:
    return day.year * 12 + day.month
