"""« Restaurer une sauvegarde » : the backups of a dossier, what each contains, and the choice of one."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.store import backups
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import Banner, Facts, button, label, scrolled
from vto_desktop.ui.kit.table import Table

COLUMNS: Final = (
    Column("at", "Faite le", width=160, bold=True),
    Column("kind", "Sorte", width=140),
    Column("size", "Taille", "text", 0),
)
SHOWN: Final = {
    "member": "Adhérents", "person": "Personnes", "organisation": "Organismes", "mandate": "Mandats",
    "convention": "Conventions", "receipt": "Encaissements", "budget_line": "Lignes budgétaires",
    "entry": "Écritures", "journal": "Étapes du journal",
}  # fmt: skip


class RestoreDialog(QDialog):
    """Backups at left, what the chosen one contains at right; nothing changes before the button."""

    chosen = Signal(Path)

    def __init__(self, dossier: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dossier = dossier
        self._paths: list[Path] = []
        self._chosen: Path | None = None
        self.setWindowTitle("Restaurer une sauvegarde")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(820), theme.px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label(f"Sauvegardes de «\u00a0{dossier.stem}\u00a0»", "detailTitle", wrap=True))
        column.addWidget(
            label(
                "Le dossier actuel est gardé à côté, sous un autre nom\u00a0: rien n’est perdu.",
                "secondary",
                wrap=True,
            )
        )
        column.addLayout(self._middle(), 1)
        column.addLayout(self._footer())
        self._fill()

    def _middle(self) -> QHBoxLayout:
        self.table = Table(COLUMNS)
        self.table.setAccessibleName("Sauvegardes")
        self.table.picked.connect(self._show)
        self.table.opened.connect(lambda _id: self._restore())
        left = QFrame()
        left.setObjectName("panel")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 1, 1, 1)
        self.empty = label(
            "Aucune sauvegarde à côté de ce dossier\u00a0: choisissez un fichier.", "secondary", wrap=True
        )
        self.empty.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty)
        right = QFrame()
        right.setObjectName("panel")
        self.banner = Banner(parent=right)
        self.facts = Facts()
        words = QVBoxLayout(right)
        words.addWidget(label("Ce qu’elle contient", "panelTitle"))
        words.addWidget(self.banner)
        words.addWidget(scrolled(self.facts), 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(left, 3)
        row.addWidget(right, 2)
        return row

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button("Choisir un &fichier…", self._ask_file, icon="folder-open"))
        row.addStretch(1)
        row.addWidget(button("Annuler", self.reject))
        self.restore_button = button("&Restaurer cette sauvegarde", self._restore, kind="primary")
        self.restore_button.setEnabled(False)
        row.addWidget(self.restore_button)
        return row

    def _fill(self) -> None:
        found = backups.list_backups(self._dossier)
        self._paths = [backup.path for backup in found]
        self.table.show_rows(
            (place, f"{backup.at:%d/%m/%Y à %H:%M:%S}", backup.kind, _size(backup.size))
            for place, backup in enumerate(found)
        )
        self.empty.setVisible(not found)
        self.table.setVisible(bool(found))
        if found:
            self.table.pick(0)

    def _show(self, place: int | None) -> None:
        if place is not None:
            self.show_backup(self._paths[place])

    def show_backup(self, path: Path) -> None:
        """Show what a backup contains, or why it cannot be used."""
        self._chosen = None
        try:
            found = backups.preview(path)
        except UserError as refused:
            self.banner.tell(str(refused), "danger")
            self.facts.show_facts([])
            self.restore_button.setEnabled(False)
            return
        self.banner.tell("")
        self._chosen = path
        self.restore_button.setEnabled(True)
        counts = [(name, french.number(found.counts.get(table, 0))) for table, name in SHOWN.items()]
        when = f"{found.at:%d/%m/%Y à %H:%M}"
        self.facts.show_facts(
            [("Fichier", path.name), ("Faite le", when), ("Taille", _size(found.size)), *counts]
        )

    def _ask_file(self) -> None:
        folder = backups.default_folder(self._dossier)
        place = folder if folder.is_dir() else self._dossier.parent
        dialog = QFileDialog(self, "Choisir une sauvegarde", str(place), "Dossiers VTO (*.vto)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.show_backup(Path(name)))
        dialog.open()

    def _restore(self) -> None:
        if self._chosen is not None:
            path = self._chosen
            self.accept()
            self.chosen.emit(path)


def _size(octets: int) -> str:
    if octets < 1024 * 1024:
        return f"{french.number(max(octets // 1024, 1))}\u00a0Ko"
    return f"{octets / 1024 / 1024:.1f}\u00a0Mio".replace(".", ",")
