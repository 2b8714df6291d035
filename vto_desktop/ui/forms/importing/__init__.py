"""« Importer une liste… »: choose a file, say what its columns hold, look at what would be done, import."""

from vto_desktop.ui.forms.importing.dialog import ImportDialog

__all__ = ["ImportDialog"]
