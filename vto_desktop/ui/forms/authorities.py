"""The local authorities of France, proposed under a field while one types, and those the dossier has."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from sqlalchemy import or_, select

from vto_desktop.model import Organisation
from vto_desktop.services import local_authorities
from vto_desktop.services.identifiers import bare
from vto_desktop.services.local_authorities import LocalAuthority
from vto_desktop.ui.forms.picks import ORGANISATION, found_organisation, organisation_detail
from vto_desktop.ui.kit.look_up import Line
from vto_desktop.ui.kit.pick import Found
from vto_desktop.ui.kit.propose import ProposeInput
from vto_desktop.ui.kit.workspace import Workspace

HEADING: Final = Line("Collectivités de France")
MOST: Final = 20
SOON: Final = 150  # milliseconds: the form is painted first, and nobody has typed yet


@lru_cache(1)
def found(text: str) -> tuple[LocalAuthority, ...]:
    """Return the first authorities that a text finds; several parts of one field ask for the same text."""
    return tuple(local_authorities.search(text, most=MOST))


def line(authority: LocalAuthority, choose: Callable[[LocalAuthority], object]) -> Line:
    """Return one authority as a line of a list: « Lunel », « Commune · Hérault · 26 623 hab. »."""
    detail = organisation_detail(authority.kind, authority.departement, authority.population)
    return Line(authority.name, detail, partial(choose, authority))


def prepare_soon(owner: QObject) -> None:
    """Read the file once the form is painted, so that no key waits for it."""
    QTimer.singleShot(SOON, owner, local_authorities.prepare)


class Known(QObject):
    """The authorities that the dossier has already, whatever it calls them: known by SIREN or INSEE code."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._rows: dict[str, int] | None = None
        workspace.changed.connect(self._changed)

    def _changed(self, tables: frozenset[str]) -> None:
        if "organisation" in tables:
            self._rows = None

    def row_of(self, authority: LocalAuthority) -> int | None:
        """Return the id of the organisation that this authority is, or None."""
        if self._rows is None:
            self._rows = self._read()
        numbers = (authority.siren, authority.insee)
        return next((self._rows[number] for number in numbers if number and number in self._rows), None)

    def _read(self) -> dict[str, int]:
        numbered = or_(Organisation.siren != "", Organisation.insee != "")
        chosen = select(Organisation.id, Organisation.siren, Organisation.insee).where(numbered)
        with self._workspace.read() as session:
            rows = session.execute(chosen.order_by(Organisation.id.desc())).all()
        return {bare(number): row_id for row_id, *numbers in rows for number in numbers if number}

    def listed(self, row_ids: Sequence[int]) -> list[Found]:
        """Return these organisations as a field lists them."""
        if not row_ids:
            return []
        with self._workspace.read() as session:
            rows = session.execute(select(*ORGANISATION).where(Organisation.id.in_(row_ids))).all()
        by_id = {row[0]: found_organisation(*row) for row in rows}
        return [by_id[row_id] for row_id in row_ids if row_id in by_id]


class AuthorityInput(ProposeInput):
    """The name of an organisation, under which authorities are proposed; ``chosen`` tells one."""

    chosen = Signal(object)

    def __init__(self, workspace: Workspace, row_id: int | None, *, proposes: bool) -> None:
        super().__init__()
        self._row_id, self._proposes = row_id, proposes
        self._known = Known(workspace, self)
        if proposes:
            prepare_soon(self)

    def propose(self, text: str) -> list[Line]:
        return [self._line(authority) for authority in found(text)] if self._proposes else []

    def _line(self, authority: LocalAuthority) -> Line:
        if self._known.row_of(authority) in (None, self._row_id):
            return line(authority, self.chosen.emit)
        return Line(f"{authority.name}\u00a0: déjà dans le dossier")
