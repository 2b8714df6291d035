"""A line of the renewal of a body: an office and who holds it, what becomes of it, and who comes."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vto_desktop.services import mandates
from vto_desktop.services.renewing import Fate, Place, comes
from vto_desktop.ui.forms.creation import member_input, person_or_new
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.inputs import ChoiceInput, TextInput

if TYPE_CHECKING:
    from vto_desktop.ui.forms.renewal import RenewalForm

HELD: Final = (Fate.REELECTED, Fate.UNCHANGED, Fate.REPLACED, Fate.VACANT)
EMPTY: Final = (Fate.VACANT, Fate.ELECTED)
WIDE: Final = 270


class PlaceLine(QWidget):
    """Fields of the form, named by the number of the line; those of who comes show when somebody does."""

    changed = Signal()

    def __init__(self, form: "RenewalForm", number: int, place: Place, *, has_member: bool) -> None:
        super().__init__()
        self.place, self.number = place, number
        self._form = form
        fates = HELD if place.mandate_id is not None else EMPTY
        name = f"{place.office} · {place.holder}" if place.holder else place.office
        self._fate = form.field(
            name.replace("&", "&&"), f"fate_{number}", ChoiceInput([(fate, fate.value) for fate in fates])
        )
        self._fate.setFixedWidth(theme.px(WIDE))
        self._person = form.field("Personne élue", f"person_{number}", person_or_new(form))
        self._capacity = form.field("Qualité", f"capacity_{number}", TextInput())
        self._shown = [self._person, self._capacity]
        if has_member:
            self._shown.append(form.field("Au nom de", f"member_{number}", member_input(form)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self._fate)
        for field in self._shown:
            row.addWidget(field, 1)
        row.addStretch(0)
        self._load(place)
        for field in (self._fate, *self._shown):
            form.watch(field.tighten())
        self._fate.input.changed.connect(self._show)
        self._person.input.changed.connect(self._propose)
        self._show()

    @property
    def names(self) -> list[str]:
        """Return the names of its fields."""
        return [field.attribute for field in (self._fate, *self._shown)]

    def _load(self, place: Place) -> None:
        self._fate.input.set_value(place.fate)
        self._person.input.set_value(place.person_id)
        self._capacity.input.set_value(place.capacity)
        if len(self._shown) > 2:
            self._shown[2].input.set_value(place.member_id)

    def _show(self) -> None:
        for field in self._shown:
            field.setVisible(comes(self.decided()))
        self.changed.emit()

    def _propose(self) -> None:
        """When the person represents one member only, propose the capacity, and the member of a seat."""
        person_id, on = self._person.input.value(), self._form.input("on").value()
        if person_id is not None and on is not None and self._capacity.input.is_empty():
            with self._form.workspace.read() as session:
                sent = mandates.sent_as(session, person_id, on=on)
            if sent is not None:
                self._capacity.input.set_value(sent[1])
                if len(self._shown) > 2 and self._shown[2].input.is_empty():
                    self._shown[2].input.set_value(sent[0])
        self.changed.emit()

    def decided(self) -> Place:
        """Return what the fields say."""
        has_member = len(self._shown) > 2
        return Place(
            self.place.office_id,
            self.place.office,
            self._fate.input.value(),
            self.place.mandate_id,
            self.place.holder,
            self._person.input.value(),
            self._shown[2].input.value() if has_member else None,
            self._capacity.input.value(),
        )

    def focus(self) -> None:
        """Put the cursor where the person is typed."""
        self._person.input.setFocus()
