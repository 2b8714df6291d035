"""The dashboard: the state of the fiscal year, what is to be done, and the rows behind each figure."""

from vto_desktop.ui.pages.dashboard.page import DashboardPage

__all__ = ["DashboardPage"]
