"""The frame around the pages: menus, top bar, side bar, banners, status bar, opening and closing dossiers."""

from vto_desktop.ui.main_window.window import MainWindow

__all__ = ["MainWindow"]
