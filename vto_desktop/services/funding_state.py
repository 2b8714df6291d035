"""What conventions brought and still have to bring, and where they stand, as of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop.model import (
    Amendment,
    Convention,
    ConventionShare,
    FiscalYear,
    Instalment,
    Organisation,
    Receipt,
)
from vto_desktop.services.days import last_day, months_after
from vto_desktop.services.figures import ConventionFigure
from vto_desktop.services.sources import tree


class Status(StrEnum):
    """Where a convention stands; the value is the label that users read."""

    PREPARING = "En préparation"
    ASKED = "Déposée"
    REFUSED = "Refusée"
    NOTIFIED = "Notifiée"
    SIGNED = "Signée"
    RUNNING = "En cours"
    TO_JUSTIFY = "À justifier"
    SETTLED = "Soldée"


class Dated(Protocol):
    """The dates that a status follows from: a convention, or a row of its columns."""

    asked_on: date | None
    refused_on: date | None
    notified_on: date | None
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    settled_on: date | None


def status(row: Dated, *, on: date, ends_on: date | None = None) -> Status:
    """Return the status of a convention on a day; a day to come has not happened yet.

    ``ends_on`` is the end that amendments set (``amended_ends``), when one does.
    """
    last = ends_on or row.ends_on

    def happened(day: date | None) -> bool:
        return day is not None and day <= on

    if happened(row.settled_on):
        return Status.SETTLED
    if happened(row.refused_on):
        return Status.REFUSED
    if happened(row.signed_on) or happened(row.notified_on):
        if last is not None and last < on:
            return Status.TO_JUSTIFY
        if happened(row.starts_on):
            return Status.RUNNING
        return Status.SIGNED if happened(row.signed_on) else Status.NOTIFIED
    return Status.ASKED if happened(row.asked_on) else Status.PREPARING


def report_due_on(year_ends_on: date, months: int) -> date:
    """Return the last day to send a report due some months after a fiscal year (arrêté du 11 octobre 2006).

    Six months after 31 December is 30 June: the last day of the month, not « the 31st ».
    """
    due_on = months_after(year_ends_on, months)
    is_month_end = year_ends_on.day == last_day(year_ends_on.year, year_ends_on.month)
    return due_on.replace(day=last_day(due_on.year, due_on.month)) if is_month_end else due_on


def amended_ends(session: Session, *, on: date) -> dict[int, date]:
    """Return, by convention, the end set by the latest of its amendments signed by a day."""
    chosen = (
        select(Amendment.convention_id, Amendment.new_ends_on)
        .where(Amendment.signed_on <= on, Amendment.new_ends_on.is_not(None))
        .order_by(Amendment.signed_on, Amendment.number, Amendment.id)
    )
    return {row_id: day for row_id, day in session.execute(chosen) if day is not None}


# --- instalments ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InstalmentFigure:
    """An instalment and what was received of it, as of a day. Cents."""

    instalment_id: int
    convention_id: int
    label: str
    due_on: date | None
    amount: int
    received: int
    is_late: bool

    @property
    def left(self) -> int:
        """Return what is still to be received of it."""
        return max(self.amount - self.received, 0)

    @property
    def state(self) -> str:
        """Return « Réglée », « En retard », « Partielle » or « À venir »."""
        if self.left == 0:
            return "Réglée"
        if self.is_late:
            return "En retard"
        return "Partielle" if self.received else "À venir"


def instalment_figures(
    session: Session, *, on: date, convention_ids: Sequence[int] | None = None
) -> list[InstalmentFigure]:
    """Return the instalments, in the order of each convention, as they stand on a day."""
    received = received_by_instalment(session, on=on)
    chosen = select(
        Instalment.id, Instalment.convention_id, Instalment.label, Instalment.due_on, Instalment.amount
    ).order_by(Instalment.convention_id, Instalment.position, Instalment.id)
    if convention_ids is not None:
        chosen = chosen.where(Instalment.convention_id.in_(convention_ids))
    found = []
    for row_id, convention_id, label, due_on, amount in session.execute(chosen):
        got = received.get(row_id, 0)
        is_late = due_on is not None and due_on < on and got < amount
        found.append(InstalmentFigure(row_id, convention_id, label, due_on, amount, got, is_late))
    return found


def received_by_instalment(session: Session, *, on: date) -> dict[int, int]:
    """Return what was received of each instalment up to a day, that day included. Cents."""
    statement = (
        select(Receipt.instalment_id, func.sum(Receipt.amount))
        .where(Receipt.instalment_id.is_not(None), Receipt.received_on <= on)
        .group_by(Receipt.instalment_id)
    )
    return {row_id: amount for row_id, amount in session.execute(statement) if row_id is not None}


# --- conventions ---------------------------------------------------------------------------------

EXPECTING: Final = frozenset({Status.NOTIFIED, Status.SIGNED, Status.RUNNING, Status.TO_JUSTIFY})
"""Where money is still to come: granted, not refused, not only asked for, not settled."""


def still_to_come(
    status: str, awarded: int | None, instalments: Sequence[InstalmentFigure]
) -> tuple[int, int]:
    """Return what a convention still has to bring, and how much of it is late. Cents.

    That is what it grants (or its instalments, if they are more) less what was received: instalments that do
    not add up to the grant hide nothing, and too much received on one of them is not due on another.
    """
    if status not in EXPECTING:
        return 0, 0
    expected = max(awarded or 0, sum(each.amount for each in instalments))
    due = max(expected - sum(each.received for each in instalments), 0)
    return due, min(sum(each.left for each in instalments if each.is_late), due)


def awarded_amounts(session: Session, *, on: date) -> dict[int, int]:
    """Return what each convention grants, its amendments signed by that day included. Cents."""
    found = {
        row_id: amount or 0
        for row_id, amount in session.execute(select(Convention.id, Convention.awarded_amount))
    }
    changes = (
        select(Amendment.convention_id, func.sum(Amendment.amount_change))
        .where(Amendment.signed_on <= on)
        .group_by(Amendment.convention_id)
    )
    for row_id, amount in session.execute(changes):
        found[row_id] += amount
    return found


def convention_figures(
    session: Session, *, on: date, year: FiscalYear | None = None
) -> tuple[ConventionFigure, ...]:
    """Return the conventions as of a day; with a fiscal year, those it concerns.

    A year concerns the conventions that grant it a share, were received in it, or run during it.
    """
    shares = _shares_of(session, year) if year else {}
    in_year = _received_in(session, year) if year else {}
    awarded = awarded_amounts(session, on=on)
    ends = amended_ends(session, on=on)
    instalments: dict[int, list[InstalmentFigure]] = {}
    for each in instalment_figures(session, on=on):
        instalments.setdefault(each.convention_id, []).append(each)
    paths: Mapping[int | None, tuple[str, ...]] = {node.source_id: node.path for node in tree(session)}
    chosen = (
        select(Convention, Organisation.name)
        .join(Organisation, Convention.funder_id == Organisation.id)
        .order_by(Convention.sort_key, Convention.id)
    )
    found = []
    for row, funder in session.execute(chosen):
        if year and row.id not in shares and row.id not in in_year and not _runs_in(row, ends, year):
            continue
        held = instalments.get(row.id, [])
        stands = status(row, on=on, ends_on=ends.get(row.id))
        due, late = still_to_come(stands, awarded[row.id], held)
        found.append(
            ConventionFigure(
                convention_id=row.id,
                title=row.title,
                funder=funder,
                source_path=paths.get(row.funding_source_id, ()),
                status=stands.value,
                awarded=awarded[row.id],
                share_of_year=shares.get(row.id, 0),
                received=sum(each.received for each in held),
                received_in_year=in_year.get(row.id, 0),
                due=due,
                late=late,
            )
        )
    return tuple(found)


_OPEN: Final = date.max


def _runs_in(row: Convention, ends: Mapping[int, date], year: FiscalYear) -> bool:
    starts = row.starts_on or row.signed_on or row.notified_on
    if starts is None or row.refused_on is not None:
        return False
    last = ends.get(row.id) or row.ends_on or row.settled_on or _OPEN
    return starts <= year.ends_on and last >= year.starts_on


def _shares_of(session: Session, year: FiscalYear) -> dict[int, int]:
    columns = ConventionShare.convention_id, ConventionShare.amount
    return dict(session.execute(select(*columns).where(ConventionShare.year == year.year)).all())


def _received_in(session: Session, year: FiscalYear) -> dict[int, int]:
    statement = (
        select(Instalment.convention_id, func.sum(Receipt.amount))
        .join(Instalment, Receipt.instalment_id == Instalment.id)
        .where(Receipt.received_on.between(year.starts_on, year.ends_on))
        .group_by(Instalment.convention_id)
    )
    return dict(session.execute(statement).all())
