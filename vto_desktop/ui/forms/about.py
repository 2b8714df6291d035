"""« À propos » : versions, places, licences, and what to copy to the person who helps."""

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from vto_desktop import __version__, paths
from vto_desktop.ui.kit import clipboard, crash_log, theme
from vto_desktop.ui.kit.panel import Facts, button, label, scrolled
from vto_desktop.ui.kit.workspace import Workspace

LICENCES: Final = (
    ("VTO Desktop", "GPL-3.0-or-later"),
    ("Python", "PSF-2.0"),
    ("PySide6 et Qt", "LGPL-3.0"),
    ("SQLAlchemy", "MIT"),
    ("Alembic", "MIT"),
    ("ReportLab", "BSD-3-Clause"),
    ("XlsxWriter", "BSD-2-Clause"),
    ("python-stdnum", "LGPL-2.1-or-later"),
    ("platformdirs", "MIT"),
    ("SQLite", "domaine public"),
    ("Inter et Source Sans 3 (polices)", "OFL-1.1"),
    ("Lucide (icônes)", "ISC"),
    ("Collectivités (INSEE, DGCL, La Poste, via Etalab)", "Licence Ouverte\u202f; code MIT"),
    ("Plan comptable, lignes des formulaires, départements", "données publiques, sources dans resources/"),
)
PACKAGES: Final = ("PySide6", "SQLAlchemy", "alembic", "reportlab", "XlsxWriter", "python-stdnum")


class About(QDialog):
    """Three tabs of facts; « Copier les informations » copies versions and places, no data of the dossier."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setWindowTitle("À propos de VTO Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(620), theme.px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(8))
        column.addWidget(label(f"VTO Desktop {__version__}", "detailTitle"))
        words = (
            "Adhérents, gouvernance, conventions et budget d’une association, dans un seul "
            "fichier, sans internet."
        )
        column.addWidget(label(words, "secondary", wrap=True))
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        for title, facts in (
            ("Versions", self._versions()),
            ("Emplacements", self._places()),
            ("Licences", list(LICENCES)),
        ):
            shown = Facts()
            shown.show_facts(facts)
            shown.setContentsMargins(0, theme.px(12), 0, 0)
            tabs.addTab(scrolled(shown), title)
        column.addWidget(tabs, 1)
        row = QHBoxLayout()
        row.addWidget(button("&Copier les informations", self.copy, icon="copy"))
        row.addStretch(1)
        row.addWidget(button("&Fermer", self.accept, kind="primary"))
        column.addLayout(row)

    def _versions(self) -> list[tuple[str, str]]:
        dossier = self._workspace.dossier
        kept = [("Format du dossier", dossier.schema_version)] if dossier is not None else []
        system = f"{platform.system()} {platform.release()}"
        own = [
            ("VTO Desktop", __version__),
            *kept,
            ("Système", system),
            ("Python", platform.python_version()),
        ]
        return [*own, ("Qt", qVersion()), *((name, _version(name)) for name in PACKAGES)]

    def _places(self) -> list[tuple[str, str]]:
        dossier = self._workspace.dossier
        opened = [("Dossier ouvert", str(dossier.path))] if dossier is not None else []
        return [
            *opened,
            ("Programme", str(paths.shipped())),
            ("Préférences", str(self._workspace.settings.path)),
            ("Exemple", str(paths.user_folder("data"))),
            ("Brouillons", str(paths.user_folder("state"))),
            ("Journal des erreurs", str(crash_log.path())),
        ]

    def information(self) -> str:
        """Return what « Copier les informations » copies."""
        lines = [f"{name}\u00a0: {value}" for name, value in (*self._versions(), *self._places())]
        return "\n".join(lines)

    def copy(self) -> None:
        """Copy versions and places."""
        clipboard.put_text(self.information())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "incluse"
