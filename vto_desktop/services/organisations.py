"""Organisations: each kept once, with every spelling that documents use."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from vto_desktop import french
from vto_desktop.model import Kind, Organisation
from vto_desktop.services import convention_keys, members, reference
from vto_desktop.services.identifiers import bare, rna_warning, siren_warning, siret_warning
from vto_desktop.services.keys import own_keys, write_keys
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    parts_of,
    require,
    save_row,
    too_long,
)

POPULATION_LIMIT = 100_000_000


def organisation_problems(row: Organisation) -> Problems:
    """Return what must be corrected before the organisation can be kept."""
    found = too_long(row) | require(row, {"name": "Indiquez le nom de l’organisme."})
    if row.kind is not None and row.kind not in set(Kind):
        found["kind"] = "Choisissez le type d’organisme."
    if row.population is not None and not 0 <= row.population <= POPULATION_LIMIT:
        found["population"] = "La population va de 0 à 100 millions d’habitants."
    if row.population_year is not None and not 1900 <= row.population_year <= 2200:
        found["population_year"] = "L’année n’est pas plausible."
    if row.departement and not reference.departement_name(row.departement):
        found["departement"] = "Ce code n’est pas celui d’un département : par exemple 34, 2A ou 974."
    for alias in row.__dict__.get("aliases", ()):
        if problem := too_long(alias):
            found["aliases"] = problem["name"]
    return found


def organisation_warnings(row: Organisation) -> Problems:
    """Return what looks wrong but may be kept: SIREN, SIRET, RNA."""
    checks = {
        "siren": siren_warning(row.siren or ""),
        "siret": siret_warning(row.siret or ""),
        "rna": rna_warning(row.rna or ""),
    }
    siren, siret = bare(row.siren or ""), bare(row.siret or "")
    if siren and siret and not checks["siret"] and siret[:9] != siren:
        checks["siret"] = "Ce SIRET ne commence pas par le SIREN de l’organisme."
    return {name: sentence for name, sentence in checks.items() if sentence}


def save_organisation(session: Session, row: Organisation) -> Organisation:
    """Keep an organisation and refresh what finds it, as member and as funder; raises Invalid."""
    kept = save_row(session, row, organisation_problems(row))
    kept.sort_key, kept.search_key = kept.keys()  # its spellings may be all that changed
    session.flush()
    members.refresh_of_organisation(session, kept.id)
    convention_keys.refresh_of_funder(session, kept.id)
    return kept


def refresh_keys(session: Session, organisation_ids: Sequence[int]) -> None:
    """Compute again the keys by which these organisations, written past the mapped rows, are found."""
    for part in parts_of(organisation_ids):
        chosen = select(Organisation).where(Organisation.id.in_(part))
        found = session.scalars(
            chosen.options(selectinload(Organisation.aliases)).execution_options(populate_existing=True)
        )
        write_keys(session, Organisation, [own_keys(row) for row in found])


def delete_organisation(session: Session, row_id: int) -> None:
    """Delete an organisation; raises ENCORE_UTILISE, listing what depends on it."""
    delete_row(session, Organisation, row_id, name=get_row(session, Organisation, row_id).name)


def same_name(session: Session, row: Organisation) -> list[Organisation]:
    """Return the other organisations of the same name, for a warning: five communes are called Celles."""
    key = french.sort_key(row.name or "")
    chosen = select(Organisation).where(Organisation.sort_key == key, Organisation.id != (row.id or 0))
    return list(session.scalars(chosen.order_by(Organisation.departement)))


def same_siren(session: Session, row: Organisation) -> list[Organisation]:
    """Return the other organisations of the same SIREN, for a warning: one legal person has one."""
    chosen = select(Organisation).where(
        Organisation.siren == bare(row.siren), Organisation.id != (row.id or 0)
    )
    return list(session.scalars(chosen.order_by(Organisation.id))) if bare(row.siren) else []
