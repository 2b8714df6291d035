"""Every page in small windows and large letters: nothing is cut, whatever does not fit is scrolled to."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.driving import settle
from tests.ui.fitting import misfits
from vto_desktop.ui.kit import theme
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages import PAGES


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
