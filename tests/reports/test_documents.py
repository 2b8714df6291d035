"""What each document prints, as an independent reader finds it."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf.generic import DictionaryObject

from tests.reports import samples
from tests.reports.reading import DOCUMENTS, draw_list, read, text_of
from vto_desktop.errors import UserError
from vto_desktop.reports import REPORTS, finance, listing
from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.tables import ListColumn
from vto_desktop.services.figures import ConventionFigure

SNAPSHOTS = Path(__file__).with_name("snapshots")
UPDATE = "VTO_WRITE_SNAPSHOTS"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_whole_text_is_the_one_agreed(document: str) -> None:
    layout, summary = DOCUMENTS[document]
    kept = SNAPSHOTS / f"{document}.txt"

    text = text_of(read(layout(summary))) + "\n"

    if os.environ.get(UPDATE):
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8"), f"{UPDATE}=1 writes it anew, when the change is meant"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_pdf_says_what_it_is(document: str) -> None:
    layout, summary = DOCUMENTS[document]

    reader = read(layout(summary))

    assert reader.metadata is not None
    assert reader.metadata.author == "Villes et Territoires Occitanie"
    assert (reader.metadata.title or "").startswith(REPORTS[document].title)
    assert str(reader.root_object["/Lang"]) == "fr"
    assert reader.outline


def test_only_conventions_that_grant_the_year_something_are_counted() -> None:
    layout = DOCUMENTS["finance"][0]
    summary = samples.FINANCE
    first, *others = summary.conventions
    nothing = tuple(replace(each, share_of_year=0) for each in others)

    def said(conventions: tuple[ConventionFigure, ...]) -> str:
        return " ".join(text_of(read(layout(replace(summary, conventions=conventions)))).split())

    assert "1 convention apporte " in said((first, *nothing))
    assert "Aucune convention n’apporte de part à l’exercice 2021" in said(nothing)


def _outline(reader: object) -> list[str]:
    found = []
    for entry in reader.outline:  # type: ignore[attr-defined] # a list of lists, one for each level
        found += [e["/Title"] for e in entry] if isinstance(entry, list) else [entry["/Title"]]
    return found


def test_the_outline_lists_the_sections() -> None:
    layout, summary = DOCUMENTS["finance"]

    assert _outline(read(layout(summary))) == [
        "Synthèse financière 2021",
        "Ressources par source",
        "Part des collectivités dans les ressources",
        "Dépenses par nature",
        "Prévu et réalisé",
        "Résultat de l’exercice",
        "Contributions volontaires en nature",
        "Conventions de l’exercice",
        "Chiffres publiés et chiffres calculés",
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_font_is_embedded_source_sans(document: str) -> None:
    layout, summary = DOCUMENTS[document]

    for page in read(layout(summary)).pages:
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        for reference in resources["/Font"].values():  # type: ignore[attr-defined] # a dictionary
            font = reference.get_object()
            assert "SourceSans3" in font["/BaseFont"]
            assert "/FontFile2" in font["/FontDescriptor"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_page_carries_its_footer(document: str) -> None:
    layout, summary = DOCUMENTS[document]

    paper = layout(summary)
    pages = read(paper).pages

    for page, numbered in zip(pages, _numbered(paper), strict=True):
        text = " ".join(page.extract_text().split())
        assert "exemple-2021.vto · 15/02/2022, 09 h 12" in text
        assert samples.NOTICE in text
        assert numbered in text


def _numbered(paper: Paper | Bundle) -> list[str]:
    """Return the number of each page; letters are each numbered on their own, as they are sent."""
    whole = [paper] if isinstance(paper, Paper) else [paper.paper(each) for each in paper.letters.letters]
    return [f"page {n} / {len(one.pages)}" for one in whole for n in range(1, len(one.pages) + 1)]


def test_a_dossier_without_notice_prints_none() -> None:
    layout, summary = DOCUMENTS["board"]

    text = text_of(read(layout(replace(summary, head=replace(summary.head, notice="")))))

    assert "Exemple" not in text


def test_the_financial_summary_says_the_sentences_of_the_report() -> None:
    text = " ".join(text_of(read(DOCUMENTS["finance"][0](samples.FINANCE))).split())

    assert (
        "Les ressources 2021 proviennent pour 79 % de l’État, pour 18 % des collectivités, 3 % autres."
        in text
    )
    assert "10 % en 2018, 16 % en 2019 et 2020, 18 % en 2021" in text
    assert "L’exercice 2021 se solde par un excédent de 3 100 €." in text


def test_a_deficit_is_called_by_its_name() -> None:
    layout, summary = DOCUMENTS["finance"]

    text = text_of(read(layout(replace(summary, expense_total=400_000_01))))

    assert "se solde par un déficit de 0,01 €" in text


def test_late_money_is_told_in_the_sentence_and_on_its_row() -> None:
    layout, summary = DOCUMENTS["finance"]
    late = replace(samples.CONVENTIONS[0], late=44_800_00)

    text = " ".join(text_of(read(layout(replace(summary, conventions=(late,))))).split())

    assert "il reste 44 800 € à recevoir, dont 44 800 € en retard." in text


def test_what_was_spent_without_a_forecast_is_hors_budget() -> None:
    text = text_of(read(DOCUMENTS["finance"][0](samples.FINANCE)))

    assert re.search(r"Charges financières hors budget 380 €", text)


def test_the_membership_fits_on_one_page() -> None:
    assert len(read(DOCUMENTS["membership"][0](samples.MEMBERSHIP)).pages) == 1


def test_members_are_gathered_by_college_whatever_their_order() -> None:
    layout, summary = DOCUMENTS["membership"]
    mixed = tuple(sorted(summary.members, key=lambda member: member.name))

    text = text_of(read(layout(replace(summary, members=mixed))))

    assert text.count("\nCollectivités 13\n") == 1


def test_the_board_prints_seven_officers_and_sixteen_seats() -> None:
    text = text_of(read(DOCUMENTS["board"][0](samples.BOARD)))

    assert "Depuis le conseil d’administration du 2 décembre 2020" in text
    assert "7 personnes au 31 décembre 2021." in text
    assert "16 sièges au 31 décembre 2021." in text
    assert text.count("et/ou") == 2
    assert text.count("suppléante") == 1
    assert "Vice-Président·es (ordre" in text


def test_a_seat_without_mandate_is_said_vacant() -> None:
    layout, summary = DOCUMENTS["board"]

    text = text_of(read(layout(replace(summary, seats=(replace(samples.SEATS[0], mandates=()),)))))

    assert "siège vacant" in text


# --- lists ---------------------------------------------------------------------------------------


def test_a_list_counts_its_pages_before_drawing_them() -> None:
    table = draw_list(
        samples.HEAD, [(f"Ligne {n}", "maire", "12,00 €") for n in range(400)], ("Total", "", "1 €")
    )

    reader = read(table)

    texts = [page.extract_text() for page in reader.pages]
    assert table.pages == len(texts)
    assert all(f"page {n} / {len(texts)}" in " ".join(text.split()) for n, text in enumerate(texts, 1))
    assert all("Qualité" in text for text in texts)
    assert [int(n) for n in re.findall(r"Ligne (\d+)", "\n".join(texts))] == list(range(400))


@pytest.mark.parametrize("rows", range(38, 44))
def test_the_totals_of_a_list_never_stand_alone(rows: int) -> None:
    table = draw_list(samples.HEAD, [(f"Ligne {n}", "", "") for n in range(rows)], ("Total", "", "1 €"))

    last = read(table).pages[-1].extract_text()

    assert "Total" in last
    assert "Ligne" in last


def test_a_row_taller_than_a_page_goes_on() -> None:
    words = " ".join(f"mot{n}" for n in range(3000))

    reader = read(draw_list(samples.HEAD, [("avant", "", ""), ("x", words, ""), ("après", "", "")]))

    text = text_of(reader)
    assert len(reader.pages) > 2
    assert [int(n) for n in re.findall(r"mot(\d+)", text)] == list(range(3000))
    assert "après" in text


def test_an_empty_list_says_so() -> None:
    assert "Aucune ligne à imprimer." in text_of(read(draw_list(samples.HEAD, [])))


def test_a_wide_list_lies_on_its_side(tmp_path: Path) -> None:
    path = tmp_path / "liste.pdf"
    columns = [ListColumn(f"Colonne {n}") for n in range(12)]

    listing.write(
        samples.HEAD, path, title="Liste", subtitle="", columns=columns, rows=[("texte assez long",) * 12],
        dossier_name="x.vto", printed_at=samples.PRINTED_AT,
    )  # fmt: skip

    from pypdf import PdfReader

    box = PdfReader(path).pages[0].mediabox
    assert box.width > box.height


# --- files and registry --------------------------------------------------------------------------


def test_a_paper_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        finance.write(
            samples.FINANCE,
            tmp_path / "absent" / "x.pdf",
            dossier_name="x.vto",
            printed_at=samples.PRINTED_AT,
        )
    assert caught.value.code == "PDF_NON_ECRIT"


def test_the_registry_proposes_safe_file_names() -> None:
    assert list(REPORTS) == [*DOCUMENTS, "labels"]  # labels are no papers: test_labels.py
    chosen = {"year": 2021, "on": date(2021, 12, 31), "since": date(2021, 4, 1), "until": date(2021, 6, 30)}
    names = {name: report.file_name(**chosen) for name, report in REPORTS.items()}  # type: ignore[arg-type]
    assert names["dues-calls"] == "Appels de cotisation 2021.pdf"
    assert names["dues-state"] == "État des cotisations 2021 31-12-2021.pdf"
    assert names["receipts-slip"] == "Bordereau d’encaissements 01-04-2021 au 30-06-2021.pdf"
    assert REPORTS["receipts-slip"].file_name(slip="B/12") == "Bordereau d’encaissements B-12.pdf"
    assert REPORTS["finance"].file_name(year=2021) == "Synthèse financière 2021.pdf"
    assert (
        REPORTS["board"].file_name(on=date(2021, 12, 31))
        == "Bureau et conseil d’administration 31-12-2021.pdf"
    )


def test_naming_documents_and_drawing_charts_loads_no_reportlab() -> None:
    code = (
        "import sys; from vto_desktop.reports import REPORTS, charts; "
        "REPORTS['finance'].file_name(year=2021); charts.donut((), '', '', charts.LIGHT, (9, 9)).svg(); "
        "sys.exit('reportlab' in sys.modules or 'PIL' in sys.modules)"
    )
    assert subprocess.call([sys.executable, "-c", code]) == 0
