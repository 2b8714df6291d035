"""« Raccourcis clavier » : every key of the menus, of lists and of forms."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.filters import FilterField
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.table import Table

ELSEWHERE: Final = (
    ("Ctrl+N", "Listes", "Nouvelle fiche"),
    ("Entrée, F2", "Listes", "Ouvrir ou modifier la ligne"),
    ("Suppr", "Listes", "Supprimer les lignes choisies (Ctrl+Z les rend)"),
    ("Ctrl+D", "Listes", "Dupliquer la ligne"),
    ("Ctrl+F", "Listes", "Filtrer ; Échap efface le filtre"),
    ("Bas", "Filtre", "Passer à la liste"),
    ("Ctrl+Entrée", "Formulaires", "Enregistrer"),
    ("Échap", "Formulaires", "Annuler"),
    ("Alt+lettre soulignée", "Formulaires", "Aller au champ"),
    ("F4, Alt+Bas", "Dates", "Ouvrir le calendrier"),
    ("Ctrl+;", "Dates", "Écrire la date du jour"),
    ("Tab, Maj+Tab", "Partout", "Avancer, reculer"),
)
COLUMNS: Final = (
    Column("keys", "Touches", width=170, bold=True),
    Column("where", "Où", width=120),
    Column("what", "Ce qui se passe", width=0),
)


class Shortcuts(QDialog):
    """A list to read and to filter."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Raccourcis clavier")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(720), theme.px(600))
        rows = [(_keys(a), "Menus", _plain(a.text())) for a in actions if not a.shortcut().isEmpty()]
        self.table = Table(COLUMNS)
        self.table.setAccessibleName("Raccourcis clavier")
        self.table.show_rows((n, *row) for n, row in enumerate([*rows, *ELSEWHERE]))
        find = FilterField("Chercher un raccourci")
        find.filtered.connect(self.table.rows.set_filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label("Raccourcis clavier", "detailTitle"))
        column.addWidget(find)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("&Fermer", self.accept, kind="primary"))
        column.addLayout(row)


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(each.toString(native) for each in action.shortcuts())


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
