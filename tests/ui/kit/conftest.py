"""The kit dressed as the program is, on a real dossier."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vto_desktop.model import Kind, Organisation
from vto_desktop.settings import Settings
from vto_desktop.store import Dossier, create_dossier
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.workspace import Workspace

NAMES = ("Nîmes Métropole", "Alès Agglomération", "Œuvre du Gard", "Zèbre & Fils", "Éco-cité")


@pytest.fixture
def settings(qapp: QApplication, tmp_path: Path) -> Settings:
    """Return preferences of the test's own, in the light palette."""
    made = Settings(tmp_path / "preferences.json")
    made.set("apparence", "light")
    theme.apply(made)
    return made


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    """Return a dossier with a few organisations."""
    with create_dossier(tmp_path / "essai.vto", author="Anne") as opened:
        with opened.write("Ajouter des organismes") as session:
            session.add_all([Organisation(name=name, kind=Kind.COMMUNE.value) for name in NAMES])
        yield opened


@pytest.fixture
def workspace(settings: Settings, dossier: Dossier) -> Workspace:
    """Return a workspace on that dossier."""
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
