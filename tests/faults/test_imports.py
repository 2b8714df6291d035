"""Files that mean harm, are broken or merely odd: the dossier stays whole (faults G6 to G20)."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.exchange import hostile
from tests.store import samples
from vto_desktop import french
from vto_desktop.__main__ import main
from vto_desktop.exchange import limits, workbooks
from vto_desktop.french import Unreadable
from vto_desktop.store import check

PLANTED = "Confidentielle-Dupont"  # stands in many files: no log may hold it


@dataclass
class Trial:
    """A dossier, and what importing into it must leave."""

    folder: Path
    dossier: Path
    capsys: pytest.CaptureFixture[str]

    def run(
        self, name: str, content: bytes | Callable[[Path], object], *options: str
    ) -> tuple[int, str, Any]:
        """Import one file; return the exit code, the code of the refusal and the JSON printed."""
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content(path)
        began = sum(os.times()[:4])
        self.capsys.readouterr()
        code = main(["import", "members", str(path), str(self.dossier), *options])
        assert sum(os.times()[:4]) - began < limits.SECONDS
        shown = self.capsys.readouterr()
        refused = shown.err.rpartition("[")[2].rstrip("]\n") if code else ""
        assert "Traceback" not in shown.err
        return code, refused, json.loads(shown.out or "{}")

    def refuses(self, name: str, content: bytes | Callable[[Path], object], code: str) -> None:
        """Import a file that must be refused with this code and leave the dossier byte for byte."""
        before = samples.digest(self.dossier)
        assert self.run(name, content)[:2] == (1, code)
        assert samples.digest(self.dossier) == before

    def reads(self, name: str, content: bytes | Callable[[Path], object], *options: str) -> Any:
        """Import a file that must be read, dry; return the JSON."""
        before = samples.digest(self.dossier)
        code, refused, shown = self.run(name, content, "--dry-run", *options)
        assert (code, refused) == (0, "")
        assert samples.digest(self.dossier) == before
        return shown


@pytest.fixture
def trial(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Iterator[Trial]:
    caplog.set_level(logging.DEBUG)
    dossier = tmp_path / "exemple.vto"
    assert main(["new", str(dossier), "--example"]) == 0
    yield Trial(tmp_path, dossier, capsys)
    assert check.check(dossier) == []
    assert PLANTED not in caplog.text


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_g6_a_zip_bomb_is_refused(trial: Trial) -> None:
    trial.refuses("bombe.xlsx", hostile.WORKBOOKS["bombe.xlsx"][0], "FICHIER_ILLISIBLE")
    trial.refuses("texte.xlsx", hostile.WORKBOOKS["texte-immense.xlsx"][0], "FICHIER_ILLISIBLE")


def test_g7_a_sheet_that_claims_every_cell_is_refused(trial: Trial) -> None:
    trial.refuses("zone.xlsx", hostile.WORKBOOKS["zone-immense.xlsx"][0], "FICHIER_ILLISIBLE")


def test_g8_a_billion_laughs_are_refused(trial: Trial) -> None:
    trial.refuses("rires.xlsx", hostile.WORKBOOKS["milliard-de-rires.xlsx"][0], "FICHIER_ILLISIBLE")


def test_g9_no_other_file_is_read_from_within_a_workbook(trial: Trial) -> None:
    trial.refuses("entité.xlsx", hostile.WORKBOOKS["entité-externe.xlsx"][0], "FICHIER_ILLISIBLE")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("tronqué.xlsx", "FICHIER_ILLISIBLE"), ("hasard.xlsx", "FICHIER_ILLISIBLE"),
        ("hasard.xls", "FICHIER_ILLISIBLE"), ("lettre.xlsx", "FICHIER_ILLISIBLE"),
        ("vide.xlsx", "FICHIER_VIDE"),
    ],
)  # fmt: skip
def test_g10_a_broken_workbook_is_refused(trial: Trial, name: str, code: str) -> None:
    trial.refuses(name, hostile.WORKBOOKS[name][0], code)


def test_g10_a_renamed_workbook_is_read_and_one_under_a_password_refused(trial: Trial) -> None:
    assert trial.reads("renommé.csv", hostile.workbook)["read"] == 1
    locked = Path(__file__).parents[1] / "exchange" / "files" / "calamine_pass_protected.xlsx"
    trial.refuses("secret.xlsx", locked.read_bytes(), "MOT_DE_PASSE")
    old = Path(__file__).parents[1] / "exchange" / "files" / "phpss_oleloop.xls"
    trial.refuses("boucle.xls", old.read_bytes(), "FICHIER_ILLISIBLE")


def test_g11_more_than_200000_rows_are_refused(trial: Trial) -> None:
    trial.refuses("trop.csv", b"Nom;Ville\n" + b"A;B\n" * 200_001, "TROP_DE_LIGNES")


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15", "cp850"],
)
def test_g12_eight_encodings_give_the_same_names(trial: Trial, encoding: str) -> None:
    content = f"Adhérent;Département\nAlès Agglomération;Gard\nCœur d’Été {PLANTED};Lozère\n"
    if encoding in ("iso8859-15", "cp850"):
        content = content.replace("’", "'").replace("œ", "oe")
    shown = trial.reads("liste.csv", content.encode(encoding))
    assert shown["columns"] == {"Adhérent": "name", "Département": "departement"}
    assert (shown["created"], shown["skipped"], shown["problems"]) == (1, 1, [])


def test_g13_an_unclosed_quotation_mark_is_refused_by_its_line(trial: Trial) -> None:
    trial.refuses("liste.csv", text("Nom;Ville", f'"{PLANTED};X', "B;Y"), "GUILLEMET_OUVERT")


@pytest.mark.parametrize(
    ("name", "lines", "problems", "created"),
    [
        ("ragged", ("Nom;Dép.;Ville", "Ville d’Essai", "Ville d’Autre;34;X;Y"), [3], 1),
        ("duplicate", ("Nom;Courriel;Courriel", "Ville d’Essai;a@example.org;b@example.org"), [], 1),
        ("missing", ("Nom;;Ville", "Ville d’Essai;x;Y"), [], 1),
        ("reordered", ("Ville;Nom", "X;Ville d’Essai"), [], 1),
        ("unknown", ("Nom;Couleur préférée", "Ville d’Essai;bleu"), [], 1),
    ],
)
def test_g14_odd_columns_are_taken_or_told(
    trial: Trial, name: str, lines: tuple[str, ...], problems: list[int], created: int
) -> None:
    shown = trial.reads(f"{name}.csv", text(*lines))
    assert [each["row"] for each in shown["problems"]] == problems
    assert shown["created"] == created


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Nom;Ville\nLi\0moux;X\n", ""),
        (b"Nom;Ville\rLimoux;X\r", ""),
        (b"sep=|\nNom|Ville\nLimoux|X\n", ""),
        (b"Nom;Notes\nLimoux;" + b"x" * 200_000 + b"\n", ""),
        (b"Nom;" * 1_000_000 + b"\n", "TROP_DE_COLONNES"),
    ],
    ids=["nul", "cr", "sep", "field", "columns"],
)
def test_g15_odd_bytes_are_read_or_refused(trial: Trial, content: bytes, code: str) -> None:
    if code:
        trial.refuses("liste.csv", content, code)
    else:
        assert trial.reads("liste.csv", content)["read"] == 1


@pytest.mark.parametrize(
    ("day", "reads"),
    [
        ("31/02/2021", False), ("01/01/1900", True), ("01/01/1904", True), ("44538", True),
        ("15/06/70", True), ("2021-12-08", True), ("0/0/0", False),
    ],
)  # fmt: skip
def test_g16_days_are_read_or_told(trial: Trial, day: str, reads: bool) -> None:
    shown = trial.reads("liste.csv", text("Nom;Adhésion", f"Ville d’Essai;{day}"))
    assert [each["column"] for each in shown["problems"]] == ([] if reads else ["Adhésion"])


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("1\u202f234,56\u00a0€", 123_456), ("1.234,56", 123_456), ("1,234.56", 123_456), ("(12)", -1200),
        ("１２,５", 1250), ("NaN", None), ("1e5", None), ("1.234", None),
    ],
)  # fmt: skip
def test_g17_amounts_are_read_or_refused(amount: str, cents: int | None) -> None:
    if cents is not None:
        assert french.parse_amount(amount) == cents
    else:
        with pytest.raises(Unreadable):
            french.parse_amount(amount)


def test_g18_the_same_file_imported_again_changes_nothing(trial: Trial) -> None:
    content = text(
        "Nom;Type;Titulaire", f"Ville d’Essai;commune;Anne {PLANTED}", "Alès Agglomération;;Zoé PETIT"
    )
    code, refused, shown = trial.run("liste.csv", content)
    assert (code, refused, shown["created"], shown["updated"]) == (0, "", 1, 1)
    before = samples.digest(trial.dossier)
    code, refused, shown = trial.run("liste.csv", content)
    assert (code, refused, shown["skipped"]) == (0, "", 2)
    assert samples.digest(trial.dossier) == before


def test_g19_an_error_on_row_4999_of_5000_writes_nothing_and_is_told(trial: Trial) -> None:
    rows = [f"Ville no {number};commune;{number}" for number in range(2, 5002)]
    rows[4997] = f"{PLANTED};commune;beaucoup"
    before = samples.digest(trial.dossier)
    code, refused, shown = trial.run("liste.csv", text("Nom;Type;Population", *rows))
    assert (code, refused) == (1, "IMPORT_REFUSE")
    assert [(each["row"], each["column"]) for each in shown["problems"]] == [(4999, "Population")]
    assert (shown["read"], shown["created"], shown["skipped"]) == (5000, 0, 5000)
    assert samples.digest(trial.dossier) == before


@pytest.mark.parametrize(
    "program", ["import os; os.abort()", "import time; time.sleep(60)"], ids=["killed", "late"]
)
def test_g20_a_reader_that_dies_or_hangs_is_a_refusal(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(workbooks, "_command", lambda: [sys.executable, "-c", program])
    monkeypatch.setattr(limits, "SECONDS", 1)
    trial.refuses("liste.xlsx", hostile.workbook, "FICHIER_ILLISIBLE")
