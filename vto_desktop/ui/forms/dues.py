"""The form of one member's dues: computed from the scale, retained, called, cancelled but never erased."""

from datetime import date
from typing import Any

from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, FiscalYear
from vto_desktop.services import dues, proposals
from vto_desktop.services.campaigns import due_day
from vto_desktop.services.members import member_name
from vto_desktop.services.proposals import Computed
from vto_desktop.ui.forms.creation import member_input
from vto_desktop.ui.forms.records import loaded, named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.workspace import Workspace


def campaigns(workspace: Workspace) -> list[tuple[int, str]]:
    """Return the campaigns, the latest year first."""
    statement = (
        select(DuesCampaign.id, DuesCampaign.name)
        .join(FiscalYear)
        .order_by(FiscalYear.year.desc(), DuesCampaign.id.desc())
    )
    with workspace.read() as session:
        return list(session.execute(statement))


def campaign_of_year(workspace: Workspace, year: int) -> DuesCampaign | None:
    """Return the first campaign of a fiscal year, if any."""
    of_year = select(DuesCampaign).join(FiscalYear).where(FiscalYear.year == year)
    with workspace.read() as session:
        return session.scalars(of_year.order_by(DuesCampaign.id)).first()


class DuesForm(Form):
    """Edits one member's dues of one campaign."""

    title = "Cotisation"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "DuesForm":
        """Return the form of kept dues."""
        return cls(workspace, loaded(workspace, Dues, row_id), parent)

    @classmethod
    def new(
        cls, workspace: Workspace, *, member_id: int | None = None, campaign: DuesCampaign | None = None,
        parent: Any = None,
    ) -> "DuesForm":  # fmt: skip
        """Return the form that calls one member more in a campaign, today or with the others to come."""
        row = Dues(member_id=member_id)
        if campaign is not None:
            today = date.today()  # noqa: DTZ011 - the user's own calendar
            row.campaign_id = campaign.id
            row.called_on = max(today, campaign.called_on or today)
            row.due_on = due_day(campaign, row.called_on)
        return cls(workspace, row, parent)

    def build(self) -> None:
        self._is_called = self.row.id is not None and self.row.called_on is not None
        number = f"Appel n°\u00a0{self.row.number}" if self.row.number else "Cotisation"
        self.head(self._name(self.row.member_id) or "Nouvelle cotisation", number)
        self.add("C&ampagne", "campaign_id", ChoiceInput(campaigns(self.workspace)))
        self.add("Ad&hérent", "member_id", member_input(self))
        self.add("&Montant retenu", "amount", AmountInput())
        self.computation = label("", "caption", wrap=True)
        self.place(self.computation)
        hint = "Seulement si le montant retenu n’est pas celui que donne le barème."
        self.add("&Raison de l’écart", "reason", TextInput(), hint=hint)
        self.pair(
            self.field("A&ppelée le", "called_on", DateInput(), hint="Vide\u00a0: à appeler, sans numéro."),
            self.field("À régler avant &le", "due_on", DateInput()),
        )
        hint = "Chorus Pro\u00a0: seulement si l’adhérent l’exige."
        self.add("&Numéro d’engagement", "commitment_number", TextInput(), hint=hint)
        self.section("Annulation")
        self.pair(
            self.field("Ann&ulée le", "cancelled_on", DateInput()),
            self.field("Raison de l’annulation", "cancelling_reason", MemoInput(lines=1)),
        )
        for name in ("campaign_id", "member_id"):
            self.input(name).changed.connect(self._compute)
            self.input(name).set_read_only(self._is_called)
        self.input("amount").changed.connect(self._tell_computed)

    def _name(self, member_id: int | None) -> str:
        if member_id is None:
            return ""
        with self.workspace.read() as session:
            return member_name(session, member_id)

    def load(self, row: Dues) -> None:
        super().load(row)
        self._compute()

    def _compute(self) -> None:
        """Read what the scale gives, and propose it as long as no amount was typed; a call keeps its own."""
        self._computed = self._read_computed()
        amount = self._computed.amount
        if self.row.id is None and amount is not None and self.input("amount").is_empty():
            self.input("amount").set_value(amount)
        self.computation.setText(self._computed.basis or self._computed.problem)
        self.computation.setVisible(bool(self.computation.text()))
        self._tell_computed()

    def _read_computed(self) -> Computed:
        if self._is_called:
            return Computed(self.row.computed_amount, self.row.basis)
        campaign, member = self.input("campaign_id").value(), self.input("member_id").value()
        if campaign is None or member is None:
            return Computed(None, "")
        with self.workspace.read() as session:
            return proposals.computed(session, campaign, member)

    def _tell_computed(self) -> None:
        field = self.fields["amount"]
        typed, computed = self.input("amount").value(), self._computed.amount
        if self.input("member_id").value() is None:
            field.show_remark("")
        elif computed is None:
            field.show_remark("Le barème ne donne rien pour cet adhérent", "warn")
        elif typed == computed:
            field.show_remark("Égal au barème")
        else:
            field.show_remark(f"Le barème donne {french.amount(computed)}", "warn")

    def show_problems(self, problems: dict[str, str]) -> None:
        super().show_problems(problems)
        self._tell_computed()

    def apply(self, row: Dues) -> None:
        super().apply(row)
        row.computed_amount, row.basis = self._computed.amount, self._computed.basis

    def save(self) -> None:
        verb = "Modifier" if self.row.id is not None else "Ajouter"
        name = self._name(self.row.member_id)
        with self.workspace.write(f"{verb} {named('la cotisation de', name)}") as session:
            self.row = dues.save_dues(session, self.row)
