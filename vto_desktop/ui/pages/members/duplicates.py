"""« Doublons… » : persons and organisations that may be entered twice, compared, and merged as one step."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.services import duplicates, merging
from vto_desktop.services.duplicates import Group
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.records import named
from vto_desktop.ui.kit import messages, theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.panel import button, label, scrolled
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.members.side_by_side import SideBySide

COLUMNS: Final = (
    Column("name", "Nom", width=0, sortable=False),
    Column("kind", "Sorte", width=84, sortable=False),
    Column("count", "Fiches", "number", 60, sortable=False),
)
KINDS: Final = {"person": "personne", "organisation": "organisme"}
NOUNS: Final = {"person": "les fiches de la personne", "organisation": "les fiches de l’organisme"}
NONE: Final = "Aucun doublon\u00a0: chaque personne et chaque organisme n’existe qu’une fois."
PURPOSE: Final = (
    "Même nom, quels que soient les accents, la casse, les traits d’union et l’ordre des mots\u202f; pour un "
    "organisme, dans le même département ou avec le même SIREN. Rien n’est fusionné sans votre accord."
)
MOVES: Final = "La fiche gardée reçoit tout ce qui dépend des autres, qui disparaissent."
LONGEST: Final = 160  # characters of a line that is announced
MOST: Final = 7  # lines announced
TABLES: Final = frozenset(
    {
        "person", "organisation", "organisation_alias", "civil_status", "member", "representative", "mandate",
        "convention", "signatory",
    }
)  # fmt: skip


class DuplicatesDialog(QDialog):
    """Lists groups at left, compares the one chosen at right, and merges what is ticked."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setWindowTitle("Doublons")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(960), theme.px(640))
        self._groups: list[Group] = []
        self.list = Table(COLUMNS, name="Duplicates", settings=workspace.settings)
        self.list.setAccessibleName("Doublons possibles")
        self.list.set_empty_text(NONE)
        self.list.picked.connect(lambda _row: self._compare())
        self.compared = SideBySide()
        self.compared.chosen.connect(self._tell)
        self.compared.open_asked.connect(self.open_card)
        self._lay_out()
        workspace.changed.connect(self._changed)
        workspace.opened.connect(self.reject)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label("Doublons", "detailTitle"))
        column.addWidget(label(PURPOSE, "secondary", wrap=True))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(theme.px(16))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(_framed(self.list))
        self.area = scrolled(self.compared)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        right = _framed(self.area)
        self.gains = label("", "hint", wrap=True)
        self.gains.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(10))
        right.layout().addWidget(self.gains)  # type: ignore[union-attr]
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.px(300), theme.px(600)])
        column.addWidget(splitter, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.count = label("", "caption")
        row.addWidget(self.count, 1)
        self.undo_button = button("Annuler la dernière action", self.workspace.undo, icon="undo-2")
        row.addWidget(self.undo_button)
        row.addWidget(button("&Fermer", self.accept))
        self.merge_button = button("F&usionner", self.merge, icon="merge", kind="primary")
        row.addWidget(self.merge_button)
        column.addLayout(row)

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look for duplicates again, and stay where one was in the list."""
        place = max(self.list.rows.row_of(self.list.current_id()), 0)
        with self.workspace.read() as session:
            self._groups = duplicates.groups(session)
        self.list.show_rows(
            (number, group.name, KINDS[group.table], len(group.ids))
            for number, group in enumerate(self._groups)
        )
        self.list.pick(min(place, len(self._groups) - 1) if self._groups else None)
        found = french.count(len(self._groups), "doublon possible", "doublons possibles")
        self.count.setText(found if self._groups else "")
        self.undo_button.setEnabled(not self.workspace.is_read_only)
        self._compare()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.refresh()

    @property
    def group(self) -> Group | None:
        """The group compared."""
        place = self.list.current_id()
        return self._groups[place] if place is not None and place < len(self._groups) else None

    def _compare(self) -> None:
        group = self.group
        self.area.setVisible(group is not None)
        if group is None:
            self.compared.show_cards([])
            return
        with self.workspace.read() as session:
            cards = duplicates.cards(session, group.table, group.ids)
        self.compared.show_cards(cards, writable=not self.workspace.is_read_only)

    def _tell(self) -> None:
        """Say what the record that is kept gains, before anything happens."""
        group, kept, others = self.group, self.compared.kept_id, self.compared.other_ids
        self.merge_button.setEnabled(bool(others) and not self.workspace.is_read_only)
        lines: list[str] = []
        if group is not None and kept is not None and others:
            with self.workspace.read() as session:
                lines = [MOVES, *merging.consequences(session, group.table, kept, others)]
        lines = [text.replace("\n", " ") for text in lines]
        shown = [text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…" for text in lines[:MOST]]
        more = [french.count(len(lines) - MOST, "autre ligne", "autres lignes")] if len(lines) > MOST else []
        self.gains.setText("\n".join([*shown, *more]))
        self.gains.setVisible(bool(lines))

    # --- acts ------------------------------------------------------------------------------------

    def merge(self) -> None:
        """Merge the records ticked into the one that is kept: one step that Ctrl+Z undoes."""
        group, kept, others = self.group, self.compared.kept_id, self.compared.other_ids
        if group is None or kept is None or not others:
            return
        act = merging.merge_persons if group.table == "person" else merging.merge_organisations
        what = named(NOUNS[group.table], group.name)
        try:
            with self.workspace.write(f"Fusionner {what}") as session:
                act(session, kept, others)
        except UserError as refused:
            messages.show_error(self, refused)
            return
        self.workspace.say(f"Fusionné\u00a0: {what}. Ctrl+Z annule.")

    def open_card(self, row_id: int) -> None:
        """Open the form of a record, to mend it before it is merged."""
        group = self.group
        if group is None or self.workspace.is_read_only:
            return
        form: type[Form] = PersonForm if group.table == "person" else OrganisationForm
        form.edit(self.workspace, row_id, self).start()  # type: ignore[attr-defined]  # both have it


def _framed(widget: QWidget) -> QFrame:
    frame = QFrame()
    frame.setObjectName("panel")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.setSpacing(0)
    inside.addWidget(widget, 1)
    return frame
