"""The search of the whole dossier (Ctrl+K): the field. What it finds is listed by ``search_results``."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.line_input import LineEdit
from vto_desktop.ui.kit.workspace import Workspace

if TYPE_CHECKING:
    from vto_desktop.ui.main_window.hits import Hit
    from vto_desktop.ui.main_window.search_results import Results

PAUSE: Final = 80
"""Milliseconds after a key before the dossier is searched."""
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchField(LineEdit):
    """Searches as one types; arrows choose, Enter opens, Escape closes."""

    chosen = Signal(object)
    """A Hit."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(200)
        self.workspace = workspace
        self.setPlaceholderText("Rechercher dans le dossier")
        self.setAccessibleName("Rechercher dans le dossier")
        self.setToolTip("Adhérents, personnes, conventions, lignes, documents (Ctrl+K)")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(160))
        self.setMaximumWidth(theme.px(440))
        icon = QAction(icons.icon("search", "secondary"), "", self)
        self.addAction(icon, self.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.search_now)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.left.connect(self.close_results)

    @cached_property
    def popup(self) -> "Results":
        """Return the list of what is found, made at the first search: a start has no use for it."""
        from vto_desktop.ui.main_window.search_results import Results

        return Results(self)

    def close_results(self) -> None:
        """Hide what was found."""
        if "popup" in vars(self):
            self.popup.hide()

    def search_now(self) -> None:
        """Search for what stands in the field without waiting."""
        self._pause.stop()
        text = self.text().strip()
        if text:
            from vto_desktop.ui.main_window import hits

            self.popup.show_hits(hits.find(self.workspace, text))
        else:
            self.close_results()

    def choose(self, hit: "Hit") -> None:
        """Open what was found."""
        self.close_results()
        self.clear()
        self.chosen.emit(hit)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.selectAll)

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_results()
            self.clear()
        elif key in _STEPS and self.popup.isVisible():
            self.popup.step(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_now()
            if (hit := self.popup.current()) is not None:
                self.choose(hit)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.width() < theme.px(280):
            return
        painter = QPainter(self)
        painter.setFont(theme.font(9))
        painter.setPen(QColor(theme.current().secondary))
        where = self.rect().adjusted(0, 0, -theme.px(10), 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "Ctrl+K")
        painter.end()
