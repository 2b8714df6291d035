"""The page of conventions: the list, and one convention in full."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QStackedWidget

from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.pages.conventions.detail import ConventionDetail
from vto_desktop.ui.pages.conventions.links import convention_of
from vto_desktop.ui.pages.conventions.listing import OWN, TABLES, ConventionList

__all__ = ["ConventionsPage"]


class ConventionsPage(Page):
    """The list of conventions; opening one shows it in full, with a way back."""

    title, icon = "Conventions", "handshake"
    shows = TABLES
    opens = OWN
    framed = True

    def build(self) -> None:
        self.stack = QStackedWidget()
        self.list = ConventionList(self.workspace, self.open_item)
        self.detail = ConventionDetail(self.workspace, self.show_list)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.detail)
        self.content.addWidget(self.stack, 1)
        self.workspace.opened.connect(self.show_list)

    def refresh(self) -> None:
        """Refresh what is seen; each part follows the dossier by itself once it is shown."""
        seen = self.detail if self.stack.currentWidget() is self.detail else self.list
        if seen.is_stale:
            seen.refresh_now()

    def show_list(self) -> None:
        """Go back to the list, on the convention last looked at."""
        self.stack.setCurrentWidget(self.list)
        self.list.table.setFocus()

    def open_item(self, identifier: int) -> None:
        self.detail.show_convention(identifier)
        self.stack.setCurrentWidget(self.detail)
        self.detail.focus_parts()
        self.list.table.pick(identifier)

    def show_row(self, table: str, row_id: int) -> None:
        """Show the convention a row belongs to, and that row in it."""
        with self.workspace.read() as session:
            convention_id = convention_of(session, table, row_id)
        if convention_id is None:
            self.show_list()
            return
        self.open_item(convention_id)
        self.detail.pick(table, row_id)

    def views(self) -> Iterable[tuple[str, Callable[[], object]]]:
        """Return the detail of the convention that the list stands on, or of its first one."""
        rows = self.list.table.rows
        first = self.list.table.current_id() or rows.id_at(max(rows.rowCount() - 3, 0))
        if first is None:
            return ()
        return (("detail", lambda: self.open_item(first)), ("", self.show_list))

    def forms(self) -> Iterable[Callable[[], object]]:
        """Return what opens the forms, those of the parts on the convention shown."""
        acts = self.detail.acts
        for _name, act in self.views():  # the parts are those of a convention shown once
            act()
        return (
            self.list.new, self.detail.edit, acts.new_instalment, acts.new_share, acts.receive,
            acts.new_amendment, acts.new_report,
        )  # fmt: skip

    def focus_filter(self) -> None:
        self.show_list()
        self.list.focus_filter()
