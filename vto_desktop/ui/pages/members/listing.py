"""What the list of members asks the dossier: ids in order, the rows seen, the sums of what is filtered."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import NATURAL_PERSON, College, Dues, Kind, Member
from vto_desktop.model.search import is_indexed, matches
from vto_desktop.services.dues import State
from vto_desktop.services.list_query import read_ids
from vto_desktop.services.members import belongs_on
from vto_desktop.services.reference import departement_name
from vto_desktop.services.standing import standing
from vto_desktop.ui.pages.members.owed import owed
from vto_desktop.ui.pages.members.shown import rows_of

NO_DUES: Final = "Sans cotisation"
UP_TO_DATE: Final = "À jour"
NOT_UP_TO_DATE: Final = "Pas à jour"
NEAR: Final = 8_000
"""Names read one by one before an index of words is asked: it takes a millisecond."""


@dataclass(frozen=True)
class Sums:
    """What the footer says of the members listed. Cents."""

    inhabitants: int
    called: int
    received: int
    due: int


class Listing:
    """One look at the list: what is filtered by, on which day, for which year's dues."""

    def __init__(self, text: str, chips: Mapping[str, Any], year: int, *, today: date) -> None:
        self.year = year
        self.on: date | None = chips.get("on")
        self._today = today
        self._owed = owed(year, today=today)
        self._words = french.search_key(text)
        self._conditions: list[ColumnElement[bool]] = []
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
            self._conditions.append(_is_in_state(self._owed.state, self._state))

    def _where(self, *, by_scan: bool = False) -> list[ColumnElement[bool]]:
        if not self._words:
            return self._conditions
        return [matches(Member.search_key, self._words, by_scan=by_scan), *self._conditions]

    def _chosen(self, *columns: Any, with_dues: bool = False, by_scan: bool = False) -> Select[Any]:
        """Select from members, joined only to what is asked for: the usual orders then read one index."""
        chosen = select(*columns).select_from(Member).where(*self._where(by_scan=by_scan))
        if with_dues or self._state is not None:
            chosen = chosen.outerjoin(Dues, self._owed.joined)
        return chosen

    def first_ids(self, session: Session, *, descending: bool, most: int) -> Sequence[int]:
        """Return the first ids in the order of names.

        What many names hold is soon met in that order; an index of words would find all of them, to be
        sorted for these few. So the nearest names are read first, and the index when they are not enough.
        """
        order = _backwards(_NAME) if descending else _NAME
        if is_indexed(self._words):
            edge = select(Member.sort_key).order_by(*order).offset(NEAR).limit(1)
            last = session.connection().execute(edge).scalar() or ""  # none after it: the index is quick
            near = Member.sort_key >= last if descending else Member.sort_key <= last
            chosen = self._chosen(Member.id, by_scan=True).where(near)
            found = read_ids(session, chosen.order_by(*order).limit(most))
            if len(found) == most:
                return found
        return read_ids(session, self._chosen(Member.id).order_by(*order).limit(most))

    def ids(self, session: Session, sort_key: str, *, descending: bool) -> Sequence[int]:
        """Return the ids of the members listed, in order; nothing known comes last."""
        if sort_key == "state":
            return self._ids_by(session, self._owed.state, descending=descending, with_dues=True)
        if sort_key == "college":
            return self._ids_by_college(session, descending=descending)
        if (key := _KEYS.get(sort_key)) is not None:
            return self._ids_by(session, key, descending=descending)
        order = _backwards(_NAME) if sort_key == "name" and descending else _NAME
        return read_ids(session, self._chosen(Member.id).order_by(*order))

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
        return rows_of(session, ids, on=self.day, year=self.year, today=self._today)

    def sums(self, session: Session) -> Sums:
        """Return inhabitants and dues of the members listed."""
        connection = session.connection()
        inhabitants = connection.execute(self._chosen(func.sum(Member.population_key))).scalar()
        at = standing(self._today)  # as « Cotisations » has it: too much from one settles nothing of others
        dues = (
            select(func.sum(at.called), func.sum(at.received), func.sum(at.due))
            .select_from(Dues)
            .join(Member, Dues.member_id == Member.id)
            .outerjoin(at.paid, at.paid.c.dues_id == Dues.id)
            .where(self._owed.of_year, *self._where())
        )
        return Sums(*(int(each or 0) for each in (inhabitants, *connection.execute(dues).one())))


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


def _is_in_state(state: ColumnElement[str], wanted: str) -> ColumnElement[bool]:
    """Return « the dues stand there »; up to date is called and settled, as on the dashboard."""
    if wanted == NO_DUES:
        return state.is_(None)
    if wanted == NOT_UP_TO_DATE:
        return func.coalesce(state, NO_DUES) != State.SETTLED.value
    return state == (State.SETTLED.value if wanted == UP_TO_DATE else wanted)


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
