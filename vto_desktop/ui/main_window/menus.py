"""The menu bar: every act of the program, its icon, its keys, and whether it can be done now."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.pages import PAGES

if TYPE_CHECKING:
    from vto_desktop.ui.main_window.window import MainWindow

LONGEST: Final = 60
"""Letters of a step's name shown in the menu."""
THEMES: Final = (("system", "Comme le système"), ("light", "Clair"), ("dark", "Sombre"))
SIZES: Final = (90, 100, 110, 125, 150)
LISTS: Final = (
    ("fiscal_year", "&Exercices…"),
    ("account", "&Plan comptable…"),
    ("funding_source", "&Sources de financement…"),
    ("programme", "P&rogrammes…"),
    ("action", "&Actions…"),
    ("", ""),
    ("body", "&Instances et fonctions…"),
    ("college", "&Collèges…"),
    ("organisation", "&Organismes…"),
    ("person", "Perso&nnes…"),
    ("", ""),
    ("form_line", "&Lignes des formulaires…"),
    ("form_mapping", "C&omptes et lignes des formulaires…"),
    ("published_figure", "Chiffres p&ubliés…"),
)
ALWAYS, OPEN, WRITABLE = "always", "open", "writable"


class Menus:
    """Builds the menus of a window once, and keeps them true to the open dossier."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._needs: list[tuple[QAction, str]] = []
        self.actions: dict[str, QAction] = {}
        bar = window.menuBar()
        bar.clear()
        self._file(bar.addMenu("&Fichier"))
        self._edit(bar.addMenu("&Édition"))
        self._view(bar.addMenu("&Affichage"))
        self._dossier(bar.addMenu("&Dossier"))
        self._help(bar.addMenu("Aid&e"))
        self.update()

    def _add(
        self,
        menu: QMenu,
        key: str,
        text: str,
        slot: Callable[[], object],
        icon: str = "",
        keys: str = "",
        needs: str = ALWAYS,
    ) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(key)
        if icon:
            action.setIcon(icons.icon(icon))
        if keys:
            action.setShortcuts([QKeySequence(each) for each in keys.split(" ; ")])
        action.triggered.connect(lambda _checked=False: slot())
        menu.addAction(action)
        self._needs.append((action, needs))
        self.actions[key] = action
        return action

    def _file(self, menu: QMenu) -> None:
        acts = self._window.dossiers
        self._add(menu, "new", "&Nouveau…", acts.ask_new, "folder-plus", "Ctrl+Shift+N")
        self._add(menu, "open", "&Ouvrir…", acts.ask_open, "folder-open", "Ctrl+O")
        self.recent = menu.addMenu(icons.icon("history"), "Dossiers &récents")
        self.recent.aboutToShow.connect(self._fill_recent)
        self._add(menu, "example", "Découvrir l’e&xemple 2021", acts.open_example, "compass")
        menu.addSeparator()
        self._add(menu, "copy_to", "Enregistrer une &copie…", acts.ask_copy, "save", "Ctrl+Shift+S", OPEN)
        self._add(
            menu,
            "back_up",
            "&Sauvegarder maintenant",
            acts.back_up_now,
            "database-backup",
            "Ctrl+S",
            WRITABLE,
        )
        self._add(menu, "restore", "Res&taurer une sauvegarde…", acts.ask_restore, "rotate-ccw")
        menu.addSeparator()
        self._add(
            menu, "import", "&Importer une liste…", self._window.import_list, "upload", "Ctrl+I", WRITABLE
        )
        self._add(
            menu,
            "export",
            "&Exporter la liste…",
            self._window.export_list,
            "file-spreadsheet",
            "Ctrl+E",
            OPEN,
        )
        menu.addSeparator()
        self._add(menu, "close", "&Fermer le dossier", acts.close_and_welcome, "", "Ctrl+W", OPEN)
        self._add(menu, "quit", "&Quitter", self._window.close, "", "Ctrl+Q")

    def _fill_recent(self) -> None:
        acts = self._window.dossiers
        self.recent.clear()
        for path in acts.recent():
            action = self.recent.addAction(f"{path.name}   ({path.parent})".replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, path=path: acts.open_path(path))
        if self.recent.isEmpty():
            self.recent.addAction("Aucun dossier récent").setEnabled(False)

    def _edit(self, menu: QMenu) -> None:
        window = self._window
        self._add(menu, "undo", "Annuler", window.undo, "undo-2", "Ctrl+Z", WRITABLE)
        self._add(menu, "redo", "Rétablir", window.redo, "redo-2", "Ctrl+Y ; Ctrl+Shift+Z", WRITABLE)
        menu.addSeparator()
        self._add(menu, "copy", "&Copier", window.copy, "copy", "Ctrl+C")
        self._add(menu, "find", "Re&chercher dans le dossier", window.focus_search, "search", "Ctrl+K", OPEN)
        menu.aboutToShow.connect(self.update)

    def _view(self, menu: QMenu) -> None:
        window = self._window
        for place, entry in enumerate(PAGES, 1):
            show = _bound(window.go_to, entry.key)
            self._add(menu, entry.key, entry.title, show, entry.icon, f"Ctrl+{place}", OPEN)
        menu.addSeparator()
        self._choices(menu.addMenu(icons.icon("moon"), "&Thème"), "apparence", THEMES, "system")
        sizes = [(size, f"{size}\u00a0%") for size in SIZES]
        self._choices(menu.addMenu(icons.icon("text-search"), "Tai&lle du texte"), "taille", sizes, 100)
        self._add(menu, "fold", "&Réduire la navigation", window.fold, "panel-left-close", "Ctrl+B", OPEN)
        self._add(menu, "full", "&Plein écran", window.toggle_full_screen, "maximize", "F11")

    def _choices(self, menu: QMenu, name: str, choices: Sequence[tuple[Any, str]], default: Any) -> None:
        group = QActionGroup(menu)
        settings = self._window.workspace.settings

        def choose(value: Any) -> None:
            settings.set(name, value)
            theme.apply(settings)

        for value, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(settings.get(name, default) == value)
            action.triggered.connect(lambda _checked=False, value=value: choose(value))
            group.addAction(action)

    def _dossier(self, menu: QMenu) -> None:
        window = self._window
        self._add(
            menu, "association", "Ré&glages de l’association…", window.edit_association, "settings", "", OPEN
        )
        menu.addSeparator()
        for key, text in LISTS:
            if key:
                self._add(menu, f"list {key}", text, _bound(window.open_list, key), "", "", OPEN)
            else:
                menu.addSeparator()
        menu.addSeparator()
        self._add(menu, "check", "&Vérifier le dossier", window.dossiers.check, "badge-check", "", OPEN)
        self._add(
            menu, "preferences", "Préféren&ces…", window.edit_preferences, "sliders-horizontal", "Ctrl+,"
        )

    def _help(self, menu: QMenu) -> None:
        window = self._window
        self._add(menu, "guide", "&Guide", window.open_guide, "circle-question-mark", "F1")
        self._add(menu, "keys", "&Raccourcis clavier", window.show_shortcuts, "keyboard", "Ctrl+F1")
        menu.addSeparator()
        self._add(menu, "about", "À &propos de VTO Desktop", window.show_about, "info")

    # --- keeping true ----------------------------------------------------------------------------

    def update(self) -> None:
        """Name the step that would be undone, and disable what cannot be done now."""
        workspace = self._window.workspace
        dossier = workspace.dossier
        is_now = {ALWAYS: True, OPEN: dossier is not None, WRITABLE: not workspace.is_read_only}
        for action, needs in self._needs:
            action.setEnabled(is_now[needs])
        undo = dossier.undo_label if dossier is not None and not workspace.is_read_only else None
        redo = dossier.redo_label if dossier is not None and not workspace.is_read_only else None
        for key, verb, step in (("undo", "Annuler", undo), ("redo", "Rétablir", redo)):
            action = self.actions[key]
            action.setText(f"{verb} «\u00a0{_short(step)}\u00a0»" if step else verb)
            action.setToolTip(f"{verb}\u00a0: {step}" if step else verb)
            action.setEnabled(step is not None)


def _bound(act: Callable[[str], object], key: str) -> Callable[[], object]:
    return lambda: act(key)


def _short(text: str) -> str:
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
    return cut.replace("&", "&&")
