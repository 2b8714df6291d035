"""The journal: who changed what and when, before and after; and its chain of hashes (faults J6 and J7)."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from tests.store import samples
from vto_desktop.model import Person
from vto_desktop.store import Dossier, check, journal, open_dossier


@pytest.fixture
def edited(dossier: Dossier) -> Dossier:
    """Three steps on persons, one of them undone."""
    with dossier.write("Ajouter Durand") as session:
        session.add(Person(last_name="Durand"))
    with dossier.write("Corriger Touet") as session:
        session.execute(update(Person).where(Person.id == 1).values(email="m.touet@exemple.fr"))
    dossier.undo()
    return dossier


def test_history_tells_who_when_what_before_and_after(edited: Dossier) -> None:
    undone, corrected, added, first = samples.history(edited)
    assert [step.label for step in (undone, corrected, added, first)] == [
        "Corriger Touet", "Corriger Touet", "Ajouter Durand", "Préparer l’exemple",
    ]  # fmt: skip
    assert [step.kind for step in (undone, corrected, added)] == ["undo", "do", "do"]
    assert {step.author for step in (undone, corrected, added, first)} == {"Anne"}
    age = datetime.now().astimezone() - datetime.fromisoformat(added.at)
    assert 0 <= age.total_seconds() < 100
    (change,) = corrected.changes
    assert (change.table, change.row_id, change.differing) == ("person", 1, ["email"])
    assert (change.before["email"], change.after["email"]) == ("", "m.touet@exemple.fr")
    (change,) = added.changes
    assert (change.before, change.after["last_name"]) == ({}, "Durand")


def test_history_filters_by_table_row_day_and_words(edited: Dossier) -> None:
    assert journal.step_ids(edited) == [4, 3, 2, 1]
    assert journal.step_ids(edited, table="budget_line") == [1]
    assert journal.step_ids(edited, table="person", row_id=1) == [4, 3, 1]
    assert [step.label for step in journal.steps(edited, [2])] == ["Ajouter Durand"]
    assert journal.step_ids(edited, text="durand anne") == [2]
    assert journal.step_ids(edited, since="2999-01-01") == []


@pytest.mark.parametrize("count", [1, 400])
def test_j6_bulk_writes_leave_every_row(dossier: Dossier, count: int) -> None:
    with dossier.write("Importer") as session:
        session.execute(insert(Person), [{"last_name": f"Nom {number}"} for number in range(count)])
    (step,) = samples.history(dossier)[:1]
    assert [change.after["last_name"] for change in step.changes] == [f"Nom {n}" for n in range(count)]


FORGERIES = {
    "author": "UPDATE journal SET author = 'Autre' WHERE id = 2",
    "label": "UPDATE journal SET label = 'Autre' WHERE id = 3",
    "time": "UPDATE journal SET at = '2001-01-01T00:00:00+00:00' WHERE id = 2",
    "value": "UPDATE journal_change SET after = replace(after, 'Durand', 'Dupont')",
    "change removed": "DELETE FROM journal_change WHERE step_id = 2",
    "change added": "INSERT INTO journal_change (step_id, table_name, row_id) VALUES (4, 'person', 9)",
    "change of no step": "INSERT INTO journal_change (step_id, table_name, row_id) VALUES (9, 'person', 9)",
    "step removed": "DELETE FROM journal WHERE id = 2",
    "first step removed": "DELETE FROM journal WHERE id = 1",
    "steps exchanged": "UPDATE journal SET id = CASE id WHEN 2 THEN -3 ELSE -2 END WHERE id IN (2, 3)",
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_j7_a_journal_changed_behind_our_back_is_found(edited: Dossier, forgery: str) -> None:
    assert journal.verify_chain(edited) == []
    edited._raw.execute("PRAGMA foreign_keys=OFF")
    edited._raw.execute(forgery)
    edited._raw.execute("UPDATE journal SET id = -id WHERE id < 0")
    assert journal.verify_chain(edited)


def test_the_check_of_a_file_says_that_its_journal_was_changed(path: Path) -> None:
    samples.change_behind(path, FORGERIES["author"].replace("id = 2", "id = 1"))
    assert [found.code for found in check.check(path)] == ["JOURNAL_MODIFIE"]


def test_an_intact_dossier_checks_as_intact(path: Path) -> None:
    assert check.check(path) == []
    with open_dossier(path) as dossier:
        assert check.check(dossier) == []
