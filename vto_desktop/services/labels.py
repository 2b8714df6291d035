"""Address labels of members: to the member itself, or for the attention of who represents it first."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Member, Person, Rank
from vto_desktop.services import addressees, association
from vto_desktop.services.figures import RepresentativeFigure
from vto_desktop.services.figures_labels import FORMATS, ON_A_SHEET, AddressLabel, LabelSheets
from vto_desktop.services.figures_papers import Addressee, Incomplete
from vto_desktop.services.members import members_on
from vto_desktop.services.representatives import representatives_on
from vto_desktop.services.rows import parts_of

TO: Final = {"member": "L’adhérent", "representative": "Son premier titulaire"}
_POSTCODE: Final = re.compile(r"\d{5}(?!\d)")


def labels(
    session: Session,
    *,
    on: date,
    ids: Sequence[int] | None = None,
    format: str = "3x7",  # noqa: A002 - what it is called where it is chosen
    first: int = 1,
    to: str = "member",
) -> LabelSheets:
    """Return the labels of the members of a day, or of those chosen one by one, in the order given.

    A member whose address has no postcode and city has none: it is told as missing. Raises UserError
    FORMAT_INCONNU, POSITION_INCONNUE.
    """
    _refuse_what_is_no_sheet(format, first)
    member_ids = members_on(session, on) if ids is None else list(ids)
    contacts = addressees.of_members(session, member_ids)
    sent = _firsts(session, member_ids, on) if to == "representative" else {}
    holders = _holders(session, member_ids)
    made, missing = [], []
    for member_id in member_ids:
        if member_id not in contacts:
            continue  # gone since it was listed
        contact = contacts[member_id][0]
        lacks = _lacks(contact.address)
        if lacks:
            missing.append(Incomplete(contact.name, *holders[member_id], (lacks,)))
        else:
            made.append(_label(member_id, contact, sent.get(member_id)))
    head = association.head(session)
    return LabelSheets(head.name, on, format, first, tuple(made), tuple(missing))


def _refuse_what_is_no_sheet(name: str, first: int) -> None:
    if name not in FORMATS:
        known = french.listed(list(FORMATS))
        raise UserError(
            "FORMAT_INCONNU",
            f"«\u00a0{name}\u00a0» n’est pas un format d’étiquettes ; il y a : {known}. Rien n’a été écrit.",
        )
    count = ON_A_SHEET[name]
    if not 1 <= first <= count:
        said = f"Une planche {name} compte {count} étiquettes : la première va de 1 à {count}."
        raise UserError("POSITION_INCONNUE", f"{said} Rien n’a été écrit.")


def _firsts(
    session: Session, member_ids: Sequence[int], on: date
) -> dict[int, tuple[RepresentativeFigure, str]]:
    """Return, by member, the first titular representative on a day and the civility it is written to with."""
    found = {
        member_id: next((each for each in sent if each.rank == Rank.TITULAR), sent[0])
        for member_id, sent in representatives_on(session, on, member_ids=member_ids).items()
    }
    civilities: dict[int, str] = {}
    for part in parts_of(sorted({each.person_id for each in found.values()})):
        chosen = select(Person.id, Person.civility).where(Person.id.in_(part))
        civilities |= dict(session.execute(chosen).all())
    return {member_id: (each, civilities.get(each.person_id, "")) for member_id, each in found.items()}


def _holders(session: Session, member_ids: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Return the table and the row in which each member's address is kept."""
    found: dict[int, tuple[str, int]] = {}
    for part in parts_of(member_ids):
        chosen = select(Member.id, Member.organisation_id, Member.person_id).where(Member.id.in_(part))
        for row_id, organisation_id, person_id in session.execute(chosen):
            found[row_id] = (
                ("organisation", organisation_id)
                if organisation_id is not None
                else ("person", person_id or 0)
            )
    return found


def _lacks(address: Sequence[str]) -> str:
    """Return what an address lacks to be delivered to, or nothing."""
    if not address:
        return "adresse"
    if not _POSTCODE.match(address[-1]):
        return "code postal"
    return "" if address[-1][5:].strip() else "ville"


def _label(member_id: int, contact: Addressee, sent: tuple[RepresentativeFigure, str] | None) -> AddressLabel:
    attention = capacity = ""
    if sent is not None and not contact.is_person:
        figure, civility = sent
        attention = f"À l’attention de {' '.join(filter(None, (civility, figure.name)))}"
        capacity = figure.capacity
    return AddressLabel(
        member_id=member_id,
        name=" ".join(filter(None, (contact.civility, contact.name))),
        attention=attention,
        capacity=capacity,
        street=contact.address[:-1],
        place=postal(contact.address[-1]),
    )


def postal(place: str) -> str:
    """Return « 34200 SETE CEDEX »: capitals, no accent, no punctuation (La Poste, norme XP Z 10-011)."""
    return french.sort_key(place).upper()
