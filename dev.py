"""One file for whoever works on VTO Desktop: dev.py run | test | check | bench | shots | package | lock.

Standard library only. It makes .venv, installs the locked dependencies, sees to Qt's system libraries,
then starts what was asked; a second call goes straight to it.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "ready"
OUT = ROOT / "out"

# What Qt loads at run time on Linux, and the Debian package that brings it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def stop(sentence: str) -> NoReturn:
    """End with one sentence that says what is missing."""
    print(f"dev.py: {sentence}", file=sys.stderr)
    raise SystemExit(1)


def call(*command: str | Path, quiet: bool = False) -> int:
    """Run a command from the project's folder and return its exit code; a quiet one speaks when it fails."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    words = [str(part) for part in command]
    if not quiet:
        return subprocess.call(words, cwd=ROOT, env=environment)
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=False)
    if done.returncode:
        sys.stderr.buffer.write(done.stdout + done.stderr)
    return done.returncode


def need(*command: str | Path, quiet: bool = False) -> None:
    """Run a command that must succeed."""
    if call(*command, quiet=quiet):
        stop(f"this step failed: {' '.join(str(part) for part in command)}")


def is_debian_root() -> bool:
    """Return whether system packages can be installed without asking anybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_system(packages: list[str]) -> None:
    """Install Debian packages as root, else say the exact line to run."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not is_debian_root():
        stop(f"system libraries are missing; run as root: {line}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    need("apt-get", "update", "-qq", quiet=True)
    need(*line.split(), quiet=True)


def missing_libraries() -> list[str]:
    """Return the packages of the system libraries that Qt would not find."""
    if not sys.platform.startswith("linux"):
        return []

    def is_loadable(library: str) -> bool:
        try:
            ctypes.CDLL(library)
        except OSError:
            return False
        return True

    return [package for library, package in QT_LIBRARIES.items() if not is_loadable(library)]


def make_environment() -> None:
    """Make .venv; Debian keeps the module that does it in a package of its own."""
    if call(sys.executable, "-m", "venv", "--clear", VENV, quiet=True) == 0:
        return
    install_system(["python3-venv"])
    need(sys.executable, "-m", "venv", "--clear", VENV)


def prepare() -> None:
    """Bring .venv in line with requirements.lock; nothing is done when it already is."""
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode() + str(ROOT).encode()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    print("Preparing .venv (the first time takes a minute or two)…", flush=True)
    make_environment()
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input")
    need(*pip, "install", "--require-hashes", "--only-binary=:all:", "-r", LOCK)
    need(*pip, "install", "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT, quiet=True)
    if missing := missing_libraries():
        print(f"Installing system libraries: {' '.join(missing)}", flush=True)
        install_system(missing)
    STAMP.write_text(wanted, encoding="utf-8")


def vto(*arguments: str | Path) -> None:
    """Run the program's command line."""
    need(PYTHON, "-m", "vto_desktop", *arguments)


def example() -> Path:
    """Return the example dossier, made when it is not there."""
    dossier = OUT / "exemple-2021.vto"
    if not dossier.exists():
        OUT.mkdir(exist_ok=True)
        vto("new", dossier, "--example")
    return dossier


def has_display() -> bool:
    """Return whether a window can be shown."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def run(arguments: list[str]) -> int:
    """Open the window on the 2021 example; without a display, do the whole main job and say where it is."""
    if has_display():
        return call(PYTHON, "-m", "vto_desktop", *(arguments or [str(example())]))
    dossier = OUT / "exemple-2021.vto"
    dossier.unlink(missing_ok=True)
    dossier = example()
    documents = OUT / "documents"
    documents.mkdir(exist_ok=True)
    names = subprocess.check_output([PYTHON, "-m", "vto_desktop", "reports"], cwd=ROOT, text=True).split()
    asked = ("--year", "2021", "--date", "2021-12-31", "--meeting", "1")
    for name in names:
        vto("print", name, dossier, "--to", documents / f"{name}.pdf", *asked)
    vto("shots", dossier, "--to", OUT / "pages")
    print(f"No display: the main job was done on {dossier}")
    for made in sorted([*documents.glob("*.pdf"), *(OUT / "pages").glob("*.png")]):
        print(made)
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests."""
    return call(PYTHON, "-m", "pytest", *arguments)


def check(_arguments: list[str]) -> int:
    """Run every static check and say which ones failed."""
    tools = VENV / ("Scripts" if os.name == "nt" else "bin")
    checks = {
        "ruff": (PYTHON, "-m", "ruff", "check", "."),
        "format": (PYTHON, "-m", "ruff", "format", "--check", "."),
        "mypy": (PYTHON, "-m", "mypy"),
        "imports": (tools / "lint-imports",),
        "deptry": (PYTHON, "-m", "deptry", "."),
    }
    failed = [name for name, command in checks.items() if call(*command)]
    print(f"check: {', '.join(failed)} failed" if failed else f"check: {', '.join(checks)} passed")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure the goals of speed and memory, or run the long fault campaigns (bench faults)."""
    return call(PYTHON, "-m", "tests.benchmarks", *arguments)


def shots(arguments: list[str]) -> int:
    """Write every page and dialog of the example as PNG, light and dark."""
    folder = Path(arguments[0]) if arguments else OUT / "pages"
    vto("shots", example(), "--to", folder)
    return 0


def package(arguments: list[str]) -> int:
    """Freeze the program for this system into dist/."""
    return call(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *arguments, "build.spec")


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml into requirements.lock: exact, hashed, for every system, no index address."""
    options = "--universal --generate-hashes --all-extras --no-header --no-annotate --no-emit-index-url"
    command = (PYTHON, "-m", "uv", "--quiet", "pip", "compile", "--python-version", "3.11")
    return call(*command, *options.split(), *arguments, "pyproject.toml", "-o", LOCK, quiet=True)


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "shots": shots,
    "package": package,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Prepare, then do what was asked."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells an older Python
        stop(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    prepare()
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
