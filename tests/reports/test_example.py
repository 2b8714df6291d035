"""The example dossier, printed through the registry as window and command line do it."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.reports import samples
from tests.reports.reading import text_of
from vto_desktop.reports import REPORTS
from vto_desktop.services import example
from vto_desktop.store import create_dossier


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    """Print the three documents of the example."""
    folder = tmp_path_factory.mktemp("papiers")
    with create_dossier(folder / "exemple 2021.vto") as dossier:
        with dossier.write("Créer l’exemple 2021") as session:
            example.build_example(session)
        with dossier.read() as session:
            for report in REPORTS.values():
                notices = report.write(
                    session, folder / f"{report.name}.pdf", year=2021, on=date(2021, 12, 31),
                    meeting=1, numbered=2020, dossier_name="exemple 2021.vto", printed_at=samples.PRINTED_AT,
                )  # fmt: skip
                assert notices == ()
    return {name: PdfReader(folder / f"{name}.pdf", strict=True) for name in REPORTS}


def _text(reader: PdfReader) -> str:
    return " ".join(text_of(reader).split())


def test_the_financial_summary_prints_the_figures_of_the_report(papers: dict[str, PdfReader]) -> None:
    text = _text(papers["finance"])

    for said in (
        "Les ressources 2021 proviennent pour 79 % de l’État, pour 18 % des collectivités, 3 % autres.",
        "10 % en 2018, 16 % en 2019 et 2020, 18 % en 2021",
        "DREETS 224 000 € 56,0 %",
        "Total des ressources 400 000 € 100,0 %",
        "Charges de personnel 158 760 € 40,0 %",
        "proportions du rapport 2021",
    ):
        assert said in text


def test_the_membership_prints_sixteen_members_on_one_page(papers: dict[str, PdfReader]) -> None:
    text = _text(papers["membership"])

    assert len(papers["membership"].pages) == 1
    assert "Collectivités 13" in text
    assert "Total 16" in text
    assert text.count("et/ou") == 2
    assert "suppléante Coralie MANTION" in text


def test_the_board_prints_officers_and_seats_as_the_report_does(papers: dict[str, PdfReader]) -> None:
    text = _text(papers["board"])

    assert "Depuis le conseil d’administration du 2 décembre 2020" in text
    assert "Présidente : Magalie TOUET, adjointe au maire de Bédarieux" in text
    assert "Vice-Président.es (ordre alphabétique) : Clara GIMENEZ" in text
    assert "7 personnes au 31 décembre 2021." in text
    assert "Didier LAPORTE, DGS Vias, en tant que personne physique" in text


def test_a_document_needs_its_year_or_its_day(tmp_path: Path) -> None:
    with create_dossier(tmp_path / "vide.vto") as dossier, dossier.read() as session:
        with pytest.raises(TypeError, match="year"):
            REPORTS["finance"].write(session, tmp_path / "x.pdf", dossier_name="x")
        assert not (tmp_path / "x.pdf").exists()
