"""« Réunions »: the list of meetings, and what each is made of beside it."""

from vto_desktop.ui.pages.governance.meetings.tab import MeetingsTab

__all__ = ["MeetingsTab"]
