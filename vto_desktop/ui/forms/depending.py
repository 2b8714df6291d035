"""The mandates that fall with a seat, listed in the form that ends it: ticked ones end the same day."""

from collections.abc import Callable
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from vto_desktop.services.depending import Depending
from vto_desktop.ui.kit.check_list import CheckListInput, Choice
from vto_desktop.ui.kit.form import Form

ATTRIBUTE: Final = "mandate_ids"
HINT: Final = "Les mandats cochés prennent fin le même jour\u202f; les autres continuent."


class DependingList:
    """The field of a form that proposes these mandates; it follows the day typed in another field.

    ``form.row`` holds the ids ticked as ``mandate_ids`` once the form is applied.
    """

    def __init__(
        self, form: Form, find: Callable[[Session, date], list[Depending]], *, day: str, label: str = ""
    ) -> None:
        self._form, self._find, self._day = form, find, day
        self.box = CheckListInput()
        self.field = form.add(label or "&Mandats qui dépendent de ce siège", ATTRIBUTE, self.box, hint=HINT)
        form.input(day).changed.connect(self.show)

    def show(self) -> None:
        """List what depends on the seat on the day typed; without any, the field goes away."""
        on = self._form.input(self._day).value()
        found: list[Depending] = []
        if on is not None:
            with self._form.workspace.read() as session:
                found = self._find(session, on)
        self.box.set_choices(
            Choice(each.mandate_id, each.title, each.reason, each.is_certain) for each in found
        )
        self.field.setVisible(bool(found))
