"""The charts of screen and paper, each drawn once; nothing here imports ReportLab or Qt.

Every function returns a Chart: ``chart.svg()`` for QSvgRenderer, ``chart.region_at(x, y)`` for a click or a
tooltip (``region.key``, ``region.label``), ``chart.regions`` for keyboard focus, ``chart.description`` for a
screen reader. Coordinates are those of the SVG: origin at the top left, y downwards. On the screen pass LIGHT
or DARK, on paper PAPER.

    charts.donut(summary.sources, "400 000 €", "Ressources 2021", charts.LIGHT, (184, 184))
    charts.authority_bars(summary.authority_shares, summary.sources, charts.DARK, (300, 150))
    charts.forecast_bars([ForecastRow(key, "DREETS", forecast, actual, colour)], charts.LIGHT, (280, 170))
    charts.cash_curve(expected, received, today, charts.LIGHT, (420, 180))  # sequences of Step
    charts.bar(value, largest, colour, charts.LIGHT, (120, 9))

Keys: the source's path (donut), ``(year, is_published)`` (authority bars), what the caller gave (the others).
"""

from vto_desktop.reports.charts.bars import (
    Bar,
    ForecastRow,
    Part,
    authority_bars,
    authority_colours,
    bar,
    forecast_bars,
    stacked_bars,
)
from vto_desktop.reports.charts.curve import Step, cash_curve
from vto_desktop.reports.charts.donut import donut
from vto_desktop.reports.charts.drawing import DARK, LIGHT, PAPER, Chart, Label, Palette, Region, Shape

__all__ = [
    "DARK", "LIGHT", "PAPER", "Bar", "Chart", "ForecastRow", "Label", "Palette", "Part", "Region", "Shape",
    "Step", "authority_bars", "authority_colours", "bar", "cash_curve", "donut", "forecast_bars",
    "stacked_bars",
]  # fmt: skip
