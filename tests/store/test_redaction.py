"""Erasing civil status: gone from every byte of the file, the journal's chain whole, undo passing over it."""

import random
from contextlib import suppress
from datetime import date
from os import environ
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from tests.store import samples
from vto_desktop.errors import UserError
from vto_desktop.model import CivilStatus, Organisation, Person
from vto_desktop.services import merging
from vto_desktop.store import Dossier, check, journal, open_dossier

TEXTS = ("birth_place", "nationality", "profession", "address")


def planted(number: int) -> dict[str, str]:
    """Return values that nothing else in a file contains."""
    return {name: f"Zx{number:04d}{name}qW" for name in TEXTS}


def give(dossier: Dossier, person_id: int, number: int, **more: object) -> None:
    """Keep a civil status in a step of its own."""
    with dossier.write("Compléter l’état civil") as session:
        session.add(CivilStatus(person_id=person_id, **planted(number), **more))


def erase(dossier: Dossier, *person_ids: int) -> bool:
    """Erase civil status as the program does."""
    return dossier.erase("Effacer des données d’état civil", "civil_status", "person_id", person_ids)


def found_in(path: Path) -> list[bytes]:
    """Return what of the planted values a byte search of the file and of its neighbours finds."""
    return [
        text
        for file in sorted(path.parent.glob(f"{path.name}*"))
        for name in TEXTS
        for text in (f"{name}qW".encode(),)
        if text in file.read_bytes()
    ]


@pytest.fixture
def persons(dossier: Dossier) -> list[int]:
    """Add three persons; return their ids."""
    with dossier.write("Ajouter") as session:
        rows = [Person(last_name=f"Nom {letter}") for letter in "ABC"]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def test_no_byte_of_it_is_left_and_the_rest_is_untouched(dossier: Dossier, persons: list[int]) -> None:
    give(dossier, persons[0], 1, born_on=date(1961, 2, 3))
    give(dossier, persons[1], 2)
    with dossier.write("Corriger") as session:
        session.execute(update(CivilStatus).where(CivilStatus.person_id == persons[0]).values(planted(3)))
    assert found_in(dossier.path)
    before = samples.dump(dossier)
    assert erase(dossier, persons[0], persons[1])
    after = samples.dump(dossier)
    assert after.pop("civil_status") == []
    before.pop("civil_status")
    assert after == before
    assert check.check(dossier) == []
    path = dossier.path
    dossier.close()
    assert found_in(path) == []
    with open_dossier(path) as again:
        assert check.check(again) == []


def test_what_others_have_stays(dossier: Dossier, persons: list[int]) -> None:
    give(dossier, persons[0], 1)
    give(dossier, persons[1], 2)
    erase(dossier, persons[0])
    with dossier.read() as session:
        assert session.scalars(select(CivilStatus.profession)).all() == [planted(2)["profession"]]
    assert b"Zx0001" not in dossier.path.read_bytes()
    assert dossier.undo() == "Compléter l’état civil"  # the other one's
    with dossier.read() as session:
        assert session.scalars(select(CivilStatus)).all() == []
    dossier.redo()
    with dossier.read() as session:
        assert session.scalars(select(CivilStatus.person_id)).all() == [persons[1]]


def test_erasing_is_a_step_that_no_undo_reaches(dossier: Dossier, persons: list[int]) -> None:
    give(dossier, persons[0], 1)
    with dossier.write("Renommer") as session:
        session.get_one(Person, persons[1]).last_name = "Autre"
    erase(dossier, persons[0])
    step = samples.history(dossier)[0]
    assert (step.label, step.kind, step.is_undoable) == ("Effacer des données d’état civil", "do", False)
    assert step.changes[0].is_erased
    assert dossier.redo_label is None
    assert dossier.undo() == "Renommer"
    assert dossier.undo() == "Ajouter"  # what only gave a civil status is passed over
    assert dossier.redo() == "Ajouter"
    assert dossier.redo() == "Renommer"
    assert dossier.redo_label is None
    with dossier.read() as session:
        assert session.get_one(Person, persons[1]).last_name == "Autre"
        assert session.scalars(select(CivilStatus)).all() == []
    assert check.check(dossier) == []


def test_nothing_to_erase_adds_no_step(dossier: Dossier, persons: list[int]) -> None:
    count = len(samples.history(dossier))
    assert not erase(dossier, *persons)
    give(dossier, persons[0], 1)
    assert erase(dossier, persons[0])
    assert not erase(dossier, persons[0])
    assert len(samples.history(dossier)) == count + 2


def test_the_hash_that_the_chain_ended_with_is_kept(dossier: Dossier, persons: list[int]) -> None:
    give(dossier, persons[0], 1)
    with dossier.connection() as raw:
        (last,) = raw.execute("SELECT hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    given = samples.history(dossier)[0].id
    erase(dossier, persons[0])
    seal = samples.history(dossier)[0].changes[-1]
    assert (seal.table, seal.after) == ("journal", {"resealed_from": given, "previous_hash": last})
    with dossier.connection() as raw:
        assert raw.execute("SELECT count(*) FROM journal WHERE hash = ?", (last,)).fetchone() == (0,)


def test_a_step_changed_behind_our_back_stays_found(dossier: Dossier, persons: list[int]) -> None:
    give(dossier, persons[0], 1)
    with dossier.write("Renommer") as session:
        session.get_one(Person, persons[1]).last_name = "Autre"
    forged = samples.history(dossier)[0].id
    dossier._raw.execute("UPDATE journal SET author = 'Quelqu’un' WHERE id = ?", (forged,))
    assert journal.verify_chain(dossier) == [forged]
    erase(dossier, persons[0])
    assert journal.verify_chain(dossier) == [forged]
    with dossier.connection() as raw:
        raw.execute("UPDATE journal_change SET after = '{}' WHERE table_name = 'journal'")
    assert len(journal.verify_chain(dossier)) == 2  # the seal itself is sealed


def test_those_who_are_gone_or_were_merged_leave_nothing(dossier: Dossier, persons: list[int]) -> None:
    kept, merged_in, deleted = persons
    give(dossier, kept, 1)
    give(dossier, merged_in, 2)
    give(dossier, deleted, 3)
    with dossier.write("Fusionner") as session:
        merging.merge_persons(session, kept, [merged_in])
    with dossier.write("Supprimer") as session:
        session.execute(delete(Person).where(Person.id == deleted))
    assert erase(dossier, kept)
    path = dossier.path
    assert check.check(dossier) == []
    dossier.close()
    assert found_in(path) == []


def test_an_id_that_serves_again_is_not_taken_for_the_first_one(dossier: Dossier, persons: list[int]) -> None:
    last = persons[2]
    give(dossier, last, 1)
    give(dossier, persons[0], 3)
    with dossier.write("Supprimer") as session:
        session.execute(delete(Person).where(Person.id == last))
    with dossier.write("Ajouter un autre") as session:
        session.add(Person(last_name="Nouveau"))
        session.flush()
        assert session.scalars(select(Person.id).where(Person.last_name == "Nouveau")).one() == last
    give(dossier, last, 2)
    assert erase(dossier, persons[0])
    content = dossier.path.read_bytes()
    assert b"Zx0001" not in content
    assert b"Zx0002" in content  # the new one's, still theirs
    assert dossier.undo() == "Compléter l’état civil"


def test_a_deleted_person_that_came_back_keeps_what_is_theirs(dossier: Dossier, persons: list[int]) -> None:
    give(dossier, persons[0], 1)
    give(dossier, persons[1], 2)
    with dossier.write("Supprimer") as session:
        session.execute(delete(Person).where(Person.id == persons[0]))
    dossier.undo()
    erase(dossier, persons[1])
    assert b"Zx0001" in dossier.path.read_bytes()
    with dossier.read() as session:
        assert session.scalars(select(CivilStatus.person_id)).all() == [persons[0]]


def test_a_read_only_dossier_refuses(dossier: Dossier, persons: list[int]) -> None:
    give(dossier, persons[0], 1)
    path = dossier.path
    dossier.close()
    path.chmod(0o400)
    with open_dossier(path) as opened:
        if opened.is_read_only:  # root may write whatever the mode says
            with pytest.raises(UserError) as refused:
                erase(opened, persons[0])
            assert refused.value.code == "LECTURE_SEULE"


def test_a_failure_half_way_erases_nothing(dossier: Dossier, persons: list[int]) -> None:
    give(dossier, persons[0], 1)
    before = dossier.path.read_bytes()
    dossier._raw.execute(
        "CREATE TEMP TRIGGER fail BEFORE UPDATE OF hash ON main.journal BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    with pytest.raises(UserError):
        erase(dossier, persons[0])
    dossier._raw.execute("DROP TRIGGER fail")
    assert dossier.path.read_bytes() == before
    with dossier.read() as session:
        assert len(session.scalars(select(CivilStatus)).all()) == 1
    assert check.check(dossier) == []


# --- random histories ----------------------------------------------------------------------------


def edit(dossier: Dossier, chance: random.Random, persons: list[int], turn: int) -> None:
    """Make one random step: civil status, other rows around it, long texts, undo and redo."""
    act = chance.random()
    if act < 0.15 and dossier.undo_label not in (None, "Ajouter", "Préparer l’exemple"):
        dossier.undo()
    elif act < 0.25 and dossier.redo_label is not None:
        dossier.redo()
    else:
        with dossier.write(f"Étape {turn}") as session:
            person = session.get_one(Person, chance.choice(persons))
            if act < 0.65:
                values = planted(turn)
                values["address"] += "é" * chance.choice([0, 0, 300, 9_000])  # over several pages
                row = session.scalars(
                    select(CivilStatus).where(CivilStatus.person_id == person.id)
                ).first() or CivilStatus(person_id=person.id)
                for name, value in values.items():
                    setattr(row, name, value)
                session.add(row)
            elif act < 0.75:
                session.execute(delete(CivilStatus).where(CivilStatus.person_id == person.id))
            if act > 0.6:
                person.notes = f"note {turn} " + "x" * chance.choice([0, 50, 5_000])
                session.add(Organisation(name=f"Organisme {turn} " + "y" * chance.choice([1, 200])))


@pytest.mark.parametrize("seed", range(30 if environ.get("VTO_LONG") else 2))
def test_after_random_histories_no_byte_is_left_and_undo_goes_all_the_way(
    dossier: Dossier, persons: list[int], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same histories every time
    for turn in range(120):
        edit(dossier, chance, persons, turn)
        if turn in (40, 80):
            erase(dossier, chance.choice(persons))
    erase(dossier, *persons)
    assert check.check(dossier) == []
    at_the_end = samples.dump(dossier)
    assert at_the_end["civil_status"] == []
    undone = 0
    while dossier.undo_label not in (None, "Ajouter"):
        dossier.undo()
        undone += 1
        with dossier.read() as session:
            assert session.scalars(select(CivilStatus)).all() == []
    assert undone
    for _step in range(undone):
        with suppress(UserError):
            dossier.redo()
    assert samples.dump(dossier) == at_the_end
    assert check.check(dossier) == []
    path = dossier.path
    dossier.close()
    assert found_in(path) == []
