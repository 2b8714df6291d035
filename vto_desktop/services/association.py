"""The association itself: its settings, the head of its papers, and what a new dossier starts with."""

import re
from datetime import date
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Account,
    Association,
    Body,
    BodyKind,
    Budget,
    College,
    Eligibility,
    FormLine,
    FormMapping,
    FundingSource,
    Office,
    Programme,
)
from vto_desktop.services import accounts, reference
from vto_desktop.services.figures import AssociationHead
from vto_desktop.services.rows import Problems, require, save_row, too_long

COLLEGES: Final = ("Collectivités", "Autres personnes morales", "Personnes physiques")

# label, masculine, feminine, plural heading, one holder only
OFFICES: Final = (
    ("Président·e", "Président", "Présidente", "Président·es", True),
    (
        "Vice-président·e",
        "Vice-président",
        "Vice-présidente",
        "Vice-président·es (ordre alphabétique)",
        False,
    ),
    ("Trésorier·ère", "Trésorier", "Trésorière", "Trésorier·ères", True),
    (
        "Trésorier·ère adjoint·e",
        "Trésorier adjoint",
        "Trésorière adjointe",
        "Trésorier·ères adjoint·es",
        False,
    ),
    ("Secrétaire", "Secrétaire", "Secrétaire", "Secrétaires", True),
    ("Secrétaire adjoint·e", "Secrétaire adjoint", "Secrétaire adjointe", "Secrétaires adjoint·es", False),
)
COUNCIL_OFFICE: Final = ("Membre", "Membre", "Membre", "Membres", False)

# name, colour, how the sentence names it, children: name, colour, receives the dues
SOURCES: Final = (
    ("État", "#2f5d8c", "de l’État", (("DREETS", "#2f5d8c", False), ("DDETS", "#6f94bb", False),
                                      ("DRAC", "#8a5a83", False))),
    ("Collectivités", "#4a8f8a", "des collectivités", (("Adhésions", "#4a8f8a", True),
                                                       ("Subventions ciblées", "#86bab5", False))),
    ("Autres", "#c08335", "", ()),
)  # fmt: skip


def get_association(session: Session) -> Association | None:
    """Return the settings, or None in a dossier not initialised yet."""
    return session.get(Association, 1)


def head(session: Session) -> AssociationHead:
    """Return what a letterhead carries."""
    row = get_association(session) or Association(name="")
    text = {name: getattr(row, name) or "" for name in _HEAD}
    return AssociationHead(city_line=" ".join(filter(None, (row.postcode, row.city))), **text)


_HEAD: Final = ("name", "tagline", "address", "website", "email", "phone", "siret", "rna", "logo", "notice")


# --- settings ------------------------------------------------------------------------------------


def association_problems(row: Association) -> Problems:
    """Return what must be corrected before the settings can be kept."""
    return too_long(row) | require(row, {"name": "Indiquez le nom de l’association."})


def association_warnings(row: Association) -> Problems:
    """Return what looks wrong but may be kept: SIRET, RNA, IBAN, BIC."""
    from stdnum import bic, iban

    from vto_desktop.services.identifiers import rna_warning, siret_warning

    found: Problems = {}
    if warning := siret_warning(row.siret or ""):
        found["siret"] = warning
    if warning := rna_warning(row.rna or ""):
        found["rna"] = warning
    if row.iban and not iban.is_valid(row.iban):
        found["iban"] = "Cet IBAN n’est pas valide : vérifiez chaque caractère sur votre RIB."
    if row.bic and not bic.is_valid(row.bic):
        found["bic"] = "Un BIC compte 8 ou 11 caractères : vérifiez-le sur votre RIB."
    return found


def missing_settings(row: Association) -> list[str]:
    """Return what papers need and do not have yet, placeholders included, in French words."""
    wanted = {"address": "l’adresse", "siret": "le SIRET", "rna": "le RNA", "iban": "l’IBAN"}
    return [word for name, word in wanted.items() if is_placeholder(getattr(row, name) or "")]


def is_placeholder(text: str) -> bool:
    """Return whether a value is empty or only stands in its place: zeros, « à renseigner »."""
    bare = re.sub(r"[\s\u00a0\u202f]+", "", text)
    return not bare or re.fullmatch(r"(W|FR)?0+", bare) is not None or "renseigner" in bare.casefold()


def save_association(session: Session, row: Association) -> Association:
    """Keep the settings; raises Invalid."""
    row.id = 1
    return save_row(session, row, association_problems(row))


# --- a new dossier -------------------------------------------------------------------------------


def initialise(session: Session, name: str, *, year: int | None = None) -> None:
    """Give an empty dossier its settings, colleges, bodies, sources, chart, form lines and a fiscal year."""
    first = accounts.calendar_year(year or date.today().year)  # noqa: DTZ011 - the user's own calendar
    session.add(Association(id=1, name=french.clean(name, limit=300) or "Association"))
    session.add_all(College(name=each, position=place) for place, each in enumerate(COLLEGES))
    session.add(Programme(code="BOP 147", name="politique de la ville"))
    _add_bodies(session)
    _add_sources(session)
    session.add(Budget(fiscal_year=first, name="Budget initial"))
    _add_reference(session)
    session.flush()


def _add_bodies(session: Session) -> None:
    """Add the three bodies and what the annual report says of them; what only the statutes say stays empty.

    Members send their representatives to the council, which elects the bureau among its own.
    """
    sent = Eligibility.REPRESENTATIVES.value
    bureau = Body(
        name="Bureau", kind=BodyKind.BUREAU.value, position=0, eligibility=Eligibility.OTHER_BODY.value
    )
    bureau.offices = [_office(place, *each) for place, each in enumerate(OFFICES)]
    council = Body(name="Conseil d’administration", kind=BodyKind.COUNCIL.value, position=1, eligibility=sent)
    council.offices = [_office(0, *COUNCIL_OFFICE)]
    assembly = Body(name="Assemblée générale", kind=BodyKind.ASSEMBLY.value, position=2, eligibility=sent)
    session.add_all((bureau, council, assembly))
    session.flush()  # in this order: what refers to another body comes after
    bureau.drawn_from = council
    for office in bureau.offices:
        office.elected_by = council


def _office(place: int, label: str, masculine: str, feminine: str, plural: str, is_unique: bool) -> Office:
    return Office(
        label=label,
        masculine=masculine,
        feminine=feminine,
        plural=plural,
        is_unique=is_unique,
        position=place,
    )


def _add_sources(session: Session) -> None:
    for place, (name, colour, form, children) in enumerate(SOURCES):
        root = FundingSource(name=name, colour=colour, sentence_form=form, position=place)
        session.add(root)
        for child_place, (child, child_colour, is_dues) in enumerate(children):
            session.add(
                FundingSource(
                    parent=root, name=child, colour=child_colour, is_dues=is_dues, position=child_place
                )
            )


def _add_reference(session: Session) -> None:
    accounts = [
        {"chart": chart, "code": code, "label": label, "account_class": reference.account_class(code)}
        for chart in reference.CHARTS
        for code, label in reference.chart_accounts(chart)
    ]
    session.execute(insert(Account), accounts)
    lines = [
        {
            "form": reference.FORM,
            "code": row["code"],
            "label": row["libellé"],
            "side": row["côté"],
            "position": n,
        }
        for n, row in enumerate(reference.form_lines())
    ]
    session.execute(insert(FormLine), lines)
    ids = {line.code: line.id for line in session.execute(select(FormLine.code, FormLine.id))}
    mapping = [
        {"chart": row["plan"], "prefix": row["préfixe"], "form_line_id": ids[row["ligne"]]}
        for row in reference.form_mapping()
    ]
    session.execute(insert(FormMapping), mapping)
