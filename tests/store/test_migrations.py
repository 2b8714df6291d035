"""Migrations: all or nothing, nothing lost, a verified backup first (faults E1 to E7, B5)."""

import gzip
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from tests.store import samples
from vto_desktop import paths
from vto_desktop.errors import UserError
from vto_desktop.model import Person
from vto_desktop.model.search import matches
from vto_desktop.store import backups, check, connection, migrations, open_dossier, revise, schema

SAMPLES = Path(__file__).parent.parent / "dossiers"
REAL = paths.shipped("db")
PRESENT = migrations.head()
NEXT = f"{int(PRESENT) + 1:04}"
HEADER = (
    f'import sqlalchemy as sa\nfrom alembic import op\nrevision = "{NEXT}"\ndown_revision = "{PRESENT}"\n'
)
REBUILD = (
    '    with op.batch_alter_table("organisation", recreate="always", '
    'table_kwargs={"sqlite_strict": True}) as batch:\n'
    '        batch.add_column(sa.Column("region", sa.Text(), nullable=False, server_default="Occitanie"))\n'
)
SOUND = HEADER + "def upgrade():\n" + REBUILD + "    op.execute(\"UPDATE person SET notes = 'migré'\")\n"

Ship = Callable[[str], None]


def prepare_revision(shipped: Path, revision: str) -> None:
    """Make a copy of what the program ships in ``db/``, with one more revision."""
    shutil.copytree(REAL / "migrations", shipped / "migrations")
    shutil.copy(REAL / "schema.sql", shipped / "schema.sql")
    write_revision(shipped, revision)


def write_revision(shipped: Path, revision: str) -> None:
    """Write that revision and the schema that goes with it."""
    (shipped / "migrations" / "versions" / f"{NEXT}_sample.py").write_text(revision, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        use_shipped(shipped, patch)
        revise.write_schema()
    forget()


def use_shipped(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program find its ``db/`` there."""
    for module in (migrations, schema, revise):
        monkeypatch.setattr(module, "shipped", lambda _db, *parts: shipped.joinpath(*parts))
    forget()


def forget() -> None:
    """Forget what was read of the shipped files."""
    migrations.revisions.cache_clear()
    schema.shipped_statements.cache_clear()
    schema.shipped_schema.cache_clear()


@pytest.fixture
def ship(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ship]:
    """Return what ships one more revision with the program, for this test alone."""

    def ship(revision: str) -> None:
        prepare_revision(tmp_path / "livré", revision)
        use_shipped(tmp_path / "livré", monkeypatch)

    yield ship
    monkeypatch.undo()
    forget()


def state(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of a closed dossier and its whole schema."""
    with closing(sqlite3.connect(path)) as raw:
        names = list(migrations.counts(raw))
        rows = {name: raw.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}
        return rows | {"": sorted(schema.described(raw).items())}


def test_an_older_dossier_is_migrated_with_everything_in_it(path: Path, ship: Ship) -> None:
    before = state(path)
    ship(SOUND)
    with open_dossier(path) as dossier, dossier.read() as session:
        assert session.scalars(select(Person.notes)).all() == ["migré"]
        found = session.scalars(select(Person.id).where(matches(Person.search_key, "magalie touet"))).all()
        assert found == [1]
    after = state(path)
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert after["organisation_alias"] == before["organisation_alias"]  # e3: the children are still there
    assert after["organisation"][0][-1] == "Occitanie"
    assert after["alembic_version"] == [(NEXT,)]
    assert check.check(path) == []


def test_the_backup_made_before_is_the_dossier_as_it_was(path: Path, ship: Ship) -> None:
    before = state(path)
    ship(SOUND)
    open_dossier(path).close()
    (backup,) = backups.list_backups(path)
    assert backup.kind == "avant mise à niveau"
    assert state(backup.path) == before


def test_with_foreign_keys_on_the_same_migration_would_delete_children(path: Path, ship: Ship) -> None:
    """The counter-proof of « foreign keys OFF before BEGIN »: here they are on, and lines vanish."""
    ship(HEADER + "def upgrade():\n" + REBUILD.replace('"organisation"', '"budget"'))
    for is_on, lines in (("OFF", 2), ("ON", 0)):
        with closing(connection.connect(path, "rw")) as raw:
            raw.execute(f"PRAGMA foreign_keys={is_on}")
            raw.execute("BEGIN IMMEDIATE")
            migrations._take_triggers_away(raw)
            migrations.upgrade(raw)
            assert migrations.counts(raw)["budget_line"] == lines


def test_a_rebuilt_table_gets_its_triggers_back(path: Path, ship: Ship) -> None:
    ship(HEADER + "def upgrade():\n" + REBUILD.replace('"organisation"', '"budget"'))
    before = {name for name, _ in state(path)[""]}
    open_dossier(path).close()
    assert {name for name, _ in state(path)[""]} == before
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE fiscal_year SET closed_on = '2022-03-01'")
        with pytest.raises(sqlite3.IntegrityError, match="EXERCICE_CLOS"):
            raw.execute("UPDATE budget SET name = 'autre'")


def statements_of_the_migration(path: Path, monkeypatch: pytest.MonkeyPatch, *, fail_at: int) -> int:
    """Open ``path``, failing at one statement of the migration; return how many were begun."""
    begun = 0
    plain = migrations.engine_within

    def failing(raw: sqlite3.Connection) -> Engine:
        engine = plain(raw)

        @event.listens_for(engine, "before_cursor_execute")
        def count(*_: object) -> None:
            nonlocal begun
            begun += 1
            if begun == fail_at:
                raise ZeroDivisionError

        return engine

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "engine_within", failing)
        with suppress(ZeroDivisionError):
            open_dossier(path).close()
        return begun


def test_e1_a_failure_at_any_statement_leaves_the_dossier_as_it_was(
    path: Path, tmp_path: Path, ship: Ship, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(SOUND)
    rehearsal = Path(shutil.copy(path, tmp_path / "répétition.vto"))
    total = statements_of_the_migration(rehearsal, monkeypatch, fail_at=0)
    assert total > 8
    before = state(path)
    for number in range(1, total + 1):
        assert statements_of_the_migration(path, monkeypatch, fail_at=number) >= number
        assert state(path) == before
    assert len(backups.list_backups(path)) == total
    open_dossier(path).close()
    assert state(path)["alembic_version"] == [(NEXT,)]


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM organisation",  # orphans
        "DELETE FROM entry",  # rows lost
        "DROP INDEX ix_person_sort_key",
    ],
)
def test_e6_a_migration_that_loses_something_is_undone_whole(path: Path, ship: Ship, harm: str) -> None:
    ship(SOUND)
    before = state(path)
    versions = migrations.folder() / "versions" / f"{NEXT}_sample.py"
    versions.write_text(SOUND + f'    op.execute("{harm}")\n', encoding="utf-8")
    with pytest.raises(UserError) as refused:
        open_dossier(path)
    assert refused.value.code == "MIGRATION_REFUSEE"
    assert state(path) == before


def test_a_migration_may_remove_the_rows_it_declares(path: Path, ship: Ship) -> None:
    ship(SOUND + '    op.execute("DELETE FROM entry")\nROWS_CHANGE = {"entry"}\n')
    open_dossier(path).close()
    assert state(path)["entry"] == []


def test_b5_without_a_backup_there_is_no_migration(
    path: Path, ship: Ship, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(SOUND)
    before = state(path)

    def full(_raw: object, _target: Path) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
        raise error

    monkeypatch.setattr(backups, "copy_base", full)
    with pytest.raises(UserError) as refused:
        open_dossier(path)
    assert refused.value.code == "SAUVEGARDE_IMPOSSIBLE"
    assert state(path) == before
    assert not backups.list_backups(path)


def test_a_read_only_dossier_is_not_migrated(path: Path, ship: Ship, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(SOUND)
    before = samples.digest(path)
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(UserError) as refused:
        open_dossier(path)
    assert refused.value.code == "VERSION_TROP_ANCIENNE"
    assert samples.digest(path) == before


@pytest.mark.parametrize("kept", ["present", *(sample.name for sample in SAMPLES.glob("*.vto.gz"))])
def test_e7_every_kept_dossier_still_opens_with_its_totals(path: Path, kept: str) -> None:
    if kept != "present":
        path.write_bytes(gzip.decompress((SAMPLES / kept).read_bytes()))
    with open_dossier(path) as dossier, dossier.read() as session:
        totals = session.connection().exec_driver_sql(
            "SELECT y.year, sum(e.amount) FROM entry e JOIN fiscal_year y ON y.id = e.fiscal_year_id "
            "GROUP BY 1"
        )
        assert {row[0]: row[1] for row in totals} == {2020: 1_600_000, 2021: 1_600_000}
    assert check.check(path) == []
