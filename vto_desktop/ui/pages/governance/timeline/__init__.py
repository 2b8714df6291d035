"""Mandates as bars along time, fluid over fifty years: only what is in sight is looked up and painted."""

from vto_desktop.ui.pages.governance.timeline.lanes import Bar
from vto_desktop.ui.pages.governance.timeline.legend import Legend
from vto_desktop.ui.pages.governance.timeline.view import Timeline

__all__ = ["Bar", "Legend", "Timeline"]
