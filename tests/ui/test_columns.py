"""Columns moved, resized, hidden and sorted with the mouse are as they were when the window opens again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

from tests.ui.driving import choose_in, settle
from vto_desktop.settings import Settings
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow

FIRST_PAGE = "members"


def drag(head: QHeaderView, start: int, end: int) -> None:
    """Press at one place of a head, move and let go at another, as a hand does."""
    inside, high = head.viewport(), head.height() // 2
    QTest.mousePress(inside, Qt.MouseButton.LeftButton, pos=QPoint(start, high))
    for step in range(1, 11):
        at = QPointF(start + (end - start) * step / 10, high)
        where = QPointF(inside.mapToGlobal(at.toPoint()))
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            inside, QMouseEvent(QEvent.Type.MouseMove, at, where, Qt.MouseButton.NoButton, button, none)
        )
    QTest.mouseRelease(inside, Qt.MouseButton.LeftButton, pos=QPoint(end, high))
    QApplication.processEvents()


def middle(head: QHeaderView, place: int) -> int:
    return head.sectionViewportPosition(place) + head.sectionSize(place) // 2


def keys(table: Table) -> list[str]:
    """Return the columns shown, from left to right."""
    return [table.rows.columns[place].key for place in table.shown_columns()]


@pytest.fixture
def reopened(window: MainWindow, settings: Settings, tmp_path: Path) -> Iterator["Reopening"]:
    made = Reopening(window, settings, tmp_path)
    yield made
    made.window.dossiers.let_go()


class Reopening:
    """The window on « Adhérents », and the same after it was closed and opened again."""

    def __init__(self, window: MainWindow, settings: Settings, folder: Path) -> None:
        self.window = window
        self._preferences = folder / "preferences.json"
        assert self._preferences == settings.path
        self._dossier = window.workspace.dossier.path  # type: ignore[union-attr]

    def table(self) -> Table:
        self.window.show_page("members")
        settle()
        found = self.window.page("members").findChild(Table)
        assert found is not None
        return found

    def again(self, qtbot: QtBot) -> Table:
        self.window.close()
        qtbot.waitUntil(lambda: not self.window.isVisible())
        self.window = MainWindow(Workspace(Settings(self._preferences)))
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.window.show()
        assert self.window.dossiers.open_path(self._dossier)
        settle()
        return self.table()


def test_a_column_that_is_dragged_stays_where_it_was_put(reopened: Reopening, qtbot: QtBot) -> None:
    table = reopened.table()
    assert keys(table)[:3] == ["name", "kind", "departement"]
    head = table.horizontalHeader()
    drag(head, middle(head, 1), middle(head, 3) + 20)
    moved = ["name", "departement", "population", "kind", "representative", "state"]
    assert keys(table) == moved
    assert keys(reopened.again(qtbot)) == moved


def test_a_column_that_is_widened_stays_wide(reopened: Reopening, qtbot: QtBot) -> None:
    table = reopened.table()
    head = table.horizontalHeader()
    edge = head.sectionViewportPosition(1) + head.sectionSize(1) - 1
    before = head.sectionSize(1)
    drag(head, edge, edge + 60)
    assert head.sectionSize(1) == before + 60
    assert reopened.again(qtbot).columnWidth(1) == before + 60


def test_a_column_that_is_hidden_or_shown_stays_so(reopened: Reopening, qtbot: QtBot) -> None:
    table = reopened.table()
    for title in ("Population", "Collège"):
        menu = table.header.menu()
        choose_in(menu, title)
        menu.deleteLater()
    changed = ["name", "kind", "departement", "representative", "state", "college"]
    assert keys(table) == changed
    assert keys(reopened.again(qtbot)) == changed


def test_the_order_chosen_by_a_click_is_kept_and_all_can_be_put_back(
    reopened: Reopening, qtbot: QtBot
) -> None:
    table = reopened.table()
    usual = keys(table)
    head = table.horizontalHeader()
    for _click in range(2):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle(head, 3), 10))
    drag(head, middle(head, 0), middle(head, 2) + 20)
    most = max(filter(None, (table.rows.values(row)[3] for row in range(16))))
    again = reopened.again(qtbot)
    assert again.rows.order == ("population", True)
    assert again.rows.values(0)[3] == most
    menu = again.header.menu()
    choose_in(menu, "Réinitialiser les colonnes")
    menu.deleteLater()
    assert (keys(again), again.rows.order) == (usual, ("", False))
    back = reopened.again(qtbot)
    assert (keys(back), back.rows.order) == (usual, ("", False))
