"""Tables across pages, looked at as laid out, before anything is drawn."""

import pytest

from tests.reports import samples
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, row
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.pdf import TextLine
from vto_desktop.reports.text import CELL, Run, wrap

COLUMNS = (Column("Nature", weight=1), Column("Montant", "right"))


def _paper() -> Paper:
    return Paper(
        samples.HEAD, title="Essai", subtitle="2021", dossier_name="x.vto", printed_at=samples.PRINTED_AT
    )


def _pages(paper: Paper) -> list[list[str]]:
    """Return the texts of each page, in the order of drawing."""
    return [
        ["".join(piece.text for piece in mark.pieces) for mark in page if isinstance(mark, TextLine)]
        for page in paper.pages
    ]


def _drawn(*rows: Row) -> Paper:
    paper = _paper()
    paper.section("Dépenses", "Une phrase dit ce que montre le tableau.")
    Grid(paper, Table(COLUMNS, rows)).draw()
    return paper


@pytest.mark.parametrize("number", range(30, 47))
def test_a_total_is_never_parted_from_its_last_row(number: int) -> None:
    body = [row(f"ligne {n}", "1 €") for n in range(number)]

    last = _pages(_drawn(*body, row("Total", "9 €", kind="total")))[-1]

    assert last.index("Total") > last.index(f"ligne {number - 1}")


@pytest.mark.parametrize("before", range(28, 44))
def test_the_name_of_a_group_stays_with_its_first_row(before: int) -> None:
    body = [row(f"ligne {n}", "1 €") for n in range(before)]

    pages = _pages(_drawn(*body, row("Collectivités", "1", kind="group"), row("Vauvert", "1 €")))

    assert [page for page in pages if "Collectivités" in page] == [
        page for page in pages if "Vauvert" in page
    ]


@pytest.mark.parametrize("filled", range(0, 600, 45))
def test_a_heading_its_sentence_and_its_head_come_with_rows(filled: int) -> None:
    paper = _paper()
    paper.y += filled
    paper.section("Dépenses", "Une phrase.", keep=60)
    Grid(paper, Table(COLUMNS, tuple(row(f"ligne {n}", "1 €") for n in range(60)))).draw()

    pages = _pages(paper)

    start = next(page for page in pages if "Dépenses" in page)
    assert {"Une phrase.", "Montant", "ligne 0", "ligne 1"} <= set(start)
    assert all("Montant" in page for page in pages if any("ligne" in text for text in page))
    assert [text for page in pages for text in page if text.startswith("ligne")] == [
        f"ligne {n}" for n in range(60)
    ]


def test_nothing_is_laid_out_below_the_bottom_margin() -> None:
    words = " ".join(f"mot{n}" for n in range(2000))

    paper = _drawn(*(row(f"ligne {n}", "1 €") for n in range(20)), row(words, "1 €"), row("fin", "1 €"))

    for page in paper.pages:
        assert all(mark.y <= paper.bottom for mark in page if isinstance(mark, TextLine))


def test_amounts_end_at_the_same_place_whatever_their_face() -> None:
    bold = Cell(((Run("1 234,00 €", "bold"),),))
    paper = _drawn(row("a", "9,00 €"), row("b", bold), row("Total", "1 243,00 €", kind="total"))

    from vto_desktop.reports.fonts import measure

    ends = {
        round(mark.x + sum(measure(p.text, p.face, mark.size) for p in mark.pieces), 1)
        for mark in paper.pages[0]
        if isinstance(mark, TextLine) and mark.pieces and mark.pieces[-1].text.endswith("€")
    }
    assert len(ends) == 1


def test_a_line_is_never_wider_than_its_room() -> None:
    runs = [Run("Magalie TOUET", "semibold"), Run(", adjointe au maire " + "W" * 300)]

    lines = wrap([Run(r.text, r.face or "regular", "#000000") for r in runs], CELL, 120)

    assert all(each.width <= 120 for each in lines)
    assert "".join(p.text for each in lines for p in each.pieces).count("W") == 300


def test_a_comma_stays_with_the_bold_name_before_it() -> None:
    runs = [Run("Magalie TOUET", "semibold", "#000000"), Run(", adjointe", "regular", "#000000")]

    [line] = wrap(runs, CELL, 400)

    assert "".join(piece.text for piece in line.pieces) == "Magalie TOUET, adjointe"
