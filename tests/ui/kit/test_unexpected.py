"""Errors nobody expected: one dialog, a log without values, and the program goes on."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, QRunnable, Qt, QThread, QThreadPool, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QApplication, QPushButton, QStyledItemDelegate, QTableView, QWidget
from pytestqt.qtbot import QtBot

from vto_desktop.errors import UserError
from vto_desktop.settings import Settings
from vto_desktop.ui.kit import crash_log, unexpected
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.delegates import ChipDelegate
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.table import Table

SECRET = "FR76-3000-Magalie"  # noqa: S105 - what must never be in a log


def fail(*_args: Any) -> Any:
    raise ValueError(SECRET)


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """Install the hook for one test."""
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    unexpected.install_excepthook(lambda: None)
    crash_log._recent.clear()
    yield
    for message in messages():
        message.reject()


def messages() -> list[Message]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, Message) and w.isVisible()]


class Painted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        fail()


class Typed(QWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        fail()


class Model(QAbstractTableModel):
    def rowCount(self, *_args: Any) -> int:
        return 1

    def columnCount(self, *_args: Any) -> int:
        return 1

    def data(self, *_args: Any) -> Any:
        return fail()


class Delegate(QStyledItemDelegate):
    def paint(self, *_args: Any) -> None:
        fail()


class Thread(QThread):
    def run(self) -> None:
        fail()


class Runnable(QRunnable):
    def run(self) -> None:
        fail()


def in_slot() -> QObject:
    button = QPushButton()
    button.clicked.connect(fail)
    button.click()
    return button


def in_timer() -> None:
    QTimer.singleShot(0, fail)


def in_paint() -> QObject:
    widget = Painted()
    widget.show()
    return widget


def in_key() -> QObject:
    widget = Typed()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    QApplication.postEvent(widget, key)
    return widget


def in_model() -> QObject:
    view = QTableView()
    view.setModel(Model(view))
    view.show()
    return view


def in_delegate() -> QObject:
    view = QTableView()
    view.setModel(QStandardItemModel(1, 1, view))
    view.setItemDelegate(Delegate(view))
    view.show()
    return view


class Unwritten:
    def __str__(self) -> str:
        return str(fail())


def in_our_table() -> QObject:
    """Fail half-way through a repaint, which would end the process if it came out."""
    table = Table((Column("a", "A"), Column("b", "B", "chip")))
    table.show_rows((row, "a" if row < 4 else Unwritten(), Chip("b")) for row in range(50))
    table.show()
    return table


class Unpaintable(ChipDelegate):
    def draw(self, *_args: Any) -> None:
        fail()


def in_our_delegate() -> QObject:
    table = Table((Column("a", "A"), Column("b", "B", "chip")))
    table.setItemDelegateForColumn(1, Unpaintable(table))
    table.show_rows((row, "a", Chip("b")) for row in range(50))
    table.show()
    return table


def in_qthread() -> QObject:
    thread = Thread()
    thread.start()
    thread.wait()
    return thread


def in_runnable() -> None:
    QThreadPool.globalInstance().start(Runnable())
    QThreadPool.globalInstance().waitForDone()


def in_python_thread() -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


PLACES: list[Callable[[], QObject | None]] = [
    in_slot, in_timer, in_paint, in_key, in_model, in_delegate, in_our_table, in_our_delegate, in_qthread,
    in_runnable, in_python_thread,
]  # fmt: skip


@pytest.mark.qt_no_exception_capture
@pytest.mark.usefixtures("hook")
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_wherever_it_happens_it_is_told_once_and_logged(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, place: Callable[[], QObject | None]
) -> None:
    monkeypatch.setattr(sys, "excepthook", unexpected._from_main)
    kept = place()
    qtbot.waitUntil(lambda: len(messages()) == 1)
    qtbot.wait(30)
    assert len(messages()) == 1
    assert "[ERREUR_INATTENDUE" in messages()[0].sentence
    log = crash_log.path().read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_unexpected.py" in log
    assert SECRET not in log
    copy = next(b for b in messages()[0].findChildren(QPushButton) if "détails" in b.text())
    copy.click()
    copied = QApplication.clipboard().text()
    assert "Python 3" in copied
    assert SECRET not in copied
    assert messages()
    if isinstance(kept, QWidget):
        kept.hide()


@pytest.mark.qt_no_exception_capture
@pytest.mark.usefixtures("hook")
def test_three_hundred_a_second_make_one_dialog_and_a_short_log(qtbot: QtBot) -> None:
    seen: list[int] = []
    for _ in range(300):
        try:
            fail()
        except ValueError as error:
            unexpected.report(error)
    qtbot.waitUntil(lambda: len(messages()) == 1)
    seen.append(len(messages()))
    messages()[0].accept()
    for _ in range(300):
        try:
            fail()
        except ValueError as error:
            unexpected.report(error)
    qtbot.wait(50)
    assert seen == [1]
    assert messages() == []
    assert crash_log.path().stat().st_size < 20_000


@pytest.mark.usefixtures("hook")
def test_different_errors_wait_for_the_dialog_that_is_open(qtbot: QtBot) -> None:
    for error in (KeyError("a"), TypeError("b"), ValueError("c")):
        unexpected.report(error)
    qtbot.waitUntil(lambda: len(messages()) >= 1)
    qtbot.wait(20)
    assert len(messages()) == 1
    log = crash_log.path().read_text(encoding="utf-8")
    assert all(kind in log for kind in ("KeyError", "TypeError", "ValueError"))


@pytest.mark.usefixtures("hook")
def test_an_error_inside_the_dialog_goes_to_the_log_only(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Message, "open", fail)
    unexpected.report(KeyError("x"))
    qtbot.wait(30)
    assert messages() == []
    log = crash_log.path().read_text(encoding="utf-8")
    assert "KeyError" in log
    assert "ValueError" in log


@pytest.mark.usefixtures("hook")
def test_a_refusal_that_escapes_is_shown_as_a_refusal(qtbot: QtBot) -> None:
    unexpected.report(UserError("EXERCICE_CLOS", "L’exercice 2020 est clos. Rien n’a été modifié."))
    qtbot.waitUntil(lambda: len(messages()) == 1)
    assert messages()[0].sentence == "L’exercice 2020 est clos. Rien n’a été modifié. [EXERCICE_CLOS]"


@pytest.mark.usefixtures("hook")
def test_a_raising_event_filter_or_close_does_no_harm(qtbot: QtBot) -> None:
    class Filter(QObject):
        @unexpected.guarded(False)
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            return bool(fail())

    class Window(QWidget):
        @unexpected.guarded(None)
        def closeEvent(self, event: QCloseEvent) -> None:
            event.ignore()
            fail()

    window = Window()
    qtbot.addWidget(window)
    filter_ = Filter()
    window.installEventFilter(filter_)
    window.show()
    window.removeEventFilter(filter_)
    assert not window.close()
    assert window.isVisible()


def test_a_full_disk_for_the_log_stops_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(crash_log, "path", lambda: tmp_path / "file" / "no.log")
    crash_log.write(ValueError(SECRET))


def test_a_chain_of_errors_is_logged_without_values() -> None:
    try:
        try:
            fail()
        except ValueError as error:
            raise UserError("DISQUE_PLEIN", SECRET) from error
    except UserError as refused:
        text = crash_log.described(refused)
    assert text.startswith("UserError [DISQUE_PLEIN]")
    assert "after ValueError" in text
    assert SECRET not in text
    assert str(Path.home()) not in text


def test_a_crash_of_the_last_run_is_found_once() -> None:
    trace = crash_log.path().parent / "arret-12345.log"
    trace.write_text(
        'Fatal Python error\n  File "/home/magalie/vto_desktop/ui/kit/form.py", line 3 in save\n'
    )
    assert crash_log.abnormal_end()
    assert not crash_log.abnormal_end()
    log = crash_log.path().read_text(encoding="utf-8")
    assert "[ARRET_ANORMAL]" in log
    assert "ui/kit/form.py" in log
    assert "magalie" not in log
