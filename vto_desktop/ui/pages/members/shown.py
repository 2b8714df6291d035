"""What the columns of the list of members show: one statement for a page of rows, then texts and chips."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from vto_desktop import model
from vto_desktop.model import (
    NATURAL_PERSON,
    College,
    Dues,
    Member,
    Organisation,
    Person,
    Rank,
    Representative,
)
from vto_desktop.model.base import DateType
from vto_desktop.services.representatives import held_on
from vto_desktop.ui.forms.dues_items import state_chip
from vto_desktop.ui.pages.members.owed import owed

SHORT_KINDS: Final = {**model.SHORT_KINDS, NATURAL_PERSON: "Pers. physique"}


def rows_of(
    session: Session, ids: Sequence[int], *, on: date, year: int, today: date
) -> list[tuple[Any, ...]]:
    """Return what the columns show of some members, in the order of ``ids``."""
    given = {"ids": list(ids), "on": on, "year": year, "today": today}
    found: dict[int, list[Any]] = {}
    # Through the connection: plain rows, without what the session keeps for objects.
    for row in session.connection().execute(_shown(), given).all():
        found.setdefault(row[0], []).append(row)
    return [_row(found[row_id]) for row_id in ids]


@cache  # building it takes longer than the database needs for a page of members
def _shown() -> Select[Any]:
    """Return a row for each representative sent on the day ``on`` by the members ``ids``, or one without."""
    sent, dues = aliased(Person), owed(bindparam("year"), today=bindparam("today", type_=DateType()))
    columns: tuple[Any, ...] = (
        Member.id, Organisation.name, Person.first_name, Person.last_name, Organisation.kind,
        Member.departement_key, Member.population_key, College.name, Member.joined_on, Member.left_on,
        dues.state, sent.first_name, sent.last_name, Representative.rank,
    )  # fmt: skip
    represents = and_(
        Representative.member_id == Member.id,
        held_on(Representative, bindparam("on", type_=DateType())),
    )
    return (
        select(*columns)
        .join(College, Member.college_id == College.id)
        .outerjoin(Organisation, Member.organisation_id == Organisation.id)
        .outerjoin(Person, Member.person_id == Person.id)
        .outerjoin(Dues, dues.joined)
        .outerjoin(Representative, represents)
        .outerjoin(sent, Representative.person_id == sent.id)
        .where(Member.id.in_(bindparam("ids", expanding=True)))
        .order_by(Representative.position, Representative.id)
    )


def _row(sent: list[Any]) -> tuple[Any, ...]:
    _, name, first, last, kind, code, population, college, joined_on, left_on, state, *_ = sent[0]
    return (
        f"{first} {last}".strip() if name is None else name,
        SHORT_KINDS.get(kind or NATURAL_PERSON, kind),
        code or None,
        population,
        _first_of(sent),
        state_chip(state),
        college,
        joined_on,
        left_on,
    )


def _first_of(sent: list[Any]) -> tuple[str, str] | None:
    """Return the first representative and, in grey, who else there is: « et/ou », « +1 suppl. »."""
    first, last, rank = sent[0][-3:]
    if rank is None:
        return None
    name = f"{first} {last}".strip()
    return name, _others([row[-1] for row in sent[1:]]) if len(sent) > 1 else ""


def _others(ranks: list[str]) -> str:
    and_or, substitutes = ranks.count(Rank.AND_OR.value), ranks.count(Rank.SUBSTITUTE.value)
    more = len(ranks) - and_or - substitutes
    notes = (
        "et/ou" if and_or == 1 else f"et/ou +{and_or}" if and_or else "",
        f"+{substitutes} suppl." if substitutes else "",
        f"+{more}" if more else "",
    )
    return " ".join(filter(None, notes))
