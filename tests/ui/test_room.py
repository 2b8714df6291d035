"""Every page in small windows and large letters: nothing is cut, whatever does not fit is scrolled to."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import click, settle
from tests.ui.fitting import misfits
from vto_desktop.model import Association
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.delegates import PADDING
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages import PAGES
from vto_desktop.ui.pages.conventions import ConventionsPage
from vto_desktop.ui.pages.dues import DuesPage
from vto_desktop.ui.pages.editions import EditionsPage
from vto_desktop.ui.pages.journal import JournalPage


def enlarge(window: MainWindow, percent: int) -> None:
    """Choose the size of the text as the preferences do."""
    window.workspace.settings.set("taille", percent)
    theme.apply(window.workspace.settings)
    settle()


def left(window: MainWindow) -> list[str]:
    """Return what still does not fit once layouts within layouts have settled."""
    for _round in range(20):
        settle()
        if not (found := misfits(window)):
            break
        QTest.qWait(20)
    return found


@pytest.fixture(params=[(1366, 740, 150), (1024, 700, 100), (1024, 700, 150)], ids=str)
def sized(window: MainWindow, request: pytest.FixtureRequest) -> MainWindow:
    """Return the window in a size, with a size of text."""
    wide, high, percent = request.param
    window.resize(wide, high)
    enlarge(window, percent)
    assert window.size() == QSize(wide, high), "the text does not push the window off its screen"
    return window


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_no_text_is_cut_and_nothing_lies_over_anything(sized: MainWindow, key: str) -> None:
    sized.show_page(key)
    found = {f"{key}: {each}" for each in left(sized)}
    for name, show in sized.page(key).views():
        show()
        found |= {f"{key}-{name}: {each}" for each in left(sized)}
    assert found == set()


def test_what_does_not_fit_is_found(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    for made, size in (
        (QPushButton("Imprimer la composition…", whole), QSize(60, 30)),
        (QLabel("Tableau de bord 2021", whole), QSize(60, 30)),
        (QLabel("Éditions", whole), QSize(200, 4)),
    ):
        made.resize(size)
    whole.show()
    assert len(misfits(whole)) == 3


# --- what gives way ------------------------------------------------------------------------------


def test_the_side_bar_shows_its_icons_in_a_narrow_window_and_what_was_chosen_in_a_wide_one(
    window: MainWindow,
) -> None:
    bar, settings = window.side_bar, window.workspace.settings
    enlarge(window, 150)
    window.resize(1366, 740)
    assert window.side_bar.is_collapsed
    click(window.side_bar.fold)
    assert not window.side_bar.is_collapsed, "one may read the texts all the same"
    assert settings.get("navigation_réduite") is None, "that is no wish for a wide window"
    enlarge(window, 100)
    assert window.side_bar is not bar
    assert not window.side_bar.is_collapsed


def test_lesser_actions_become_icons_that_say_their_name(window: MainWindow) -> None:
    window.show_page("dues")
    settle()
    page = window.page("dues")
    assert isinstance(page, DuesPage)
    assert page.remind_button.text() == "Relancer…"
    window.resize(1024, 700)
    settle()
    assert page.remind_button.text() == ""
    assert page.remind_button.toolTip() == page.remind_button.accessibleName() == "Relancer…"
    assert page.receive_button.text() == "Encaisser…"
    window.resize(1440, 900)
    settle()
    assert page.remind_button.text() == "Relancer…"


def test_conventions_can_be_told_apart_in_the_smallest_window(window: MainWindow) -> None:
    window.resize(1024, 700)
    window.show_page("conventions")
    settle()
    page = window.page("conventions")
    assert isinstance(page, ConventionsPage)
    table = page.list.table
    assert not table.horizontalScrollBar().isVisible()
    metrics, room = QFontMetrics(theme.font(10)), table.columnWidth(0) - theme.px(2 * PADDING)
    titles = [table.rows.values(row)[0] for row in range(table.rows.rowCount())]
    shown = {metrics.elidedText(title, Qt.TextElideMode.ElideRight, room) for title in titles}
    assert len(shown) == len(titles) == 12


# --- what the keyboard finds ---------------------------------------------------------------------


def test_the_document_shown_is_the_one_chosen_in_the_list(window: MainWindow) -> None:
    for key in ("governance", "editions"):
        window.go_to(key)  # Ctrl+4, then Ctrl+7: the list has the focus before it is filled
    settle()
    page = window.page("editions")
    assert isinstance(page, EditionsPage)
    assert [each.text() for each in page.list.selectedItems()] == ["Synthèse financière"]
    page.list.setFocus()
    settle()
    before = page.list.grab().toImage()
    window.search.setFocus()
    settle()
    assert page.list.grab().toImage() != before, "a mark shows which list has the keyboard"


def test_the_list_has_the_focus_after_the_button_that_was_pressed_has_gone(window: MainWindow) -> None:
    with window.workspace.write("Renommer l’association") as session:
        session.scalars(select(Association)).one().name = "Les Amis"
    window.go_to("journal")
    settle()
    page = window.page("journal")
    assert isinstance(page, JournalPage)
    page.table.pick(page.table.rows.id_at(0))
    settle()
    page.undo_button.setFocus()
    click(page.undo_button)
    settle()
    assert not page.undo_button.isVisible()
    assert page.table.hasFocus()
