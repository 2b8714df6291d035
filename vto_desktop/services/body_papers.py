"""What the papers on bodies tell: who sits where on a day, with faces' initials or ways to be reached."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Body, BodyKind
from vto_desktop.services import association, composition, summaries
from vto_desktop.services.composition import body_named
from vto_desktop.services.contacts import Contact, contacts
from vto_desktop.services.figures import AssociationHead, BoardSummary


@dataclass(frozen=True, slots=True)
class BodyPeople:
    """One body on a day: its name, since when it sits so, who sits in it, each person once."""

    body: str
    since: str
    people: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class BodiesSummary:
    """The bodies asked for, as they sit on a day."""

    head: AssociationHead
    on: date
    bodies: tuple[BodyPeople, ...]


def bodies(session: Session, on: date, body: str | None = None) -> BodiesSummary:
    """Return one body by its name, or all those that have offices; raises INSTANCE_INCONNUE."""
    if body:
        chosen = [body_named(session, body)]
    else:
        rows = session.scalars(select(Body).order_by(Body.position, Body.id))
        chosen = [row for row in rows if row.offices]
    found = tuple(
        BodyPeople(
            row.name,
            composition.since(session, row.id, on=on).sentence,
            tuple(contacts(session, row, on=on)),
        )
        for row in chosen
    )
    return BodiesSummary(association.head(session), on, found)


def board(session: Session, on: date, body: str | None = None) -> BoardSummary:
    """Return bureau and council as they sit on a date, or one body by its name; raises INSTANCE_INCONNUE."""
    if not body:
        return summaries.board(session, on)
    row = body_named(session, body)
    since = composition.since(session, row.id, on=on)
    is_council = row.kind == BodyKind.COUNCIL
    return BoardSummary(
        head=association.head(session),
        on=on,
        bureau_since="" if is_council else since.sentence,
        officers=() if is_council else composition.composition(session, row.id, on=on),
        seats=composition.seats(session, row.id, on=on) if is_council else (),
        council_rule=row.notes if is_council else "",
        bureau_since_on=since.day,
        only="" if row.kind == BodyKind.BUREAU else row.name,
        parts=frozenset({"seats" if is_council else "officers"}),
    )
