"""G6 to G9: the page of members, its first rows, its filter, its sorting and its scrolling."""

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from tests.benchmarks.generator import LAST_YEAR
from tests.benchmarks.harness import (
    Effort,
    Outcome,
    bound_line,
    compared,
    interleaved,
    median,
    percentile_95,
    ratio_line,
    timed,
)
from vto_desktop.settings import Settings
from vto_desktop.store import Dossier
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.rows_model import FIRST
from vto_desktop.ui.kit.workspace import Workspace

if TYPE_CHECKING:
    from vto_desktop.ui.pages.members.page import MembersPage

SIZE: Final = (1200, 800)
WHEEL: Final = 3  # rows of one step of the wheel
REFERENCE_ROWS: Final = 1_000

# What is typed: one letter, two of which many names have, common and rare words, and words no name has.
KEYS: Final = ("a", "mo", "mont", "valvalane", "zz", "zzzz")
OTHER_COLUMNS: Final = ("kind", "departement", "population", "college", "joined_on", "left_on", "state")

# {ids} reads the covering index alone; what is shown is then looked up for those rows only.
SHOWN: Final = """
SELECT m.id, o.name, p.first_name, p.last_name, o.kind, o.departement, o.population, c.name, m.joined_on,
       m.left_on, q.first_name, q.last_name, r.rank, r.capacity,
       (SELECT d.amount - coalesce((SELECT sum(t.amount) FROM receipt t WHERE t.dues_id = d.id), 0)
        FROM dues d JOIN dues_campaign g ON g.id = d.campaign_id JOIN fiscal_year y ON y.id = g.fiscal_year_id
        WHERE d.member_id = m.id AND y.year = :year)
FROM ({ids}) k JOIN member m ON m.id = k.id JOIN college c ON c.id = m.college_id
LEFT JOIN organisation o ON o.id = m.organisation_id
LEFT JOIN person p ON p.id = m.person_id
LEFT JOIN representative r ON r.member_id = m.id AND (r.starts_on IS NULL OR r.starts_on <= :on)
     AND (r.ends_on IS NULL OR r.ends_on > :on)
LEFT JOIN person q ON q.id = r.person_id
"""
PRESENT: Final = """
SELECT id FROM member WHERE (joined_on IS NULL OR joined_on <= :on) AND (left_on IS NULL OR left_on > :on)
"""
PAGE: Final = 100
ORDERED: Final = "ORDER BY sort_key, id LIMIT :most"
LETTERS: Final = "AND instr(search_key, :text)"
TRIGRAMS: Final = "AND id IN (SELECT rowid FROM member_search WHERE member_search MATCH :text)"
FIRST_PAGE: Final = SHOWN.format(ids=f"{PRESENT} {ORDERED}")
BY_LETTERS: Final = SHOWN.format(ids=f"{PRESENT} {LETTERS} {ORDERED}")
BY_TRIGRAMS: Final = SHOWN.format(ids=f"{PRESENT} {TRIGRAMS} {ORDERED}")
GIVEN: Final = {"on": f"{LAST_YEAR}-12-31", "year": LAST_YEAR}
SORTED: Final = "SELECT id FROM member ORDER BY sort_key"


@contextmanager
def page_of_members(dossier: Dossier) -> "Iterator[MembersPage]":
    """Show the real page of members on a dossier, as it is at the end of the last year."""
    from vto_desktop.ui.pages.members.page import MembersPage

    with TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "preferences.json")
        settings.set("apparence", "light")
        theme.apply(settings)
        workspace = Workspace(settings)
        workspace.set_dossier(dossier, year=LAST_YEAR)
        page = MembersPage(workspace)
        page.resize(*SIZE)
        page.show()
        page.refresh_now()
        page.table.rows.complete()
        QApplication.processEvents()
        try:
            yield page
        finally:
            page.close()
            workspace.set_dossier(None)
            page.deleteLater()


def application() -> QApplication:
    """Return the one QApplication."""
    present = QApplication.instance()
    return present if isinstance(present, QApplication) else QApplication(["bench"])


def measure(dossier: Dossier, effort: Effort) -> list[Outcome]:
    """Measure on the same connection as the reference, whose statements are written by hand."""
    kept = application()
    with dossier.connection() as raw, page_of_members(dossier) as page:
        outcomes = [
            *_first_page(raw, page, effort),
            *_filtering(raw, page, effort),
            *_sorting(raw, page, effort),
            *_scrolling(page, effort),
        ]
    kept.processEvents()
    return outcomes


def _first_page(raw: sqlite3.Connection, page: "MembersPage", effort: Effort) -> list[Outcome]:
    chips = dict(page.table.rows.chips)
    given = {**GIVEN, "most": PAGE}

    def ours() -> Sequence[object]:
        ids = page.first_ids("", chips, "", False, PAGE)
        assert ids is not None
        return page.rows(ids)

    def direct() -> Sequence[object]:
        return raw.execute(FIRST_PAGE, given).fetchall()

    assert len(ours()) == len(direct())
    samples = interleaved({"raw": timed(direct, calls=10), "ours": timed(ours, calls=10)}, effort.rounds)
    what = "first page of the members / raw indexed LIMIT 100"
    return [compared("G6", what, samples, "raw", "ours", limit=2.5)]


def _filtering(raw: sqlite3.Connection, page: "MembersPage", effort: Effort) -> list[Outcome]:
    """Compare what a key costs until its rows are painted with the best statement that reads these rows."""
    rows = page.table.rows

    def typed(text: str) -> Callable[[], object]:
        def act() -> None:
            rows.set_filter(text)
            page.table.viewport().repaint()

        return act

    def direct(text: str) -> Callable[[], object]:
        statement = BY_LETTERS if len(text) < 3 else BY_TRIGRAMS
        given = {**GIVEN, "text": text if len(text) < 3 else f'"{text}"', "most": FIRST}

        def act() -> None:
            found = raw.execute(statement, given).fetchall()
            rows.set_filter(text)
            assert len(found) == rows.rowCount()

        act()
        return lambda: raw.execute(statement, given).fetchall()

    probes = {}
    for text in KEYS:
        probes[f"raw {text}"] = timed(direct(text))
        probes[f"ours {text}"] = timed(typed(text))
    samples = interleaved(probes, effort.rounds)
    rows.set_filter("")
    worst = max(median(samples[f"ours {text}"]) for text in KEYS)
    base = max(median(samples[f"raw {text}"]) for text in KEYS)
    every = [value for text in KEYS for value in samples[f"ours {text}"]]
    return [
        ratio_line("G7", "a key in the filter, worst word / best raw plan", base, worst, limit=2),
        bound_line("G7", "the same, 95 % of the keys", percentile_95(every), 16.7, "ms"),
    ]


def _sorting(raw: sqlite3.Connection, page: "MembersPage", effort: Effort) -> list[Outcome]:
    def ours(key: str, descending: bool) -> Callable[[], object]:
        return lambda: page.ids("", page.table.rows.chips, key, descending)

    def direct() -> Sequence[int]:
        return array("q", [row[0] for row in raw.execute(SORTED)])

    probes = {"raw": timed(direct), "name": timed(ours("name", True))}
    probes |= {key: timed(ours(key, False)) for key in OTHER_COLUMNS}
    samples = interleaved(probes, max(effort.starts, effort.rounds // 2))
    slowest = max(OTHER_COLUMNS, key=lambda key: median(samples[key]))
    return [
        compared("G8", "sort by name / raw ORDER BY sort_key", samples, "raw", "name", limit=2),
        compared(
            "G8", f"sort by the slowest column ({slowest}) / the same", samples, "raw", slowest, limit=4
        ),
    ]


def _scrolling(page: "MembersPage", effort: Effort) -> list[Outcome]:
    ours = page.table
    reference = _plain_table(ours)
    places = {"plain": 0, "ours": 0}

    def steps(name: str, view: QTableView) -> Callable[[], object]:
        def act() -> None:
            bar = view.verticalScrollBar()
            for _ in range(effort.steps):
                places[name] = (places[name] + WHEEL) % max(bar.maximum(), 1)
                bar.setValue(places[name])
                view.viewport().repaint()

        return act

    QApplication.processEvents()
    samples = interleaved(
        {"plain": timed(steps("plain", reference)), "ours": timed(steps("ours", ours))}, effort.rounds
    )
    reference.close()
    reference.deleteLater()
    base, own = median(samples["plain"]) / effort.steps, median(samples["ours"]) / effort.steps
    return [ratio_line("G9", "one scroll step / QStandardItemModel, 1,000 rows", base, own, limit=2)]


def _plain_table(ours: QTableView) -> QTableView:
    """Return Qt's own table of 1,000 items, of the same size, columns, heights and texts as ours."""
    model = QStandardItemModel()
    shown = [place for place in range(ours.model().columnCount()) if not ours.isColumnHidden(place)]
    for row in range(REFERENCE_ROWS):
        source = row % ours.model().rowCount()
        texts = [ours.model().index(source, place).data() for place in shown]
        model.appendRow([QStandardItem(text) for text in texts])
    table = QTableView()
    model.setParent(table)
    table.setModel(model)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ours.verticalHeader().defaultSectionSize())
    table.setShowGrid(False)
    table.setWordWrap(False)
    for place, source in enumerate(shown):
        table.setColumnWidth(place, ours.columnWidth(source))
    table.resize(ours.size())
    table.show()
    return table
