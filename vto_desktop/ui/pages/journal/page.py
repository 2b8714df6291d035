"""The page of the journal: steps at left, what each changed at right, and « Annuler jusqu’ici »."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Final

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Base
from vto_desktop.model.words import TABLES, table_word
from vto_desktop.store import journal
from vto_desktop.store.dossier import Dossier
from vto_desktop.store.journal import Change
from vto_desktop.ui.kit import jobs, messages
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.items import Item, Items
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.pages.journal import words

KINDS: Final = {
    "start": Chip("Création", "neutral"),
    "do": Chip("Modification", "info"),
    "undo": Chip("Annulation", "warn"),
    "redo": Chip("Rétablissement"),
}
ERASED: Final = "Contenu effacé pour toujours."
SHOWN: Final = 60
"""Rows of one step shown in the detail; an import has thousands."""
PERIODS: Final = (
    (0, "Aujourd’hui"),
    (7, "7 derniers jours"),
    (30, "30 derniers jours"),
    (365, "12 derniers mois"),
)


class JournalPage(ListPage):
    """Lists the steps, the latest first; nothing here is ever edited."""

    title = "Journal"
    icon = "history"
    shows = frozenset(Base.metadata.tables)
    opens = frozenset({"journal"})
    follows_year = False
    empty = "Aucune modification n’a encore été faite dans ce dossier."
    detail_width = 440
    beside = 1090
    columns: ClassVar[Sequence[Column]] = (
        Column("at", "Quand", width=140, sortable=False),
        Column("author", "Qui", width=110, sortable=False),
        Column("label", "Quoi", width=0, bold=True, sortable=False),
        Column("kind", "Nature", "chip", 130, sortable=False),
        Column("rows", "Fiches", "number", 64, sortable=False),
    )

    def build_list(self) -> None:
        self._record: tuple[str, int] | None = None
        self.chip("period", "Période", lambda: PERIODS)
        self.chip(
            "table",
            "Fiches",
            lambda: sorted(((k, v) for k, v in TABLES.items()), key=lambda t: french.sort_key(t[1])),
        )
        self.record_chip = self.chip("record", "Une seule fiche")
        self.record_chip.hide()
        self.chain = ChipLabel(Chip("Journal non vérifié"), icon="link")
        self.bar_widget(self.chain)
        self.action("Vérifier", self.verify, icon="badge-check")
        self.changes = Items("Cette étape n’a rien changé de visible.")
        self.detail.tab("Changements").addWidget(self.changes)
        self.undo_button = self.detail.action("Annuler jusqu’ici", self.undo_to_current, icon="undo-2")
        self.writers(self.undo_button)
        self.table.act("Annuler jusqu’ici", self.undo_to, icon="undo-2", when=self._can_undo_to)

    @property
    def _dossier(self) -> Dossier:
        dossier = self.workspace.dossier
        assert dossier is not None  # noqa: S101 - pages are only refreshed with an open dossier
        return dossier

    # --- the list --------------------------------------------------------------------------------

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        if self.workspace.dossier is None:
            return []
        table, row_id = chips.get("table"), None
        if chips.get("record") and self._record is not None:
            table, row_id = self._record
        since = ""
        if (days := chips.get("period")) is not None:
            since = (datetime.now() - timedelta(days=days)).date().isoformat()  # noqa: DTZ005 - the user's own days
        return journal.step_ids(self._dossier, table=table, row_id=row_id, since=since, text=text)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        return [
            (_when(step.at), step.author or "–", step.label, KINDS[step.kind], len(_told(step.changes)))
            for step in journal.steps(self._dossier, ids)
        ]

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        said = "Rien n’est effacé du journal, sauf un état civil qui ne sert plus."
        return french.count(len(ids), "étape"), said

    def refresh(self) -> None:
        super().refresh()
        self.select_first()
        if self.chain.chip.text == "Journal non vérifié":
            self.verify()

    # --- the detail ------------------------------------------------------------------------------

    def show_detail(self, identifier: int) -> None:
        (step,) = journal.steps(self._dossier, [identifier])
        self.detail.head(
            step.label, f"{_when(step.at)} · {step.author or 'auteur inconnu'}", [KINDS[step.kind]]
        )
        told = _told(step.changes)
        with self.workspace.read() as session:
            items = [self._item(session, change) for change in told[:SHOWN]]
        if len(told) > SHOWN:
            items.append(Item(f"et {french.count(len(told) - SHOWN, 'autre fiche', 'autres fiches')}"))
        self.changes.show_items(items)
        self.undo_button.setVisible(self._can_undo_to(identifier))

    def _item(self, session: Any, change: Change) -> Item:
        values = change.after or change.before
        name = words.row_name(session, change.table, change.row_id, values)
        state = (
            Chip("ajout", "ok")
            if not change.before
            else Chip("suppression", "danger")
            if not change.after
            else None
        )
        lines = [ERASED] if change.is_erased else []
        for column in () if change.is_erased else change.differing:
            if column in words.HIDDEN:
                continue
            before, after = (
                words.written(session, change.table, column, image.get(column))
                for image in (change.before, change.after)
            )
            word = words.column_word(column, change.table)
            if change.before and change.after:
                lines.append(f"{word}\u00a0: {before} → {after}")
            elif (after if change.after else before) != "–":
                lines.append(f"{word}\u00a0: {after if change.after else before}")
        return Item(f"{table_word(change.table)} – {name}", state, captions=tuple(lines))

    # --- acts ------------------------------------------------------------------------------------

    def undo_to_current(self) -> None:
        """Undo the latest steps down to the chosen one."""
        if (step_id := self.table.current_id()) is not None:
            self.undo_to(step_id)

    def _can_undo_to(self, step_id: int) -> bool:
        if self.workspace.is_read_only:
            return False
        (step,) = journal.steps(self._dossier, [step_id])
        return step.is_undoable and journal.can_undo_until(self._dossier, step_id)

    def undo_to(self, step_id: int) -> None:
        """Undo the latest steps down to one, all or none, and say how many."""
        try:
            undone = journal.undo_until(self._dossier, step_id)
        except UserError as refused:
            messages.show_error(self, refused)
            return
        self.table.setFocus()  # the button that was pressed may have gone
        count = french.count(len(undone), "étape annulée", "étapes annulées")
        self.workspace.say(f"{count}\u00a0; Ctrl+Y rétablit une à une")

    def verify(self) -> None:
        """Check the chain of the journal beside the window, and show its state."""
        dossier = self._dossier
        check = partial(journal.verify_chain, dossier)
        jobs.quietly(self, "Vérification du journal", lambda _progress: check(), self._verified)

    def _verified(self, broken: list[int] | None, error: BaseException | None) -> None:
        if error is not None or broken is None:
            self.chain.set_chip(Chip("Journal non vérifié"))
        elif broken:
            self.chain.set_chip(Chip(f"Journal modifié hors du programme (étape {broken[0]})", "danger"))
        else:
            self.chain.set_chip(Chip("Journal intact", "ok"))

    def show_history(self, table: str, row_id: int) -> None:
        """Show the steps that touched one row."""
        self.clear_filters()
        self._record = (table, row_id)
        with self.workspace.read() as session:
            name = words.row_name(session, table, row_id, {})
        self.record_chip.show()
        self.filter_by("record", True, f"{table_word(table)} {name}")

    def clear_filters(self) -> None:
        self._record = None
        self.record_chip.hide()
        super().clear_filters()


def _told(changes: Sequence[Change]) -> list[Change]:
    """Return the changes in which something of the user's differs, or was erased since."""
    return [change for change in changes if change.is_erased or set(change.differing) - words.HIDDEN]


def _when(at: str) -> str:
    try:
        return f"{datetime.fromisoformat(at):%d/%m/%Y %H:%M}"
    except ValueError:
        return at
