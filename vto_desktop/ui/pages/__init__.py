"""The side bar, from top to bottom; a page's module is imported when the page is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vto_desktop.ui.kit.page import Page


@dataclass(frozen=True)
class Entry:
    """One line of the side bar: known before its page, whose module brings the database with it."""

    key: str
    title: str
    icon: str
    load: "Callable[[], type[Page]]"


def _dashboard() -> "type[Page]":
    from vto_desktop.ui.pages.dashboard import DashboardPage

    return DashboardPage


def _members() -> "type[Page]":
    from vto_desktop.ui.pages.members import MembersPage

    return MembersPage


def _dues() -> "type[Page]":
    from vto_desktop.ui.pages.dues import DuesPage

    return DuesPage


def _governance() -> "type[Page]":
    from vto_desktop.ui.pages.governance import GovernancePage

    return GovernancePage


def _conventions() -> "type[Page]":
    from vto_desktop.ui.pages.conventions import ConventionsPage

    return ConventionsPage


def _budget() -> "type[Page]":
    from vto_desktop.ui.pages.budget import BudgetPage

    return BudgetPage


def _editions() -> "type[Page]":
    from vto_desktop.ui.pages.editions import EditionsPage

    return EditionsPage


def _journal() -> "type[Page]":
    from vto_desktop.ui.pages.journal import JournalPage

    return JournalPage


PAGES: Final = (
    Entry("dashboard", "Tableau de bord", "layout-dashboard", _dashboard),
    Entry("members", "Adhérents", "users", _members),
    Entry("dues", "Cotisations", "coins", _dues),
    Entry("governance", "Gouvernance", "landmark", _governance),
    Entry("conventions", "Conventions", "handshake", _conventions),
    Entry("budget", "Budget", "scale", _budget),
    Entry("editions", "Éditions", "printer", _editions),
    Entry("journal", "Journal", "history", _journal),
)
