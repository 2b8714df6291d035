"""The page of conventions, shown and filled; and the detail of one convention."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.pages.conventions.looking import HERAULT, id_of
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions import ConventionsPage


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> ConventionsPage:
    """Return the page, shown and filled."""
    made = ConventionsPage(workspace)
    made.resize(1232, 812)
    shown(made)
    made.list.refresh_now()
    QApplication.processEvents()
    return made


@pytest.fixture
def herault(page: ConventionsPage, workspace: Workspace) -> int:
    """Open the detail of the DDETS de l’Hérault's convention (40 000 €, two years); return its id."""
    found = id_of(workspace, HERAULT)
    page.open_item(found)
    QApplication.processEvents()
    return found
