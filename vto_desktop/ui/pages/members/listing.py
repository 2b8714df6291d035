"""What the list of members asks the dossier: ids in order, the rows seen, the sums of what is filtered."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, case, func, null, select
from sqlalchemy.orm import Session

from vto_desktop import french, model
from vto_desktop.model import (
    NATURAL_PERSON,
    College,
    Dues,
    DuesCampaign,
    FiscalYear,
    Kind,
    Member,
    Organisation,
    Person,
    Rank,
)
from vto_desktop.model.search import matches
from vto_desktop.services.dues import State, received_sum, state_expression
from vto_desktop.services.figures import RepresentativeFigure
from vto_desktop.services.list_query import read_ids
from vto_desktop.services.members import belongs_on
from vto_desktop.services.reference import departement_name
from vto_desktop.services.representatives import representatives_on
from vto_desktop.ui.kit.chips import Chip

SHORT_KINDS: Final = {**model.SHORT_KINDS, NATURAL_PERSON: "Pers. physique"}
NO_DUES: Final = "Sans cotisation"
UP_TO_DATE: Final = "À jour"
NOT_UP_TO_DATE: Final = "Pas à jour"
TONES: Final = {
    State.TO_CALL.value: "neutral",
    State.CALLED.value: "info",
    State.PARTIAL.value: "warn",
    State.SETTLED.value: "ok",
    State.LATE.value: "danger",
    State.CANCELLED.value: "neutral",
}


@dataclass(frozen=True)
class Sums:
    """What the footer says of the members listed. Cents."""

    inhabitants: int
    called: int
    received: int

    @property
    def left(self) -> int:
        """Return what is still to be received."""
        return self.called - self.received


@lru_cache(maxsize=8)  # building it takes longer than the database needs for a page of members
def owed(year: int, *, today: date) -> Subquery:
    """Return, by member, the dues of a fiscal year: amount, received, state."""
    received = received_sum()
    return (
        select(
            Dues.id.label("dues_id"),
            Dues.member_id,
            case((Dues.cancelled_on.is_(None), Dues.amount), else_=0).label("amount"),
            case((Dues.cancelled_on.is_(None), received), else_=0).label("received"),
            state_expression(on=today).label("state"),
        )
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(FiscalYear.year == year)
        .subquery()
    )


class Listing:
    """One look at the list: what is filtered by, on which day, for which year's dues."""

    def __init__(self, text: str, chips: Mapping[str, Any], year: int, *, today: date) -> None:
        self.year = year
        self.on: date | None = chips.get("on")
        self._today = today
        self._owed = owed(year, today=today)
        self._conditions: list[ColumnElement[bool]] = [matches(Member.search_key, french.search_key(text))]
        self._state = chips.get("state")
        self._narrow(chips)

    @property
    def day(self) -> date:
        """The day representatives are shown at: the list's own, or the end of the year looked at."""
        return self.on or date(self.year, 12, 31)

    def _narrow(self, chips: Mapping[str, Any]) -> None:
        if self.on is not None:
            self._conditions.append(belongs_on(self.on))
        if (college := chips.get("college")) is not None:
            self._conditions.append(Member.college_id == college)
        if (kind := chips.get("kind")) is not None:
            self._conditions.append(Member.kind_key == kind)
        if (departement := chips.get("departement")) is not None:
            self._conditions.append(Member.departement_key == departement)
        if self._state is not None:
            self._conditions.append(_is_in_state(self._owed.c.state, self._state))

    def _chosen(self, *columns: Any, with_dues: bool = False) -> Select[Any]:
        """Select from members, joined only to what is asked for: the usual orders then read one index."""
        chosen = select(*columns).select_from(Member).where(*self._conditions)
        if with_dues or self._state is not None:
            chosen = chosen.outerjoin(self._owed, self._owed.c.member_id == Member.id)
        return chosen

    def ids(
        self, session: Session, sort_key: str, *, descending: bool, most: int | None = None
    ) -> Sequence[int]:
        """Return the ids of the members listed, in order; nothing known comes last."""
        if sort_key == "state":
            return self._ids_by(session, self._owed.c.state, descending=descending, with_dues=True)
        if sort_key == "college":
            return self._ids_by_college(session, descending=descending)
        if (key := _KEYS.get(sort_key)) is not None:
            return self._ids_by(session, key, descending=descending)
        order = _backwards(_NAME) if sort_key == "name" and descending else _NAME
        return read_ids(session, self._chosen(Member.id).limit(most).order_by(*order))

    def _ids_by(
        self, session: Session, key: Any, *, descending: bool, with_dues: bool = False
    ) -> Sequence[int]:
        """Read what is known in the order of its index, then what is not: nothing is left to be sorted."""
        chosen = self._chosen(Member.id, with_dues=with_dues)
        order = (key, *_NAME)
        known = chosen.where(key.is_not(None)).order_by(*(_backwards(order) if descending else order))
        ids = array("q", read_ids(session, known))
        ids.extend(read_ids(session, chosen.where(key.is_(None)).order_by(*_NAME)))
        return ids

    def _ids_by_college(self, session: Session, *, descending: bool) -> Sequence[int]:
        """Read the members of each college, one college after the other."""
        ids = array("q")
        order = (College.position, College.id)
        for college in session.scalars(
            select(College.id).order_by(*(_backwards(order) if descending else order))
        ):
            ids.extend(
                read_ids(
                    session, self._chosen(Member.id).where(Member.college_id == college).order_by(*_NAME)
                )
            )
        return ids

    def rows(self, session: Session, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return what the columns show of some members, in the order of ``ids``."""
        found = {row[0]: row[1:] for row in session.execute(_shown(self._owed), {"ids": list(ids)})}
        sent = representatives_on(session, self.day, member_ids=ids)
        return [_row(found[row_id], sent.get(row_id, ())) for row_id in ids]

    def sums(self, session: Session) -> Sums:
        """Return inhabitants and dues of the members listed."""
        inhabitants = session.scalar(self._chosen(func.sum(Member.population_key)))
        called, received = session.execute(
            self._chosen(
                func.sum(case((_is_called(self._owed), self._owed.c.amount), else_=null())),
                func.sum(self._owed.c.received),
                with_dues=True,
            )
        ).one()
        return Sums(int(inhabitants or 0), int(called or 0), int(received or 0))


@lru_cache(maxsize=8)  # a key in the filter asks for the same look three times: ids, rows, sums
def look(text: str, chips: tuple[tuple[str, Any], ...], year: int, today: date) -> Listing:
    """Return a look at the list."""
    return Listing(text, dict(chips), year, today=today)


_NAME: Final = (Member.sort_key, Member.id)
_KEYS: Final = {
    "kind": Member.kind_key,
    "departement": Member.departement_key,
    "population": Member.population_key,
    "joined_on": Member.joined_on,
}


def _backwards(order: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(column.desc() for column in order)


@lru_cache(maxsize=8)
def _shown(owed_by: Subquery) -> Select[Any]:
    """Return what the columns show of the members bound as ``ids``."""
    columns: tuple[Any, ...] = (
        Member.id, Organisation.name, Person.first_name, Person.last_name, Organisation.kind,
        Member.departement_key, Member.population_key, College.name, Member.joined_on, Member.left_on,
        owed_by.c.state,
    )  # fmt: skip
    return (
        select(*columns)
        .join(College, Member.college_id == College.id)
        .outerjoin(Organisation, Member.organisation_id == Organisation.id)
        .outerjoin(Person, Member.person_id == Person.id)
        .outerjoin(owed_by, owed_by.c.member_id == Member.id)
        .where(Member.id.in_(bindparam("ids", expanding=True)))
    )


def _is_in_state(state: ColumnElement[str | None], wanted: str) -> ColumnElement[bool]:
    """Return « the dues stand there »; up to date is called and settled, as on the dashboard."""
    if wanted == NO_DUES:
        return state.is_(None)
    if wanted == NOT_UP_TO_DATE:
        return func.coalesce(state, NO_DUES) != State.SETTLED.value
    return state == (State.SETTLED.value if wanted == UP_TO_DATE else wanted)


def _is_called(dues: Subquery) -> ColumnElement[bool]:
    return dues.c.state != State.TO_CALL.value


def _row(values: Any, sent: tuple[RepresentativeFigure, ...]) -> tuple[Any, ...]:
    name, first, last, kind, code, population, college, joined_on, left_on, state = values
    is_person = name is None
    return (
        f"{first} {last}".strip() if is_person else name,
        SHORT_KINDS.get(kind or NATURAL_PERSON, kind),
        code or None,
        population,
        _first_of(sent),
        state_chip(state),
        college,
        joined_on,
        left_on,
    )


def state_chip(state: str | None) -> Chip | None:
    """Return the chip of a state of dues, or nothing without dues."""
    return Chip(state, TONES.get(state, "neutral")) if state else None


def _first_of(sent: tuple[RepresentativeFigure, ...]) -> tuple[str, str] | None:
    """Return the first representative and, in grey, who else there is: « et/ou », « +1 suppl. »."""
    if not sent:
        return None
    others = sent[1:]
    and_or = [each for each in others if each.rank == Rank.AND_OR]
    substitutes = [each for each in others if each.rank == Rank.SUBSTITUTE]
    more = len(others) - len(and_or) - len(substitutes)
    notes = (
        "et/ou" if len(and_or) == 1 else f"et/ou +{len(and_or)}" if and_or else "",
        f"+{len(substitutes)} suppl." if substitutes else "",
        f"+{more}" if more else "",
    )
    return sent[0].name, " ".join(filter(None, notes))


# --- what the chips offer ------------------------------------------------------------------------


def colleges(session: Session) -> list[tuple[Any, str]]:
    """Return the colleges in their order."""
    rows = session.execute(select(College.id, College.name).order_by(College.position, College.id))
    return [(row_id, name) for row_id, name in rows]


def kinds(session: Session) -> list[tuple[Any, str]]:
    """Return the kinds that members are of."""
    used = set(session.scalars(select(Member.kind_key).distinct()))
    known = [each for each in (*(kind.value for kind in Kind), NATURAL_PERSON) if each in used]
    return [(each, each) for each in known]


def departements(session: Session) -> list[tuple[Any, str]]:
    """Return the départements that members are in."""
    codes = sorted(code for code in session.scalars(select(Member.departement_key).distinct()) if code)
    return [(code, " ".join(filter(None, (code, departement_name(code))))) for code in codes]


def states() -> list[tuple[Any, str]]:
    """Return what dues can be filtered by: up to date or not, then their states, most wanted first."""
    order = (State.SETTLED, State.LATE, State.PARTIAL, State.CALLED, State.TO_CALL, State.CANCELLED)
    offered = (UP_TO_DATE, NOT_UP_TO_DATE, *(each.value for each in order), NO_DUES)
    return [(each, each) for each in offered]
