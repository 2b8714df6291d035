"""Sentences to the user: refusals, questions; none of them blocks the event loop."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vto_desktop.errors import UserError
from vto_desktop.ui.kit import clipboard, icons, theme
from vto_desktop.ui.kit.panel import button, label

REMEDIES: Final = {"FICHIER_REMPLACE": "copy_to", "FICHIER_DISPARU": "copy_to"}
"""The act of the menus, by the name of its action, that helps after a refusal."""


class Message(QDialog):
    """A title, a sentence and buttons; opened over its window, answered later."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str, icon: str, role: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(440))
        self.sentence = sentence
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        top = QHBoxLayout()
        top.setSpacing(theme.px(16))
        top.addWidget(icons.Sign(icon, role, 28), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addWidget(label(title, "detailTitle", wrap=True))
        self.text = label(sentence, wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self.text)
        words.addStretch(1)
        top.addLayout(words, 1)
        column.addLayout(top)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._safe: QPushButton | None = None
        column.addLayout(self._row)

    def offer(
        self, text: str, slot: Callable[[], object], *, default: bool = False, closes: bool = True
    ) -> QPushButton:
        """Add a button; it closes the message unless told otherwise."""
        made = button(text, lambda: self._answer(slot, closes), kind="primary" if default else "")
        made.setAutoDefault(True)  # Enter presses the button that holds the focus, not always the safe one
        if default:
            made.setDefault(True)
            self._safe = made
        self._row.addWidget(made)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit)
        if self._safe is not None:
            self._safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """Take the height of the wrapped texts, known once their width is."""
        self.resize(self.width(), self.heightForWidth(self.width()))

    def _answer(self, slot: Callable[[], object], closes: bool) -> None:
        if closes:
            self.accept()
        slot()


def show_error(parent: QWidget | None, error: UserError, *, title: str = "Ce n’est pas possible") -> Message:
    """Open a dialog with the user's sentence and its code; returns at once."""
    message = Message(parent, title, f"{error.sentence} [{error.code}]", "triangle-alert", "warn")
    if error.details:
        details = f"{error.code}\n{error.sentence}\n{error.details}"
        message.offer("Copier les détails", lambda: clipboard.put_text(details), closes=False)
    if (act := remedy(parent, error)) is not None:
        message.offer(*act)
    message.offer("Fermer", lambda: None, default=True)
    message.open()
    return message


def remedy(parent: QWidget | None, error: UserError) -> tuple[str, Callable[[], object]] | None:
    """Return the act of a menu, of a window above, that helps after a refusal: its words, and itself."""
    name = REMEDIES.get(error.code)
    while name is not None and parent is not None:
        if found := parent.findChild(QAction, name):
            return found.text().replace("&", ""), found.trigger
        parent = parent.parentWidget()
    return None


def tell(parent: QWidget | None, title: str, sentence: str) -> Message:
    """Open a dialog that tells something; returns at once."""
    message = Message(parent, title, sentence, "info", "info")
    message.offer("Fermer", lambda: None, default=True)
    message.open()
    return message


def ask(
    parent: QWidget | None,
    title: str,
    sentence: str,
    answers: Sequence[tuple[str, Callable[[], object]]],
) -> Message:
    """Open a question; the first answer is the safe one: it holds the focus, Escape only closes."""
    message = Message(parent, title, sentence, "circle-question-mark", "info")
    for place, (text, slot) in enumerate(answers):
        message.offer(text, slot, default=place == 0)
    message.open()
    return message
