"""Tables of every kind of file are read as a person reads them, or refused with a sentence."""

import os
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange import hostile
from tests.exchange.test_tables import Column
from vto_desktop.errors import UserError
from vto_desktop.exchange import limits, workbook_process, workbooks
from vto_desktop.exchange.reading import read
from vto_desktop.exchange.tables import write_table
from vto_desktop.exchange.workbook_process import written

FILES = Path(__file__).with_name("files")


def cells(path: Path, **how: Any) -> list[list[str]]:
    return [list(row) for _number, row in read(path, **how).rows]


def refused(path: Path, **how: Any) -> UserError:
    with pytest.raises(UserError) as found:
        read(path, **how)
    assert found.value.sentence.endswith(".")
    assert path.name in found.value.sentence
    return found.value


def worked() -> float:
    """Return the seconds of processor that this process and those it started took so far."""
    return sum(os.times()[:4])


def text_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "liste.csv"
    path.write_bytes(text.encode(encoding))
    return path


# --- texts ---------------------------------------------------------------------------------------

LIST = "Adhérent;Département\nSète Agglopôle;Hérault\nŒuvre « Été »;Lozère\nL’Île;À déterminer\n"
NO_LIGATURE = LIST.replace("Œuvre", "OEuvre").replace("’", "'")


@pytest.mark.parametrize(
    ("encoding", "text", "named"),
    [
        ("utf-8", LIST, "utf-8-sig"),
        ("utf-8-sig", LIST, "utf-8-sig"),
        ("cp1252", LIST, "cp1252"),
        ("iso8859-15", LIST.replace("’", "'"), "iso8859-15"),
        ("cp850", NO_LIGATURE, "cp850"),
        ("mac-roman", LIST, "mac-roman"),
        ("utf-16", LIST, "utf-16"),
        ("utf-16-le", LIST, "utf-16-le"),
        ("utf-16-be", LIST, "utf-16-be"),
    ],
)
def test_the_encoding_is_judged_by_the_letters(tmp_path: Path, encoding: str, text: str, named: str) -> None:
    table = read(text_file(tmp_path, text, encoding))
    assert table.encoding == named
    assert [list(row) for _number, row in table.rows] == [line.split(";") for line in text.splitlines()]
    assert table.problems == ()


def test_another_encoding_can_be_asked_for(tmp_path: Path) -> None:
    path = text_file(tmp_path, "Nom;Ville\nÉtampes;X\n", "cp1252")
    assert cells(path, encoding="cp850")[1][0] == "╔tampes"


def test_a_text_with_one_damaged_character_stays_utf_8_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("Nom;Ville\nÉéééééééééé;Sète\n".encode() + b"Al\xe8s;Gard\n")
    table = read(path)
    assert table.encoding == "utf-8-sig"
    assert "caractères illisibles" in table.problems[0]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_any_line_end(tmp_path: Path, separator: str, end: str) -> None:
    lines = [["Nom", "Note"], ["Limoux", "1,5 ; 2"], ["Sète", 'dit « "île" »'], ["Alès", "deux\nlignes"]]
    text = end.join(separator.join('"' + c.replace('"', '""') + '"' for c in line) for line in lines)
    assert cells(text_file(tmp_path, text)) == lines  # also without an end at the last line


def test_excels_own_line_says_the_separator(tmp_path: Path) -> None:
    table = read(text_file(tmp_path, "sep=|\nNom|A;B;C\nLimoux|1;2;3\n"))
    assert table.separator == "|"
    assert [number for number, _row in table.rows] == [2, 3]


def test_the_separator_can_be_asked_for(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, "a,b;c\n1,2;3\n"), separator=",")[1] == ["1", "2;3"]


def test_a_decimal_comma_is_no_separator(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, "Nom;Taux\nA;25,5\nB;3,25\n"))[1] == ["A", "25,5"]


def test_an_open_quotation_mark_is_named_by_its_line(tmp_path: Path) -> None:
    error = refused(text_file(tmp_path, 'Nom;Ville\nA;B\n"Limoux;Aude\nC;D\n'))
    assert error.code == "GUILLEMET_OUVERT"
    assert "ligne 3" in error.sentence


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_a_hostile_text_is_refused_or_read_soon(tmp_path: Path, name: str) -> None:
    content, code = hostile.TEXTS[name]
    path = tmp_path / name
    path.write_bytes(content)
    began = worked()
    if code:
        assert refused(path).code == code
    else:
        assert read(path).rows
    assert worked() - began < limits.SECONDS
    assert path.read_bytes() == content


PREMIERE = [["première", "second", "troisième"], ["Quatrième", "cinquième", "sixième"]]
RAGGED = ["1102", "Julie", "26", "Potatoes"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("phpss_premiere.utf16be.csv", PREMIERE),
        ("phpss_premiere.win1252.csv", PREMIERE),
        ("phpss_linend.mac.csv", [["A", "1"], ["2", "3"]]),
        ("phpss_backslash.csv", [["field 1", "field 2\\"], ["field 3\\", "field 4"]]),
        ("spectrum_quotes_and_newlines.csv", [["a", "b"], ["1", 'ha \n"ha" \nha'], ["3", "4"]]),
        ("frictionless_defective-rows.csv", [["id", "name", "age"], ["1101", "John"], RAGGED]),
    ],
)  # fmt: skip
def test_texts_of_other_programs(name: str, expected: list[list[str]]) -> None:
    assert cells(FILES / name) == expected


# What the dossier may hold: texts entering it lose their control characters.
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(LETTERS, min_size=1), min_size=2, max_size=4),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_what_we_write_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    width = max(len(row) for row in rows)
    full = [[f"_{cell}" for cell in row] + ["_"] * (width - len(row)) for row in rows]
    path = tmp_path_factory.mktemp("relu") / "liste.csv"
    write_table(path, "T", [Column(f"_{n}", "text") for n in range(width)], full)
    assert cells(path)[1:] == full


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-2+3+cmd", "'=a", "'quoted"])
def test_what_protects_a_formula_in_our_files_is_taken_off(tmp_path: Path, text: str) -> None:
    write_table(tmp_path / "liste.csv", "T", [Column("A", "text"), Column("B", "text")], [(text, "x")])
    assert cells(tmp_path / "liste.csv")[1] == [text, "x"]


# --- workbooks -----------------------------------------------------------------------------------


def test_cells_are_read_as_a_person_reads_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    values: dict[str, Any] = {
        "C3": "Titre", "C5": "texte", "D5": 34_000, "E5": 12.5, "F5": True, "G5": date(2021, 12, 8),
        "C6": datetime.fromisoformat("2021-12-08T14:30"), "D6": 0.1 + 0.2, "E6": "08/12/2021", "F6": 1e15,
        "G6": "00123",
    }  # fmt: skip
    for place, value in values.items():
        sheet[place] = value
    path = tmp_path / "liste.xlsx"
    book.save(path)
    assert read(path).rows == [
        (3, ["", "", "Titre"]),
        (5, ["", "", "texte", "34000", "12,5", "oui", "08/12/2021"]),
        (6, ["", "", "08/12/2021 14:30", "0,3", "08/12/2021", "1000000000000000", "00123"]),
    ]


def test_cells_merged_downwards_say_the_same_on_each_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Adhérent", "Représentant"],
        ["Sète", "Anne"],
        ["", "Paul"],
        ["", "Zoé"],
        ["Alès", "Luc"],
        ["", "x"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    path = tmp_path / "liste.xlsx"
    book.save(path)
    assert [row[0] for row in cells(path)] == ["Adhérent", "Sète", "Sète", "Sète", "Alès", ""]


def test_the_first_sheet_shown_that_holds_something_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, hidden, value in (("Cachée", True, "a"), ("Vide", False, None), ("Liste", False, "b")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if hidden else "visible"
        if value:
            sheet["A1"] = value
    del book["Sheet"]
    path = tmp_path / "liste.xlsx"
    book.save(path)
    table = read(path)
    assert (table.sheet, table.rows) == ("Liste", [(1, ["b"])])
    assert [(each.name, each.is_hidden) for each in table.sheets] == [
        ("Cachée", True), ("Vide", False), ("Liste", False),
    ]  # fmt: skip
    assert cells(path, sheet="Cachée") == [["a"]]
    assert cells(path, sheet="Vide") == []
    assert refused(path, sheet="Autre").code == "FEUILLE_INCONNUE"


def test_days_counted_from_1904_are_the_right_ones() -> None:
    table = read(FILES / "calamine_date_1904.xlsx")
    assert table.starts_1904
    assert [row[0] for _number, row in table.rows[:2]] == ["01/01/2021", "02/01/2021"]
    assert cells(FILES / "sheetjs_1904.ods")[1][1] == "12/01/1904"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("calamine_pass_protected.xlsx", "MOT_DE_PASSE"),
        ("calamine_pass_protected.xlsb", "MOT_DE_PASSE"),
        ("phpss_oleloop.xls", "FICHIER_ILLISIBLE"),
    ],
)
def test_workbooks_of_other_programs_refused(name: str, code: str) -> None:
    assert refused(FILES / name).code == code


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("frictionless_merged-cells.xls", ["data"]),
        ("calamine_merged_range.xlsx", ["A1", "B1", "C1", "", "E1", "F1", "G1", "H1"]),
        ("calamine_number_rows_repeated.ods", ["A", "B"]),
        ("phpss_Zip-Windows-Directory-Separator.xlsx", ["Key ID", "Key", "English"]),
    ],
)
def test_workbooks_of_other_programs_read(name: str, expected: list[str]) -> None:
    assert cells(FILES / name)[0][: len(expected)] == expected


@pytest.mark.parametrize("name", hostile.WORKBOOKS)
def test_a_hostile_workbook_is_refused_or_read_soon(tmp_path: Path, name: str) -> None:
    write, code = hostile.WORKBOOKS[name]
    path = tmp_path / name
    write(path)
    began = worked()
    if code:
        assert refused(path).code == code
    else:
        assert cells(path)[1] == ["Ville de Limoux", "211102061"]
    assert worked() - began < limits.SECONDS


def test_the_signs_between_cells_are_no_part_of_a_cell(tmp_path: Path) -> None:
    sound = hostile.workbook(tmp_path / "liste.xlsx")
    assert cells(sound)[0] == ["Adhérent", "SIREN"]
    assert workbook_process._together(3, ["a\x1fb", "c\x1ed\ne", ""]) == "3\x1fa b\x1fc d\ne\x1f"
    assert workbook_process._together(3, ["a", "b"]) == "3\x1fa\x1fb"


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is the system's own")
def test_no_reader_takes_more_memory_than_allowed(tmp_path: Path) -> None:
    hostile.WORKBOOKS["texte-immense.xlsx"][0](tmp_path / "x.xlsx")
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from vto_desktop.errors import UserError; from vto_desktop.exchange.reading import read\n"
        "try: read(Path(sys.argv[1]))\n"
        "except UserError: pass\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "x.xlsx"], capture_output=True, text=True, check=True
    )
    assert int(shown.stdout) < 500


# A reader that says something and ends before it said that it is done.
FRAME = (
    'import sys, struct; head = b\'{"sheets": [], "sheet": "", "starts_1904": false}\'; '
    "say = lambda text, length: sys.stdout.buffer.write(struct.pack('>cI', b'J', length) + text)"
)


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import os; os.kill(os.getpid(), 9)", "died"),
        ("import os; os.abort()", "died"),
        ("import time; time.sleep(60)", "time"),
        (f"{FRAME}; say(head, len(head))", "died"),
        (f"{FRAME}; say(head, len(head) + 1)", "died"),
        (f"{FRAME}; say(head, len(head)); say(b'R', 2**31)", "died"),
        ("print('x' * 1000)", "died"),
    ],
)  # fmt: skip
def test_a_reader_that_dies_or_hangs_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, why: str
) -> None:
    monkeypatch.setattr(workbooks, "_command", lambda: [sys.executable, "-c", program])
    monkeypatch.setattr(limits, "SECONDS", 1)
    error = refused(hostile.workbook(tmp_path / "liste.xlsx"))
    assert (error.code, error.details) == ("FICHIER_ILLISIBLE", why)


def test_giving_up_ends_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class GivenUp(Exception):
        pass

    def progress(_done: int) -> None:
        raise GivenUp

    monkeypatch.setattr(workbooks, "_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    began = time.monotonic()
    with pytest.raises(GivenUp):
        read(hostile.workbook(tmp_path / "liste.xlsx"), progress=progress)
    assert time.monotonic() - began < 5


def test_a_frozen_program_starts_itself_as_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert workbooks._command() == [sys.executable, workbook_process.ARGUMENT]


def test_the_installed_command_reads_before_anything_else_is_imported(tmp_path: Path) -> None:
    path = hostile.workbook(tmp_path / "liste.xlsx")
    command = Path(sys.executable).with_name("vto-desktop")
    shown = subprocess.run(
        [command, workbook_process.ARGUMENT, path, ""], capture_output=True, check=False, cwd="/"
    )
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert shown.stdout.endswith(b'{"rows": 2}')
    program = (
        "import sys; from vto_desktop.__main__ import main\n"
        "main(['--read-workbook', sys.argv[1]]); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program, path], capture_output=True, check=True)
    assert b"python_calamine" in loaded.stdout.split()
    assert not {b"sqlalchemy", b"PySide6", b"reportlab"} & set(loaded.stdout.split())


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (-0.5, "-0,5"), (float("nan"), ""), (float("inf"), ""), (True, "oui"), (None, "")],
)  # fmt: skip
def test_values_are_written_as_texts(value: object, text: str) -> None:
    assert written(value) == text


# --- files that are none -------------------------------------------------------------------------


def test_a_missing_file_a_folder_and_one_without_rights_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(tmp_path / "absent.xlsx").code == "INTROUVABLE"
    assert refused(tmp_path).code == "FICHIER_ILLISIBLE"
    path = text_file(tmp_path, LIST)

    def denied(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", denied)
    assert refused(path).code == "ACCES_REFUSE"
