"""Address labels: each text inside its own label, at the very millimetre, whatever is typed."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.reports import samples
from tests.reports.reading import squeezed, text_of
from tests.reports.test_hostile_texts import CONTROLS, MARKUP, UNPRINTABLE
from vto_desktop.reports import fonts, labels
from vto_desktop.reports.labels import MM, SHEETS, Labels
from vto_desktop.reports.pdf import TextLine
from vto_desktop.reports.text import BLANK
from vto_desktop.services.figures_labels import FORMATS, ON_A_SHEET, AddressLabel, LabelSheets

LUNEL = AddressLabel(
    1, "Ville de Lunel", "À l’attention de M. Nourredine BENIATTOU", "adjoint au maire",
    ("240 avenue Victor Hugo",), "34400 LUNEL",
)  # fmt: skip
LONG = AddressLabel(
    2, "Communauté d’Agglomération Hérault Méditerranée (CAHM)", "À l’attention de M. François PEREA",
    "Maire de Saint-Julien-les-Rosiers, délégué à la prévention de la délinquance, et représentant du GIP "
    "Politique de la ville Alès Cévennes",
    ("ZI le Causse", "22 avenue du 3e Millénaire"), "34630 SAINT THIBERY CEDEX 9",
)  # fmt: skip
FORMAT_NAMES = tuple(FORMATS)


def sheets(*made: AddressLabel, name: str = "3x7", first: int = 1) -> Labels:
    found = LabelSheets("Villes et Territoires Occitanie", date(2021, 12, 31), name, first, made, ())
    return labels.layout(found, dossier_name="exemple.vto", printed_at=samples.PRINTED_AT)


def read(made: Labels) -> PdfReader:
    file = io.BytesIO()
    made.draw(file)
    file.seek(0)
    return PdfReader(file, strict=True)


def printed(reader: PdfReader) -> Iterator[tuple[int, str, float, float]]:
    """Yield each text with its page, and where its baseline begins, in millimetres from the top left."""
    for number, page in enumerate(reader.pages):
        found: list[tuple[str, float, float]] = []

        def visit(text: str, _cm: Any, tm: Any, _font: Any, _size: Any, found: Any = found) -> None:
            if text.strip():
                found.append((text.strip(), tm[4] / MM, (841.89 - tm[5]) / MM))

        page.extract_text(visitor_text=visit)
        yield from ((number, *each) for each in found)


def boxes(made: Labels) -> Iterator[tuple[TextLine, int]]:
    """Yield each line with the number of the label it lies in, or -1 when it leaves its label."""
    sheet = made.sheet
    for number, marks in enumerate(made.pages):
        for mark in marks:
            assert isinstance(mark, TextLine)
            wide = sum(fonts.measure(piece.text, piece.face, mark.size) for piece in mark.pieces)
            top, bottom = mark.y - mark.size * 0.8, mark.y + mark.size * 0.25
            inside = [
                place
                for place in range(sheet.total)
                for x, y in [sheet.corner(place)]
                if x + labels.PAD_X <= mark.x + 0.01
                and mark.x + wide <= x + sheet.width * MM - labels.PAD_X + 0.01
                and top >= y
                and bottom <= y + sheet.height * MM
            ]
            yield mark, number * sheet.total + inside[0] if inside else -1


# --- geometry ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "columns", "left", "pitch"), [("3x7", 3, 7.25, 66.0), ("2x7", 2, 4.65, 101.6)]
)
def test_each_label_stands_where_its_sheet_is_cut(name: str, columns: int, left: float, pitch: float) -> None:
    """63.5 × 38.1 mm three across and 99.1 × 38.1 two across, seven down, on A4: what makers print."""
    sheet = SHEETS[name]
    assert ON_A_SHEET[name] == sheet.total == columns * 7
    assert sheet.left * 2 + columns * sheet.width + (columns - 1) * sheet.gap == pytest.approx(210)
    assert sheet.top * 2 + 7 * 38.1 == pytest.approx(297)
    one = AddressLabel(1, "Vauvert", "", "", (), "30600 VAUVERT")
    reader = read(sheets(*[one] * sheet.total, name=name))
    assert len(reader.pages) == 1
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == pytest.approx([595.276, 841.89])
    found = [(x, y) for _page, text, x, y in printed(reader) if text == "Vauvert"]
    assert len(found) == sheet.total
    for place, (x, y) in enumerate(found):
        row, column = divmod(place, columns)
        assert x == pytest.approx(left + column * pitch + 4, abs=0.05)
        assert 15.15 + row * 38.1 < y < 15.15 + (row + 1) * 38.1
        assert y - row * 38.1 == pytest.approx(found[0][1], abs=0.05)


def test_labels_begin_where_the_sheet_was_left_and_go_on_over_sheets() -> None:
    made = sheets(*[LUNEL] * 24, first=20)
    assert len(made.pages) == 3
    places = sorted({place for _line, place in boxes(made)})
    assert places == list(range(19, 43))
    names = [
        (page, round(x + 1e-3, 1)) for page, text, x, _y in printed(read(made)) if text == "Ville de Lunel"
    ]
    assert names[:3] == [(0, 77.3), (0, 143.3), (1, 11.3)]


def test_a_sheet_is_printed_at_its_own_size_and_carries_no_letterhead() -> None:
    reader = read(sheets(LUNEL))
    wishes = reader.root_object["/ViewerPreferences"].get_object()
    assert isinstance(wishes, DictionaryObject)
    assert str(wishes["/PrintScaling"]) == "/None"
    assert reader.metadata is not None
    assert reader.metadata.title == "Étiquettes d’adresses"
    assert text_of(reader).splitlines() == [
        "Ville de Lunel", "À l’attention de M. Nourredine", "BENIATTOU", "adjoint au maire",
        "240 avenue Victor Hugo", "34400 LUNEL",
    ]  # fmt: skip


def test_without_any_label_the_sheet_says_so() -> None:
    said = " ".join(text_of(read(sheets())).split())
    assert said == "Étiquettes d’adresses : aucune adresse complète à imprimer."


# --- what does not fit ---------------------------------------------------------------------------


def test_a_full_label_is_set_smaller_and_loses_its_capacity_first() -> None:
    made = sheets(LONG)
    text = " ".join(text_of(read(made)).split())
    assert {line.size for line, _place in boxes(made)} == {9.0}
    assert all(place == 0 for _line, place in boxes(made))
    assert "Communauté d’Agglomération Hérault Méditerranée (CAHM) À l’attention de M. François PEREA" in text
    assert "… ZI le Causse 22 avenue du 3e Millénaire 34630 SAINT THIBERY CEDEX 9" in text
    wide = sheets(LONG, name="2x7")
    assert "Alès Cévennes ZI le Causse" in " ".join(text_of(read(wide)).split())


def test_the_longest_commune_is_printed_whole() -> None:
    place = "51290 SAINT REMY EN BOUZEMONT SAINT GENEST ET ISSON"
    made = sheets(AddressLabel(1, "Mairie", "", "", ("1 rue de l’Église",), place))
    assert place in " ".join(text_of(read(made)).split())
    assert all(position == 0 for _line, position in boxes(made))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60) | st.builds(
    lambda word, times: f"{word} " * times, st.sampled_from(("W" * 40, "mot", "É")), st.integers(1, 60)
)
LABELS = st.builds(
    AddressLabel, st.just(1), TEXTS.filter(str.strip), TEXTS, TEXTS, st.lists(TEXTS, max_size=14).map(tuple),
    TEXTS.filter(str.strip),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(made=st.lists(LABELS, min_size=1, max_size=5), name=st.sampled_from(FORMAT_NAMES))
def test_no_text_ever_leaves_its_label(made: list[AddressLabel], name: str) -> None:
    laid = sheets(*made, name=name, first=3)
    assert {place for _line, place in boxes(laid)} == set(range(2, 2 + len(made)))
    assert all(line.size >= 7 for line, _place in boxes(laid))


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_markup_is_printed_as_it_is(text: str) -> None:
    reader = read(sheets(AddressLabel(1, text[:60], "", "", (), "34000 MONTPELLIER"), name="2x7"))
    assert squeezed(text[:60]) in squeezed(text_of(reader))
    assert all("/Annots" not in page for page in reader.pages)


@pytest.mark.parametrize("text", UNPRINTABLE.values(), ids=UNPRINTABLE)
def test_missing_characters_are_replaced_and_told(text: str) -> None:
    made = sheets(AddressLabel(1, text, "", "", (), "34000 MONTPELLIER"))
    assert BLANK in text_of(read(made))
    assert made.ink.notices()


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
def test_control_characters_disappear(text: str) -> None:
    made = sheets(AddressLabel(1, text, text, text, (text,), text))
    assert "Ali" in text_of(read(made))
    assert made.ink.notices() == ()
