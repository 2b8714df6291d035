"""Income by source as a ring with the total in the middle."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

from vto_desktop import french
from vto_desktop.reports.charts.drawing import (
    Chart,
    Label,
    Marks,
    Palette,
    Point,
    Region,
    Shape,
    Size,
    line,
)
from vto_desktop.services.figures import SourceFigure

_LABELLED_FROM: Final = 0.08  # a smaller segment has no room for its share


def donut(
    figures: Sequence[SourceFigure], total_text: str, caption: str, palette: Palette, size: Size
) -> Chart:
    """Return income by source as a ring, clockwise from the top in printed order.

    A region's key is the source's path. What a source received beside its children is a segment of its own;
    sources at or below zero have none, since a share of less than nothing cannot be drawn. Printed shares are
    those of the whole income, as in the table.
    """
    slices = [(figure, own) for figure, own in _own_amounts(figures) if own > 0]
    drawn = sum(own for _, own in slices)
    whole = max(sum(f.amount for f in figures if len(f.path) == 1), 0) or drawn
    radius, middle = min(size) / 2, (size[0] / 2, size[1] / 2)
    ring = radius * 0.36
    marks: Marks = []
    regions: list[Region] = []
    if not slices:
        empty = _segment(middle, radius - 1, radius - ring + 1, 0, 1)
        marks.append(Shape(empty, fill=palette.grid))
    start = 0.0
    for figure, own in slices:
        share = own / drawn
        points = _segment(middle, radius, radius - ring, start, share)
        fill = palette.colour(figure.colour)
        marks.append(Shape(points, fill=fill))
        if share >= _LABELLED_FROM:
            x, y = _at(middle, radius - ring / 2, start + share / 2)
            text, height = french.percent(own, whole), max(9.0, ring * 0.29)
            marks.append(
                Label(x, y + height * 0.35, text, height, palette.on(fill), "middle", face="semibold")
            )
        regions.append(Region(figure.path, points, _said(figure.path[-1], own, whole)))
        start += share
    marks += _gaps(middle, radius, ring, [own / drawn for _, own in slices], palette.panel)
    marks += _centre(middle, radius - ring, total_text, caption, palette)
    said = " ; ".join(region.label for region in regions) or "aucune ressource"
    return Chart(*size, tuple(marks), tuple(regions), f"{caption} : {total_text}. {said}")


def _own_amounts(figures: Sequence[SourceFigure]) -> list[tuple[SourceFigure, int]]:
    below: dict[tuple[str, ...], int] = {}
    for figure in figures:
        below[figure.path[:-1]] = below.get(figure.path[:-1], 0) + figure.amount
    return [(figure, figure.amount - below.get(figure.path, 0)) for figure in figures]


def _said(name: str, part: int, whole: int) -> str:
    return f"{name} : {french.amount(part)}, {french.percent(part, whole)}"


def _at(middle: Point, radius: float, turn: float) -> Point:
    angle = 2 * pi * turn
    return middle[0] + radius * sin(angle), middle[1] - radius * cos(angle)


def _segment(middle: Point, outer: float, inner: float, start: float, share: float) -> tuple[Point, ...]:
    steps = max(2, round(share * 360))  # one degree: 0.004 pt from a true arc on paper
    turns = [start + share * i / steps for i in range(steps + 1)]
    return tuple([_at(middle, outer, t) for t in turns] + [_at(middle, inner, t) for t in reversed(turns)])


def _gaps(middle: Point, radius: float, ring: float, shares: list[float], colour: str) -> list[Shape]:
    if len(shares) < 2:
        return []
    gaps, start = [], 0.0
    for before, share in zip([shares[-1], *shares[:-1]], shares, strict=True):
        arc = min(before, share) * 2 * pi * (radius - ring / 2)
        (x1, y1), (x2, y2) = _at(middle, radius - ring - 1, start), _at(middle, radius + 1, start)
        gaps.append(line(x1, y1, x2, y2, colour, 2 if arc > 5 else 0.5))
        start += share
    return gaps


def _centre(middle: Point, room: float, total: str, caption: str, palette: Palette) -> list[Label]:
    size = min(room * 0.32, 1.55 * room / (0.58 * max(1, len(total))))
    small = min(max(7.0, size * 0.62), 1.5 * room / (0.52 * max(1, len(caption))))
    x, y = middle
    return [
        Label(x, y + size * 0.12, total, size, palette.text, "middle", face="semibold"),
        Label(x, y + size * 0.12 + small * 1.55, caption, small, palette.secondary, "middle"),
    ]
