"""One run of the program as a process: first paint, signals, a missing screen; and its pictures."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from vto_desktop.errors import UserError
from vto_desktop.store import create_dossier, open_dossier
from vto_desktop.ui.application import shots
from vto_desktop.ui.application.display import missing

FIRST_PAINT = """
import sys
from pathlib import Path
from vto_desktop.ui.application import session
from vto_desktop.settings import Settings

application = session.make_application(["vto-desktop"])
window = session.make_window(Settings(Path(sys.argv[1])))
seen = []
def painted():
    absent = "reportlab xlsxwriter alembic sqlalchemy PySide6.QtPdf PySide6.QtCharts PySide6.QtWebEngineCore"
    seen.extend(name for name in absent.split() if name in sys.modules)
    application.exit(0)
window.painted.connect(painted)
session.show_first(window, Path("absent.vto"))
application.exec()
print("imported before the first paint:", *seen)
"""

WHOLE_START = """
import gc, linecache, sys
from pathlib import Path
from vto_desktop.ui import application
from vto_desktop.ui.application import start_up

settle = start_up.settle
def settled():
    collects = [gc.isenabled()]
    settle()
    collects.append(gc.isenabled())
    from PySide6.QtWidgets import QApplication
    from vto_desktop.ui.main_window import MainWindow
    (window,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    read = [name for name in linecache.cache if "vto_desktop" in name and name[0] != "<"]
    print(collects, window.current_page.title, window.current_page.is_stale, read, flush=True)
    QApplication.exit(0)
start_up.settle = settled
application.start(sys.argv[1])
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a user with nothing yet, without a screen."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {**kept, **homes, "HOME": str(tmp_path), "PYTHONUTF8": "1"}


def test_nothing_heavy_is_imported_before_the_first_paint(
    environment: dict[str, str], tmp_path: Path
) -> None:
    environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "preferences.json")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "imported before the first paint:", done.stderr


def test_a_start_reads_no_sources_and_collects_garbage_only_once_the_page_is_shown(
    environment: dict[str, str], example_file: Path, tmp_path: Path
) -> None:
    environment["QT_QPA_PLATFORM"] = "offscreen"
    path = shutil.copy(example_file, tmp_path / "exemple.vto")
    command = [sys.executable, "-c", WHOLE_START, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "[False, True] Tableau de bord False []", done.stderr


def test_without_a_screen_one_sentence_and_code_1(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "vto_desktop"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("[PAS_D_ECRAN]")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_screen_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":4242")
    told = missing()
    assert ":4242" in told or "libxcb" in told or not sys.platform.startswith("linux")


def test_the_end_of_the_session_saves_frees_the_lock_and_ends_with_0(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "dossier.vto"
    from vto_desktop.services import association

    with create_dossier(path) as dossier, dossier.write("Créer le dossier") as session:
        association.initialise(session, "Les Amis", year=2022)
    environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-m", "vto_desktop", str(path)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        side = path.with_name(path.name + ".ouvert")
        for _wait in range(600):
            if side.exists() or process.poll() is not None:
                break
            time.sleep(0.05)
        with pytest.raises(UserError, match="DEJA_OUVERT"):
            open_dossier(path)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 0, told
    assert "Traceback" not in told
    with open_dossier(path):
        pass


def test_pictures_are_written_and_the_dossier_is_not_touched(
    example_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = example_file.read_bytes()
    monkeypatch.chdir(tmp_path)
    made = shots.write(Path(os.path.relpath(example_file)), Path("images"), keys=["dashboard"])
    names = sorted(path.name for path in made)
    assert names == [
        "bienvenue-clair.png",
        "bienvenue-sombre.png",
        "dashboard-1024x700-clair.png",
        "dashboard-200pc-clair.png",
        "dashboard-clair.png",
        "dashboard-sombre.png",
    ]
    sizes = {path.name: QImage(str(path)).size().toTuple() for path in made}
    assert sizes["dashboard-clair.png"] == (1440, 900)
    assert sizes["dashboard-200pc-clair.png"] == (2048, 1400)
    assert example_file.read_bytes() == before
    light, dark = (QImage(str(tmp_path / "images" / f"dashboard-{look}.png")) for look in ("clair", "sombre"))
    assert light.pixelColor(700, 140).lightness() > dark.pixelColor(700, 140).lightness() + 100


def test_pictures_of_no_dossier_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="INTROUVABLE"):
        shots.write(tmp_path / "absent.vto", tmp_path / "images")
