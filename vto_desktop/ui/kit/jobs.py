"""Long work beside the window: a name, a count, a way to cancel, the answer back in the window’s thread."""

import threading
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.ui.kit import messages, theme
from vto_desktop.ui.kit.panel import button, label

PATIENCE: Final = 200
"""Milliseconds of work before its progress is shown."""


_active: "list[Job]" = []


def active() -> "list[Job]":
    """Return what runs now: closing the window waits for it or cancels it."""
    return [job for job in _active if job.is_running]


class Cancelled(Exception):
    """The user cancelled; raised out of ``progress`` inside the work, which rolls back on its way out."""


class Job(QObject):
    """One piece of work in its own thread; finished when ``finished`` comes, in the window's thread."""

    progressed = Signal(int, int, str)
    finished = Signal(object, object)
    """Its result, or the exception that ended it."""

    def __init__(self, label_: str, work: Callable[["Job"], Any], parent: QObject | None) -> None:
        super().__init__(parent)
        self.label = label_
        self._work = work
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"job {label_}", daemon=True)

    def __call__(self, done: int, total: int = 0, what: str = "") -> None:
        """Tell how far the work is; raises Cancelled when the user gave up."""
        if self._cancelled.is_set():
            raise Cancelled
        self.progressed.emit(done, total, what)

    @property
    def is_running(self) -> bool:
        """Whether the work still runs."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next ``progress``."""
        self._cancelled.set()

    def _run(self) -> None:
        try:
            result = self._work(self)
        except BaseException as error:
            self.finished.emit(None, error)
        else:
            self.finished.emit(result, None)


class Progress(QDialog):
    """What runs, how far it is, and « Annuler »."""

    def __init__(self, job: Job, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._job = job
        self.setWindowTitle(job.label)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.addWidget(label(job.label, "detailTitle", wrap=True))
        self.count = label("", "caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        column.addWidget(self.bar)
        column.addWidget(self.count)
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel_button = button("Annuler", self.reject)
        row.addWidget(self.cancel_button)
        column.addLayout(row)
        job.progressed.connect(self.show_progress)

    def show_progress(self, done: int, total: int, what: str) -> None:
        """Show a count; ``total`` 0 is unknown."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        counted = f"{french.number(done)} / {french.number(total)}" if total else french.number(done)
        self.count.setText(f"{counted}  {what}".strip())

    def reject(self) -> None:
        self._job.cancel()
        self.cancel_button.setEnabled(False)
        self.count.setText("Arrêt en cours, rien n’est perdu…")

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def end(self) -> None:
        """Close for good."""
        super().reject()


class _Watch(QObject):
    """Lives in the window's thread: shows progress after a while and hands the answer on."""

    def __init__(self, parent: QWidget, job: Job, done: Callable[[Any], object], failed: Any) -> None:
        super().__init__(parent)
        self._widget, self._job, self._done, self._failed = parent, job, done, failed
        self._progress: Progress | None = None
        job.finished.connect(self._end)
        self._timer = QTimer(self, singleShot=True, interval=PATIENCE)
        self._timer.timeout.connect(self._show)
        self._timer.start()

    def _show(self) -> None:
        self._progress = Progress(self._job, self._widget.window())
        self._progress.open()

    def _end(self, result: Any, error: BaseException | None) -> None:
        self._timer.stop()
        if self._progress is not None:
            self._progress.end()
        self.deleteLater()
        if error is None:
            self._done(result)
        elif self._failed is not None and not isinstance(error, Cancelled):
            self._failed(error)
        elif isinstance(error, UserError):
            messages.show_error(self._widget, error)
        elif not isinstance(error, Cancelled):
            raise error


class _Quiet(QObject):
    """Lives in the window's thread as long as its page: hands the answer on."""

    def __init__(
        self, parent: QWidget, job: Job, finished: Callable[[Any, BaseException | None], object]
    ) -> None:
        super().__init__(parent)
        self._job, self._finished = job, finished
        job.finished.connect(self._end)

    def _end(self, result: Any, error: BaseException | None) -> None:
        self.deleteLater()
        self._finished(result, error)


def run(
    parent: QWidget,
    label: str,
    work: Callable[[Job], Any],
    done: Callable[[Any], object] = lambda _result: None,
    failed: Callable[[BaseException], object] | None = None,
) -> Job:
    """Run ``work(progress)`` in a thread; then ``done(result)`` or ``failed(error)`` in the window's.

    ``progress(done, total, what)`` tells how far it is and raises Cancelled when the user gave up (then
    neither is called). Without ``failed`` a UserError is shown and anything else goes to the error hook.
    """
    job = Job(label, work, None)
    _Watch(parent, job, done, failed)
    return _started(job)


def quietly(
    parent: QWidget,
    label: str,
    work: Callable[[Job], Any],
    finished: Callable[[Any, BaseException | None], object],
) -> Job:
    """Run ``work(progress)`` in a thread, unshown; then ``finished(result, error)`` in the window's thread.

    Nothing is called when ``parent`` is gone by then.
    """
    job = Job(label, work, None)
    _Quiet(parent, job, finished)
    return _started(job)


def _started(job: Job) -> Job:
    """Begin, and keep the job alive until its thread ends, even when the page that asked for it is gone."""
    _active[:] = [*active(), job]
    job.start()
    return job
