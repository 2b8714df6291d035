"""TIMELINE: fifty years and 2,000 mandates scrolled and brought nearer, beside Qt's own table."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from tests.benchmarks.harness import ROUNDS, Effort, Outcome, compared, interleaved, timed
from tests.benchmarks.lists import SIZE, application
from vto_desktop.ui.kit import theme
from vto_desktop.ui.pages.governance.timeline import Bar, Timeline
from vto_desktop.ui.pages.governance.timeline.painting import ROW

MANDATES: Final = 2_000
SEATS: Final = 80
YEARS: Final = 50
FIRST: Final = date(1976, 1, 1)
TODAY: Final = date(2026, 1, 1)
WHEEL: Final = 3  # lanes of one step of the wheel
STEPS: Final = 10  # in one reading


def bars() -> list[Bar]:
    """Return the mandates of a council of fifty years: twenty-five in a row on each of its seats."""
    chance = random.Random(50)  # noqa: S311 - the same mandates each time
    found = []
    for number in range(MANDATES):
        seat, rank = number % SEATS, number // SEATS
        length = YEARS * 365 // (MANDATES // SEATS)
        start = FIRST + timedelta(rank * length + chance.randrange(200))
        end = start + timedelta(length - 200)
        found.append(
            Bar(
                number, f"Collectivité {seat:03d}", f"Prénom {number % 97} NOM-COMPOSÉ {number % 89}", start,
                end if end < TODAY else None, end, group=seat, elected_on=start,
            )
        )  # fmt: skip
    return found


def plain_table() -> QTableView:
    """Return Qt's own table of as many rows, of the height of a lane, with what a bar says in its columns."""
    model = QStandardItemModel()
    for bar in bars():
        texts = (bar.label, bar.person, str(bar.starts_on), str(bar.ends_on or ""))
        model.appendRow([QStandardItem(text) for text in texts])
    table = QTableView()
    model.setParent(table)
    table.setModel(model)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.horizontalHeader().setStretchLastSection(True)
    return table


def measure(effort: Effort) -> list[Outcome]:
    """Measure one step of each movement until it is painted, against one of a plain table."""
    kept = application()
    table, timeline = plain_table(), Timeline()
    for view in (table, timeline):
        view.resize(*SIZE)
        view.show()
    held = bars()
    timeline.show_bars(held, TODAY, TODAY, body=1)
    kept.processEvents()
    whole = len(timeline.lanes) * theme.px(ROW)
    places = dict.fromkeys(("plain", "lanes", "years"), 0)

    def plain() -> None:
        bar = table.verticalScrollBar()
        places["plain"] = (places["plain"] + WHEEL) % bar.maximum()
        bar.setValue(places["plain"])
        table.viewport().repaint()

    def lanes() -> None:
        bar = timeline.verticalScrollBar()
        places["lanes"] = (places["lanes"] + WHEEL * theme.px(ROW)) % max(bar.maximum(), 1)
        bar.setValue(places["lanes"])
        timeline.viewport().repaint()

    def years() -> None:
        bar = timeline.horizontalScrollBar()
        places["years"] = (places["years"] + theme.px(40)) % max(bar.maximum(), 1)
        bar.setValue(places["years"])
        timeline.viewport().repaint()

    def nearer() -> None:
        timeline.zoom(1.25 if timeline.scale.per_day < 2 else 1e-9)
        timeline.viewport().repaint()

    def another_day() -> None:
        places["day"] = (places.get("day", 0) + 37) % 15_000
        timeline.show_bars(held, FIRST + timedelta(1_000 + places["day"]), TODAY, body=1)
        timeline.viewport().repaint()

    assert whole > timeline.viewport().height()
    probes = {"plain": timed(_steps(plain, effort)), "lanes": timed(_steps(lanes, effort)),
              "years": timed(_steps(years, effort)), "nearer": timed(_steps(nearer, effort)),
              "day": timed(_steps(another_day, effort))}  # fmt: skip
    rounds = min(effort.rounds, ROUNDS)  # each reading is of many steps already
    samples = interleaved(probes, rounds)
    timeline.show_all()
    whole_time = interleaved({"plain": probes["plain"], "all": timed(_steps(lanes, effort))}, rounds)
    samples["all"] = whole_time["all"]
    for view in (table, timeline):
        view.close()
        view.deleteLater()
    QApplication.processEvents()
    what = {
        "lanes": ("scroll over lanes, 2,000 mandates", 2), "years": ("scroll over years", 2),
        "nearer": ("come nearer", 2.5), "all": ("scroll with all 50 years in sight", 3),
        "day": ("choose another day", 3),
    }  # fmt: skip
    return [
        compared("TIMELINE", f"{said} / plain QTableView", samples, "plain", name, limit=limit)
        for name, (said, limit) in what.items()
    ]


def _steps(act: Callable[[], object], effort: Effort) -> Callable[[], object]:
    def several() -> None:
        for _ in range(min(effort.steps, STEPS)):
            act()

    return several
