"""The complete directory: every member, person and organisation, one sheet for each kind of record.

It may be handed to others: no civil status, ever, and no notes, which are written for oneself.
"""

from dataclasses import replace
from typing import Final

from vto_desktop.model import Member, Organisation, Person
from vto_desktop.services import lists_funding, lists_people
from vto_desktop.services.list_query import ListQuery, Shown, TableList
from vto_desktop.services.names import of_member

TITLE: Final = "Annuaire"


def _completed(given: TableList, *more: Shown) -> ListQuery:
    return replace(given, shown=(*given.shown, *more)).query()


_MEMBERS: Final = _completed(
    lists_people.MEMBERS,
    Shown("address", "Adresse", "text", of_member("address")),
    Shown("postcode", "Code postal", "text", of_member("postcode")),
    Shown("city", "Ville", "text", of_member("city")),
    Shown("siren", "SIREN", "text", Organisation.siren),
    Shown("siret", "SIRET", "text", Organisation.siret),
    Shown("leaving_reason", "Raison du départ", "text", Member.leaving_reason),
)
_ORGANISATIONS: Final = _completed(
    lists_people.ORGANISATIONS,
    Shown("address", "Adresse", "text", Organisation.address),
    Shown("postcode", "Code postal", "text", Organisation.postcode),
    Shown("insee", "Code INSEE", "text", Organisation.insee),
    Shown("population_year", "Année de la population", "text", Organisation.population_year),
    Shown("chorus_service", "Code service Chorus Pro", "text", Organisation.chorus_service),
    Shown("commitment", "Numéro d’engagement exigé", "text", Organisation.needs_commitment_number),
)
_PERSONS: Final = _completed(
    lists_people.PERSONS,
    Shown("address", "Adresse", "text", Person.address),
    Shown("postcode", "Code postal", "text", Person.postcode),
)

SHEETS: Final[tuple[ListQuery, ...]] = (
    _MEMBERS,
    lists_people.REPRESENTATIVES.query(),
    _ORGANISATIONS,
    _PERSONS,
    lists_people.MANDATES.query(),
    lists_people.MEETINGS.query(),
    lists_funding.DUES.query(),
)
