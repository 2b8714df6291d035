"""A chart as a list of marks, written as SVG for the screen and drawn by ``paper`` as vectors in a PDF.

Coordinates are those of SVG and Qt: origin at the top left, y downwards, one unit = 1 px = 1 pt. ReportLab's
own graphics are not used: its import costs the dashboard a quarter of a second, and its SVG writer truncates
text positions and colours to whole numbers and never ends a dash.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from vto_desktop.french import clean, number

Point = tuple[float, float]
Size = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
Face = Literal["regular", "semibold", "bold", "italic"]

_WEIGHTS: Final = {"regular": 400, "semibold": 600, "bold": 700, "italic": 400}
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart; ``shown_as`` turns a source's stored colour into the one of a dark window."""

    panel: str
    text: str
    secondary: str
    line: str
    grid: str
    today: str
    expected: str
    received: str
    bar: str
    shown_as: Mapping[str, str] = field(default_factory=dict)

    def colour(self, stored: str) -> str:
        """Return the colour to draw for a stored ``#rrggbb``; anything else gives the neutral bar."""
        found = stored.strip().lower()
        return self.shown_as.get(found, found) if _HEX.fullmatch(found) else self.bar

    def on(self, fill: str) -> str:
        """Return black or white, whichever reads better on a fill."""
        return "#ffffff" if luminance(fill) < 0.2 else "#10202f"


LIGHT: Final = Palette(
    panel="#ffffff", text="#1b2430", secondary="#566273", line="#7b8796", grid="#e3e8ee", today="#a1262b",
    expected="#566273", received="#2f5d8c", bar="#5b6b7f",
)  # fmt: skip
PAPER: Final = LIGHT
DARK: Final = Palette(
    panel="#1f252d", text="#e6eaf0", secondary="#a4afbd", line="#78879a", grid="#323b46", today="#f3a19c",
    expected="#a4afbd", received="#8fb8e3", bar="#8b9bb0",
    shown_as={
        "#2f5d8c": "#6b9fd4", "#6f94bb": "#4d79a7", "#8a5a83": "#bb8bb3", "#4a8f8a": "#62b0a8",
        "#86bab5": "#3f7873", "#c98b3c": "#dda95d", "#c08335": "#dda95d", "#7b8796": "#8b9bb0",
    },
)  # fmt: skip


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG) of a ``#rrggbb``."""

    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon or an open line; no fill and no stroke means not drawn."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 1
    dash: tuple[float, ...] = ()
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """A text whose baseline starts, is centred or ends at a point."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: Anchor = "start"
    face: Face = "regular"


@dataclass(frozen=True, slots=True)
class Region:
    """What a click opens: the key given by the caller, its outline, and a sentence for the tooltip."""

    key: Hashable
    points: tuple[Point, ...]
    label: str

    def contains(self, x: float, y: float) -> bool:
        """Return whether a point lies inside the outline (even-odd rule)."""
        inside = False
        for (x1, y1), (x2, y2) in zip(self.points, self.points[1:] + self.points[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart: its size, its marks in painting order, its regions to click, itself in words."""

    width: float
    height: float
    marks: tuple[Shape | Label, ...]
    regions: tuple[Region, ...]
    description: str

    def region_at(self, x: float, y: float) -> Region | None:
        """Return the region under a point of the chart, or None."""
        return next((region for region in reversed(self.regions) if region.contains(x, y)), None)

    def svg(self, *, family: str = "Inter") -> bytes:
        """Return the chart as an SVG file for QSvgRenderer."""
        return to_svg(self, family=family)


Marks = list[Shape | Label]


def rect(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    """Return the corners of a rectangle, given its top left one."""
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, dash: tuple[float, ...] = ()
) -> Shape:
    """Return a straight line."""
    return Shape(((x1, y1), (x2, y2)), stroke=colour, width=width, dash=dash, is_closed=False)


def hatched(x: float, y: float, width: float, height: float, colour: str) -> list[Shape]:
    """Return a rectangle hatched at 45° inside an outline: computed here, not published."""
    marks = []
    right, bottom, offset = x + width, y + height, 2.5
    while offset < width + height:
        x1, y1 = right - min(offset, width), bottom - max(0.0, offset - width)
        x2, y2 = right - max(0.0, offset - height), bottom - min(offset, height)
        marks.append(line(x1, y1, x2, y2, colour, 1.6))
        offset += 5
    return [*marks, Shape(rect(x, y, width, height), stroke=colour, width=1.5)]


def axis_ticks(largest: float, *, wanted: int = 4) -> list[float]:
    """Return round marks from zero to at least ``largest``: steps of 1, 2, 2.5 or 5 times a power of ten."""
    step = 1.0
    while step * wanted < largest:
        step = next(
            (s for s in (step * 2, step * 2.5, step * 5) if s * wanted >= largest and s % 1 == 0), step * 10
        )
    ticks = [0.0, step]
    while ticks[-1] < largest:
        ticks.append(ticks[-1] + step)
    return ticks


def value_axis(
    ticks: list[float], left: float, right: float, base: float, top: float, palette: Palette
) -> Marks:
    """Return horizontal rules with their figures at the left, from ``base`` (zero) up to ``top``."""
    marks: Marks = []
    for tick in ticks:
        y = base - (base - top) * tick / ticks[-1]
        marks.append(line(left, y, right, y, palette.grid if tick else palette.line, 0.75))
        marks.append(Label(left - 6, y + 3.5, number(round(tick)), 9, palette.secondary, "end"))
    return marks


# --- SVG -----------------------------------------------------------------------------------------


def to_svg(chart: Chart, *, family: str = "Inter") -> bytes:
    """Return a chart as SVG 1.1: texts name the screen's font, nothing is loaded from outside."""
    body = "\n".join(_shape(m) if isinstance(m, Shape) else _label(m, family) for m in chart.marks)
    size = f'width="{_n(chart.width)}" height="{_n(chart.height)}"'
    view = f'viewBox="0 0 {_n(chart.width)} {_n(chart.height)}"'
    title = f"<title>{_safe(chart.description)}</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}>{title}\n{body}\n</svg>\n'.encode()


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


# ``html.escape`` brings a table of two thousand entities, which the first page would wait for.
_ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def _safe(text: str) -> str:
    return clean(text).translate(_ESCAPED)


def _shape(mark: Shape) -> str:
    tag = "polygon" if mark.is_closed else "polyline"
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
    dash = f' stroke-dasharray="{",".join(map(_n, mark.dash))}"' if mark.dash else ""
    stroke = f' stroke="{mark.stroke}" stroke-width="{_n(mark.width)}"{dash}' if mark.stroke else ""
    return f'<{tag} points="{points}" fill="{mark.fill or "none"}"{stroke}/>'


def _label(mark: Label, family: str) -> str:
    weight = _WEIGHTS[mark.face]
    return (
        f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-family="{family}" font-size="{_n(mark.size)}" '
        f'font-weight="{weight}" text-anchor="{mark.anchor}" fill="{mark.colour}">{_safe(mark.text)}</text>'
    )
