"""The dialogs that open from a figure: its rows, whose total is the figure that was clicked."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.services import behind, dashboard, result, summaries
from vto_desktop.services.result import ResultRow
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.kit.workspace import Workspace

MONEY: Final = (
    Column("date", "Date", "date", 100),
    Column("label", "Libellé", width=0, bold=True),
    Column("account", "Compte", width=80),
    Column("amount", "Montant", "amount", 120),
)


class Behind:
    """Opens the rows behind the figures of one fiscal year, over the page."""

    def __init__(self, workspace: Workspace, page: Any) -> None:
        self._workspace = workspace
        self._page = page
        self.dialog: RowsDialog | None = None

    def _read(self, read: Callable[[Session], Any]) -> Any:
        with self._workspace.read() as session:
            return read(session)

    def _open(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[tuple[tuple[str, int], tuple[Any, ...]]],
        total: dict[str, str],
        *,
        below: str = "",
    ) -> RowsDialog:
        """Open a list; each row comes with the table and id of the record it leads to."""
        kept = list(rows)
        numbered = [(place, *values) for place, (_record, values) in enumerate(kept)]
        dialog = RowsDialog(title, columns, numbered, total, self._page.window(), below=below)
        dialog.opened.connect(lambda place: self._workspace.open_row(*kept[place][0]))
        dialog.export_asked.connect(self._page.export_asked.emit)
        dialog.open()
        self.dialog = dialog
        return dialog

    def _money(self, title: str, rows: Sequence[ResultRow], *, below: str = "") -> RowsDialog:
        listed = [((row.table, row.row_id), (row.date, row.label, row.account, row.amount)) for row in rows]
        total = {"label": "Total", "amount": french.amount(sum(row.amount for row in rows))}
        return self._open(title, MONEY, listed, total, below=below)

    def _dated(self, day_of: Callable[[Session, int, date], date], today: date) -> str:
        """Return the day that rows are taken at, when it is not today."""
        day = self._read(lambda s: day_of(s, self._workspace.year, today))
        return "" if day == today else f"Au {french.short_date(day)}."

    # --- the cards -------------------------------------------------------------------------------

    def income(self) -> RowsDialog:
        """Open all income of the year."""
        year = self._workspace.year
        return self._money(f"Ressources {year}", self._read(lambda s: result.income_rows(s, year)))

    def expenses(self) -> RowsDialog:
        """Open all expenses of the year."""
        year = self._workspace.year
        return self._money(f"Dépenses {year}", self._read(lambda s: result.expense_rows(s, year)))

    def result(self) -> RowsDialog:
        """Open income and, with a minus sign, expenses."""
        year = self._workspace.year
        rows = self._read(lambda s: behind.result_rows(s, year))
        return self._money(f"Résultat {year}", rows, below="Les dépenses sont en négatif.")

    def members(self, today: date) -> RowsDialog:
        """Open the members, those that owe something first."""
        year = self._workspace.year
        found = self._read(lambda s: behind.member_dues(s, year, today))
        found.sort(key=lambda each: (each.is_up_to_date, -each.left))
        rows = [
            (("member", each.member_id), (each.name, each.called, each.left, _state(each))) for each in found
        ]
        columns = (
            Column("name", "Adhérent", width=0, bold=True),
            Column("called", "Appelé", "amount", 120),
            Column("left", "Reste à régler", "amount", 120),
            Column("state", "Situation", width=130),
        )
        present = [each for each in found if not each.has_left]
        done = sum(1 for each in present if each.is_up_to_date)
        total = {
            "name": f"{done} / {len(present)} à jour",
            "called": french.amount(sum(each.called or 0 for each in found)),
            "left": french.amount(sum(each.left for each in found)),
        }
        title = f"Adhérents à jour de leur cotisation {year}"
        return self._open(title, columns, rows, total, below=self._dated(dashboard.within_year, today))

    def running(self, today: date) -> RowsDialog:
        """Open the conventions that run."""
        year = self._workspace.year
        found = self._read(lambda s: dashboard.running_conventions(s, year, today))
        rows = [
            (("convention", c.convention_id), (c.title, c.funder, c.status, c.awarded, c.share_of_year))
            for c in found
        ]
        columns = (
            Column("title", "Convention", width=0, bold=True),
            Column("funder", "Financeur", width=180),
            Column("status", "État", width=90),
            Column("awarded", "Accordé", "amount", 100),
            Column("share", f"Part {year}", "amount", 100),
        )
        total = {
            "title": french.count(len(found), "convention"),
            "awarded": french.amount(sum(c.awarded for c in found)),
            "share": french.amount(sum(c.share_of_year for c in found)),
        }
        below = self._dated(dashboard.within_year, today)
        return self._open("Conventions en cours", columns, rows, total, below=below)

    def to_receive(self, today: date) -> RowsDialog:
        """Open what conventions still have to bring."""
        year = self._workspace.year
        day = self._read(lambda s: dashboard.shown_day(s, year, today))
        summary = self._read(lambda s: summaries.finance(s, year, on=day))
        found = [c for c in summary.conventions if c.due]
        rows = [
            (("convention", c.convention_id), (c.title, c.funder, c.received, c.due, c.late)) for c in found
        ]
        columns = (
            Column("title", "Convention", width=0, bold=True),
            Column("funder", "Financeur", width=180),
            Column("received", "Encaissé", "amount", 100),
            Column("due", "Reste", "amount", 100),
            Column("late", "Dont en retard", "amount", 110),
        )
        sums = {
            key: french.amount(sum(getattr(c, key) for c in found)) for key in ("received", "due", "late")
        }
        below = self._dated(dashboard.shown_day, today)
        return self._open("Reste à encaisser", columns, rows, {"title": "Total", **sums}, below=below)

    # --- the charts ------------------------------------------------------------------------------

    def source(self, path: tuple[str, ...]) -> RowsDialog:
        """Open the income of one source, its children included; of all sources without a path."""
        if not path:
            return self.income()
        year = self._workspace.year
        rows = self._read(lambda s: behind.source_rows(s, year, path))
        return self._money(f"{' › '.join(path)}, {year}", rows)

    def share(self, year: int, *, published: bool) -> RowsDialog:
        """Open what the share of local authorities of a year comes from."""
        if not published:
            return self.source((behind.AUTHORITIES,))
        figures = self._read(lambda s: behind.published_shares(s, year))
        rows = [
            (("published_figure", f.id), (f.label, french.percent(f.value, 10_000, decimals=0), f.source))
            for f in figures
        ]
        columns = (
            Column("label", "Chiffre publié", width=0, bold=True),
            Column("value", "Valeur", width=90),
            Column("source", "Source", width=200),
        )
        whole = next((f.value for f in figures if f.measure == behind.MEASURES[0]), 0)
        total = {"label": "Part des collectivités", "value": french.percent(whole, 10_000)}
        return self._open(f"Part des collectivités publiée pour {year}", columns, rows, total)


def _state(each: behind.MemberDues) -> str:
    if each.has_left:
        return "Parti, reste à régler"
    if each.called is None:
        return "Non appelée"
    return "À jour" if each.is_up_to_date else "Reste à régler"
