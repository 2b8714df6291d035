"""A long list shows its first rows at once and reads the rest a moment later, without moving anything."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.rows_model import FIRST
from vto_desktop.ui.kit.table import Table

MANY = 5_000


class Numbers:
    """A long source: the numbers that contain the text filtered by, and how often all were read."""

    def __init__(self) -> None:
        self.whole_readings = 0

    def _found(self, text: str, descending: bool) -> list[int]:
        found = [number for number in range(1, MANY + 1) if text in str(number)]
        return found[::-1] if descending else found

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        self.whole_readings += 1
        return self._found(text, descending)

    def first_ids(
        self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool, most: int
    ) -> Sequence[int]:
        return self._found(text, descending)[:most]

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        return [(f"n° {number}",) for number in ids]


@pytest.fixture
def source() -> Numbers:
    return Numbers()


@pytest.fixture
def table(qtbot: QtBot, source: Numbers) -> Table:
    made = Table((Column("number", "Numéro"),), source)
    qtbot.addWidget(made)
    made.show()
    return made


def test_copying_a_list_just_shown_copies_all_of_it(table: Table) -> None:
    table.rows.reload()
    assert not table.rows.is_whole
    table.copy()
    assert len(QApplication.clipboard().text().splitlines()) == MANY + 1


def test_the_first_rows_are_there_before_all_ids_are_read(
    qtbot: QtBot, table: Table, source: Numbers
) -> None:
    with qtbot.waitSignal(table.rows.reloaded):
        table.rows.reload()
        assert table.rows.rowCount() == FIRST
        assert table.rows.index(0, 0).data() == "n° 1"
        assert source.whole_readings == 0
    assert table.rows.rowCount() == MANY
    assert table.rows.index(MANY - 1, 0).data() == f"n° {MANY}"


def test_keys_typed_in_a_row_read_the_whole_list_once(qtbot: QtBot, table: Table, source: Numbers) -> None:
    with qtbot.waitSignal(table.rows.reloaded):
        for text in ("", "1", "11"):
            table.rows.set_filter(text)
    assert source.whole_readings == 0, "what is found fits in the first rows"
    assert list(table.rows.ids) == [n for n in range(1, MANY + 1) if "11" in str(n)]


def test_whoever_asks_for_all_ids_gets_all(table: Table) -> None:
    table.rows.reload()
    assert len(table.rows.ids) == MANY
    table.rows.reload()
    assert len(list(table.rows.all_values())) == MANY
    table.rows.reload()
    assert table.pick(MANY)
    assert table.current_id() == MANY


def test_the_row_chosen_far_down_stays_chosen_and_is_told_once(qtbot: QtBot, table: Table) -> None:
    table.rows.reload()
    table.pick(4_111)
    told: list[object] = []
    table.picked.connect(told.append)
    with qtbot.waitSignal(table.rows.reloaded):
        table.rows.set_filter("1")
    assert table.current_id() == 4_111
    assert told == []


def test_a_row_that_the_filter_leaves_out_is_no_longer_chosen(qtbot: QtBot, table: Table) -> None:
    table.rows.reload()
    table.pick(4_222)
    with qtbot.waitSignals([table.rows.reloaded, table.picked]):
        table.rows.set_filter("1")
    assert table.current_id() is None
