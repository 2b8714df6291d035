"""« Copier les adresses électroniques… »: whose, how parted, how many, and who has none."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services import mailing
from vto_desktop.services.mailing import Mailing, Whom
from vto_desktop.ui.kit import clipboard, theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.panel import Banner, Panel, button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

WHOM: Final = "courriels_à"
SEPARATOR: Final = "courriels_séparateur"
SEPARATORS: Final = ((";", "Point-virgule (Outlook)"), (",", "Virgule (Thunderbird, Gmail)"))
COLUMNS: Final = (Column("name", "Sans adresse", width=0), Column("reason", "Pourquoi", width=230))
TABLES: Final = frozenset({"member", "organisation", "person", "representative"})


class EmailsDialog(QDialog):
    """The addresses of the members listed, and of those who represent them on a day."""

    opened = Signal(int)
    """A member to complete: its id. The dialog stays open."""

    def __init__(
        self, workspace: Workspace, member_ids: Sequence[int], on: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._ids, self._on = workspace, list(member_ids), on
        self.mailing = Mailing((), (), 0)
        self.setWindowTitle("Adresses électroniques")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(620), theme.px(540))
        settings = workspace.settings
        self.whom = Field("&À qui", WHOM, ChoiceInput([(each.value, each.value) for each in Whom]))
        self.whom.input.set_value(_known(settings.get(WHOM), [each.value for each in Whom]))
        self.separator = Field("&Séparées par", SEPARATOR, ChoiceInput(SEPARATORS))
        self.separator.input.set_value(_known(settings.get(SEPARATOR), [sign for sign, _ in SEPARATORS]))
        self.told = label("", "panelTitle", wrap=True)
        self.banner = Banner(parent=self)
        self.table = Table(COLUMNS, name="Unreached", settings=settings)
        self.table.setAccessibleName("Adhérents sans adresse électronique")
        self.table.set_empty_text("Tous ont une adresse.")
        self.table.opened.connect(self.opened.emit)
        self._lay_out()
        for field in (self.whom, self.separator):
            field.input.changed.connect(self._chosen)
        workspace.changed.connect(self._changed)
        workspace.opened.connect(self.reject)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label("Copier les adresses électroniques", "detailTitle"))
        choices = QHBoxLayout()
        choices.setSpacing(theme.px(16))
        choices.addWidget(self.whom, 3)
        choices.addWidget(self.separator, 2)
        column.addLayout(choices)
        column.addWidget(self.told)
        column.addWidget(self.banner)
        panel = Panel(padded=False)
        panel.add(self.table, 1)
        column.addWidget(panel, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.list_button = button("Copier cette &liste", self.copy_unreached, icon="copy")
        row.addWidget(self.list_button)
        row.addStretch(1)
        row.addWidget(button("&Fermer", self.accept))
        self.copy_button = button("&Copier les adresses", self.copy, icon="mail", kind="primary")
        row.addWidget(self.copy_button)
        column.addLayout(row)

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the addresses of whom is wanted."""
        whom = Whom(self.whom.input.value())
        with self._workspace.read() as session:
            self.mailing = mailing.mailing(session, self._ids, on=self._on, whom=whom)
        count = len(self.mailing.addresses)
        found = french.count(count, "adresse") if count else "Aucune adresse"
        asked = french.count(self.mailing.members, "adhérent")
        on = f", représentants au {french.short_date(self._on)}" if whom != Whom.MEMBERS else ""
        self.told.setText(f"{found} pour {asked}{on}.")
        self.banner.tell("")
        self.copy_button.setEnabled(count > 0)
        self.list_button.setEnabled(bool(self.mailing.unreached))
        self.table.show_rows((each.member_id, each.name, each.reason) for each in self.mailing.unreached)

    def _chosen(self) -> None:
        for field in (self.whom, self.separator):
            self._workspace.settings.set(field.attribute, field.input.value())
        self.refresh()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.refresh()

    # --- acts ------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the addresses, and say where they go: no one should see the others'."""
        clipboard.put_text(self.mailing.joined(self.separator.input.value()))
        count = len(self.mailing.addresses)
        said = french.count(count, "adresse copiée", "adresses copiées")
        self.banner.tell(
            f"{said}\u00a0: {'collez-les' if count > 1 else 'collez-la'} "
            "dans le champ «\u00a0Cci\u00a0» du message.",
            "info",
        )
        self._workspace.say(f"{said}.")

    def copy_unreached(self) -> None:
        """Copy those of whom no address is known, and why."""
        self.table.clearSelection()
        self.table.copy()
        self._workspace.say(f"Liste copiée\u00a0: {french.count(len(self.mailing.unreached), 'adhérent')}.")


def _known(kept: object, offered: Sequence[str]) -> str:
    """Return what was chosen last, when it is still offered."""
    return str(kept) if kept in offered else offered[0]
