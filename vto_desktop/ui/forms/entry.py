"""The form of an entry: an actual amount on an account of class 6, 7, 86 or 87."""

from datetime import date

from sqlalchemy import select

from vto_desktop.model import Entry, FiscalYear
from vto_desktop.services import budgets
from vto_desktop.ui.forms import picks
from vto_desktop.ui.forms.budget_line import CLASSES, add_axes
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.workspace import Workspace


def new_entry(workspace: Workspace) -> Entry:
    """Return an entry to fill in, in the year looked at: today when the year holds it, else no day yet."""
    today = date.today()  # noqa: DTZ011 - the user's own calendar day
    with workspace.read() as session:
        year = session.scalars(select(FiscalYear).where(FiscalYear.year == workspace.year)).first()
    holds = year is not None and year.starts_on <= today <= year.ends_on
    return Entry(fiscal_year_id=year.id if year else None, entered_on=today if holds else None, label="")


class EntryForm(Form):
    """Adds or edits an entry; the fiscal year follows the date."""

    title = "Écriture"
    row: Entry

    def build(self) -> None:
        self.head(self.row.label or ("Écriture" if self.row.id else "Nouvelle écriture"))
        workspace = self.workspace
        self.pair(
            self.field("&Date", "entered_on", DateInput()),
            self.field("E&xercice", "fiscal_year_id", picks.fiscal_year_input(workspace)),
        )
        chart = picks.chart_of(workspace, workspace.year)
        self.pair(
            self.field("&Compte", "account_code", picks.AccountInput(workspace, chart, classes=CLASSES)),
            self.field(
                "&Montant",
                "amount",
                AmountInput(negative=True),
                hint="Dans le sens du compte\u00a0; négatif\u00a0: avoir",
            ),
        )
        self.pair(
            self.field("&Libellé", "label", TextInput()),
            self.field("&Pièce", "piece", TextInput(), hint="Numéro de facture, de chèque…"),
        )
        add_axes(self)
        self.input("entered_on").changed.connect(self._follow_date)
        for name in ("account_code", "fiscal_year_id"):
            self.input(name).changed.connect(self._warn)

    def _follow_date(self) -> None:
        day = self.input("entered_on").value()
        if (found := self._year_of(day)) is not None:
            self.input("fiscal_year_id").set_value(found)

    def _warn(self) -> None:
        """Say when receipts already count what is typed."""
        code, year_id = self.input("account_code").value(), self.input("fiscal_year_id").value()
        with self.workspace.read() as session:
            warnings = budgets.entry_warnings(session, Entry(fiscal_year_id=year_id, account_code=code))
        self.fields["account_code"].show_remark(warnings.get("account_code", ""), "warn")

    def _year_of(self, day: date | None) -> int | None:
        if day is None:
            return None
        chosen = select(FiscalYear.id).where(FiscalYear.starts_on <= day, FiscalYear.ends_on >= day)
        with self.workspace.read() as session:
            return session.scalar(chosen)

    def save(self) -> None:
        name = self.row.label or self.row.account_code or ""
        with self.workspace.write(step(self.row, "l’écriture", name)) as session:
            self.row = budgets.save_entry(session, self.row)
