"""Dossiers of a chosen size from a seed: usual (200 members, 20,000 entries) and big (100,000, 1,000,000)."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from vto_desktop.french import search_key, sort_key
from vto_desktop.model import Kind
from vto_desktop.services import association
from vto_desktop.store import create_dossier

SYLLABLES = (
    "saint",
    "mont",
    "ville",
    "lac",
    "roque",
    "font",
    "val",
    "pierre",
    "clair",
    "bois",
    "neuf",
    "haut",
)
ENDINGS = ("ac", "argues", "an", "ols", "ens", "ières", "ane", "euil", "ès", "ose")
FIRST_YEAR = 2012
YEARS = 10


@dataclass(frozen=True)
class Size:
    """How many members and entries a dossier holds."""

    members: int
    entries: int


USUAL = Size(200, 20_000)
BIG = Size(100_000, 1_000_000)


def make(path: Path, size: Size, *, seed: int = 2021) -> Path:
    """Write a dossier of this size; the same seed gives the same rows."""
    with create_dossier(path) as dossier, dossier.write("Créer le dossier") as session:
        association.initialise(session, "Association d’essai")
    chance = random.Random(seed)  # noqa: S311 - sample data, not a secret
    # Straight rows, without the journal: a million steps are not what is measured here.
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA synchronous=OFF")
        years = list(_years(base))
        sources = [row[0] for row in base.execute("SELECT id FROM funding_source")]
        colleges = [row[0] for row in base.execute("SELECT id FROM college")]
        base.executemany(*_insert("organisation", _organisations(chance, size.members)))
        base.executemany(*_insert("member", _members(base, chance, colleges)))
        base.executemany(*_insert("entry", _entries(chance, size.entries, years, sources)))
        base.execute("ANALYZE")
    return path


def _insert(table: str, rows: Iterator[dict[str, Any]]) -> tuple[str, Iterator[tuple[Any, ...]]]:
    first = next(rows)
    names = ", ".join(first)
    marks = ", ".join("?" for _ in first)

    def values() -> Iterator[tuple[Any, ...]]:
        yield tuple(first.values())
        yield from (tuple(row.values()) for row in rows)

    return f"INSERT INTO {table} ({names}) VALUES ({marks})", values()  # noqa: S608 - our own names


def _years(base: sqlite3.Connection) -> Iterator[int]:
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        known = base.execute("SELECT id FROM fiscal_year WHERE year = ?", (year,)).fetchone()
        if known:
            yield known[0]
            continue
        values = (year, f"{year}-01-01", f"{year}-12-31", "En comptabilité", "2018", "")
        done = base.execute(
            "INSERT INTO fiscal_year (year, starts_on, ends_on, basis, chart, notes) VALUES (?,?,?,?,?,?)",
            values,
        )
        yield int(done.lastrowid or 0)


def _name(chance: random.Random) -> str:
    return (chance.choice(SYLLABLES) + chance.choice(SYLLABLES) + chance.choice(ENDINGS)).capitalize()


def _organisations(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    kinds = [kind.value for kind in (Kind.COMMUNE, Kind.CC, Kind.CA)]
    for index in range(count):
        name, kind, departement = (
            f"{_name(chance)}-{index}",
            chance.choice(kinds),
            chance.choice(("11", "30", "34")),
        )
        yield {
            "name": name, "short_name": "", "kind": kind, "siren": "", "siret": "", "rna": "", "insee": "",
            "departement": departement, "population": chance.randrange(50, 90_000), "population_year": 2021,
            "address": "", "postcode": "", "city": "", "email": "", "phone": "", "chorus_service": "",
            "needs_commitment_number": 0, "notes": "", "sort_key": sort_key(name),
            "search_key": search_key(name, kind, departement),
        }  # fmt: skip


def _members(
    base: sqlite3.Connection, chance: random.Random, colleges: list[int]
) -> Iterator[dict[str, Any]]:
    for row in base.execute("SELECT id, sort_key, search_key FROM organisation").fetchall():
        joined = date(FIRST_YEAR, 1, 1) + timedelta(days=chance.randrange(365 * (YEARS - 1)))
        yield {
            "organisation_id": row[0], "college_id": chance.choice(colleges), "joined_on": joined.isoformat(),
            "leaving_reason": "", "notes": "", "sort_key": row[1], "search_key": row[2],
        }  # fmt: skip


def _entries(
    chance: random.Random, count: int, years: list[int], sources: list[int]
) -> Iterator[dict[str, Any]]:
    accounts = ("606", "611", "613", "622", "625", "641", "645", "740", "741", "756", "758")
    for index in range(count):
        year = index % len(years)
        day = date(FIRST_YEAR + year, 1, 1) + timedelta(days=chance.randrange(365))
        account = chance.choice(accounts)
        yield {
            "fiscal_year_id": years[year], "entered_on": day.isoformat(), "account_code": account,
            "label": f"Écriture {index}", "amount": chance.randrange(1, 500_000), "piece": str(index),
            "funding_source_id": chance.choice(sources) if account[0] == "7" else None, "origin": "essai",
        }  # fmt: skip
