"""Text files of separated values (.csv, .tsv, .txt): any separator, any line end, any usual encoding."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.exchange import limits
from vto_desktop.exchange.encodings import encoding_of
from vto_desktop.exchange.table import Progress, Table, unreadable

SEPARATORS: Final = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}

FEW: Final = 20  # control characters that a text may hold
_LOOKED_AT: Final = 60  # records by which the separator is judged
_SAMPLE: Final = 200_000  # characters
_EVERY: Final = 2_000  # rows between two looks at « Annuler »
_SAID: Final = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_PROTECTED: Final = re.compile(r"'[=+\-@\t\r']")  # as ``exchange.tables`` protects what it writes
_END: Final = "\0end of the file\0"


def read_delimited(
    path: Path, *, encoding: str = "", separator: str = "", progress: Progress | None = None
) -> Table:
    """Return the rows of a text file; raises UserError FICHIER_ILLISIBLE, GUILLEMET_OUVERT, TROP_DE_…

    ``encoding`` and ``separator`` are judged by what the file holds unless they are given.
    """
    chosen = encoding or encoding_of(path)
    csv.field_size_limit(limits.FILE_BYTES)
    with path.open("rb") as raw, io.TextIOWrapper(raw, chosen, "replace", newline="") as text:
        sample = text.read(_SAMPLE)
        _require_text(path, sample)
        said = _SAID.fullmatch(sample.splitlines()[0] if sample else "")
        used = separator or (said[1] if said else _separator_of(sample))
        text.seek(0)
        lines = iter(text)
        rows, damaged = _rows(path, lines, used, skip=1 if said else 0, progress=progress)
    problems = []
    if damaged:
        lost = french.count(damaged, "case a", "cases ont")
        problems.append(f"{lost} des caractères illisibles\u00a0: essayez un autre encodage.")
    return Table(path, rows, tuple(problems), encoding=chosen, separator=used)


def _require_text(path: Path, sample: str) -> None:
    """Refuse what is no text, or the text of something else."""
    start = sample.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(("<html", "<!doctype", "<?xml", "<table", "<meta")):
        raise unreadable(
            path,
            "est une page web ou un fichier XML, pas un tableau",
            "Ouvrez-le dans votre tableur, enregistrez-le en .xlsx, puis recommencez.",
        )
    odd = sum(1 for c in sample[:5000] if c < " " and c not in "\t\r\n\f\x1a\0")
    if sample.count("\0") > len(sample) // 10 or odd > max(FEW, len(sample[:5000]) // 50):
        raise unreadable(
            path,
            "n’est ni un classeur ni un fichier de texte",
            "Choisissez un fichier .xlsx, .ods ou .csv.",
        )


def _separator_of(sample: str) -> str:
    """Return the separator that cuts most records into the same number of fields."""
    scores = {separator: _regularity(sample, separator) for separator in SEPARATORS}
    return max(scores, key=lambda separator: scores[separator])


def _regularity(sample: str, separator: str) -> tuple[float, int]:
    records = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    counts: Counter[int] = Counter()
    try:
        for record in records:
            if any(record):
                counts[len(record)] += 1
            if counts.total() == _LOOKED_AT:
                break
    except csv.Error:
        return (0, 0)
    many = {length: times for length, times in counts.items() if length > 1}
    if not many:
        return (0, 0)
    length = max(many, key=lambda each: (many[each], each))
    return many[length] / counts.total(), length


def _rows(
    path: Path, lines: Iterator[str], separator: str, *, skip: int, progress: Progress | None
) -> tuple[list[tuple[int, Sequence[str]]], int]:
    """Return the rows that are not empty, and how many different cells could not be read whole."""
    rows: list[tuple[int, Sequence[str]]] = []
    cells = damaged = 0
    seen: dict[str, str] = {}  # one text for all the cells that say it: « Hérault », « Commune »
    for number, record in enumerate(_records(path, lines, separator), 1):
        if number > limits.RECORDS:
            raise _too_many(path)
        if number <= skip or not any(map(str.strip, record)):
            continue
        kept = []
        for cell in record:
            text = seen.get(cell)
            if text is None:
                text = seen[cell] = _unprotected(cell)
                damaged += "\ufffd" in text
            kept.append(text)
        while not kept[-1].strip():
            kept.pop()
        rows.append((number, kept))
        cells += len(kept)
        _require_size(path, len(rows), len(kept), cells)
        if len(seen) > limits.ROWS:
            seen.clear()
        if progress is not None and len(rows) % _EVERY == 0:
            progress(len(rows))
    return rows, damaged


def _unprotected(cell: str) -> str:
    return cell[1:] if _PROTECTED.match(cell) else cell


def _too_many(path: Path) -> UserError:
    return unreadable(
        path,
        "dépasse 200 000 lignes ou 3 millions de cases",
        "Partagez-le en plusieurs, puis recommencez.",
        code="TROP_DE_LIGNES",
    )


def _require_size(path: Path, rows: int, columns: int, cells: int) -> None:
    if rows > limits.ROWS or cells > limits.CELLS:
        raise _too_many(path)
    if columns > limits.COLUMNS:
        raise unreadable(
            path,
            f"compte {french.number(columns)} colonnes\u00a0; 1 000 au plus sont lues",
            "Ne gardez que la liste à importer, puis recommencez.",
            code="TROP_DE_COLONNES",
        )


def _records(path: Path, lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """Yield the records; a quotation mark left open is refused, for it would swallow all that follows."""
    begun = 1
    reader = csv.reader(chain(lines, (_END,)), delimiter=separator)
    try:
        for record in reader:
            if record and record[-1].endswith(_END):
                if len(record) == 1 and record[0] == _END:
                    return
                raise _left_open(path, begun)
            yield record
            begun = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(
            path,
            f"ne se lit pas comme un tableau à partir de la ligne {french.number(begun)}",
            "Ouvrez-le dans votre tableur, enregistrez-le en .xlsx, puis recommencez.",
            details=str(error),
        ) from error


def _left_open(path: Path, line: int) -> UserError:
    return unreadable(
        path,
        f'ouvre à la ligne {french.number(line)} un guillemet (") qui n’est jamais refermé',
        "Fermez-le ou retirez-le, puis recommencez.",
        code="GUILLEMET_OUVERT",
    )
