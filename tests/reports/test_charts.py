"""Charts: what they show adds up, can be clicked, and is never told by colour alone."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from math import pi

import pytest

from tests.reports import samples
from vto_desktop.reports import charts
from vto_desktop.reports.charts.drawing import axis_ticks, hatched, luminance

SVG = "{http://www.w3.org/2000/svg}"


def _ring(
    sources: tuple[object, ...] = samples.SOURCES, palette: charts.Palette = charts.LIGHT
) -> charts.Chart:
    return charts.donut(sources, "400 000 €", "Ressources 2021", palette, (184, 184))  # type: ignore[arg-type] # sources of the samples


def _area(points: tuple[tuple[float, float], ...]) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def test_segments_of_the_donut_are_as_large_as_their_shares() -> None:
    ring = _ring()

    areas = {region.key: _area(region.points) for region in ring.regions}

    whole = pi * (92**2 - (92 * 0.64) ** 2)
    assert areas[("État", "DREETS")] / whole == pytest.approx(0.56, abs=0.001)
    assert areas[("Collectivités", "Adhésions")] / whole == pytest.approx(0.16, abs=0.001)
    assert sum(areas.values()) == pytest.approx(whole, rel=0.001)


def test_a_click_opens_the_source_under_it() -> None:
    ring = _ring()

    right, middle = ring.region_at(172, 92), ring.region_at(92, 92)

    assert right is not None
    assert right.key == ("État", "DREETS")
    assert right.label == "DREETS\u00a0: 224\u202f000\u00a0€, 56\u00a0%"
    assert middle is None


def test_what_a_source_received_beside_its_children_is_a_segment_of_its_own() -> None:
    direct = (replace(samples.SOURCES[0], amount=100_00), replace(samples.SOURCES[1], amount=60_00))

    assert [(r.key, r.label) for r in _ring(direct).regions] == [
        (("État",), "État\u00a0: 40\u00a0€, 40\u00a0%"),
        (("État", "DREETS"), "DREETS\u00a0: 60\u00a0€, 60\u00a0%"),
    ]


def test_a_repayment_leaves_the_printed_shares_those_of_the_table() -> None:
    sources = (samples.source("DREETS", 110, "#2f5d8c"), samples.source("Trop-perçu", -10, "#8a5a83"))

    assert [region.label for region in _ring(sources).regions] == ["DREETS\u00a0: 110\u00a0€, 110\u00a0%"]


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_received_draws_an_empty_ring(amount: int) -> None:
    ring = _ring(tuple(replace(figure, amount=amount) for figure in samples.SOURCES if figure.is_leaf))

    assert ring.regions == ()
    assert "aucune ressource" in ring.description


def test_large_segments_carry_their_share_for_black_and_white_prints() -> None:
    texts = [mark.text for mark in _ring().marks if isinstance(mark, charts.Label)]

    assert texts[:3] == ["56\u00a0%", "20\u00a0%", "16\u00a0%"]


@pytest.mark.parametrize("palette", [charts.LIGHT, charts.DARK])
def test_texts_on_segments_can_be_read(palette: charts.Palette) -> None:
    for stored in {figure.colour for figure in samples.SOURCES}:
        fill = palette.colour(stored)
        light, dark = sorted((luminance(fill), luminance(palette.on(fill))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3.6


def test_a_colour_that_is_none_gives_a_neutral_segment() -> None:
    assert charts.LIGHT.colour('red"/><script>') == charts.LIGHT.bar
    assert charts.DARK.colour("#2F5D8C") == "#6b9fd4"


def test_the_svg_is_well_formed_whatever_the_names() -> None:
    sources = tuple(replace(f, path=("<b>&\x00\ud800" + f.path[-1],)) for f in samples.SOURCES)

    root = ET.fromstring(_ring(sources).svg())  # noqa: S314 - our own text

    assert root.get("viewBox") == "0 0 184 184"
    assert len(root.findall(f"{SVG}polygon")) == len(sources)
    assert {text.get("font-family") for text in root.findall(f"{SVG}text")} == {"Inter"}


def test_published_years_are_filled_and_computed_ones_hatched() -> None:
    bars = charts.authority_bars(samples.SHARES, samples.SOURCES, charts.LIGHT, (300, 150))

    assert [region.key for region in bars.regions] == [
        (2018, True), (2019, True), (2020, True), (2021, True), (2021, False),
    ]  # fmt: skip
    labels = [mark.text for mark in bars.marks if isinstance(mark, charts.Label)]
    assert "calculé" in labels
    filled = [m for m in bars.marks if isinstance(m, charts.Shape) and m.fill in ("#4a8f8a", "#86bab5")]
    assert len(filled) == 8


def test_hatching_stays_inside_its_outline() -> None:
    for mark in hatched(10, 20, 30, 50, "#000000"):
        assert all(10 <= x <= 40 and 20 <= y <= 70 for x, y in mark.points)


def test_bars_are_as_long_as_their_amounts() -> None:
    rows = [
        charts.ForecastRow("a", "DREETS", 100_00, 80_00, "#2f5d8c"),
        charts.ForecastRow("b", "DRAC", 0, -5, "#8a5a83"),
    ]

    drawn = charts.forecast_bars(rows, charts.LIGHT, (200, 60))

    shapes = [mark for mark in drawn.marks if isinstance(mark, charts.Shape)]
    assert len(shapes) == 2
    assert max(x for x, _ in shapes[1].points) == pytest.approx(160)
    assert "prévu 100\u00a0€, réalisé 80\u00a0€" in drawn.description
    region = drawn.region_at(5, 45)
    assert region is not None
    assert region.key == "b"


def test_the_cash_curve_ends_at_what_was_expected_and_received() -> None:
    expected = [charts.Step(n, date(2021, 3 * n, 1), 1000_00) for n in (1, 2, 3)]

    curve = charts.cash_curve(expected, expected[:1], date(2021, 7, 1), charts.LIGHT, (420, 180))

    assert curve.description == "Attendu 3\u202f000\u00a0€, reçu 1\u202f000\u00a0€"
    dashed = next(m for m in curve.marks if isinstance(m, charts.Shape) and m.dash)
    solid = next(m for m in curve.marks if isinstance(m, charts.Shape) and m.width == 2)
    assert min(y for _, y in dashed.points) < min(y for _, y in solid.points)
    assert [region.key for region in curve.regions] == [1, 2, 3, 1]


def test_a_cash_curve_without_money_is_drawn() -> None:
    curve = charts.cash_curve([], [], date(2021, 7, 1), charts.DARK, (420, 180))

    assert re.fullmatch("Attendu 0.€, reçu 0.€", curve.description)


@pytest.mark.parametrize("largest", [0, 1, 18, 99, 100, 101, 12_345, 10**11])
def test_axes_reach_the_largest_value_in_few_round_steps(largest: int) -> None:
    ticks = axis_ticks(largest)

    assert ticks[0] == 0
    assert ticks[-1] >= largest
    assert 2 <= len(ticks) <= 6
