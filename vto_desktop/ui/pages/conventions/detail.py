"""One convention in full: identity, amounts, instalments, shares, reports due, curve; and every act on it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.services import conventions
from vto_desktop.ui.forms.convention import ConventionForm, copied_convention, loaded_convention
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit import icons, messages, theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.elided import ElidedLabel
from vto_desktop.ui.kit.page import GAP, MARGIN, Page
from vto_desktop.ui.kit.panel import button, scrolled
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions.acts import Acts
from vto_desktop.ui.pages.conventions.listing import TABLES
from vto_desktop.ui.pages.conventions.panels import (
    AmountsPanel,
    CurvePanel,
    IdentityPanel,
    ReportsPanel,
    SharesPanel,
)
from vto_desktop.ui.pages.conventions.parts import PartsPanel
from vto_desktop.ui.pages.conventions.reading import ConventionView, convention_view, status_chip

WIDE = 1130
"""From this width on (pixels of the mocks) the panels stand in three columns."""


class ConventionDetail(Page):
    """Shows one convention; ``leave`` goes back to the list."""

    title, icon = "Convention", "handshake"
    shows = TABLES

    def __init__(self, workspace: Workspace, leave: Callable[[], object]) -> None:
        self._leave = leave
        self._id: int | None = None
        self.view: ConventionView | None = None
        super().__init__(workspace)

    # --- building --------------------------------------------------------------------------------

    def _title_row(self) -> QHBoxLayout:
        row = super()._title_row()
        self.heading.hide()
        self.back = QToolButton()
        self.back.setIcon(icons.icon("chevron-left"))
        self.back.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.back.setToolTip("Retour à la liste (Alt+←)")
        self.back.setAccessibleName("Retour à la liste")
        self.back.clicked.connect(lambda _checked=False: self._leave())
        self.name = ElidedLabel("title")
        self.status = ChipLabel(Chip("", "neutral"))
        for place, widget in enumerate((self.back, self.name, self.status)):
            row.insertWidget(place, widget)
        row.setSpacing(theme.px(10))
        return row

    def build(self) -> None:
        self.identity, self.amounts, self.curve = IdentityPanel(), AmountsPanel(), CurvePanel()
        self.parts = PartsPanel(self.workspace)
        self.shares, self.reports = SharesPanel(self.workspace), ReportsPanel(self.workspace)
        self.acts = Acts(self.workspace, self, lambda: self.view)
        self._wide: bool | None = None
        self._area = scrolled(QWidget())
        self.content.addWidget(self._area, 1)
        self._add_actions()
        self._connect()
        self._arrange()

    def _add_actions(self) -> None:
        self.more = self.action("", self._open_menu, icon="ellipsis")
        self.more.setAccessibleName("Autres actions")
        self.more.setToolTip("Autres actions")
        self.more.setFixedWidth(theme.px(42))
        self.primary_of(
            self.parts.tabs,
            ("Nouvelle tranche", "plus", self.acts.new_instalment),
            ("Encaisser…", "banknote", self.acts.receive),
            ("Nouvel avenant", "plus", self.acts.new_amendment),
        )
        self._writing = [
            self._edit_button(),
            self.parts.action(self.parts.instalments, "Encaisser…", self._receive, icon="banknote"),
            self.shares.action("Ajouter", self.acts.new_share, icon="plus"),
            self.reports.action("Envoyé…", self.acts.mark_sent, icon="check"),
            self.reports.action("Ajouter", self.acts.new_report, icon="plus"),
        ]
        self.writers(*self._writing)

    def _edit_button(self) -> QPushButton:
        made = button("Modifier", self.edit, icon="pencil", kind="small")
        made.setToolTip("F2")
        self.identity.header_widget(made)
        return made

    def _connect(self) -> None:
        self.acts.instalments.attach(self.parts.instalments.table)
        self.parts.instalments.table.act("Encaisser…", self.acts.receive_of, icon="banknote")
        self.acts.receipts.attach(self.parts.receipts.table)
        self.acts.amendments.attach(self.parts.amendments.table)
        self.acts.shares.attach(self.shares.table)
        self.acts.reports.attach(self.reports.table)
        self.curve.clicked.connect(self.pick)
        theme.look().changed.connect(self._redraw)
        for keys, slot in (
            ("Alt+Left", self._leave),
            ("Escape", self._leave),
            ("F2", self.edit),
            ("Ctrl+D", self.duplicate),
            ("Ctrl+E", self.acts.receive),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # --- showing ---------------------------------------------------------------------------------

    def show_convention(self, convention_id: int) -> None:
        """Show another convention."""
        self._id = convention_id
        self.is_stale = True
        self.refresh_now()
        self._area.verticalScrollBar().setValue(0)
        self.parts.tabs.setCurrentIndex(0)

    def _receive(self) -> None:
        """Receive money for the instalment picked in the table, if it still expects some."""
        self.acts.receive(self.parts.instalments.table.current_id())

    def focus_parts(self) -> None:
        """Put the cursor on the instalments, or where one edits the convention."""
        table = self.parts.instalments.table
        (table if table.isVisibleTo(self) else self.parts.tabs.tabBar()).setFocus()

    def refresh(self) -> None:
        if self._id is None:
            return
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        with self.workspace.read() as session:
            self.view = convention_view(session, self._id, on=today)
        if self.view is None:  # deleted or undone: nothing to show any more
            self._id = None
            self._leave()
            return
        self._redraw()

    def _redraw(self) -> None:
        view = self.view
        if view is None:
            return
        self.name.show_text(view.row.title)
        self.status.set_chip(status_chip(view.status))
        self.status.setToolTip(f"État et montants du {french.short_date(view.on)}")
        self.identity.show_view(view)
        self.amounts.show_view(view)
        self.parts.show_view(view)
        self.shares.show_view(view, self.workspace.year)
        self.reports.show_view(view)
        self.curve.show_view(view)

    def pick(self, table: str, row_id: int) -> None:
        """Make a row of the convention current, in its own table."""
        if self.parts.pick(table, row_id):
            return
        tables = {"convention_share": self.shares.table, "report_due": self.reports.table}
        if table in tables:
            tables[table].setFocus()
            tables[table].pick(row_id)

    def fit(self, room: int) -> None:
        super().fit(room)
        self._arrange()

    def _arrange(self) -> None:
        """Stand the panels in three columns, or in two when there is less room."""
        gap = theme.px(GAP)
        wide = self.room >= theme.px(WIDE)
        room = self.room - 2 * theme.px(MARGIN)
        self.identity.setFixedWidth((room - 2 * gap) // 3 if wide else (room - gap) // 2)
        if wide == self._wide:
            return
        self._wide = wide
        upper = (self.amounts, self.parts)
        rows: tuple[Item, ...] = (
            beside(self.identity, below(*upper)), beside(self.curve, self.shares, self.reports),
        ) if wide else (
            *upper, beside(self.identity, below(self.curve, self.shares)), self.reports,
        )  # fmt: skip
        inside = QWidget()
        inside.setLayout(below(*rows))
        self._area.setWidget(inside)  # the former one goes, without the panels that moved here

    # --- acts on the convention ------------------------------------------------------------------

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the menu of what can be done with the convention."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        writable = not self.workspace.is_read_only
        acts: tuple[tuple[str, str, str, Callable[[], object]] | None, ...] = (
            ("Modifier la convention…", "pencil", "F2", self.edit),
            ("Dupliquer…", "copy", "Ctrl+D", self.duplicate),
            ("Supprimer", "trash-2", "", self.delete),
            None,
            ("Encaisser…", "banknote", "Ctrl+E", self.acts.receive),
            ("Nouvelle part annuelle…", "split", "", self.acts.new_share),
            ("Nouvel avenant…", "file-plus", "", self.acts.new_amendment),
            ("Nouveau compte rendu dû…", "file-text", "", self.acts.new_report),
            ("Prévoir les comptes rendus d’après la règle", "calendar-clock", "", self.acts.plan_reports),
        )
        for act in acts:
            if act is None:
                menu.addSeparator()
                continue
            text, icon, keys, slot = act
            made = menu.addAction(icons.icon(icon), text)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            made.setEnabled(writable)
            made.triggered.connect(lambda _checked=False, slot=slot: slot())
        return menu

    def edit(self) -> None:
        """Edit the convention."""
        if self._id is not None and not self.workspace.is_read_only:
            ConventionForm(self.workspace, loaded_convention(self.workspace, self._id), self).start()

    def duplicate(self) -> None:
        """Open the form of a new convention like this one, then show it."""
        if self._id is not None and not self.workspace.is_read_only:
            copied = copied_convention(self.workspace, self._id)
            ConventionForm(self.workspace, copied, self).start(lambda row: self.show_convention(row.id))

    def delete(self) -> None:
        """Delete the convention in one undoable step, and go back to the list."""
        if self.view is None:
            return
        row: Any = self.view.row
        try:
            with self.workspace.write(f"Supprimer {named('la convention', row.title)}") as session:
                conventions.delete_convention(session, row.id)
        except UserError as refused:
            messages.show_error(self, refused)


Item = QWidget | QBoxLayout


def beside(*items: Item) -> QBoxLayout:
    """Return items side by side."""
    return _laid(QBoxLayout.Direction.LeftToRight, items)


def below(*items: Item) -> QBoxLayout:
    """Return items one below the other; the last one takes the room left."""
    return _laid(QBoxLayout.Direction.TopToBottom, items)


def _laid(direction: QBoxLayout.Direction, items: tuple[Item, ...]) -> QBoxLayout:
    made = QBoxLayout(direction)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(GAP))
    vertical = direction == QBoxLayout.Direction.TopToBottom
    for place, item in enumerate(items):
        stretch = 1 if not vertical or place == len(items) - 1 else 0
        if isinstance(item, QWidget):
            made.addWidget(item, stretch)
        else:
            made.addLayout(item, stretch)
    return made
