"""The amount asked from one member of a campaign, typed below the list with its reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from vto_desktop import french
from vto_desktop.services.calls import Retained
from vto_desktop.services.proposals import Proposal
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.inputs import TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput
from vto_desktop.ui.kit.panel import button, label


class AmountEditor(QFrame):
    """Below the list: the amount asked from the member chosen, and why it is not the scale's."""

    taken = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._each: Proposal | None = None
        self._shown: tuple[int | None, str] = (None, "")
        self._told: object = None  # what the remark was last said of
        self.name, self.basis = label("", "strong"), label("", "secondary")
        self.amount = Field("Montant retenu", "amount", AmountInput())
        self.reason = Field("Raison de l’écart", "reason", TextInput())
        self.take_button = button("Retenir ce montant", self.taken.emit)
        self.drop_button = button("Revenir au barème", self.dropped.emit)
        self.amount.setMaximumWidth(theme.px(190))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.amount)
        row.addWidget(self.reason, 1)
        for one in (self.take_button, self.drop_button):
            beside = QVBoxLayout()  # level with the fields, whatever stands below these
            beside.addSpacing(theme.px(22))
            beside.addWidget(one)
            beside.addStretch(1)
            row.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self.name)
        head.addWidget(self.basis, 1)
        column.addLayout(head)
        column.addLayout(row)
        for field in (self.amount, self.reason):
            field.input.changed.connect(self._typed)

    @property
    def member_id(self) -> int | None:
        """The member shown."""
        return self._each.member_id if self._each is not None else None

    def show_member(self, each: Proposal, kept: Retained | None, problem: str) -> None:
        """Show what is asked from a member."""
        self.setEnabled(True)
        self._each = each
        self.name.setText(each.name)
        self.basis.setText(each.computed.basis or each.computed.problem)
        asked = kept or Retained(each.computed.amount or 0)
        self._shown = (kept.amount if kept else each.computed.amount, asked.reason)
        self.amount.input.set_value(self._shown[0])
        self.reason.input.set_value(asked.reason)
        self._typed()
        self.reason.show_problem(problem)

    def keep(self, asked: Retained) -> None:
        """Take what is asked now for what is shown."""
        self._shown = (asked.amount, asked.reason)

    def given(self) -> tuple[int, Retained] | None:
        """Return the member and the amount typed for it, when it is another than what was shown."""
        amount, reason = self.amount.input.value(), self.reason.input.value()
        if self._each is None or amount is None or (amount, reason) == self._shown:
            return None
        return self._each.member_id, Retained(amount, reason)

    def begin(self) -> None:
        """Go to the amount."""
        self.amount.input.setFocus()
        self.amount.input.editor.selectAll()  # type: ignore[attr-defined]  # a line

    def _typed(self) -> None:
        computed = self._each.computed.amount if self._each is not None else None
        typed = self.amount.input.value()
        if (told := (self._each, typed, self.reason.input.value())) == self._told:
            return  # only written anew, as a field is when it is left
        self._told = told
        differs = computed is not None and typed not in (None, computed)
        self.amount.show_problem("")
        self.reason.show_problem("")
        said = f"Le barème donne {french.amount(computed or 0)}"
        wants = f"{said}\u00a0: dites pourquoi ce montant."
        is_told = bool(self.reason.input.value())
        self.reason.show_remark(
            (f"{said}." if is_told else wants) if differs else "", "hint" if is_told else "warn"
        )

    def unreadable(self) -> str:
        """Return what cannot be read in the amount, shown beside it."""
        said = self.amount.input.problem()
        self.amount.show_problem(said)
        return said

    def tell(self, problem: str) -> None:
        """Show what is wrong with what is asked from the member, and go there."""
        self.reason.show_problem(problem)
        self.reason.input.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
            event.accept()
            return
        super().keyPressEvent(event)
