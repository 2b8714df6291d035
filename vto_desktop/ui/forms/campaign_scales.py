"""The scales of a campaign as a small table: what each kind of member owes; a row left blank has no scale."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from vto_desktop import french
from vto_desktop.model import NATURAL_PERSON, DuesScale, Kind
from vto_desktop.ui.forms.rate import RateInput
from vto_desktop.ui.kit.grid_input import GridInput
from vto_desktop.ui.kit.grid_row import Cell, ShownText
from vto_desktop.ui.kit.inputs import FlagInput
from vto_desktop.ui.kit.money_and_dates import AmountInput

KINDS: Final = (*(kind.value for kind in Kind), NATURAL_PERSON)
NAMES: Final = ("flat", "rate", "minimum", "maximum", "is_prorated")


class ScalesInput(GridInput):
    """One row for each kind; its value is the list of scales typed."""

    def __init__(self) -> None:
        super().__init__(
            (
                Cell("kind", "Type d’adhérent", ShownText, still=True),
                Cell("members", "", lambda: ShownText(right=True), 92, right=True, still=True),
                Cell("flat", "Forfait", AmountInput, 112, right=True),
                Cell("rate", "Par habitant", RateInput, 104, right=True),
                Cell("minimum", "Minimum", AmountInput, 112, right=True),
                Cell("maximum", "Maximum", AmountInput, 112, right=True),
                Cell("is_prorated", "Au prorata", FlagInput, 76),
            ),
            defaults={"is_prorated": False},
        )

    def offer(self, members: Mapping[str, int]) -> None:
        """Show a row for each kind that members are of, and for each kind that has a scale already."""
        before = self.value()
        known = [kind for kind in KINDS if members.get(kind) or any(s.kind == kind for s in before)]
        self.clear()
        for kind in known:
            self._row(kind, members.get(kind, 0))
        self.take(before)

    def _row(self, kind: str, members: int) -> None:
        row = self.add_row({"kind": kind, "members": french.count(members, "adhérent")})
        row.cell("is_prorated").editor.setToolTip(
            "Un adhérent qui arrive en cours d’exercice ne doit que les mois restants, le premier compris."
        )

    def take(self, scales: Sequence[DuesScale]) -> None:
        """Fill the rows of these scales; a kind that has no row gets one."""
        for scale in scales:
            if self._place(scale.kind) is None:
                self._row(scale.kind, 0)
            place = self._place(scale.kind)
            if place is not None:
                values = {name: getattr(scale, name) for name in NAMES}
                values["rate"] = scale.rate or None
                if scale.rate:
                    values["flat"] = scale.flat or None
                self.rows[place].fill(values)
        self.changed.emit()

    def _place(self, kind: str) -> int | None:
        return next((n for n, row in enumerate(self.rows) if row.cell("kind").value() == kind), None)

    def value(self) -> list[DuesScale]:
        return [
            DuesScale(
                kind=row.cell("kind").value(),
                flat=row.cell("flat").value() or 0,
                rate=row.cell("rate").value() or 0,
                minimum=row.cell("minimum").value(),
                maximum=row.cell("maximum").value(),
                is_prorated=row.cell("is_prorated").value(),
            )
            for row in self.filled()
        ]

    def set_value(self, value: Any) -> None:
        self.take(value or ())

    def set_typed(self, typed: Any) -> None:
        """Put raw content back into the rows of the same kinds."""
        for content in typed if isinstance(typed, list) else ():
            kind = content.get("kind") if isinstance(content, dict) else None
            if kind in KINDS:
                if self._place(kind) is None:
                    self._row(kind, 0)
                place = self._place(kind)
                assert place is not None  # noqa: S101 - the row was just made
                self.rows[place].set_typed({k: v for k, v in content.items() if k in NAMES})
        self.changed.emit()
