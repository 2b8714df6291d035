"""Reading and writing: one ``with`` is one transaction, one step, one message to those who listen."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from tests.store import samples
from vto_desktop.errors import UserError
from vto_desktop.model import Base, BudgetLine, Organisation, Person
from vto_desktop.store import Dossier, connection, journal, open_dossier


@pytest.mark.parametrize("name", connection.PRAGMAS)
def test_each_pragma_is_set_on_the_connection(dossier: Dossier, name: str) -> None:
    expected = {
        "locking_mode": "exclusive",
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "temp_store": 2,
    }
    with dossier.read() as session:
        actual = session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
    assert actual == expected[name]


def test_a_pragma_that_is_not_heard_stops_the_opening(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.PRAGMAS, "synchronous", ("NORMAL", 3))
    with pytest.raises(RuntimeError, match="synchronous"):
        open_dossier(path)


def test_connecting_to_a_missing_file_makes_none(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connection.connect(tmp_path / "absent.vto", "rw")
    assert not list(tmp_path.iterdir())


def test_all_sessions_share_one_connection(dossier: Dossier) -> None:
    def driver() -> object:
        with dossier.read() as session:
            return session.connection().connection.driver_connection

    seen: list[object] = [driver()]
    thread = threading.Thread(target=lambda: seen.append(driver()))
    thread.start()
    thread.join()
    assert seen[0] is seen[1] is dossier._raw


def test_a_write_takes_its_lock_before_the_first_statement(dossier: Dossier) -> None:
    heard: list[str] = []
    dossier._raw.set_trace_callback(heard.append)
    with dossier.write("Renommer") as session:
        session.execute(update(Person).values(last_name="Durand"))
    assert next(text for text in heard if text.startswith("BEGIN")) == "BEGIN IMMEDIATE"


def test_an_accepted_write_is_one_step_and_tells_its_tables(dossier: Dossier) -> None:
    told: list[frozenset[str]] = []
    dossier.subscribe(told.append)
    before = len(journal.step_ids(dossier))
    with dossier.write("Changer le loyer") as session:
        for line in session.scalars(select(BudgetLine)):
            line.amount += 1
        session.add(Person(last_name="Durand"))
    assert told == [frozenset({"budget_line", "person"})]
    assert len(journal.step_ids(dossier)) == before + 1
    assert dossier.undo_label == "Changer le loyer"


def test_a_label_that_quotes_what_no_text_may_hold_is_cleaned(dossier: Dossier) -> None:
    with dossier.write("Ajouter « Du\ud800rand\0 »") as session:
        session.add(Person(last_name="Durand"))
    assert dossier.undo_label == "Ajouter « Durand »"


def test_who_no_longer_listens_is_not_told(dossier: Dossier) -> None:
    told: list[frozenset[str]] = []
    unsubscribe = dossier.subscribe(told.append)
    unsubscribe()
    unsubscribe()
    with dossier.write("Ajouter") as session:
        session.add(Person(last_name="Durand"))
    assert told == []


def test_an_exception_rolls_everything_back(dossier: Dossier) -> None:
    before, steps = samples.dump(dossier), len(journal.step_ids(dossier))
    told: list[frozenset[str]] = []
    dossier.subscribe(told.append)
    with pytest.raises(KeyError), dossier.write("Échouer") as session:
        session.add(Person(last_name="Durand"))
        session.execute(delete(BudgetLine))
        raise KeyError
    assert samples.dump(dossier) == before
    assert (len(journal.step_ids(dossier)), told) == (steps, [])
    with dossier.write("Réussir") as session:
        session.add(Person(last_name="Durand"))
    assert told == [frozenset({"person"})]


def test_a_write_that_changes_nothing_leaves_no_step(dossier: Dossier) -> None:
    steps = len(journal.step_ids(dossier))
    with dossier.write("Rien") as session:
        session.execute(update(BudgetLine).values(amount=BudgetLine.amount))
    with dossier.write("Moins que rien"):
        pass
    with dossier.write("Ajouter puis retirer") as session:
        person = Person(last_name="Durand")
        session.add(person)
        session.flush()
        session.delete(person)
    assert len(journal.step_ids(dossier)) == steps


def test_a_commit_inside_the_block_is_refused(dossier: Dossier) -> None:
    with pytest.raises(RuntimeError), dossier.write("Tricher") as session:
        session.add(Person(last_name="Durand"))
        session.commit()
    with dossier.read() as session:
        assert session.scalar(select(func.count()).where(Person.last_name == "Durand")) == 0


def test_a_reading_cannot_write(dossier: Dossier) -> None:
    before = samples.dump(dossier)
    with pytest.raises(UserError) as refused, dossier.read() as session:
        session.execute(delete(BudgetLine))
    assert refused.value.code == "LECTURE_SEULE"
    assert samples.dump(dossier) == before
    with dossier.write("Ensuite") as session:
        session.add(Person(last_name="Durand"))


def test_reading_inside_a_write_sees_what_is_being_written(dossier: Dossier) -> None:
    with dossier.write("Ajouter") as session:
        session.add(Person(last_name="Durand"))
        with dossier.read() as inner:
            assert inner.scalar(select(func.count()).where(Person.last_name == "Durand")) == 1


def test_two_writes_cannot_be_nested(dossier: Dossier) -> None:
    with dossier.write("Un"), pytest.raises(RuntimeError), dossier.write("Deux"):
        pass


def test_rows_stay_usable_after_the_session(dossier: Dossier) -> None:
    with dossier.read() as session:
        person = session.scalars(select(Person)).one()
    assert person.full_name == "Magalie TOUET"


def test_one_thread_waits_for_the_other(dossier: Dossier) -> None:
    inside, seen = threading.Event(), list[int]()

    def count() -> None:
        inside.wait()
        with dossier.read() as session:
            seen.append(session.scalar(select(func.count()).select_from(Person)) or 0)

    thread = threading.Thread(target=count)
    thread.start()
    with dossier.write("Ajouter lentement") as session:
        session.add(Person(last_name="Durand"))
        session.flush()
        inside.set()
        thread.join(0.1)
        assert seen == []
    thread.join()
    assert seen == [2]


def test_c8_the_same_row_changed_in_two_windows_is_refused(dossier: Dossier) -> None:
    with dossier.read() as session:
        first = session.scalars(select(Person)).one()
    with dossier.read() as session:
        second = session.scalars(select(Person)).one()
    first.email = "un@exemple.fr"
    with dossier.write("Fenêtre 1") as session:
        session.merge(first)
    second.email = "deux@exemple.fr"
    with pytest.raises(UserError) as refused, dossier.write("Fenêtre 2") as session:
        session.merge(second)
    assert refused.value.code == "MODIFIE_ENTRE_TEMPS"
    with dossier.read() as session:
        assert session.scalars(select(Person.email)).one() == "un@exemple.fr"


def test_deleting_what_others_need_is_refused_in_words(dossier: Dossier) -> None:
    with pytest.raises(UserError) as refused, dossier.write("Supprimer") as session:
        session.execute(delete(Organisation))
    assert refused.value.code == "ENCORE_UTILISE"


def test_a_second_row_where_one_may_be_is_refused_in_words(dossier: Dossier) -> None:
    with pytest.raises(UserError) as refused, dossier.write("Doubler") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO fiscal_year (year, starts_on, ends_on, basis, chart, notes) "
            "VALUES (2021, '2021-01-01', '2021-12-31', '', '', '')"
        )
    assert refused.value.code == "DOUBLON"


@pytest.mark.parametrize("value", ["'douze'", "1.5", "x'00'"])
def test_h4_an_amount_that_is_no_integer_is_refused_by_the_file(dossier: Dossier, value: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        dossier._raw.execute(f"UPDATE budget_line SET amount = {value}")
    assert not dossier._raw.in_transaction


def test_tracked_tables_keep_to_what_the_journal_can_replay() -> None:
    for table in Base.metadata.sorted_tables:
        kinds = {column.type.compile(dialect=sqlite_dialect()) for column in table.columns}
        assert kinds <= {"INTEGER", "TEXT"}, f"{table.name}: JSON would round or lose a value"
        assert len(table.columns) <= 60, f"{table.name}: json_object takes 127 arguments"
        assert [column.name for column in table.primary_key] == ["id"]
