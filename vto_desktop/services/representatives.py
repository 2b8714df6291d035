"""Those who represent members, at any date; and how ranks read."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid
from vto_desktop.model import Person, Rank, Representative
from vto_desktop.model.base import DateType
from vto_desktop.services import members
from vto_desktop.services.figures import RepresentativeFigure
from vto_desktop.services.rows import Problems, get_row, in_order, parts_of, require, save_row, too_long


def held_on(row: Any, on: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return « from its start, until the day before its end »; no start is since always."""
    return or_(row.starts_on.is_(None), row.starts_on <= on) & or_(row.ends_on.is_(None), row.ends_on > on)


def rank_text(rank: str, civility: str) -> str:
    """Return « et/ou », « suppléante » in the person's gender, or nothing for a titular."""
    if rank == Rank.SUBSTITUTE:
        return {"Mme": "suppléante", "M.": "suppléant"}.get(civility, "suppléant·e")
    return Rank.AND_OR.value if rank == Rank.AND_OR else ""


def rank_words(rank: str, civility: str) -> str:
    """Return the rank in the person's gender, that of a titular too."""
    return rank_text(rank, civility) or Rank.TITULAR.value.lower()


def representatives_on(
    session: Session, on: date, *, member_ids: Sequence[int] | None = None
) -> dict[int, tuple[RepresentativeFigure, ...]]:
    """Return who represents each member on a date, in printed order."""
    found: dict[int, list[RepresentativeFigure]] = {}
    for part in [None] if member_ids is None else parts_of(member_ids):
        given = {"on": on} if part is None else {"on": on, "members": part}
        for member_id, person_id, rank, capacity, civility, first, last in session.execute(
            _sent(of_some=part is not None), given
        ):
            figure = RepresentativeFigure(
                person_id, f"{first} {last}".strip(), capacity, rank, rank_text(rank, civility)
            )
            found.setdefault(member_id, []).append(figure)
    return {member_id: tuple(figures) for member_id, figures in found.items()}


@cache  # building it takes longer than the database needs for a page of members
def _sent(*, of_some: bool) -> Select[*tuple[Any, ...]]:
    """Return who represents members on the day bound as ``on``; those bound as ``members``, or all."""
    chosen = (
        select(
            Representative.member_id, Representative.person_id, Representative.rank, Representative.capacity,
            Person.civility, Person.first_name, Person.last_name,
        )
        .join(Person, Representative.person_id == Person.id)
        .where(held_on(Representative, bindparam("on", type_=DateType())))
        .order_by(Representative.member_id, Representative.position, Representative.id)
    )  # fmt: skip
    if of_some:
        chosen = chosen.where(Representative.member_id.in_(bindparam("members", expanding=True)))
    return chosen


# --- keeping -------------------------------------------------------------------------------------


def representative_problems(row: Representative) -> Problems:
    """Return what must be corrected before the representative can be kept."""
    wanted = {"member_id": "Choisissez l’adhérent.", "person_id": "Choisissez la personne."}
    found = too_long(row) | require(row, wanted)
    if row.rank is not None and row.rank not in set(Rank):
        found["rank"] = "Choisissez titulaire, suppléant ou et/ou."
    return found | in_order(row, "starts_on", "ends_on", "La fin doit suivre le début.")


def save_representative(session: Session, row: Representative) -> Representative:
    """Keep a representative and what finds its member; raises Invalid."""
    kept = save_row(session, row, representative_problems(row))
    members.refresh_keys(session, [kept.member_id])
    return kept


def end_representative(session: Session, row_id: int, *, on: date) -> Representative:
    """Say that a person no longer represents the member from a day on; raises Invalid."""
    row = get_row(session, Representative, row_id)
    if row.starts_on is not None and on < row.starts_on:
        raise Invalid({"ends_on": f"La fin doit suivre le début, le {french.short_date(row.starts_on)}."})
    row.ends_on = on
    session.flush()
    return row


def reorder(session: Session, row_ids: Sequence[int]) -> None:
    """Give representatives of one member the order of these ids."""
    for place, row_id in enumerate(row_ids):
        get_row(session, Representative, row_id).position = place
    session.flush()


def delete_representative(session: Session, row_id: int) -> None:
    """Delete a representative entered by mistake; one who leaves gets an end instead."""
    row = get_row(session, Representative, row_id)
    member_id = row.member_id
    session.delete(row)
    session.flush()
    members.refresh_keys(session, [member_id])
