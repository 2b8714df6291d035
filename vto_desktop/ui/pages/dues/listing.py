"""What the list of dues asks the dossier: ids in order, the rows seen, the sums of what is filtered."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import NATURAL_PERSON, Dues, DuesCampaign, FiscalYear, Kind, Member
from vto_desktop.model.search import matches
from vto_desktop.services.dues import State
from vto_desktop.services.list_query import read_ids
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.reminders import DELAY, LAST
from vto_desktop.services.standing import BANDS, Standing, band, days_late, last_reminder, standing
from vto_desktop.ui.forms.dues_items import OVERPAID, state_chip

ANY_LATE: Final = "late"
TO_SEND: Final = "to send"
Choices = list[tuple[Any, str]]


@dataclass(frozen=True)
class Sums:
    """What the footer says of the dues listed. Cents."""

    called: int
    received: int
    due: int
    overpaid: int


@lru_cache(maxsize=8)  # building it takes longer than the database needs for a page of dues
def _standing(today: date) -> Standing:
    return standing(today)


class Listing:
    """One look at the list: the dues of a year as they stand today, narrowed by a text and by chips."""

    def __init__(self, text: str, chips: Mapping[str, Any], year: int, *, today: date) -> None:
        self._today = today
        self._at = _standing(today)
        self._of_year = select(DuesCampaign.id).join(FiscalYear).where(FiscalYear.year == year)
        self._conditions: list[ColumnElement[bool]] = []
        if key := french.search_key(text):
            found = matches(Member.search_key, key)
            has_figures = any(c.isdigit() for c in text)
            number = Dues.number.contains(text.strip(), autoescape=True)
            self._conditions.append(or_(found, number) if has_figures else found)
        self._needs_money = False
        for name, value in chips.items():
            self._narrow(name, value)

    def _narrow(self, name: str, value: Any) -> None:
        if name == "kind":
            self._conditions.append(Member.kind_key == value)
            return
        self._needs_money = True
        if name == "state":
            is_over = self._at.overpaid > 0
            self._conditions.append(is_over if value == OVERPAID else self._at.state == value)
        elif name == "open":
            self._conditions.append(self._at.due > 0)
        elif name == "late":
            late = and_(self._at.due > 0, Dues.due_on < self._today)
            self._conditions.append(late if value == ANY_LATE else and_(late, band(self._today) == value))
        elif name == "reminder":
            self._conditions.append(self._reminded(value))

    def _reminded(self, value: Any) -> ColumnElement[bool]:
        level, day = last_reminder(self._today)
        if value != TO_SEND:
            reached: ColumnElement[bool] = level == value
            return reached
        since = self._today - timedelta(DELAY)
        is_next = and_(level < LAST, or_(level == 0, day <= since))
        return and_(self._at.due > 0, Dues.due_on < self._today, is_next)

    def _chosen(self, *columns: Any, with_money: bool = False, in_order: bool = False) -> Select[Any]:
        """Select from dues and members, joined to receipts only when they are asked for.

        ``in_order`` is for the first by name: written so that members are read in the order of their index,
        instead of sorting all the dues of the year to show a screen of them.
        """
        campaign = func.coalesce(Dues.campaign_id, 0) if in_order else Dues.campaign_id
        chosen = select(*columns).select_from(Dues).join(Member, Dues.member_id == Member.id)
        if with_money or self._needs_money:
            chosen = chosen.outerjoin(self._at.paid, self._at.paid.c.dues_id == Dues.id)
        return chosen.where(campaign.in_(self._of_year.scalar_subquery()), *self._conditions)

    # --- what is listed --------------------------------------------------------------------------

    def ids(
        self, session: Session, sort_key: str, *, descending: bool, most: int | None = None
    ) -> Sequence[int]:
        """Return the ids of the dues listed, in order; nothing known comes last."""
        if sort_key in ("", "name"):
            order = tuple(c.desc() for c in _NAME) if descending else _NAME
            chosen = self._chosen(Dues.id, in_order=most is not None and not self._needs_money)
            return read_ids(session, chosen.order_by(*order).limit(most))
        key = self._key(sort_key)
        descending ^= sort_key == "late"  # the earlier a date, the more days late
        chosen = self._chosen(Dues.id, with_money=True)
        known = chosen.where(key.is_not(None)).order_by(key.desc() if descending else key, *_NAME)
        ids = array("q", read_ids(session, known))
        ids.extend(read_ids(session, chosen.where(key.is_(None)).order_by(*_NAME)))
        return ids

    def _key(self, sort_key: str) -> ColumnElement[Any]:
        level, _day = last_reminder(self._today)
        keys: dict[str, Any] = {
            "number": func.nullif(Dues.number, ""), "kind": Member.kind_key, "amount": Dues.amount,
            "received": func.nullif(self._at.received, 0), "due": func.nullif(self._at.due, 0),
            "overpaid": func.nullif(self._at.overpaid, 0),
            "called_on": Dues.called_on, "due_on": Dues.due_on, "state": self._at.state,
            "reminder": func.nullif(level, 0),
            "late": case((self._at.due > 0, Dues.due_on)),
        }  # fmt: skip
        found: ColumnElement[Any] = keys[sort_key]
        return found

    def rows(self, session: Session, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return what the columns show of some dues, in the order of ``ids``."""
        at = standing(self._today, dues_ids=ids)
        level, day = last_reminder(self._today)
        columns = (
            Dues.id, MEMBER_NAME.label("name"), Member.kind_key, Dues.number, Dues.amount,
            at.received.label("received"), at.due.label("due"), at.overpaid.label("overpaid"), Dues.called_on,
            Dues.due_on, at.state.label("state"), level.label("level"), day.label("day"),
        )  # fmt: skip
        chosen = named(
            at.joined(select(*columns).select_from(Dues)).join(Member, Dues.member_id == Member.id)
        )
        found = {row.id: row for row in session.execute(chosen.where(Dues.id.in_(list(ids))))}
        return [self._row(found[row_id]) for row_id in ids if row_id in found]

    def _row(self, row: Any) -> tuple[Any, ...]:
        reminded = f"{row.level} · {row.day:%d/%m}" if row.level else None
        return (
            row.name, state_chip(row.state, overpaid=row.overpaid), row.due or None, row.amount,
            row.received or None, reminded, row.number or None, row.kind_key, row.due_on,
            days_late(row.due_on, due=row.due, on=self._today) or None, row.overpaid or None, row.called_on,
        )  # fmt: skip

    def sums(self, session: Session) -> Sums:
        """Return what the dues listed add up to."""
        at = self._at
        sums = (func.sum(each) for each in (at.called, at.received, at.due, at.overpaid))
        found = session.execute(self._chosen(*sums, with_money=True)).one()
        return Sums(*(int(each or 0) for each in found))


_NAME: Final = (Member.sort_key, Member.id, Dues.id)


@lru_cache(maxsize=8)  # a key in the filter asks for the same look three times: ids, rows, sums
def look(text: str, chips: tuple[tuple[str, Any], ...], year: int, today: date) -> Listing:
    """Return a look at the list."""
    return Listing(text, dict(chips), year, today=today)


# --- what the chips offer ------------------------------------------------------------------------


def states() -> Choices:
    """Return the states of dues, most wanted first."""
    order = (State.LATE, State.PARTIAL, State.CALLED, State.TO_CALL, State.SETTLED, State.CANCELLED)
    return [*((each.value, each.value) for each in order), (OVERPAID, OVERPAID)]


def kinds(session: Session) -> Choices:
    """Return the kinds of the members that were ever called."""
    used = set(session.scalars(select(Member.kind_key).join(Dues, Dues.member_id == Member.id).distinct()))
    known = [each for each in (*(kind.value for kind in Kind), NATURAL_PERSON) if each in used]
    return [(each, each) for each in known]


def late() -> Choices:
    """Return how late dues may be."""
    return [(ANY_LATE, "Toutes celles en retard"), *((first, words) for first, words in BANDS if first)]


def reminded() -> Choices:
    """Return where reminders may stand."""
    levels = [(level, f"Niveau {level}") for level in range(1, LAST + 1)]
    return [(TO_SEND, "À envoyer"), (0, "Aucune envoyée"), *levels]
