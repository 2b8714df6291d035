"""Undo and redo: over everything, exact to the last byte of every row, and after reopening."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from os import environ
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tests.store import samples
from vto_desktop.errors import UserError
from vto_desktop.model import Base, Budget, BudgetLine, Convention, FiscalYear, FundingSource, Person
from vto_desktop.model.base import CentsType, DateType, FlagType
from vto_desktop.store import Dossier, check, create_dossier, journal, open_dossier, replay

SEEDS = range(60 if environ.get("VTO_LONG") else 6)
EDITS = 30
WORDS = ["", "Nîmes", "l’« été »", 'gu"illemet', "a'b", "🎉", "ligne\nligne", "\\", "%_", "0", "null"]


def test_undo_and_redo_name_their_step_and_go_both_ways(dossier: Dossier) -> None:
    for name in ("Un", "Deux"):
        with dossier.write(name) as session:
            session.add(Person(last_name=name))
    assert (dossier.undo_label, dossier.redo_label) == ("Deux", None)
    assert (dossier.undo(), dossier.undo()) == ("Deux", "Un")
    assert (dossier.undo_label, dossier.redo_label) == ("Préparer l’exemple", "Un")
    assert (dossier.redo(), dossier.redo()) == ("Un", "Deux")
    assert (dossier.undo_label, dossier.redo_label) == ("Deux", None)


def test_what_a_new_dossier_comes_with_is_never_undone(tmp_path: Path) -> None:
    with create_dossier(tmp_path / "neuf.vto") as dossier:
        with dossier.write("Créer le dossier", is_start=True) as session:
            session.add(Person(last_name="BORD"))
        assert dossier.undo_label is None
        with dossier.write("Ajouter") as session:
            session.add(Person(last_name="TOUET"))
        assert dossier.undo() == "Ajouter"
        with pytest.raises(UserError) as refused:
            dossier.undo()
        assert refused.value.code == "ANNULATION_IMPOSSIBLE"
        assert dossier.redo() == "Ajouter"
        assert [step.kind for step in samples.history(dossier)][-1] == "start"
        assert check.check(dossier) == []


def test_a_new_step_ends_what_could_be_redone(dossier: Dossier) -> None:
    for name in ("Un", "Deux"):
        with dossier.write(name) as session:
            session.add(Person(last_name=name))
    dossier.undo()
    with dossier.write("Trois") as session:
        session.add(Person(last_name="Trois"))
    assert (dossier.undo_label, dossier.redo_label) == ("Trois", None)
    assert [dossier.undo(), dossier.undo()] == ["Trois", "Un"]


def test_undo_works_after_reopening(path: Path) -> None:
    with open_dossier(path) as dossier:
        before = samples.dump(dossier)
        with dossier.write("Supprimer les lignes") as session:
            session.execute(delete(BudgetLine))
        after = samples.dump(dossier)
    with open_dossier(path) as dossier:
        assert dossier.undo() == "Supprimer les lignes"
        assert samples.dump(dossier) == before
    with open_dossier(path) as dossier:
        assert dossier.redo_label == "Supprimer les lignes"
        dossier.redo()
        assert samples.dump(dossier) == after


def test_undo_tells_the_changed_tables(dossier: Dossier) -> None:
    told: list[frozenset[str]] = []
    with dossier.write("Ajouter") as session:
        session.add(Person(last_name="Durand"))
    dossier.subscribe(told.append)
    dossier.undo()
    dossier.redo()
    assert told == [frozenset({"person"})] * 2


def test_a_deletion_brings_its_cascades_back(dossier: Dossier) -> None:
    before = samples.dump(dossier)
    with dossier.write("Supprimer le budget") as session:
        session.execute(delete(Budget))
    assert samples.dump(dossier)["budget_line"] == []
    dossier.undo()
    assert samples.dump(dossier) == before


def test_a_tree_deleted_in_one_statement_comes_back_children_first(dossier: Dossier) -> None:
    """The links are checked at the end of an undo only: the child returns before its parent."""
    with dossier.write("Ajouter l’arbre") as session:
        state = FundingSource(name="État")
        session.add(FundingSource(name="DREETS", parent=state))
    before = samples.dump(dossier)
    with dossier.write("Supprimer l’arbre") as session:
        session.execute(delete(FundingSource))
    dossier.undo()
    assert samples.dump(dossier) == before


def test_nothing_left_to_undo_is_said_and_changes_nothing(dossier: Dossier) -> None:
    dossier.undo()
    assert dossier.undo_label is None
    with pytest.raises(UserError) as refused:
        dossier.undo()
    assert refused.value.code == "ANNULATION_IMPOSSIBLE"


def test_a_row_that_is_not_as_recorded_stops_the_undo_whole(dossier: Dossier) -> None:
    with dossier.write("Ajouter deux") as session:
        session.add_all([Person(last_name="Un"), Person(last_name="Deux")])
    dossier._raw.execute("DELETE FROM person WHERE last_name = 'Un'")
    dossier._raw.execute("DELETE FROM recorded")
    before = samples.dump(dossier)
    with pytest.raises(UserError) as refused:
        dossier.undo()
    assert refused.value.code == "ANNULATION_IMPOSSIBLE"
    assert samples.dump(dossier) == before


def test_the_latest_steps_are_undone_down_to_one(dossier: Dossier) -> None:
    before = samples.dump(dossier)
    for name in ("Un", "Deux", "Trois"):
        with dossier.write(name) as session:
            session.add(Person(last_name=name))
    first = samples.history(dossier)[2]
    assert journal.undo_until(dossier, first.id) == ["Trois", "Deux", "Un"]
    assert samples.dump(dossier) == before
    assert dossier.redo() == "Un"


def test_undoing_down_to_an_unknown_step_undoes_nothing(dossier: Dossier) -> None:
    before = samples.dump(dossier)
    with pytest.raises(UserError):
        journal.undo_until(dossier, 999)
    assert samples.dump(dossier) == before
    assert dossier.undo_label == "Préparer l’exemple"


def test_closing_a_year_can_be_undone_with_what_it_wrote(dossier: Dossier) -> None:
    before = samples.dump(dossier)
    with dossier.write("Clore 2021") as session:
        session.execute(update(BudgetLine).values(notes="relu"))
        session.execute(update(FiscalYear).values(closed_on=date(2022, 3, 1)))
    after = samples.dump(dossier)
    dossier.undo()
    assert samples.dump(dossier) == before
    dossier.redo()
    assert samples.dump(dossier) == after


def test_replaying_an_update_keeps_the_children(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replayed as a deletion and an insertion, an update would take the budget's lines along."""
    with dossier.write("Renommer") as session:
        session.execute(update(Budget).values(name="Budget modifié"))
    lines = samples.dump(dossier)["budget_line"]
    dossier.undo()
    assert samples.dump(dossier)["budget_line"] == lines

    def delete_and_insert(raw: Any, table: str, current: Any, wanted: Any) -> None:
        raw.execute(f"DELETE FROM {table} WHERE id = ?", [current["id"]])
        plain(raw, table, None, wanted)

    plain = replay._bring
    monkeypatch.setattr(replay, "_bring", delete_and_insert)
    dossier.redo()
    assert samples.dump(dossier)["budget_line"] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_random_edits_are_undone_and_redone_exactly(dossier: Dossier, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    states = [samples.dump(dossier)]
    for number in range(EDITS):
        with dossier.write(f"Modification {number}") as session:
            for _ in range(chance.randint(1, 4)):
                _edit(session, chance)
        state = samples.dump(dossier)
        if state != states[-1]:
            states.append(state)
    assert len(states) > EDITS // 2
    for state in reversed(states[:-1]):
        dossier.undo()
        assert samples.dump(dossier) == state
    for state in states[1:]:
        dossier.redo()
        assert samples.dump(dossier) == state
    assert journal.verify_chain(dossier) == []
    assert check.check(dossier) == []


def _edit(session: Session, chance: random.Random) -> None:
    """Do one random thing; what the file refuses leaves no trace."""
    mapped = chance.choice([mapper.class_ for mapper in Base.registry.mappers])
    action = chance.choice([_insert, _insert, _change, _change, _delete, _bulk_update, _bulk_delete])
    try:
        with session.begin_nested():
            action(session, chance, mapped)
            session.flush()
    except SQLAlchemyError:
        session.expire_all()


Edit = Callable[[Session, random.Random, Any], None]


def _insert(session: Session, chance: random.Random, mapped: Any) -> None:
    session.add(mapped(**_values(session, chance, mapped.__table__)))


def _some_row(session: Session, chance: random.Random, mapped: Any) -> Any:
    rows = session.scalars(select(mapped).order_by(mapped.id)).all()
    return chance.choice(rows) if rows else None


def _change(session: Session, chance: random.Random, mapped: Any) -> None:
    row = _some_row(session, chance, mapped)
    values = _values(session, chance, mapped.__table__)
    if row is not None and values:
        for name in chance.sample(sorted(values), chance.randint(1, min(3, len(values)))):
            setattr(row, name, values[name])


def _delete(session: Session, chance: random.Random, mapped: Any) -> None:
    row = _some_row(session, chance, mapped)
    if row is not None:
        session.delete(row)


def _bulk_update(session: Session, chance: random.Random, mapped: Any) -> None:
    values = _values(session, chance, mapped.__table__)
    if values:
        name = chance.choice(sorted(values))
        session.execute(update(mapped).values({name: values[name]}))


def _bulk_delete(session: Session, chance: random.Random, mapped: Any) -> None:
    session.execute(delete(mapped).where(mapped.id % 3 == chance.randint(0, 2)))


def _values(session: Session, chance: random.Random, table: Table) -> dict[str, Any]:
    return {
        column.name: _value(session, chance, column)
        for column in table.columns
        if column.name not in {"id", "version"}
    }


def _value(session: Session, chance: random.Random, column: Any) -> Any:
    if column.nullable and chance.random() < 0.3:
        return None
    for key in column.foreign_keys:
        ids = session.scalars(select(key.column)).all()
        return chance.choice(sorted(ids)) if ids else 1
    if isinstance(column.type, DateType):
        return date(2020, 1, 1) + timedelta(days=chance.randint(0, 1000))
    if isinstance(column.type, FlagType):
        return chance.random() < 0.5
    if isinstance(column.type, CentsType) or column.type.python_type is int:
        return chance.randint(-(10**6), 10**6)
    return chance.choice(WORDS) + chance.choice(WORDS)


def test_text_and_numbers_at_their_limits_come_back_exactly(dossier: Dossier) -> None:
    with dossier.write("Limites") as session:
        session.add(Person(last_name="".join(chr(code) for code in range(1, 0x2FF)), notes="é" * 50_000))
        session.add(BudgetLine(budget_id=1, account_code="6", amount=10**13))
        session.add(Convention(title="−", funder_id=1, awarded_amount=-(10**13)))
    before = samples.dump(dossier)
    dossier.undo()
    dossier.redo()
    assert samples.dump(dossier) == before
    with dossier.read() as session:
        assert session.scalar(select(func.max(BudgetLine.amount))) == 10**13
