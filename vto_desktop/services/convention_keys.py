"""What a convention sorts by and is found by: its title, its funder in every spelling, its reference."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from vto_desktop import french
from vto_desktop.model import Convention, FundingSource, Organisation, OrganisationAlias
from vto_desktop.services.rows import table_of

IN_LIST: Final = 500  # ids in one statement


def refresh_keys(session: Session, convention_ids: Sequence[int]) -> None:
    """Compute again the keys by which these conventions sort and are found: title, funder, reference."""
    for start in range(0, len(convention_ids), IN_LIST):
        _refresh_some(session, list(convention_ids[start : start + IN_LIST]))


def _refresh_some(session: Session, convention_ids: list[int]) -> None:
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
    spellings: dict[int, list[str]] = {}
    aliases = select(OrganisationAlias.organisation_id, OrganisationAlias.name)
    for funder_id, alias in session.execute(
        aliases.where(OrganisationAlias.organisation_id.in_({row[4] for row in rows}))
    ):
        spellings.setdefault(funder_id, []).append(alias)
    changes: list[dict[str, Any]] = [
        {
            "row_id": row_id,
            "sort_key": french.sort_key(title),
            "search_key": french.search_key(title, *texts, *spellings.get(funder_id, ())),
        }
        for row_id, title, text, reference, funder_id, *names in rows
        for texts in [(text[:1000], reference, *names)]
    ]
    table = table_of(Convention)
    if changes:
        statement = update(table).where(table.c.id == bindparam("row_id"))
        session.connection().execute(
            statement.values(sort_key=bindparam("sort_key"), search_key=bindparam("search_key")), changes
        )
    for change in changes:
        present = session.identity_map.get(session.identity_key(Convention, change["row_id"]))
        if present is not None:
            set_committed_value(present, "sort_key", change["sort_key"])
            set_committed_value(present, "search_key", change["search_key"])


def refresh_of_funder(session: Session, organisation_id: int) -> None:
    """Refresh the conventions of this funder."""
    chosen = select(Convention.id).where(Convention.funder_id == organisation_id)
    refresh_keys(session, session.scalars(chosen).all())
