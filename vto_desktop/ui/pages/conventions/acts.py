"""What one does with the parts of a convention: forms, receipts, reports sent, reports planned."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from vto_desktop import french
from vto_desktop.model import (
    Amendment,
    ConventionShare,
    Instalment,
    Receipt,
    ReportDue,
    ReportKind,
)
from vto_desktop.services import conventions, receipts
from vto_desktop.ui.forms.amendment import AmendmentForm
from vto_desktop.ui.forms.convention_share import ConventionShareForm
from vto_desktop.ui.forms.editing import Editing
from vto_desktop.ui.forms.instalment import InstalmentForm
from vto_desktop.ui.forms.receipt import ReceiptForm, new_receipt
from vto_desktop.ui.forms.records import loaded, named
from vto_desktop.ui.forms.report_due import ReportDueForm
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions.reading import ConventionView


class Acts:
    """The acts on the parts of the convention that ``view`` returns."""

    def __init__(
        self, workspace: Workspace, parent: QWidget, view: Callable[[], ConventionView | None]
    ) -> None:
        self._workspace = workspace
        self._view = view
        self._parent = parent
        self.instalments = Editing(
            workspace, parent, Instalment, InstalmentForm,
            noun="la tranche", name_of=lambda row: row.label, delete=conventions.delete_instalment,
        )  # fmt: skip
        self.shares = Editing(
            workspace, parent, ConventionShare, ConventionShareForm,
            noun="la part", name_of=lambda row: str(row.year), delete=conventions.delete_share,
        )  # fmt: skip
        self.amendments = Editing(
            workspace, parent, Amendment, AmendmentForm,
            noun="l’avenant", name_of=lambda row: str(row.number), delete=conventions.delete_amendment,
        )  # fmt: skip
        self.reports = Editing(
            workspace, parent, ReportDue, ReportDueForm, noun="le compte rendu dû",
            name_of=lambda row: f"{row.kind} {row.year}", delete=conventions.delete_report_due,
        )  # fmt: skip
        self.receipts = Editing(
            workspace, parent, Receipt, ReceiptForm, noun="l’encaissement",
            name_of=lambda row: french.amount(row.amount), delete=receipts.delete_receipt,
        )  # fmt: skip

    # --- new rows --------------------------------------------------------------------------------

    def new_instalment(self) -> None:
        """Add an instalment: by default what is missing to reach the awarded amount."""
        if (view := self._view()) is None:
            return
        missing = (view.awarded or 0) - sum(each.amount for each in view.instalments)
        place = max((each.position for each in view.row.instalments), default=-1) + 1
        amount = missing if missing > 0 else None
        self.instalments.start(
            Instalment(convention_id=view.row.id, label="", condition="", amount=amount, position=place)
        )

    def new_share(self) -> None:
        """Add the share of the next year: by default what is not shared out yet."""
        if (view := self._view()) is None:
            return
        missing = (view.awarded or 0) - sum(each.amount for each in view.shares)
        years = [each.year for each in view.shares]
        first = view.row.starts_on.year if view.row.starts_on else self._workspace.year
        year = max(years) + 1 if years else first
        amount = missing if missing > 0 else None
        self.shares.start(ConventionShare(convention_id=view.row.id, year=year, amount=amount))

    def new_amendment(self) -> None:
        """Add an amendment, with the next number."""
        if (view := self._view()) is not None:
            number = max((each.number for each in view.row.amendments), default=0) + 1
            self.amendments.start(
                Amendment(convention_id=view.row.id, number=number, object="", amount_change=0)
            )

    def new_report(self) -> None:
        """Add a report due."""
        if (view := self._view()) is not None:
            kind = ReportKind.FINANCIAL.value
            self.reports.start(ReportDue(convention_id=view.row.id, kind=kind, year=self._workspace.year))

    # --- receipts --------------------------------------------------------------------------------

    def receive(self, picked: int | None = None) -> None:
        """Receive money for the instalment picked, else for the first one not settled yet."""
        if (view := self._view()) is None:
            return
        if not view.instalments:
            self._workspace.say("Ajoutez d’abord une tranche\u00a0: un encaissement règle une tranche.")
            return
        open_ = [each.instalment_id for each in view.instalments if each.left]
        self.receive_of(picked if picked in open_ else [*open_, view.instalments[-1].instalment_id][0])

    def receive_of(self, instalment_id: int) -> None:
        """Receive money for an instalment."""
        self.receipts.start(new_receipt(self._workspace, instalment_id))

    # --- reports ---------------------------------------------------------------------------------

    def mark_sent(self) -> None:
        """Say that a report was sent: the one picked in the table, else the next one due."""
        view = self._view()
        waiting = [each for each in view.row.reports_due if each.sent_on is None] if view else []
        if not waiting:
            self._workspace.say("Aucun compte rendu n’attend d’être envoyé.")
            return
        row = loaded(self._workspace, ReportDue, waiting[0].id)
        form = self.reports.start(row)
        if form is not None:
            form.input("sent_on").set_value(date.today())  # noqa: DTZ011 - the user's own calendar day
            form.input("sent_on").setFocus()

    def plan_reports(self) -> None:
        """Add the financial reports that the rule asks for and that are not listed yet, in one step."""
        if (view := self._view()) is None:
            return
        label = f"Prévoir les comptes rendus de {named('la convention', view.row.title)}"
        with self._workspace.write(label) as session:
            added = conventions.propose_reports(session, view.row.id)
        if not added:
            self._workspace.say("Les comptes rendus que demande la règle sont déjà tous prévus.")
