"""« Mettre fin… »: a day, and where it belongs a reason, for what stops."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any, ClassVar

from vto_desktop.model import Representative
from vto_desktop.services import depending, dues, mandates, members, representatives
from vto_desktop.ui.forms.depending import DependingList
from vto_desktop.ui.forms.records import loaded, named
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import MemoInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.workspace import Workspace


class DayForm(Form):
    """Asks for a day: subclass with the sentences and ``save``."""

    attribute: ClassVar[str] = "ends_on"
    day_label: ClassVar[str] = "&Fin le"
    hint: ClassVar[str] = ""
    reason_attribute: ClassVar[str] = "reason"
    asks_reason: ClassVar[bool] = False

    def __init__(
        self, workspace: Workspace, row_id: int, name: str, parent: Any = None, *, on: date | None = None
    ) -> None:
        self.name = name
        day = on or date.today()  # noqa: DTZ011 - the user's own calendar
        row = SimpleNamespace(id=row_id, **{self.reason_attribute: "", self.attribute: day})
        super().__init__(workspace, row, parent)

    def build(self) -> None:
        self.head(self.name, self.title)
        self.add(self.day_label, self.attribute, DateInput(), hint=self.hint)
        if self.asks_reason:
            self.add("&Raison", self.reason_attribute, MemoInput(lines=2))

    def check(self) -> dict[str, str]:
        if self.input(self.attribute).is_empty():
            return {self.attribute: "Indiquez une date, par exemple 08/12/2021."}
        return {}

    @property
    def day(self) -> date:
        """The day typed."""
        found: date = getattr(self.row, self.attribute)
        return found


class EndRepresentativeForm(DayForm):
    """A person no longer represents a member; the mandates that hang on this are proposed to end too."""

    title = "Fin de la représentation"
    hint = "Premier jour où la personne ne représente plus l’adhérent."

    def build(self) -> None:
        super().build()
        row = loaded(self.workspace, Representative, self.row.id)
        self.depending = DependingList(
            self,
            lambda session, on: depending.depending_on(
                session, row.member_id, on=on, representative_id=row.id
            ),
            day=self.attribute,
        )

    def load(self, row: Any) -> None:
        super().load(row)
        self.depending.show()

    def save(self) -> None:
        with self.workspace.write(named("Mettre fin au rôle du représentant", self.name)) as session:
            row = representatives.end_representative(session, self.row.id, on=self.day)
            reason = f"Ne représente plus {members.member_name(session, row.member_id)}."
            depending.end_depending(session, self.row.mandate_ids, on=self.day, reason=reason)


class EndMandateForm(DayForm):
    """A mandate ends."""

    title = "Fin du mandat"
    hint = "Premier jour où le mandat n’est plus exercé. Un changement au Bureau se déclare dans les 3 mois."
    asks_reason = True

    def save(self) -> None:
        with self.workspace.write(named("Mettre fin au mandat de", self.name)) as session:
            mandates.end_mandate(session, self.row.id, on=self.day, reason=self.row.reason)


class CancelDuesForm(DayForm):
    """Dues are cancelled, never erased."""

    title = "Annulation de la cotisation"
    attribute = "cancelled_on"
    day_label = "&Annulée le"
    hint = "La cotisation et son numéro restent inscrits."
    reason_attribute = "cancelling_reason"
    asks_reason = True

    def save(self) -> None:
        with self.workspace.write(named("Annuler la cotisation de", self.name)) as session:
            dues.cancel_dues(session, self.row.id, on=self.day, reason=self.row.cancelling_reason)


class AsOfForm(DayForm):
    """Asks at which day a list is to be seen; keeps nothing."""

    title = "Voir la liste à une autre date"
    attribute = "on"
    day_label = "&Au"

    def __init__(
        self, workspace: Workspace, on: date, take: Callable[[date], object], parent: Any = None
    ) -> None:
        self._take = take
        super().__init__(workspace, 0, "À quelle date\u202f?", parent, on=on)

    def save(self) -> None:
        self._take(self.day)
