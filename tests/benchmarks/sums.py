"""G4 and G5: income by source and year over every entry of the dossier."""

import sqlite3

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.benchmarks.harness import Effort, Outcome, compared, interleaved, timed
from vto_desktop.model import FiscalYear
from vto_desktop.services import result
from vto_desktop.store import Dossier

YEARS = "SELECT id, year FROM fiscal_year ORDER BY year"
SAME = """
SELECT account_code, funding_source_id, sum(amount) FROM entry
WHERE fiscal_year_id = ? AND account_code >= '7' AND account_code < '8'
GROUP BY account_code, funding_source_id
"""
JOINED = """
SELECT y.year, s.name, sum(e.amount)
FROM entry e NOT INDEXED
JOIN fiscal_year y ON y.id = e.fiscal_year_id
LEFT JOIN funding_source s ON s.id = e.funding_source_id
WHERE e.account_code LIKE '7%'
GROUP BY y.year, s.name
"""


def income(session: Session) -> dict[int, int]:
    """Return the income of each year as the summaries add it up. Cents."""
    years = session.scalars(select(FiscalYear).order_by(FiscalYear.year)).all()
    return {year.year: sum(group.amount for group in result.income_groups(session, year)) for year in years}


def same(raw: sqlite3.Connection) -> dict[int, int]:
    """Return the same by the same statements, without SQLAlchemy."""
    years = raw.execute(YEARS).fetchall()
    return {year: sum(row[2] for row in raw.execute(SAME, (row_id,))) for row_id, year in years}


def joined(raw: sqlite3.Connection) -> dict[int, int]:
    """Return the same as it comes to mind first: labels joined, then grouped, no index for it."""
    found: dict[int, int] = {}
    for year, _, amount in raw.execute(JOINED):
        found[year] = found.get(year, 0) + amount
    return found


def measure(dossier: Dossier, effort: Effort) -> list[Outcome]:
    """Measure on one connection, so that all read the same pages; all three must find the same amounts.

    In two runs: a scan of the whole table would empty the processor's cache for whoever comes next.
    """
    with dossier.connection() as raw, dossier.read() as session:
        assert income(session) == same(raw) == joined(raw)
        ours = timed(lambda: income(session))
        indexed = interleaved({"same": timed(lambda: same(raw)), "ours": ours}, effort.rounds)
        scanned = interleaved({"joined": timed(lambda: joined(raw)), "ours": ours}, effort.starts)
    return [
        compared("G4", "income by source and year / same SQL, raw", indexed, "same", "ours", limit=1.2),
        compared("G5", "the same / join then group, no index", scanned, "joined", "ours", limit=0.25),
    ]
