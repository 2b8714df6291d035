"""Whether a base is whole: pages and indexes, links between rows."""

import sqlite3


def problems_in(raw: sqlite3.Connection) -> list[str]:
    """Return what is wrong, in SQLite's words without any value of the user's; nothing when it is whole.

    The full check: the quick one does not see an index that disagrees with its table.
    """
    found = [row[0] for row in raw.execute("PRAGMA integrity_check(20)").fetchall()]
    return [] if found == ["ok"] else [f"integrity: {len(found)} problems"]
