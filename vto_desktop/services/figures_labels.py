"""The frozen records of address labels: what stands on each, on which sheets, and whose address lacks."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from vto_desktop.services.figures_papers import Incomplete

FORMATS: Final = {
    "3x7": "3 × 7 (63,5 × 38,1 mm)",
    "2x7": "2 × 7 (99,1 × 38,1 mm)",
}
ON_A_SHEET: Final = {"3x7": 21, "2x7": 14}


@dataclass(frozen=True, slots=True)
class AddressLabel:
    """What one label says, from top to bottom; ``place`` is the postcode and city as La Poste reads them."""

    member_id: int
    name: str
    attention: str  # « À l’attention de Mme Clara GIMENEZ », or nothing
    capacity: str
    street: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class LabelSheets:
    """The labels of members, from a position of the first sheet on, and what keeps others from having one."""

    author: str
    on: date
    format: str
    first: int  # position of the first label, from 1, row after row
    labels: tuple[AddressLabel, ...]
    missing: tuple[Incomplete, ...]

    def incomplete(self) -> tuple[Incomplete, ...]:
        """Return whose address is to be filled in before it can have a label."""
        return self.missing
