"""« Saisie groupée »: the payments of a bank slip typed in one table, kept in one step that Ctrl+Z undoes."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeyEvent, QShowEvent
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Means, Member
from vto_desktop.model.search import matches
from vto_desktop.services import payments, slips
from vto_desktop.services.members import member_name
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.payments import Owed
from vto_desktop.services.slips import Slip, SlipLine
from vto_desktop.ui.forms.dues_receipt import MEANS
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.grid_input import GridInput
from vto_desktop.ui.kit.grid_row import Cell, Row, ShownText
from vto_desktop.ui.kit.inputs import ChoiceInput, TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.pick import MOST, Found, PickInput
from vto_desktop.ui.kit.workspace import Workspace

TYPED: Final = ("member_id", "amount", "reference", "received_on", "means")


class SlipForm(Form):
    """Types the payments of a slip; each takes what its member owes, the oldest due first."""

    title = "Saisie groupée d’encaissements"
    row: Slip

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "SlipForm":
        """Return the form of a new slip, with the next name of the year."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        with workspace.read() as session:
            name = slips.next_slip(session, today.year)
        return cls(workspace, Slip(name), parent)

    def build(self) -> None:
        self.head("Saisie groupée", "Les paiements remis ensemble à la banque, un par ligne.")
        self.pair(
            self.field("Re&mise", "name", TextInput(), hint="Son nom ou son numéro, sur le bordereau."),
            self.field("Reçus &le", "received_on", DateInput(), hint="Chaque ligne peut en changer."),
            self.field("Mo&yen", "means", ChoiceInput(MEANS)),
            self.field("&Total de la remise", "total", AmountInput(), hint="Facultatif, pour vérifier."),
        )
        self.lines = GridInput(
            (
                Cell("member_id", "Adhérent", self._payer),
                Cell("amount", "Montant", AmountInput, 112, right=True),
                Cell("reference", "Référence", TextInput, 112),
                Cell("received_on", "Date", DateInput, 122),
                Cell("means", "Moyen", lambda: ChoiceInput(MEANS), 118),
                Cell("what", "Pour", ShownText, 140, still=True),
            ),
            grows=True,
            removable=True,
            high=250,
        )
        self.add("Encaissements", "lines", self.lines)
        self.sums = label("", "strong")
        self.place(self.sums)
        self.lines.cell_changed.connect(self._cell_typed)
        self.lines.changed.connect(self._tell)
        self.input("total").changed.connect(self._tell)
        for name in ("received_on", "means"):
            self.input(name).changed.connect(self._share)
        self.setMinimumSize(QSize(theme.px(900), theme.px(520)))

    def load(self, row: Slip) -> None:
        super().load(row)
        self.input("received_on").set_value(date.today())  # noqa: DTZ011 - the user's own calendar day
        self.input("means").set_value(Means.CHEQUE.value)
        self._share()
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(1100), room.width()), min(theme.px(660), room.height() - theme.px(60)))
        self.lines.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a reference goes to the next payment: date and means are the slip's own as a rule."""
        rows = self.lines.rows
        at = next((n for n, row in enumerate(rows) if row.cell("reference").editor.hasFocus()), None)
        enters = event.text() in ("\r", "\n") and not event.modifiers()
        if enters and at is not None and at + 1 < len(rows):
            rows[at + 1].focus_first()
            return
        super().keyPressEvent(event)

    # --- who pays --------------------------------------------------------------------------------

    def _payer(self) -> PickInput:
        workspace = self.workspace

        def search(text: str) -> list[Found]:
            chosen = named(select(Member.id, MEMBER_NAME).select_from(Member))
            chosen = chosen.where(matches(Member.search_key, french.search_key(text)))
            with workspace.read() as session:
                rows = session.execute(chosen.order_by(Member.sort_key, Member.id).limit(MOST)).all()
                left: dict[int, int] = {}
                for each in payments.owed(session, member_ids=[row_id for row_id, _name in rows]):
                    left[each.member_id] = left.get(each.member_id, 0) + max(each.left, 0)
            found = [(row_id, name, _left_words(left.get(row_id))) for row_id, name in rows]
            return sorted(found, key=lambda each: not left.get(each[0]))  # those who owe first

        def label_of(row_id: int) -> str:
            with workspace.read() as session:
                return member_name(session, row_id)

        return PickInput(search, label_of)

    # --- what each line is for -------------------------------------------------------------------

    def _lines(self) -> list[SlipLine]:
        return [_line(row) for row in self.lines.filled()]

    def _share(self) -> None:
        """Give the slip's day and means to the lines that have no other."""
        names = ("received_on", "means")
        self.lines.set_defaults({name: self.input(name).value() for name in names})

    def _cell_typed(self, place: int, key: str) -> None:
        """Propose what a member has left to pay, once it is chosen."""
        row = self.lines.rows[place]
        member_id = row.cell("member_id").value()
        if key == "member_id" and member_id is not None and row.cell("amount").is_empty():
            with self.workspace.read() as session:
                left = slips.left_of(session, self._lines(), member_id)
            if left:
                row.fill({"amount": left})

    def _tell(self) -> None:
        """Say what each line is for, and how far the slip is."""
        lines = self._lines()
        members = {line.member_id for line in lines if line.member_id is not None}
        with self.workspace.read() as session:
            found = payments.owed(session, member_ids=members) if members else []
            parts = slips.slip_parts(session, lines)
        owed = {each.dues_id: each for each in found}
        left = {each.dues_id: each.left for each in found}
        for row, line, given in zip(self.lines.filled(), lines, parts, strict=True):
            row.fill({"what": _what([owed[dues_id] for dues_id in given])})
            over = 0
            for dues_id, part in given.items():
                left[dues_id] -= part
                over += max(min(-left[dues_id], part), 0)
            self._remark(row, line, over)
        typed = sum(line.amount or 0 for line in lines)
        self.sums.setText(f"{french.count(len(lines), 'encaissement')}\u00a0: {french.amount(typed)}")
        self._tell_total(typed)

    def _remark(self, row: Row, line: SlipLine, over: int) -> None:
        if line.member_id is not None and line.amount and not row.cell("what").value():
            row.remark("Cet adhérent n’a pas de cotisation\u00a0: appelez-le d’abord.", "warn")
        elif over:
            row.remark(f"{french.amount(over)} de plus que ce qui reste\u00a0: trop-perçu.", "warn")
        else:
            row.remark("")

    def _tell_total(self, typed: int) -> None:
        total, field = self.input("total").value(), self.fields["total"]
        if total is None:
            field.show_remark("")
        elif typed == total:
            field.show_remark("La saisie fait ce total")
        else:
            gap = french.amount(abs(total - typed))
            field.show_remark(f"Il manque {gap}" if typed < total else f"{gap} de trop", "warn")

    # --- keeping ---------------------------------------------------------------------------------

    def apply(self, row: Slip) -> None:
        row.name, row.total = self.input("name").value(), self.input("total").value()
        row.lines = self._lines()

    def save(self) -> None:
        total = french.amount(sum(line.amount or 0 for line in self.row.lines))
        what = f"{french.count(len(self.row.lines), 'encaissement')} ({total})"
        with self.workspace.write(f"Saisir la remise «\u00a0{self.row.name}\u00a0»\u00a0: {what}") as session:
            slips.save_slip(session, self.row)
        self.workspace.say(f"Remise enregistrée\u00a0: {what}.")


def _line(row: Row) -> SlipLine:
    values = row.value()
    return SlipLine(**{name: values[name] for name in TYPED})


def _left_words(left: int | None) -> str:
    if left is None:
        return "pas de cotisation"
    return f"reste {french.amount(left)}" if left else "à jour"


def _what(owed: Sequence[Owed]) -> str:
    """Return « Cotisations 2021 », or how many dues a payment settles."""
    if len(owed) > 1:
        return french.count(len(owed), "cotisation")
    return owed[0].campaign if owed else ""
