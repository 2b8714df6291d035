"""Every list by its name: what pages show, what is exported, and how many rows the dossier holds."""

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop.services import lists_accounts, lists_funding, lists_people
from vto_desktop.services.list_query import ListColumn, ListQuery, TableList

__all__ = ["LISTS", "ListColumn", "ListQuery", "counts"]

_TABLES: Final[tuple[TableList, ...]] = (
    lists_people.MEMBERS,
    lists_people.REPRESENTATIVES,
    lists_people.ORGANISATIONS,
    lists_people.PERSONS,
    lists_people.MANDATES,
    lists_people.MEETINGS,
    lists_funding.DUES,
    lists_funding.RECEIPTS,
    lists_funding.CONVENTIONS,
    lists_funding.INSTALMENTS,
    lists_funding.REPORTS_DUE,
    lists_accounts.BUDGET_LINES,
    lists_accounts.ENTRIES,
    lists_accounts.FISCAL_YEARS,
    lists_accounts.PUBLISHED_FIGURES,
    lists_accounts.ACCOUNTS,
    lists_accounts.FORM_LINES,
    lists_accounts.ACTIONS,
    lists_accounts.FUNDING_SOURCES,
)

LISTS: Final[dict[str, ListQuery]] = {each.name: each.query() for each in _TABLES}


def counts(session: Session) -> dict[str, int]:
    """Return how many rows each list holds, by its name with underscores."""
    return {
        each.name.replace("-", "_"): session.scalar(select(func.count()).select_from(each.table)) or 0
        for each in _TABLES
    }
