"""What the file itself enforces and offers beyond its tables: search indexes, closed fiscal years, journal.

Everything is derived from ``Base.metadata``; ``db/schema.sql`` is the result, kept as a file so that a new
dossier is made, and a foreign one recognised, without building it again (store.revise writes it).
"""

import re
import sqlite3
from collections.abc import Iterator
from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from vto_desktop.model import Base
from vto_desktop.paths import shipped

# Receipts belong to no fiscal year: the day they came decides (domain.md §3).
CLOSED_BY_DATE = {"receipt": "received_on"}
# What goes on after a year is closed: its unpaid dues are still asked for.
NEVER_CLOSED = frozenset({"reminder"})
CLOSED = "EXERCICE_CLOS"
CLOSED_YEARS = "FROM fiscal_year y WHERE y.closed_on IS NOT NULL"
SHADOWS = ("data", "idx", "docsize", "config", "content")

JOURNAL = (
    """CREATE TABLE journal (
    id INTEGER NOT NULL CONSTRAINT pk_journal PRIMARY KEY,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_journal_kind CHECK (kind IN ('start', 'do', 'undo', 'redo')),
    target INTEGER NOT NULL,
    undoes INTEGER,
    redoes INTEGER,
    hash TEXT NOT NULL
) STRICT""",
    """CREATE TABLE journal_change (
    id INTEGER NOT NULL CONSTRAINT pk_journal_change PRIMARY KEY,
    step_id INTEGER NOT NULL CONSTRAINT fk_journal_change_step_id REFERENCES journal (id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT""",
    "CREATE INDEX ix_journal_target ON journal (target)",
    "CREATE INDEX ix_journal_change_step_id ON journal_change (step_id)",
    "CREATE INDEX ix_journal_change_row ON journal_change (table_name, row_id)",
)


def tracked_tables() -> list[Table]:
    """Return the tables of the model, parents first: those that journal, undo and checks follow."""
    return list(Base.metadata.sorted_tables)


def table_statements() -> list[str]:
    """Return the statements that make the tables and indexes of the present model, and the journal's."""
    dialect = sqlite.dialect()
    statements = []
    for table in tracked_tables():
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return [*map(tidy, statements), *JOURNAL]


def tidy(statement: str) -> str:
    """Return a statement that makes a table or an index as it reads best: no tabs, no needless quotes.

    A rebuilt table comes with its constraints in another order each time: they are put in one.
    """
    spaced = re.sub(r"\s*\n\s*", "\n    ", statement.strip()).replace("\n    )", "\n)")
    bare = re.sub(r'"(\w+)"', r"\1", spaced)
    return _in_order(bare, ",\n    ") if bare.startswith("CREATE TABLE") else bare


def derived_statements() -> list[str]:
    """Return the search indexes and persistent triggers that follow from the tables.

    No revision makes them: rebuilding a table (batch_alter_table) drops its triggers without a word and
    stumbles over those of other tables, so a migration takes them away first and puts these back last.
    """
    return [
        statement for table in tracked_tables() for statement in (*_search_index(table), *_closing(table))
    ]


def search_tables() -> list[str]:
    """Return the names of the full-text tables."""
    return [f"{table.name}_search" for table in tracked_tables() if "search_key" in table.c]


def _search_index(table: Table) -> Iterator[str]:
    """Yield a trigram index over the table's keys, without a copy of their text."""
    if "search_key" in table.c:
        yield (
            f"CREATE VIRTUAL TABLE {table.name}_search USING fts5(search_key, content='{table.name}', "
            "content_rowid='id', tokenize='trigram case_sensitive 1', columnsize=0)"
        )


def _closing(table: Table) -> Iterator[str]:
    """Yield the triggers by which a closed fiscal year refuses every change (domain.md §3).

    In the file and not in the program: a bulk update, a cascade or another tool is refused as well.
    """
    refuse = f"BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
    if table.name == "fiscal_year":
        yield (
            "CREATE TRIGGER fiscal_year_closed_update BEFORE UPDATE ON fiscal_year "
            f"WHEN OLD.closed_on IS NOT NULL AND NEW.closed_on IS NOT NULL {refuse}"
        )
        yield (
            "CREATE TRIGGER fiscal_year_closed_delete BEFORE DELETE ON fiscal_year "
            f"WHEN OLD.closed_on IS NOT NULL {refuse}"
        )
        return
    test = _closed_test(table)
    if test is None:
        return
    old, new = test.replace("ROW.", "OLD."), test.replace("ROW.", "NEW.")
    for event, when in (("insert", new), ("update", f"{old} OR {new}"), ("delete", old)):
        yield (
            f"CREATE TRIGGER {table.name}_closed_{event} BEFORE {event.upper()} ON {table.name} "
            f"WHEN {when} {refuse}"
        )


def _closed_test(table: Table) -> str | None:
    """Return the SQL that tells whether ``ROW`` belongs to a closed year, or None when it cannot.

    A row belongs to the year it must name, itself or through the rows it must name: an optional link (a
    receipt's dues) is not belonging, for last year's dues may be paid this year.
    """
    if table.name in CLOSED_BY_DATE:
        day = f"ROW.{CLOSED_BY_DATE[table.name]}"
        return f"EXISTS (SELECT 1 {CLOSED_YEARS} AND {day} BETWEEN y.starts_on AND y.ends_on)"
    path = None if table.name in NEVER_CLOSED else _path_to_year(table)
    if path is None:
        return None
    # One row at a time up to its year, which stays quick however many rows a closed year has.
    value = f"ROW.{path[0][1]}"
    for owner, link in path[1:]:
        value = f"(SELECT {link} FROM {owner} WHERE id = {value})"  # noqa: S608 - our names
    return f"EXISTS (SELECT 1 {CLOSED_YEARS} AND y.id = {value})"


def _path_to_year(table: Table) -> list[tuple[str, str]] | None:
    """Return [(table, linking column), …] up to fiscal_year along links that are never empty."""
    for link in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        owner = link.column.table
        if link.parent.nullable or owner is table:
            continue
        if owner.name == "fiscal_year":
            return [(table.name, link.parent.name)]
        further = _path_to_year(owner)
        if further:
            return [(table.name, link.parent.name), *further]
    return None


def described(connection: sqlite3.Connection) -> dict[str, str]:
    """Return name → definition of everything in the file, whitespace and quotes evened out.

    Left out: SQLite's own tables and the tables inside a full-text index, which its version decides.
    """
    return {name: _even(sql) for name, sql in _texts(connection).items()}


def _texts(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    shadows = {f"{search}_{part}" for search in search_tables() for part in SHADOWS}
    # A damaged text is read as bytes: as text again it is merely one that is not ours.
    texts = {str(name): str(sql) for name, sql in rows}
    return {
        name: sql for name, sql in texts.items() if name not in shadows and not name.startswith("sqlite_")
    }


def _even(sql: str) -> str:
    """Even out what a rebuilt table writes differently: spaces, quotes, the order of its constraints."""
    bare = re.sub(r"\s*([(),;])\s*", r"\1", re.sub(r"\s+", " ", re.sub(r'"(\w+)"', r"\1", sql))).strip()
    return _in_order(bare, ",") if bare.startswith("CREATE TABLE") else bare


def _in_order(table: str, between: str) -> str:
    """Return the definition of a table with its constraints in order; its columns keep theirs."""
    start, end = table.index("(") + 1, table.rindex(")")
    inside = table[start:end]
    parts = sorted(map(str.strip, _parts(inside)), key=_place)
    before, after = inside[: -len(inside.lstrip())], inside[len(inside.rstrip()) :]
    return f"{table[:start]}{before}{between.join(parts)}{after}{table[end:]}"


def _place(part: str) -> tuple[bool, bool, str]:
    """Return where a part of a table goes: columns, the primary key, the other constraints by name."""
    if not part.startswith("CONSTRAINT"):
        return (False, False, "")
    return (True, " PRIMARY KEY" not in part, part)


def _parts(text: str) -> list[str]:
    """Cut at the commas that are in no parenthesis."""
    parts, depth = [""], 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


@cache
def shipped_statements() -> tuple[str, ...]:
    """Return the statements of ``db/schema.sql``: a dossier of the head revision."""
    text = shipped("db", "schema.sql").read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    statements = (statement.strip().removesuffix(";") for statement in body.split(";\n\n"))
    return tuple(statement for statement in statements if statement)


@cache
def shipped_schema() -> dict[str, str]:
    """Return what ``described`` gives for an intact dossier of the head revision."""
    named = re.compile(r'CREATE (?:UNIQUE )?(?:VIRTUAL )?(?:TABLE|INDEX|TRIGGER) "?(\w+)')
    schema = {}
    for statement in shipped_statements():
        found = named.match(statement)
        if found:
            schema[found[1]] = _even(statement)
    return schema


def differences(connection: sqlite3.Connection) -> list[str]:
    """Return the names of tables, indexes and triggers that are missing, added or changed in the file."""
    if sorted(_texts(connection).values()) == sorted(shipped_statements()):
        return []  # the usual case, word for word, in a tenth of the time
    actual, expected = described(connection), shipped_schema()
    return sorted(name for name in actual.keys() | expected.keys() if actual.get(name) != expected.get(name))


def is_of_the_model(name: str | None, kind: str, parents: object) -> bool:
    """Tell Alembic which tables the model answers for: not the journal's, not the full-text ones."""
    return kind != "table" or name in Base.metadata.tables
