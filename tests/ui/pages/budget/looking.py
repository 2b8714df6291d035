"""What the tests of the budget look at: a line of a side by its name, its cells, a double click on one."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vto_desktop.ui.pages.budget.sides import Side

CONTROL = Qt.KeyboardModifier.ControlModifier
FORECAST, ACTUAL, GAP, PERCENT = range(1, 5)


def find(side: Side, text: str) -> QModelIndex:
    """Return the line of a side whose name begins so, unfolded as needed."""
    side.tree.expandAll()
    model = side.tree.model()

    def walk(parent: QModelIndex) -> QModelIndex | None:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            if str(index.data()).startswith(text):
                return index
            if (below := walk(index)) is not None:
                return below
        return None

    found = walk(QModelIndex())
    assert found is not None, text
    return found


def texts(index: QModelIndex) -> list[str]:
    """Return the cells of a line."""
    return [str(index.siblingAtColumn(place).data()) for place in range(5)]


def double_click(side: Side, index: QModelIndex, column: int) -> None:
    """Double click a cell with the mouse."""
    cell = index.siblingAtColumn(column)
    side.tree.scrollTo(cell)
    at = side.tree.visualRect(cell).center()
    QTest.mouseClick(side.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(side.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QApplication.processEvents()
