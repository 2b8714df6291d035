"""Reads a workbook in a process of its own, started by ``exchange.workbooks``: it may die without harm.

The library that reads workbooks ends its process when a hostile file makes it ask for too much memory, and
nothing can catch that. So this runs apart, under limits, and writes what it found on the standard output:
a frame of JSON for the workbook, frames of rows, and a frame that says how it ended. A frame is a letter
(J for JSON, R for rows), the length of what follows, and that; rows are texts between two separators that
no cell keeps, which takes a third of the time that JSON does.
"""

import gc
import json
import math
import os
import re
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO, Final

from vto_desktop.exchange import limits

ARGUMENT: Final = "--read-workbook"
CHUNK: Final = 1_000  # rows in a frame
HEAD: Final = struct.Struct(">cI")
CELL, ROW = "\x1f", "\x1e"  # the unit and record separators of ASCII

# The sheet that Numbers puts before the others when it writes a workbook.
_SUMMARIES: Final = ("Résumé de l’exportation", "Export Summary")
_DATES_1904: Final = re.compile(rb"""date1904\s*=\s*["'](1|true)["']""")


class Refused(Exception):
    """The workbook cannot be read; the argument is why, in one word that the parent process knows."""


def main(arguments: Sequence[str]) -> int:
    """Read the workbook named first, and its sheet named next (none: the first that holds something)."""
    path, sheet = arguments[0], arguments[1] if len(arguments) > 1 else ""
    confine()
    gc.disable()  # what is made here lives until the end: looking for what is not needed any more takes long
    with os.fdopen(os.dup(1), "wb") as out:
        try:
            for part in _read(path, sheet):
                _write(out, part)
        except Refused as refused:
            _write(out, {"refused": str(refused)})
        except BaseException as error:  # the library's panics are no Exceptions
            _write(out, {"refused": "memory" if isinstance(error, MemoryError) else "unreadable"})
    return 0


def _write(out: BinaryIO, part: Any) -> None:
    is_rows = isinstance(part, list)
    text = ROW.join(part) if is_rows else json.dumps(part)
    content = text.encode("utf-8", "replace")
    out.write(HEAD.pack(b"R" if is_rows else b"J", len(content)))
    out.write(content)


def confine() -> None:
    """Take no more memory and time than allowed, whatever the file asks for."""
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            _confine_on_windows()
        return
    import resource

    memory = limits.MEGABYTES * 1024 * 1024
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, limits.PROCESSOR_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # a system that knows no such limit, or has a lower one
            resource.setrlimit(kind, (most, most))


def _confine_on_windows() -> None:
    """Put this process into a job that ends it above the limit of memory."""
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", wintypes.DWORD),
            ("least_set", ctypes.c_size_t), ("most_set", ctypes.c_size_t), ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD), ("scheduling", wintypes.DWORD),
        )  # fmt: skip

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic), ("counters", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t), ("process_peak", ctypes.c_size_t), ("job_peak", ctypes.c_size_t),
        )  # fmt: skip

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
    limit = Extended()
    limit.basic.flags = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
    limit.process_memory = limits.MEGABYTES * 1024 * 1024
    # 9: JobObjectExtendedLimitInformation
    kernel.SetInformationJobObject(job, 9, ctypes.byref(limit), ctypes.sizeof(limit))
    kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))


def _read(path: str, wanted: str) -> Iterator[Any]:
    import python_calamine as calamine

    starts_1904 = _looked_into(path)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - by its content: the ending of its name may lie
            book = calamine.CalamineWorkbook.from_filelike(file)
    except calamine.CalamineError as error:
        is_locked = isinstance(error, calamine.PasswordError) or _is_encrypted(path)
        raise Refused("password" if is_locked else "unreadable") from error
    visible = calamine.SheetVisibleEnum.Visible
    sheets = [
        (each.name, each.visible != visible)
        for each in book.sheets_metadata
        if each.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    chosen = _chosen(book, sheets, wanted)
    yield {"sheets": sheets, "sheet": chosen.name if chosen else "", "starts_1904": starts_1904}
    count = 0
    if chosen is not None and chosen.start is not None:
        for chunk in _chunks(_rows(chosen)):
            count += len(chunk)
            yield chunk
    yield {"rows": count}


def _chosen(book: Any, sheets: Sequence[tuple[str, bool]], wanted: str) -> Any:
    """Return the sheet asked for, or the first that holds something, those that are shown before others."""
    if wanted:
        if wanted not in [name for name, _hidden in sheets]:
            raise Refused("sheet")
        return book.get_sheet_by_name(wanted)
    found = None
    for name, _hidden in sorted(sheets, key=lambda each: (each[1], each[0].startswith(_SUMMARIES))):
        found = book.get_sheet_by_name(name)
        if found.start is not None:
            break
    return found


def _is_encrypted(path: str) -> bool:
    """Return whether a file is the envelope in which Office keeps a workbook under a password."""
    with open(path, "rb") as file:  # noqa: PTH123
        content = file.read(limits.FILE_BYTES)
    return "EncryptedPackage".encode("utf-16-le") in content


def _looked_into(path: str) -> bool:
    """Refuse a zip bomb by what it says of itself; return whether days are counted from 1904."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        entries = {each.filename.replace("\\", "/").lower(): each for each in archive.infolist()}
        if sum(each.file_size for each in entries.values()) > limits.UNPACKED_BYTES:
            raise Refused("bomb")
        if "word/document.xml" in entries or "ppt/presentation.xml" in entries:
            raise Refused("document")
        if "xl/workbook.xml" not in entries:
            return False
        with archive.open(entries["xl/workbook.xml"]) as part:
            return _DATES_1904.search(part.read(100_000)) is not None


def _rows(sheet: Any) -> Iterator[str]:
    """Yield the number and texts of each row that is not empty, put together."""
    left = [""] * sheet.start[1]
    merged = _Merged(sheet.merged_cell_ranges or ())
    cells = rows = 0
    for number, values in enumerate(sheet.iter_rows(), 1):
        texts = left + [value if type(value) is str else written(value) for value in values]
        if merged.is_any:
            merged.fill(number, texts)
        while texts and not texts[-1].strip():
            texts.pop()
        if not texts:
            continue
        rows += 1
        cells += len(texts)
        if rows > limits.ROWS or cells > limits.CELLS:
            raise Refused("rows")
        if len(texts) > limits.COLUMNS:
            raise Refused("columns")
        yield _together(number, texts)


def _together(number: int, texts: list[str]) -> str:
    row = CELL.join((str(number), *texts))
    if row.count(CELL) > len(texts) or ROW in row:
        texts = [text.replace(CELL, " ").replace(ROW, " ") for text in texts]
        row = CELL.join((str(number), *texts))
    return row


class _Merged:
    """Cells merged downwards say the same on each of their rows, as a person reads them."""

    def __init__(self, ranges: Sequence[Any]) -> None:
        self._starts: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _right) in ranges:
            if bottom > top:
                self._starts.setdefault(top + 1, []).append((left, bottom + 1))
        self._open: dict[int, tuple[int, str]] = {}
        self.is_any = bool(self._starts)

    def fill(self, number: int, texts: list[str]) -> None:
        """Write into a row what merged cells begun above say there."""
        for column, last in self._starts.get(number, ()):
            if column < len(texts):
                self._open[column] = (last, texts[column])
        for column, (last, text) in list(self._open.items()):
            if number > last:
                del self._open[column]
            elif column < len(texts) and not texts[column]:
                texts[column] = text


def _chunks(rows: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def written(value: object) -> str:
    """Return a cell as a person in France reads it in the workbook: ``oui``, ``08/12/2021``, ``12,5``."""
    return _WRITERS.get(type(value), str)(value)


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    return f"{value:.15g}".replace(".", ",") if math.isfinite(value) else ""


@lru_cache(10_000)
def _day(value: date) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def _moment(value: datetime) -> str:
    time = f" {value.hour:02d}:{value.minute:02d}" if value.hour or value.minute else ""
    return _day(value.date()) + time


def _span(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    bool: lambda value: "oui" if value else "non",
    float: _number,
    date: _day,
    datetime: _moment,
    timedelta: _span,
    type(None): lambda _value: "",
}
