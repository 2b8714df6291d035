"""What the figures above the list of dues open: the list narrowed, the receipts behind, the other years."""

from typing import TYPE_CHECKING, Final

from vto_desktop import french
from vto_desktop.services import dues_summary
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.pages.dues import listing
from vto_desktop.ui.pages.dues.years import YearsDialog

if TYPE_CHECKING:
    from vto_desktop.ui.pages.dues.page import DuesPage

RECEIVED: Final = (
    Column("received_on", "Date", "date", 100),
    Column("name", "Adhérent", width=0, bold=True),
    Column("means", "Moyen", width=110),
    Column("reference", "Référence", width=130),
    Column("slip", "Remise", width=120),
    Column("amount", "Montant", "amount", 110),
)


class Behind:
    """Opens what a card or an age stands for, over its page."""

    def __init__(self, page: "DuesPage") -> None:
        self._page = page

    def card(self, key: str) -> None:
        """Open what a card is made of."""
        page = self._page
        if page.workspace.dossier is None:
            return
        if key == "received":
            self.received()
        elif key == "rate":
            self.years()
        else:
            page.clear_filters()
            if key == "due":
                page.filter_by("open", True)
            page.table.setFocus()

    def age(self, from_days: int) -> None:
        """Narrow the list to the dues of an age."""
        page = self._page
        page.clear_filters()
        if from_days:
            page.filter_by("late", from_days, dict(listing.late())[from_days])
        else:
            page.filter_by("open", True)
        page.table.setFocus()

    def received(self) -> None:
        """Open the receipts of the year's dues; their total is the card's figure."""
        page = self._page
        year = page.workspace.year
        with page.workspace.read() as session:
            rows = dues_summary.receipts_of_year(session, year, on=page.today())
        total = {"name": "Total", "amount": french.amount(sum(row.amount for row in rows))}
        title = f"Encaissements des cotisations {year}"
        dialog = RowsDialog(title, RECEIVED, [tuple(row) for row in rows], total, page.window())
        dialog.opened.connect(page.acts.edit_receipt)
        dialog.export_asked.connect(page.export_asked.emit)
        dialog.open()

    def years(self) -> None:
        """Open the dues of this year beside those of the earlier ones."""
        dialog = YearsDialog(self._page.years, self._page.window())
        dialog.opened.connect(self._page.look_at)
        dialog.open()
