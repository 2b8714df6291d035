"""The « Historique » tab: what happened to a member, the newest first, with those it took in."""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.history import Event, EventKind, history
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.items import Item, Items
from vto_desktop.ui.kit.workspace import Workspace

TONES: Final = {EventKind.JOINING: "ok", EventKind.LEAVING: "warn", EventKind.MERGER: "info"}
UNDATED: Final = "Sans date"


class HistoryTab(QWidget):
    """The events of one member; each opens the record it comes from."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._member_id: int | None = None
        self._is_stale = False
        self.items = Items()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.items)

    def show_member(self, member_id: int) -> None:
        """Show what happened to a member, once the tab is in sight: few look at it for every row."""
        self._member_id, self._is_stale = member_id, True
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale and self._workspace.dossier is not None:
            self._show()

    def _show(self) -> None:
        if self._member_id is None:
            return
        self._is_stale = False
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        with self._workspace.read() as session:
            events = history(session, self._member_id, today=today)
        self.items.show_items(map(self._item, events))

    def _item(self, event: Event) -> Item:
        """Lead with the day: that is what one reads a history by."""
        opens = ("Ouvrir", "external-link", partial(self._workspace.open_row, event.table, event.row_id))
        return Item(
            french.short_date(event.on) or UNDATED,
            Chip(event.kind.value, TONES.get(event.kind, "neutral")),
            (event.title,),
            (event.detail, event.member),
            (opens,),
        )
