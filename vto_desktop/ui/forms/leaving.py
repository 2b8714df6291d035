"""« Mettre fin à l’adhésion… » : when, why, which member takes it in, and what else ends on that day."""

from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from vto_desktop.model import Member
from vto_desktop.services import leaving, successions
from vto_desktop.services.leaving import Running
from vto_desktop.services.members import member_name
from vto_desktop.ui.forms.creation import member_input
from vto_desktop.ui.forms.records import loaded, named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import FlagInput, MemoInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace

DAY_HINT: Final = "Premier jour où il n’est plus adhérent\u202f; les listes d’avant le montrent encore."
SUCCESSOR_HINT: Final = (
    "Pour une commune nouvelle ou une fusion de communautés\u00a0: son historique se lira aussi là-bas."
)
NOTHING: Final = Running((), ())


class EndMemberForm(Form):
    """A member leaves, alone or into another; nothing else ends unless its box is ticked."""

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
            ends_running=False,
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
        self.add("", "ends_running", FlagInput())
        self.input("left_on").changed.connect(self._tell_running)
        for name in ("left_on", "successor_id"):
            self.input(name).changed.connect(self._warn)

    def load(self, row: Any) -> None:
        super().load(row)
        self._tell_running()
        self._warn()

    def _running(self) -> Running:
        day = self.input("left_on").value()
        if day is None:
            return NOTHING
        with self.workspace.read() as session:
            return leaving.running(session, self.row.id, on=day)

    def _tell_running(self) -> None:
        """Say who still sits on the day typed, and offer to end that too."""
        found, field = self._running(), self.fields["ends_running"]
        field.setVisible(bool(found))
        flag = field.input
        assert isinstance(flag, FlagInput)  # noqa: S101 - made in build
        flag.box.setText(f"Mettre fin le même jour à {found.counted}")
        verb = "courent" if len(found.representatives) + len(found.mandates) > 1 else "court"
        field.show_remark(f"Sinon {verb} encore\u00a0: {found.named}." if found else "", "warn")

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
                ends_running=row.ends_running and not self.fields["ends_running"].isHidden(),
            )
