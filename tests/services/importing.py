"""What tests of imports share: a list as text, planned and imported into a real dossier."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Member, Organisation, Person, Representative
from vto_desktop.services import importing
from vto_desktop.services.importing import Options, Plan, Rows, State
from vto_desktop.store import Dossier


def table(text: str, separator: str = ";") -> Rows:
    """Return the rows of a list written one row a line, numbered from 1."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [(number, line.split(separator)) for number, line in enumerate(lines, 1) if line]


def planned(session: Session, text: str, kind: str = "members", **how: Any) -> Plan:
    """Return what importing a list would do."""
    rows = table(text)
    return importing.plan(importing.Known(session), rows, importing.layout_of(rows, kind), Options(**how))


def imported(dossier: Dossier, text: str, kind: str = "members", **how: Any) -> Plan:
    """Import the rows of a list that are ticked, in one step, and return what was planned."""
    with dossier.read() as session:
        plan = planned(session, text, kind, **how)
    rows = plan.chosen()
    if rows:
        with dossier.write(importing.step_label(kind, len(rows), "liste.csv")) as session:
            importing.apply(session, rows)
    return plan


def states(plan: Plan) -> list[str]:
    """Return the state of each row."""
    return [row.state.value for row in plan.rows]


def changes_nothing(plan: Plan) -> bool:
    """Return whether a plan has nothing to write and nothing to say."""
    return all(row.state is State.SAME and not row.problems for row in plan.rows)


def member(session: Session, name: str) -> Member:
    """Return the member that an organisation, or a person of this last name, is."""
    by_organisation = select(Member).join(Organisation).where(Organisation.name == name)
    by_person = select(Member).join(Person, Member.person_id == Person.id).where(Person.last_name == name)
    return session.scalars(by_organisation).first() or session.scalars(by_person).one()


def sent(session: Session, name: str) -> list[tuple[str, str, str, date | None]]:
    """Return who represents a member: name, rank, capacity, since when."""
    rows = session.scalars(
        select(Representative)
        .where(Representative.member_id == member(session, name).id)
        .order_by(Representative.position, Representative.id)
    )
    return [(row.person.full_name, row.rank, row.capacity, row.starts_on) for row in rows]


def write(path: Path, text: str) -> Path:
    """Write a list as a CSV file."""
    path.write_text("\n".join(line.strip() for line in text.strip().splitlines()), encoding="utf-8")
    return path
