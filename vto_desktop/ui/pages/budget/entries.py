"""The entries of the fiscal year, however many: filtered and sorted by the database, fetched when seen."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Action, Basis, Convention, Entry, FiscalYear
from vto_desktop.services import result
from vto_desktop.services.folding import holds, may_hold, words_of
from vto_desktop.services.sources import branch, tree
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.budget.classes import present_classes, sums_text

ORDER: Final[Mapping[str, Any]] = {
    "date": Entry.entered_on, "account": Entry.account_code, "label": Entry.label, "piece": Entry.piece,
    "amount": Entry.amount, "action": Entry.action_id, "source": Entry.funding_source_id,
    "convention": Entry.convention_id, "origin": Entry.origin,
}  # fmt: skip
SEARCHED: Final = (Entry.label, Entry.account_code, Entry.piece)


class EntriesList(ListPage):
    """Entries of the year looked at, with the sums of what is filtered."""

    title = "Écritures"
    framed = True
    shows = frozenset({"entry", "fiscal_year", "action", "funding_source", "convention", "receipt"})
    empty = "Aucune écriture dans cet exercice. «\u00a0Nouvelle écriture\u00a0» (Ctrl+N) ajoute la première."
    detail_width = 0
    columns = (
        Column("date", "Date", "date", 104),
        Column("account", "Compte", width=84),
        Column("label", "Libellé", width=0),
        Column("piece", "Pièce", width=100, muted=True),
        Column("action", "Action", width=150, muted=True),
        Column("source", "Source", width=150, muted=True),
        Column("convention", "Convention", width=160, muted=True, hidden=True),
        Column("origin", "Origine", width=110, muted=True, hidden=True),
        Column("amount", "Montant", "amount", 120),
    )

    def __init__(self, workspace: Workspace) -> None:
        self._sums: list[tuple[str, int]] = []
        self._year_id = 0
        self._received = 0
        super().__init__(workspace)

    def build_list(self) -> None:
        self.chip("class", "Compte", self._classes)
        self.chip("action", "Action", self._action_choices)
        self.chip("source", "Source", self._source_choices)

    # --- filters ---------------------------------------------------------------------------------

    def _classes(self) -> list[tuple[Any, str]]:
        chosen = select(Entry.account_code).distinct().join(FiscalYear).where(self._of_year())
        with self.workspace.read() as session:
            return present_classes(session.scalars(chosen))

    def _action_choices(self) -> list[tuple[Any, str]]:
        with self.workspace.read() as session:
            return list(session.execute(select(Action.id, Action.name).order_by(Action.name)))

    def _source_choices(self) -> list[tuple[Any, str]]:
        with self.workspace.read() as session:
            return [(node.source_id, " › ".join(node.path)) for node in tree(session)]

    def _of_year(self) -> Any:
        return FiscalYear.year == self.workspace.year

    # --- rows ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        with self.workspace.read() as session:
            year = session.scalars(select(FiscalYear).where(self._of_year())).first()
            received = year is not None and year.basis == Basis.RECEIPTS
            groups = result.received_groups(session, year) if year and received else []
            self._year_id = year.id if year else 0
        self._received = sum(group.amount for group in groups)
        super().refresh()

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        order = ORDER.get(sort_key, Entry.entered_on)
        ordered = (order.desc(), Entry.id.desc()) if descending else (order, Entry.id)
        words = words_of(text)
        with self.workspace.read() as session:
            wanted = self._wanted(session, chips)
            if words:
                chosen = select(Entry.id, Entry.account_code, Entry.amount, *SEARCHED)
                found = session.execute(chosen.where(wanted, may_hold(words, *SEARCHED)).order_by(*ordered))
                kept = [row[:3] for row in found if holds(words, *row[3:])]
                self._sums = [(code, amount) for _id, code, amount in kept]
                return [row_id for row_id, _code, _amount in kept]
            sums = select(Entry.account_code, func.sum(Entry.amount)).where(wanted)
            self._sums = [
                (code, int(amount)) for code, amount in session.execute(sums.group_by(Entry.account_code))
            ]
            return session.scalars(select(Entry.id).where(wanted).order_by(*ordered)).all()

    def _wanted(self, session: Session, chips: Mapping[str, Any]) -> ColumnElement[bool]:
        conditions = [Entry.fiscal_year_id == self._year_id]
        if (prefix := chips.get("class")) is not None:
            conditions.append(result.in_class(prefix))
        if (action := chips.get("action")) is not None:
            conditions.append(Entry.action_id == action)
        if (source := chips.get("source")) is not None:
            conditions.append(Entry.funding_source_id.in_(branch(session, source)))
        return and_(*conditions)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        chosen = (
            select(
                Entry.id, Entry.entered_on, Entry.account_code, Entry.label, Entry.piece, Action.name,
                Entry.funding_source_id, Convention.title, Entry.origin, Entry.amount,
            )
            .outerjoin(Action, Entry.action_id == Action.id)
            .outerjoin(Convention, Entry.convention_id == Convention.id)
            .where(Entry.id.in_(ids))
        )  # fmt: skip
        with self.workspace.read() as session:
            paths = {node.source_id: " › ".join(node.path) for node in tree(session)}
            found = {row[0]: row[1:] for row in session.execute(chosen)}
        return [_shown(found[row_id], paths) for row_id in ids]

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        sums = sums_text(self._sums)
        if self._received:
            received = f"encaissements comptés en plus, au Budget\u00a0: {french.amount(self._received)}"
            sums = " · ".join(filter(None, (sums, received)))
        return french.count(len(ids), "écriture"), sums


def _shown(row: tuple[Any, ...], paths: Mapping[int, str]) -> tuple[Any, ...]:
    day, code, label, piece, action, source, title, origin, amount = row
    return day, code, label, piece, action or "", paths.get(source, ""), title or "", origin, amount
