"""The « Mandats » tab: what the member's representatives hold or held in the association's bodies."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Body, Mandate, Office, Person
from vto_desktop.services import mandates
from vto_desktop.ui.forms.ends import EndMandateForm
from vto_desktop.ui.forms.mandate import MandateForm
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.items import Item, Items
from vto_desktop.ui.kit.workspace import Workspace


class MandatesTab(QWidget):
    """Mandates held in the member's name, or by those who represent it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.items = Items("Aucun mandat dans les instances de l’association.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.items)

    def show_member(self, member_id: int, on: date) -> None:
        """Show the mandates of a member, those held on a date first."""
        chosen = (
            select(Mandate, Office, Body.name, Person)
            .join(Office, Mandate.office_id == Office.id)
            .join(Body, Office.body_id == Body.id)
            .join(Person, Mandate.person_id == Person.id)
            .where(mandates.concerns(member_id))
            .order_by(Body.position, Office.position, Person.sort_key, Mandate.starts_on.desc())
        )
        with self._workspace.read() as session:
            rows = session.execute(chosen).all()
        items = [self._item(mandate, office, body, person, on) for mandate, office, body, person in rows]
        self.items.show_items(items, writable=not self._workspace.is_read_only)

    def _item(self, mandate: Mandate, office: Office, body: str, person: Person, on: date) -> Item:
        ended = mandate.ends_on is not None and mandate.ends_on <= on
        to_come = mandate.starts_on is not None and mandate.starts_on > on
        chip = Chip("Terminé") if ended else Chip("À venir") if to_come else Chip("En cours", "ok")
        since = f"depuis le {french.short_date(mandate.starts_on)}" if mandate.starts_on else ""
        until = f"jusqu’au {french.short_date(mandate.ends_on)}" if mandate.ends_on else ""
        acts = [
            ("Modifier…", "pencil", partial(self._edit, mandate.id)),
            ("Mettre fin…", "calendar-clock", partial(self._end, mandate.id, person.full_name)),
            ("Voir dans Gouvernance", "landmark", partial(self._workspace.open_row, "mandate", mandate.id)),
        ]
        return Item(
            f"{office.label_for(person)}, {body}",
            chip,
            (person.full_name,),
            (" ".join(filter(None, (since, until))),),
            tuple(acts),
        )

    def _edit(self, row_id: int) -> None:
        MandateForm.edit(self._workspace, row_id, self).start()

    def _end(self, row_id: int, name: str) -> None:
        EndMandateForm(self._workspace, row_id, name, self).start()
