"""« Mettre à jour les populations… »: what the reference data say anew, and what of it is taken over."""

from typing import Any, Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import SHORT_KINDS
from vto_desktop.services import local_authorities, populations
from vto_desktop.services.populations import Change, Comparison
from vto_desktop.ui.kit import messages, theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import Panel, button, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.tick_table import TickTable
from vto_desktop.ui.kit.workspace import Workspace

TITLE: Final = "Mettre à jour les populations"
CHANGES: Final = (
    Column("name", "Collectivité", width=0),
    Column("departement", "Dép.", width=52, tip="Département"),
    Column("population", "Dossier", "number", 84, tip="Population dans le dossier"),
    Column("year", "Année", width=58, tip="Année de la population du dossier"),
    Column("new", "Données", "number", 84, tip="Population des données de référence"),
    Column("new_year", "Année", width=58, tip="Année de la population des données"),
    Column("change", "Écart", "percent", 80, signed=True),
    Column("remarks", "Remarque", "wrapped", 230, sortable=False),
)
UNKNOWN: Final = (
    Column("name", "Collectivité", width=220),
    Column("kind", "Type", width=90),
    Column("departement", "Dép.", width=52, tip="Département"),
    Column("reason", "Pourquoi", "wrapped", 0, sortable=False),
)
MERGED: Final = "Après une fusion, mettez fin à l’adhésion au profit de celle qui lui succède."
TABLES: Final = frozenset({"organisation", "organisation_alias"})
SEEN: Final = 3  # unrecognised ones seen without scrolling


class PopulationsDialog(QDialog):
    """Differences, the sure ones ticked; those ticked are taken over in one step that Ctrl+Z undoes."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._found: Comparison
        self.setWindowTitle(TITLE)
        self.setMinimumSize(theme.px(880), theme.px(560))
        self.resize(theme.px(940), theme.px(620))
        self.changes = TickTable(CHANGES, name="Populations", settings=workspace.settings)
        self.unknown = Table(UNKNOWN, name="UnknownAuthorities", settings=workspace.settings)
        self._lay_out()
        self.changes.set_empty_text("Toutes les populations sont à jour.")
        self.changes.ticked.connect(self._count)
        workspace.changed.connect(self._changed)
        self.refresh()
        self.changes.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label(TITLE, "detailTitle"))
        words = f"{local_authorities.populations_sentence()} Les noms du dossier ne changent jamais."
        column.addWidget(label(words, "secondary", wrap=True))
        panel = Panel("Différences", padded=False)
        self.all_button = panel.action("Tout cocher", lambda: self.changes.tick_all(True))
        self.none_button = panel.action("Ne rien cocher", lambda: self.changes.tick_all(False))
        panel.add(self.changes, 1)
        column.addWidget(panel, 1)
        self.unknown_panel = Panel("Non reconnues dans les données", padded=False)
        self.unknown_panel.set_caption(MERGED)
        self.unknown_panel.add(self.unknown)
        column.addWidget(self.unknown_panel)
        row = QHBoxLayout()
        self.sentence = label("", "caption", wrap=True)
        row.addWidget(self.sentence, 1)
        row.addWidget(button("&Fermer", self.reject))
        self.apply_button = button("&Mettre à jour", self.apply, kind="primary")
        row.addWidget(self.apply_button)
        column.addLayout(row)

    # --- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Compare again."""
        with self.workspace.read() as session:
            self._found = populations.compare(session)
        found = self._found
        self.changes.show_ticked(
            (_row(place, each) for place, each in enumerate(found.changes)),
            [place for place, each in enumerate(found.changes) if each.is_sure],
        )
        self.unknown.show_rows(
            (each.organisation_id, each.name, _short(each.kind), each.departement or None, each.reason)
            for each in found.unknown
        )
        self.unknown.fit_height(SEEN)
        self.unknown_panel.setVisible(bool(found.unknown))
        self.sentence.setText(found.sentence)
        for one in (self.all_button, self.none_button):
            one.setEnabled(bool(found.changes))

    def _count(self) -> None:
        count = len(self.changes.ticked_ids())
        self.apply_button.setText(f"&Mettre à jour ({french.number(count)})" if count else "&Mettre à jour")
        self.apply_button.setEnabled(bool(count) and not self.workspace.is_read_only)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.refresh()

    # --- taking over -----------------------------------------------------------------------------

    def apply(self) -> None:
        """Take over what is ticked, in one step."""
        chosen = [self._found.changes[place] for place in self.changes.ticked_ids()]
        if not chosen:
            return
        count = french.count(len(chosen), "population")
        try:
            with self.workspace.write(f"Mettre à jour {count}") as session:
                populations.apply_changes(session, chosen)
        except UserError as refused:
            messages.show_error(self, refused)
            return
        updated = "mises à jour" if len(chosen) > 1 else "mise à jour"
        self.workspace.say(f"{count} {updated}. Ctrl+Z annule.")
        self.accept()


def _row(place: int, each: Change) -> tuple[Any, ...]:
    new = each.authority.population
    old = each.population
    change = (new - old, old) if new is not None and old else None
    return (
        place,
        each.name,
        each.departement or None,
        old,
        _year(each.population_year),
        new,
        _year(each.authority.population_year),
        change,
        " ".join(each.remarks),
    )


def _short(kind: str) -> str:
    return SHORT_KINDS.get(kind, kind)


def _year(year: int | None) -> str | None:
    return None if year is None else str(year)
