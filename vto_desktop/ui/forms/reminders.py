"""« Relancer… »: who is late, by how much, which reminder comes next; those ticked are kept in one step."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services import reminders
from vto_desktop.services.reminders import DELAY, LAST, Late
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import NumberInput
from vto_desktop.ui.kit.line_input import Input
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.tick_table import TickTable
from vto_desktop.ui.kit.workspace import Workspace

COLUMNS: Final = (
    Column("name", "Adhérent", width=0),
    Column("due", "Reste", "amount", 98),
    Column("late", "Jours", "number", 60, tip="Jours de retard"),
    Column("last", "Dernière", width=120, tip="Dernière relance envoyée"),
    Column("next", "Prochaine", "chip", 96),
    Column("ready_on", "À partir du", "date", 98),
)
TONES: Final = {1: "info", 2: "warn", 3: "danger"}


@dataclass
class Batch:
    """Reminders to record: which dues, on which day."""

    year: int
    sent_on: date
    delay: int = DELAY
    dues_ids: list[int] = field(default_factory=list)
    id: None = None


class LateInput(Input):
    """The late dues with ticks; its value is the list of those ticked."""

    def __init__(self) -> None:
        body = QWidget()
        super().__init__(body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._late: dict[int, Late] = {}
        self.table = TickTable(COLUMNS, can_tick=lambda row_id: self._late[row_id].next_level is not None)
        self.table.setAccessibleName("Cotisations en retard")
        self.table.set_empty_text("Aucune cotisation n’est en retard à cette date.")
        self.table.ticked.connect(self._ticked)
        self.sums = label("", "strong")
        frame = QFrame()
        frame.setObjectName("panel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.sums, 1)
        foot.addWidget(button("Tout cocher", lambda: self.table.tick_all(True), kind="small"))
        foot.addWidget(button("Tout décocher", lambda: self.table.tick_all(False), kind="small"))
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(frame, 1)
        column.addLayout(foot)

    def offer(self, late: Iterable[Late], ticked: Collection[int]) -> None:
        """Show who is late, these ticked."""
        self._late = {each.dues_id: each for each in late}
        self.table.show_ticked(((i, *_row(each)) for i, each in self._late.items()), ticked)

    def _ticked(self) -> None:
        chosen = [self._late[i] for i in self.table.ticked_ids()]
        levels = [
            french.count(count, f"de niveau {level}", f"de niveau {level}")
            for level in range(1, LAST + 1)
            if (count := sum(each.next_level == level for each in chosen))
        ]
        total = french.amount(sum(each.due for each in chosen))
        what = f" ({', '.join(levels)})" if levels else ""
        self.sums.setText(f"{french.count(len(chosen), 'relance')}{what}\u00a0: {total}")
        self.changed.emit()

    def value(self) -> list[int]:
        return self.table.ticked_ids()

    def set_value(self, value: Any) -> None:
        """Nothing: what is ticked follows the day and the delay."""

    def is_empty(self) -> bool:
        return not self.value()

    def typed(self) -> Any:
        return self.value()

    def set_typed(self, typed: Any) -> None:
        if isinstance(typed, list):
            self.table.tick_all(False)
            self.table.set_ticked([i for i in typed if i in self._late], True)


def _row(each: Late) -> tuple[Any, ...]:
    last = f"{each.level} · {french.short_date(each.reminded_on)}" if each.level else None
    level = each.next_level
    chip = Chip(f"Niveau {level}", TONES[level]) if level is not None else Chip("Toutes faites")
    return each.name, each.due, each.days_late, last, chip, each.ready_on


class RemindersForm(Form):
    """Records the next reminder of late dues."""

    title = "Relances"
    row: Batch

    @classmethod
    def of_year(
        cls, workspace: Workspace, chosen: Collection[int] = (), parent: Any = None
    ) -> "RemindersForm":
        """Return the form on the late dues of the year looked at; ``chosen`` alone are ticked, when given."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        return cls(workspace, Batch(workspace.year, today, dues_ids=list(chosen)), parent)

    def build(self) -> None:
        self.head(f"Relances des cotisations {self.row.year}", "Le niveau 3 est la dernière relance.")
        hint = "Jours entre deux relances\u202f; celles qui sont prêtes sont cochées."
        self.pair(
            self.field("Envoyées &le", "sent_on", DateInput()),
            self.field("&Délai", "delay", NumberInput(0, 365), hint=hint),
        )
        self.late = LateInput()
        made = self.add("Cotisations en retard", "dues_ids", self.late)
        made.label.hide()
        for name in ("sent_on", "delay"):
            self.input(name).changed.connect(self._offer)
        self.late.changed.connect(self._name_button)
        self.workspace.changed.connect(self._changed)
        self.setMinimumSize(QSize(theme.px(760), theme.px(480)))

    def _footer(self) -> QFrame:
        footer = super()._footer()
        row = footer.layout()
        assert isinstance(row, QHBoxLayout)  # noqa: S101 - as the base made it
        self.letters_button = button("&Voir les lettres…", self.show_letters, icon="printer")
        row.insertWidget(row.count() - 1, self.letters_button)
        return footer

    def show_letters(self) -> None:
        """Show the letters of those ticked, to be printed or saved; they may be recorded from there too."""
        if chosen := self.late.value():
            PapersDialog(self.workspace, "reminders", chosen, self).open()

    def _changed(self, tables: frozenset[str]) -> None:
        if "reminder" in tables and self.isVisible():
            was_typed_in = self.is_changed()
            self._offer()
            if not was_typed_in:
                self._loaded = self._typed()

    def load(self, row: Batch) -> None:
        super().load(row)
        self._offer()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(
            self.width(), min(theme.px(640), self.screen().availableGeometry().height() - theme.px(60))
        )
        self.late.table.setFocus()

    def _offer(self) -> None:
        on, delay = self.input("sent_on").value(), self.input("delay").value()
        if on is None or delay is None:
            return
        with self.workspace.read() as session:
            found = reminders.late_dues(session, self.row.year, on=on, delay=delay)
        wanted = set(self.row.dues_ids)
        ticked = {e.dues_id for e in found if (e.dues_id in wanted if wanted else e.is_ready(on))}
        self.late.offer(found, ticked)
        self._name_button()

    def _name_button(self) -> None:
        count = len(self.late.value())
        what = f"&Enregistrer {french.count(count, 'relance')}" if count else "&Enregistrer"
        self.save_button.setText(what)
        self.letters_button.setEnabled(bool(count))

    def check(self) -> dict[str, str]:
        found = {}
        if self.input("sent_on").value() is None:
            found["sent_on"] = "Indiquez le jour de l’envoi."
        if not self.late.value():
            found["dues_ids"] = "Cochez au moins une cotisation à relancer."
        return found

    def save(self) -> None:
        count = french.count(len(self.row.dues_ids), "relance")
        with self.workspace.write(f"Enregistrer {count} ({french.short_date(self.row.sent_on)})") as session:
            reminders.send_reminders(session, self.row.dues_ids, on=self.row.sent_on)
        said = "relance enregistrée", "relances enregistrées"
        self.workspace.say(f"{french.count(len(self.row.dues_ids), *said)}.")
