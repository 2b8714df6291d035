"""The banner above the list of dues: what waits to be called, prepared dues first, then members."""

from typing import TYPE_CHECKING

from vto_desktop import french
from vto_desktop.services import calls
from vto_desktop.services.result import fiscal_year
from vto_desktop.ui.forms.campaign import CampaignForm
from vto_desktop.ui.kit.panel import Banner

if TYPE_CHECKING:
    from vto_desktop.ui.pages.dues.page import DuesPage


class Waiting(Banner):
    """Hidden while everybody is called."""

    def __init__(self, page: "DuesPage") -> None:
        super().__init__(parent=page)
        self._page = page
        self.prepared: list[int] = []
        self.missing: list[int] = []
        self.call_button = self.action("Appeler", self.call)

    def refresh(self) -> None:
        """Read again who waits in the fiscal year looked at."""
        page = self._page
        year = page.workspace.year
        with page.workspace.read() as session:
            self.prepared = calls.prepared(session, year)
            on = min(page.today(), fiscal_year(session, year).ends_on)
            self.missing = calls.not_called(session, year, on=on)
        if count := len(self.prepared):
            one, many = "cotisation préparée n’est pas appelée", "cotisations préparées ne sont pas appelées"
            self.tell(f"{french.count(count, one, many)} ({french.amount(page.sums.to_call)}).", "info")
        elif count := len(self.missing):
            one, many = "adhérent n’a pas de cotisation", "adhérents n’ont pas de cotisation"
            self.tell(f"{french.count(count, one, many)} {year}.", "info")
        else:
            self.tell("")
        self.call_button.setText("Appeler" if self.prepared else "Appeler…")

    def call(self) -> None:
        """Call what is prepared, else open what calls the members who have no dues."""
        page = self._page
        if self.prepared:
            page.acts.call_prepared(*self.prepared)
        elif len(self.missing) == 1:
            page.call_one(self.missing[0])
        elif self.missing and page.campaigns:
            form = CampaignForm.edit(page.workspace, page.campaigns[0][0], page)
            form.go_to_calls()
            form.start()
        else:
            page.workspace.say("Toutes les cotisations préparées sont appelées.")
