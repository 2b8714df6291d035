"""Money expected and received, cumulated day by day."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vto_desktop import french
from vto_desktop.reports.charts.drawing import (
    Anchor,
    Chart,
    Label,
    Palette,
    Point,
    Region,
    Shape,
    Size,
    axis_ticks,
    line,
    rect,
    value_axis,
)


@dataclass(frozen=True, slots=True)
class Step:
    """An instalment expected or a receipt: the day, its amount in cents, and what a click opens."""

    key: Hashable
    on: date
    amount: int


def cash_curve(
    expected: Sequence[Step], received: Sequence[Step], today: date | None, palette: Palette, size: Size
) -> Chart:
    """Return cumulative steps: expected dashed, received solid up to today, which a vertical line marks.

    Without ``today`` (a convention long ended) both lines run to the last step and nothing marks the day.
    """
    width, height = size
    left, top, right, base = 52.0, 14.0, width - 8.0, height - 20.0
    days = [step.on for step in (*expected, *received)] + ([today] if today else [])
    first, last = min(days) - timedelta(days=15), max(days) + timedelta(days=15)
    ticks = axis_ticks(max(sum(s.amount for s in expected), sum(s.amount for s in received)) / 100)
    scale = (base - top) / ticks[-1] / 100

    def across(day: date) -> float:
        return left + (right - left) * (day - first).days / max(1, (last - first).days)

    def up(cents: int) -> float:
        return base - cents * scale

    marks = value_axis(ticks, left, right, base, top, palette)
    marks += [
        Label(across(day), base + 14, f"{day:%m/%Y}", 9, palette.secondary, "middle")
        for day in _months(first, last)
    ]
    now = across(today) if today else right
    if today:
        marks += [line(now, top, now, base, palette.today), _today(now, left, right, top, palette)]
    owed, owed_regions = _steps(expected, left, right, across, up)
    paid, paid_regions = _steps(received, left, now, across, up)
    marks.append(Shape(owed, stroke=palette.expected, width=1.5, dash=(5, 4), is_closed=False))
    marks.append(Shape(paid, stroke=palette.received, width=2, is_closed=False))
    said = f"Attendu {french.amount(sum(s.amount for s in expected))}"
    said += f", reçu {french.amount(sum(s.amount for s in received))}"
    return Chart(*size, tuple(marks), (*owed_regions, *paid_regions), said)


def _today(now: float, left: float, right: float, top: float, palette: Palette) -> Label:
    """Return the word beside the line of today, on whichever side it fits."""
    is_late = now > (left + right) / 2
    side: Anchor = "end" if is_late else "start"
    return Label(now + (-4 if is_late else 4), top - 4, "aujourd’hui", 9, palette.today, side)


def _steps(
    steps: Sequence[Step],
    start: float,
    end: float,
    across: Callable[[date], float],
    up: Callable[[int], float],
) -> tuple[tuple[Point, ...], list[Region]]:
    points: list[Point] = [(start, up(0))]
    regions = []
    total = 0
    for step in sorted(steps, key=lambda s: s.on):
        x, before = across(step.on), up(total)
        total += step.amount
        points += [(x, before), (x, up(total))]
        said = f"{french.short_date(step.on)} : {french.amount(step.amount)}, cumul {french.amount(total)}"
        regions.append(
            Region(step.key, rect(x - 5, min(before, up(total)) - 5, 10, abs(before - up(total)) + 10), said)
        )
    points.append((max(end, points[-1][0]), up(total)))
    return tuple(points), regions


def _months(first: date, last: date) -> list[date]:
    """Return at most six first days of a month, evenly spaced."""
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    every = -(-len(months) // 6) or 1
    return months[::every]
