"""The page of the budget, shown and filled."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.budget import BudgetPage


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> BudgetPage:
    """Return the page, shown and filled."""
    made = BudgetPage(workspace)
    made.resize(1232, 812)
    shown(made)
    made.refresh_now()
    QApplication.processEvents()
    return made
