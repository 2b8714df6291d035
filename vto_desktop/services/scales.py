"""What a scale of dues makes a member owe."""

from collections.abc import Iterable
from typing import Final

from vto_desktop import french
from vto_desktop.model import DuesScale

RATES_PER_CENT: Final = 100  # a rate is in ten-thousandths of a euro


def computed_dues(scale: DuesScale, population: int | None) -> int | None:
    """Return what a scale makes a member owe, in cents, rounded to the cent half away from zero.

    None when the scale counts inhabitants and their number is not known.
    """
    if scale.rate and population is None:
        return None
    amount = (scale.flat or 0) + french.rounded((scale.rate or 0) * (population or 0), RATES_PER_CENT)
    if scale.minimum is not None:
        amount = max(amount, scale.minimum)
    return amount if scale.maximum is None else min(amount, scale.maximum)


def scale_for(scales: Iterable[DuesScale], kind: str) -> DuesScale | None:
    """Return the scale of one kind of member, or None."""
    return next((scale for scale in scales if scale.kind == kind), None)
