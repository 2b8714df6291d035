"""The page of the budget: the balance and the two sides, the lines of a version, the entries of the year."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QComboBox, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Budget, BudgetLine, Entry, FiscalYear
from vto_desktop.services import execution
from vto_desktop.ui.forms import export
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.page import GAP, Page
from vto_desktop.ui.kit.panel import Banner, label, scrolled
from vto_desktop.ui.pages.budget.acts import Acts
from vto_desktop.ui.pages.budget.balance import Balance
from vto_desktop.ui.pages.budget.behind import show_actual, show_forecast
from vto_desktop.ui.pages.budget.entries import EntriesList
from vto_desktop.ui.pages.budget.lines import LinesList
from vto_desktop.ui.pages.budget.sides import Behind, Side

__all__ = ["BudgetPage"]

OVERVIEW, LINES, ENTRIES = range(3)
WIDE = 900
"""From this width on (pixels of the mocks) charges and produits stand side by side."""


class BudgetPage(Page):
    """« Budget », « Lignes », « Écritures » of one fiscal year and one version of its budget."""

    title, icon = "Budget", "scale"
    shows = frozenset({"budget", "budget_line", "entry", "fiscal_year", "account", "action"}) | {
        "receipt", "instalment", "convention", "dues", "funding_source",
    }  # fmt: skip
    opens = frozenset({"budget", "budget_line", "entry"})

    def build(self) -> None:
        self.acts = Acts(self.workspace, self)
        self._year_id: int | None = None
        self._chosen: dict[int, int] = {}  # fiscal year → version looked at
        self.closed = Banner(parent=self)
        self.content.addWidget(self.closed)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for title in ("Budget", "Lignes", "Écritures"):
            self.tabs.addTab(title)
        self.content.addWidget(self.tabs)
        self.lines, self.entries = LinesList(self.workspace), EntriesList(self.workspace)
        self.stack = QStackedWidget()
        for part in (self._overview(), self.lines, self.entries):
            self.stack.addWidget(part)
        self.content.addWidget(self.stack, 1)
        self._add_actions()
        self._connect()

    def _overview(self) -> QWidget:
        self.balance = Balance()
        self.expenses = Side(
            "Charges", "86 Emplois des contributions volontaires en nature", favours_less=True
        )
        self.income = Side("Produits", "87 Contributions volontaires en nature", favours_less=False)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(theme.px(GAP))
        self._sides.addWidget(self.expenses, 1)
        self._sides.addWidget(self.income, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(GAP))
        column.addWidget(self.balance)
        column.addLayout(self._sides, 1)
        return scrolled(whole)

    def fit(self, room: int) -> None:
        """Put the two sides one above the other where they would be too narrow to read."""
        super().fit(room)
        wide = room >= theme.px(WIDE)
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        for side in (self.expenses, self.income):
            side.setMinimumHeight(theme.px(240 if wide else 340))
        self.version_caption.setVisible(wide)

    def _add_actions(self) -> None:
        self.action("Exporter…", self.export, icon="download")
        self.more = self.action("", self._open_menu, icon="ellipsis")
        self.more.setAccessibleName("Versions du budget")
        self.more.setToolTip("Versions du budget")
        self.more.setFixedWidth(theme.px(42))
        self.version = QComboBox()
        self.version.setAccessibleName("Version du budget")
        self.version.setMinimumWidth(theme.px(140))
        self.version.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.version_caption = label("Version", "caption")
        self.version_caption.setBuddy(self.version)
        self._actions.insertWidget(0, self.version_caption)
        self._actions.insertWidget(1, self.version)
        self.new_line_button = self.primary("Nouvelle ligne", "plus", self.new_line)
        self.new_entry_button = self.primary("Nouvelle écriture", "plus", self.acts.new_entry)
        self._show_tab(OVERVIEW)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.version.activated.connect(self._choose)
        self.acts.lines.attach(self.lines.table)
        self.acts.entries.attach(self.entries.table)
        self.lines.table.export_asked.connect(self.export)
        self.entries.table.export_asked.connect(self.export)
        for side in (self.expenses, self.income):
            side.opened.connect(self.show_behind)
            side.line_asked.connect(self.new_line)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._step_tab(step))

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        year = self.workspace.year
        self.set_title(f"Budget {year}")
        with self.workspace.read() as session:
            kept = session.scalars(select(FiscalYear).where(FiscalYear.year == year)).first()
            self._year_id = kept.id if kept else None
            versions = session.execute(
                select(Budget.id, Budget.name)
                .where(Budget.fiscal_year_id == self._year_id)
                .order_by(Budget.position, Budget.id)
            ).all()
            self._show_versions(versions)
            closed = kept.closed_on if kept else None
            words = f"L’exercice {year} est clos depuis le {french.short_date(closed)}, plus rien n’y change."
            self.closed.tell(words if closed else "", "info")
            found = execution.execution(session, year, budget_id=self.budget_id)
        self.balance.show_execution(found)
        self.expenses.show_classes(found.expenses, found.in_kind_used)
        self.income.show_classes(found.income, found.in_kind_given)
        self.lines.show_budget(self.budget_id)

    def _show_versions(self, versions: Sequence[tuple[int, str]]) -> None:
        ids = [row_id for row_id, _name in versions]
        wanted = self._chosen.get(self.workspace.year)
        with QSignalBlocker(self.version):
            self.version.clear()
            for row_id, name in versions:
                self.version.addItem(name, row_id)
            if ids:
                self.version.setCurrentIndex(ids.index(wanted) if wanted in ids else len(ids) - 1)
            else:
                self.version.addItem("Aucune version")
        self.version.setEnabled(bool(ids))

    @property
    def budget_id(self) -> int | None:
        """The version looked at."""
        found = self.version.currentData()
        return int(found) if found is not None else None

    def _choose(self, _place: int) -> None:
        if self.budget_id is not None:
            self._chosen[self.workspace.year] = self.budget_id
        self.refresh_now()

    def _show_tab(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.new_line_button.setVisible(place != ENTRIES)
        self.new_entry_button.setVisible(place == ENTRIES)

    def _step_tab(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
        part = self.stack.currentWidget()
        (part.table if isinstance(part, ListPage) else self.expenses.tree).setFocus()

    def show_row(self, table: str, row_id: int) -> None:
        """Show a line, an entry or a version, in its year."""
        with self.workspace.read() as session:
            line = session.get(BudgetLine, row_id) if table == "budget_line" else None
            budget = session.get(Budget, line.budget_id if line else row_id) if table != "entry" else None
            entry = session.get(Entry, row_id) if table == "entry" else None
            owner = budget or entry
            year = session.get(FiscalYear, owner.fiscal_year_id) if owner else None
        if year is None:
            return
        self.workspace.year = year.year
        if budget is not None:
            self._chosen[year.year] = budget.id
        self.refresh_now()
        self.tabs.setCurrentIndex({"budget_line": LINES, "entry": ENTRIES}.get(table, OVERVIEW))
        if table in ("budget_line", "entry"):
            (self.lines if table == "budget_line" else self.entries).open_item(row_id)

    def open_item(self, identifier: int) -> None:
        self.show_row("budget_line", identifier)

    def views(self) -> Iterable[tuple[str, Callable[[], object]]]:
        """Return the other tabs, then the first one again."""
        return (
            ("lignes", lambda: self.tabs.setCurrentIndex(LINES)),
            ("ecritures", lambda: self.tabs.setCurrentIndex(ENTRIES)),
            ("", lambda: self.tabs.setCurrentIndex(OVERVIEW)),
        )

    def forms(self) -> Iterable[Callable[[], object]]:
        """Return what opens the forms, and the rows behind the first amount."""
        behind = self.expenses.behind(0) if self.expenses.tree.model().rowCount() else None
        opened = [lambda: self.show_behind(behind, "actual")] if behind else []
        return (self.new_line, self.acts.new_entry, self.new_version, *opened)

    def focus_filter(self) -> None:
        """Filter the lines; in the entries' tab, the entries."""
        if self.tabs.currentIndex() == OVERVIEW:
            self.tabs.setCurrentIndex(LINES)
        (self.lines if self.tabs.currentIndex() == LINES else self.entries).focus_filter()

    # --- acts ------------------------------------------------------------------------------------

    def new_line(self, account_code: str = "") -> None:
        """Add a line to the version looked at, on an account if one is given."""
        if self.budget_id is not None:
            self.acts.new_line(self.budget_id, account_code)
        else:
            self.new_version()

    def new_version(self) -> None:
        """Add a version of the budget, empty or copied."""
        if self._year_id is not None:
            self.acts.new_version(self._year_id)

    def show_behind(self, behind: Behind, column: str) -> None:
        """Open the rows behind an amount: budget lines behind a forecast, else what really happened."""
        if behind.line_ids and (column == "forecast" or not behind.axes):
            show_forecast(self, self.workspace, behind, self._show_behind_row)
        elif behind.axes:
            show_actual(self, self.workspace, behind, self._show_behind_row)

    def _show_behind_row(self, table: str, row_id: int) -> None:
        if table == "entry":
            self.acts.entries.edit(row_id)
        elif table == "budget_line":
            self.acts.lines.edit(row_id)
        else:
            self.workspace.open_row(table, row_id)

    def export(self) -> None:
        """Write the list shown to a file; from the overview, the lines of the version."""
        entries = self.tabs.currentIndex() == ENTRIES
        part = self.entries if entries else self.lines
        if part.is_stale:
            part.refresh_now()
        words = "Écritures" if entries else self.version.currentText()
        export.ask(self, self.workspace, part.table, f"{words} {self.workspace.year}")

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the menu of versions."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.budget_id
        acts: tuple[tuple[str, str, bool, Callable[[], object]], ...] = (
            ("Nouvelle version…", "plus", self._year_id is not None, self.new_version),
            ("Modifier la version…", "pencil", chosen is not None,
             lambda: self.acts.versions.edit(chosen or 0)),
            ("Supprimer la version", "trash-2", chosen is not None,
             lambda: self.acts.versions.delete([chosen or 0])),
        )  # fmt: skip
        for text, icon, enabled, slot in acts:
            made = menu.addAction(icons.icon(icon), text)
            made.setEnabled(enabled and not self.workspace.is_read_only)
            made.triggered.connect(lambda _checked=False, slot=slot: slot())
        return menu
