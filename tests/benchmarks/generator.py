"""Dossiers of a chosen size from a seed: usual (200 members, 20,000 entries) and big (100,000, 1,000,000)."""

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from vto_desktop.french import search_key, sort_key
from vto_desktop.model import Basis, Kind, Rank
from vto_desktop.paths import shipped
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
LAST_YEAR = FIRST_YEAR + YEARS - 1


@dataclass(frozen=True)
class Size:
    """How many members and entries a dossier holds."""

    name: str
    members: int
    entries: int


USUAL = Size("usual", 200, 20_000)
BIG = Size("big", 100_000, 1_000_000)


def cached(size: Size, folder: Path) -> Path:
    """Return the dossier of this size, made once for the present tables and generator; others are removed."""
    mark = hashlib.sha256(shipped("db", "schema.sql").read_bytes() + Path(__file__).read_bytes())
    path = folder / f"{size.name}-{mark.hexdigest()[:12]}.vto"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{size.name}-*"):
            old.unlink()
        make(folder / f"{size.name}-being-made.vto", size).rename(path)
    return path


def make(path: Path, size: Size, *, seed: int = 2021) -> Path:
    """Write a dossier of this size; the same seed gives the same rows."""
    with create_dossier(path) as dossier, dossier.write("Créer le dossier", is_start=True) as session:
        association.initialise(session, "Association d’essai", year=FIRST_YEAR)
    chance = random.Random(seed)  # noqa: S311 - sample data, not a secret
    # Straight rows, without the journal: a million steps are not what is measured here.
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA cache_size=-262144")
        with base:
            _fill(base, chance, size)
        base.execute("ANALYZE")
    return path


def _fill(base: sqlite3.Connection, chance: random.Random, size: Size) -> None:
    years = list(_years(base))
    sources = [row[0] for row in base.execute("SELECT id FROM funding_source")]
    colleges = [row[0] for row in base.execute("SELECT id FROM college")]
    base.executemany(*_insert("organisation", _organisations(chance, size.members)))
    base.executemany(*_insert("person", _persons(chance, size.members)))
    base.executemany(*_insert("member", _members(base, chance, colleges)))
    base.executemany(*_insert("representative", _representatives(size.members)))
    base.executemany(*_insert("entry", _entries(chance, size.entries, years, sources)))
    for table in ("organisation", "person", "member"):
        base.execute(f"INSERT INTO {table}_search ({table}_search) VALUES ('rebuild')")


def _insert(table: str, rows: Iterator[dict[str, Any]]) -> tuple[str, Iterator[tuple[Any, ...]]]:
    first = next(rows)
    names = ", ".join(first)
    marks = ", ".join("?" for _ in first)

    def values() -> Iterator[tuple[Any, ...]]:
        yield tuple(first.values())
        yield from (tuple(row.values()) for row in rows)

    return f"INSERT INTO {table} ({names}) VALUES ({marks})", values()


def _years(base: sqlite3.Connection) -> Iterator[int]:
    """Give the dossier its years, all kept in accounting, so that every entry counts."""
    base.execute("UPDATE fiscal_year SET basis = ?", (Basis.ACCOUNTING.value,))
    yield base.execute("SELECT id FROM fiscal_year WHERE year = ?", (FIRST_YEAR,)).fetchone()[0]
    for year in range(FIRST_YEAR + 1, LAST_YEAR + 1):
        done = base.execute(
            "INSERT INTO fiscal_year (year, starts_on, ends_on, basis, chart, notes) VALUES (?,?,?,?,?,?)",
            (year, f"{year}-01-01", f"{year}-12-31", Basis.ACCOUNTING.value, "2018", ""),
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


def _persons(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for index in range(count):
        civility, first = chance.choice((("M.", "Camille"), ("Mme", "Dominique"), ("Mme", "Claude")))
        last = _name(chance).upper()
        yield {
            "civility": civility, "first_name": first, "last_name": last, "email": f"p{index}@example.org",
            "phone": "", "address": "", "postcode": "", "city": "", "departement": "", "notes": "",
            "sort_key": sort_key(f"{last} {first}"), "search_key": search_key(f"{first} {last}"),
        }  # fmt: skip


def _members(
    base: sqlite3.Connection, chance: random.Random, colleges: list[int]
) -> Iterator[dict[str, Any]]:
    found = "SELECT id, sort_key, search_key, kind, departement, population FROM organisation"
    for row in base.execute(found).fetchall():
        joined = date(FIRST_YEAR, 1, 1) + timedelta(days=chance.randrange(365 * (YEARS - 1)))
        yield {
            "organisation_id": row[0], "college_id": chance.choice(colleges), "joined_on": joined.isoformat(),
            "leaving_reason": "", "notes": "", "sort_key": row[1], "search_key": row[2],
            "kind_key": row[3], "departement_key": row[4], "population_key": row[5],
        }  # fmt: skip


def _representatives(members: int) -> Iterator[dict[str, Any]]:
    for index in range(1, members + 1):
        yield {
            "member_id": index, "person_id": index, "rank": Rank.TITULAR.value, "position": 0,
            "capacity": "", "starts_on": f"{FIRST_YEAR}-01-01",
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
