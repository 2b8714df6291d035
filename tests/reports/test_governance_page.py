"""The example's board against the page « La gouvernance » of the annual report 2021, to the letter."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.reports import samples
from tests.reports.reading import read, text_of
from vto_desktop.reports import board
from vto_desktop.services import board_lines, example, summaries
from vto_desktop.services.figures import BoardSummary
from vto_desktop.store import create_dossier

PAGE = Path(__file__).with_name("la-gouvernance-2021.txt")

# What differs from the report, and why.
DELIBERATE = {
    # A person exists once: the report writes her name in two ways, the council's is kept.
    "Catherine PECASTAING, adjointe": "Catherine PÉCASTAING, adjointe",
    # Family names are in capitals everywhere, as the report does for all the others.
    "Didier Laporte, DGS": "Didier LAPORTE, DGS",
}


def plain(text: str) -> str:
    """Return a text with single ordinary spaces, none after a hyphen that ended a line."""
    text = re.sub(r"(?<=\w)-\s+", "-", text)
    return re.sub(r"\s*([:;])\s*", r" \1 ", " ".join(text.split())).strip()


def entry(text: str) -> str:
    """Return an entry without its full stop, which the report forgets here and there."""
    return plain(text).removesuffix(".").rstrip()


def entries(text: str, *, between: str) -> list[str]:
    """Return the entries of a part of the page."""
    return [entry(each.strip().removeprefix("o ")) for each in re.split(between, text) if each.strip()]


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> BoardSummary:
    with create_dossier(tmp_path_factory.mktemp("lettre") / "exemple.vto") as dossier:
        with dossier.write("Créer l’exemple 2021") as session:
            example.build_example(session)
        with dossier.read() as session:
            return summaries.board(session, date(2021, 12, 31))


@pytest.fixture(scope="module")
def page() -> str:
    text = PAGE.read_text(encoding="utf-8")
    for theirs, ours in DELIBERATE.items():
        assert theirs in " ".join(text.split())
        text = re.sub(re.escape(theirs).replace("\\ ", r"\s+"), ours, text)
    return text


def test_the_bureau_is_the_report_s_word_for_word(summary: BoardSummary, page: str) -> None:
    start, end = page.index("Depuis le conseil"), page.index("Membres du Conseil")
    since, *offices = entries(page[start:end], between=r"\n(?=o )")
    assert entry(summary.bureau_since) == since
    lines = board_lines.officer_lines(summary.officers, usual=summary.bureau_since_on)
    assert [entry(line.text) for line in lines] == offices
    assert len(offices) == 5


def test_the_council_is_the_report_s_word_for_word(summary: BoardSummary, page: str) -> None:
    start = page.index("Membres du Conseil d’Administration et adhérents")
    said = page[start:]
    assert said.startswith(board_lines.COUNCIL_TITLE)
    rule, seats = said.removeprefix(board_lines.COUNCIL_TITLE).split("physiques :", 1)
    assert plain(f"{rule}physiques") == plain(summary.council_rule)
    printed = entries(seats, between=r"\n\s*\n|\n(?=Communauté de Communes Lodévois)")
    lines = [entry(line.text) for line in board_lines.seat_lines(summary.seats)]
    # The report follows no order; ours is that of colleges, then of the alphabet.
    assert sorted(lines) == sorted(printed)
    assert len(printed) == 16


def test_the_paper_and_the_clipboard_carry_these_very_lines(summary: BoardSummary) -> None:
    paper = board.layout(summary, dossier_name="exemple.vto", printed_at=samples.PRINTED_AT)
    printed = plain(text_of(read(paper)))
    copied = plain(board_lines.board_text(summary))
    lines = [
        *board_lines.officer_lines(summary.officers, usual=summary.bureau_since_on),
        *board_lines.seat_lines(summary.seats),
    ]
    assert len(lines) == 21
    for line in lines:
        assert plain(line.text) in printed
        assert plain(line.text) in copied
