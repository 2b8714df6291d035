"""« Campagne de cotisations… »: the campaigns, the scales of the one chosen, and its dues."""

from datetime import date

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from sqlalchemy import func, select

from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, DuesScale, FiscalYear, Meeting, Member, Receipt
from vto_desktop.services import calls
from vto_desktop.services import campaigns as services
from vto_desktop.services import dues as dues_
from vto_desktop.services.scales import written_rate
from vto_desktop.ui.forms.dues import DuesForm, campaigns
from vto_desktop.ui.forms.dues_campaign import DuesCampaignForm, DuesScaleForm
from vto_desktop.ui.forms.dues_items import state_chip
from vto_desktop.ui.forms.dues_receipt import DuesReceiptForm
from vto_desktop.ui.forms.records import deleting, loaded, named
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import Panel, button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

SCALES = (
    Column("kind", "Type d’adhérent", width=0),
    Column("flat", "Forfait", "amount", 110),
    Column("rate", "Par habitant", width=110),
    Column("minimum", "Minimum", "amount", 110),
    Column("maximum", "Maximum", "amount", 110),
)
DUES = (
    Column("member", "Adhérent", width=0),
    Column("number", "Numéro", width=110),
    Column("amount", "Montant", "amount", 110),
    Column("received", "Réglé", "amount", 110),
    Column("due_on", "Échéance", "date", 100),
    Column("state", "État", "chip", 100),
)
TABLES = frozenset({"dues_campaign", "dues_scale", "dues", "receipt", "member", "organisation", "person"})


class CampaignsDialog(QDialog):
    """Lists what a campaign is made of, and lets everything of it be entered and mended."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setWindowTitle("Campagne de cotisations")
        self.resize(theme.px(820), theme.px(640))
        self._campaigns: list[int] = []
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Campagne")
        self.chooser.setMinimumWidth(theme.px(220))
        self.about = label("", "caption", wrap=True)
        self.scales = Table(SCALES, name="DuesScales", settings=workspace.settings)
        self.dues = Table(DUES, name="CampaignDues", settings=workspace.settings)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(12))
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.chooser)
        self.edit_button = button("Modifier…", self.edit_campaign, icon="pencil")
        self.delete_button = button("Supprimer", self.delete_campaign, icon="trash-2")
        top.addWidget(self.edit_button)
        top.addWidget(self.delete_button)
        top.addStretch(1)
        self.new_button = button("Nouvelle campagne", self.new_campaign, icon="plus", kind="primary")
        self.new_button.setShortcut("Ctrl+N")
        top.addWidget(self.new_button)
        column.addLayout(top)
        column.addWidget(self.about)
        scales = Panel("Barème", padded=False)
        self.scale_button = scales.action("Ligne de barème", self.new_scale, icon="plus")
        scales.add(self.scales)
        column.addWidget(scales, 2)
        dues = Panel("Cotisations", padded=False)
        self.prepare_button = dues.action("Préparer les cotisations manquantes", self.prepare, icon="layers")
        self.dues_button = dues.action("Cotisation", self.new_dues, icon="plus")
        dues.add(self.dues, 1)
        self.sums = label("", "caption")
        self.sums.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(8))
        dues.add(self.sums)
        column.addWidget(dues, 3)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(button("Fermer", self.accept))
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.chooser.currentIndexChanged.connect(lambda _place: self._show())
        self.scales.can_delete = self.dues.can_delete = not self.workspace.is_read_only
        self.scales.set_empty_text("Aucune ligne\u00a0: ajoutez ce que doit chaque type d’adhérent.")
        self.dues.set_empty_text("Aucune cotisation dans cette campagne.")
        self.scales.opened.connect(self.edit_scale)
        self.scales.deleted.connect(self.delete_scales)
        self.dues.opened.connect(self.edit_dues)
        self.dues.deleted.connect(self.delete_dues)
        self.dues.act("Ajouter un encaissement…", self.receive, icon="banknote")
        self.workspace.changed.connect(self._changed)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.refresh()

    @property
    def campaign_id(self) -> int | None:
        """The campaign shown, or None without any."""
        place = self.chooser.currentIndex()
        return self._campaigns[place] if 0 <= place < len(self._campaigns) else None

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the campaigns again and stay on the one shown, first that of the year looked at."""
        wanted = self.campaign_id or self._of_year()
        found = campaigns(self.workspace)
        self.chooser.blockSignals(True)
        self.chooser.clear()
        self.chooser.addItems([name for _row_id, name in found])
        self._campaigns = [row_id for row_id, _name in found]
        if wanted in self._campaigns:
            self.chooser.setCurrentIndex(self._campaigns.index(wanted))
        self.chooser.blockSignals(False)
        self._show()

    def choose(self, campaign_id: int) -> None:
        """Show a campaign."""
        if campaign_id in self._campaigns:
            self.chooser.setCurrentIndex(self._campaigns.index(campaign_id))

    def _of_year(self) -> int | None:
        chosen = select(DuesCampaign.id).join(FiscalYear).where(FiscalYear.year == self.workspace.year)
        with self.workspace.read() as session:
            return session.scalars(chosen).first()

    def _show(self) -> None:
        self._enable()
        if self.campaign_id is None:
            self.about.setText(
                "Aucune campagne\u00a0: «\u00a0Nouvelle campagne\u00a0» (Ctrl+N) crée la première."
            )
            self.scales.show_rows([])
            self.dues.show_rows([])
            self.sums.setText("")
            return
        self._show_campaign(self.campaign_id)
        self._show_dues(self.campaign_id)

    def _enable(self) -> None:
        writable = not self.workspace.is_read_only
        self.new_button.setEnabled(writable)
        needing: list[QPushButton] = [
            self.edit_button, self.delete_button, self.scale_button, self.prepare_button, self.dues_button,
        ]  # fmt: skip
        for one in needing:
            one.setEnabled(writable and self.campaign_id is not None)

    def _show_campaign(self, campaign_id: int) -> None:
        with self.workspace.read() as session:
            row = session.get_one(DuesCampaign, campaign_id)
            meeting = session.get(Meeting, row.meeting_id) if row.meeting_id is not None else None
            scales = session.scalars(
                select(DuesScale).where(DuesScale.campaign_id == campaign_id).order_by(DuesScale.id)
            ).all()
        about = (
            f"Décidée le {french.short_date(meeting.held_on)}" if meeting else "Réunion non renseignée",
            f"appelée le {french.short_date(row.called_on)}" if row.called_on else "",
            f"à régler avant le {french.short_date(row.due_on)}" if row.due_on else "",
        )
        self.about.setText(" · ".join(filter(None, about)))
        self.scales.show_rows(
            (
                each.id,
                each.kind,
                each.flat or None,
                written_rate(each.rate) if each.rate else None,
                each.minimum,
                each.maximum,
            )
            for each in scales
        )

    def _show_dues(self, campaign_id: int) -> None:
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        paid = (
            select(Receipt.dues_id, func.sum(Receipt.amount).label("received"))
            .where(Receipt.dues_id.is_not(None))
            .group_by(Receipt.dues_id)
            .subquery()
        )
        chosen = (
            select(Dues, Member, func.coalesce(paid.c.received, 0))
            .join(Member, Dues.member_id == Member.id)
            .outerjoin(paid, paid.c.dues_id == Dues.id)
            .where(Dues.campaign_id == campaign_id)
            .order_by(Member.sort_key, Dues.id)
        )
        with self.workspace.read() as session:
            rows = [(dues, member.name, int(received)) for dues, member, received in session.execute(chosen)]
        self.dues.show_rows(
            (
                dues.id,
                name,
                dues.number or None,
                dues.amount,
                received,
                dues.due_on,
                state_chip(dues_.state(dues, received=received, on=today)),
            )
            for dues, name, received in rows
        )
        called = sum(dues.amount for dues, _name, _received in rows if dues.cancelled_on is None)
        received = sum(got for _dues, _name, got in rows)
        count = french.count(len(rows), "cotisation")
        self.sums.setText(f"{count} · {french.amount(called)}, dont {french.amount(received)} réglés")

    # --- acts ------------------------------------------------------------------------------------

    def new_campaign(self) -> None:
        """Open the form of a new campaign."""
        DuesCampaignForm.new(self.workspace, self).start(lambda row: self.choose(row.id))

    def edit_campaign(self) -> None:
        """Open the form of the campaign shown."""
        if self.campaign_id is not None:
            DuesCampaignForm.edit(self.workspace, self.campaign_id, self).start()

    def delete_campaign(self) -> None:
        """Delete the campaign shown; refused while it has dues."""
        if self.campaign_id is not None:
            what = named("la campagne", self.chooser.currentText())
            deleting(self.workspace, self, what, services.delete_campaign, self.campaign_id)

    def new_scale(self) -> None:
        """Open the form of a new line of the scale."""
        if self.campaign_id is not None:
            DuesScaleForm(self.workspace, DuesScale(campaign_id=self.campaign_id), self).start()

    def edit_scale(self, row_id: int) -> None:
        """Open the form of a line of the scale."""
        if not self.workspace.is_read_only:
            DuesScaleForm.edit(self.workspace, row_id, self).start()

    def delete_scales(self, row_ids: list[int]) -> None:
        """Delete lines of the scale."""
        what = french.count(len(row_ids), "ligne de barème", "lignes de barème")
        deleting(self.workspace, self, what, services.delete_scale, *row_ids)

    def new_dues(self) -> None:
        """Open the form of one more member's dues."""
        if self.campaign_id is not None:
            campaign = loaded(self.workspace, DuesCampaign, self.campaign_id)
            DuesForm.new(self.workspace, campaign=campaign, parent=self).start()

    def edit_dues(self, row_id: int) -> None:
        """Open the form of dues."""
        if not self.workspace.is_read_only:
            DuesForm.edit(self.workspace, row_id, self).start()

    def delete_dues(self, row_ids: list[int]) -> None:
        """Delete dues never called; called ones are refused: they are cancelled instead."""
        what = french.count(len(row_ids), "cotisation")
        deleting(self.workspace, self, what, dues_.delete_dues, *row_ids)

    def receive(self, row_id: int) -> None:
        """Open the form of a receipt."""
        DuesReceiptForm.new(self.workspace, row_id, self).start()

    def prepare(self) -> None:
        """Add what every member owes and has no dues for yet, in one undoable step."""
        if self.campaign_id is None:
            return
        with self.workspace.write(
            named("Préparer les cotisations de", self.chooser.currentText())
        ) as session:
            campaign = session.get_one(DuesCampaign, self.campaign_id)
            on = campaign.called_on or date.today()  # noqa: DTZ011 - the user's own calendar
            added = calls.prepare_dues(session, self.campaign_id, on=on)
            if campaign.called_on is not None:
                calls.call_dues(session, [row.id for row in added], on=on, due_on=campaign.due_on)
        self.workspace.say(f"{french.count(len(added), 'cotisation préparée', 'cotisations préparées')}.")
