"""Members: who belongs to the association on any date, and how each is kept, ended and found."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    LOCAL_AUTHORITIES,
    NATURAL_PERSON,
    College,
    Member,
    Organisation,
    OrganisationAlias,
    Person,
    Representative,
)
from vto_desktop.services import reference
from vto_desktop.services.keys import Keys, texts_by_id, write_keys
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    in_order,
    is_given,
    is_taken,
    parts_of,
    require,
    save_row,
    too_long,
)
from vto_desktop.services.successions import successor_problems


def belongs_on(on: date) -> ColumnElement[bool]:
    """Return « joined, and not left »; no joining date is since always.

    Nearly every member passes: written so that no index is tried for it, but the one that gives the order.
    """
    joined, left = func.coalesce(Member.joined_on, date.min), func.coalesce(Member.left_on, date.max)
    return (joined <= on) & (left > on)


def members_on(session: Session, on: date) -> list[int]:
    """Return the ids of the members on a date, in the order of their names."""
    statement = select(Member.id).where(belongs_on(on)).order_by(Member.sort_key, Member.id)
    return list(session.scalars(statement))


def member_name(session: Session, member_id: int) -> str:
    """Return a member's name."""
    return get_row(session, Member, member_id).name


def member_names(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    """Return the names of members by id."""
    found: dict[int, str] = {}
    for part in parts_of(sorted(member_ids)):
        chosen = named(select(Member.id, MEMBER_NAME).select_from(Member)).where(Member.id.in_(part))
        found |= dict(session.execute(chosen).all())
    return found


# --- what finds a member -------------------------------------------------------------------------


def refresh_keys(session: Session, member_ids: Sequence[int]) -> None:
    """Compute again the keys by which these members sort and are found.

    A member is found by its holder's name, short name, spellings, kind, département, and by the names of
    those who represent it.
    """
    for part in parts_of(member_ids):
        write_keys(session, Member, _keys(session, part))


def _keys(session: Session, member_ids: list[int]) -> list[Keys]:
    columns = (
        Member.id, Member.organisation_id, Organisation.name, Organisation.short_name, Organisation.kind,
        Organisation.departement, Organisation.population, Organisation.siren, Person.first_name,
        Person.last_name, Person.departement,
    )  # fmt: skip
    holders = session.execute(
        select(*columns)
        .outerjoin(Organisation, Member.organisation_id == Organisation.id)
        .outerjoin(Person, Member.person_id == Person.id)
        .where(Member.id.in_(member_ids))
    ).all()
    aliases = texts_by_id(
        session,
        select(OrganisationAlias.organisation_id, OrganisationAlias.name).where(
            OrganisationAlias.organisation_id.in_({row[1] for row in holders})
        ),
    )
    names = texts_by_id(
        session,
        select(Representative.member_id, Person.first_name + " " + Person.last_name)
        .join(Person, Representative.person_id == Person.id)
        .where(Representative.member_id.in_(member_ids)),
    )
    found = []
    for row_id, organisation_id, name, short, kind, code, population, siren, first, last, own in holders:
        holder: dict[str, Any] = {"first_name": first, "last_name": last, "departement": own}
        if organisation_id:
            holder = {
                "name": name, "short_name": short, "kind": kind, "departement": code,
                "population": population, "siren": siren,
            }  # fmt: skip
        found.append(
            Keys(row_id, member_keys(holder, aliases.get(organisation_id or 0, ()), names.get(row_id, ())))
        )
    return found


def member_keys(
    holder: Mapping[str, Any], spellings: Sequence[str], names: Sequence[str]
) -> dict[str, str | int | None]:
    """Return the keys of a member from what its organisation or person holds, a name that lacks being empty.

    ``names`` are those of its representatives.
    """
    code = holder.get("departement") or ""
    place = (code, reference.departement_name(code))
    if "name" in holder:
        own = (holder["name"], holder.get("short_name"), *spellings, holder["kind"], holder.get("siren"))
        sort_key, kind = french.sort_key(holder["name"]), holder["kind"]
    else:
        first, last = holder.get("first_name") or "", holder["last_name"]
        own = (first, last, NATURAL_PERSON)
        sort_key, kind = french.sort_key(f"{last} {first}"), NATURAL_PERSON
    return {
        "sort_key": sort_key,
        "search_key": french.search_key(*own, *place, *names),
        "kind_key": kind,
        "departement_key": code or None,
        "population_key": holder.get("population"),
    }


def refresh_of_organisation(session: Session, organisation_id: int) -> None:
    """Refresh the members that this organisation is."""
    refresh_keys(
        session, session.scalars(select(Member.id).where(Member.organisation_id == organisation_id)).all()
    )


def refresh_of_person(session: Session, person_id: int) -> None:
    """Refresh the members that this person is or represents."""
    seats = select(Representative.member_id).where(Representative.person_id == person_id)
    wanted = or_(Member.person_id == person_id, Member.id.in_(seats))
    refresh_keys(session, session.scalars(select(Member.id).where(wanted)).all())


# --- keeping -------------------------------------------------------------------------------------


def member_problems(row: Member) -> Problems:
    """Return what must be corrected before the member can be kept."""
    found = too_long(row)
    is_organisation = is_given(row, "organisation")
    is_person = is_given(row, "person")
    if is_organisation == is_person:
        found["organisation_id"] = "Choisissez un organisme ou une personne, l’un des deux."
    if not is_given(row, "college"):
        found["college_id"] = "Choisissez le collège."
    if is_given(row, "successor") and row.left_on is None:
        found["left_on"] = "Indiquez la date de départ : qui rejoint un autre adhérent n’en est plus un."
    return found | in_order(row, "joined_on", "left_on", "Le départ doit suivre l’adhésion.")


def save_member(session: Session, row: Member) -> Member:
    """Keep a member; raises Invalid, also when its holder already is a member at that time."""
    found = member_problems(row)
    if not found and _is_member_twice(session, row):
        found["person_id" if row.person_id else "organisation_id"] = (
            "Cet adhérent figure déjà dans la liste pour cette période."
        )
    if not found and row.successor_id is not None:
        found = successor_problems(session, row, row.successor_id, on=row.left_on)
    kept = save_row(session, row, found)
    refresh_keys(session, [kept.id])
    return kept


def _is_member_twice(session: Session, row: Member) -> bool:
    if row.organisation_id is None and row.person_id is None:
        return False  # made in the same form, hence new
    holder = (Member.organisation_id == row.organisation_id) & (Member.person_id == row.person_id)
    starts, ends = row.joined_on or date.min, row.left_on or date.max
    others = select(Member.joined_on, Member.left_on, Member.id).where(holder)
    return any(
        max(joined or date.min, starts) < min(left or date.max, ends)
        for joined, left, row_id in session.execute(others)
        if row_id != row.id
    )


def end_member(
    session: Session, row_id: int, *, on: date, reason: str = "", successor_id: int | None = None
) -> Member:
    """Say that a member left: ``on`` is the first day on which it is one no longer; raises Invalid.

    ``successor_id`` is the member that took it in on that day.
    """
    row = get_row(session, Member, row_id)
    if row.joined_on is not None and on < row.joined_on:
        raise Invalid(
            {"left_on": f"Le départ doit suivre l’adhésion, le {french.short_date(row.joined_on)}."}
        )
    if successor_id is not None and (found := successor_problems(session, row, successor_id, on=on)):
        raise Invalid(found)
    row.left_on, row.leaving_reason = on, french.clean(reason, keep_lines=True)
    row.successor_id = successor_id
    session.flush()
    return row


def delete_member(session: Session, row_id: int) -> None:
    """Delete a member entered by mistake, with its representatives; raises ENCORE_UTILISE."""
    delete_row(session, Member, row_id, name=member_name(session, row_id))


# --- colleges ------------------------------------------------------------------------------------


def proposed_college(college_ids: Sequence[int], kind: str) -> int:
    """Return the college that goes with a kind of member, of those of a dossier in their order."""
    if len(college_ids) < 3:
        return college_ids[0]
    return college_ids[2 if kind == NATURAL_PERSON else 0 if kind in LOCAL_AUTHORITIES else 1]


def college_problems(row: College) -> Problems:
    """Return what must be corrected before the college can be kept."""
    return too_long(row) | require(row, {"name": "Indiquez le nom du collège."})


def save_college(session: Session, row: College) -> College:
    """Keep a college; raises Invalid, also when its name is taken."""
    found = college_problems(row)
    if not found and is_taken(session, row, "name"):
        found["name"] = "Un autre collège porte ce nom."
    return save_row(session, row, found)


def delete_college(session: Session, row_id: int) -> None:
    """Delete a college; raises ENCORE_UTILISE, or DERNIER_COLLEGE for the last one."""
    if len(session.scalars(select(College.id)).all()) == 1:
        raise UserError("DERNIER_COLLEGE", "Il faut au moins un collège. Rien n’a été supprimé.")
    delete_row(session, College, row_id, name=get_row(session, College, row_id).name)
