"""Who writes and who is written to: what papers need of both, and what of it is missing or provisional."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum import iban

from vto_desktop import french
from vto_desktop.model import (
    LOCAL_AUTHORITIES,
    Association,
    Kind,
    Member,
    Organisation,
    Person,
    Signatory,
)
from vto_desktop.services.association import get_association, is_placeholder
from vto_desktop.services.figures_papers import Addressee, Gap, Issuer
from vto_desktop.services.identifiers import bare, siret_warning
from vto_desktop.services.rows import parts_of

PUBLIC: Final = LOCAL_AUTHORITIES | {Kind.GIP, Kind.STATE, Kind.PUBLIC}

# What an association's own paper may need, and what it is called when it is missing.
ADDRESS, SIRET, RNA, IBAN, BIC, VAT, SIGNATORY = (
    "adresse", "SIRET", "RNA", "IBAN", "BIC", "phrase de TVA", "signataire et sa fonction",
)  # fmt: skip

Contact = tuple[Addressee, tuple[Gap, ...]]


def known(text: str | None) -> str:
    """Return a text, or nothing when it is empty or only stands in the place of one."""
    return "" if is_placeholder(text or "") else (text or "").strip()


def grouped(number: str, *sizes: int) -> str:
    """Return a number in groups of these sizes, the last one repeated: IBAN by 4, SIRET by 3, 3, 3, 5."""
    figures, parts = bare(number), []
    for size in [*sizes, *[sizes[-1]] * len(figures)]:
        parts.append(figures[:size])
        figures = figures[size:]
        if not figures:
            break
    return french.NBSP.join(parts)


# --- the association -----------------------------------------------------------------------------


def signatories(session: Session) -> list[tuple[int, str]]:
    """Return those who may sign, in their order, as a list offers them: « Didier LAPORTE, trésorier »."""
    chosen = (
        select(Signatory.id, Person.first_name, Person.last_name, Signatory.office)
        .join(Person, Signatory.person_id == Person.id)
        .order_by(Signatory.position, Signatory.id)
    )
    return [
        (row_id, ", ".join(filter(None, (f"{first} {last}".strip(), office))))
        for row_id, first, last, office in session.execute(chosen)
    ]


def issuer(session: Session, signatory: int | None = None) -> Issuer:
    """Return what letters carry of the association; signed by the first signatory, or by the one chosen."""
    row = get_association(session) or Association(name="")
    chosen = select(Signatory, Person).join(Person, Signatory.person_id == Person.id)
    if signatory is not None:
        chosen = chosen.where(Signatory.id == signatory)
    signs = session.execute(chosen.order_by(Signatory.position, Signatory.id)).first()
    return Issuer(
        seat=", ".join(_lines(row.address or "", row.postcode or "", row.city or "")),
        city=known(row.city),
        siret=grouped(known(row.siret), 3, 3, 3, 5),
        rna=known(row.rna),
        iban=grouped(known(row.iban), 4),
        bic=known(row.bic),
        vat_sentence=known(row.vat_sentence),
        signatory=signs[1].full_name if signs else "",
        is_woman=bool(signs and signs[1].is_woman),
        office=known(signs[0].office) if signs else "",
    )


def own_gaps(session: Session, found: Issuer, needed: Iterable[str]) -> tuple[Gap, ...]:
    """Return which of the needed things the association lacks."""
    row = get_association(session) or Association(name="")
    has = {
        ADDRESS: bool(known(row.address) and known(row.postcode) and known(row.city)),
        SIRET: bool(known(row.siret)),
        RNA: bool(known(row.rna)),
        IBAN: iban.is_valid(found.iban),
        BIC: bool(found.bic),
        VAT: bool(found.vat_sentence),
        SIGNATORY: bool(found.signatory and found.office),
    }
    return tuple(Gap(what, "association", 1) for what in needed if not has[what])


# --- the addressee -------------------------------------------------------------------------------

_COLUMNS: Final = (
    Organisation.id, Organisation.name, Organisation.kind, Organisation.address, Organisation.postcode,
    Organisation.city, Organisation.siret, Organisation.chorus_service,
)  # fmt: skip
_PERSON: Final = (
    Person.id, Person.first_name, Person.last_name, Person.civility, Person.address, Person.postcode,
    Person.city,
)  # fmt: skip


def of_members(session: Session, member_ids: Sequence[int]) -> dict[int, Contact]:
    """Return each member as an addressee, with what is missing to write to it."""
    found: dict[int, Contact] = {}
    for part in parts_of(member_ids):
        chosen = (
            select(Member.id, *_COLUMNS, *_PERSON)
            .outerjoin(Organisation, Member.organisation_id == Organisation.id)
            .outerjoin(Person, Member.person_id == Person.id)
            .where(Member.id.in_(part))
        )
        for row in session.execute(chosen):
            made, missing = _organisation(row[1:9]) if row[1] is not None else _person(row[9:])
            found[row[0]] = replace(made, member_id=row[0]), missing
    return found


def of_organisations(session: Session, organisation_ids: Sequence[int]) -> dict[int, Contact]:
    """Return organisations as addressees: funders whose money is acknowledged."""
    found: dict[int, Contact] = {}
    for part in parts_of(organisation_ids):
        for row in session.execute(select(*_COLUMNS).where(Organisation.id.in_(part))):
            found[row[0]] = _organisation(row)
    return found


def of_persons(session: Session, person_ids: Sequence[int]) -> dict[int, Contact]:
    """Return persons as addressees, at their own address: those who are convened."""
    found: dict[int, Contact] = {}
    for part in parts_of(person_ids):
        for row in session.execute(select(*_PERSON).where(Person.id.in_(part))):
            found[row[0]] = _person(row)
    return found


def _organisation(row: Any) -> Contact:
    row_id, name, kind, address, postcode, city, siret, service = row
    is_public = kind in PUBLIC
    made = Addressee(
        name=name, civility="", noun=_noun(kind), address=_lines(address, postcode, city),
        siret=grouped(known(siret), 3, 3, 3, 5), chorus_service=known(service),
        is_public=is_public, is_person=False,
    )  # fmt: skip
    wanted = {
        "adresse": not made.address,
        "SIRET": is_public and (not made.siret or bool(siret_warning(siret))),
        "code service": bool(service) and not made.chorus_service,
    }
    return made, tuple(Gap(what, "organisation", row_id) for what, is_missing in wanted.items() if is_missing)


def _noun(kind: str) -> str:
    if kind in LOCAL_AUTHORITIES:
        return "collectivité"
    return {Kind.ASSOCIATION: "association", Kind.GIP: "groupement"}.get(Kind(kind), "organisme")


def _person(row: Any) -> Contact:
    row_id, first, last, civility, address, postcode, city = row
    made = Addressee(
        name=f"{first} {last}".strip(), civility=civility, noun="personne",
        address=_lines(address, postcode, city), siret="", chorus_service="", is_public=False,
        is_person=True,
    )  # fmt: skip
    return made, () if made.address else (Gap("adresse", "person", row_id),)


def _lines(address: str, postcode: str, city: str) -> tuple[str, ...]:
    """Return the lines of an envelope; none unless there is a place to deliver to."""
    place = " ".join(filter(None, (known(postcode), known(city))))
    street = [text.strip() for text in (address or "").splitlines() if known(text)]
    return (*street, place) if place else tuple(street) if len(street) > 1 else ()
