"""A monkey at the window: clicks and keys drawn from a seed, wherever a hand could put them.

It never leaves the program: what would open a dialog of files, a printer or another program is answered
« annuler » by ``fenced``.
"""

import random
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QThread, QTimer
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QMouseEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from vto_desktop.errors import UserError
from vto_desktop.ui.kit import crash_log
from vto_desktop.ui.main_window import MainWindow

KEYS: Final = (
    "Return", "Escape", "Tab", "Backtab", "Space", "Up", "Down", "Left", "Right", "Home", "End", "PageDown",
    "F1", "F2", "F4", "Delete", "Backspace",
)  # fmt: skip
CONTROLS: Final = "NZYFKDEBPSAVC0123456789"
TYPED: Final = (
    "a",
    "12",
    "é",
    "31/12/2021",
    "1 234,50",
    "+30",
    "=1+1",
    "&",
    "<b>",
    "🎉",
    "\u202e",
    "x" * 300,
    "%",
    "''",
)
NONE: Final = Qt.KeyboardModifier.NoModifier
CONTROL: Final = Qt.KeyboardModifier.ControlModifier


@contextmanager
def fenced(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """Keep the monkey inside the program; yield the errors that nobody expected, as they come."""
    errors: list[BaseException] = []

    def note(error: BaseException) -> None:
        if not isinstance(error, UserError):
            errors.append(error)

    for dialog in (QFileDialog, QPrintDialog):
        for name in ("open", "exec", "show"):
            monkeypatch.setattr(dialog, name, lambda self, *_args: self.deleteLater() or 0)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_args: True)
    monkeypatch.setattr(crash_log, "write", note)
    yield errors


def _leave_menu() -> None:
    """Close a menu of Qt's own (of a scroll bar, of a calendar) that waits in a loop for a choice."""
    popup = QApplication.activePopupWidget()
    if popup is not None and QThread.currentThread().loopLevel() > 0:
        popup.close()


class Monkey:
    """Acts at random on what is in sight; ``done`` tells the last acts, to understand a failure."""

    def __init__(self, window: MainWindow, dossier: Path, seed: int) -> None:
        self._window, self._dossier = window, dossier
        self._chance = random.Random(seed)  # noqa: S311 - a monkey, not a secret
        self.done: deque[str] = deque(maxlen=40)
        self._watch = QTimer(window, interval=50)
        self._watch.timeout.connect(_leave_menu)
        self._watch.start()

    def act(self) -> None:
        """Do one thing, and let it happen."""
        self._come_back()
        self._chance.choices((self._click, self._press, self._type), (55, 30, 15))[0](self._top())
        QApplication.processEvents()

    def _come_back(self) -> None:
        """Open the window and the dossier again when the last act closed them."""
        if not self._window.isVisible():
            self._window.show()
        if self._window.workspace.dossier is None and self._chance.random() < 0.5:
            self._window.dossiers.open_path(self._dossier)

    def _top(self) -> QWidget:
        """Return the window that takes clicks and keys now."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is None:
            open_ = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
            top = self._chance.choice(open_) if self._chance.random() < 0.2 and open_ else self._window
        return top

    def _target(self, top: QWidget) -> QWidget:
        seen = [w for w in top.findChildren(QWidget) if w.isVisible() and w.isEnabled() and not w.isWindow()]
        return self._chance.choice(seen) if seen else top

    def _click(self, top: QWidget) -> None:
        target = self._target(top)
        at = QPoint(
            self._chance.randrange(max(target.width(), 1)), self._chance.randrange(max(target.height(), 1))
        )
        kind = self._chance.choice(("click", "click", "click", "double", "menu", "drag"))
        self._note(kind, target)
        left = Qt.MouseButton.LeftButton
        if kind == "click":
            QTest.mouseClick(target, left, NONE, at)
        elif kind == "double":
            QTest.mouseDClick(target, left, NONE, at)
        elif kind == "menu":
            where = target.mapToGlobal(at)
            QApplication.sendEvent(target, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, where, NONE))
        else:
            self._drag(target, at)

    def _drag(self, target: QWidget, at: QPoint) -> None:
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(target, left, NONE, at)
        end = QPointF(at + QPoint(self._chance.randrange(-80, 80), self._chance.randrange(-40, 40)))
        where = QPointF(target.mapToGlobal(end.toPoint()))
        moved = QMouseEvent(QEvent.Type.MouseMove, end, where, Qt.MouseButton.NoButton, left, NONE)
        QApplication.sendEvent(target, moved)
        QTest.mouseRelease(target, left, NONE, end.toPoint())

    def _press(self, top: QWidget) -> None:
        target = top.focusWidget() or top
        if self._chance.random() < 0.4:
            letter = self._chance.choice(CONTROLS)
            self._note(f"Ctrl+{letter}", target)
            QTest.keyClick(target, Qt.Key(ord(letter)), CONTROL)
        else:
            name = self._chance.choice(KEYS)
            self._note(name, target)
            QTest.keyClick(target, Qt.Key[f"Key_{name}"])

    def _type(self, top: QWidget) -> None:
        target, text = top.focusWidget() or top, self._chance.choice(TYPED)
        self._note(f"« {text[:12]} »", target)
        for letter in text:
            QTest.sendKeyEvent(QTest.KeyAction.Click, target, Qt.Key.Key_unknown, letter, NONE)

    def _note(self, act: str, target: Any) -> None:
        self.done.append(
            f"{act} {type(target).__name__} {target.objectName()} {target.accessibleName()[:40]}"
        )
