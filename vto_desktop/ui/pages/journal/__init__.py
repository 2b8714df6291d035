"""The journal: who changed what, when, before and after; and undoing the latest steps."""

from vto_desktop.ui.pages.journal.page import JournalPage

__all__ = ["JournalPage"]
