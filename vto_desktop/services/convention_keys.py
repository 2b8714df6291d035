"""What a convention sorts by and is found by: its title, its funder in every spelling, its reference."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Convention, FundingSource, Organisation, OrganisationAlias
from vto_desktop.services.keys import Keys, texts_by_id, write_keys
from vto_desktop.services.rows import parts_of


def refresh_keys(session: Session, convention_ids: Sequence[int]) -> None:
    """Compute again the keys by which these conventions sort and are found: title, funder, reference."""
    for part in parts_of(convention_ids):
        write_keys(session, Convention, _keys(session, part))


def _keys(session: Session, convention_ids: list[int]) -> list[Keys]:
    chosen = (
        select(
            Convention.id, Convention.title, Convention.object, Convention.funder_reference,
            Convention.funder_id, Organisation.name, Organisation.short_name, FundingSource.name,
        )
        .join(Organisation, Convention.funder_id == Organisation.id)
        .outerjoin(FundingSource, Convention.funding_source_id == FundingSource.id)
        .where(Convention.id.in_(convention_ids))
    )  # fmt: skip
    rows = session.execute(chosen).all()
    aliases = select(OrganisationAlias.organisation_id, OrganisationAlias.name)
    funders = {row[4] for row in rows}
    spellings = texts_by_id(session, aliases.where(OrganisationAlias.organisation_id.in_(funders)))
    return [
        Keys(
            row_id,
            {
                "sort_key": french.sort_key(title),
                "search_key": french.search_key(
                    title, text[:1000], reference, *names, *spellings.get(funder_id, ())
                ),
            },
        )
        for row_id, title, text, reference, funder_id, *names in rows
    ]


def refresh_of_funder(session: Session, *organisation_ids: int) -> None:
    """Refresh the conventions of these funders."""
    for part in parts_of(organisation_ids):
        chosen = select(Convention.id).where(Convention.funder_id.in_(part))
        refresh_keys(session, session.scalars(chosen).all())
