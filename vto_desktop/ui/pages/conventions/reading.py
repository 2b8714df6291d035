"""What the page of conventions reads: figures for the list, and everything about one convention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from vto_desktop import french
from vto_desktop.model import Convention, ConventionAgreement, FiscalYear, Receipt, ReportDue
from vto_desktop.services import conventions, funding_state
from vto_desktop.services.figures import ConventionFigure
from vto_desktop.services.funding_state import InstalmentFigure, Status
from vto_desktop.services.sources import tree
from vto_desktop.ui.kit.chips import Chip

ROLES: Final[Mapping[str, str]] = {
    Status.PREPARING: "neutral",
    Status.ASKED: "info",
    Status.REFUSED: "danger",
    Status.NOTIFIED: "info",
    Status.SIGNED: "info",
    Status.RUNNING: "info",
    Status.TO_JUSTIFY: "warn",
    Status.SETTLED: "ok",
}
STATES: Final[Mapping[str, str]] = {
    "Réglée": "ok", "En retard": "danger", "Partielle": "warn", "À venir": "neutral",
}  # fmt: skip
SOON: Final = 30
NEAR: Final = 180
LONG: Final = 100
"""Days late from which « j » says them: they are many enough to be read, and a chip is short."""


def status_chip(status: str) -> Chip:
    """Return a convention's status as a chip."""
    return Chip(status, ROLES.get(status, "neutral"))


def state_chip(state: str) -> Chip:
    """Return an instalment's state as a chip."""
    return Chip(state, STATES.get(state, "neutral"))


def report_chip(due_on: date, sent_on: date | None, *, on: date) -> Chip:
    """Return how many days are left before a report is due, or that it was sent."""
    if sent_on is not None and sent_on <= on:
        return Chip("Envoyé", "ok")
    left = (due_on - on).days
    if left < 0:
        days = french.count(-left, "jour") if left > -LONG else f"{french.number(-left)}\u00a0j"
        return Chip(f"{days} de retard", "danger")
    if left > NEAR:
        return Chip("À venir", "neutral")
    words = "Aujourd’hui" if left == 0 else french.count(left, "jour")
    return Chip(words, "warn" if left <= SOON else "info")


# --- the list ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A convention in the list; ``of_year`` says whether the fiscal year concerns it."""

    figure: ConventionFigure
    of_year: bool
    share: int


def listed(session: Session, *, on: date, year: int) -> list[Listed]:
    """Return every convention as of a day, with its share of a fiscal year."""
    kept = session.scalars(select(FiscalYear).where(FiscalYear.year == year)).first()
    concerned = (
        {each.convention_id: each for each in funding_state.convention_figures(session, on=on, year=kept)}
        if kept
        else {}
    )
    return [
        Listed(
            each,
            each.convention_id in concerned,
            concerned[each.convention_id].share_of_year if each.convention_id in concerned else 0,
        )
        for each in funding_state.convention_figures(session, on=on)
    ]


# --- one convention ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearShare:
    """A yearly share and what receipts, imputed to the years in order, cover of it. Cents."""

    share_id: int
    year: int
    amount: int
    received: int
    chip: Chip | None
    note: str


@dataclass(frozen=True, slots=True)
class ConventionView:
    """Everything the detail shows, as of a day. Cents."""

    row: Convention
    source: str
    status: str
    ends_on: date | None  # its amendments included
    awarded: int | None
    instalments: tuple[InstalmentFigure, ...]
    conditions: Mapping[int, str]
    receipts: tuple[Receipt, ...]
    labels: Mapping[int, str]
    shares: tuple[YearShare, ...]
    on: date

    @property
    def received(self) -> int:
        """Return what was received."""
        return sum(each.received for each in self.instalments)

    @property
    def left(self) -> int:
        """Return what is still to be received."""
        return funding_state.still_to_come(self.status, self.awarded, self.instalments)[0]

    @property
    def late(self) -> int:
        """Return what should have been received already."""
        return funding_state.still_to_come(self.status, self.awarded, self.instalments)[1]


def convention_view(session: Session, convention_id: int, *, on: date) -> ConventionView | None:
    """Return everything about a convention, or None when it is gone."""
    row = session.get(Convention, convention_id, options=_LOADED)
    if row is None:
        return None
    paths = {node.source_id: " › ".join(node.path) for node in tree(session)}
    instalments = tuple(funding_state.instalment_figures(session, on=on, convention_ids=[convention_id]))
    changes = sum(
        each.amount_change for each in row.amendments if each.signed_on is not None and each.signed_on <= on
    )
    received = sum(each.received for each in instalments)
    ends = dict(session.execute(select(FiscalYear.year, FiscalYear.ends_on)).all())
    ends_on = funding_state.amended_ends(session, on=on).get(convention_id, row.ends_on)
    return ConventionView(
        row=row,
        source=paths.get(row.funding_source_id or 0, ""),
        status=funding_state.status(row, on=on, ends_on=ends_on).value,
        ends_on=ends_on,
        awarded=None if row.awarded_amount is None else row.awarded_amount + changes,
        instalments=instalments,
        conditions={each.id: each.condition for each in row.instalments},
        receipts=tuple(conventions.receipts_of(session, convention_id)),
        labels={each.id: each.label for each in row.instalments},
        shares=tuple(_shares(row, received, ends, on)),
        on=on,
    )


_LOADED: Final = (
    selectinload(Convention.funder),
    selectinload(Convention.programme),
    selectinload(Convention.person_in_charge),
    selectinload(Convention.agreements).selectinload(ConventionAgreement.organisation),
    selectinload(Convention.shares),
    selectinload(Convention.instalments),
    selectinload(Convention.amendments),
    selectinload(Convention.reports_due),
)


def _shares(row: Convention, received: int, ends: Mapping[int, date], on: date) -> Sequence[YearShare]:
    left, found = received, []
    reports: dict[int, list[ReportDue]] = {}
    for report in row.reports_due:
        reports.setdefault(report.year, []).append(report)
    for share in sorted(row.shares, key=lambda each: each.year):
        taken = min(left, share.amount)
        left -= taken
        ended = ends.get(share.year, date(share.year, 12, 31)) < on
        chip, note = _justified(reports.get(share.year, []), ended=ended)
        found.append(YearShare(share.id, share.year, share.amount, taken, chip, note))
    return found


def _justified(reports: Sequence[ReportDue], *, ended: bool) -> tuple[Chip | None, str]:
    if not ended:
        return None, "exercice à venir ou en cours"
    if reports and all(each.sent_on is not None for each in reports):
        return Chip("Justifiée", "ok"), ""
    return Chip("À justifier", "warn"), ""
