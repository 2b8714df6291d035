"""The forms of a dues campaign and of its scales: what members of each kind owe for a year."""

from typing import Any

from sqlalchemy import select

from vto_desktop.model import NATURAL_PERSON, DuesCampaign, DuesScale, FiscalYear, Kind
from vto_desktop.services import campaigns
from vto_desktop.ui.forms.picks import fiscal_year_input, meeting_input
from vto_desktop.ui.forms.rate import RateInput
from vto_desktop.ui.forms.records import loaded, step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.workspace import Workspace


class DuesCampaignForm(Form):
    """Edits the campaign of a fiscal year."""

    title = "Campagne de cotisations"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "DuesCampaignForm":
        """Return the form of a kept campaign."""
        return cls(workspace, loaded(workspace, DuesCampaign, row_id), parent)

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "DuesCampaignForm":
        """Return the form of a new campaign of the year looked at."""
        year = workspace.year
        with workspace.read() as session:
            kept = session.scalar(select(FiscalYear.id).where(FiscalYear.year == year))
        return cls(workspace, DuesCampaign(fiscal_year_id=kept, name=f"Cotisations {year}"), parent)

    def build(self) -> None:
        self.head(self.row.name if self.row.id is not None else "Nouvelle campagne")
        self.pair(
            self.field("&Nom", "name", TextInput()),
            self.field("E&xercice", "fiscal_year_id", fiscal_year_input(self.workspace)),
        )
        hint = "La réunion qui a fixé le barème\u202f; les appels la citent."
        self.add("&Décidée par", "meeting_id", meeting_input(self.workspace), hint=hint)
        self.pair(
            self.field("&Appelée le", "called_on", DateInput()),
            self.field("À &régler avant le", "due_on", DateInput()),
        )
        self.add("N&otes", "notes", MemoInput())

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la campagne", self.row.name)) as session:
            self.row = campaigns.save_campaign(session, self.row)


class DuesScaleForm(Form):
    """Edits what members of one kind owe."""

    title = "Barème"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "DuesScaleForm":
        """Return the form of a kept scale."""
        return cls(workspace, loaded(workspace, DuesScale, row_id), parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            campaign = session.get(DuesCampaign, self.row.campaign_id)
        self.head("Barème", campaign.name if campaign else "")
        kinds = [*(kind.value for kind in Kind), NATURAL_PERSON]
        self.add("&Pour les adhérents de type", "kind", ChoiceInput([(each, each) for each in kinds]))
        self.pair(
            self.field("&Forfait", "flat", AmountInput(), hint="Par adhérent."),
            self.field("Montant par &habitant", "rate", RateInput(), hint="Par exemple 0,04."),
        )
        self.pair(
            self.field("&Minimum", "minimum", AmountInput(), hint="Vide\u00a0: aucun."),
            self.field("Ma&ximum", "maximum", AmountInput(), hint="Vide\u00a0: aucun."),
        )

    def apply(self, row: DuesScale) -> None:
        super().apply(row)
        row.flat, row.rate = row.flat or 0, row.rate or 0

    def save(self) -> None:
        with self.workspace.write(step(self.row, "le barème", self.row.kind)) as session:
            self.row = campaigns.save_scale(session, self.row)
