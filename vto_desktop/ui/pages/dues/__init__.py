"""« Cotisations »: the calls of a year, what came and what is left, reminders, and every act on them."""

from vto_desktop.ui.pages.dues.page import DuesPage

__all__ = ["DuesPage"]
