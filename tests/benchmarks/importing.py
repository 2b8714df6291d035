"""G11 and G15: a list imported beside the same rows written raw; spreadsheets beside the libraries."""

import gc
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.benchmarks.generator import ENDINGS, SYLLABLES
from tests.benchmarks.harness import Effort, Outcome, Probe, compared, interleaved
from vto_desktop import french
from vto_desktop.exchange.reading import read
from vto_desktop.exchange.tables import write_table
from vto_desktop.services import association, importing
from vto_desktop.services.list_query import ListColumn
from vto_desktop.services.reference import departement_name
from vto_desktop.store import connection, create_dossier, open_dossier

ROWS: Final = 100_000
SHEET_ROWS: Final = 50_000
COLUMNS: Final = (
    ListColumn("name", "Adhérent"), ListColumn("kind", "Type"), ListColumn("departement", "Département"),
    ListColumn("population", "Population", "number"), ListColumn("address", "Adresse"),
    ListColumn("postcode", "Code postal"), ListColumn("city", "Ville"), ListColumn("email", "Courriel"),
    ListColumn("phone", "Téléphone"), ListColumn("joined_on", "Adhésion", "date"),
)  # fmt: skip
TABLES: Final = ("organisation", "member")

Table = Sequence[tuple[int, Sequence[str]]]


def members(number: int, *, seed: int = 2021) -> list[tuple[Any, ...]]:
    """Return rows as a list of members holds them."""
    chance = random.Random(seed)  # noqa: S311 - sample data, not a secret
    return [
        (
            f"{chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}{chance.choice(ENDINGS)}-{n}",
            chance.choice(("Commune", "Communauté de communes", "Communauté d’agglomération")),
            departement_name(chance.choice(("11", "30", "34"))),
            chance.randrange(50, 90_000),
            f"{n} rue de la Mairie",
            "34000",
            "Montpellier",
            f"mairie{n}@example.org",
            "04 67 00 00 00",
            date(2012, 1, 1) + timedelta(days=chance.randrange(3650)),
        )
        for n in range(number)
    ]


def as_read(rows: Sequence[tuple[Any, ...]]) -> Table:
    """Return these rows as a file gives them: parsing is measured apart."""
    texts = ([french.short_date(v) if isinstance(v, date) else str(v) for v in row] for row in rows)
    return [(1, [column.title for column in COLUMNS]), *enumerate(texts, 2)]


def spent(function: Callable[[], object]) -> Probe:
    """Return a probe of milliseconds of processor spent in a function, by the processes it starts too."""

    def probe() -> float:
        gc.collect()
        before = time.process_time() + sum(os.times()[2:4])
        function()
        return (time.process_time() + sum(os.times()[2:4]) - before) * 1000

    return probe


# --- G11 -----------------------------------------------------------------------------------------


def new_dossier(folder: Path) -> Path:
    """Make an empty dossier."""
    path = folder / "vide.vto"
    with create_dossier(path) as dossier, dossier.write("Créer le dossier", is_start=True) as session:
        association.initialise(session, "Association d’essai", year=2021)
    return path


def import_list(path: Path, table: Table) -> None:
    """Plan and write a list as the window and the command line do, journal and keys included."""
    layout = importing.layout_of(table, "members")
    with open_dossier(path) as dossier:
        with dossier.read() as session:
            known = importing.Known(session)
        rows = importing.plan(known, table, layout).chosen()
        assert len(rows) == len(table) - 1
        with dossier.write("Importer") as session:
            importing.apply(session, rows)


def written(path: Path) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Return the columns and rows that an import left, to be written again raw."""
    with closing(sqlite3.connect(path)) as raw:
        found = {}
        for table in TABLES:
            cursor = raw.execute(f"SELECT * FROM {table}")
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def write_raw(path: Path, rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> None:
    """Write the same rows into the same schema with executemany, its full-text indexes included."""
    with closing(connection.connect(path, "rw")) as raw:
        connection.apply_pragmas(raw)
        raw.execute("BEGIN IMMEDIATE")
        for table, (names, values) in rows.items():
            marks = ", ".join("?" * len(names))
            raw.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
            row_id, key = names.index("id"), names.index("search_key")
            raw.executemany(
                f"INSERT INTO {table}_search (rowid, search_key) VALUES (?, ?)",
                [(row[row_id], row[key]) for row in values],
            )
        raw.execute("COMMIT")


def measure_import(effort: Effort, folder: Path, number: int) -> Outcome:
    """Measure an import beside raw statements that leave the same rows."""
    table, empty = as_read(members(number)), new_dossier(folder)
    sample = Path(shutil.copy(empty, folder / "importé.vto"))
    import_list(sample, table)
    rows = written(sample)
    target = folder / "essai.vto"
    samples = interleaved(
        {
            "raw": spent(lambda: write_raw(Path(shutil.copy(empty, target)), rows)),
            "ours": spent(lambda: import_list(Path(shutil.copy(empty, target)), table)),
        },
        effort.starts,
        warm=False,
    )
    what = f"import of {number:,} members, journal included / executemany"
    return compared("G11", what, samples, "raw", "ours", limit=5)


# --- G15 -----------------------------------------------------------------------------------------


def write_plainly(rows: Sequence[tuple[Any, ...]]) -> None:
    """Write the same cells with XlsxWriter alone, in constant memory."""
    import xlsxwriter

    with xlsxwriter.Workbook(BytesIO(), {"constant_memory": True, "in_memory": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, column.title)
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif isinstance(value, int):
                    sheet.write_number(line, place, value)
                else:
                    sheet.write_string(line, place, value)


def read_plainly(path: Path) -> int:
    """Read a workbook with calamine alone; return how many rows it has."""
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def measure_sheets(effort: Effort, folder: Path, number: int) -> list[Outcome]:
    """Measure a workbook written and read beside the libraries that do it."""
    rows, path = members(number), folder / "liste.xlsx"
    write_table(path, "Adhérents", COLUMNS, rows)
    assert read_plainly(path) == len(read(path).rows) == number + 1
    samples = interleaved(
        {
            "xlsxwriter": spent(lambda: write_plainly(rows)),
            "out": spent(lambda: write_table(folder / "autre.xlsx", "Adhérents", COLUMNS, rows)),
            "calamine": spent(lambda: read_plainly(path)),
            "in": spent(lambda: read(path)),
        },
        effort.starts,
    )
    return [
        compared("G15", f"xlsx out, {number:,} rows / XlsxWriter", samples, "xlsxwriter", "out", limit=1.3),
        compared("G15", f"xlsx in, {number:,} rows / calamine", samples, "calamine", "in", limit=2),
    ]


def measure(effort: Effort, *, rows: int = ROWS, sheet_rows: int = SHEET_ROWS) -> list[Outcome]:
    """Measure G11 for twice as many rows as one sheet has, and for those of the sheet; and G15."""
    outcomes = []
    for number in (rows, sheet_rows):
        with TemporaryDirectory() as folder:
            outcomes.append(measure_import(effort, Path(folder), number))
    with TemporaryDirectory() as folder:
        return [*outcomes, *measure_sheets(effort, Path(folder), sheet_rows)]
