"""What the whole-process goals start: a bare window, or the program's own, told at the moment it is painted.

``python -m tests.benchmarks.driver bare|mapped|shell|page|members [DOSSIER]``. The moment is one line on the
standard output, with JSON after a word. The program itself knows nothing of this.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from vto_desktop.ui.main_window import MainWindow

MOMENT: Final = "painted"
LATE: Final = (
    "reportlab", "xlsxwriter", "calamine", "python_calamine", "alembic", "PySide6.QtPdf",
    "PySide6.QtPdfWidgets", "PySide6.QtCharts", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets",
)  # fmt: skip
SCREENS: Final = 20  # of rows looked at in the list of members


def tell(found: dict[str, Any] | None = None) -> None:
    """Say that the moment has come, and end without the work of closing."""
    sys.stdout.write(f"{MOMENT} {json.dumps(found or {})}\n")
    sys.stdout.flush()
    os._exit(0)


def bare(*, mapped: bool) -> None:
    """Paint a QMainWindow with nothing in it, first importing the mapped classes when asked."""
    if mapped:
        from sqlalchemy.orm import configure_mappers

        import vto_desktop.model  # noqa: F401 - the import is what is measured

        configure_mappers()
    from PySide6.QtCore import QRect, QSize, QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, tell)

    application = QApplication([])
    window = Bare()
    available = QApplication.primaryScreen().availableGeometry()
    window.setGeometry(QRect(available.topLeft(), QSize(1440, 900).boundedTo(available.size())))
    window.show()
    application.exec()


def program(dossier: Path, watch: "Callable[[MainWindow], object]") -> None:
    """Start the program on a dossier, ``watch`` being told of its window before it is shown."""
    from vto_desktop.ui.application import start_up

    start_up.hurry()
    from vto_desktop.ui.application import session

    make_window = session.make_window

    def watched(*arguments: Any, **options: Any) -> "MainWindow":
        window = make_window(*arguments, **options)
        watch(window)
        return window

    vars(session)["make_window"] = watched
    session.run(dossier)


def early() -> list[str]:
    """Return what should have waited: modules, and the file of local authorities."""
    authorities: Any = sys.modules.get("vto_desktop.services.local_authorities")
    read = ["collectivites.csv.gz"] if authorities is not None and authorities.is_loaded() else []
    return [*(name for name in LATE if name in sys.modules), *read]


def shell(window: "MainWindow") -> None:
    """Tell when the frame is painted, and what was imported or read too early."""
    window.painted.connect(lambda: tell({"early": early()}))


def when_refreshed(window: "MainWindow", act: Callable[[], object]) -> None:
    """Call ``act`` once the page that is shown next has its data."""
    from PySide6.QtCore import QTimer

    def shown(_key: str) -> None:
        page = window.current_page
        assert page is not None
        refresh = page.refresh_now

        def refreshed() -> None:
            refresh()
            page.refresh_now = refresh  # type: ignore[method-assign]
            QTimer.singleShot(0, act)

        page.refresh_now = refreshed  # type: ignore[method-assign]

    window.page_shown.connect(shown)


def page(window: "MainWindow") -> None:
    """Tell when the first page is painted with its data."""

    def painted() -> None:
        window.repaint()
        tell()

    when_refreshed(window, painted)


def members(window: "MainWindow") -> None:
    """Tell the memory held once the list of members is whole and was scrolled through."""
    started: list[bool] = []

    def look() -> None:
        if started:
            return
        started.append(True)
        window.show_page("members")
        listed = window.pages["members"]
        listed.refresh_now()
        table: Any = vars(listed)["table"]
        table.rows.complete()
        bar = table.verticalScrollBar()
        for place in range(SCREENS):
            bar.setValue(bar.maximum() * place // SCREENS)
            window.repaint()
        tell({"rows": table.rows.rowCount(), "megabytes": held()})

    when_refreshed(window, look)


def held() -> float:
    """Return the memory this process holds now, in megabytes; its peak where only that is known."""
    import gc

    gc.collect()
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="utf-8").split("VmRSS:")[1].split()[0]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(arguments: list[str]) -> None:
    """Do what the first word says."""
    mode, *paths = arguments
    if mode in ("bare", "mapped"):
        bare(mapped=mode == "mapped")
    else:
        program(Path(paths[0]), {"shell": shell, "page": page, "members": members}[mode])


if __name__ == "__main__":
    main(sys.argv[1:])
