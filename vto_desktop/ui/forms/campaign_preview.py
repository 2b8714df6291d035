"""The preview of a campaign: what each member would be called and why, and amounts replaced for a reason."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.calls import Retained
from vto_desktop.services.proposals import Proposal
from vto_desktop.ui.forms.campaign_amount import AmountEditor
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.line_input import Input
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.tick_table import TickTable

NO_REASON: Final = "Dites pourquoi le montant n’est pas celui du barème."


def columns(before: int | None) -> tuple[Column, ...]:
    """Return the columns, the one of the year compared with under its own name."""
    return (
        Column("name", "Adhérent", width=210),
        Column("basis", "Calcul", width=0),
        Column("before", str(before) if before else "Avant", "amount", 92),
        Column("amount", "Montant", "amount", 92),
        Column("change", "Écart", "noted", 112, sortable=False),
        Column("state", "", "chip", 112, sortable=False),
    )


class PreviewInput(Input):
    """A list of members with ticks; its value is member id → what is asked from those ticked."""

    def __init__(self, before: int | None) -> None:
        body = QWidget()
        super().__init__(body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._before = before
        self._offered: dict[int, Proposal] = {}
        self._retained: dict[int, Retained] = {}
        self._problems: dict[int, str] = {}
        self._is_drawing = False
        self._left_out: set[int] = set()  # by a draft, until members are offered
        self.table = TickTable(
            columns(before), can_tick=lambda row_id: self.asked(row_id) is not None, ticks_on_open=False
        )
        self.table.setAccessibleName("Adhérents à appeler")
        self.table.set_empty_text("Tous les adhérents sont déjà appelés dans cette campagne.")
        self.table.opened.connect(self._edit)
        self.table.picked.connect(self._show_editor)
        self.table.ticked.connect(self._changed)
        self.editor_strip = AmountEditor()
        self.editor_strip.taken.connect(self._take)
        self.editor_strip.dropped.connect(self._drop)
        self.sums = label("", "strong")
        frame = QFrame()
        frame.setObjectName("panel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.sums, 1)
        self.all_button = button("Tout cocher", self._tick_all, kind="small")
        foot.addWidget(self.all_button)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(frame, 1)
        column.addLayout(foot)
        column.addWidget(self.editor_strip)

    # --- what is offered -------------------------------------------------------------------------

    def offer(self, proposals: Sequence[Proposal]) -> None:
        """Show what would be called; members seen before keep their tick and the amount given by hand."""
        known = set(self._offered)
        self._offered = {each.member_id: each for each in proposals}
        for each in proposals:
            if each.retained is not None and each.member_id not in known:
                self._retained[each.member_id] = Retained(each.retained, each.reason)
        retained = {i: kept for i, kept in self._retained.items() if i in self._offered}
        self._retained, self._problems = {}, {}
        for member_id, kept in retained.items():
            self._retain(member_id, kept)
        new = [i for i in self._offered if i not in known and i not in self._left_out]
        self._redraw(*new)
        self.table.pick(next(iter(self._offered), None))
        self._show_editor(self.table.current_id())

    def asked(self, member_id: int) -> int | None:
        """Return the amount asked from a member: given by hand, else computed; None: it cannot be told."""
        kept = self._retained.get(member_id)
        if kept is not None:
            return kept.amount
        return self._offered[member_id].computed.amount if member_id in self._offered else None

    def _row(self, member_id: int) -> tuple[Any, ...]:
        each, amount = self._offered[member_id], self.asked(member_id)
        return (
            each.name, each.computed.basis or each.computed.problem, each.before, amount,
            change_words(amount, each.before), self._chip(member_id),
        )  # fmt: skip

    def _chip(self, member_id: int) -> Chip | None:
        each = self._offered[member_id]
        if member_id in self._problems:
            return Chip("À corriger", "danger")
        if member_id in self._retained:
            return Chip("Modifié", "info")
        if each.computed.amount is None:
            return Chip("Population ?" if "opulation" in each.computed.problem else "Sans barème", "warn")
        return Chip("Préparée") if each.dues_id is not None else None

    # --- by hand ---------------------------------------------------------------------------------

    def _edit(self, _member_id: int) -> None:
        self.editor_strip.begin()

    def _show_editor(self, member_id: int | None) -> None:
        """Keep what was typed for the member left, then show the one chosen."""
        self._settle()
        if member_id in self._offered:
            each = self._offered[member_id]
            kept = self._retained.get(each.member_id)
            self.editor_strip.show_member(each, kept, self._problems.get(each.member_id, ""))
        else:
            self.editor_strip.setEnabled(False)

    def _settle(self) -> None:
        """Keep an amount typed: a good one, or one that still wants its reason and is marked so."""
        given = self.editor_strip.given()
        if given is not None:
            self._keep(*given)

    def _keep(self, member_id: int, asked: Retained) -> None:
        self._retain(member_id, asked)
        self.editor_strip.keep(asked)
        self._redraw(member_id)
        self.changed.emit()

    def _retain(self, member_id: int, asked: Retained) -> None:
        """Ask an amount from a member: the scale's needs nothing more, another one its reason."""
        computed = self._offered[member_id].computed.amount
        self._retained.pop(member_id, None)
        self._problems.pop(member_id, None)
        if asked.amount != computed:
            self._retained[member_id] = asked
            if computed is not None and not asked.reason:
                self._problems[member_id] = NO_REASON

    def _take(self) -> None:
        """Keep the amount typed and go back to the list, or to the reason it wants."""
        self._settle()
        member_id = self.editor_strip.member_id
        if self.editor_strip.unreadable():
            return
        if member_id in self._problems:
            self.editor_strip.tell(self._problems[member_id])
        else:
            self.table.setFocus()

    def _drop(self) -> None:
        """Ask again what the scale gives."""
        member_id = self.editor_strip.member_id
        if member_id is None:
            return
        self._problems.pop(member_id, None)
        self._retained.pop(member_id, None)
        self._redraw(member_id)
        self.editor_strip.show_member(self._offered[member_id], None, "")
        self.table.setFocus()

    def _redraw(self, *ticked: int) -> None:
        """Show the rows anew; those ticked stay so, and these are too."""
        rows = ((i, *self._row(i)) for i in self._offered)
        self._is_drawing = True
        self.table.show_ticked(rows, {*self.table.ticked_ids(), *ticked})
        self._is_drawing = False

    def _tick_all(self) -> None:
        able = [i for i in self._offered if self.asked(i) is not None]
        self.table.tick_all(len(self.table.ticked_ids()) < len(able))

    def _changed(self) -> None:
        ticked = [self._offered[i] for i in self.table.ticked_ids()]
        total = sum(self.asked(each.member_id) or 0 for each in ticked)
        said = f"{french.count(len(ticked), 'adhérent')} à appeler\u00a0: {french.amount(total)}"
        before = sum(each.before or 0 for each in ticked)
        if before and self._before:
            change = french.percent(total - before, before, signed=True, decimals=1)
            said += f" · {french.amount(before)} en {self._before} ({change})"
        missing = sum(self.asked(i) is None for i in self._offered)
        if missing:
            said += f" · {french.count(missing, 'adhérent')} sans montant"
        self.sums.setText(said)
        if not self._is_drawing:
            self.changed.emit()

    # --- as a field ------------------------------------------------------------------------------

    def value(self) -> dict[int, Retained]:
        found = {}
        for member_id in self.table.ticked_ids():
            amount = self.asked(member_id)
            if amount is not None:
                found[member_id] = self._retained.get(member_id) or Retained(amount)
        return found

    def set_value(self, value: Any) -> None:
        """Nothing: what is shown comes from the scales."""

    def is_empty(self) -> bool:
        return not self.value()

    def typed(self) -> Any:
        by_hand = {str(i): [kept.amount, kept.reason] for i, kept in self._retained.items()}
        ticked = set(self.table.ticked_ids())
        left_out = [i for i in self._offered if i not in ticked and self.asked(i) is not None]
        return {"by_hand": by_hand, "left_out": left_out}

    def set_typed(self, typed: Any) -> None:
        match typed:
            case {"by_hand": dict(by_hand), "left_out": list(left_out)}:
                for key, kept in by_hand.items():
                    match kept:
                        case [int(amount), str(reason)] if str(key).isdigit():
                            self._retained[int(key)] = Retained(amount, reason)
                self._left_out = {i for i in left_out if isinstance(i, int)}
                self._redraw(*self._offered)
                self.table.set_ticked(self._left_out, False)

    def problem(self) -> str:
        """Return what is wrong with amounts given by hand."""
        self._settle()
        ticked = set(self.table.ticked_ids())
        wrong = [said for i, said in self._problems.items() if i in ticked]
        return self.editor_strip.unreadable() or next(iter(wrong), "")

    def show_problems_inside(self, problems: Mapping[str, str]) -> None:
        self._problems |= {int(name.partition(".")[0]): said for name, said in problems.items()}
        self._redraw()
        first = next((i for i in self._offered if i in self._problems), None)
        if first is not None:
            self.table.pick(first)
            self.editor_strip.tell(self._problems[first])

    def problems_inside(self) -> int:
        return len(self._problems)


def change_words(amount: int | None, before: int | None) -> tuple[str, str] | None:
    """Return the difference with the year before and, as a note, in percent; « nouveau » without one."""
    if amount is None:
        return None
    if before is None:
        return "", "nouveau"
    if amount == before:
        return "=", ""
    return french.amount(amount - before, signed=True), french.percent(amount - before, before, signed=True)
