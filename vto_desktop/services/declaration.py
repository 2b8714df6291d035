"""Changes of officers and their declaration to the prefecture: what changed, and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid
from vto_desktop.model import Body, BodyKind, Mandate, Office
from vto_desktop.services.days import months_after
from vto_desktop.services.rows import TEXT_LIMIT, get_row

MONTHS_TO_DECLARE: Final = 3  # loi du 1er juillet 1901, art. 5; cerfa 13971


@dataclass(frozen=True, slots=True)
class Change:
    """Officers who came and who left on one day; those whose declaration is not recorded stand apart."""

    changed_on: date
    arrivals: tuple[int, ...]  # ids of mandates
    departures: tuple[int, ...]
    undeclared: tuple[int, ...]
    recorded: tuple[int, ...]  # those that carry the declaration
    declared_on: date | None
    number: str

    @property
    def mandate_id(self) -> int:
        """Return one mandate that leads to the change."""
        return (self.undeclared or self.arrivals or self.departures)[0]

    @property
    def to_record(self) -> tuple[int, ...]:
        """Return the mandates that a declaration is recorded on, or corrected on once it is."""
        return self.undeclared or self.recorded or self.arrivals or self.departures

    @property
    def count(self) -> int:
        """Return how many mandates wait for their declaration."""
        return len(self.undeclared)

    @property
    def declare_before(self) -> date:
        """Return the last day to declare it."""
        return declare_before(self.changed_on)


def declare_before(changed_on: date) -> date:
    """Return the last day to declare a change of officers: three months after it."""
    return months_after(changed_on, MONTHS_TO_DECLARE)


def changes(session: Session, *, on: date) -> list[Change]:
    """Return the changes of officers up to a day, oldest first.

    Somebody elected again to the same office is no change. A declaration lists all the officers, so one that
    was made since covers those who left before; what came before it is recorded mandate by mandate.
    """
    held = _of_the_bureau(session)
    again = {(m.office_id, m.person_id, m.starts_on) for m in held} & {
        (m.office_id, m.person_id, m.ends_on) for m in held
    }
    arrivals: dict[date, list[Mandate]] = {}
    departures: dict[date, list[Mandate]] = {}
    for row in held:
        for day, by_day in ((row.starts_on, arrivals), (row.ends_on, departures)):
            if day is not None and day <= on and (row.office_id, row.person_id, day) not in again:
                by_day.setdefault(day, []).append(row)
    days = sorted(arrivals.keys() | departures.keys())
    declared = [d for m in held for d in (m.declared_on, m.end_declared_on) if d is not None]
    last_declared = max(declared, default=date.min)
    return [
        _change(
            day,
            arrivals.get(day, []),
            departures.get(day, []),
            on=on,
            is_covered=last_declared >= day or (day != days[-1] and declare_before(day) < on),
        )
        for day in days
    ]


def _change(
    day: date, came: Sequence[Mandate], left: Sequence[Mandate], *, on: date, is_covered: bool
) -> Change:
    """Return one change; ``is_covered`` tells that those who left need no declaration of their own."""
    waiting = [m.id for m in came if m.declared_on is None and (m.ends_on is None or m.ends_on > on)]
    if not is_covered:
        waiting += [m.id for m in left]
    recorded = [(m.declared_on, m.id, m.declaration_number) for m in came if m.declared_on is not None]
    recorded += [
        (m.end_declared_on, m.id, m.end_declaration_number) for m in left if m.end_declared_on is not None
    ]
    first = None if waiting else min(recorded, default=None)
    return Change(
        changed_on=day,
        arrivals=tuple(m.id for m in came),
        departures=tuple(m.id for m in left),
        undeclared=tuple(waiting),
        recorded=tuple(row_id for _on, row_id, _number in recorded),
        declared_on=first[0] if first is not None else None,
        number=first[2] if first is not None else "",
    )


def _of_the_bureau(session: Session) -> list[Mandate]:
    """Return every mandate of the bureau that lasted at least a day, oldest first."""
    chosen = (
        select(Mandate)
        .join(Office, Mandate.office_id == Office.id)
        .join(Body, Office.body_id == Body.id)
        .where(Body.kind == BodyKind.BUREAU.value)
        .order_by(Mandate.starts_on, Mandate.id)
    )
    return [m for m in session.scalars(chosen) if m.starts_on is None or m.starts_on != m.ends_on]


def undeclared(session: Session, *, on: date) -> list[Change]:
    """Return the changes of officers up to a day that wait for a declaration, oldest first."""
    return [each for each in changes(session, on=on) if each.undeclared]


def declare(
    session: Session, mandate_ids: Iterable[int], *, changed_on: date, on: date, number: str = ""
) -> None:
    """Record that a change was declared to the prefecture, with its receipt's number; raises Invalid.

    Of a mandate that the change ended, it is the end that was declared; of any other, the beginning.
    """
    found: dict[str, str] = {}
    if on < changed_on:
        day = french.short_date(changed_on)
        found["declared_on"] = f"La déclaration doit suivre le changement, le {day}."
    kept = french.clean(number, limit=TEXT_LIMIT + 1)
    if len(kept) > TEXT_LIMIT:
        found["declaration_number"] = f"Ce numéro dépasse {TEXT_LIMIT} caractères."
    if found:
        raise Invalid(found)
    for row_id in mandate_ids:
        row = get_row(session, Mandate, row_id)
        if row.ends_on == changed_on:
            row.end_declared_on, row.end_declaration_number = on, kept
        else:
            row.declared_on, row.declaration_number = on, kept
    session.flush()
