"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), read by another process so that none can harm this one."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, Final

from vto_desktop import paths
from vto_desktop.errors import UserError
from vto_desktop.exchange import limits
from vto_desktop.exchange.table import Progress, Rows, Sheet, Table, unreadable
from vto_desktop.exchange.workbook_process import ARGUMENT, CELL, HEAD, ROW

GLANCE: Final = 0.1  # seconds between two looks at the clock and at « Annuler »

_AGAIN: Final = "Ouvrez-le dans votre tableur, enregistrez-le sous un autre nom, puis recommencez."
_SMALLER: Final = "Ne gardez que la liste à importer, puis recommencez."
_WHY: Final = {
    "password": ("est protégé par un mot de passe", "Enregistrez-le sans mot de passe, puis recommencez."),
    "document": ("est un document de texte ou une présentation, pas un classeur", _AGAIN),
    "sheet": ("n’a pas de feuille de ce nom", "Choisissez-en une autre."),
    "bomb": ("se déplierait en plusieurs centaines de mégaoctets", _SMALLER),
    "memory": ("demande trop de mémoire", _SMALLER),
    "rows": ("dépasse 200 000 lignes ou 3 millions de cases", "Partagez-le en plusieurs, puis recommencez."),
    "columns": ("dépasse 1 000 colonnes", _SMALLER),
    "unreadable": ("n’est pas un classeur lisible ou est endommagé", _AGAIN),
    "time": ("demande trop de temps\u00a0: sa lecture a été arrêtée après 10 secondes", _SMALLER),
    "died": ("est endommagé ou demande trop de mémoire\u00a0: sa lecture s’est arrêtée", _AGAIN),
}
_CODES: Final = {
    "password": "MOT_DE_PASSE",
    "rows": "TROP_DE_LIGNES",
    "columns": "TROP_DE_COLONNES",
    "sheet": "FEUILLE_INCONNUE",
}


def read_workbook(path: Path, *, sheet: str = "", progress: Progress | None = None) -> Table:
    """Return one sheet of a workbook; raises UserError FICHIER_ILLISIBLE, MOT_DE_PASSE, TROP_DE_…"""
    with _reading(path, sheet, progress) as parts:
        head = next(parts)
        rows = _rows(parts)
    sheets = tuple(Sheet(name, is_hidden) for name, is_hidden in head["sheets"])
    return Table(path, rows, sheets=sheets, sheet=str(head["sheet"]), starts_1904=bool(head["starts_1904"]))


def _rows(parts: Iterator[Any]) -> Rows:
    rows: list[tuple[int, Sequence[str]]] = []
    for part in parts:
        if not isinstance(part, str):
            break
        for row in part.split(ROW):
            number, *texts = row.split(CELL)
            rows.append((int(number), texts))
    return rows


@contextmanager
def _reading(path: Path, sheet: str, progress: Progress | None) -> Iterator[Iterator[Any]]:
    """Run the reading process and yield what it says; it never outlives the block."""
    process = subprocess.Popen(  # noqa: S603 - this very program
        [*_command(), str(path.resolve()), sheet],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(paths.shipped())},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    watch = _Watch(process, progress)
    try:
        yield _said(process, path, watch)
    finally:
        watch.end()
        process.kill()
        process.communicate()


def _command() -> list[str]:
    """Return what starts this program as a reader of workbooks, from source, installed or frozen alike."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *([] if frozen else ["-P", "-m", "vto_desktop"]), ARGUMENT]


def _said(process: "subprocess.Popen[bytes]", path: Path, watch: "_Watch") -> Iterator[Any]:
    """Yield what the reading process says: JSON, then texts of rows, then JSON; refuse what ends before."""
    assert process.stdout is not None  # noqa: S101 - asked for as a pipe
    part: Any = None
    while len(head := process.stdout.read(HEAD.size)) == HEAD.size:
        kind, length = HEAD.unpack(head)
        content = process.stdout.read(length)
        if kind not in (b"J", b"R") or len(content) < length:
            break
        part = content.decode() if kind == b"R" else json.loads(content)
        if isinstance(part, dict) and "refused" in part:
            raise refusal(path, str(part["refused"]))
        watch.go_on()
        yield part
    if not (isinstance(part, dict) and "rows" in part):
        watch.raise_if_given_up()
        raise refusal(path, "time" if watch.is_late else "died")


class _Watch:
    """Ends the reading process when it says nothing for too long or the user gave up."""

    def __init__(self, process: "subprocess.Popen[bytes]", progress: Callable[[int], object] | None) -> None:
        self._process, self._progress = process, progress
        self._over = threading.Event()
        self._given_up: BaseException | None = None
        self.is_late = False
        self.go_on()
        self._thread = threading.Thread(target=self._look, name="workbook watch", daemon=True)
        self._thread.start()

    def go_on(self) -> None:
        """Give the reading process its time again: it said something."""
        self._end = monotonic() + limits.SECONDS

    def _look(self) -> None:
        while not self._over.wait(GLANCE):
            if monotonic() > self._end:
                self.is_late = True
                break
            try:
                if self._progress is not None:
                    self._progress(0)
            except BaseException as given_up:
                self._given_up = given_up
                break
        if not self._over.is_set():
            self._process.kill()

    def raise_if_given_up(self) -> None:
        """Raise what ``progress`` raised."""
        if self._given_up is not None:
            raise self._given_up

    def end(self) -> None:
        """Watch no more."""
        self._over.set()
        self._thread.join()


def refusal(path: Path, why: str) -> UserError:
    """Return the refusal of a workbook."""
    what, act = _WHY.get(why, _WHY["unreadable"])
    return unreadable(path, what, act, code=_CODES.get(why, "FICHIER_ILLISIBLE"), details=why)
