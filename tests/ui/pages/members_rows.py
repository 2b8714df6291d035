"""What tests of « Adhérents » look up: the names listed, one member, a member by its name."""

from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Member, Organisation
from vto_desktop.ui.pages.members import MembersPage


def names(page: MembersPage) -> list[str]:
    """Return the names listed."""
    return [page.table.rows.values(row)[0] for row in range(page.table.rows.rowCount())]


def member_called(session: Session, name: str) -> Member:
    """Return the member that an organisation of this name is."""
    return session.scalars(select(Member).join(Organisation).where(Organisation.name == name)).one()


def stand_on(page: MembersPage, name: str) -> int:
    """Make a member current; return its id."""
    identifier = page.table.rows.id_at(names(page).index(name))
    assert identifier is not None
    page.table.pick(identifier)
    QApplication.processEvents()
    return identifier
