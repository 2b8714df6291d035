"""Persons or organisations entered twice become one, and nothing that either held is lost."""

from collections.abc import Sequence
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import CivilStatus, Member, Organisation, OrganisationAlias, Person
from vto_desktop.services.memberships import join_memberships
from vto_desktop.services.merging_rows import move_references
from vto_desktop.services.merging_values import NAMES, fields_of, merged, notes_with
from vto_desktop.services.organisations import save_organisation
from vto_desktop.services.persons import save_person
from vto_desktop.services.rows import delete_row, get_row

CIVIL_TEXTS = ("birth_place", "nationality", "profession", "address")
KINDS: Final[dict[str, type[Person] | type[Organisation]]] = {"person": Person, "organisation": Organisation}
Row = TypeVar("Row", Person, Organisation)


def merge_persons(session: Session, kept_id: int, other_ids: Sequence[int]) -> Person:
    """Make several persons one: seats, mandates and whatever else names them become those of the first.

    Raises UserError NAISSANCES_DIFFERENTES or ADHESIONS_EN_CONFLIT, and Invalid when a text grows too long.
    """
    kept, others = _rows(session, Person, kept_id, other_ids)
    _refuse_two_births([kept, *others])
    found = merged(kept, others)
    join_memberships(session, Member.person_id, [kept_id, *other_ids])
    _merge_civil_status(session, kept_id, other_ids)
    move_references(session, Person, kept_id, other_ids)
    for row_id in other_ids:
        delete_row(session, Person, row_id, name=get_row(session, Person, row_id).full_name)
    kept = get_row(session, Person, kept_id)
    for name, value in found.values.items():
        setattr(kept, name, value)
    kept.notes = notes_with(kept.notes, found.lines)
    return save_person(session, kept)


def merge_organisations(session: Session, kept_id: int, other_ids: Sequence[int]) -> Organisation:
    """Make several organisations one: memberships, conventions and agreements become those of the first.

    The names of the others become spellings of it. Raises UserError ADHESIONS_EN_CONFLIT, and Invalid when a
    text grows too long.
    """
    kept, others = _rows(session, Organisation, kept_id, other_ids)
    found = merged(kept, others)
    spellings = [getattr(each, name) for each in others for name in NAMES]
    if not kept.short_name:
        kept.short_name = next((each.short_name for each in others if each.short_name), "")
    join_memberships(session, Member.organisation_id, [kept_id, *other_ids])
    move_references(session, Organisation, kept_id, other_ids)
    for row_id in other_ids:
        delete_row(session, Organisation, row_id, name=get_row(session, Organisation, row_id).name)
    kept = get_row(session, Organisation, kept_id)
    for name, value in found.values.items():
        setattr(kept, name, value)
    kept.notes = notes_with(kept.notes, found.lines)
    known = {kept.name, kept.short_name, *(alias.name for alias in kept.aliases)}
    for text in dict.fromkeys(spellings):
        if text and text not in known:
            kept.aliases.append(OrganisationAlias(name=text))
    return save_organisation(session, kept)


def consequences(session: Session, table: str, kept_id: int, other_ids: Sequence[int]) -> list[str]:
    """Return in words what a record would gain by taking others in, beyond what depends on them."""
    kept, *others = (get_row(session, KINDS[table], row_id) for row_id in (kept_id, *other_ids))
    found = merged(kept, others)
    labels = [field.label.lower() for field in fields_of(kept) if field.is_filled(kept, found.values)]
    lines = [f"Complété\u00a0: {french.listed(labels)}."] if labels else []
    if isinstance(kept, Organisation):
        known = {kept.name, kept.short_name, *(alias.name for alias in kept.aliases)}
        spellings = dict.fromkeys(getattr(each, name) for each in others for name in NAMES)
        lines += [f"Aussi écrit\u00a0: {text}" for text in spellings if text and text not in known]
    return [*lines, *(f"Dans les notes\u00a0: {line}" for line in found.lines)]


def _rows(session: Session, kind: type[Row], kept_id: int, other_ids: Sequence[int]) -> tuple[Row, list[Row]]:
    if not other_ids or kept_id in other_ids or len(set(other_ids)) != len(other_ids):
        raise ValueError("a merger needs one record to keep and others to take in, each once")
    return get_row(session, kind, kept_id), [get_row(session, kind, row_id) for row_id in other_ids]


# --- civil status --------------------------------------------------------------------------------


def _refuse_two_births(persons: Sequence[Person]) -> None:
    """Refuse what only looks alike: somebody is born once."""
    born = {each.civil_status.born_on for each in persons if each.civil_status is not None}
    days = sorted(day for day in born if day is not None)
    if len(days) > 1:
        shown = french.listed([french.short_date(day) for day in days])
        raise UserError(
            "NAISSANCES_DIFFERENTES",
            f"Ces fiches portent des dates de naissance différentes ({shown}) : ce sont sans doute plusieurs "
            "personnes. Rien n’a été fusionné ; si c’est bien la même, corrigez d’abord une des dates.",
        )


def _merge_civil_status(session: Session, kept_id: int, other_ids: Sequence[int]) -> None:
    """Keep one civil status; what differs stands side by side there: it never goes into the notes."""
    chosen = select(CivilStatus).where(CivilStatus.person_id.in_([kept_id, *other_ids]))
    rows = sorted(session.scalars(chosen), key=lambda row: (row.person_id != kept_id, row.id))
    if not rows:
        return
    first, *others = rows
    for row in others:
        first.born_on = first.born_on or row.born_on
        for name in CIVIL_TEXTS:
            texts = dict.fromkeys(filter(None, (getattr(first, name), getattr(row, name))))
            setattr(first, name, ("\n" if name == "address" else " ; ").join(texts))  # homes below each other
        session.delete(row)
    session.flush()
    first.person_id = kept_id
    session.flush()
    session.expire_all()
