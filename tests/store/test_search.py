"""Searching: every word must be found, any character is only a character, and indexes are used."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from vto_desktop import french
from vto_desktop.model import Member, Organisation, Person
from vto_desktop.model.search import matches
from vto_desktop.store import Dossier

HOSTILE = [
    "'; DROP TABLE person; --", '" OR "1"="1', "*", "NEAR(a b)", "AND", "a AND", "NOT x", "(", '"', '""', "^",
    "{}", ":", "search_key:", "-", "%", "_", "\\", "\0", "a\0b", "🎉", "x" * 5000, "?", "' OR 1=1 --",
    'ab"cd', "ab*", "...",
]  # fmt: skip


@pytest.fixture
def people(dossier: Dossier) -> Dossier:
    """Add some persons whose names are hard to find."""
    names = [
        "Élodie Œuvrard",
        "Jean-Noël D’Artagnan",
        'Le "Grand" Duc',
        "100 % Nîmes",
        "O_o",
        "Ab*c",
        "a" * 200,
    ]
    with dossier.write("Ajouter") as session:
        session.add_all(Person(last_name=name) for name in names)
    return dossier


def found(dossier: Dossier, text: str, *, by_scan: bool = False) -> list[str]:
    with dossier.read() as session:
        condition = matches(Person.search_key, text, by_scan=by_scan)
        return list(session.scalars(select(Person.last_name).where(condition).order_by(Person.id)))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("elodie", ["Élodie Œuvrard"]), ("oeuvrard", ["Élodie Œuvrard"]), ("Œuv ÉLO", ["Élodie Œuvrard"]),
        ("noel jean", ["Jean-Noël D’Artagnan"]), ("artag", ["Jean-Noël D’Artagnan"]),
        ("el vr", ["Élodie Œuvrard"]),
        ("nimes", ["100 % Nîmes"]), ("elodie nimes", []), ("introuvable", []),
        ("grand duc", ['Le "Grand" Duc']),
        ("touet", ["TOUET"]), ("magalie to", ["TOUET"]), ("zz", []),
    ],
)  # fmt: skip
def test_words_are_found_whatever_their_order_and_accents(
    people: Dossier, typed: str, expected: list[str]
) -> None:
    assert found(people, french.search_key(typed)) == expected


def test_no_word_finds_everyone(people: Dossier) -> None:
    assert len(found(people, "")) == len(found(people, "   ")) == 8


@pytest.mark.parametrize("typed", HOSTILE)
def test_j11_any_character_is_only_a_character(people: Dossier, typed: str) -> None:
    with people.read() as session:
        keys = {person.last_name: person.search_key for person in session.scalars(select(Person))}
    for text in (typed, french.search_key(typed)):
        words = text.replace("\0", "").split()
        expected = {name for name, key in keys.items() if all(word in key for word in words)}
        assert set(found(people, text)) == expected
        assert set(found(people, text, by_scan=True)) == expected
    assert len(found(people, "")) == 8


def test_the_index_follows_insertions_changes_deletions_undo_and_redo(people: Dossier) -> None:
    assert found(people, "artagnan") == ["Jean-Noël D’Artagnan"]
    with people.write("Renommer") as session:
        session.execute(
            update(Person).where(Person.search_key.contains("artag")).values(search_key="planchet")
        )
    assert (found(people, "artagnan"), len(found(people, "planchet"))) == ([], 1)
    with people.write("Supprimer") as session:
        session.execute(delete(Person).where(Person.search_key == "planchet"))
    assert found(people, "planchet") == []
    people.undo()
    assert len(found(people, "planchet")) == 1
    people.undo()
    assert (len(found(people, "artagnan")), found(people, "planchet")) == (1, [])
    people.redo()
    assert (found(people, "artagnan"), len(found(people, "planchet"))) == ([], 1)


def test_an_alias_searches_its_own_rows(people: Dossier) -> None:
    holder, other = aliased(Organisation), aliased(Organisation)
    query = (
        select(Member.id)
        .join(holder, Member.organisation_id == holder.id)
        .join(other, other.id != holder.id)
        .where(matches(holder.search_key, "ales"), matches(other.search_key, "dreets"))
    )
    with people.read() as session:
        assert session.scalars(query).all() == [1]
        assert session.scalars(query.where(~matches(holder.search_key, "agglo"))).all() == []


def test_one_compiled_statement_serves_every_text(people: Dossier) -> None:
    cache = people._engine._compiled_cache
    assert cache is not None
    found(people, "elodie")
    size = len(cache)
    assert found(people, "nimes") == ["100 % Nîmes"]
    assert found(people, "introuvable") == []
    assert len(cache) == size


@pytest.mark.parametrize(
    ("typed", "by_scan", "plan"),
    [("elodie", False, "VIRTUAL TABLE INDEX"), ("el", False, "SCAN"), ("elodie", True, "SCAN")],
)
def test_three_characters_use_the_trigram_index(
    people: Dossier, typed: str, by_scan: bool, plan: str
) -> None:
    with people.read() as session:
        query = select(Person.id).where(matches(Person.search_key, typed, by_scan=by_scan))
        compiled = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
    assert any(plan in str(row[3]) for row in rows)
    assert ("SEARCH person" in str(rows)) == (plan != "SCAN")
