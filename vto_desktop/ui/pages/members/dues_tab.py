"""The « Cotisations » tab: what the member owes and paid, year by year, with each receipt."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop.ui.forms.campaign import CampaignForm
from vto_desktop.ui.forms.dues_acts import DuesActs
from vto_desktop.ui.forms.dues_items import DuesItems
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.items import Items
from vto_desktop.ui.kit.panel import button
from vto_desktop.ui.kit.workspace import Workspace


class DuesTab(QWidget):
    """Dues and receipts of one member, the latest year first."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._member_id: int | None = None
        self.acts = DuesActs(workspace, self, new_campaign=self._new_campaign)
        self._shown = DuesItems(workspace, self.acts)
        self.add_button = button("Appeler…", self.add, icon="plus")
        self.add_button.setToolTip("Appeler la cotisation de cet adhérent")
        self.items = Items("Aucune cotisation n’a été appelée pour cet adhérent.")
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(top)
        column.addWidget(self.items)

    def show_member(self, member_id: int) -> None:
        """Show what a member owes and paid."""
        self._member_id = member_id
        self.add_button.setEnabled(not self._workspace.is_read_only)
        self._shown.show_member(self.items, member_id)

    def add(self) -> None:
        """Call the member alone, in the campaign of the year looked at; without one, say so."""
        if self._member_id is not None:
            self.acts.call_one(self._member_id)

    def _new_campaign(self) -> None:
        CampaignForm.new(self._workspace, self).start()
