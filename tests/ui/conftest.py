"""The 2021 example on disk, a fresh copy for each test, and the workspace on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.driving import settle
from vto_desktop.services import example
from vto_desktop.settings import Settings
from vto_desktop.store import Dossier, create_dossier, open_dossier
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def nothing_left_open(qapp: QApplication) -> Iterator[None]:
    """Delete the windows a test leaves, so that the next one finds only its own."""
    yield
    for window in QApplication.topLevelWidgets():
        window.hide()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the 2021 example, built once; copy it before writing."""
    path = tmp_path_factory.mktemp("exemple") / "exemple-2021.vto"
    with create_dossier(path) as dossier, dossier.write("Créer l’exemple", is_start=True) as session:
        example.build_example(session)
    return path


@pytest.fixture
def settings(qapp: QApplication, tmp_path: Path) -> Settings:
    """Return preferences of the test's own, in the light palette."""
    made = Settings(tmp_path / "preferences.json")
    made.set("apparence", "light")
    theme.apply(made)
    return made


@pytest.fixture
def dossier(example_file: Path, tmp_path: Path) -> Iterator[Dossier]:
    """Return a copy of the example, opened by the real opener."""
    path = tmp_path / "exemple.vto"
    shutil.copyfile(example_file, path)
    with open_dossier(path, author="Anne") as opened:
        yield opened


@pytest.fixture
def workspace(settings: Settings, dossier: Dossier) -> Workspace:
    """Return a workspace on that dossier, looking at 2021."""
    made = Workspace(settings)
    made.set_dossier(dossier, year=2021)
    return made


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Return what shows a widget and waits until it is there."""

    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)

    return show


@pytest.fixture
def window(
    qtbot: QtBot, settings: Settings, example_file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    """Return the window, shown, on a copy of the example, at the FIRST_PAGE of the module."""
    path = tmp_path / "exemple-2021.vto"
    shutil.copyfile(example_file, path)
    made = MainWindow(Workspace(settings))
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.show_page(getattr(request.module, "FIRST_PAGE", "dashboard"))
    assert made.dossiers.open_path(path)
    settle()
    yield made
    made.dossiers.let_go()
