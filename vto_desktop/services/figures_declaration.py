"""The frozen records of the declaration of officers: the only ones that carry civil status."""

from dataclasses import dataclass
from datetime import date

from vto_desktop.services.figures import AssociationHead


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer as cerfa 13971 asks; ``missing`` names what is still to be asked, « la profession »."""

    person_id: int
    civility: str
    last_name: str
    first_name: str
    office: str
    profession: str
    nationality: str
    address: str  # the home, on several lines
    missing: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return « Magalie TOUET »."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class OfficersDeclaration:
    """The officers on a day, in printed order, and the last change that made them so."""

    head: AssociationHead
    on: date
    changed_on: date | None
    officers: tuple[Officer, ...]
