"""« Mettre fin à l’adhésion… » : when, why, which member takes it in, and what else ends on that day."""

from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from vto_desktop.model import Member
from vto_desktop.services import depending, leaving, successions
from vto_desktop.services.leaving import StillSent
from vto_desktop.services.members import member_name
from vto_desktop.ui.forms.creation import member_input
from vto_desktop.ui.forms.depending import DependingList
from vto_desktop.ui.forms.records import loaded, named
from vto_desktop.ui.kit.check_list import CheckListInput, Choice
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import MemoInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace

DAY_HINT: Final = "Premier jour où il n’est plus adhérent\u202f; les listes d’avant le montrent encore."
SUCCESSOR_HINT: Final = (
    "Pour une commune nouvelle ou une fusion de communautés\u00a0: son historique se lira aussi là-bas."
)
SENT_HINT: Final = "Les rôles cochés prennent fin le même jour\u202f; les autres restent inscrits."


class EndMemberForm(Form):
    """A member leaves, alone or into another; what ends along with it is listed, each with its box."""

    title = "Fin de l’adhésion"

    @classmethod
    def of(cls, workspace: Workspace, member_id: int, parent: Any = None) -> "EndMemberForm":
        """Return the form for a member, today unless it has left already."""
        member = loaded(workspace, Member, member_id)
        row = SimpleNamespace(
            id=member_id,
            left_on=member.left_on or date.today(),  # noqa: DTZ011 - the user's own calendar
            reason=member.leaving_reason,
            successor_id=member.successor_id,
        )
        return cls(workspace, row, parent)

    def build(self) -> None:
        with self.workspace.read() as session:
            self.name = member_name(session, self.row.id)
        self.head(self.name, self.title)
        self.add("&Fin le", "left_on", DateInput(), hint=DAY_HINT)
        self.add("&Raison", "reason", MemoInput(lines=2))
        picked = member_input(self, placeholder="Aucun")
        self.add("Re&joint un autre adhérent", "successor_id", picked, hint=SUCCESSOR_HINT)
        self.sent = CheckListInput()
        self.add("Représe&ntants", "representative_ids", self.sent, hint=SENT_HINT)
        self.depending = DependingList(
            self,
            lambda session, on: depending.depending_on(session, self.row.id, on=on),
            day="left_on",
            label="&Mandats qui dépendent de cet adhérent",
        )
        self.input("left_on").changed.connect(self._show_sent)
        for name in ("left_on", "successor_id"):
            self.input(name).changed.connect(self._warn)

    def load(self, row: Any) -> None:
        super().load(row)
        self._show_sent()
        self.depending.show()
        self._warn()

    def _show_sent(self) -> None:
        """List who still represents the member on the day typed; without anybody, the field goes away."""
        day = self.input("left_on").value()
        found: list[StillSent] = []
        if day is not None:
            with self.workspace.read() as session:
                found = leaving.still_sent(session, self.row.id, on=day)
        self.sent.set_choices(Choice(each.representative_id, f"{each.person}, {each.rank}") for each in found)
        self.fields["representative_ids"].setVisible(bool(found))

    def _warn(self) -> None:
        picked, day = self.input("successor_id").value(), self.input("left_on").value()
        said = ""
        if picked is not None:
            with self.workspace.read() as session:
                said = successions.successor_warning(session, picked, on=day)
        self.fields["successor_id"].show_remark(said, "warn")

    def check(self) -> dict[str, str]:
        if self.input("left_on").is_empty():
            return {"left_on": "Indiquez une date, par exemple 08/12/2021."}
        return {}

    def save(self) -> None:
        row = self.row
        with self.workspace.write(named("Mettre fin à l’adhésion de", self.name)) as session:
            leaving.end_membership(
                session,
                row.id,
                on=row.left_on,
                reason=row.reason,
                successor_id=row.successor_id,
                representative_ids=row.representative_ids,
                mandate_ids=row.mandate_ids,
            )
