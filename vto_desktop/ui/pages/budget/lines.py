"""The lines of a budget version, flat: to add, edit, duplicate, delete, filter and export."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vto_desktop import french
from vto_desktop.model import BudgetLine
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.sources import MemorySource
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.budget.behind import FORECAST, line_rows
from vto_desktop.ui.pages.budget.classes import in_class, present_classes, sums_text

CODE, ACTION, SOURCE, AMOUNT = 0, 2, 3, 5


class LinesList(ListPage):
    """The lines of the version that ``show_budget`` names."""

    title = "Lignes"
    framed = True
    shows = frozenset({"budget", "budget_line", "action", "funding_source", "convention"})
    empty = (
        "Cette version du budget n’a pas encore de ligne. "
        "«\u00a0Nouvelle ligne\u00a0» (Ctrl+N) ajoute la première."
    )
    detail_width = 0
    columns = FORECAST

    def __init__(self, workspace: Workspace) -> None:
        self._budget_id: int | None = None
        self._rows: dict[int, tuple[Any, ...]] = {}
        self._memory = MemorySource(self.columns)
        super().__init__(workspace)

    def build_list(self) -> None:
        self.chip("class", "Compte", lambda: present_classes(row[CODE] for row in self._rows.values()))
        self.chip("action", "Action", lambda: _texts(row[ACTION] for row in self._rows.values()))
        self.chip("source", "Source", lambda: _texts(row[SOURCE] for row in self._rows.values()))

    def show_budget(self, budget_id: int | None) -> None:
        """Show the lines of another version."""
        if budget_id != self._budget_id:
            self._budget_id = budget_id
            self._mark()

    def refresh(self) -> None:
        found = line_rows(self.workspace, BudgetLine.budget_id == (self._budget_id or 0))
        self._rows = {row[0]: row[1:] for row in found}
        super().refresh()

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        self._memory.replace((row_id, *row) for row_id, row in self._rows.items() if _passes(row, chips))
        return self._memory.ids(text, {}, sort_key, descending)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        return self._memory.rows(ids)

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        pairs = [(self._rows[row_id][CODE], self._rows[row_id][AMOUNT]) for row_id in ids]
        return french.count(len(ids), "ligne"), sums_text(pairs)


def _passes(row: tuple[Any, ...], chips: Mapping[str, Any]) -> bool:
    return (
        in_class(row[CODE], chips.get("class"))
        and chips.get("action") in (None, row[ACTION])
        and chips.get("source") in (None, row[SOURCE])
    )


def _texts(texts: Iterable[str]) -> list[tuple[Any, str]]:
    return [(text, text) for text in sorted(set(filter(None, texts)), key=french.sort_key)]
