"""The composition root: starts the window, or writes its pages as pictures."""

from pathlib import Path


def start(path: str | None) -> int:
    """Open the window on a dossier (or the last one, or the first-start page) and return the exit code."""
    from vto_desktop.ui.application import start_up

    start_up.hurry()
    from vto_desktop.ui.application.session import run

    return run(Path(path) if path else None)


def write_shots(dossier: Path, folder: Path) -> list[Path]:
    """Write every page and dialog of a dossier as PNG into ``folder``; the dossier itself is not touched."""
    from vto_desktop.ui.application.shots import write

    return write(dossier, folder)
