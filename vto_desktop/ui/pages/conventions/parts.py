"""The instalments, receipts and amendments of a convention, each in its tab with its own acts."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.reconciling import Reconciled
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions.reading import ConventionView, state_chip

ROWS: Final = 6
INSTALMENTS: Final = (
    Column("label", "Tranche", width=108, bold=True),
    Column("due_on", "Échéance", "date", 100),
    Column("condition", "Condition", width=0, muted=True),
    Column("amount", "Montant", "amount", 92),
    Column("received", "Encaissé", "amount", 92),
    Column("progress", "Avancement", "bar", 96),
    Column("state", "État", "chip", 100),
)
RECEIPTS: Final = (
    Column("received_on", "Reçu le", "date", 100),
    Column("instalment", "Tranche", width=140),
    Column("means", "Moyen", width=100, muted=True),
    Column("reference", "Référence", width=0, muted=True),
    Column("amount", "Montant", "amount", 110),
)
AMENDMENTS: Final = (
    Column("number", "N°", "number", 56),
    Column("signed_on", "Signé le", "date", 100),
    Column("object", "Objet", width=0),
    Column("amount_change", "Montant", "amount", 110, signed=True),
    Column("new_ends_on", "Nouvelle fin", "date", 104),
)


class _Tab(QWidget):
    """A small table, its totals, and a sentence when it is empty."""

    def __init__(
        self, title: str, empty: str, columns: tuple[Column, ...], workspace: Workspace, name: str
    ) -> None:
        super().__init__()
        self.title = title
        self._sentence = empty
        self.table = Table(columns, name=name, settings=workspace.settings)
        self.table.can_export = False
        self.table.setAccessibleName(title)
        self._empty = label(empty, "secondary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(theme.px(72))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(8))
        rows.setSpacing(0)
        for widget in (self.table, self.table.totals, self._empty):
            rows.addWidget(widget)
        rows.addStretch(1)

    def fit(self) -> None:
        """Take the height of the rows; none leaves the sentence alone."""
        has_rows = bool(self.table.rows.rowCount())
        self.table.fit_height(ROWS)
        self.table.setVisible(has_rows)
        self._empty.setVisible(not has_rows)


class PartsPanel(QFrame):
    """Tabs « Tranches », « Encaissements », « Avenants »; the buttons at right are those of the tab."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.instalments = _Tab(
            "Tranches",
            "Aucune tranche. «\u00a0Nouvelle tranche\u00a0» (Ctrl+N) ajoute la première.",
            INSTALMENTS,
            workspace,
            "ConventionInstalments",
        )
        self.receipts = _Tab(
            "Encaissements",
            "Rien n’est encore encaissé. «\u00a0Encaisser…\u00a0» propose ce qui reste d’une tranche.",
            RECEIPTS,
            workspace,
            "ConventionReceipts",
        )
        self.amendments = _Tab(
            "Avenants",
            "Aucun avenant. «\u00a0Nouvel avenant\u00a0» ajoute un changement à la convention signée.",
            AMENDMENTS,
            workspace,
            "ConventionAmendments",
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self._all: Final = (self.instalments, self.receipts, self.amendments)
        for tab in self._all:
            self.tabs.addTab(tab, tab.title)
        self._buttons: list[tuple[_Tab, QPushButton]] = []
        self._corner = QWidget()
        self._row = QHBoxLayout(self._corner)
        self._row.setContentsMargins(0, theme.px(4), theme.px(12), theme.px(4))
        self.tabs.setCornerWidget(self._corner)
        self.tabs.currentChanged.connect(lambda _place: self._show_buttons())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, theme.px(4), 1, 1)
        outer.addWidget(self.tabs)

    def action(self, tab: _Tab, text: str, slot: Callable[[], object], *, icon: str = "") -> QPushButton:
        """Offer an act while a tab is shown."""
        made = button(text, slot, icon=icon, kind="small")
        self._row.addWidget(made)
        self._buttons.append((tab, made))
        self._show_buttons()
        return made

    def _show_buttons(self) -> None:
        for tab, made in self._buttons:
            made.setVisible(tab is self.tabs.currentWidget())

    def show_view(self, view: ConventionView) -> None:
        """Show a convention."""
        self._show_instalments(view)
        self.receipts.table.show_rows(
            (each.id, each.received_on, view.labels.get(each.instalment_id or 0, ""), each.means,
             each.reference, each.amount)
            for each in view.receipts
        )  # fmt: skip
        total = {"received_on": "Total", "amount": french.amount(sum(each.amount for each in view.receipts))}
        self.receipts.table.totals.show_texts(total if view.receipts else {})
        self.amendments.table.show_rows(
            (each.id, each.number, each.signed_on, each.object, each.amount_change, each.new_ends_on)
            for each in view.row.amendments
        )
        for place, tab in enumerate(self._all):
            tab.fit()
            self.tabs.setTabText(place, f"{tab.title}  {tab.table.rows.rowCount()}")

    def _show_instalments(self, view: ConventionView) -> None:
        table = self.instalments.table
        table.show_rows(
            (
                each.instalment_id,
                each.label,
                each.due_on,
                view.conditions.get(each.instalment_id, ""),
                each.amount,
                each.received,
                (each.received, each.amount),
                state_chip(each.state),
            )
            for each in view.instalments
        )
        if not view.instalments:
            table.totals.show_texts({})
            return
        found = Reconciled(sum(each.amount for each in view.instalments), view.awarded)
        texts = {
            "label": "Total",
            "condition": f"✓ {found.words}" if found.is_equal else found.words,
            "amount": french.amount(found.total),
            "received": french.amount(view.received),
            "progress": french.percent(view.received, found.total, decimals=1),
            "state": french.amount(view.late) if view.late else "",
        }
        table.totals.show_texts(texts, {"condition": found.role, "state": "danger"})

    def pick(self, table: str, row_id: int) -> bool:
        """Show a row in its tab; return whether it is one of these."""
        places = {"instalment": 0, "receipt": 1, "amendment": 2}
        if table not in places:
            return False
        self.tabs.setCurrentIndex(places[table])
        shown = self._all[places[table]].table
        shown.setFocus()
        return shown.pick(row_id)
