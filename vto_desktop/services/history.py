"""The history of a member, by date: joining, representatives, mandates, dues, mergers, leaving.

It follows from the dates that are kept, not from the journal: what was entered late stands at its own day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Body,
    Dues,
    DuesCampaign,
    FiscalYear,
    Mandate,
    Member,
    Office,
    Person,
    Representative,
)
from vto_desktop.services import mandates
from vto_desktop.services.dues import received_sum, state_expression
from vto_desktop.services.members import member_names
from vto_desktop.services.representatives import rank_words
from vto_desktop.services.rows import get_row
from vto_desktop.services.successions import taken_in


class EventKind(StrEnum):
    """What an event is about; the value is the label that users read."""

    JOINING = "Adhésion"
    LEAVING = "Départ"
    MERGER = "Fusion"
    REPRESENTATIVE = "Représentant"
    MANDATE = "Mandat"
    DUES = "Cotisation"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a member: when (None: not known), what, and the record to open.

    ``member`` names whom it happened to when that is a member since taken in; it is empty for its own.
    """

    on: date | None
    kind: EventKind
    title: str
    detail: str
    table: str
    row_id: int
    member: str = ""
    is_end: bool = False


def history(session: Session, member_id: int, *, today: date) -> list[Event]:
    """Return what happened to a member and to those it took in, the newest first, what has no day last."""
    followed = [member_id, *taken_in(session, member_id)]
    names = member_names(session, followed)
    events: list[Event] = []
    for each in followed:
        of = "" if each == member_id else names.get(each, "")
        events += _membership(session, each, of)
        events += _representatives(session, each, of)
        events += _mandates(session, each, of)
        events += _dues(session, each, of, today)
    return sorted(events, key=_newest_first)


def _newest_first(event: Event) -> tuple[Any, ...]:
    """Order by day, the latest first; of one day what ends stands above what begins."""
    ordinal = event.on.toordinal() if event.on is not None else 0
    return -ordinal, not event.is_end, list(EventKind).index(event.kind), event.title, event.row_id


def _membership(session: Session, member_id: int, of: str) -> Iterator[Event]:
    row = get_row(session, Member, member_id)
    yield Event(
        row.joined_on,
        EventKind.JOINING,
        f"Adhésion au collège «\u00a0{row.college.name}\u00a0»",
        "",
        "member",
        member_id,
        of,
    )
    if row.left_on is None:
        return
    if row.successor is not None:
        title = f"{row.name} rejoint {row.successor.name}"
        yield Event(
            row.left_on, EventKind.MERGER, title, row.leaving_reason, "member", member_id, of, is_end=True
        )
    else:
        yield Event(
            row.left_on, EventKind.LEAVING, "Fin de l’adhésion", row.leaving_reason, "member", member_id, of,
            is_end=True,
        )  # fmt: skip


def _representatives(session: Session, member_id: int, of: str) -> Iterator[Event]:
    chosen = (
        select(Representative, Person)
        .join(Person, Representative.person_id == Person.id)
        .where(Representative.member_id == member_id)
    )
    for row, person in session.execute(chosen):
        rank = rank_words(row.rank, person.civility)
        detail = ", ".join(filter(None, (rank, row.capacity)))
        begins = f"{person.full_name} représente l’adhérent"
        ends = f"{person.full_name} ne représente plus l’adhérent"
        yield from _span(row, EventKind.REPRESENTATIVE, begins, ends, detail, of)


def _mandates(session: Session, member_id: int, of: str) -> Iterator[Event]:
    chosen = (
        select(Mandate, Office, Body.name, Person)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .join(Person, Mandate.person_id == Person.id)
        .where(mandates.concerns(member_id))
    )
    for row, office, body, person in session.execute(chosen):
        label = office.label_for(person)
        label = label[:1].lower() + label[1:]
        begins = f"{person.full_name}\u00a0: {label}, {body}"
        ends = f"{person.full_name}\u00a0: fin de mandat ({label}, {body})"
        yield from _span(row, EventKind.MANDATE, begins, ends, row.capacity, of)


def _span(row: Any, kind: EventKind, begins: str, ends: str, detail: str, of: str) -> Iterator[Event]:
    table = str(row.__tablename__)
    yield Event(row.starts_on, kind, begins, detail, table, row.id, of)
    if row.ends_on is not None:
        yield Event(row.ends_on, kind, ends, "", table, row.id, of, is_end=True)


def _dues(session: Session, member_id: int, of: str, today: date) -> Iterator[Event]:
    received, state = received_sum(), state_expression(on=today)
    day = func.coalesce(Dues.called_on, FiscalYear.starts_on)
    chosen = (
        select(Dues.id, DuesCampaign.name, Dues.amount, received, state, Dues.number, day)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(Dues.member_id == member_id)
    )
    for row_id, campaign, amount, paid, said, number, on in session.execute(chosen):
        title = f"{campaign}\u00a0: {french.amount(amount)}"
        settled = f"{french.amount(paid)} réglés" if 0 < paid < amount else ""
        about = (said, settled, f"n° {number}" if number else "")
        yield Event(on, EventKind.DUES, title, " · ".join(filter(None, about)), "dues", row_id, of)
