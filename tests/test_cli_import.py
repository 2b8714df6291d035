"""``import`` as automation uses it: what it prints, what it refuses, and that a wrong file writes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.services.importing import write
from tests.store.samples import digest
from vto_desktop.__main__ import main
from vto_desktop.store import open_dossier


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "exemple.vto"
    assert main(["new", str(path), "--example"]) == 0
    return path


class Cli:
    """Runs ``import`` and keeps what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, dict[str, Any], str]:
        self._capsys.readouterr()
        code = main(["import", *map(str, arguments)])
        shown = self._capsys.readouterr()
        return code, json.loads(shown.out or "{}"), shown.err


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(capsys)


LIST = "Collectivité;Type;Dép.;Adhésion\nVille de Limoux;commune;11;01/01/2015\nVille d’Agde;commune;34;2016"


def test_members_are_imported_in_one_step_and_only_once(tmp_path: Path, dossier: Path, cli: Cli) -> None:
    file = write(tmp_path / "liste.csv", LIST)
    code, shown, errors = cli("members", file, dossier)
    assert (code, errors) == (0, "")
    counts = {name: shown[name] for name in ("read", "created", "updated", "skipped", "problems")}
    assert counts == {"read": 2, "created": 1, "updated": 1, "skipped": 0, "problems": []}
    assert shown["columns"]["Collectivité"] == "name"
    with open_dossier(dossier) as opened:
        assert opened.undo_label == "Importer 2\u00a0adhérents (liste.csv)"
    before = digest(dossier)
    code, shown, _errors = cli("members", file, dossier)
    assert (code, shown["created"], shown["updated"], shown["skipped"]) == (0, 0, 0, 2)
    assert digest(dossier) == before


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, dossier: Path, cli: Cli) -> None:
    before = digest(dossier)
    file = write(tmp_path / "liste.csv", LIST + "\nVille de Sète;bleu;;31/02/2021")
    code, shown, errors = cli("members", file, dossier, "--dry-run")
    assert (code, errors) == (0, "")
    assert (shown["read"], shown["created"], shown["updated"], shown["skipped"]) == (3, 1, 1, 1)
    assert [(each["row"], each["column"]) for each in shown["problems"]] == [(4, "Type"), (4, "Adhésion")]
    assert shown["problems"][1]["sentence"] == "Février 2021 a 28 jours."
    assert digest(dossier) == before


def test_anything_to_correct_refuses_the_whole_file_and_tells_it_all(
    tmp_path: Path, dossier: Path, cli: Cli
) -> None:
    before = digest(dossier)
    rows = [f"Ville no {number};commune;34;01/01/2015" for number in range(2, 5001)]
    rows[4999 - 2] = "Ville no 4999;commune;34;31/02/2021"
    file = write(tmp_path / "liste.csv", "\n".join(["Collectivité;Type;Dép.;Adhésion", *rows]))
    code, shown, errors = cli("members", file, dossier)
    assert code == 1
    assert (shown["read"], shown["created"], shown["updated"], shown["skipped"]) == (4999, 0, 0, 4999)
    assert shown["problems"] == [{"row": 4999, "column": "Adhésion", "sentence": "Février 2021 a 28 jours."}]
    assert errors.count("\n") == 1
    assert "[IMPORT_REFUSE]" in errors
    assert "Ligne 4 999, « Adhésion »" in errors
    assert digest(dossier) == before


def test_columns_are_mapped_by_heading_or_letter(tmp_path: Path, dossier: Path, cli: Cli) -> None:
    file = write(tmp_path / "liste.csv", "Quoi;Où;Note\nVille de Limoux;11;x\nVille d’Agde;34;y")
    code, _shown, errors = cli("members", file, dossier)
    assert (code, "[COLONNES_NON_RECONNUES]" in errors) == (1, True)
    code, shown, _errors = cli(
        "members", file, dossier, "--map", "Quoi=name", "b=departement", "--map", "Note=", "--dry-run"
    )
    assert code == 0
    assert shown["columns"] == {"Quoi": "name", "Où": "departement", "Note": ""}
    assert (shown["created"], shown["skipped"]) == (1, 1)


def test_headings_sheet_and_encoding_can_be_said(tmp_path: Path, dossier: Path, cli: Cli) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes("Ville d’Étampes;91\n".encode("cp1252"))
    options = ("--header-row", 0, "--encoding", "cp1252", "--map", "A=name", "B=departement", "--dry-run")
    code, shown, _errors = cli("members", file, dossier, *options)
    assert (code, shown["read"], shown["created"]) == (0, 1, 1)
    assert cli("members", file, dossier, "--header-row", 9)[2].endswith("[LIGNE_ABSENTE]\n")
    assert cli("members", file, dossier, "--encoding", "klingon")[2].endswith("[ENCODAGE_INCONNU]\n")


def test_representatives_are_imported(tmp_path: Path, dossier: Path, cli: Cli) -> None:
    file = write(
        tmp_path / "liste.csv", "Adhérent;Représentant;Rang\nAlès Agglomération;Zoé PETIT;suppléante"
    )
    code, shown, _errors = cli("representatives", file, dossier)
    assert (code, shown["created"], shown["skipped"]) == (0, 1, 0)
    assert cli("representatives", file, dossier)[1]["skipped"] == 1


def test_doubles_and_doubts_are_told_apart_from_problems(tmp_path: Path, dossier: Path, cli: Cli) -> None:
    file = write(tmp_path / "liste.csv", "Nom;SIREN\nAlès;\nVille d’Essai;123456789")
    code, shown, _errors = cli("members", file, dossier, "--no-reference")
    assert (code, shown["created"], shown["skipped"], shown["problems"]) == (0, 1, 1, [])
    assert [each["row"] for each in shown["duplicates"]] == [2]
    assert [(each["row"], each["column"]) for each in shown["doubts"]] == [(3, "SIREN")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vide.csv", b"", "FICHIER_VIDE"),
        ("faux.xlsx", b"PK\x03\x04 faux", "FICHIER_ILLISIBLE"),
        ("autre.csv", b"a;b\n1;2\n", "COLONNES_NON_RECONNUES"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence_and_writes_nothing(
    tmp_path: Path, dossier: Path, cli: Cli, name: str, content: bytes, code: str
) -> None:
    before = digest(dossier)
    (tmp_path / name).write_bytes(content)
    done, shown, errors = cli("members", tmp_path / name, dossier)
    assert (done, shown, errors.count("\n")) == (1, {}, 1)
    assert f"[{code}]" in errors
    assert digest(dossier) == before
    assert cli("members", tmp_path / "absent.csv", dossier)[2].endswith("[INTROUVABLE]\n")


@pytest.mark.parametrize(
    "arguments", [["members"], ["nothing", "a", "b"], ["members", "a", "b", "--map", "x"]]
)
def test_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", *arguments])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
