"""The frozen records of the papers of a meeting: who is called, what is printed before, during and after."""

from dataclasses import dataclass, field
from datetime import date

from vto_desktop import french
from vto_desktop.model import MeetingKind
from vto_desktop.services.body_words import Words
from vto_desktop.services.figures import AssociationHead, MandateFigure
from vto_desktop.services.figures_meetings import DecisionFigure, Sheet
from vto_desktop.services.figures_papers import Addressee, Gap, Incomplete, Issuer, Letters, own_incomplete


@dataclass(frozen=True, slots=True)
class Officiant:
    """Who chairs a meeting or keeps its minutes."""

    name: str
    is_woman: bool | None  # None: civility unknown


@dataclass(frozen=True, slots=True)
class MeetingFigure:
    """A meeting as its papers say it."""

    meeting_id: int
    words: Words  # of the body that meets
    title: str
    held_on: date
    time: str  # « 14 h 30 »
    kind: str  # a MeetingKind value
    place: str
    link: str
    agenda: tuple[str, ...]
    convened_on: date | None
    is_second_call: bool
    chair: Officiant | None
    secretary: Officiant | None
    max_powers: int | None

    @property
    def is_written(self) -> bool:
        """Return whether nobody meets: each answers in writing."""
        return self.kind == MeetingKind.WRITTEN

    @property
    def is_on_site(self) -> bool:
        """Return whether some come to a place."""
        return self.kind in (MeetingKind.ON_SITE, MeetingKind.MIXED)

    @property
    def is_remote(self) -> bool:
        """Return whether some take part from afar."""
        return self.kind in (MeetingKind.REMOTE, MeetingKind.MIXED)

    @property
    def name(self) -> str:
        """Return « Conseil d’administration du 2 décembre 2020 »."""
        return f"{self.words.name} du {french.long_date(self.held_on)}"

    @property
    def in_words(self) -> str:
        """Return « le conseil d’administration du 2 décembre 2020 »."""
        return f"{self.words.the} du {french.long_date(self.held_on)}"

    @property
    def when(self) -> str:
        """Return « conseil d’administration 02-12-2020 », for the names of files."""
        return f"{self.words.noun} {french.short_date(self.held_on).replace('/', '-')}"


# --- before the meeting --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CalledSeat:
    """A seat that somebody called may take: in whose name, or which office."""

    label: str  # the member; of a seat held in person, the office
    is_member: bool
    capacity: str
    is_substitute: bool
    substitutes: tuple[str, ...] = ()  # of who holds it


@dataclass(frozen=True, slots=True)
class Called:
    """One person called to a meeting, whatever the number of seats."""

    addressee: Addressee
    is_woman: bool | None
    seats: tuple[CalledSeat, ...]
    gives_power: bool  # a power form is for who holds a seat
    file_name: str
    at: str = ""  # the organisation that sends them, where it is written to
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingLetters(Letters[Called]):
    """The letters or the power forms of one meeting."""

    meeting: MeetingFigure = field(kw_only=True)
    vacant: tuple[tuple[str, int], ...] = ()  # members with a seat that nobody represents: nobody is called

    @property
    def when(self) -> str:
        """Return what names the file."""
        return self.meeting.when

    def incomplete(self) -> tuple[Incomplete, ...]:
        """Return what to fill in, and which members nobody represents."""
        vacant = (Incomplete(name, "member", row_id, ("représentant",)) for name, row_id in self.vacant)
        return (*Letters.incomplete(self), *vacant)

    def _written_to(self, letter: Called) -> str:
        return letter.at or letter.addressee.name

    def _whose(self, gap: Gap, whose: str) -> str:
        return self.meeting.in_words if gap.table == "meeting" else whose


@dataclass(frozen=True, slots=True)
class SigningSheet:
    """The seats that sign in at a meeting."""

    head: AssociationHead
    meeting: MeetingFigure
    sheet: Sheet

    @property
    def when(self) -> str:
        """Return what names the file."""
        return self.meeting.when


# --- after the meeting ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a meeting's minutes start from."""

    head: AssociationHead
    meeting: MeetingFigure
    sheet: Sheet
    decisions: tuple[DecisionFigure, ...]
    elected: tuple[MandateFigure, ...]  # the mandates that this meeting opened, by body and office

    @property
    def when(self) -> str:
        """Return what names the file."""
        return self.meeting.when


@dataclass(frozen=True, slots=True)
class Register:
    """All the deliberations numbered in a calendar year."""

    head: AssociationHead
    year: int
    decisions: tuple[DecisionFigure, ...]

    @property
    def when(self) -> str:
        """Return what names the file."""
        return str(self.year)


@dataclass(frozen=True, slots=True)
class Extract:
    """One deliberation certified, for a bank or an administration."""

    head: AssociationHead
    issuer: Issuer
    on: date
    meeting: MeetingFigure
    sheet: Sheet
    decision: DecisionFigure
    gaps: tuple[Gap, ...] = ()

    @property
    def when(self) -> str:
        """Return what names the file."""
        return self.decision.number

    def incomplete(self) -> tuple[Incomplete, ...]:
        """Return what the association itself lacks to certify it."""
        return own_incomplete(self.head, self.gaps)
