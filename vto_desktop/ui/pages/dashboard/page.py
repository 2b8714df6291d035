"""The page of the dashboard: six cards, what is to be done, charts with their tables."""

from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import Base
from vto_desktop.services import dashboard
from vto_desktop.services.figures import Dashboard, ToDo
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.cards import Card
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.panel import scrolled
from vto_desktop.ui.pages.dashboard.figures import (
    SEPARATOR,
    AuthoritiesPanel,
    ForecastPanel,
    SourcesPanel,
)
from vto_desktop.ui.pages.dashboard.todo import ToDoPanel

if TYPE_CHECKING:
    from vto_desktop.ui.pages.dashboard.behind import Behind

CARDS: Final = (
    ("income", "Ressources"),
    ("expenses", "Dépenses"),
    ("result", "Résultat"),
    ("members", "Adhérents à jour"),
    ("running", "Conventions en cours"),
    ("to_receive", "Reste à encaisser"),
)

COUNTED: Final = "Les adhérents et les conventions en cours sont ceux du {}, le reste est d’aujourd’hui."
NARROW: Final = 1080
"""Width of the page, in pixels of the mocks, below which it takes one column."""


class DashboardPage(Page):
    """What is the state, what must I do, why that figure."""

    title = "Tableau de bord"
    icon = "layout-dashboard"
    shows = frozenset(Base.metadata.tables)

    export_asked = Signal(object, str)
    """A table behind a figure, to export, and its title."""
    print_asked = Signal()

    def build(self) -> None:
        self._narrow: bool | None = None
        self.primary("Imprimer la synthèse…", "printer", self._print, keys="Ctrl+P", writes=False)
        self.day = ChipLabel(Chip(""), icon="calendar")
        self.title_row.insertWidget(1, self.day)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addLayout(self._cards())
        self.to_do = ToDoPanel(self._act)
        self.sources = SourcesPanel(self._open_source)
        self.forecast = ForecastPanel(self._open_source)
        self.authorities = AuthoritiesPanel(self._open_share)
        self._panels = QGridLayout()
        self._panels.setSpacing(theme.px(16))
        column.addLayout(self._panels, 1)
        self._arrange()
        self.content.addWidget(scrolled(inside), 1)
        theme.look().changed.connect(self._redraw)

    def _cards(self) -> QGridLayout:
        self._card_grid = QGridLayout()
        self._card_grid.setSpacing(theme.px(16))
        self.cards = {key: Card(name) for key, name in CARDS}
        for key, card in self.cards.items():
            card.clicked.connect(partial(self.open_figure, key))
        return self._card_grid

    def _arrange(self) -> None:
        """Lay cards and panels out for the room there is: a narrow window has them one below the other."""
        narrow = self.room < theme.px(NARROW)
        if narrow is self._narrow:
            return
        self._narrow = narrow
        for place, card in enumerate(self.cards.values()):
            columns = 3 if narrow else 6
            self._card_grid.addWidget(card, place // columns, place % columns)
        for place, panel in enumerate((self.to_do, self.sources, self.forecast, self.authorities)):
            self._panels.addWidget(panel, place if narrow else place // 2, 0 if narrow else place % 2)
        for place in (0, 1):
            self._panels.setRowStretch(place, 0 if narrow else 1)
            self._panels.setColumnStretch(place, 1 - place if narrow else (56, 44)[place])

    def fit(self, room: int) -> None:
        super().fit(room)
        self._arrange()

    # --- showing ---------------------------------------------------------------------------------

    def today(self) -> date:
        """Return the day of the user's own calendar."""
        return date.today()  # noqa: DTZ011 - the user's own calendar

    def refresh(self) -> None:
        self.set_title(f"{self.title} {self.workspace.year}")
        with self.workspace.read() as session:
            found = dashboard.dashboard(session, self.workspace.year, self.today())
        self._found = found
        self._show_day(found)
        self._show_cards(found)
        self.to_do.show_items(found.to_do)
        self._show_charts()

    def _show_charts(self) -> None:
        for panel in (self.sources, self.forecast, self.authorities):
            panel.show_summary(self._found.finance)

    def _redraw(self) -> None:
        if hasattr(self, "_found"):
            self._show_charts()

    def _show_day(self, found: Dashboard) -> None:
        """Say on which day figures are taken that are not today's."""
        day, ended = french.short_date(found.counted_on), found.shown_on != self.today()
        self.day.set_chip(Chip(f"Chiffres au {day}" if ended else f"En partie au {day}"))
        self.day.setToolTip(dashboard.ENDED if ended else COUNTED.format(day))
        self.day.setMinimumWidth(self.day.sizeHint().width())
        self.day.setVisible(found.counted_on != self.today())

    def _show_cards(self, found: Dashboard) -> None:
        finance, cards = found.finance, self.cards
        planned = (
            f"budget {french.amount(finance.income_forecast)}" if finance.budget_name else "aucun budget"
        )
        cards["income"].show_figure(french.amount(finance.income_total), planned)
        spent = found.expense_change or f"budget {french.amount(finance.expense_forecast)}"
        cards["expenses"].show_figure(french.amount(finance.expense_total), spent)
        kind = "excédent" if finance.result >= 0 else "déficit"
        cards["result"].show_figure(french.amount(finance.result, signed=True), f"{kind} de l’exercice")
        cards["members"].show_figure(
            f"{found.members_up_to_date}\u202f/\u202f{found.members}", _dues_note(found)
        )
        share = f"{french.amount(found.conventions_share)} pour {finance.year}"
        cards["running"].show_figure(str(found.conventions_running), share)
        late = f"dont {french.amount(found.late)} en retard" if found.late else "rien en retard"
        role = "problem" if found.late else "caption"
        cards["to_receive"].show_figure(french.amount(found.still_to_receive), late, role)

    # --- opening ---------------------------------------------------------------------------------

    @cached_property
    def behind(self) -> "Behind":
        """What opens the rows behind a figure: its lists are imported with the first click."""
        from vto_desktop.ui.pages.dashboard.behind import Behind

        return Behind(self.workspace, self)

    def open_figure(self, key: str) -> None:
        """Open the rows behind a card."""
        if self.workspace.dossier is None:
            return
        dated = {
            "members": self.behind.members,
            "running": self.behind.running,
            "to_receive": self.behind.to_receive,
        }
        plain = {"income": self.behind.income, "expenses": self.behind.expenses, "result": self.behind.result}
        if key in dated:
            dated[key](self.today())
        else:
            plain[key]()

    def _open_source(self, key: str) -> None:
        self.behind.source(tuple(part for part in key.split(SEPARATOR) if part))

    def _open_share(self, key: str) -> None:
        year, kind = key.split(SEPARATOR)
        self.behind.share(int(year), published=kind == "publié")

    def _act(self, item: ToDo) -> None:
        self.workspace.open_row(item.table, item.row_id)

    def _print(self) -> None:
        self.print_asked.emit()


def _dues_note(found: Dashboard) -> str:
    if not found.dues_called:
        return "aucune cotisation appelée"
    return f"reste {french.amount(found.dues_left)} à régler" if found.dues_left else "tout est réglé"
