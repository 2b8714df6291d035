"""The form of a seat at a meeting: present, excused, absent, represented by whom, arrived when."""

from typing import Any, Final

from vto_desktop import french
from vto_desktop.model import Attendance, Presence
from vto_desktop.services import attendance
from vto_desktop.services.figures_meetings import THERE, MeetingSeat, Sheet
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.pick import MOST, Found, PickInput
from vto_desktop.ui.kit.workspace import Workspace

PRESENCES: Final = tuple((each.value, each.value) for each in Presence)


class AttendanceForm(Form):
    """Edits how one seat took part; who may represent it is found by typing part of a name."""

    title = "Présence"

    @classmethod
    def of(
        cls, workspace: Workspace, sheet: Sheet, seat: MeetingSeat, parent: Any = None
    ) -> "AttendanceForm":
        """Return the form of a seat, recorded or not yet."""
        with workspace.read() as session:
            row = attendance.attendance_of(session, sheet.meeting_id, seat)
        return cls(workspace, row, sheet, seat, parent)

    def __init__(
        self, workspace: Workspace, row: Attendance, sheet: Sheet, seat: MeetingSeat, parent: Any = None
    ) -> None:
        self.sheet, self.seat = sheet, seat
        super().__init__(workspace, row, parent)
        path, name, row_id = self._draft
        key = f"{name} {sheet.meeting_id} {seat.key.member_id} {seat.key.person_id}"
        self._draft = (path, key, row_id)  # a new row belongs to one seat of one meeting

    def build(self) -> None:
        self.head(self.seat.label, self.seat.office or self.seat.college)
        self.add("&Présence", "presence", ChoiceInput(PRESENCES))
        holders = self.seat.holders or self.seat.sitters
        choices = [(each.person_id, _words(each.name, each.rank_text)) for each in holders]
        self.add("&Siège tenu par", "person_id", ChoiceInput(choices))
        self.fields["person_id"].setVisible(len(choices) > 1)
        self.add("&Représenté par", "proxy_id", PickInput(self._found, self._name))
        self.add("&Arrivée en retard à", "arrived_at", TextInput(placeholder="14:50"))
        self.add("&Notes", "notes", MemoInput(lines=2))
        self.input("presence").changed.connect(self._show_fields)
        self.input("proxy_id").changed.connect(self._tell_powers)

    # --- who may represent -----------------------------------------------------------------------

    def _offered(self) -> dict[int, str]:
        if self.input("presence").value() == Presence.SUBSTITUTE:
            return {each.person_id: each.name for each in self.seat.substitutes}
        return attendance.power_holders(self.sheet, self.seat.key)

    def _found(self, text: str) -> list[Found]:
        words = french.search_key(text).split()
        found = []
        for person_id, name in self._offered().items():
            if all(word in french.search_key(name) for word in words):
                held = attendance.powers_held(self.sheet, person_id, but=self.seat.key)
                found.append((person_id, name, french.count(held, "pouvoir") if held else ""))
        return found[:MOST]

    def _name(self, person_id: int) -> str:
        known = {each.person_id: each.name for seat in self.sheet.seats for each in seat.sitters}
        recorded = self.seat.recorded
        return known.get(person_id) or (recorded.proxy if recorded is not None else "")

    def _tell_powers(self) -> None:
        """Say how many powers the person holds already."""
        person_id = self.input("proxy_id").value()
        is_power = self.input("presence").value() == Presence.PROXY
        said = ""
        if is_power and person_id is not None:
            held = attendance.powers_held(self.sheet, person_id, but=self.seat.key)
            most = self.sheet.max_powers
            limit = f" sur {most} au plus" if most is not None else ""
            said = f"Tient déjà {french.count(held, 'pouvoir')}{limit}." if held else ""
        self.fields["proxy_id"].show_remark(said, "hint")

    def _show_fields(self) -> None:
        presence = self.input("presence").value()
        self.fields["proxy_id"].setVisible(presence in attendance.THROUGH)
        self.fields["arrived_at"].setVisible(presence in THERE)
        only = list(self._offered())
        proxy = self.input("proxy_id")
        if presence == Presence.SUBSTITUTE and proxy.value() not in only:
            proxy.set_value(only[0] if len(only) == 1 else None)
        self._tell_powers()

    def load(self, row: Any) -> None:
        super().load(row)
        self._show_fields()

    def choose(self, presence: str, attribute: str) -> None:
        """Propose a presence and put the keys where it is completed."""
        self.input("presence").set_value(presence)
        self.input(attribute).setFocus()

    def save(self) -> None:
        with self.workspace.write(named("Inscrire la présence de", self.seat.label)) as session:
            self.row = attendance.save_attendance(session, self.row)


def _words(name: str, rank: str) -> str:
    return f"{name} ({rank})" if rank else name
