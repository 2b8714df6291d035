"""The list of conventions: what is signed, what came, what is still to come."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Convention
from vto_desktop.services import conventions
from vto_desktop.services.dashboard import ENDED, shown_day
from vto_desktop.services.funding_state import Status
from vto_desktop.ui.forms import export
from vto_desktop.ui.forms.convention import (
    ConventionForm,
    copied_convention,
    loaded_convention,
    new_convention,
)
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit import messages
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.sources import MemorySource
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions.reading import Listed, listed, status_chip

OWN = frozenset({"convention", "convention_share", "instalment", "amendment", "report_due", "receipt"})
TABLES = OWN | {
    "convention_agreement", "organisation", "funding_source", "programme", "person", "fiscal_year",
}  # fmt: skip


class ConventionList(ListPage):
    """Every convention with its amounts; a double click opens its detail."""

    title, icon = "Conventions", "handshake"
    shows = TABLES
    empty = "Aucune convention pour l’instant. «\u00a0Nouvelle convention\u00a0» ajoute la première."
    detail_width = 0
    columns = (
        Column("title", "Convention", width=0, least=260),
        Column("funder", "Financeur", width=152),
        Column("source", "Source", width=112, muted=True, spare=4),
        Column("status", "État", "chip", width=126),
        Column("awarded", "Accordé", "amount", width=94),
        Column(
            "share", "Part de l’année", "amount", 110, spare=3, tip="Part accordée pour l’exercice choisi"
        ),
        Column("received", "Encaissé", "amount", width=94, spare=1),
        Column("due", "Reste dû", "amount", width=90, tip="Accordé et pas encore encaissé"),
        Column("late", "En retard", "amount", 88, spare=2, tip="Tranches échues qui ne sont pas encaissées"),
        Column("received_in_year", "Encaissé dans l’année", "amount", width=140, hidden=True),
    )

    def __init__(self, workspace: Workspace, shown: Callable[[int], object]) -> None:
        self._shown = shown
        self._kept: dict[int, Listed] = {}
        self._memory = MemorySource(self.columns)
        super().__init__(workspace)

    def build_list(self) -> None:
        self.primary("Nouvelle convention", "plus", self.new)
        self.chip("status", "État", lambda: [(each.value, each.value) for each in Status])
        self.chip("funder", "Financeur", lambda: self._choices(lambda figure: figure.funder))
        self.chip("source", "Source", lambda: self._choices(lambda figure: " › ".join(figure.source_path)))
        self.of_year = self.chip("year", "De l’exercice")
        self.day = ChipLabel(Chip(""), icon="calendar")
        self.day.setToolTip(ENDED)
        self.bar_widget(self.day)
        self.table.can_delete = True
        self.table.can_duplicate = True
        self.table.act("Modifier…", self.edit, icon="square-pen")
        self.action("Exporter…", self.export, icon="download")
        self.table.export_asked.connect(self.export)

    def _choices(self, text_of: Callable[[Any], str]) -> list[tuple[Any, str]]:
        texts = {text for each in self._kept.values() if (text := text_of(each.figure))}
        return [(text, text) for text in sorted(texts, key=french.sort_key)]

    def refresh(self) -> None:
        self.of_year.title = f"De l’exercice {self.workspace.year}"
        self.of_year.set_value(self.of_year.value)
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        with self.workspace.read() as session:
            shown_on = shown_day(session, self.workspace.year, today)
            found = listed(session, on=shown_on, year=self.workspace.year)
        self.day.set_chip(Chip(f"Chiffres au {french.short_date(shown_on)}"))
        self.day.setVisible(shown_on != today)
        self._kept = {each.figure.convention_id: each for each in found}
        super().refresh()

    # --- rows ------------------------------------------------------------------------------------

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        self._memory.replace(
            (row_id, *self._values(each)) for row_id, each in self._kept.items() if _passes(each, chips)
        )
        return self._memory.ids(text, {}, sort_key, descending)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        return self._memory.rows(ids)

    @staticmethod
    def _values(each: Listed) -> tuple[Any, ...]:
        figure = each.figure
        return (
            figure.title, figure.funder, figure.source_path[-1] if figure.source_path else "",
            status_chip(figure.status), figure.awarded or None, each.share or None, figure.received or None,
            figure.due or None, figure.late or None, figure.received_in_year or None,
        )  # fmt: skip

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        return french.count(len(ids), "convention"), ""

    def totals(self, ids: Sequence[int]) -> Mapping[str, str]:
        kept = [self._kept[row_id] for row_id in ids]
        if not kept:
            return {}
        sums = {
            "awarded": sum(each.figure.awarded for each in kept),
            "share": sum(each.share for each in kept),
            "received": sum(each.figure.received for each in kept),
            "due": sum(each.figure.due for each in kept),
            "late": sum(each.figure.late for each in kept),
        }
        return {"title": "Total"} | {key: french.amount(amount) for key, amount in sums.items()}

    # --- acts ------------------------------------------------------------------------------------

    def open_row(self, identifier: int) -> None:
        self._shown(identifier)

    def export(self) -> None:
        """Write the list shown to a file."""
        export.ask(self, self.workspace, self.table, "Conventions")

    def new(self) -> None:
        """Add a convention."""
        ConventionForm(self.workspace, new_convention(), self).start(self._show_kept)

    def edit(self, identifier: int) -> None:
        """Edit a convention without leaving the list."""
        self._open(lambda: loaded_convention(self.workspace, identifier), lambda row: None)

    def duplicate_row(self, identifier: int) -> None:
        self._open(lambda: copied_convention(self.workspace, identifier), self._show_kept)

    def _open(self, row: Callable[[], Convention], done: Callable[[Any], object]) -> None:
        try:
            ConventionForm(self.workspace, row(), self).start(done)
        except UserError as refused:
            messages.show_error(self, refused)

    def _show_kept(self, row: Convention) -> None:
        self._shown(row.id)

    def delete_rows(self, identifiers: list[int]) -> None:
        names = [self._kept[each].figure.title for each in identifiers if each in self._kept]
        one = len(names) == 1
        words = named("la convention", names[0]) if one else french.count(len(names), "convention")
        try:
            with self.workspace.write(f"Supprimer {words}") as session:
                for each in identifiers:
                    conventions.delete_convention(session, each)
        except UserError as refused:
            messages.show_error(self, refused)


def _passes(each: Listed, chips: Mapping[str, Any]) -> bool:
    figure = each.figure
    return (
        chips.get("status") in (None, figure.status)
        and chips.get("funder") in (None, figure.funder)
        and chips.get("source") in (None, " › ".join(figure.source_path))
        and (not chips.get("year") or each.of_year)
    )
