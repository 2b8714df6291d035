"""« Plus » on a page: what is done more rarely, one line each, in groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from vto_desktop.ui.kit import icons

if TYPE_CHECKING:
    from vto_desktop.ui.kit.page import Page


@dataclass(frozen=True)
class Line:
    """A line of the menu; ``act`` takes the page; ``writes`` greys it out on a read-only dossier."""

    text: str
    icon: str
    act: Callable[[Any], object]
    writes: bool = False


def of(page: "Page", groups: Sequence[Sequence[Line]]) -> QMenu:
    """Return the menu, over a page; it is gone once closed."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for number, group in enumerate(groups):
        if number:
            menu.addSeparator()
        for line in group:
            action = menu.addAction(icons.icon(line.icon), line.text)
            action.setEnabled(not (line.writes and page.workspace.is_read_only))
            action.triggered.connect(lambda _checked=False, act=line.act: act(page))
    return menu
