"""The first-start page: three choices by keys, the example made once, a new dossier created."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import opened, problems, save, type_into
from vto_desktop.model import Association, FiscalYear
from vto_desktop.settings import Settings
from vto_desktop.ui.forms.association import AssociationForm
from vto_desktop.ui.forms.new_dossier import NewDossierForm
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, settings: Settings) -> MainWindow:
    """Return the window without any dossier."""
    made = MainWindow(Workspace(settings))
    made.show_welcome()
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    qtbot.wait(1)
    return made


def test_the_safest_choice_holds_the_focus_and_enter_opens_the_example(window: MainWindow) -> None:
    button = window.welcome.example_button
    assert button.hasFocus()
    assert window.status.text.text() == "Aucun dossier ouvert"
    assert not window.menus.actions["association"].isEnabled()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QApplication.processEvents()
    dossier = window.workspace.dossier
    assert dossier is not None
    assert dossier.path.name == "exemple-2021.vto"
    assert not window.welcome.isVisible()
    window.dossiers.let_go()
    window.dossiers.open_example()
    assert window.workspace.dossier is not None, "the second time the same file is opened again"
    window.dossiers.let_go()


def test_a_new_dossier_is_created_and_its_settings_opened(window: MainWindow, tmp_path: Path) -> None:
    QTest.keyClick(window.welcome.create_button, Qt.Key.Key_Space)
    form = opened(NewDossierForm)
    save(form)
    assert problems(form) == {"name": "Indiquez le nom de l’association."}
    type_into(form, "name", "Les Amis du Quartier")
    type_into(form, "year", "2022")
    save(form)
    dialog = window.findChildren(QFileDialog)[0]
    assert dialog.selectedFiles()[0].endswith("Les Amis du Quartier.vto")
    dialog.hide()
    dialog.fileSelected.emit(str(tmp_path / "amis.vto"))
    QApplication.processEvents()
    assert opened(AssociationForm).input("name").value() == "Les Amis du Quartier"
    with window.workspace.read() as session:
        assert session.scalars(select(Association.name)).one() == "Les Amis du Quartier"
        assert session.scalars(select(FiscalYear.year)).all() == [2022]
    assert window.workspace.year == 2022
    window.dossiers.let_go()


def test_a_new_dossier_never_overwrites(window: MainWindow, tmp_path: Path) -> None:
    present = tmp_path / "present.vto"
    present.write_text("à garder", encoding="utf-8")
    window.dossiers.create(present, "Autre", 2022)
    assert "[EXISTE_DEJA]" in opened(Message).sentence
    assert present.read_text(encoding="utf-8") == "à garder"


def test_recent_dossiers_are_offered(window: MainWindow, tmp_path: Path) -> None:
    window.dossiers.create(tmp_path / "un.vto", "Un", 2022)
    assert window.workspace.dossier is not None
    window.dossiers.let_go()
    QApplication.processEvents()
    assert window.welcome.isVisible()
    names = [b.text() for b in window.welcome.findChildren(type(window.welcome.open_button))]
    assert "un.vto" in names
    assert window.grab().toImage().pixelColor(3, 200) != window.grab().toImage().pixelColor(300, 500)
