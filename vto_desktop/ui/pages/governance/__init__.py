"""« Gouvernance »: who sits in each body at a date, the mandates, the meetings, the bodies themselves."""

from vto_desktop.ui.pages.governance.page import GovernancePage

__all__ = ["GovernancePage"]
