"""The menu of a row: open, the page's own acts, duplicate, delete, copy, export."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from vto_desktop.ui.kit import icons

if TYPE_CHECKING:
    from vto_desktop.ui.kit.table import Table


class Act(NamedTuple):
    """What a page offers to do with a row."""

    text: str
    slot: Callable[[int], object]
    icon: str
    when: Callable[[int], bool]


def of(table: "Table") -> QMenu:
    """Return the menu of a table's current row, deleted when it closes."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    current = table.current_id()
    if current is not None:
        _offer(menu, "Ouvrir", "pencil", "F2", lambda: table.opened.emit(current))
        for act in table.acts_on(current):
            _offer(menu, act.text, act.icon, "", partial(act.slot, current))
        if table.can_duplicate:
            _offer(menu, "Dupliquer", "copy", "Ctrl+D", lambda: table.duplicated.emit(current))
        if table.can_delete:
            delete = table.selected_ids() or [current]  # Ctrl+click may leave a current row unselected
            _offer(menu, "Supprimer", "trash-2", "Del", lambda: table.deleted.emit(delete))
        menu.addSeparator()
    _offer(menu, "Copier", "copy", "Ctrl+C", table.copy)
    if table.can_export:
        _offer(menu, "Exporter…", "download", "", table.export_asked.emit)
    return menu


def _offer(menu: QMenu, text: str, icon: str, keys: str, slot: Callable[[], object]) -> None:
    action = menu.addAction(icons.icon(icon), text) if icon else menu.addAction(text)
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _checked=False: slot())
