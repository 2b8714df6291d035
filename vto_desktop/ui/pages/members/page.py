"""The page of members: the list at a date, and beside it the sheet of the one chosen."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import FiscalYear, Member
from vto_desktop.services import members
from vto_desktop.services.members import member_name
from vto_desktop.services.reference import departement_name
from vto_desktop.ui.forms.ends import AsOfForm
from vto_desktop.ui.forms.leaving import EndMemberForm
from vto_desktop.ui.forms.member import MemberForm
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.records import copy_of, deleting, loaded, named
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.panel import Facts, button
from vto_desktop.ui.pages.members import listing, menu, sheet
from vto_desktop.ui.pages.members.date_chip import DateChip
from vto_desktop.ui.pages.members.dues_tab import DuesTab
from vto_desktop.ui.pages.members.history_tab import HistoryTab
from vto_desktop.ui.pages.members.links import member_of
from vto_desktop.ui.pages.members.listing import Listing
from vto_desktop.ui.pages.members.mandates_tab import MandatesTab
from vto_desktop.ui.pages.members.representatives_tab import RepresentativesTab
from vto_desktop.ui.pages.members.shown import SHORT_KINDS

NARROW = 600  # pixels under which the footer says the least


class MembersPage(ListPage):
    """« Adhérents »."""

    title = "Adhérents"
    icon = "users"
    empty = (
        "Aucun adhérent à cette date. «\u00a0Nouvel adhérent\u00a0» (Ctrl+N) inscrit le premier\u202f; "
        "«\u00a0Plus › Importer une liste…\u00a0» en reprend une."
    )
    shows = frozenset(
        {
            "member", "organisation", "organisation_alias", "person", "representative", "college", "dues",
            "dues_campaign", "receipt", "mandate", "office", "body", "fiscal_year",
        }
    )  # fmt: skip
    opens = frozenset({"member", "organisation", "person", "representative"})
    detail_width = 384
    columns: ClassVar[Sequence[Column]] = (
        Column("name", "Adhérent", width=0, least=170),
        Column("kind", "Type", width=108, spare=3),
        Column("departement", "Dép.", width=58, tip="Département", spare=2),
        Column("population", "Population", "number", 90, spare=4),
        Column("representative", "Représentant", "noted", 194, sortable=False, spare=1),
        Column("state", "Cotisation", "chip", 92),
        Column("college", "Collège", width=140, hidden=True),
        Column("joined_on", "Adhésion", "date", 100, hidden=True),
        Column("left_on", "Départ", "date", 100, hidden=True),
    )

    # --- building --------------------------------------------------------------------------------

    def build_list(self) -> None:
        self.primary("Nouvel adhérent", "plus", self.new)
        self.more_button = self.action("Plus", self._show_more, icon="ellipsis")
        self.more_button.setToolTip("Personnes et organismes, exporter la liste…")
        self._add_chips()
        self.table.can_delete = True
        self.table.can_duplicate = True
        self.table.act("Mettre fin à l’adhésion…", self.end_member, icon="calendar-clock")
        self.table.act("Attestation d’adhésion…", partial(menu.certify, self), icon="printer")
        self.table.act("Modifier l’organisme ou la personne…", self.edit_holder, icon="building-2")
        self.facts = Facts()
        self.representatives = RepresentativesTab(self.workspace)
        self.dues = DuesTab(self.workspace)
        self.mandates = MandatesTab(self.workspace)
        self.history = HistoryTab(self.workspace)
        fiche = self.detail.tab("Fiche")
        fiche.addWidget(self.facts)
        self.holder_button = button(
            "Modifier l’organisme…",
            lambda: self._on_current(self.edit_holder),
            icon="building-2",
            kind="small",
        )
        fiche.addWidget(self.holder_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.detail.tab("Représentants").addWidget(self.representatives)
        self.detail.tab("Cotisations").addWidget(self.dues)
        self.detail.tab("Mandats").addWidget(self.mandates)
        self.detail.tab("Historique").addWidget(self.history)
        edit = self.detail.action("Modifier", lambda: self._on_current(self.open_row), icon="pencil")
        edit.setToolTip("F2")
        self.end_button = self.detail.action("Mettre fin…", lambda: self._on_current(self.end_member))
        self.writers(edit, self.end_button, self.holder_button)

    def _add_chips(self) -> None:
        self.day_chip = DateChip("on", self._usual_days, self._ask_day)
        self.day_chip.changed.connect(self._day_chosen)
        self.chips["on"] = self.day_chip
        self._bar.insertWidget(self._bar.count() - 1, self.day_chip)
        self._follows_year_end = True
        self.chip("college", "Collège", lambda: self._read(listing.colleges))
        self.chip("kind", "Type", lambda: self._read(listing.kinds))
        self.chip("departement", "Département", lambda: self._read(listing.departements))
        self.chip("state", "Cotisation", listing.states)

    def _read(self, function: Any) -> Any:
        with self.workspace.read() as session:
            return function(session)

    # --- the day of the list ---------------------------------------------------------------------

    def year_end(self) -> date:
        """Return the last day of the fiscal year looked at."""
        statement = select(FiscalYear.ends_on).where(FiscalYear.year == self.workspace.year)
        with self.workspace.read() as session:
            return session.scalar(statement) or date(self.workspace.year, 12, 31)

    def writing_day(self) -> date:
        """Return the day whose representatives are written to: that of the list, but never one to come."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        return min(self.day_chip.value or today, today)

    def _usual_days(self) -> list[tuple[date, str]]:
        end, today = self.year_end(), date.today()  # noqa: DTZ011 - the user's own calendar
        days = [(end, f"À la fin de l’exercice ({french.short_date(end)})")]
        return [*days, (today, f"Aujourd’hui ({french.short_date(today)})")]

    def _day_chosen(self, _key: str, day: date | None) -> None:
        self._follows_year_end = day == self.year_end()
        self._filter_by_chips()

    def _ask_day(self) -> None:
        on = self.day_chip.value or self.year_end()
        AsOfForm(self.workspace, on, self.day_chip.choose, self).start()

    def reload(self) -> None:
        if self._follows_year_end:
            self.day_chip.set_value(self.year_end())
        active = {key: chip.value for key, chip in self.chips.items() if chip.value is not None}
        if active != dict(self.table.rows.chips):
            self.table.rows.set_filter(self.filter_field.text().strip(), active)
        else:
            super().reload()

    def refresh(self) -> None:
        super().refresh()
        self.select_first()

    def clear_filters(self) -> None:
        super().clear_filters()
        self._follows_year_end = False

    # --- the list --------------------------------------------------------------------------------

    def _listing(self) -> Listing:
        rows = self.table.rows
        return self._listing_of(rows.filter_text, rows.chips)

    def _listing_of(self, text: str, chips: Mapping[str, Any]) -> Listing:
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        return listing.look(text, tuple(chips.items()), self.workspace.year, today)

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        with self.workspace.read() as session:
            return self._listing_of(text, chips).ids(session, sort_key, descending=descending)

    def first_ids(
        self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool, most: int
    ) -> Sequence[int] | None:
        """Return the first ids of the list in the order of names, which need not be sorted for that."""
        if sort_key not in ("", "name"):
            return None
        with self.workspace.read() as session:
            return self._listing_of(text, chips).first_ids(session, descending=descending, most=most)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        with self.workspace.read() as session:
            return self._listing().rows(session, ids)

    def counted(self, count: int) -> str:
        return french.count(count, "adhérent")

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        count = self.counted(len(ids))
        if not ids:
            return count, ""
        with self.workspace.read() as session:
            sums = self._listing().sums(session)
        dues = f"{french.amount(sums.called)} appelés, {french.amount(sums.received)} réglés"
        if sums.due:
            dues += f", reste {french.amount(sums.due)}"
        whole = f"Cotisations {self.workspace.year}\u00a0: {dues}"
        people = french.count(sums.inhabitants, "habitant")
        self.totals_label.setToolTip(f"{people}. {whole}")
        if self.table.width() < theme.px(NARROW):
            return count, dues
        return f"{count} · {people}", whole

    def _show_count(self) -> None:
        super()._show_count()
        rows = self.table.rows
        if not rows.filter_text and not set(rows.chips) - {"on"}:
            self.table.set_empty_text(self.empty)

    # --- the detail ------------------------------------------------------------------------------

    def show_detail(self, identifier: int) -> None:
        on = self.day_chip.value or self.year_end()
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        with self.workspace.read() as session:
            member = sheet.read_member(session, identifier)
            if member is None:
                return
            state = Listing("", {}, self.workspace.year, today=today).rows(session, [identifier])[0][5]
        spellings = [alias.name for alias in member.organisation.aliases] if member.organisation else []
        below = f"Aussi écrit\u00a0: {', '.join(spellings)}" if spellings else ""
        self.detail.head(member.name, below, self._chips_of(member, state))
        self.facts.show_facts(sheet.facts(member))
        self.holder_button.setText(
            "Modifier l’organisme…" if member.organisation is not None else "Modifier la personne…"
        )
        self.representatives.show_member(identifier, on)
        self.dues.show_member(identifier)
        self.mandates.show_member(identifier, on)
        self.history.show_member(identifier)

    def _chips_of(self, member: Member, state: Chip | None) -> list[Chip]:
        found = [Chip(SHORT_KINDS.get(member.kind, member.kind))]
        if member.departement:
            name = departement_name(member.departement)
            found.append(Chip(" ".join(filter(None, (member.departement, name)))))
        if member.left_on is not None:
            found.append(Chip(f"Parti le {french.short_date(member.left_on)}", "warn"))
        if state is not None:
            year = self.workspace.year
            found.append(Chip(f"Cotisation {year} {state.text.lower()}", state.role))
        return found

    # --- acts ------------------------------------------------------------------------------------

    def _on_current(self, act: Any) -> None:
        if (current := self.table.current_id()) is not None:
            act(current)

    def new(self) -> None:
        """Open the form of a new member."""
        MemberForm(self.workspace, Member(), self).start(lambda row: self.open_item(row.id))

    def open_row(self, identifier: int) -> None:
        if not self.workspace.is_read_only:
            MemberForm.edit(self.workspace, identifier, self).start()

    def duplicate_row(self, identifier: int) -> None:
        """Open the form of a new membership like another: an organisation that comes back."""
        if self.workspace.is_read_only:
            return
        row = copy_of(loaded(self.workspace, Member, identifier))
        row.joined_on = row.left_on
        row.left_on, row.leaving_reason, row.successor_id = None, "", None
        MemberForm(self.workspace, row, self).start(lambda kept: self.open_item(kept.id))

    def edit_holder(self, identifier: int) -> None:
        """Open the form of the organisation or person that a member is."""
        if self.workspace.is_read_only:
            return
        row = loaded(self.workspace, Member, identifier)
        if row.organisation_id is not None:
            OrganisationForm.edit(self.workspace, row.organisation_id, self).start()
        elif row.person_id is not None:
            PersonForm.edit(self.workspace, row.person_id, self).start()

    def end_member(self, identifier: int) -> None:
        """Ask when and why a member leaves."""
        if self.workspace.is_read_only:
            return
        EndMemberForm.of(self.workspace, identifier, self).start()

    def delete_rows(self, identifiers: list[int]) -> None:
        with self.workspace.read() as session:
            names = [member_name(session, identifier) for identifier in identifiers]
        what = named("l’adhérent", names[0]) if len(names) == 1 else french.count(len(names), "adhérent")
        deleting(self.workspace, self, what, members.delete_member, *identifiers)

    def _show_more(self) -> None:
        menu.of(self).popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    # --- links from elsewhere --------------------------------------------------------------------

    def show_row(self, table: str, row_id: int) -> None:
        with self.workspace.read() as session:
            member_id = member_of(session, table, row_id)
        if member_id is None:
            self._open_holder(table, row_id)
            return
        self.open_item(member_id)
        tab = {"representative": 1, "person": 1}.get(table, 0)
        self.detail.tabs.setCurrentIndex(tab)

    def _open_holder(self, table: str, row_id: int) -> None:
        """Open an organisation or a person that is no member: a funder, a guest."""
        if self.workspace.is_read_only:
            return
        if table == "organisation":
            OrganisationForm.edit(self.workspace, row_id, self).start()
        elif table == "person":
            PersonForm.edit(self.workspace, row_id, self).start()
