"""Lists: sorting, columns as the user left them, keys, the clipboard, and how little is fetched."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vto_desktop.settings import Settings
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.rows_model import DISPLAY, FONT, PAGE, PAGES_KEPT
from vto_desktop.ui.kit.table import Table

Show = Callable[[QWidget], None]

COLUMNS = (
    Column("name", "Nom", width=0),
    Column("amount", "Montant", "amount", 120),
    Column("day", "Échéance", "date", 110),
    Column("state", "État", "chip", 110),
    Column("note", "Note", "noted", 110, hidden=True),
)
ROWS = [
    (1, "Zèbre", 123450, date(2021, 12, 8), Chip("Réglée", "ok"), ("a", "b")),
    (2, "Éco-cité", None, None, Chip("En retard", "danger"), ("c", "")),
    (3, "Alès", -500, date(2020, 1, 31), Chip("Appelée", "info"), ("d", "")),
    (4, "Œuvre", 90000, date(2022, 5, 1), Chip("Réglée", "ok"), ("e", "")),
]


@pytest.fixture
def table(settings: Settings, shown: Show) -> Table:
    """Return a small list, shown."""
    made = Table(COLUMNS, name="essai", settings=settings)
    made.resize(700, 300)
    shown(made)
    made.show_rows(ROWS)
    return made


def column(table: Table, place: int) -> list[str]:
    """Return the texts of a column, from top to bottom."""
    return [table.rows.index(row, place).data(DISPLAY) for row in range(table.rows.rowCount())]


def click_head(qtbot: QtBot, table: Table, place: int) -> None:
    """Click a column's head."""
    header = table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(place) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_values_are_written_in_french(table: Table) -> None:
    assert column(table, 1) == ["1\u202f234,50\u00a0€", "–", "−5\u00a0€", "900\u00a0€"]
    assert column(table, 2) == ["08/12/2021", "–", "31/01/2020", "01/05/2022"]
    assert column(table, 3)[1] == "En retard"


def test_a_click_on_a_head_sorts_the_french_way_and_back(qtbot: QtBot, table: Table) -> None:
    click_head(qtbot, table, 0)
    assert column(table, 0) == ["Alès", "Éco-cité", "Œuvre", "Zèbre"]
    click_head(qtbot, table, 0)
    assert column(table, 0) == ["Zèbre", "Œuvre", "Éco-cité", "Alès"]
    click_head(qtbot, table, 1)
    assert column(table, 0) == ["Alès", "Œuvre", "Zèbre", "Éco-cité"]


def test_columns_are_remembered_and_can_be_put_back(
    qtbot: QtBot, table: Table, settings: Settings, shown: Show
) -> None:
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(2), 0)
    header.resizeSection(1, 222)
    table.header.show_column("state", False)
    click_head(qtbot, table, 1)
    table.header.save()
    again = Table(COLUMNS, name="essai", settings=Settings(settings.path))
    again.resize(700, 300)
    shown(again)
    again.show_rows(ROWS)
    assert [COLUMNS[c].key for c in again.shown_columns()] == ["day", "name", "amount"]
    assert again.columnWidth(1) == 222
    assert again.rows.order == ("amount", False)
    assert column(again, 0)[0] == "Alès"
    again.header.reset()
    assert [COLUMNS[c].key for c in again.shown_columns()] == ["name", "amount", "day", "state"]
    assert again.columnWidth(1) == 120
    assert Settings(settings.path).get("colonnes.essai") is None


@pytest.mark.parametrize(
    "damage", [[], "x", {"order": 3, "widths": [], "hidden": ["name", "amount", "day", "state", "note"]}]
)
def test_a_damaged_memory_of_columns_gives_the_default(settings: Settings, shown: Show, damage: Any) -> None:
    settings.set("colonnes.essai", damage)
    table = Table(COLUMNS, name="essai", settings=settings)
    shown(table)
    assert len(table.shown_columns()) >= 4


def test_a_narrow_window_takes_from_texts_before_it_scrolls(settings: Settings, shown: Show) -> None:
    columns = (
        Column("name", "Nom", width=0),
        Column("kind", "Type", width=150),
        Column("amount", "Montant", "amount", 120),
    )
    table = Table(columns, settings=settings)
    shown(table)

    def widths(wide: int) -> list[int]:
        table.resize(wide, 200)
        table.header.fit()
        return [table.columnWidth(place) for place in range(3)]

    assert widths(600)[1:] == [150, 120]
    assert sum(widths(600)) == table.viewport().width()
    assert widths(380) == [140, 120, 120]
    assert widths(200) == [140, 100, 120]


def test_a_narrow_window_leaves_spare_columns_out_and_forgets_none(settings: Settings, shown: Show) -> None:
    columns = (
        Column("name", "Nom", width=0, least=200),
        Column("code", "Code", width=80, spare=1),
        Column("amount", "Montant", "amount", 120, spare=2),
        Column("state", "État", "chip", 100),
    )

    def made(wide: int) -> Table:
        table = Table(columns, name="étroit", settings=settings)
        table.resize(wide, 200)
        shown(table)
        table.show_rows([(1, "Alès", "A1", 100, Chip("Réglée"))])
        return table

    def keys(table: Table) -> list[str]:
        assert table.horizontalHeader().length() <= table.viewport().width()
        return [columns[place].key for place in table.shown_columns()]

    table = made(520)
    assert keys(table) == ["name", "code", "amount", "state"]
    assert table.columnWidth(1) == 80, "part of a code says nothing"
    table.resize(420, 200)
    assert keys(table) == ["name", "code", "state"], "the highest first"
    table.resize(320, 200)
    assert keys(table) == ["name", "state"]
    table.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Nom\tCode\tMontant\tÉtat"
    table.header.save()
    assert keys(made(520)) == ["name", "code", "amount", "state"], "what had no room was not hidden"
    table.header.show_column("amount", True)  # asked for, it stays and the list scrolls
    assert [columns[place].key for place in table.shown_columns()] == ["name", "amount", "state"]
    assert table.horizontalHeader().length() > table.viewport().width()
    table.header.save()
    again = made(320)
    assert columns[again.shown_columns()[1]].key == "amount"
    again.header.reset()
    assert keys(again) == ["name", "state"]


def test_the_last_column_cannot_be_hidden(table: Table) -> None:
    for one in COLUMNS:
        table.header.show_column(one.key, False)
    assert len(table.shown_columns()) == 1


def test_copy_gives_headers_and_values_that_excel_reads(qtbot: QtBot, table: Table) -> None:
    table.pick(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data is not None
    assert data.text() == "Nom\tMontant\tÉchéance\tÉtat\nZèbre\t1234,50\t08/12/2021\tRéglée\n"
    assert "<td align='right'>1234,50</td>" in data.html()
    table.clearSelection()
    table.copy()
    assert QGuiApplication.clipboard().text().count("\n") == 5


def test_hostile_texts_are_escaped_in_the_copy(table: Table) -> None:
    table.show_rows([(1, "a\tb\n<b>&", 0, None, Chip(""), ("", ""))])
    table.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data is not None
    assert data.text().splitlines()[1] == "a b <b>&\t0,00\t\t"
    assert "&lt;b&gt;&amp;" in data.html()


def test_keys_open_delete_and_duplicate(qtbot: QtBot, table: Table) -> None:
    opened: list[int] = []
    deleted: list[list[int]] = []
    duplicated: list[int] = []
    table.opened.connect(opened.append)
    table.deleted.connect(deleted.append)
    table.duplicated.connect(duplicated.append)
    table.pick(3)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert (deleted, duplicated) == ([], [])
    table.can_delete = table.can_duplicate = True
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
        qtbot.keyClick(table, key)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    table.pick(3)
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    where = table.visualRect(table.rows.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened == [3, 3, 3, 1]
    assert deleted == [[3, 4]]
    assert duplicated == [3]


def test_the_menu_names_what_can_be_done(table: Table) -> None:
    done: list[int] = []
    table.act("Relancer", done.append, icon="check")
    table.can_delete = True
    table.pick(2)
    menu = table.menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Ouvrir", "Relancer", "Supprimer", "Copier", "Exporter…"]
    menu.actions()[1].trigger()
    assert done == [2]


def test_the_place_is_kept_when_rows_come_again(table: Table) -> None:
    picked: list[int | None] = []
    table.picked.connect(picked.append)
    table.pick(3)
    table.show_rows([*ROWS, (5, "Autre", 0, None, Chip(""), ("", ""))])
    assert table.current_id() == 3
    table.setFocus()
    table.show_rows([row for row in ROWS if row[0] != 3])
    assert table.current_id() == 4
    table.show_rows([])
    assert table.current_id() is None
    assert picked == [3, 4, None]


def test_totals_stand_under_the_list_until_there_are_none(table: Table, shown: Show) -> None:
    shown(table.totals)
    table.totals.show_texts({"amount": "12 €"})
    assert table.totals.texts() == {"amount": "12 €"}
    table.totals.show_texts({})
    assert not table.totals.isVisible()


def test_figures_are_equally_wide_in_number_columns_only(table: Table) -> None:
    figure, name = (table.rows.index(0, place).data(FONT) for place in (1, 0))
    assert [tag.toString().data() for tag in figure.featureTags()] == [b"tnum"]
    assert name is None


class Many:
    """A hundred thousand rows that count what is asked of them."""

    def __init__(self) -> None:
        self.fetched = 0

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        return array("q", range(100_000, 0, -1) if descending else range(1, 100_001))

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        self.fetched += len(ids)
        return [(f"Adhérent {i}", i * 100, None, Chip(""), ("", "")) for i in ids]


def test_only_the_pages_seen_are_fetched(settings: Settings, shown: Show, tmp_path: Path) -> None:
    source = Many()
    table = Table(COLUMNS, source, settings=settings)
    table.resize(700, 400)
    shown(table)
    table.rows.reload()
    table.grab()
    assert 0 < source.fetched <= 2 * PAGE
    assert table.pick(99_000)
    table.grab()
    assert source.fetched <= 5 * PAGE
    assert table.rows.values(98_999)[0] == "Adhérent 99000"
    for row in range(0, 100_000, PAGE):
        table.rows.values(row)
    assert len(table.rows._pages) <= PAGES_KEPT
