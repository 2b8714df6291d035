"""« Adhérents »: who belongs to the association at a date, who represents each, what each owes."""

from vto_desktop.ui.pages.members.page import MembersPage

__all__ = ["MembersPage"]
