"""Governance on the command line: who sits in a body on a day, as JSON; lists of mandates."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from vto_desktop import french
from vto_desktop.__main__ import main

Run = Callable[..., str]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exemple") / "exemple.vto"
    assert main(["new", str(path), "--example"]) == 0
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command that must succeed, and return what it prints."""

    def runner(*arguments: object) -> str:
        capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == 0
        return capsys.readouterr().out

    return runner


def test_the_bureau_of_a_day(example: Path, run: Run) -> None:
    found = json.loads(run("summary", "board", example, "--body", "bureau", "--date", "2021-12-31"))
    assert (found["body"], found["date"], found["since"]) == ("bureau", "2021-12-31", "2020-12-02")
    assert found["sentence"] == "Depuis le conseil d’administration du 2 décembre 2020"
    assert [(each["office"], each["person"]) for each in found["mandates"]] == [
        ("Présidente", "Magalie TOUET"), ("Vice-présidente", "Clara GIMENEZ"),
        ("Vice-présidente", "Gaelle LÉVÊQUE"), ("Vice-président", "Josian RIBES"),
        ("Trésorier", "Didier LAPORTE"), ("Secrétaire", "Catherine PÉCASTAING"),
        ("Secrétaire adjoint", "Serge BORD"),
    ]  # fmt: skip
    first = found["mandates"][0]
    assert first["member"] == "Communauté de Communes du Grand Orb"
    assert (first["since"], first["departement"]) == ("2020-12-02", "Hérault")
    assert first["capacity"].startswith("adjointe au maire de Bédarieux")
    before = json.loads(run("summary", "board", example, "--date", "2020-12-01"))
    assert (before["mandates"], before["since"], before["sentence"]) == ([], None, "")


def test_the_council_and_the_assembly_of_a_day(example: Path, run: Run) -> None:
    council = json.loads(run("summary", "board", example, "--body", "ca", "--date", "2021-12-31"))
    assert len(council["mandates"]) == 19
    shared = [each for each in council["mandates"] if each["member"].endswith("Gard rhodanien")]
    assert [(each["person"], each["rank"]) for each in shared] == [
        ("Michèle FONT-THURIAL", ""), ("Catherine PÉCASTAING", "et/ou"),
    ]  # fmt: skip
    assembly = json.loads(
        run("summary", "board", example, "--body", "assemblee generale", "--date", "2021-12-31")
    )
    said = {(each["member"], each["person"]) for each in assembly["mandates"]}
    assert said == {(each["member"], each["person"]) for each in council["mandates"]}
    assert assembly["mandates"][-1]["office"] == "Adhérent"


def test_a_body_that_is_none_is_refused(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", "board", str(example), "--body", "jury"]) == 1
    assert "[INSTANCE_INCONNUE]" in capsys.readouterr().err


def test_mandates_are_exported(example: Path, run: Run, tmp_path: Path) -> None:
    run("export", "mandates", example, "--to", tmp_path / "mandats.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "mandats.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 27
    assert rows[0][:3] == ("Instance", "Fonction", "Nom")
    assert rows[1][:3] == ("Bureau", "Présidente", "Magalie TOUET")


def printed(run: Run, path: Path, *arguments: object) -> str:
    run("print", *arguments, "--to", path, "--date", "2021-12-31")
    reader = pypdf.PdfReader(path, strict=True)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


# --- the papers of a meeting ---------------------------------------------------------------------


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Run a command that must be refused, and return what it says."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 1
    return " ".join(capsys.readouterr().err.split())


def text_of(path: Path) -> str:
    reader = pypdf.PdfReader(path, strict=True)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_papers_of_a_meeting_are_printed(example: Path, run: Run, tmp_path: Path) -> None:
    said = {
        "convocation": "Nous avons l’honneur de vous convoquer, en qualité de représentante",
        "attendance-sheet": "Réunion Conseil d’administration Objet Élection du bureau Date Mercredi 2",
        "proxy": "pour me représenter au conseil d’administration de l’association Villes et Territoires",
        "minutes": "Le mercredi 2 décembre 2020, le conseil d’administration de l’association Villes et "
        "Territoires Occitanie s’est réuni.",
        "decision-extract": "Pour extrait certifié conforme au registre des délibérations.",
    }
    for name, sentence in said.items():
        for number, asked in enumerate(
            [(), ("--meeting", 1), ("--body", "ca"), ("--body", "ca", "--date", "2020-12-02")]
        ):
            path = tmp_path / f"{name}-{number}.pdf"
            run("print", name, example, "--to", path, *asked)
            assert sentence in text_of(path), (name, asked)


def test_a_convocation_each_is_written_into_a_folder(example: Path, run: Run, tmp_path: Path) -> None:
    names = run("print", "convocation", example, "--to", tmp_path / "lettres").splitlines()
    assert len(names) == 18
    one = tmp_path / "lettres" / "Convocation conseil d’administration 02-12-2020 Serge BORD.pdf"
    assert str(one) in names
    assert len(pypdf.PdfReader(one).pages) == 2
    powers = run("print", "proxy", example, "--to", tmp_path / "pouvoirs", "--member", "lunel").splitlines()
    assert [Path(name).name for name in powers] == [
        "Pouvoir conseil d’administration 02-12-2020 Nourredine BENIATTOU.pdf"
    ]


def test_what_is_missing_is_told_before(
    example: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    capsys.readouterr()
    assert main(["print", "convocation", str(example), "--to", str(tmp_path / "a.pdf")]) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert (
        "Il manque, pour le conseil d’administration du 2 décembre 2020 : date de convocation, heure, lieu. "
        "[A_COMPLETER]" in told
    )
    assert main(["print", "officers-declaration", str(example), "--to", str(tmp_path / "b.pdf")]) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert "Il manque, pour Serge BORD : la profession, la nationalité, le domicile. [A_COMPLETER]" in told
    assert "Projet, à compléter avant dépôt : 8 fiches ci-dessous." in text_of(tmp_path / "b.pdf")


def test_a_meeting_that_is_none_is_refused_with_those_there_are(
    example: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    to = ("--to", tmp_path / "x.pdf")
    said = refused(capsys, "print", "minutes", example, *to, "--date", "2021-12-31")
    assert said == (
        "Aucune réunion ne se tient le 31 décembre 2021. Il y a : 1 (le conseil d’administration du 2 "
        "décembre 2020). Rien n’a été écrit. [AUCUNE_REUNION]"
    )
    assert "[AUCUNE_REUNION]" in refused(capsys, "print", "proxy", example, *to, "--body", "ag")
    assert "[INSTANCE_INCONNUE]" in refused(capsys, "print", "proxy", example, *to, "--body", "jury")
    assert "[FICHE_ABSENTE]" in refused(capsys, "print", "minutes", example, *to, "--meeting", 99)
    assert not (tmp_path / "x.pdf").exists()


def test_a_deliberation_is_extracted_by_its_number(
    example: Path, run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ("print", "decision-extract", example, "--to", tmp_path / "x.pdf", "--date", "2021-11-02")
    run(*asked, "--decision", "2020-01")
    text = text_of(tmp_path / "x.pdf")
    assert "Délibération n° 2020-01 Élection du bureau" in text
    assert "Fait le 2 novembre 2021" in text  # the day of the paper, as the number chose the meeting
    run(*asked[:-1], "2020-12-02")  # the day chose the meeting: the paper is of today
    today = french.long_date(date.today())  # noqa: DTZ011 - as the command line takes it
    assert f"Fait le {today}" in text_of(tmp_path / "x.pdf")
    said = refused(capsys, *asked, "--decision", "2020-07")
    assert said == (
        "« 2020-07 » n’est pas une délibération ; il y a : 2020-01. Rien n’a été écrit. "
        "[DELIBERATION_INCONNUE]"
    )


def test_the_register_is_of_a_calendar_year(example: Path, run: Run, tmp_path: Path) -> None:
    for asked in ((), ("--year", 2020)):
        run("print", "decisions-register", example, "--to", tmp_path / "x.pdf", *asked)
        assert "1 délibération, numérotée 2020-01." in text_of(tmp_path / "x.pdf")
    run("print", "decisions-register", example, "--to", tmp_path / "x.pdf", "--year", 2021)
    assert "Aucune délibération n’est numérotée en 2021." in text_of(tmp_path / "x.pdf")


def test_one_body_or_both_are_printed(example: Path, run: Run, tmp_path: Path) -> None:
    both = printed(run, tmp_path / "a.pdf", "board", example)
    bureau = printed(run, tmp_path / "b.pdf", "board", example, "--body", "bureau")
    council = printed(run, tmp_path / "c.pdf", "board", example, "--body", "ca")
    assert "Présidente : Magalie TOUET" in both
    assert "Vauvert : Farouk MOUSSA" in both
    assert "Présidente : Magalie TOUET" in bureau
    assert "Vauvert" not in bureau
    assert "Vauvert : Farouk MOUSSA" in council
    assert "Présidente :" not in council
    assembly = printed(run, tmp_path / "d.pdf", "board", example, "--body", "assemblee generale")
    assert "Aucun mandat dans cette instance au 31 décembre 2021." in assembly


def test_cards_and_the_directory_of_bodies_are_printed(example: Path, run: Run, tmp_path: Path) -> None:
    assert {"board", "portraits", "bodies"} <= set(run("reports").split())
    cards = printed(run, tmp_path / "a.pdf", "portraits", example, "--body", "bureau")
    assert "MT Magalie TOUET Présidente Communauté de Communes du Grand Orb" in cards
    assert "photographies ne sont pas conservées" in cards
    assert "Vauvert" not in cards
    directory = printed(run, tmp_path / "b.pdf", "bodies", example)
    assert "Bureau Depuis le conseil d’administration du 2 décembre 2020 : 7 personnes" in directory
    assert "18 personnes, aucun courriel ni téléphone renseigné." in directory
    assert directory.count("Serge BORD") == 2  # once in each body, though he has two seats in one
