"""« Reporter le trop-perçu… »: what was paid too much for some dues settles others of the same member."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.services import payments
from vto_desktop.services.payments import Owed
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace


@dataclass
class Carrying:
    """From which dues, to which, on which day."""

    dues_id: int
    name: str
    over: int
    to: int | None
    on: date
    id: None = None


class CarryOverForm(Form):
    """Asks which dues of the same member take what was overpaid."""

    title = "Report du trop-perçu"
    row: Carrying

    @classmethod
    def of(cls, workspace: Workspace, dues_id: int, parent: Any = None) -> "CarryOverForm":
        """Return the form on dues overpaid; raises UserError when there is nothing to carry, or nowhere."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        with workspace.read() as session:
            (own,) = payments.owed(session, dues_ids=[dues_id], with_cancelled=True)
            over = payments.overpaid(session, dues_id)
            others = [
                each
                for each in payments.owed(session, member_ids=[own.member_id])
                if each.left > 0 and each.dues_id != dues_id
            ]
        if not over or not others:
            what = "n’est pas trop payée" if not over else "est la seule que cet adhérent puisse devoir"
            raise UserError(
                "RIEN_A_REPORTER",
                f"Cette cotisation {what} : il n’y a rien à reporter. Rien n’a été modifié. "
                "Un trop-perçu se reporte sur une autre cotisation du même adhérent, appelée ou préparée.",
            )
        return cls(workspace, Carrying(dues_id, own.name, over, others[0].dues_id, today), others, parent)

    def __init__(self, workspace: Workspace, row: Carrying, others: list[Owed], parent: Any = None) -> None:
        self._others = others
        super().__init__(workspace, row, parent)

    def build(self) -> None:
        self.head(self.row.name, f"{french.amount(self.row.over)} de trop-perçu à reporter.")
        choices = [
            (each.dues_id, f"{each.campaign}, reste {french.amount(each.left)}") for each in self._others
        ]
        self.add("&Sur", "to", ChoiceInput(choices))
        hint = "Les deux écritures portent ce jour et s’annulent dans les comptes."
        self.add("&Le", "on", DateInput(), hint=hint)

    def check(self) -> dict[str, str]:
        return {} if self.input("on").value() else {"on": "Indiquez le jour du report."}

    def save(self) -> None:
        assert self.row.to is not None  # noqa: S101 - one of the few is always chosen
        with self.workspace.write(named("Reporter le trop-perçu de", self.row.name)) as session:
            payments.carry_over(session, self.row.dues_id, to=self.row.to, on=self.row.on)
