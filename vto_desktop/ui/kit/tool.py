"""Small icon buttons whose name is their tip and what a screen reader says."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from vto_desktop.ui.kit import icons, theme


def tool(icon: str, text: str, slot: Callable[[], object], *, keys: str = "") -> QToolButton:
    """Return an icon button; ``keys`` is added to its tip only, the shortcut itself is the window's."""
    made = QToolButton()
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setToolTip(f"{text} ({keys})" if keys else text)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda _checked=False: slot())
    return made
