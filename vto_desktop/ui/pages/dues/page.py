"""The page of dues: what a year called and what came of it, the list, and beside it the dues chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Dues, Receipt
from vto_desktop.services import dues_summary
from vto_desktop.services.campaigns import campaigns_of
from vto_desktop.services.figures_dues import DuesSums
from vto_desktop.services.to_do_dues import LATE, REMIND
from vto_desktop.ui.forms.campaign import CampaignForm
from vto_desktop.ui.forms.dues_acts import DuesActs
from vto_desktop.ui.forms.dues_items import DuesItems
from vto_desktop.ui.forms.reminders import RemindersForm
from vto_desktop.ui.forms.slip import SlipForm
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.items import Items
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.page_menu import menu_of
from vto_desktop.ui.kit.panel import Facts, label
from vto_desktop.ui.pages.dues import campaign_menu, listing, menu, sheet
from vto_desktop.ui.pages.dues.behind import Behind
from vto_desktop.ui.pages.dues.head import DuesHead
from vto_desktop.ui.pages.dues.links import place_of
from vto_desktop.ui.pages.dues.listing import Listing
from vto_desktop.ui.pages.dues.waiting import Waiting


class DuesPage(ListPage):
    """« Cotisations »."""

    title = "Cotisations"
    icon = "coins"
    empty = "Aucune cotisation pour cet exercice. «\u00a0Nouvelle campagne…\u00a0» les appelle."
    shows = frozenset(
        {
            "dues", "dues_campaign", "dues_scale", "receipt", "reminder", "member", "organisation", "person",
            "fiscal_year", "meeting",
        }
    )  # fmt: skip
    opens = frozenset({"dues", "dues_campaign", "dues_scale", "receipt", "reminder", LATE, REMIND})
    columns: ClassVar[Sequence[Column]] = (
        Column("name", "Adhérent", width=0, least=170),
        Column("state", "État", "chip", 102),
        Column("due", "Reste", "amount", 98),
        Column("amount", "Montant", "amount", 98, spare=1),
        Column("received", "Reçu", "amount", 98, spare=4),
        Column("reminder", "Relance", width=80, spare=2, tip="Niveau et date de la dernière relance"),
        Column("number", "Numéro", width=82, spare=3),
        Column("kind", "Type", width=150, hidden=True),
        Column("due_on", "Échéance", "date", 96, hidden=True),
        Column("late", "Jours", "number", 54, hidden=True, tip="Jours de retard"),
        Column("overpaid", "Trop-perçu", "amount", 98, hidden=True),
        Column("called_on", "Appelée le", "date", 96, hidden=True),
    )

    export_asked = Signal(object, str)
    """A table behind a figure, to export, and its title."""

    # --- building --------------------------------------------------------------------------------

    def build_list(self) -> None:
        self.acts = DuesActs(self.workspace, self, new_campaign=self.new_campaign)
        self.receive_button = self.primary("Encaisser…", "banknote", self.receive)
        self.more_button = self.action("Plus", self._show_more, icon="ellipsis")
        self.remind_button = self.action("Relancer…", self.remind, icon="calendar-clock", writes=True)
        self.slip_button = self.action("Saisie groupée…", self.enter_slip, icon="list", writes=True)
        self.campaign_button = self.action("Campagne", self.open_campaign, icon="layers", writes=True)
        self.behind = Behind(self)
        self.head = DuesHead(self.behind.card, self.behind.age)
        self.content.insertWidget(0, self.head)
        self.waiting = Waiting(self)
        self.content.insertWidget(1, self.waiting)
        self.writers(self.waiting.call_button)
        self.chip("state", "État", listing.states)
        self.chip("kind", "Type", lambda: self._read(listing.kinds))
        self.chip("late", "Retard", listing.late)
        self.chip("reminder", "Relance", listing.reminded)
        self.chip("open", "Reste dû")
        self.table.can_delete = True
        self.table.act("Ajouter un encaissement…", self.acts.receive, icon="banknote")
        self.table.act("Imprimer l’appel…", self.acts.print_calls, icon="printer")
        self.table.act("Imprimer la relance…", self.acts.print_reminders, icon="printer", when=self._is_due)
        self.table.act("Relancer…", lambda _row: self.remind(), icon="calendar-clock", when=self._is_due)
        self.table.act("Reporter le trop-perçu…", self.acts.carry_over, icon="split")
        self.table.act("Annuler la cotisation…", self.acts.cancel, icon="ban")
        self.table.act("Voir l’adhérent", self._show_member, icon="users")
        self._build_detail()

    def _build_detail(self) -> None:
        shown = DuesItems(self.workspace, self.acts)
        self.facts = Facts()
        self.receipts = Items("Rien n’a encore été encaissé.")
        self.reminders = Items("Aucune relance n’a été envoyée.")
        self.history = Items()
        self._fill = shown
        fiche = self.detail.tab("Fiche")
        fiche.addWidget(self.facts)
        for title, items in (("Encaissements", self.receipts), ("Relances", self.reminders)):
            fiche.addWidget(label(title, "panelTitle"))
            fiche.addWidget(items)
        self.detail.tab("Années").addWidget(self.history)
        edit = self.detail.action("Modifier", lambda: self._on_current(self.open_row), icon="pencil")
        edit.setToolTip("F2")
        take = self.detail.action("Encaisser…", lambda: self._on_current(self.acts.receive), icon="banknote")
        self.writers(edit, take)

    def _read(self, function: Any) -> Any:
        with self.workspace.read() as session:
            return function(session)

    def today(self) -> date:
        """Return the day of the user's own calendar."""
        return date.today()  # noqa: DTZ011 - the user's own calendar

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        year, today = self.workspace.year, self.today()
        self.set_title(f"{self.title} {year}")
        with self.workspace.read() as session:
            found = dues_summary.overview(session, year, on=today)
            self.campaigns = [(row.id, row.name) for row in campaigns_of(session, year)]
        self.sums, self.years = found.sums, found.years
        self.head.show_sums(self.sums, found.ageing, self._before())
        self.name_action(self.campaign_button, "Campagne" if self.campaigns else "Nouvelle campagne…")
        self.waiting.refresh()
        super().refresh()
        self.select_first()

    def _before(self) -> str:
        """Return « 96 % en 2020 »."""
        earlier = [each for each in self.years if each.year < self.workspace.year]
        if not earlier:
            return "comparer les années"
        last = earlier[-1]
        return f"{french.percent(last.called - last.due, last.called)} en {last.year}"

    def _look(self, text: str, chips: Mapping[str, Any]) -> Listing:
        return listing.look(text, tuple(chips.items()), self.workspace.year, self.today())

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        with self.workspace.read() as session:
            return self._look(text, chips).ids(session, sort_key, descending=descending)

    def first_ids(
        self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool, most: int
    ) -> Sequence[int] | None:
        """Return the first ids of the list in the order of names, which need not be sorted for that."""
        if sort_key not in ("", "name"):
            return None
        with self.workspace.read() as session:
            return self._look(text, chips).ids(session, sort_key, descending=descending, most=most)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        rows = self.table.rows
        with self.workspace.read() as session:
            return self._look(rows.filter_text, rows.chips).rows(session, ids)

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        count = french.count(len(ids), "cotisation")
        if not ids:
            return count, ""
        rows = self.table.rows
        sums: DuesSums | listing.Sums = self.sums
        if rows.filter_text or rows.chips:
            with self.workspace.read() as session:
                sums = self._look(rows.filter_text, rows.chips).sums(session)
        said = f"{french.amount(sums.called)} appelés, {french.amount(sums.received)} reçus"
        if sums.due:
            said += f", reste {french.amount(sums.due)}"
        if sums.overpaid:
            said += f", trop-perçu {french.amount(sums.overpaid)}"
        return count, said

    # --- the detail ------------------------------------------------------------------------------

    def show_detail(self, identifier: int) -> None:
        with self.workspace.read() as session:
            found = sheet.read_sheet(session, identifier, today=self.today())
        if found is None:
            return
        self.detail.head(found.name, found.below, found.chips)
        self.facts.show_facts(sheet.facts(found))
        self._fill.show_receipts(self.receipts, identifier)
        self._fill.show_reminders(self.reminders, identifier)
        self._fill.show_member(self.history, found.member_id)

    # --- acts ------------------------------------------------------------------------------------

    def _is_due(self, identifier: int) -> bool:
        """Return whether something is left to pay: who paid is not reminded."""
        place = [column.key for column in self.columns].index("due")
        return bool(self.table.rows.values(self.table.rows.row_of(identifier))[place])

    def _on_current(self, act: Any) -> None:
        if (current := self.table.current_id()) is not None:
            act(current)

    def open_row(self, identifier: int) -> None:
        self.acts.edit(identifier)

    def delete_rows(self, identifiers: list[int]) -> None:
        self.acts.delete(*identifiers)

    def receive(self) -> None:
        """Receive money for the dues chosen."""
        if self.table.current_id() is None:
            first = "Choisissez d’abord la cotisation à encaisser."
            begin = "Rien n’est encore appelé\u00a0: commencez par «\u00a0Nouvelle campagne…\u00a0»."
            self.workspace.say(first if self.campaigns else begin)
        self._on_current(self.acts.receive)

    def remind(self) -> None:
        """Propose the next reminders: of the dues selected when several are, else of all that are ready."""
        chosen = self.table.selected_ids()
        RemindersForm.of_year(self.workspace, chosen if len(chosen) > 1 else (), self).start()

    def enter_slip(self) -> None:
        """Type the payments of a bank slip in one table."""
        SlipForm.new(self.workspace, self).start()

    def open_campaign(self) -> None:
        """Offer what can be done with the campaigns of the year; without one, begin one."""
        if self.campaigns:
            corner = self.campaign_button.rect().bottomLeft()
            self.campaign_menu().popup(self.campaign_button.mapToGlobal(corner))
        else:
            self.new_campaign()

    def campaign_menu(self) -> QMenu:
        """Return what can be done with the campaigns of the year."""
        return campaign_menu.of(self)

    def call_one(self, member_id: int | None = None) -> None:
        """Call one member more, in the campaign of the year."""
        self.acts.call_one(member_id, done=lambda row: self.open_item(row.id))

    def new_campaign(self) -> None:
        """Open the steps of a new campaign."""
        CampaignForm.new(self.workspace, self).start(lambda _row: self.table.setFocus())

    def _show_member(self, dues_id: int) -> None:
        with self.workspace.read() as session:
            member_id = session.scalar(select(Dues.member_id).where(Dues.id == dues_id))
        if member_id is not None:
            self.workspace.open_row("member", member_id)

    def more_menu(self) -> QMenu:
        """Return what is done more rarely."""
        return menu_of(self, menu.GROUPS)

    def _show_more(self) -> None:
        self.more_menu().popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    # --- links from elsewhere --------------------------------------------------------------------

    def look_at(self, year: int) -> None:
        """Show the dues of another fiscal year."""
        self.workspace.year = year

    # --- pictures --------------------------------------------------------------------------------

    def forms(self) -> Iterable[Callable[[], object]]:
        return (
            self.new_campaign, self.enter_slip, self.remind, self.call_one, self.behind.years,
            lambda: self._on_current(self.acts.receive), lambda: self._on_current(self.open_row),
        )  # fmt: skip

    @classmethod
    def holds(cls, session: Session, table: str, row_id: int) -> bool:
        if table != "receipt":
            return super().holds(session, table, row_id)
        return session.scalar(select(Receipt.dues_id).where(Receipt.id == row_id)) is not None

    def show_row(self, table: str, row_id: int) -> None:
        if table in (LATE, REMIND):
            self.look_at(row_id)
            self.refresh_now()
            self.clear_filters()
            self.filter_by("late", listing.ANY_LATE, "Toutes celles en retard")
            if table == REMIND and not self.workspace.is_read_only:
                self.remind()
            return
        with self.workspace.read() as session:
            place = place_of(session, table, row_id)
        if place is None:
            return
        self.look_at(place.year)
        if place.dues_id is not None:
            self.open_item(place.dues_id)
