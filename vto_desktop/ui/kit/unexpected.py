"""What happens when the program itself is wrong: one dialog, a log without personal data, nothing lost."""

import functools
import sys
import threading
import time
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtWidgets import QWidget

from vto_desktop import __version__
from vto_desktop.errors import UserError
from vto_desktop.ui.kit import clipboard, crash_log, messages

CODE: Final = "ERREUR_INATTENDUE"
QUIET: Final = 60.0
"""Seconds during which an error already shown is only logged."""

_T = TypeVar("_T")


class _Hook(QObject):
    """Receives exceptions of any thread and shows them in the window's, later, one at a time."""

    raised = Signal(object, object)

    def __init__(self, window: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._window = window
        self._shown: dict[str, float] = {}
        self._open: messages.Message | None = None
        self.raised.connect(self._show)

    def report(self, error: BaseException) -> None:
        """Log an exception and have it shown; safe from every thread, and never raises."""
        try:
            crash_log.write(error)
            self.raised.emit(error, threading.current_thread().name)
        except Exception:
            traceback.print_exc()

    def _show(self, error: BaseException, _thread: str) -> None:
        try:
            self._show_once(error)
        except Exception as second:
            crash_log.write(second)

    def _show_once(self, error: BaseException) -> None:
        mark = signature(error)
        now = time.monotonic()
        if self._open is not None or now - self._shown.get(mark, -QUIET) < QUIET:
            return
        self._shown[mark] = now
        if isinstance(error, UserError):
            self._open = messages.show_error(self._window(), error)
        else:
            self._open = _dialog(self._window(), error)
        self._open.destroyed.connect(self._closed)
        self._open.finished.connect(lambda _result: self._closed())

    def _closed(self) -> None:
        self._open = None
        for mark in self._shown:
            self._shown[mark] = time.monotonic()


_hook: _Hook | None = None


def install_excepthook(window: Callable[[], QWidget | None]) -> None:
    """Catch what escapes from slots, timers, painting, QThreads and Python threads.

    ``window`` gives the window to show the dialog over. A UserError that a slot lets through is shown as
    what it is, so pages need no ``try`` around a refused act.
    """
    global _hook  # noqa: PLW0603 - the interpreter has one hook
    _hook = _Hook(window)
    sys.excepthook = _from_main
    sys.unraisablehook = lambda raised: report(raised.exc_value)
    threading.excepthook = lambda raised: report(raised.exc_value)


def _from_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        sys.__excepthook__(kind, error, trace)
    else:
        report(error)


def report(error: BaseException | None) -> None:
    """Log an exception and show it, as if it had escaped."""
    if error is not None and _hook is not None:
        _hook.report(error)
    elif error is not None:
        crash_log.write(error)


def guarded(otherwise: _T) -> Callable[[Callable[..., _T]], Callable[..., _T]]:
    """Return ``otherwise`` when an event handler raises: Qt would crash or close the window."""

    def wrap(handler: Callable[..., _T]) -> Callable[..., _T]:
        @functools.wraps(handler)
        def safe(*args: Any, **names: Any) -> _T:
            try:
                return handler(*args, **names)
            except Exception as error:
                report(error)
                return otherwise

        return safe

    return wrap


def signature(error: BaseException) -> str:
    """Return eight signs that tell this error from others: its kind and place, whoever called."""
    import hashlib

    text = type(error).__qualname__ + "".join(crash_log.frames(error)[-1:])
    return hashlib.sha256(text.encode()).hexdigest()[:8].upper()


def details(error: BaseException) -> str:
    """Return what « Copier les détails » copies: versions, kind and place of the error; no values."""
    import platform

    versions = (
        f"VTO Desktop {__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
        f"{platform.system()} {platform.release()}"
    )
    return "\n".join((f"[{CODE}] {signature(error)}", versions, crash_log.described(error)))


def _dialog(parent: QWidget | None, error: BaseException) -> messages.Message:
    sentence = (
        "Le programme a rencontré une erreur qu’il n’attendait pas. Rien n’a été perdu : ce qui était "
        "enregistré le reste, ce que vous tapiez est gardé. Vous pouvez continuer ; si cela se répète, "
        f"envoyez les détails à la personne qui vous aide. [{CODE} {signature(error)}]"
    )
    message = messages.Message(parent, "Erreur inattendue", sentence, "circle-alert", "danger")
    text = details(error)
    message.offer("Copier les détails", lambda: clipboard.put_text(text), closes=False)
    message.offer("Continuer", lambda: None, default=True)
    message.open()
    return message
