"""The frozen records of the declaration of officers: the only ones that carry civil status."""

from dataclasses import dataclass
from datetime import date

from vto_desktop.services.figures import AssociationHead
from vto_desktop.services.figures_papers import Gap, Incomplete, Issuer, own_incomplete


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
    issuer: Issuer
    on: date
    changed_on: date | None
    officers: tuple[Officer, ...]
    gaps: tuple[Gap, ...] = ()  # what the association itself lacks

    def incomplete(self) -> tuple[Incomplete, ...]:
        """Return what to fill in before the list can be sent: ours first, then each officer once."""
        persons = {officer.person_id: officer for officer in self.officers if officer.missing}
        theirs = (Incomplete(each.name, "civil_status", row, each.missing) for row, each in persons.items())
        return (*own_incomplete(self.head, self.gaps), *theirs)
