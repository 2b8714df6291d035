"""No text breaks a paper: what is typed is printed or visibly replaced, never obeyed (faults F1-F12)."""

import codecs
import sys
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.reports import samples
from tests.reports.reading import DOCUMENTS, draw_list, read, spoiled, squeezed, text_of
from vto_desktop.reports.text import BLANK, safe_name

RCE = (
    "<para><font color=\"[[[getattr(pow, Word('__globals__'))['os'].system('touch /tmp/vto-f5') for Word in "
    "[orgTypeFun('Word', (str,), {})]] for orgTypeFun in [type(type(1))]] and 'red'\">x</font></para>"
)
MARKUP = {
    "F1 signs": "Dupont & Fils < 3 > 2 &amp; &lt;b&gt;",
    "F2 unclosed tags": "<b><i>Ville</b> <para> </i></font><<>>",
    "F3 local image": '<img src="/etc/passwd" width="10" height="10"/>',
    "F3 file image": '<img src="file:///etc/hostname"/>',
    "F3 web image": '<img src="http://127.0.0.1:9/x.png"/>',
    "F4 link": '<a href="http://exemple.invalid/">cliquez</a>',
    "F5 code in a colour": RCE,
    "F6 entities": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
}
UNPRINTABLE = {
    "F7 right to left": "مدينة مونبلييه",
    "F7 emoji": "Ville 🏙️ de 👨‍👩‍👧",
    "F7 Chinese": "蒙彼利埃市",
}
CONTROLS = {
    "F8 NUL": "Ali\x00ce",
    "F8 controls": "Ali\x07\x1b[31mce",
    "F8 surrogate": "Ali\ud800ce",
    "F8 direction": "Ali\u202e\u2066ce",
}

opened: list[str] = []
is_watching = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if is_watching and (event == "open" or event.startswith("socket.")):
        opened.append(f"{event} {arguments[:1]}")


sys.addaudithook(_watch)


@cache
def load_everything() -> None:
    """Draw each document once, so that its modules and fonts are read."""
    codecs.lookup("utf_16_le")  # ReportLab's, for one document's random identifier in 65,536
    for layout, summary in DOCUMENTS.values():
        text_of(read(layout(summary)))


@pytest.fixture
def watched() -> Any:
    """Collect every file and socket opened while the test draws, its modules loaded before."""
    global is_watching  # noqa: PLW0603 - an audit hook cannot be taken off, only told to look away
    load_everything()
    opened.clear()
    is_watching = True
    yield opened
    is_watching = False


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_markup_is_printed_as_it_is_and_opens_nothing(document: str, text: str, watched: list[str]) -> None:
    layout, summary = DOCUMENTS[document]

    paper = layout(spoiled(summary, text))
    reader = read(paper)

    assert squeezed(text) in squeezed(text_of(reader))
    assert watched == []
    assert paper.ink.notices() == ()
    assert all("/Annots" not in page for page in reader.pages)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("text", UNPRINTABLE.values(), ids=UNPRINTABLE)
def test_missing_characters_are_replaced_visibly_and_told(document: str, text: str) -> None:
    layout, summary = DOCUMENTS[document]

    paper = layout(spoiled(summary, text))

    assert BLANK in text_of(read(paper))
    assert [notice[-28:] for notice in paper.ink.notices()] == ["[CARACTERES_NON_IMPRIMABLES]"]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
def test_control_characters_disappear_even_from_title_and_author(document: str, text: str) -> None:
    layout, summary = DOCUMENTS[document]

    paper = layout(spoiled(summary, text))
    reader = read(paper)

    assert "Ali" in text_of(reader)
    assert "\x00" not in text_of(reader)
    assert reader.metadata is not None
    assert (reader.metadata.author or "").startswith("Ali")
    assert paper.ink.notices() == ()


ROW_TEXTS = frozenset({"name", "title", "label", "person", "member", "payer"})


def _few(summary: Any) -> Any:
    """Keep two rows of each table, so that very long texts fill pages and not minutes."""
    cut = {
        field: getattr(summary, field)[:2]
        for field in (
            "sources",
            "expenses",
            "conventions",
            "members",
            "officers",
            "seats",
            "published",
            "letters",
            "rows",
            "decisions",
        )
        if hasattr(summary, field)
    }
    return replace(summary, **cut)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_ten_thousand_letters_without_a_space_are_all_printed(document: str) -> None:
    layout, summary = DOCUMENTS[document]
    word = "W" + "abcdefghij" * 1000

    reader = read(layout(spoiled(_few(summary), word, only=ROW_TEXTS)))

    printed = "".join(c for c in squeezed(text_of(reader)) if c in "Wabcdefghij")
    assert printed.count("abcdefghij") > 1000
    assert len(reader.pages) > 2


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_cell_of_three_thousand_words_goes_on_over_pages(document: str) -> None:
    layout, summary = DOCUMENTS[document]
    words = " ".join(f"mot{n}" for n in range(3000))

    text = text_of(read(layout(spoiled(_few(summary), words, only=ROW_TEXTS))))

    assert all(f"mot{n}" in text for n in (0, 1499, 2999))


def test_a_name_of_three_hundred_characters_is_printed_whole() -> None:
    name = "Syndicat mixte d’aménagement & de développement " * 6 + "fin du nom"
    layout, summary = DOCUMENTS["membership"]
    members = (replace(summary.members[0], name=name), *summary.members[1:])

    text = text_of(read(layout(replace(summary, members=members))))

    assert squeezed(name) in squeezed(text)


def test_tables_of_five_hundred_rows_repeat_their_head_on_every_page() -> None:
    layout, summary = DOCUMENTS["membership"]
    members = tuple(replace(summary.members[0], name=f"Commune {n:03d}") for n in range(500))

    reader = read(layout(replace(summary, members=members)))

    texts = [page.extract_text() for page in reader.pages]
    assert all("Représentant, qualité" in text for text in texts)
    assert all(f"Commune {n:03d}" in "\n".join(texts) for n in range(500))
    assert f"page 1 / {len(texts)}" in " ".join(texts[0].split())


def test_five_hundred_funding_sources_leave_the_chart_and_fill_pages() -> None:
    layout, summary = DOCUMENTS["finance"]
    sources = tuple(samples.source(f"Source {n:03d}", 800, "#2f5d8c") for n in range(500))

    text = text_of(read(layout(replace(summary, sources=sources))))

    assert all(f"Source {n:03d}" in text for n in (0, 250, 499))


@pytest.mark.parametrize("cents", [0, -123_45, 999_999_999_99, 10**13])
def test_amounts_of_any_size_stay_on_one_line(cents: int) -> None:
    layout, summary = DOCUMENTS["finance"]
    sources = tuple(replace(figure, amount=cents) for figure in summary.sources)
    expenses = tuple(replace(figure, amount=cents, forecast=-cents) for figure in summary.expenses)
    conventions = tuple(replace(c, awarded=cents, due=cents, late=cents) for c in summary.conventions)
    spoilt = replace(
        summary, sources=sources, expenses=expenses, conventions=conventions, income_total=cents,
        expense_total=cents, in_kind_given=cents,
    )  # fmt: skip

    text = text_of(read(layout(spoilt)))

    assert "€\n€" not in text
    assert not any(line.startswith("€") for line in text.splitlines())


EMPTY_SENTENCES = {
    "finance": (
        "Aucune ressource n’est enregistrée en 2021.",
        "Aucune dépense n’est enregistrée en 2021.",
        "Aucun budget n’est saisi pour l’exercice 2021.",
        "Aucune convention ne porte sur l’exercice 2021.",
        "Aucune contribution en nature n’est enregistrée en 2021.",
    ),
    "membership": ("Aucun adhérent au 31 décembre 2021.",),
    "board": (
        "Aucun mandat au bureau au 31 décembre 2021.",
        "Aucun siège pourvu au 31 décembre 2021.",
    ),
    "portraits": ("Aucune instance n’a de fonction.",),
    "bodies": ("Aucune instance n’a de fonction.",),
    "convocation": ("Personne n’est à convoquer : aucun siège n’est pourvu",),
    "attendance-sheet": ("Chaque siège n’a qu’une voix",),
    "proxy": ("Aucun pouvoir : aucun siège n’est pourvu",),
    "minutes": ("Aucune délibération n’est encore inscrite au dossier.",),
    "decisions-register": ("Aucune délibération n’est numérotée en 2021.",),
    "decision-extract": ("Pour extrait certifié conforme au registre des délibérations.",),
    "officers-declaration": ("Personne n’est au bureau au 31 décembre 2021.",),
    "dues-calls": ("Aucune cotisation de l’exercice 2021 n’est à appeler.",),
    "reminders": ("Aucune cotisation de l’exercice 2021 n’est en retard au 30 septembre 2021.",),
    "dues-state": ("Aucune cotisation n’est préparée pour l’exercice 2021.",),
    "certificates": ("Aucun adhérent à qui délivrer une attestation pour l’exercice 2021.",),
    "receipts": ("Aucun encaissement à constater sur cette période.",),
    "receipts-slip": ("Aucun encaissement du 01/04/2021 au 30/06/2021.",),
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_empty_dossier_prints_clear_sentences(document: str) -> None:
    layout, summary = DOCUMENTS[document]
    nothing = {
        name: type(value)()
        for name in summary.__dataclass_fields__
        if isinstance(value := getattr(summary, name), tuple | int | str) and name != "year"
    }
    empty_head = spoiled(samples.HEAD, "")

    text = text_of(read(layout(replace(summary, **{**nothing, "head": empty_head}))))

    assert all(sentence in text for sentence in EMPTY_SENTENCES[document])
    assert "Siège : à renseigner (Réglages)" in text


@pytest.mark.parametrize("text", [*MARKUP.values(), *CONTROLS.values()], ids=[*MARKUP, *CONTROLS])
def test_a_list_prints_hostile_texts_as_they_are(text: str) -> None:
    table = draw_list(spoiled(samples.HEAD, text), [(text, text, "12,00\u202f€")] * 3, (text, "", "36,00 €"))

    printed = squeezed(text_of(read(table)))

    assert squeezed("".join(c for c in text if c.isprintable())) in printed


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("com1.pdf", "_com1.pdf"),
        ("Synthèse : 2021/2022?", "Synthèse - 2021-2022"),
        ("Grand Orb. . ", "Grand Orb"),
        ("a" * 300, "a" * 120),
        ("\x00\ud800", "document"),
        ("", "document"),
        ("C:\\Windows\\x", "C-Windows-x"),
        ("abc\u202efdp.exe", "abcfdp.exe"),
    ],
)
def test_a_file_name_made_from_data_is_safe_everywhere(typed: str, name: str) -> None:
    assert safe_name(typed) == name


def test_a_file_name_of_wide_letters_fits_in_255_bytes() -> None:
    assert len(f"{safe_name('文' * 300)}.pdf".encode()) <= 255


def test_a_damaged_or_oversized_logo_gives_way_to_the_initials() -> None:
    layout, summary = DOCUMENTS["board"]
    huge = "iVBORw0KGgoAAAANSUhEUgAB//8AAf//CAIAAAA="  # 131071 × 131071 pixels
    for logo in ("pas du base64 !", "aGVsbG8=", huge, "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAAA="):
        reader = read(layout(replace(summary, head=replace(summary.head, logo=logo))))
        assert text_of(reader).startswith("VT\n")
