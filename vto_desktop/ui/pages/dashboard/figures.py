"""The dashboard as charts and lists: income by source, forecast and actual, authorities by year."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.reports import charts
from vto_desktop.services.figures import AuthorityShare, FinanceSummary, SourceFigure
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.charts import Region, SvgView
from vto_desktop.ui.kit.figure_rows import Bars, FigureColumn, FigureRow, FigureRows, Legend
from vto_desktop.ui.kit.panel import Panel, label

Open = Callable[[str], object]
SEPARATOR: Final = "\x1f"
"""Joins the path of a source, or a year and whether it is published, into the key of a line or a part."""


def palette() -> charts.Palette:
    """Return the colours of charts in the palette in force."""
    return charts.DARK if theme.current().name == "dark" else charts.LIGHT


def path_key(path: tuple[str, ...]) -> str:
    """Return the key of a source."""
    return SEPARATOR.join(path)


def _show(view: SvgView, chart: charts.Chart, key: Callable[[object], str]) -> None:
    regions = [Region(key(region.key), region.label, region.points) for region in chart.regions]
    view.show_svg(chart.svg(), chart.description, regions)


class SourcesPanel(Panel):
    """The donut of income by source, and its table in the same order and colours."""

    def __init__(self, open_: Open, parent: QWidget | None = None) -> None:
        super().__init__("Ressources par source", parent=parent)
        self.chart = SvgView()
        self.chart.setFixedWidth(theme.px(176))
        self.chart.setMinimumHeight(theme.px(176))
        self.chart.clicked.connect(open_)
        columns = (FigureColumn("", right=False), FigureColumn("", 80), FigureColumn("", 46))
        self.rows = FigureRows(columns, row=26, heading=False, rules=False)
        self.rows.clicked.connect(open_)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self.chart)
        row.addWidget(self.rows, 1)
        self.content.addLayout(row, 1)

    def show_summary(self, found: FinanceSummary) -> None:
        """Show the sources of a fiscal year."""
        total, caption = french.amount(found.income_total), f"Ressources {found.year}"
        _show(self.chart, charts.donut(found.sources, total, caption, palette(), (174, 174)), _path_of)
        lines = [_source_line(source, found.income_total) for source in found.sources]
        self.rows.show_rows(lines, found.sentence)


def _path_of(key: object) -> str:
    return path_key(key) if isinstance(key, tuple) else str(key)


def _source_line(source: SourceFigure, whole: int) -> FigureRow:
    depth = len(source.path) - 1
    return FigureRow(
        path_key(source.path),
        (source.path[-1], french.amount(source.amount), french.percent(source.amount, whole)),
        colour=palette().colour(source.colour) if source.is_leaf else "",
        indent=1 if source.is_leaf and depth else 0 if source.is_leaf else 2,
        bold=depth == 0,
    )


class ForecastPanel(Panel):
    """Forecast and actual income by source: two bars a line, their figures, the gap."""

    def __init__(self, open_: Open, parent: QWidget | None = None) -> None:
        super().__init__("Ressources\u00a0: prévu et réalisé", parent=parent)
        columns = (
            FigureColumn("Source", 108, right=False),
            FigureColumn("", right=False),
            FigureColumn("Prévu", 100, muted=True),
            FigureColumn("Réalisé", 100),
            FigureColumn("Écart", 106),
        )
        self.legend = Legend()
        self.header_widget(self.legend)
        self.rows = FigureRows(columns, row=31)
        self.rows.clicked.connect(open_)
        self.add(self.rows)
        self.content.addStretch(1)

    def show_summary(self, found: FinanceSummary) -> None:
        """Show the sources beside what the budget foresaw."""
        chosen = [s for s in found.sources if _stands_alone(s, found.sources)]
        whole = max([max(s.forecast, s.amount) for s in chosen], default=0)
        lines = [_forecast_line(source, whole) for source in chosen]
        gap = found.income_total - found.income_forecast
        total = tuple(map(french.amount, (found.income_forecast, found.income_total)))
        signed = french.amount(gap, signed=True)
        lines.append(FigureRow(SEPARATOR, ("Total", "", *total, signed), bold=True))
        self.legend.show_parts([("", "Prévu"), (theme.current().secondary, "Réalisé")])
        self.set_caption("" if found.budget_name else "Aucun budget pour cet exercice")
        self.rows.show_rows(lines, "Ressources prévues et réalisées par source")


def _stands_alone(source: SourceFigure, sources: tuple[SourceFigure, ...]) -> bool:
    """Return whether a source has its own line: a branch of two parts is one, a larger one is not."""
    root = source.path[:1]
    parts = sum(1 for each in sources if len(each.path) == 2 and each.path[:1] == root)
    return len(source.path) == (2 if parts > 2 else 1)


def _forecast_line(source: SourceFigure, whole: int) -> FigureRow:
    bars = Bars(source.forecast, source.amount, whole, palette().colour(source.colour))
    gap = french.amount(source.amount - source.forecast, signed=True)
    cells = (source.path[-1], bars, french.amount(source.forecast), french.amount(source.amount), gap)
    return FigureRow(path_key(source.path), cells)


class AuthoritiesPanel(Panel):
    """The share of the local authorities by year: published years filled, the computed one hatched."""

    def __init__(self, open_: Open, parent: QWidget | None = None) -> None:
        super().__init__("Part des collectivités", parent=parent)
        self.chart = SvgView()
        self.chart.setMinimumSize(theme.px(170), theme.px(120))
        self.chart.clicked.connect(open_)
        self.legend = Legend()
        self.header_widget(self.legend)
        columns = (
            FigureColumn("Année", right=False),
            FigureColumn("Adh.", 40),
            FigureColumn("Sub.", 40),
            FigureColumn("Total", 52, bold=True),
        )
        self.rows = FigureRows(columns, row=27)
        self.rows.setFixedWidth(theme.px(196))
        self.rows.clicked.connect(open_)
        left = QVBoxLayout()
        left.setSpacing(theme.px(4))
        left.addWidget(self.chart, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addLayout(left, 1)
        row.addWidget(self.rows)
        self.content.addLayout(row, 1)
        self.note = label("", "caption", wrap=True)
        self.add(self.note)

    def show_summary(self, found: FinanceSummary) -> None:
        """Show the series of published shares and the computed one."""
        shares = found.authority_shares
        chart = charts.authority_bars(shares, found.sources, palette(), (214, 136))
        _show(self.chart, chart, _year_of)
        published = {share.year for share in shares if share.is_published}
        self.rows.show_rows([_share_line(s, published) for s in shares], found.authority_sentence)
        dues, subsidies = (palette().colour(c) for c in charts.authority_colours(found.sources))
        self.legend.show_parts([(dues, "Adhésions"), (subsidies, "Subventions")])
        source = (
            "En % des ressources. Années pleines\u00a0: chiffres publiés. Calculé "
            "(hachuré)\u00a0: ce dossier."
        )
        self.note.setText(source)


def _year_of(key: object) -> str:
    year, published = key if isinstance(key, tuple) else (key, True)
    return f"{year}{SEPARATOR}{'publié' if published else 'calculé'}"


def _share_line(share: AuthorityShare, published: set[int]) -> FigureRow:
    name = str(share.year) if share.is_published or share.year not in published else "Calculé"
    parts = (str(french.rounded(part, 100)) for part in (share.dues, share.subsidies))
    total = french.percent(share.total, 10_000)
    return FigureRow(_year_of((share.year, share.is_published)), (name, *parts, total))
