"""Populations kept in a dossier against those of the reference data, and what else these data say anew.

An organisation is recognised by its SIREN, else by its INSEE code. Its name is the association's own and is
never changed here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import SHORT_KINDS, Kind, Organisation, OrganisationAlias
from vto_desktop.services import local_authorities, organisations
from vto_desktop.services.authority_names import GROUPS, is_same_name
from vto_desktop.services.identifiers import bare
from vto_desktop.services.keys import texts_by_id
from vto_desktop.services.local_authorities import LocalAuthority
from vto_desktop.services.rows import get_row

LISTED: Final = GROUPS | {Kind.COMMUNE}  # the kinds that the reference data hold


@dataclass(frozen=True, slots=True)
class Change:
    """What an organisation would take over from the authority it is recognised as."""

    organisation_id: int
    name: str
    departement: str
    population: int | None
    population_year: int | None
    authority: LocalAuthority
    remarks: tuple[str, ...]  # what else differs, in French sentences
    is_sure: bool  # the same legal person, and its data are no older


@dataclass(frozen=True, slots=True)
class Unknown:
    """A local authority of the dossier that the reference data do not have."""

    organisation_id: int
    name: str
    kind: str
    departement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, what is not recognised, and how many organisations say the same."""

    changes: tuple[Change, ...]
    unknown: tuple[Unknown, ...]
    same: int

    @property
    def sentence(self) -> str:
        """Return « 3 différences, 10 collectivités à jour et 1 non reconnue. »."""
        counts = (
            (len(self.changes), "différence", None),
            (self.same, "collectivité à jour", "collectivités à jour"),
            (len(self.unknown), "non reconnue", "non reconnues"),
        )
        said = [french.count(count, one, many) for count, one, many in counts if count]
        return f"{french.listed(said)}." if said else "Ce dossier ne connaît aucune collectivité."


@dataclass(frozen=True, slots=True)
class _Kept:
    """The columns of an organisation that are compared."""

    row_id: int
    name: str
    kind: str
    siren: str
    insee: str
    departement: str
    population: int | None
    population_year: int | None


def compare(session: Session) -> Comparison:
    """Compare every organisation that is, or may be, a commune or an EPCI, in the order of names."""
    changes: list[Change] = []
    unknown: list[Unknown] = []
    same = 0
    kept = _kept(session)
    aliases = _aliases(session)
    holders = {bare(row.siren): row.name for row in kept if row.siren}
    for row in kept:
        found = local_authorities.find(siren=row.siren, insee=row.insee)
        by_name = found is None
        if found is None:
            found = local_authorities.match(row.name, kind=row.kind, departement=row.departement)
        holder = holders.get(found.siren, "") if found is not None and by_name else ""
        if found is None or found.population is None or holder:
            if row.kind in LISTED:
                reason = _reason(row, holder)
                unknown.append(Unknown(row.row_id, row.name, row.kind, row.departement, reason))
            continue
        remarks = tuple(_remarks(row, found, [row.name, *aliases.get(row.row_id, ())], by_name=by_name))
        if not remarks and (row.population, row.population_year) == (found.population, found.population_year):
            same += 1
            continue
        changes.append(_change(row, found, remarks, by_name=by_name))
    return Comparison(tuple(changes), tuple(unknown), same)


def _kept(session: Session) -> list[_Kept]:
    chosen = select(
        Organisation.id, Organisation.name, Organisation.kind, Organisation.siren, Organisation.insee,
        Organisation.departement, Organisation.population, Organisation.population_year,
    )  # fmt: skip
    may_be = or_(Organisation.siren != "", Organisation.insee != "", Organisation.kind.in_(sorted(LISTED)))
    rows = session.execute(chosen.where(may_be).order_by(Organisation.sort_key, Organisation.id))
    return [_Kept(*row) for row in rows]


def _aliases(session: Session) -> dict[int, list[str]]:
    chosen = select(OrganisationAlias.organisation_id, OrganisationAlias.name)
    return texts_by_id(session, chosen.order_by(OrganisationAlias.id))


def _change(row: _Kept, found: LocalAuthority, remarks: tuple[str, ...], *, by_name: bool) -> Change:
    is_newer = (found.population_year or 0) >= (row.population_year or 0)
    is_same_person = not by_name and (not row.siren or bare(row.siren) == found.siren)
    return Change(
        row.row_id,
        row.name,
        row.departement or found.departement,
        row.population,
        row.population_year,
        found,
        remarks,
        is_newer and is_same_person,
    )


def _remarks(row: _Kept, found: LocalAuthority, names: list[str], *, by_name: bool) -> Iterable[str]:
    """Say what differs beside the population: the legal person, the name, the kind, the age of the data."""
    number = bare(row.siren)
    if by_name:
        yield (
            f"Reconnue par son nom\u00a0: prendra le SIREN {found.siren}."
            if found.siren
            else (f"Reconnue par son nom\u00a0: prendra le code INSEE {found.insee}.")
        )
    if number and found.siren and number != found.siren:
        yield f"Le SIREN {number} n’existe plus (fusion\u202f?)\u00a0: remplacé par {found.siren}."
    if not by_name and not any(is_same_name(name, found.name) for name in names):
        yield f"S’appelle «\u00a0{found.name}\u00a0» dans les données\u00a0; le nom du dossier reste."
    if row.kind != found.kind:
        yield f"Type\u00a0: {_short(row.kind)} → {_short(found.kind)}."
    if row.population_year and found.population_year and found.population_year < row.population_year:
        yield f"Les données, de {found.population_year}, sont plus anciennes."


def _short(kind: str) -> str:
    return SHORT_KINDS.get(kind, kind)


def _reason(row: _Kept, holder: str) -> str:
    """Return why an authority is not recognised, and what to do; ``holder`` already is one of its name."""
    if holder:
        return f"Sans doute la même collectivité que «\u00a0{holder}\u00a0», qui en a le SIREN."
    number = bare(row.siren)
    if number:
        return f"Le SIREN {number} n’est pas dans les données\u00a0: faute de frappe, ou fusion\u202f?"
    if row.insee:
        return f"Aucune commune n’a le code INSEE {row.insee}."
    if len(local_authorities.namesakes(row.name, kind=row.kind, departement=row.departement)) > 1:
        return local_authorities.SEVERAL
    where = "dans ce département" if row.departement else "dans les données"
    return f"Ni SIREN ni code INSEE, et aucune collectivité de ce nom {where}."


def apply_changes(session: Session, chosen: Iterable[Change]) -> int:
    """Take over the changes chosen and return how many; raises Invalid, and FICHE_ABSENTE when one is gone.

    The numbers are taken over with the population, so that next time the authority is recognised by them.
    """
    count = 0
    for change in chosen:
        row, authority = get_row(session, Organisation, change.organisation_id), change.authority
        row.population, row.population_year = authority.population, authority.population_year
        row.kind, row.siren = authority.kind, authority.siren or row.siren
        row.insee = authority.insee or row.insee
        row.departement = row.departement or local_authorities.values(authority)["departement"]
        organisations.save_organisation(session, row)
        count += 1
    return count
