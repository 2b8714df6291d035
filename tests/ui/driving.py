"""Keys and clicks as a person gives them: fill a form, save it, choose in a menu."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from sqlalchemy import func, select

from vto_desktop.model import Base
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, FlagInput
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.pick import PickInput
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow

Window = TypeVar("Window", bound=QWidget)
FormKind = TypeVar("FormKind", bound=Form)
PageKind = TypeVar("PageKind", bound=Page)
CONTROL = Qt.KeyboardModifier.ControlModifier


def page_of(window: MainWindow, key: str, kind: type[PageKind]) -> PageKind:
    """Show a page of the window and return it once it is filled."""
    window.show_page(key)
    settle()
    page = window.page(key)
    assert isinstance(page, kind)
    return page


def opened(kind: type[Window]) -> Window:
    """Return the window of a kind that was opened last."""
    QApplication.processEvents()
    found = [w for w in QApplication.topLevelWidgets() if type(w) is kind and w.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def is_open(kind: type[QWidget]) -> bool:
    """Return whether a window of a kind is open."""
    QApplication.processEvents()
    return any(type(w) is kind and w.isVisible() for w in QApplication.topLevelWidgets())


def click(button: QAbstractButton) -> None:
    """Click a button with the mouse."""
    assert button.isEnabled(), button.text()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def type_into(form: Form, attribute: str, text: str) -> None:
    """Replace what stands in a field by what the keys give (ASCII only), and leave it with Tab."""
    editor = form.input(attribute).editor
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    QApplication.processEvents()


def pick(form: Form, attribute: str, text: str) -> None:
    """Type part of a name and take the first thing found with Enter."""
    field = form.input(attribute)
    assert isinstance(field, PickInput)
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, text)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    QApplication.processEvents()


def choose(form: Form, attribute: str, text: str) -> None:
    """Choose one of the few by its text."""
    field = form.input(attribute)
    assert isinstance(field, ChoiceInput)
    place = field.combo.findText(text)
    assert place >= 0, text
    field.combo.setCurrentIndex(place)


def tick(form: Form, attribute: str) -> None:
    """Tick or untick a box."""
    field = form.input(attribute)
    assert isinstance(field, FlagInput)
    field.box.toggle()


def save(form: Form) -> None:
    """Save with the button."""
    click(form.save_button)


def choose_in(menu: QMenu, text: str) -> None:
    """Choose a line of a menu."""
    action = next(action for action in menu.actions() if action.text() == text)
    action.trigger()
    QApplication.processEvents()


def problems(form: Form) -> dict[str, str]:
    """Return the sentences in red, by field."""
    return {name: field.problem for name, field in form.fields.items() if field.problem}


def refusal() -> str:
    """Return the sentence of the message that is open, and close it."""
    message = opened(Message)
    message.accept()
    QApplication.processEvents()
    return message.sentence


def count(workspace: Workspace, kind: type[Base]) -> int:
    """Return how many rows of a kind the dossier holds."""
    with workspace.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def settle() -> None:
    """Let what was asked happen, jobs included."""
    for _round in range(1000):
        QApplication.processEvents()
        if not jobs.active():
            break
        QTest.qWait(5)
    QTest.qWait(1)
    QApplication.processEvents()
    for table in (each for window in QApplication.topLevelWidgets() for each in window.findChildren(Table)):
        if table.rows._rest.isActive():  # what a list leaves for later, so that it holds up no key
            table.rows.complete()
