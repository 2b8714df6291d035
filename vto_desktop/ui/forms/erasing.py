"""« Effacer les données d’état civil… »: of whom, what goes with it, and that no undo brings it back."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from vto_desktop import french
from vto_desktop.services import civil_status
from vto_desktop.services.civil_status import Erasable
from vto_desktop.store import backups
from vto_desktop.ui.kit import messages
from vto_desktop.ui.kit.check_list import CheckListInput, Choice
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.workspace import Workspace

WHAT = (
    "Profession, nationalité, domicile et naissance ne servent qu’à la déclaration des dirigeants. Ils sont "
    "effacés du dossier et de son journal, avec ceux des personnes supprimées ou fusionnées. Les mandats, "
    "les noms et tout le reste demeurent."
)
NOBODY = "Personne\u00a0: l’état civil n’est gardé que de dirigeants en fonction ou à venir."


class EraseCivilStatusForm(Form):
    """Proposes those whose offices are over; asks once more before it erases."""

    title = "Effacer les données d’état civil"

    @classmethod
    def proposing(cls, workspace: Workspace, parent: Any = None) -> "EraseCivilStatusForm":
        """Return the form with those who may be erased today, all ticked."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        with workspace.read() as session:
            found = civil_status.erasable(session, on=today)
        return cls(workspace, SimpleNamespace(id=None, person_ids=[]), found, parent)

    def __init__(
        self, workspace: Workspace, row: SimpleNamespace, found: list[Erasable], parent: Any = None
    ) -> None:
        self.found = found
        super().__init__(workspace, row, parent)
        self.save_button.setText("Effacer…")
        self.save_button.setEnabled(bool(found))

    def build(self) -> None:
        self.head(self.title)
        self.place(label(WHAT, "caption", wrap=True))
        self.people = CheckListInput()
        self.people.set_choices(Choice(each.person_id, each.name, _note(each)) for each in self.found)
        self.add("", "person_ids", self.people)
        if not self.found:
            self.place(label(NOBODY, wrap=True))

    def load(self, row: Any) -> None:
        """Keep what is proposed ticked."""

    def check(self) -> dict[str, str]:
        return {} if self.people.value() else {"person_ids": "Cochez au moins une personne."}

    def keep_draft(self) -> None:
        """Keep none: there is nothing to type again."""

    def submit(self) -> None:
        """Ask once more, for nothing brings it back."""
        if problems := self.check():
            self.show_problems(problems)
            return
        many = french.count(len(self.people.value()), "personne")
        messages.ask(
            self,
            f"Effacer l’état civil de {many}\u202f?",
            f"Cet effacement ne s’annule pas.{self._backups()}",
            [("Garder", lambda: None), ("Effacer définitivement", super().submit)],
        )

    def _backups(self) -> str:
        dossier = self.workspace.dossier
        kept = backups.list_backups(dossier.path) if dossier is not None else []
        if not kept or dossier is None:
            return ""
        many = french.count(len(kept), "sauvegarde faite", "sauvegardes faites")
        folder = backups.default_folder(dossier.path).name
        return (
            f" Le dossier «\u00a0{folder}\u00a0» contient {many} avant\u00a0: elles en gardent une copie. "
            "Supprimez-les quand une sauvegarde plus récente existe."
        )

    def save(self) -> None:
        ids = self.people.value()
        many = french.count(len(ids), "personne")
        self.workspace.erase(f"Effacer l’état civil de {many}", "civil_status", "person_id", ids)
        self.workspace.say(f"État civil effacé\u00a0: {many}. Rien n’en reste dans le dossier.")


def _note(each: Erasable) -> str:
    if each.ended_on is None:
        return "N’a pas de mandat au bureau."
    office = f"{each.last_office} jusqu’au" if each.last_office else "Mandat terminé le"
    return f"{office} {french.short_date(each.ended_on)}."
