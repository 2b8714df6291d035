"""The frozen records of a year's dues: what was called, received and is left, by member. Cents."""

from dataclasses import dataclass
from datetime import date

from vto_desktop.services.figures import AssociationHead


@dataclass(frozen=True, slots=True)
class DuesFigure:
    """What one member's dues stand at on a day.

    ``called`` is nothing before the call and once cancelled; ``due`` is what is left of it, ``overpaid`` what
    was received beyond the amount (of cancelled dues: all of it).
    """

    dues_id: int
    member_id: int
    name: str
    kind: str
    number: str
    state: str  # a State value
    amount: int  # retained, called or not
    called: int
    received: int
    due: int
    overpaid: int
    called_on: date | None
    due_on: date | None
    days_late: int  # 0 unless something is due past its date
    reminder_level: int  # of the last reminder sent; 0: none
    reminded_on: date | None


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Dues called and not settled, by how late they are: « 31 à 60 jours », from 31 days."""

    label: str
    from_days: int  # 0: not due yet
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class YearOfDues:
    """The dues of one fiscal year, to compare years. ``count`` is the number of calls."""

    year: int
    count: int
    called: int
    received: int
    due: int


@dataclass(frozen=True, slots=True)
class DuesSums:
    """What the dues of a fiscal year add up to on a day. Counts are of dues, amounts in cents."""

    count: int = 0
    calls: int = 0  # called and not cancelled
    called: int = 0
    received: int = 0
    due: int = 0
    overpaid: int = 0
    to_call: int = 0  # prepared, not called
    debtors: int = 0  # something is due
    late_count: int = 0
    late: int = 0

    @property
    def collected(self) -> int:
        """Return what was received of what is called, overpayments left out."""
        return self.called - self.due


@dataclass(frozen=True, slots=True)
class Overview:
    """What a page says above its list: sums of a year, the ages of what is due, the years compared."""

    sums: DuesSums
    ageing: tuple[AgeBand, ...]
    years: tuple[YearOfDues, ...]


@dataclass(frozen=True, slots=True)
class DuesSummary:
    """The dues of a fiscal year on a day, member by member and added up."""

    head: AssociationHead
    year: int
    on: date
    members: tuple[DuesFigure, ...]  # as lists are sorted: by name
    ageing: tuple[AgeBand, ...]  # five bands whose amounts add up to due_total
    years: tuple[YearOfDues, ...]  # this one last, after the earlier ones that have dues
    sums: DuesSums
    sentence: str  # « Au 31 décembre 2021, 16 cotisations 2021 sont appelées pour 64 000 € ; … »

    @property
    def called_total(self) -> int:
        """Return what is called."""
        return self.sums.called

    @property
    def received_total(self) -> int:
        """Return what was received, overpayments included."""
        return self.sums.received

    @property
    def due_total(self) -> int:
        """Return what is left to be received of what is called."""
        return self.sums.due
