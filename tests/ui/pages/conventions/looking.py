"""What the tests of conventions look at: the titles listed, buttons and sentences by their text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from sqlalchemy import select

from vto_desktop.model import Convention
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions import ConventionsPage

HERAULT = "Évaluation finale des contrats de ville, Hérault"
CONTROL = Qt.KeyboardModifier.ControlModifier


def titles(page: ConventionsPage) -> list[str]:
    """Return the conventions listed."""
    rows = page.list.table.rows
    return [rows.values(row)[0] for row in range(rows.rowCount())]


def id_of(workspace: Workspace, title: str) -> int:
    """Return the id of a convention."""
    with workspace.read() as session:
        return session.scalars(select(Convention.id).where(Convention.title == title)).one()


def button(parent: QWidget, text: str) -> QPushButton:
    """Return a button by its text."""
    return next(each for each in parent.findChildren(QPushButton) if each.text() == text)


def shown_remarks(form: QWidget) -> list[str]:
    """Return the sentences that stand below fields."""
    return [label.text() for label in form.findChildren(QLabel) if label.text()]
