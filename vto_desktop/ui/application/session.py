"""One run of the program: the application, the window painted first, then the dossier; a clean end."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from vto_desktop import __version__
from vto_desktop.settings import Settings
from vto_desktop.ui.application import display, start_up
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import placement
from vto_desktop.ui.main_window.recent import recent_dossiers
from vto_desktop.ui.main_window.window import MainWindow


def run(path: Path | None) -> int:
    """Show the window and return the exit code when it is closed."""
    if reason := display.missing():
        sentence = (
            f"La fenêtre ne peut pas s’ouvrir : {reason}. Rien n’a été modifié ; les commandes sans fenêtre "
            "(vto-desktop --help) fonctionnent. [PAS_D_ECRAN]"
        )
        print(sentence, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 1
    application = bare_application(sys.argv[:1])
    window = make_window(Settings(), furnished=False)
    listening: list[Any] = []
    window.painted.connect(lambda: listening.append(_begin(application, window, path)))
    show_first(window, path)
    code = application.exec()
    listening.clear()
    if window.is_furnished:
        window.dossiers.let_go()
        crash_log().stop_watching_faults()
    return code


def _begin(application: QApplication, window: MainWindow, path: Path | None) -> Any:
    """Go on once the empty frame is painted: errors are caught, the frame furnished, the dossier opened."""
    from vto_desktop.ui.kit import unexpected

    unexpected.install_excepthook(lambda: window)
    crash_log().watch_faults()
    dress(application)
    wear(window.workspace.settings)
    placement.keep_whole(window)  # only now has it a title bar
    window.furnish()
    listening = _on_end_of_session(application, window)
    show_first(window, path)
    # The furnished frame is painted before SQLAlchemy is imported, which takes longer than all the rest.
    QTimer.singleShot(0, window, lambda: QTimer.singleShot(0, window, lambda: open_first(window, path)))
    return listening


def crash_log() -> Any:
    """Return the module of the log, which brings more than the first paint needs."""
    from vto_desktop.ui.kit import crash_log as module

    return module


def bare_application(arguments: list[str]) -> QApplication:
    """Return the one application, as little of it as a first paint needs."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    exact = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(exact)
    return QApplication(arguments)


def dress(application: QApplication) -> None:
    """Give the application its name, and Qt's own words in French."""
    application.setApplicationName("VTO Desktop")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("vto-desktop")
    if not application.property("speaks French"):
        from vto_desktop.ui.kit import translation

        application.setProperty("speaks French", True)
        translation.install(application)


def make_application(arguments: list[str]) -> QApplication:
    """Return the one application, speaking French."""
    application = bare_application(arguments)
    dress(application)
    return application


def make_window(settings: Settings, *, furnished: bool = True) -> MainWindow:
    """Return the window, dressed as the user wants it, without any dossier yet."""
    theme.choose(settings)
    if furnished:
        wear(settings)
    workspace = Workspace(settings)
    window = MainWindow(workspace, furnished=furnished)
    workspace.setParent(window)
    return window


def wear(settings: Settings) -> None:
    """Dress the application in fonts, palette and style, and again when the system turns dark."""
    theme.apply(settings)
    theme.follow_system(settings)


def first_path(window: MainWindow, asked: Path | None) -> Path | None:
    """Return the dossier to open at start: the one asked for, else the last one that is still there."""
    return asked or next(iter(recent_dossiers(window.workspace.settings)), None)


def show_first(window: MainWindow, asked: Path | None) -> None:
    """Show the frame of what is about to be opened, or the first-start page."""
    path = first_path(window, asked)
    window.shows_frame = path is not None
    if window.is_furnished:
        if path is None:
            window.show_welcome()
        else:
            window.show_frame(path)
    window.show()


def open_first(window: MainWindow, asked: Path | None) -> None:
    """Open the dossier once the frame is painted, and tell how the last run ended."""
    QTimer.singleShot(0, window, lambda: QTimer.singleShot(0, window, start_up.settle))  # the page shown
    path = first_path(window, asked)
    if path is not None:
        window.dossiers.open_path(path)
    if crash_log().abnormal_end():
        sentence = (
            "La dernière fois, le programme s’est arrêté brutalement. Ce qui était enregistré est intact, "
            "une saisie en cours vous est proposée à nouveau. [ARRET_ANORMAL]"
        )
        if window.workspace.dossier is None:
            from vto_desktop.ui.kit import messages

            messages.tell(window, "Arrêt anormal", sentence)
        else:
            window.banners.tell(sentence, "info")


def _on_end_of_session(application: QApplication, window: MainWindow) -> Any:
    """End cleanly when the system asks for it: drafts kept, the dossier closed, exit code 0."""

    def end(*_what: object) -> None:
        window.dossiers.let_go()
        application.exit(0)

    application.commitDataRequest.connect(lambda _manager: window.dossiers.keep_drafts())
    if os.name == "nt":
        return None
    # Python runs a signal's handler only between two of its own instructions, and the event loop has none:
    # the number written in this pipe wakes it up.
    reading, writing = os.pipe()
    for descriptor in (reading, writing):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: QTimer.singleShot(0, application, end))
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, application)
    notifier.activated.connect(lambda *_: os.read(reading, 64))
    return notifier
