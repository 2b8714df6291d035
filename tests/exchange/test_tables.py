"""Exported lists: what a spreadsheet and our own reader find again."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vto_desktop.errors import UserError
from vto_desktop.exchange.tables import Sheet, protected, write_book, write_table


@dataclass(frozen=True)
class Column:
    title: str
    kind: str


COLUMNS = (
    Column("Adhérent", "text"),
    Column("Montant", "amount"),
    Column("Reçu le", "date"),
    Column("Habitants", "number"),
    Column("Part", "percent"),
    Column("À jour", "chip"),
)
ROWS: list[tuple[Any, ...]] = [
    ("Sète Agglopole", 552_704, date(2021, 12, 8), 138_176, 1600, "Réglée"),
    ("Œuvre & <b>", -1, None, None, None, ""),
]
FORMULAS = [
    "=1+1", '=HYPERLINK("x")', "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\tx", "'=a", "'quoted",
]  # fmt: skip


def cells(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def test_a_workbook_holds_numbers_dates_and_texts(tmp_path: Path) -> None:
    write_table(tmp_path / "liste.xlsx", "Adhérents", COLUMNS, ROWS)
    head, first, second = cells(tmp_path / "liste.xlsx")
    assert head == ("Adhérent", "Montant", "Reçu le", "Habitants", "Part", "À jour")
    assert first[0] == "Sète Agglopole"
    assert first[1] == pytest.approx(5527.04)
    assert first[2].date() == date(2021, 12, 8)
    assert first[3:] == (138_176, pytest.approx(0.16), "Réglée")
    assert second[:2] == ("Œuvre & <b>", pytest.approx(-0.01))


def test_a_csv_opens_right_in_a_french_excel(tmp_path: Path) -> None:
    write_table(tmp_path / "liste.csv", "Adhérents", COLUMNS, ROWS)
    raw = (tmp_path / "liste.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert lines(tmp_path / "liste.csv")[1:] == [
        ["Sète Agglopole", "5527,04", "08/12/2021", "138176", "16,00", "Réglée"],
        ["Œuvre & <b>", "-0,01", "", "", "", ""],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_typed_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    write_table(tmp_path / "liste.xlsx", "T", COLUMNS[:1], [(text,)])
    sheet = openpyxl.load_workbook(tmp_path / "liste.xlsx").worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == text
    with zipfile.ZipFile(tmp_path / "liste.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    write_table(tmp_path / "liste.csv", "T", COLUMNS[:1], [(text,)])
    written = lines(tmp_path / "liste.csv")[1][0]
    assert written[0] not in "=+-@\t\r"
    assert unprotected(written) == text


def unprotected(text: str) -> str:
    """Take the apostrophe off as a reader of our files must."""
    return text[1:] if re.match(r"'[=+\-@\t\r']", text) else text


@pytest.mark.parametrize("text", ["+33 4 67 00 00 00", "-12,50", "(12)", "04.67.00"])
def test_numbers_and_telephones_are_left_alone(text: str) -> None:
    assert protected(text) == text


@given(st.text(max_size=40))
def test_protection_is_taken_off_exactly(text: str) -> None:
    assert unprotected(protected(text)) == text


def test_a_text_too_long_for_excel_is_refused_and_the_old_file_kept(tmp_path: Path) -> None:
    target = tmp_path / "liste.xlsx"
    write_table(target, "T", COLUMNS[:1], [("avant",)])
    before = target.read_bytes()
    with pytest.raises(UserError) as refused:
        write_table(target, "T", COLUMNS[:1], [("x" * 32_768,)])
    assert refused.value.code == "TEXTE_TROP_LONG"
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["liste.xlsx"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        write_table(tmp_path / "liste.doc", "T", COLUMNS[:1], [])
    assert refused.value.code == "FORMAT_INCONNU"
    assert not (tmp_path / "liste.doc").exists()


def test_a_workbook_of_several_lists_has_a_sheet_each(tmp_path: Path) -> None:
    target = tmp_path / "annuaire.xlsx"
    write_book(target, [Sheet("Adhérents", COLUMNS, ROWS), Sheet("Rien", COLUMNS[:1], ())])
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Adhérents", "Rien"]
    assert [sheet.max_row for sheet in book.worksheets] == [3, 1]


def test_several_lists_fit_in_no_csv_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        write_book(tmp_path / "annuaire.csv", [Sheet("Adhérents", COLUMNS, ROWS)])
    assert refused.value.code == "FORMAT_INCONNU"
    assert list(tmp_path.iterdir()) == []


def test_a_list_refused_half_way_leaves_the_old_workbook(tmp_path: Path) -> None:
    target = tmp_path / "annuaire.xlsx"
    write_book(target, [Sheet("Adhérents", COLUMNS, ROWS)])
    before = target.read_bytes()
    long = Sheet("Notes", COLUMNS[:1], [("x" * 32_768,)])
    with pytest.raises(UserError, match="TEXTE_TROP_LONG"):
        write_book(target, [Sheet("Adhérents", COLUMNS, ROWS), long])
    assert target.read_bytes() == before
