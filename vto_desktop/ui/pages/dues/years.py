"""« Comparer les années »: the dues of every fiscal year, as bars and as a table beside."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.reports import charts
from vto_desktop.services.figures_dues import YearOfDues
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.charts import Region, SvgView
from vto_desktop.ui.kit.figure_rows import FigureColumn, FigureRow, FigureRows, Legend
from vto_desktop.ui.kit.panel import Panel, button, label

PAID = "#4a8f8a"  # the colour of dues among the sources
LEFT = "#c08335"
COLUMNS = (
    FigureColumn("Exercice", right=False, bold=True),
    FigureColumn("Appels", 64),
    FigureColumn("Appelé", 100),
    FigureColumn("Encaissé", 100),
    FigureColumn("Reste dû", 100),
    FigureColumn("Taux", 64, bold=True),
)


class YearsDialog(QDialog):
    """One bar a year: what came, above it what is left; a click goes to the year."""

    opened = Signal(int)
    """A fiscal year to look at."""

    def __init__(self, years: Sequence[YearOfDues], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Cotisations par exercice")
        self.resize(theme.px(760), theme.px(480))
        self._years = tuple(years)
        self.chart = SvgView()
        self.chart.setMinimumHeight(theme.px(170))
        self.chart.clicked.connect(self._open)
        self.rows = FigureRows(COLUMNS, edge=12)
        self.rows.clicked.connect(self._open)
        self.legend = Legend()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.addWidget(label("Cotisations par exercice", "detailTitle"), 1)
        head.addWidget(self.legend)
        column.addLayout(head)
        column.addWidget(label("En euros, au jour d’aujourd’hui.", "caption"))
        column.addWidget(self.chart, 1)
        table = Panel(padded=False)
        table.add(self.rows)
        column.addWidget(table)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("&Fermer", self.accept, kind="primary"))
        column.addLayout(foot)
        self._show()
        self.rows.setFocus()
        theme.look().changed.connect(self._show)

    def _show(self) -> None:
        palette = charts.DARK if theme.current().name == "dark" else charts.LIGHT
        bars = [
            charts.Bar(
                each.year,
                str(each.year),
                (
                    charts.Part((each.called - each.due) / 100, PAID, "encaissé"),
                    charts.Part(each.due / 100, LEFT, "reste dû"),
                ),
                french.amount(each.called),
            )
            for each in self._years
        ]
        chart = charts.stacked_bars(bars, palette, (640, 190))
        regions = [Region(str(r.key), r.label, r.points) for r in chart.regions]
        self.chart.show_svg(chart.svg(), chart.description, regions)
        self.rows.show_rows([_line(each) for each in self._years], "Cotisations par exercice")
        self.legend.show_parts([(palette.colour(PAID), "Encaissé"), (palette.colour(LEFT), "Reste dû")])

    def _open(self, key: str) -> None:
        self.accept()
        self.opened.emit(int(key))


def _line(each: YearOfDues) -> FigureRow:
    amounts = (french.amount(n) for n in (each.called, each.received, each.due))
    rate = french.percent(each.called - each.due, each.called)
    return FigureRow(str(each.year), (str(each.year), french.number(each.count), *amounts, rate))
