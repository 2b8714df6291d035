"""Any list as an xlsx or CSV file that Excel in France opens right."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, Protocol

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.store.files import write_safely

XLSX_TEXT_LIMIT: Final = 32_767
XLSX_ROW_LIMIT: Final = 1_048_575
XLSX_FIRST_DAY: Final = date(1900, 3, 1)  # before it, Excel's calendar is wrong by one day

_FORMULA: Final = re.compile(r"^[=+\-@\t\r']")
_PLAIN_NUMBER: Final = re.compile(r"[+\-]?[\d\s\u00a0\u202f.,()/]+")


class Column(Protocol):
    """A heading and what its values are: text, date, amount (cents), number, percent (hundredths) or chip."""

    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...


def write_table(path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    """Write a list to ``path``, an ``.xlsx`` or ``.csv`` file, all of it or nothing.

    Raises UserError FORMAT_INCONNU for another ending, TEXTE_TROP_LONG and TROP_DE_LIGNES when Excel could
    not hold the list, and those of ``write_safely``.
    """
    writers = {".xlsx": _xlsx, ".csv": _csv}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise UserError(
            "FORMAT_INCONNU", f"«\u00a0{path.name}\u00a0» doit finir par .xlsx ou .csv. Rien n’a été écrit."
        )
    write_safely(path, lambda target: writer(target, title, columns, rows))


class Sheet(NamedTuple):
    """A list of a workbook: the name of its sheet, its columns, its rows, read when they are written."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def write_book(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write several lists to an ``.xlsx`` file, a sheet each, all of them or nothing.

    Raises UserError FORMAT_INCONNU for another ending (a CSV file holds one list), and those of
    ``write_table``.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError(
            "FORMAT_INCONNU",
            f"«\u00a0{path.name}\u00a0» doit finir par .xlsx : plusieurs feuilles ne "
            "tiennent que dans un classeur. "
            "Rien n’a été écrit.",
        )
    write_safely(path, lambda target: _book(target, sheets))


def _xlsx(target: BinaryIO, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    _book(target, [Sheet(title, columns, rows)])


def _book(target: BinaryIO, sheets: Iterable[Sheet]) -> None:
    import xlsxwriter

    # Texts stay texts: nothing a member typed may become a formula, a link or a number.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # Closed even when a row is refused: its temporary files go, and what it wrote is thrown away.
    with closing(xlsxwriter.Workbook(target, options)) as book:
        for each in sheets:
            _write_sheet(book, *each)


def _write_sheet(book: Any, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Liste")
    head = book.add_format({"bold": True, "bottom": 1})
    formats = {
        "amount": book.add_format({"num_format": '#,##0.00" €"'}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "number": book.add_format({"num_format": "#,##0"}),
        "percent": book.add_format({"num_format": "0.0%"}),
    }
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, {"text": 32, "chip": 16}.get(column.kind, 14))
        sheet.write_string(0, index, column.title, head)
    last = 0
    for last, row in enumerate(rows, 1):
        if last > XLSX_ROW_LIMIT:
            raise UserError("TROP_DE_LIGNES", "Un classeur tient 1 048 575 lignes : exportez en CSV.")
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(sheet, last, index, column.kind, value, formats)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, kind: str, value: Any, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "oui" if value else "non")
    elif kind in ("amount", "percent") and isinstance(value, int):
        scale = 100 if kind == "amount" else 10_000
        sheet.write_number(row, column, value / scale, formats[kind])
    elif isinstance(value, date) and value >= XLSX_FIRST_DAY:
        sheet.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats.get(kind))
    else:
        text = french.short_date(value) if isinstance(value, date) else str(value)
        if len(text) > XLSX_TEXT_LIMIT:
            raise UserError(
                "TEXTE_TROP_LONG",
                f"Une cellule de la ligne {row} dépasse 32 767 caractères, ce qu’Excel ne peut pas tenir. "
                "Rien n’a été écrit : exportez en CSV.",
            )
        sheet.write_string(row, column, text)


def _csv(target: BinaryIO, _title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in columns])
    for row in rows:
        writer.writerow([_csv_text(column.kind, value) for column, value in zip(columns, row, strict=True)])
    text.flush()
    text.detach()


def _csv_text(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return french.short_date(value)
    if isinstance(value, int) and kind in ("amount", "percent"):
        whole, part = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{whole},{part:02d}"
    return protected(str(value))


def protected(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; an apostrophe in front marks those it could.

    Numbers and telephone numbers (« +33 4 67 … ») are left as they are.
    """
    if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text
