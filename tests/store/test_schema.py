"""The shipped schema: what the revisions make, what the model says, and what a new dossier is, are one."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from vto_desktop import paths
from vto_desktop.model import Base
from vto_desktop.store import create_dossier, migrations, revise, schema

STALE = "the model changed: run « python -m vto_desktop.store.revise » (see its docstring)"


@pytest.fixture(scope="module")
def migrated() -> Iterator[sqlite3.Connection]:
    """Return an empty base made by running every revision, and what follows from it."""
    with closing(revise.empty_dossier()) as raw:
        migrations.put_back_derived(raw)
        yield raw


def test_a_new_dossier_is_what_the_revisions_make(tmp_path: Path, migrated: sqlite3.Connection) -> None:
    create_dossier(tmp_path / "a.vto").close()
    with closing(sqlite3.connect(tmp_path / "a.vto")) as raw:
        assert schema.described(raw) == schema.described(migrated) == schema.shipped_schema(), STALE


def test_e5_the_revisions_make_the_tables_of_the_model(migrated: sqlite3.Connection) -> None:
    with migrations.engine_within(migrated).connect() as connection:
        options = {"include_name": schema.is_of_the_model, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == [], STALE


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_shipped_schema_is_written_the_same_each_time(seed: str) -> None:
    write = "from vto_desktop.store import revise; print(revise.schema_text(), end='')"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    written = subprocess.check_output([sys.executable, "-c", write], env=environment, encoding="utf-8")
    assert written == paths.shipped("db", "schema.sql").read_text(encoding="utf-8"), STALE


def in_any_order(text: str) -> list[str]:
    """Return the parts of a table's definition: a column that a revision added stands last."""
    start, end = text.index("("), text.rindex(")")
    return [text[:start], *sorted(schema._parts(text[start + 1 : end])), text[end:]]


def test_e5_every_constraint_of_the_model_is_in_the_shipped_schema() -> None:
    shipped = schema.shipped_schema()
    with closing(sqlite3.connect(":memory:")) as raw:
        for statement in schema.table_statements():
            raw.execute(statement)
        expected = schema.described(raw)
    assert set(expected) <= set(shipped), STALE
    assert {name: in_any_order(shipped[name]) for name in expected} == {
        name: in_any_order(text) for name, text in expected.items()
    }, STALE


def test_e4_every_trigger_the_model_wants_is_shipped() -> None:
    shipped = schema.shipped_statements()
    assert [text for text in schema.derived_statements() if text not in shipped] == [], STALE


def test_every_table_is_strict_and_every_constraint_is_named() -> None:
    for name, text in schema.shipped_schema().items():
        if text.startswith("CREATE TABLE") and name != "alembic_version":
            assert text.endswith("STRICT"), name
            assert text.count("CHECK(") + text.count("CHECK (") == text.count("CONSTRAINT ck_"), name
            assert text.count("UNIQUE") == text.count("CONSTRAINT uq_"), name


def test_the_closed_years_reach_every_table_that_belongs_to_one() -> None:
    guarded = {
        name.removesuffix("_closed_insert") for name in schema.shipped_schema() if "_closed_insert" in name
    }
    assert guarded == {"budget", "budget_line", "dues", "dues_campaign", "dues_scale", "entry", "receipt"}


def test_the_next_revision_is_written_from_what_the_model_gained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(paths.shipped("db", "migrations"), tmp_path / "migrations")
    shutil.copy(paths.shipped("db", "schema.sql"), tmp_path / "schema.sql")
    raw = revise.empty_dossier()
    raw.execute("ALTER TABLE person DROP COLUMN notes")
    for module in (migrations, schema, revise):
        monkeypatch.setattr(module, "shipped", lambda _db, *parts: tmp_path.joinpath(*parts))
    monkeypatch.setattr(revise, "empty_dossier", lambda: raw)
    migrations.revisions.cache_clear()
    try:
        known = set((tmp_path / "migrations" / "versions").glob("*.py"))
        revise.write_next("Give persons their notes")
        (written,) = set((tmp_path / "migrations" / "versions").glob("*.py")) - known
    finally:
        migrations.revisions.cache_clear()
    text = written.read_text(encoding="utf-8")
    assert "batch_op.add_column(sa.Column('notes', sa.Text(), nullable=False))" in text
    assert "op.drop_table" not in text


def test_creating_a_dossier_takes_less_than_300_ms(tmp_path: Path) -> None:
    def once(number: int) -> float:
        start = time.perf_counter()
        create_dossier(tmp_path / f"{number}.vto").close()
        return time.perf_counter() - start

    assert min(once(number) for number in range(5)) < 0.3
