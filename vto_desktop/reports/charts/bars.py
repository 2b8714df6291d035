"""Bars: stacked over the years, forecast beside actual, and the single one of a table's cell."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from vto_desktop import french
from vto_desktop.reports.charts.drawing import (
    Chart,
    Label,
    Marks,
    Palette,
    Region,
    Shape,
    Size,
    axis_ticks,
    hatched,
    line,
    rect,
    value_axis,
)
from vto_desktop.services.figures import AuthorityShare, SourceFigure


@dataclass(frozen=True, slots=True)
class Part:
    """One layer of a stacked bar, from the bottom up."""

    value: float
    colour: str
    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stacked bar; a computed one is hatched so that it is never taken for a published one."""

    key: Hashable
    label: str
    parts: tuple[Part, ...]
    total_text: str
    is_computed: bool = False


def stacked_bars(bars: Sequence[Bar], palette: Palette, size: Size) -> Chart:
    """Return bars over an axis from zero, their total printed above, their label below."""
    width, height = size
    top, base = 16.0, height - 18.0
    ticks = axis_ticks(max([sum(max(0.0, p.value) for p in b.parts) for b in bars], default=0))
    left = max(30.0, 10 + 5.6 * len(french.number(round(ticks[-1]))))
    scale = (base - top) / ticks[-1]
    marks = value_axis(ticks, left, width, base, top, palette)
    regions = []
    room = (width - left) / max(1, len(bars))
    thickness = min(36.0, room * 0.66)
    for place, each in enumerate(bars):
        x = left + room * place + (room - thickness) / 2
        y, drawn = _stack(each, x, base, thickness, scale, palette)
        centre = x + thickness / 2
        marks += drawn
        marks.append(Label(centre, y - 4, each.total_text, 9.5, palette.text, "middle", face="semibold"))
        marks.append(Label(centre, base + 13, each.label, 9, palette.secondary, "middle"))
        regions.append(Region(each.key, rect(x, y, thickness, base - y), _bar_said(each)))
    return Chart(*size, tuple(marks), tuple(regions), " ; ".join(r.label for r in regions) or "Aucune année")


def _stack(
    each: Bar, x: float, base: float, thickness: float, scale: float, palette: Palette
) -> tuple[float, list[Shape]]:
    marks: list[Shape] = []
    y = base
    for index, part in enumerate(each.parts):
        tall = max(0.0, part.value) * scale
        y -= tall
        colour = palette.colour(part.colour)
        if tall <= 0:
            continue
        if each.is_computed and index == 0:
            marks += hatched(x, y, thickness, tall, colour)
        elif each.is_computed:
            marks.append(Shape(rect(x, y, thickness, tall), palette.panel, colour, 1.5))
        else:
            marks.append(Shape(rect(x, y, thickness, tall), colour))
            marks += [line(x, y, x + thickness, y, palette.panel)] if index < len(each.parts) - 1 else []
    return y, marks


def _bar_said(each: Bar) -> str:
    parts = ", ".join(f"{p.name} {p.value:.0f}" for p in each.parts)
    return f"{each.label} : {each.total_text} ({parts})"


def authority_colours(sources: Sequence[SourceFigure]) -> tuple[str, str]:
    """Return the colours of dues and subsidies: those of the local authorities' two branches, or defaults."""
    branch = [f for f in sources if len(f.path) == 2 and f.path[0].startswith("Collectivité")]
    found = [f.colour for f in branch][:2]
    return (found[0], found[1]) if len(found) == 2 else ("#4a8f8a", "#86bab5")


def authority_bars(
    shares: Sequence[AuthorityShare], sources: Sequence[SourceFigure], palette: Palette, size: Size
) -> Chart:
    """Return the share of the local authorities by year; a region's key is ``(year, is_published)``."""
    dues, subsidies = authority_colours(sources)
    published = {share.year for share in shares if share.is_published}
    bars = [
        Bar(
            (share.year, share.is_published),
            str(share.year) if share.is_published or share.year not in published else "calculé",
            (
                Part(share.dues / 100, dues, "adhésions"),
                Part(share.subsidies / 100, subsidies, "subventions"),
            ),
            french.percent(share.total, 10_000),
            is_computed=not share.is_published,
        )
        for share in shares
    ]
    return stacked_bars(bars, palette, size)


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A forecast beside what came true, in cents."""

    key: Hashable
    name: str
    forecast: int
    actual: int
    colour: str


def forecast_bars(rows: Sequence[ForecastRow], palette: Palette, size: Size) -> Chart:
    """Return one pair of bars a row, rows of equal height: forecast outlined above, actual filled below."""
    width, height = size
    room = height / max(1, len(rows))
    largest = max([max(row.forecast, row.actual) for row in rows], default=0) or 1
    marks: Marks = []
    regions = []
    for index, row in enumerate(rows):
        top, colour = room * index, palette.colour(row.colour)
        y = top + room / 2 - 9.5
        if row.forecast > 0:
            outline = rect(0.75, y, max(1.0, (width - 1.5) * row.forecast / largest), 8)
            marks.append(Shape(outline, palette.panel, colour, 1.5))
        if row.actual > 0:
            marks.append(Shape(rect(0, y + 10.5, max(1.0, width * row.actual / largest), 9), colour))
        said = f"{row.name} : prévu {french.amount(row.forecast)}, réalisé {french.amount(row.actual)}"
        regions.append(Region(row.key, rect(0, top, width, room), said))
    return Chart(*size, tuple(marks), tuple(regions), " ; ".join(r.label for r in regions) or "Aucune ligne")


def bar(value: int, largest: int, colour: str, palette: Palette, size: Size) -> Chart:
    """Return one horizontal bar for a table's cell; nothing is drawn for zero or less."""
    share = value / largest if largest > 0 else 0.0
    length = max(0.6, size[0] * min(1.0, share)) if share > 0 else 0.0
    marks = (Shape(rect(0, 0, length, size[1]), palette.colour(colour)),) if length else ()
    return Chart(*size, marks, (), french.amount(value))
