"""Random clicks and keys over every window: no error nobody expected, and a dossier as sound as before."""

import shutil
import sys
import threading
from collections.abc import Iterator
from os import environ
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.faults.monkey import Monkey, fenced
from tests.ui.driving import settle
from vto_desktop.settings import Settings
from vto_desktop.store import open_dossier
from vto_desktop.store.check import check
from vto_desktop.ui.kit import theme, unexpected
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages import PAGES

SEEDS, ACTS = (range(20), 250) if environ.get("VTO_LONG") else (range(2), 120)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, example_file: Path) -> Iterator[MainWindow]:
    """Return the window on a copy of the example, with the program's own hooks."""
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    settings = Settings(tmp_path / "preferences.json")
    settings.set("apparence", "light")
    theme.apply(settings)
    made = MainWindow(Workspace(settings))
    unexpected.install_excepthook(lambda: made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    yield made
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    made.dossiers.let_go()
    for left in QApplication.topLevelWidgets():
        left.hide()
        left.deleteLater()


@pytest.mark.parametrize("seed", SEEDS)
def test_i6_random_clicks_and_keys_break_nothing(
    window: MainWindow, example_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    path = Path(shutil.copyfile(example_file, tmp_path / "exemple.vto"))
    with fenced(monkeypatch) as errors:
        assert window.dossiers.open_path(path)
        window.show_page(PAGES[seed % len(PAGES)].key)
        settle()
        monkey = Monkey(window, path, seed)
        for _act in range(ACTS):
            monkey.act()
            assert not errors, (errors[0], list(monkey.done))
        settle()
        assert not errors, (errors[0], list(monkey.done))
    window.dossiers.let_go()
    with open_dossier(path) as dossier:
        assert check(dossier) == []
