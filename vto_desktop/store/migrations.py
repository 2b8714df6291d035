"""Bringing an older dossier to the present schema: after a verified backup, all of it or nothing."""

import ast
import re
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, StaticPool, create_engine

from vto_desktop.errors import UserError
from vto_desktop.paths import shipped
from vto_desktop.store import schema

OLDEST = "0001"


def folder() -> Path:
    """Return the folder of Alembic's ``env.py`` and ``versions/``."""
    return shipped("db", "migrations")


@cache
def revisions() -> tuple[str, ...]:
    """Return the revisions, oldest first. They are numbered, so that a newer one is recognised as newer.

    Their files are read and not run: Alembic is imported only when there is something to migrate.
    """
    names = sorted(path.name for path in (folder() / "versions").glob("[0-9]*_*.py"))
    return tuple(name.partition("_")[0] for name in names)


def head() -> str:
    """Return the revision of a new dossier."""
    return revisions()[-1]


def revision_of(raw: sqlite3.Connection) -> str:
    """Return the file's revision; UserError when this program cannot know or use it."""
    try:
        rows = raw.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        rows = []
    if len(rows) != 1 or not re.fullmatch(r"\d{4}", str(rows[0][0])):
        raise UserError(
            "VERSION_INCONNUE",
            "La version de ce dossier est inconnue : il n’a pas été ouvert ni modifié. Restaurez une "
            "sauvegarde, "
            "ou demandez conseil en joignant le fichier.",
            details=f"revisions: {len(rows)}",
        )
    revision = str(rows[0][0])
    _require_usable(revision)
    return revision


def _require_usable(revision: str) -> None:
    if revision > head():
        raise UserError(
            "VERSION_PLUS_RECENTE",
            "Ce dossier a été enregistré par une version plus récente du programme : il n’a pas été "
            "ouvert ni "
            "modifié. Installez la dernière version, puis rouvrez-le.",
            details=f"{revision} > {head()}",
        )
    if revision < OLDEST:
        raise UserError(
            "VERSION_TROP_ANCIENNE",
            "Ce dossier vient d’une version trop ancienne pour être repris : il n’a pas été ouvert ni "
            "modifié. "
            "Ouvrez-le d’abord avec une version intermédiaire du programme.",
            details=f"{revision} < {OLDEST}",
        )


def migrate(raw: sqlite3.Connection) -> None:
    """Run every missing revision in one transaction, checked before it is committed.

    Foreign keys go off *before* BEGIN (inside a transaction the PRAGMA is ignored): with them on, rebuilding
    a table drops it, and its children are deleted silently on the success path. Default pysqlite would
    leave a half-migrated file on any failure; here BEGIN and COMMIT are ours.
    """
    start = revision_of(raw)
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        raw.execute("BEGIN IMMEDIATE")
        try:
            before = counts(raw)
            _take_triggers_away(raw)
            upgrade(raw)
            put_back_derived(raw)
            _require_sound(raw, before, allowed=_declared_changes(start))
            raw.execute("COMMIT")
        except BaseException:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            raise
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def upgrade(raw: sqlite3.Connection) -> None:
    """Run the missing revisions in the transaction that is open."""
    from alembic import command

    with engine_within(raw).connect() as connection:
        command.upgrade(configuration(connection), "head")


def engine_within(raw: sqlite3.Connection) -> Engine:
    """Return an engine that works inside the transaction already open, and never ends it."""
    engine = create_engine("sqlite+pysqlite://", creator=lambda: raw, poolclass=StaticPool)
    leave: Callable[[Any], None] = lambda _connection: None  # noqa: E731 - two names for doing nothing
    vars(engine.dialect).update(do_commit=leave, do_rollback=leave)
    return engine


def configuration(connection: Any) -> Any:
    """Return Alembic's configuration, which runs on this SQLAlchemy connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _take_triggers_away(raw: sqlite3.Connection) -> None:
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')


def put_back_derived(raw: sqlite3.Connection) -> None:
    """Make the search indexes and triggers that follow from the tables, and index the keys again."""
    expected = schema.shipped_schema()
    actual = schema.described(raw)
    derived = [text for text in schema.shipped_statements() if _is_derived(text)]
    for statement in derived:
        kind, name = re.findall(r"CREATE (?:VIRTUAL )?(TABLE|TRIGGER) (\w+)", statement)[0]
        if actual.get(name) == expected[name]:
            continue
        if name in actual:
            raw.execute(f"DROP {kind} {name}")
        raw.execute(statement)
    for search in schema.search_tables():
        raw.execute(f"INSERT INTO {search}({search}) VALUES ('rebuild')")  # noqa: S608 - our table names


def _is_derived(statement: str) -> bool:
    return statement.startswith(("CREATE TRIGGER", "CREATE VIRTUAL"))


def _require_sound(raw: sqlite3.Connection, before: dict[str, int], *, allowed: set[str]) -> None:
    """Raise unless nothing was lost: links, number of rows, and every constraint, index and trigger."""
    orphans = raw.execute("PRAGMA foreign_key_check").fetchall()
    after = counts(raw)
    lost = [name for name in before if after.get(name) != before[name] and name not in allowed]
    differing = schema.differences(raw)
    if orphans or lost or differing:
        raise UserError(
            "MIGRATION_REFUSEE",
            "La mise à niveau de ce dossier n’a pas réussi : il est resté exactement comme avant, et "
            "une sauvegarde "
            "a été faite. Rouvrez-le avec la version précédente du programme et signalez ce message.",
            details=f"orphans {len(orphans)}, rows {lost}, schema {differing}",
        )


def _declared_changes(start: str) -> set[str]:
    """Return the tables whose number of rows the missing revisions say they change (ROWS_CHANGE)."""
    allowed: set[str] = {"alembic_version"}
    for path in sorted((folder() / "versions").glob("[0-9]*_*.py")):
        if path.name.partition("_")[0] <= start:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ROWS_CHANGE":
                allowed |= set(ast.literal_eval(node.value))
    return allowed


def counts(raw: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of every table of ours."""
    shadows = {f"{search}_{part}" for search in schema.search_tables() for part in schema.SHADOWS}
    skipped = shadows | set(schema.search_tables())
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names of the file's own tables
        for name in names
        if name not in skipped and not name.startswith("sqlite_")
    }
