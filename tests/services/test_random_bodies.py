"""Whatever the history, a composition is that of the rows themselves, and no double passes unnoticed."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from os import environ
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.store import samples
from vto_desktop import french
from vto_desktop.errors import Invalid
from vto_desktop.model import Body, BodyKind, Eligibility, Mandate, Member, Office, Person, Representative
from vto_desktop.services import composition, governance_checks, renewing
from vto_desktop.services.assembly import assembly
from vto_desktop.services.comparing import Movement, compare
from vto_desktop.services.renewing import Fate, Renewal
from vto_desktop.store import Dossier, open_dossier

FIRST = date(2015, 1, 1)
SPAN = 3_650
SEEDS, DAYS = (range(12), 25) if environ.get("VTO_LONG") else (range(2), 6)
KEPT = 6  # renewals kept and undone; most that chance decides are refused


@pytest.fixture
def dossier(example_file: Path, tmp_path: Path) -> Iterator[Dossier]:
    with open_dossier(Path(shutil.copy(example_file, tmp_path / "exemple.vto"))) as opened:
        yield opened


def some_day(chance: random.Random, *, unknown: float = 0.2) -> date | None:
    return None if chance.random() < unknown else FIRST + timedelta(chance.randrange(SPAN))


def period(chance: random.Random) -> tuple[date | None, date | None]:
    """Return a start and an end in order, either unknown, now and then the same day."""
    days = [some_day(chance), some_day(chance, unknown=0.4)]
    known = sorted(day for day in days if day is not None)
    if len(known) == 2:
        return known[0], known[0] if chance.random() < 0.1 else known[1]
    return days[0], days[1]


def shake(session: Session, chance: random.Random, *, more: int = 60) -> None:
    """Give everybody random dates, and the bodies many more mandates."""
    for member in session.scalars(select(Member)):
        member.joined_on, member.left_on = period(chance) if chance.random() < 0.5 else (None, None)
    for row in session.scalars(select(Representative)):
        row.starts_on, row.ends_on = period(chance)
    offices = list(session.scalars(select(Office)))
    persons, members = list(session.scalars(select(Person.id))), list(session.scalars(select(Member.id)))
    for office in offices:
        office.is_unique = office.is_unique or chance.random() < 0.2
        office.position = chance.randrange(4)
    for held in session.scalars(select(Mandate)):
        held.starts_on, held.ends_on = period(chance)
    for _ in range(more):
        starts, ends = period(chance)
        session.add(
            Mandate(
                office_id=chance.choice(offices).id, person_id=chance.choice(persons),
                member_id=chance.choice([None, chance.choice(members)]), starts_on=starts, ends_on=ends,
            )
        )  # fmt: skip


@dataclass(frozen=True)
class Raw:
    """A mandate as its row and its neighbours' rows say it."""

    mandate_id: int
    body_id: int
    office_id: int
    is_unique: bool
    place: int
    person_id: int
    name: str
    days: tuple[str | None, str | None, str | None, str | None]  # start, end, joined, left

    def is_held(self, on: str, *, whatever_member: bool = False) -> bool:
        starts, ends, joined, left = self.days
        during = (starts or "0") <= on < (ends or "9")
        return during and (whatever_member or (joined or "0") <= on < (left or "9"))


RAW = """
SELECT m.id, o.body_id, o.id, o.is_unique, o.position, p.id, p.last_name || ' ' || p.first_name,
       m.starts_on, m.ends_on, b.joined_on, b.left_on
FROM mandate m JOIN office o ON o.id = m.office_id JOIN person p ON p.id = m.person_id
LEFT JOIN member b ON b.id = m.member_id
"""


def raw_rows(dossier: Dossier) -> list[Raw]:
    with dossier.connection() as raw:
        return [
            Raw(
                mandate_id=row[0],
                body_id=row[1],
                office_id=row[2],
                is_unique=bool(row[3]),
                place=row[4],
                person_id=row[5],
                name=row[6],
                days=(row[7], row[8], row[9], row[10]),
            )
            for row in raw.execute(RAW).fetchall()
        ]


def days_of(rows: list[Raw], chance: random.Random) -> list[date]:
    """Return days that matter: those of changes, their eves, and some more."""
    known = {date.fromisoformat(day) for row in rows for day in row.days if day is not None}
    chosen = chance.sample(sorted(known), DAYS)
    eves = [day - timedelta(1) for day in chosen]
    return [*chosen, *eves, *(FIRST + timedelta(chance.randrange(-400, SPAN + 400)) for _ in range(15))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_composition_is_what_the_rows_say(dossier: Dossier, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not secret
    with dossier.write("Secouer") as session:
        shake(session, chance)
    rows = raw_rows(dossier)
    with dossier.read() as session:
        bodies = list(session.scalars(select(Body)))
        for on in days_of(rows, chance):
            for body in bodies:
                held = [row for row in rows if row.body_id == body.id and row.is_held(on.isoformat())]
                held.sort(key=lambda row: (row.place, french.sort_key(row.name), row.mandate_id))
                found = composition.composition(session, body.id, on=on)
                assert [each.mandate_id for each in found] == [row.mandate_id for row in held], (body, on)
                seats = composition.seats(session, body.id, on=on)
                ids = [each.mandate_id for seat in seats for each in seat.mandates]
                assert sorted(ids) == sorted(row.mandate_id for row in held)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_day_has_two_holders_of_an_office_of_one_unnoticed(dossier: Dossier, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not secret
    with dossier.write("Secouer") as session:
        shake(session, chance)
    rows, noticed = raw_rows(dossier), 0
    with dossier.read() as session:
        labels = {office.id: office.label for office in session.scalars(select(Office))}
        for on in days_of(rows, chance):
            for body in session.scalars(select(Body)):
                doubles = double_offices(rows, body.id, on)
                found = governance_checks.findings_of(session, body, on=on)
                told = {each.title for each in found if each.tone == "danger"}
                assert {f"Deux titulaires\u00a0: {labels[each]}" for each in doubles} <= told
                noticed += len(doubles)
    assert noticed


def double_offices(rows: list[Raw], body_id: int, on: date) -> set[int]:
    """Return the offices of one holder that several persons hold on a day."""
    held: dict[int, set[int]] = {}
    for row in rows:
        if row.body_id == body_id and row.is_unique and row.is_held(on.isoformat(), whatever_member=True):
            held.setdefault(row.office_id, set()).add(row.person_id)
    return {office_id for office_id, persons in held.items() if len(persons) > 1}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_comparison_accounts_for_everybody_once(dossier: Dossier, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not secret
    with dossier.write("Secouer") as session:
        shake(session, chance)
    rows = raw_rows(dossier)
    with dossier.read() as session:
        for first, last in zip(days_of(rows, chance), days_of(rows, chance), strict=True):
            for body in session.scalars(select(Body)):
                then, now = (composition.sittings(session, body.id, on=day) for day in (first, last))
                if body.kind == BodyKind.ASSEMBLY:
                    then, now = assembly(session, on=first), assembly(session, on=last)
                moves = compare(then, now)
                before, after = ({each.figure.person_id for each in sitting} for sitting in (then, now))
                by = {
                    movement: {m.person_id for m in moves if m.movement is movement} for movement in Movement
                }
                assert len(moves) == len(before | after)
                assert by[Movement.CAME] == after - before
                assert by[Movement.LEFT] == before - after
                assert by[Movement.CHANGED] | by[Movement.STAYED] == before & after
                backwards = {each.person_id: each for each in compare(now, then)}
                assert all(backwards[m.person_id].before == m.after for m in moves)


def decide(session: Session, chance: random.Random, body_id: int) -> Renewal:
    on = FIRST + timedelta(chance.randrange(SPAN))
    persons = list(session.scalars(select(Person.id)))
    places = renewing.proposed(session, body_id, on=on)
    for each in places:
        each.fate = chance.choice(
            [Fate.REELECTED, Fate.REELECTED, Fate.UNCHANGED, Fate.REPLACED, Fate.VACANT]
            if each.mandate_id is not None
            else [Fate.ELECTED, Fate.VACANT]
        )
        each.person_id = chance.choice(persons)
    return Renewal(body_id, on, None, chance.choice([None, on + timedelta(1095)]), places)


@pytest.mark.parametrize("seed", SEEDS)
def test_renewals_one_after_the_other_make_no_double_and_are_undone_exactly(
    dossier: Dossier, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - not secret
    with dossier.write("Secouer") as session:
        shake(session, chance, more=6)
        for body in session.scalars(select(Body)):
            body.eligibility, body.drawn_from_id = Eligibility.ANYONE.value, None
    dumps, kept = [samples.dump(dossier)], 0
    for _ in range(400):
        if kept == KEPT:
            break
        with dossier.read() as session:
            body_id = chance.choice([row_id for row_id, _name in renewing.bodies_with_offices(session)])
            decided = decide(session, chance, body_id)
        rows = raw_rows(dossier)
        try:
            with dossier.write("Renouveler") as session:
                renewing.renew(session, decided)
        except Invalid:
            assert samples.dump(dossier) == dumps[-1]
            continue
        kept += 1
        dumps.append(samples.dump(dossier))
        after = raw_rows(dossier)
        days = first_days(rows) | first_days(after)
        assert all_doubles(after, days) <= all_doubles(rows, days)
    assert kept == KEPT
    for expected in reversed(dumps[:-1]):
        dossier.undo()
        assert samples.dump(dossier) == expected
    for expected in dumps[1:]:
        dossier.redo()
        assert samples.dump(dossier) == expected


def first_days(rows: list[Raw]) -> set[date]:
    """Return the days on which a double can begin: those on which a mandate does, and long ago."""
    return {date.fromisoformat(row.days[0]) for row in rows if row.days[0] is not None} | {date(1900, 1, 1)}


def all_doubles(rows: list[Raw], days: set[date]) -> set[tuple[date, int]]:
    """Return every double: its day and its office."""
    bodies = {row.body_id for row in rows}
    return {(day, office) for day in days for body in bodies for office in double_offices(rows, body, day)}
