"""What the forms of a convention's parts share: the convention above, and the live reconciliation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Amendment, Convention, ConventionShare, Instalment, Organisation
from vto_desktop.services.reconciling import Reconciled
from vto_desktop.ui.kit.form import Form


@dataclass(frozen=True)
class Parts:
    """What is known of a convention when one of its parts is edited. Cents; parts by row id."""

    title: str
    funder: str
    granted: int | None  # before amendments
    changes: Mapping[int, int]  # signed amendments
    shares: Mapping[int, int]
    instalments: Mapping[int, int]

    @property
    def awarded(self) -> int | None:
        """Return what is granted, signed amendments included."""
        return None if self.granted is None else self.granted + sum(self.changes.values())


class PartForm(Form):
    """A form on a row that has ``convention_id``."""

    _parts: Parts | None = None
    _tell: Callable[[], None] | None = None

    def parts(self) -> Parts:
        """Return what is known of the convention, read once."""
        if self._parts is None:
            self._parts = self._read(self.row.convention_id)
        return self._parts

    def _read(self, convention_id: int) -> Parts:
        with self.workspace.read() as session:
            title, granted, funder = session.execute(
                select(Convention.title, Convention.awarded_amount, Organisation.name)
                .join(Organisation, Convention.funder_id == Organisation.id)
                .where(Convention.id == convention_id)
            ).one()
            signed = Amendment.signed_on <= date.today()  # noqa: DTZ011 - the user's own calendar day

            def amounts(kind: Any, column: Any, *where: Any) -> dict[int, int]:
                chosen = select(kind.id, column).where(kind.convention_id == convention_id, *where)
                return dict(session.execute(chosen).all())

            return Parts(
                title,
                funder,
                granted,
                amounts(Amendment, Amendment.amount_change, signed),
                amounts(ConventionShare, ConventionShare.amount),
                amounts(Instalment, Instalment.amount),
            )

    def head_of_convention(self) -> None:
        """Say above the fields which convention it is and what it grants."""
        parts = self.parts()
        path, name, row_id = self._draft
        self._draft = (path, f"{name} {self.row.convention_id}", row_id)  # a part belongs to one convention
        granted = (
            "accordé non renseigné" if parts.awarded is None else f"accordé {french.amount(parts.awarded)}"
        )
        self.head(parts.title, f"{parts.funder} · {granted}")

    def reconcile(self, attribute: str, others: Mapping[int, int]) -> None:
        """Say under an amount, as one types, whether all parts add up to what was awarded."""
        rest = sum(amount for row_id, amount in others.items() if row_id != self.row.id)
        field = self.fields[attribute]

        def tell() -> None:
            typed = field.input.value()
            if typed is None:
                field.show_remark("")
                return
            found = Reconciled(rest + typed, self.parts().awarded)
            field.show_remark(found.sentence, found.role)

        self._tell = tell
        field.input.changed.connect(tell)

    def load(self, row: Any) -> None:
        super().load(row)
        if self._tell is not None:
            self._tell()

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show what is wrong, and beside it still what is right."""
        super().show_problems(problems)
        if self._tell is not None:
            self._tell()
