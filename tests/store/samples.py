"""A small dossier with a row in most tables, made once and copied; and what tests measure on it."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from vto_desktop.model import (
    Action,
    Association,
    Attendance,
    Body,
    BodySeats,
    Budget,
    BudgetLine,
    College,
    Convention,
    Decision,
    Dues,
    DuesCampaign,
    Entry,
    FiscalYear,
    Instalment,
    Kind,
    Mandate,
    Meeting,
    MeetingDocument,
    Member,
    Office,
    Organisation,
    OrganisationAlias,
    Person,
    Receipt,
    Reminder,
    Representative,
)
from vto_desktop.store import Dossier, create_dossier, journal


def fill(session: Session) -> None:
    """Add the rows that the tests of the store speak of."""
    ales = Organisation(name="Alès Agglomération", kind=Kind.CA.value, departement="30")
    ales.aliases.append(OrganisationAlias(name="CA d’Alès"))
    dreets = Organisation(name="DREETS Occitanie", kind=Kind.STATE.value)
    touet = Person(civility="Mme", first_name="Magalie", last_name="TOUET")
    college = College(name="Collectivités")
    member = Member(organisation=ales, college=college, joined_on=date(2015, 1, 1))
    member.sort_key, member.search_key = "ales agglomeration", "ales agglomeration 30"
    member.representatives.append(Representative(person=touet))
    session.add_all([Association(id=1, name="Villes et Territoires Occitanie"), dreets, member])
    president = Office(label="Président·e")
    bureau = Body(name="Bureau", offices=[president], seats=[BodySeats(college=college, seats=3)])
    meeting = Meeting(body=bureau, held_on=date(2020, 12, 2), documents=[MeetingDocument(path="pv.pdf")])
    session.add_all([
        Mandate(office=president, person=touet, elected_at=meeting, starts_on=date(2020, 12, 2)),
        Attendance(meeting=meeting, person=touet, member=member),
        Decision(meeting=meeting, year=2020, number=1, title="Budget 2021"),
    ])  # fmt: skip
    years = [
        FiscalYear(year=year, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)) for year in (2020, 2021)
    ]
    convention = Convention(title="Appui 2021", funder=dreets, awarded_amount=22_400_000)
    convention.instalments.append(Instalment(label="Acompte", amount=10_000_000))
    action = Action(name="Étude culture")
    session.add_all([convention, action])
    for year in years:
        budget = Budget(fiscal_year=year, name="Budget initial")
        budget.lines.append(BudgetLine(account_code="613", label="Loyer", amount=1_200_000, action=action))
        campaign = DuesCampaign(fiscal_year=year, name=f"Cotisations {year.year}")
        dues = Dues(campaign=campaign, member=member, amount=500_000)
        session.add_all([
            budget,
            dues,
            Reminder(dues=dues, level=1, sent_on=date(year.year, 9, 1), amount=500_000),
            Receipt(received_on=date(year.year, 3, 1), amount=500_000, dues=dues),
            Entry(fiscal_year=year, entered_on=date(year.year, 2, 1), account_code="641", amount=1_600_000,
                  convention=convention, action=action),
        ])  # fmt: skip


def make(path: Path) -> None:
    """Make the sample dossier at ``path``, closed."""
    with create_dossier(path, author="Anne") as dossier, dossier.write("Préparer l’exemple") as session:
        fill(session)


def dump(dossier: Dossier) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every tracked table."""
    from vto_desktop.model import Base

    with dossier.connection() as raw:
        return {
            table.name: raw.execute(f"SELECT * FROM {table.name} ORDER BY id").fetchall()
            for table in Base.metadata.sorted_tables
        }


def history(dossier: Dossier) -> list[journal.Step]:
    """Return every step, the latest first."""
    return journal.steps(dossier, journal.step_ids(dossier))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def change_behind(path: Path, *statements: str) -> None:
    """Change a closed dossier as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)


def codes(dossier: Dossier) -> list[str]:
    """Return the codes of the notices that opening gave."""
    return [notice.code for notice in dossier.notices]
