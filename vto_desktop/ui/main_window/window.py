"""The main window: menus, top bar, side bar, the page shown, banners, status bar, and how it closes."""

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import placement, showing, skeleton

# The frame is painted before what it holds is imported: each of these modules comes when it is first needed.
if TYPE_CHECKING:
    from vto_desktop.ui.kit.page import Page
    from vto_desktop.ui.pages.welcome import Welcome

FRAME: Final = 0  # of a dossier, in the area beside the first-start page


class MainWindow(QMainWindow):
    """The one window. It is painted before any data: pages are made when they are first shown."""

    painted = Signal()
    """The frame was painted for the first time."""
    page_shown = Signal(str)

    def __init__(self, workspace: Workspace, *, furnished: bool = True) -> None:
        super().__init__()
        self.workspace = workspace
        self.pages: dict[str, Page] = {}
        self.page_key = "dashboard"
        self.is_furnished = False
        self.shows_frame = False
        self._is_painted = False
        self._may_close = False
        self._size = theme.look().size
        self.setWindowTitle("VTO Desktop")
        placement.restore(self, workspace.settings)
        if furnished:
            self.furnish()

    def furnish(self) -> None:
        """Put menus, bars and the area of pages into the frame: once, after the frame's first paint."""
        from vto_desktop.ui.main_window.dossiers import Dossiers
        from vto_desktop.ui.main_window.menus import Menus
        from vto_desktop.ui.main_window.regular_backups import RegularBackups

        workspace = self.workspace
        self.setAcceptDrops(True)
        self.dossiers = Dossiers(self, workspace)
        self.regular_backups = RegularBackups(self, workspace)
        self.menus = Menus(self)
        self._build()
        self.is_furnished = True
        workspace.opened.connect(self._on_opened)
        workspace.changed.connect(self._on_changed)
        workspace.year_changed.connect(lambda _year: self.show_head())
        workspace.row_requested.connect(partial(showing.show_row, self))
        workspace.status.connect(self._say)
        workspace.year_changed.connect(lambda _year: self.status.forget())
        theme.look().changed.connect(self._redress)

    def _build(self) -> None:
        from vto_desktop.ui.main_window.banners import Banners
        from vto_desktop.ui.main_window.frame import Frame
        from vto_desktop.ui.main_window.search import SearchField
        from vto_desktop.ui.main_window.side_bar import SideBar
        from vto_desktop.ui.main_window.status import StatusBar
        from vto_desktop.ui.main_window.top_bar import TopBar
        from vto_desktop.ui.pages import PAGES

        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self.search = SearchField(self.workspace)
        self.search.chosen.connect(partial(showing.show_hit, self))
        tools = [self.menus.actions[key] for key in ("undo", "redo", "guide")]
        self.top_bar = TopBar(self.search, tools)
        self.top_bar.year_chosen.connect(lambda year: setattr(self.workspace, "year", year))
        self.side_bar = SideBar([(entry.key, entry.title, entry.icon) for entry in PAGES])
        self.side_bar.chosen.connect(self.show_page)
        settings = self.workspace.settings
        self.side_bar.set_collapsed(settings.get("navigation_réduite") is True)
        self.side_bar.collapsed.connect(lambda on: settings.set("navigation_réduite", on))
        self.banners = Banners()
        self.frame = Frame(self.top_bar, self.side_bar, self.banners)
        vars(self).pop("welcome", None)  # the one of before, when all is laid out again
        self.area = QStackedWidget()
        self.area.addWidget(self.frame)
        self.setCentralWidget(self.area)
        self.status.show_no_dossier()

    @cached_property
    def welcome(self) -> "Welcome":
        """The first-start page, made when no dossier is open."""
        return self.dossiers.first_page(self.area)

    # --- what is shown ---------------------------------------------------------------------------

    def show_welcome(self) -> None:
        """Show the first-start page: no dossier is open."""
        self.welcome.show_recent(self.dossiers.recent())
        self.area.setCurrentWidget(self.welcome)
        self.status.show_no_dossier()
        self.setWindowTitle("VTO Desktop")
        QTimer.singleShot(0, self.welcome, self.welcome.focus_example)

    def show_frame(self, path: Path) -> None:
        """Show the frame of a dossier that is about to be opened."""
        self.area.setCurrentIndex(FRAME)
        self.side_bar.set_current(self.page_key)
        self.top_bar.show_dossier(path.stem, path.name, str(path))
        self.status.show_opening(path.name)

    def page(self, key: str) -> "Page":
        """Return a page, made at its first use."""
        from vto_desktop.ui.main_window import acts
        from vto_desktop.ui.pages import PAGES

        if key not in self.pages:
            entry = next(each for each in PAGES if each.key == key)
            made = entry.load()(self.workspace)
            self.pages[key] = made
            self.frame.add_page(made)
            acts.offer_export(self, made)
            acts.connect_page(self, made)
        return self.pages[key]

    @property
    def current_page(self) -> "Page | None":
        """The page shown, if a dossier is open."""
        return self.pages.get(self.page_key) if self.workspace.dossier is not None else None

    def show_page(self, key: str) -> None:
        """Show a page by its key in PAGES."""
        self.status.forget()
        self.page_key = key
        self.side_bar.set_current(key)
        if self.workspace.dossier is not None:
            self.frame.show_page(self.page(key))
            self.page_shown.emit(key)

    def go_to(self, key: str) -> None:
        """Show a page and put the focus in it (Ctrl+1…): what follows is done by keys too."""
        self.show_page(key)
        if self.workspace.dossier is not None:
            self.focus_page()

    def focus_page(self) -> None:
        """Put the focus where the keys are of use: in the list of the page, else in the side bar."""
        from vto_desktop.ui.main_window import acts

        page = self.current_page
        found = acts.first_table(page) if page is not None else None
        (found or self.side_bar.items[self.page_key]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self) -> None:
        self.menus.update()
        self.banners.clear()
        if self.workspace.dossier is None:
            self.show_welcome()
            return
        path = self.workspace.dossier.path
        self.setWindowTitle(f"{path.name} – VTO Desktop")
        self.area.setCurrentIndex(FRAME)
        self.show_head()
        self.show_saved()
        self.show_page(self.page_key)
        self.focus_page()

    def _on_changed(self, tables: frozenset[str]) -> None:
        from vto_desktop.ui.main_window import acts

        self.menus.update()
        self.status.forget()  # whoever has something to say of this change says it after
        if tables & {"association", "fiscal_year"}:
            self.show_head()
        if "association" in tables:
            acts.renew_notice(self.workspace, self.pages.values())
        self.show_saved()

    def show_head(self) -> None:
        """Show the association's name, the file and the fiscal years in the top bar."""
        from vto_desktop.ui.main_window import acts

        dossier = self.workspace.dossier
        if dossier is not None:
            name, years = acts.head_and_years(self.workspace)
            self.top_bar.show_dossier(name, dossier.path.name, str(dossier.path))
            self.top_bar.show_years(years, self.workspace.year)

    def show_saved(self) -> None:
        """Say in the status bar that everything is saved, and when the last backup was made."""
        if self.workspace.is_read_only:
            self.status.show_read_only()
        else:
            self.status.show_saved(self.dossiers.last_backup)

    def _redress(self) -> None:
        """Lay everything out again when the size of the text changed; colours follow by themselves."""
        if self._size == theme.look().size:
            return
        self._size = theme.look().size
        for page in self.pages.values():
            page.deleteLater()
        self.pages.clear()
        is_open = self.workspace.dossier is not None
        self._build()
        self._on_opened() if is_open else self.show_welcome()

    def _say(self, sentence: str) -> None:
        self.status.say(sentence)  # the bar is another one after the size of the text changed

    # --- acts of the menus -----------------------------------------------------------------------

    def undo(self) -> None:
        """Undo the last step and say so."""
        from vto_desktop.ui.main_window import acts

        acts.undo(self.workspace)

    def redo(self) -> None:
        """Redo the last undone step and say so."""
        from vto_desktop.ui.main_window import acts

        acts.redo(self.workspace)

    def copy(self) -> None:
        """Copy what the focused widget holds."""
        copy = getattr(QApplication.focusWidget(), "copy", None)
        if callable(copy):
            copy()

    def focus_search(self) -> None:
        """Put the cursor in the search of the whole dossier."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fold(self) -> None:
        """Reduce the side bar to its icons, or show its texts again."""
        self.side_bar.set_collapsed(not self.side_bar.is_collapsed)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def export_list(self) -> None:
        """Write the list shown as a spreadsheet or CSV."""
        from vto_desktop.ui.main_window import acts

        acts.export_page(self)

    def import_list(self) -> None:
        """Import a list of members or representatives."""
        from vto_desktop.ui.main_window import acts

        acts.import_list(self)

    def edit_association(self) -> None:
        """Open the settings of the association."""
        from vto_desktop.ui.main_window import acts

        acts.edit_association(self)

    def edit_preferences(self) -> None:
        """Open this user's preferences."""
        from vto_desktop.ui.main_window import acts

        acts.edit_preferences(self)

    def open_list(self, key: str) -> None:
        """Open one of the reference lists of the dossier."""
        from vto_desktop.ui.main_window import acts

        acts.open_list(self, key)

    def open_guide(self) -> None:
        """Open the guide at the page in use."""
        from vto_desktop.ui.main_window import acts

        acts.open_guide(self)

    def show_shortcuts(self) -> None:
        """Show all keys."""
        from vto_desktop.ui.main_window import acts

        acts.show_shortcuts(self)

    def show_about(self) -> None:
        """Show versions, places and licences."""
        from vto_desktop.ui.main_window import acts

        acts.show_about(self)

    # --- the window itself -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_furnished:
            skeleton.paint(self, self.shows_frame)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from vto_desktop.ui.main_window import acts

        if acts.what_opens(self, event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from vto_desktop.ui.main_window import acts

        if (open_it := acts.what_opens(self, event.mimeData())) is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, open_it)  # not inside the drop: the file manager waits for its end

    def closeEvent(self, event: QCloseEvent) -> None:
        # An exception that leaves a Qt event closes the window or ends the program: nothing may pass.
        try:
            self._closing(event)
        except Exception as error:
            from vto_desktop.ui.kit import unexpected

            event.ignore()
            unexpected.report(error)

    def _closing(self, event: QCloseEvent) -> None:
        if self._may_close or self.workspace.dossier is None:
            placement.remember(self, self.workspace.settings)
            if self.is_furnished:
                self.dossiers.let_go()
            event.accept()
        else:
            event.ignore()
            # Not inside this event: Qt passes over what asks a window to close while it is closing.
            self.dossiers.finish(lambda: QTimer.singleShot(0, self, self.close_for_good))

    def close_for_good(self) -> None:
        """Close now: the dossier is free, drafts and the window's place are kept."""
        self._may_close = True
        self.close()
