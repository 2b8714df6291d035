"""For developers: write the next revision, and ``db/schema.sql`` that goes with it.

``python -m vto_desktop.store.revise --initial`` writes the first revision anew (until the first release);
``python -m vto_desktop.store.revise "Add a phone to members"`` writes the next, from what the model gained.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from vto_desktop.paths import shipped
from vto_desktop.store import migrations, schema

HEADER = "-- An empty dossier of the head revision. Written by vto_desktop.store.revise, not by hand.\n"


def write_initial() -> Path:
    """Write revision 0001 from the model, as the statements themselves."""
    body = "".join(f'    """{statement}""",\n' for statement in schema.table_statements())
    path = migrations.folder() / "versions" / "0001_initial.py"
    path.write_text(
        '"""The first schema: tables and indexes. Written by vto_desktop.store.revise."""\n\n'
        'from alembic import op\n\nrevision = "0001"\ndown_revision = None\nbranch_labels = None\n'
        f"depends_on = None\n\nSTATEMENTS = (\n{body})\n\n\n"
        "def upgrade() -> None:\n    for statement in STATEMENTS:\n"
        "        op.get_bind().exec_driver_sql(statement)\n",
        encoding="utf-8",
        newline="\n",
    )
    return path


def write_next(message: str) -> None:
    """Write the next numbered revision by comparing the model with an empty dossier of the present head."""
    from alembic import command

    number = f"{int(migrations.head()) + 1:04}"
    with closing(empty_dossier()) as raw, migrations.engine_within(raw).connect() as connection:
        config = migrations.configuration(connection)
        command.revision(config, message, autogenerate=True, rev_id=number)


def empty_dossier() -> sqlite3.Connection:
    """Return a base in memory, for the caller to close, with the tables that running every revision makes."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    raw.execute("BEGIN")
    migrations.upgrade(raw)
    raw.execute("COMMIT")
    return raw


def schema_text() -> str:
    """Return an empty dossier in SQL, the same each time: what running every revision makes, in order.

    Each table is followed by its indexes; triggers are as the model now wants them.
    """
    chosen = (
        "SELECT part.name, part.sql FROM sqlite_master part "
        "JOIN sqlite_master whole ON whole.type = 'table' AND whole.name = part.tbl_name "
        "WHERE part.sql IS NOT NULL ORDER BY whole.rowid, part.type DESC, part.name"
    )
    with closing(empty_dossier()) as raw:
        made = dict(raw.execute(chosen).fetchall())
    shadows = {f"{search}_{part}" for search in schema.search_tables() for part in schema.SHADOWS}
    statements = [
        schema.tidy(sql)
        for name, sql in made.items()
        if name not in shadows and not sql.startswith(("CREATE TRIGGER", "CREATE VIRTUAL"))
    ]
    text = ";\n\n".join([*statements, *schema.derived_statements()])
    return f"{HEADER}\n{text};\n\n"


def write_schema() -> Path:
    """Write ``db/schema.sql``."""
    path = shipped("db", "schema.sql")
    path.write_text(schema_text(), encoding="utf-8", newline="\n")
    return path


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    if len(arguments) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    if arguments == ["--initial"]:
        write_initial()
    else:
        write_next(arguments[0])
    migrations.revisions.cache_clear()
    sys.stdout.write(f"{write_schema()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
