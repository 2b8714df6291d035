"""The frozen records of the papers sent to members: calls, reminders, certificates, receipts. Cents."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, Protocol, TypeVar

from vto_desktop import french
from vto_desktop.services.figures import AssociationHead


@dataclass(frozen=True, slots=True)
class Gap:
    """What a paper should carry and does not: its words (« le SIRET »), and the row where it is filled in."""

    what: str
    table: str
    row_id: int


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A row that papers cannot do without, and all that it lacks."""

    whose: str
    table: str
    row_id: int
    what: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return « Il manque, pour Alès Agglomération : adresse, SIRET. »."""
        return f"Il manque, pour {self.whose}{french.NBSP}: {', '.join(self.what)}."


@dataclass(frozen=True, slots=True)
class Issuer:
    """What the association's letters carry beside the letterhead; empty texts are missing."""

    seat: str  # the whole address on one line
    city: str
    siret: str
    rna: str
    iban: str  # in groups of four
    bic: str
    vat_sentence: str
    signatory: str
    is_woman: bool
    office: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who a paper is for: a member, or a funder whose money is acknowledged."""

    name: str
    civility: str  # of a natural person
    noun: str  # what it is in a sentence: « collectivité », « association »
    address: tuple[str, ...]  # below the name, as on an envelope; empty when unknown
    siret: str
    chorus_service: str
    is_public: bool  # paid by a public accountant
    is_person: bool
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """The call for one member's dues."""

    dues_id: int
    addressee: Addressee
    year: int
    number: str
    commitment_number: str
    called_on: date | None
    due_on: date | None
    basis: str  # the computation in words
    computed: int | None
    amount: int
    reason: str  # when the amount is not the computed one
    decided: str  # « en conseil d’administration le 2 décembre 2020 »
    gaps: tuple[Gap, ...] = ()

    @property
    def file_name(self) -> str:
        """Return the name of its file, without suffix."""
        return " ".join(filter(None, ("Appel", self.number, self.addressee.name)))


@dataclass(frozen=True, slots=True)
class Paid:
    """A part of some dues received before a paper was written."""

    received_on: date
    amount: int
    means: str
    reference: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder sent before: its level, its day, what was left to pay then."""

    level: int
    sent_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """The reminder of one member's late dues; its tone follows its level, from 1 to 3."""

    dues_id: int
    addressee: Addressee
    year: int
    number: str
    commitment_number: str
    level: int
    sent_on: date
    called_on: date | None
    due_on: date | None
    amount: int
    paid: tuple[Paid, ...]
    earlier: tuple[Sent, ...]
    is_sent: bool = False  # on record already: printed again as it was
    gaps: tuple[Gap, ...] = ()

    @property
    def left(self) -> int:
        """Return what is left to pay."""
        return self.amount - sum(each.amount for each in self.paid)

    @property
    def file_name(self) -> str:
        """Return the name of its file, without suffix."""
        return " ".join(filter(None, (f"Relance {self.level}", self.number, self.addressee.name)))


@dataclass(frozen=True, slots=True)
class CertifiedDues:
    """What a certificate says of the year's dues."""

    number: str
    amount: int
    received: int
    last_on: date | None  # the day of the last receipt
    is_called: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """What certifies that someone is a member in a fiscal year."""

    member_id: int
    addressee: Addressee
    joined_on: date | None
    left_on: date | None
    dues: tuple[CertifiedDues, ...]
    year: int
    gaps: tuple[Gap, ...] = ()

    @property
    def file_name(self) -> str:
        """Return the name of its file, without suffix."""
        return f"Attestation {self.year} {self.addressee.name}"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a payment settles: « Cotisation 2021, appel n° 2021-003 », and what is left of it then."""

    what: str
    amount: int
    left: int


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment acknowledged by one paper, however many dues it settles."""

    receipt_id: int  # the first of them
    addressee: Addressee
    number: str
    received_on: date
    means: str
    reference: str
    settled: tuple[Settled, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def amount(self) -> int:
        """Return what was received."""
        return sum(each.amount for each in self.settled)

    @property
    def file_name(self) -> str:
        """Return the name of its file, without suffix."""
        return f"Reçu {self.number} {self.addressee.name}"


def own_incomplete(head: AssociationHead, gaps: Iterable[Gap]) -> tuple[Incomplete, ...]:
    """Return what the association itself lacks for a paper, in one row."""
    own = tuple(gap.what for gap in gaps)
    return (Incomplete(head.name, "association", 1, own),) if own else ()


class OneLetter(Protocol):
    """What every letter has, whatever it says."""

    @property
    def addressee(self) -> Addressee:
        """Return who it is for."""

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return what it lacks."""

    @property
    def file_name(self) -> str:
        """Return the name of its file, without suffix."""


Letter = TypeVar("Letter", bound=OneLetter)


@dataclass(frozen=True, slots=True)
class Letters(Generic[Letter]):
    """Papers of one kind, one for each addressee, and what the association itself lacks for them."""

    head: AssociationHead
    issuer: Issuer
    year: int
    on: date
    letters: tuple[Letter, ...]
    gaps: tuple[Gap, ...] = ()

    def only(self, addressee: Addressee) -> "Letters[Letter]":
        """Return the letters to one addressee."""
        wanted = (addressee.member_id, addressee.name)
        kept = (one for one in self.letters if (one.addressee.member_id, one.addressee.name) == wanted)
        return replace(self, letters=tuple(kept))

    def incomplete(self) -> tuple["Incomplete", ...]:
        """Return the rows to fill in before these papers are valid, ours first, each with all it lacks."""
        if not self.letters:
            return ()
        found: dict[tuple[str, int], tuple[str, list[str]]] = {}
        own = [(gap, self.head.name) for gap in self.gaps]
        theirs = [(gap, self._written_to(letter)) for letter in self.letters for gap in letter.gaps]
        for gap, whose in (*own, *theirs):
            found.setdefault((gap.table, gap.row_id), (self._whose(gap, whose), []))[1].append(gap.what)
        return tuple(
            Incomplete(name, *row, tuple(dict.fromkeys(what))) for row, (name, what) in found.items()
        )

    def _written_to(self, letter: Letter) -> str:
        """Return whose address a letter is sent to."""
        return letter.addressee.name

    def _whose(self, gap: Gap, whose: str) -> str:
        """Return whose row it is that lacks something."""
        return f"la campagne {self.year}" if gap.table == "dues_campaign" else whose


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One receipt of a slip."""

    received_on: date
    payer: str
    what: str
    means: str
    reference: str
    amount: int


@dataclass(frozen=True, slots=True)
class Slip:
    """The receipts of a period, or of one slip handed in at the bank."""

    head: AssociationHead
    since: date
    until: date
    slip: str  # empty: every receipt of the period
    rows: tuple[SlipRow, ...]

    @property
    def total(self) -> int:
        """Return what was received."""
        return sum(row.amount for row in self.rows)

    @property
    def by_means(self) -> tuple[tuple[str, int, int], ...]:
        """Return each means with its number of receipts and its total, the largest first."""
        found: dict[str, list[int]] = {}
        for row in self.rows:
            found.setdefault(row.means, []).append(row.amount)
        sums = [(means, len(amounts), sum(amounts)) for means, amounts in found.items()]
        return tuple(sorted(sums, key=lambda each: (-each[2], each[0])))
