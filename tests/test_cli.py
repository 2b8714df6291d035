"""The command line as automation uses it: exit codes, JSON, and refusals of one French sentence."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from sqlalchemy import select

from tests.store.samples import change_behind
from vto_desktop.__main__ import main
from vto_desktop.model import Organisation
from vto_desktop.store import open_dossier

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exemple") / "exemple 2021 – é.vto"
    assert main(["new", str(path), "--example"]) == 0
    return path


Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command that must succeed, and return what it prints."""

    def runner(*arguments: object) -> str:
        capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == 0
        return capsys.readouterr().out

    return runner


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    return shown.err


def test_new_refuses_to_overwrite(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = example.read_bytes()
    assert "[EXISTE_DEJA]" in refused(capsys, "new", example)
    assert example.read_bytes() == before


def test_new_names_the_folder_it_would_overwrite(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Association").mkdir()
    monkeypatch.chdir(tmp_path / "Association")
    assert "« Association » existe déjà" in refused(capsys, "new", ".")


def test_info_counts_what_the_example_holds(example: Path, run: Run) -> None:
    held = json.loads(run("info", example, "--json"))
    assert held["members"] == 16
    assert held["mandates"] >= 7 + 16
    assert held["conventions"] >= 4
    assert {"persons", "budget_lines", "entries", "receipts", "schema_version"} <= held.keys()
    assert "members: 16" in run("info", example)


def test_finance_summary_of_2021(example: Path, run: Run) -> None:
    found = json.loads(run("summary", "finance", example, "--year", 2021))
    amounts = {tuple(source["path"]): source["amount"] for source in found["sources"]}
    assert amounts[("État",)] == 31_600_000
    assert amounts[("État", "DREETS")] == 22_400_000
    assert amounts[("État", "DDETS")] == 8_000_000
    assert amounts[("État", "DRAC")] == 1_200_000
    assert amounts[("Collectivités",)] == 7_200_000
    assert amounts[("Collectivités", "Adhésions")] == 6_400_000
    assert amounts[("Autres",)] == 1_200_000
    assert found["income_total"] == 40_000_000
    assert found["result"] == found["income_total"] - found["expense_total"]
    shares = {source["path"][-1]: source["share"] for source in found["sources"]}
    assert (shares["État"], shares["Collectivités"], shares["Autres"]) == (79.0, 18.0, 3.0)
    classes = {figure["account_class"]: figure["share"] for figure in found["expenses"]}
    assert (classes["64"], classes["61"]) == (40.0, 24.0)
    sentence = "Les ressources 2021 proviennent pour 79 % de l’État, pour 18 % des collectivités, 3 % autres."
    assert found["sentence"] == sentence
    assert "augmentent de 8 %, la masse salariale de 5 %" in found["expense_sentence"]
    assert found["authority_sentence"] == (
        "10 % en 2018, 16 % en 2019 et 2020, 18 % en 2021, dont subventions 2 %, 4 %, 4 %, 2 %."
    )


def test_membership_summary_of_2021(example: Path, run: Run) -> None:
    found = json.loads(run("summary", "membership", example, "--date", "2021-12-31"))
    assert found["total"] == 16 == len(found["members"])
    assert sum(found["by_kind"].values()) == sum(found["by_college"].values()) == 16
    assert found["by_kind"]["Communauté d’agglomération"] == 6
    montpellier = next(m for m in found["members"] if m["name"] == "Montpellier Méditerranée Métropole")
    assert [each["name"] for each in montpellier["representatives"]] == ["Clara GIMENEZ", "Coralie MANTION"]
    assert montpellier["departement"] == "Hérault"


def test_dues_summary_of_2021(example: Path, run: Run) -> None:
    found = json.loads(run("summary", "dues", example, "--year", 2021))
    assert (found["year"], found["called_total"], found["received_total"]) == (2021, 6_400_000, 6_400_000)
    assert (found["due_total"], found["rate"]) == (0, 100.0)
    assert len(found["members"]) == 16
    assert sum(each["called"] for each in found["members"]) == 6_400_000
    ales = next(each for each in found["members"] if each["name"] == "Alès Agglomération")
    wanted = {"name", "state", "called", "received", "due"}
    assert {key: ales[key] for key in wanted} == {
        "name": "Alès Agglomération", "state": "Réglée", "called": 552_704, "received": 552_704, "due": 0,
    }  # fmt: skip
    before = json.loads(run("summary", "dues", example, "--year", 2021, "--date", "2021-02-20"))
    assert (before["received_total"], before["due_total"]) == (0, 6_400_000)


def test_every_document_prints(example: Path, run: Run, tmp_path: Path) -> None:
    names = run("reports").split()
    assert {"membership", "board", "finance"} <= set(names)
    for name in names:
        target = tmp_path / f"{name}.pdf"
        run(
            "print", name, example, "--to", target, "--year", 2021, "--date", "2021-12-31", "--meeting", 1
        )  # fmt: skip
        assert len(pypdf.PdfReader(target).pages) >= 1


def test_calls_into_a_folder_are_one_pdf_a_member(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "appels"
    capsys.readouterr()
    assert main(["print", "dues-calls", str(example), "--to", str(folder), "--year", "2021"]) == 0
    shown = capsys.readouterr()
    made = [Path(line) for line in shown.out.splitlines()]
    assert len(made) == 16 == len(list(folder.iterdir()))
    assert made[0].name == "Appel 2021-001 Alès Agglomération.pdf"
    assert "Alès Agglomération" in pypdf.PdfReader(made[0]).pages[0].extract_text()
    notices = shown.err.replace("\u00a0", " ").splitlines()
    assert notices[0].startswith(
        "Il manque, pour Villes et Territoires Occitanie : adresse, SIRET, RNA, IBAN"
    )
    assert "Il manque, pour Alès Agglomération : adresse, SIRET. [A_COMPLETER]" in notices
    assert len(notices) == 18


def test_one_member_alone_is_called(example: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "un.pdf"
    run("print", "dues-calls", example, "--to", target, "--year", 2021, "--member", "ALES agglo")
    (page,) = pypdf.PdfReader(target).pages
    assert "Alès Agglomération" in page.extract_text()


def test_calls_of_one_group_and_reminders_of_a_level(example: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "appels.pdf"
    day = ("--date", "2021-03-31", "--year", 2021)
    run("print", "dues-calls", example, "--to", target, "--which", "unsettled", *day)
    assert 0 < len(pypdf.PdfReader(target).pages) < 16
    run("print", "reminders", example, "--to", target, "--level", 2, *day)
    assert "n’est en retard au 31 mars 2021" in pypdf.PdfReader(target).pages[0].extract_text()
    assert run("print", "reminders", example, "--to", tmp_path / "relances", *day) == ""
    assert list((tmp_path / "relances").iterdir()) == []


def test_a_slip_of_a_period_adds_up(example: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "bordereau.pdf"
    run("print", "receipts-slip", example, "--to", target, "--since", "2021-03-08", "--until", "2021-03-15")
    text = " ".join(pypdf.PdfReader(target).pages[0].extract_text().split())
    assert "2 encaissements du 08/03/2021 au 15/03/2021, pour un total de 650,00 €." in text


def test_labels_are_printed_from_a_position_on_and_what_is_missing_is_told(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = tmp_path / "copie.vto"
    shutil.copy(example, dossier)
    with open_dossier(dossier) as opened, opened.write("Situer") as session:
        lunel = session.scalars(select(Organisation).where(Organisation.name == "Ville de Lunel")).one()
        lunel.address, lunel.postcode, lunel.city = "240 avenue Victor Hugo", "34400", "Lunel"
    target = tmp_path / "planches.pdf"
    asked = ["print", "labels", str(dossier), "--to", str(target), "--date", "2021-12-31"]
    assert main([*asked, "--format", "2x7", "--first", "14", "--attention"]) == 0
    told = capsys.readouterr().err
    assert told.count("[A_COMPLETER]") == 15
    assert "Il manque, pour Vauvert : adresse. [A_COMPLETER]" in told.replace("\u00a0", " ")
    (page,) = pypdf.PdfReader(target).pages
    assert page.extract_text().splitlines()[:2] == [
        "Ville de Lunel", "À l’attention de M. Nourredine BENIATTOU",
    ]  # fmt: skip
    assert page.extract_text().splitlines()[-1] == "34400 LUNEL"
    assert "[POSITION_INCONNUE]" in refused(capsys, *asked, "--first", "22")
    assert "[FORMAT_INCONNU]" in refused(capsys, *asked, "--format", "5x5")


def test_every_list_exports_to_both_formats(example: Path, run: Run, tmp_path: Path) -> None:
    from vto_desktop.services.lists import LISTS

    for name in LISTS:
        run("export", name, example, "--to", tmp_path / f"{name}.xlsx")
        run("export", name, example, "--to", tmp_path / f"{name}.csv")
        rows = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").worksheets[0].max_row
        text = (tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig")
        assert rows >= 1
        assert text.count(";") >= rows - 1
    members = openpyxl.load_workbook(tmp_path / "members.xlsx").worksheets[0]
    assert members.max_row == 17


def test_the_directory_is_one_workbook_of_all_lists(
    example: Path, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("export", "directory", example, "--to", tmp_path / "annuaire.xlsx")
    book = openpyxl.load_workbook(tmp_path / "annuaire.xlsx")
    assert {"Adhérents", "Représentants", "Personnes", "Organismes", "Mandats", "Cotisations"} <= set(
        book.sheetnames
    )
    assert book["Adhérents"].max_row == 17
    assert "[FORMAT_INCONNU]" in refused(capsys, "export", "directory", example, "--to", tmp_path / "a.csv")
    assert not (tmp_path / "a.csv").exists()


def test_check_says_intact(example: Path, run: Run) -> None:
    assert run("check", example).strip() == "intact"


def test_rows_that_refer_to_none_are_named_and_what_is_read_says_so(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copyfile(example, tmp_path / "abîmé.vto"))
    change_behind(path, "PRAGMA foreign_keys=OFF", "DELETE FROM organisation WHERE id < 9")
    said = refused(capsys, "check", path)
    assert "[INCOHERENCE]" in said
    assert "→ Organisme" in said
    for arguments in (
        ("info", path),
        ("summary", "finance", path, "--year", 2021),
        ("print", "finance", path, "--to", tmp_path / "f.pdf", "--year", 2021),
        ("export", "members", path, "--to", tmp_path / "f.csv"),
    ):
        assert main([str(argument) for argument in arguments]) == 0
        assert capsys.readouterr().err == said


def test_a_backup_is_restored_elsewhere(example: Path, run: Run, tmp_path: Path) -> None:
    made = run("backup", example, "--to", tmp_path / "sauvegardes").strip()
    run("restore", made, "--to", tmp_path / "rendu.vto")
    assert run("info", tmp_path / "rendu.vto", "--json") == run("info", example, "--json")


def test_every_command_takes_relative_paths(
    example: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ici").mkdir()
    monkeypatch.chdir(tmp_path / "ici")
    shutil.copyfile(example, "ex.vto")
    Path("liste.csv").write_text("Nom;Type\nVille d’Uzès;Commune\n", encoding="utf-8")
    for folder in ("bk", "./bk", "../bk", "bk/encore"):
        made = Path(run("backup", "ex.vto", "--to", folder).strip())
        assert made.is_file()
        assert not made.is_absolute()
        run("restore", made, "--to", "ex.vto")  # over a dossier
        run("restore", made, "--to", f"{folder}/neuf.vto")  # where nothing is
    run("new", "neuf.vto")
    run("new", "../exemple.vto", "--example")
    run("print", "finance", "./ex.vto", "--to", "synthèse.pdf", "--year", 2021)
    run("print", "dues-calls", "ex.vto", "--to", "appels", "--year", 2021)
    run("export", "members", "ex.vto", "--to", "../adhérents.xlsx")
    run("import", "members", "liste.csv", "ex.vto", "--dry-run")
    for words in (("info",), ("check",), ("summary", "finance")):
        run(*words, "../ici/ex.vto")
    for place in ("neuf.vto", "../exemple.vto", "bk/neuf.vto"):
        assert run("check", place).strip() == "intact"
    assert all(Path(place).is_file() for place in ("synthèse.pdf", "../adhérents.xlsx", "bk/encore/neuf.vto"))
    assert len(list(Path("appels").iterdir())) == 16


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["info", "{absent}"], "INTROUVABLE"),
        (["info", "{text}"], "PAS_UNE_BASE"),
        (["print", "nothing", "{example}", "--to", "x.pdf"], "DOCUMENT_INCONNU"),
        (["print", "dues-calls", "{example}", "--to", "x.pdf", "--which", "none"], "CHOIX_INCONNU"),
        (["print", "dues-calls", "{example}", "--to", "x.pdf", "--member", "Toulouse"], "ADHERENT_INCONNU"),
        (["print", "dues-state", "{example}", "--to", "{folder}"], "FICHIER_ATTENDU"),
        (["print", "receipts", "{example}", "--to", "x.pdf", "--year", "1999"], "EXERCICE_INCONNU"),
        (["export", "nothing", "{example}", "--to", "x.csv"], "LISTE_INCONNUE"),
        (["export", "members", "{example}", "--to", "x.doc"], "FORMAT_INCONNU"),
        (["restore", "{text}", "--to", "{absent}"], "PAS_UNE_BASE"),
        (["restore", "{example}", "--to", "{folder}"], "PAS_UN_DOSSIER"),
        (["print", "finance", "{example}", "--to", "{example}"], "FORMAT_INCONNU"),
        (["print", "finance", "{example}", "--to", "{named}"], "EST_UN_DOSSIER"),
        (["print", "dues-calls", "{example}", "--to", "{example}"], "FORMAT_INCONNU"),
        (["export", "members", "{example}", "--to", "{listed}"], "EST_UN_DOSSIER"),
        (["export", "directory", "{example}", "--to", "{listed}"], "EST_UN_DOSSIER"),
    ],
)
def test_refusals_are_one_sentence_with_a_code(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    text = tmp_path / "texte.vto"
    text.write_text("pas une base", encoding="utf-8")
    places: dict[str, Any] = {
        "absent": tmp_path / "absent.vto",
        "text": text,
        "example": example,
        "folder": tmp_path,
        "named": Path(shutil.copyfile(example, tmp_path / "dossier.pdf")),
        "listed": Path(shutil.copyfile(example, tmp_path / "dossier.xlsx")),
    }
    before = example.read_bytes()
    shown = refused(capsys, *(argument.format(**places) for argument in arguments))
    assert f"[{code}]" in shown
    assert not places["absent"].exists()
    assert all(places[name].read_bytes() == before for name in ("example", "named", "listed"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["print"],
        ["summary", "finance"],
        ["new"],
        ["summary", "finance", "x.vto", "--year", "99999999999999999999"],
        ["summary", "finance", "x.vto", "--year", "0"],
        ["summary", "membership", "x.vto", "--date", "0001-01-01"],
        ["summary", "board", "x.vto", "--body", "\udcff"],
        ["print", "minutes", "x.vto", "--to", "x.pdf", "--meeting", "9" * 23],
        ["print", "labels", "x.vto", "--to", "x.pdf", "--first", "0"],
        ["import", "members", "x.csv", "x.vto", "--header-row", "-1"],
    ],
)
def test_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_what_the_system_refuses_is_one_sentence(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("des notes", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    for command, place, told in (
        ("backup", tmp_path / "notes.txt", "« notes.txt » : un fichier de ce nom s’y trouve déjà"),
        ("backup", "/proc/ici", "« ici » : cet emplacement n’existe pas"),
        ("shots", tmp_path / "notes.txt", "« notes.txt » : un fichier de ce nom s’y trouve déjà"),
        ("shots", "/proc/ici/images", "« ici » : cet emplacement n’existe pas"),
    ):
        said = refused(capsys, command, example, "--to", place)
        assert told in said
        assert said.rstrip().endswith("[ERREUR_DISQUE]")
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_may_not_be_read_gets_no_new_dossier(tmp_path: Path) -> None:
    (tmp_path / "fermé").mkdir(mode=0)
    program = (
        "import os, sys; from vto_desktop.__main__ import main\n"
        "main(['new', sys.argv[1] + '/premier.vto'])\n"  # root may read everything, but for its modules
        "os.geteuid() or os.seteuid(65534)\n"
        "sys.exit(main(['new', sys.argv[1] + '/fermé/x.vto']))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "« x.vto » n’a pas été écrit : l’accès à cet emplacement est refusé." in ended.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "latin-1:strict"])
def test_answers_are_utf_8_whatever_the_console(example: Path, encoding: str) -> None:
    def answer(*arguments: object) -> str:
        ended = subprocess.run(
            [sys.executable, "-m", "vto_desktop", *map(str, arguments)],
            capture_output=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": encoding},
        )  # fmt: skip
        assert (ended.returncode, ended.stderr) == (0, b"")
        return ended.stdout.decode("utf-8")

    found = json.loads(answer("summary", "membership", example))
    assert "Alès Agglomération" in {member["name"] for member in found["members"]}
    assert "all, unsettled, late; …" in answer("print", "--help")


def test_an_answer_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "réponse").touch()
    with (tmp_path / "réponse").open("rb") as file:  # as on a full disk, every write fails
        ended = subprocess.run(
            [sys.executable, "-m", "vto_desktop", "reports"],
            stdout=file, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "La commande n’a pas abouti : le disque a refusé" in ended.stderr


@pytest.mark.parametrize("encoding", ["rot13", "idna", "rien"])
def test_an_encoding_that_is_none_is_refused(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    (tmp_path / "liste.csv").write_text("Nom;Type\n", encoding="utf-8")
    arguments = ("import", "members", tmp_path / "liste.csv", example, "--encoding", encoding)
    assert "[ENCODAGE_INCONNU]" in refused(capsys, *arguments)


def test_the_installed_command_runs(example: Path) -> None:
    command = Path(sys.executable).with_name("vto-desktop")
    shown = subprocess.run([command, "info", example], capture_output=True, text=True, check=False, cwd="/")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "members: 16" in shown.stdout


def test_reference_search_needs_no_dossier_and_gives_the_best_first(run: Run) -> None:
    found = json.loads(run("reference", "search", "Communauté", "d’Agglomération", "du", "Grand", "Alès"))
    assert found[0] == {
        "name": "CA Alès Agglomération",
        "kind": "Communauté d’agglomération",
        "departement": "30",
        "siren": "200066918",
        "insee": "",
        "population": 138_176,
    }
    celles = json.loads(run("reference", "search", "celles"))[:5]
    assert {each["name"] for each in celles} == {"Celles"}
    assert {each["insee"] for each in celles} == {"09093", "15031", "17076", "24090", "34072"}
    assert json.loads(run("reference", "search", "zzzz")) == []


def test_reference_refuses_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (("reference",), ("reference", "find", "x"), ("reference", "search")):
        with pytest.raises(SystemExit) as stopped:
            main(wrong)
        assert stopped.value.code == 2
    capsys.readouterr()
