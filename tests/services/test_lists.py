"""Lists: the same ids and rows for the screen and the exports, in few statements, without civil status."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    CivilStatus,
    College,
    Entry,
    FiscalYear,
    FundingSource,
    Instalment,
    Member,
    Person,
    Receipt,
)
from vto_desktop.services import finding, members, persons
from vto_desktop.services.funding_state import instalment_figures
from vto_desktop.services.lists import LISTS, ListQuery, counts
from vto_desktop.services.sources import tree
from vto_desktop.store import Dossier

KINDS = {"text", "date", "amount", "number", "chip"}
EVERY_LIST = pytest.mark.parametrize("asked", LISTS.values(), ids=LISTS.keys())


def column(asked: ListQuery, session: Session, key: str, **options: Any) -> list[Any]:
    place = [each.key for each in asked.columns].index(key)
    return [row[place] for row in asked.rows(session, asked.ids(session, **options))]


@EVERY_LIST
def test_a_list_gives_one_row_an_id_and_one_value_a_column(session: Session, asked: ListQuery) -> None:
    ids = asked.ids(session)
    rows = asked.rows(session, ids)
    assert len(ids) == len(set(ids)) == len(rows) == counts(session)[asked.name.replace("-", "_")]
    assert {len(row) for row in rows} == {len(asked.columns)}
    assert {each.kind for each in asked.columns} <= KINDS
    backwards = asked.rows(session, ids[::-1])
    assert backwards == rows[::-1]
    assert asked.rows(session, [*ids[:1], 10**9]) == rows[:1]


@EVERY_LIST
def test_values_are_of_their_kind(session: Session, asked: ListQuery) -> None:
    kinds = {"amount": int, "number": int, "date": date, "chip": str}
    for row in asked.rows(session, asked.ids(session)):
        for each, value in zip(asked.columns, row, strict=True):
            if value is not None and each.kind in kinds:
                assert isinstance(value, kinds[each.kind]), (each.key, value)


@EVERY_LIST
def test_any_column_sorts_both_ways_with_what_is_empty_last(session: Session, asked: ListQuery) -> None:
    everything = sorted(asked.ids(session))
    for place, each in enumerate(asked.columns):
        for descending in (False, True):
            ids = asked.ids(session, sort=each.key, descending=descending)
            assert sorted(ids) == everything, each.key
            if each.kind in ("amount", "number", "date"):
                known = [row[place] for row in asked.rows(session, ids)]
                filled = [value for value in known if value is not None]
                assert known[: len(filled)] == sorted(filled, reverse=descending), each.key


@EVERY_LIST
def test_a_page_of_rows_takes_at_most_three_statements(shared: Dossier, asked: ListQuery) -> None:
    with shared.read() as session:
        ids = asked.ids(session)[:100]
        made: list[str] = []

        def count(*arguments: Any) -> None:
            made.append(arguments[2])

        event.listen(Engine, "before_cursor_execute", count)
        try:
            asked.rows(session, ids)
        finally:
            event.remove(Engine, "before_cursor_execute", count)
    assert len(made) <= 3, made


@EVERY_LIST
def test_a_filter_that_nothing_meets_gives_nothing(session: Session, asked: ListQuery) -> None:
    assert asked.ids(session, text="zzzzqq") == []
    assert asked.ids(session, text="  ") == asked.ids(session)


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("members", "gard", 5), ("members", "lévéque", 1), ("representatives", "celles", 1),
        ("organisations", "ddets", 2), ("persons", "clara", 1), ("mandates", "tresorier", 1),
        ("dues", "lunel", 1), ("dues", "2021-016", 1), ("receipts", "solde", 7), ("conventions", "compas", 1),
        ("instalments", "acompte podem", 1), ("entries", "ÉTUDE economie", 1), ("entries", "6226", 6),
        ("budget-lines", "séminaires", 1), ("accounts", "benevolat", 2), ("published-figures", "etat", 1),
        ("meetings", "élection bureau", 1), ("entries", "100%", 0), ("entries", "_", 0),
        ("actions", "cités", 1),
    ],
)  # fmt: skip
def test_the_text_filter_ignores_accents_and_case(session: Session, name: str, text: str, count: int) -> None:
    assert len(LISTS[name].ids(session, text=text)) == count


def test_lists_narrow_to_a_date_and_a_year(writing: Session) -> None:
    members.end_member(writing, 1, on=date(2021, 7, 1))
    asked = LISTS["members"]
    assert len(asked.ids(writing)) == 16
    assert len(asked.ids(writing, on=date(2021, 6, 30))) == 16
    assert len(asked.ids(writing, on=date(2021, 7, 1))) == 15
    assert [len(asked.ids(writing, year=year)) for year in (2020, 2021)] == [16, 15]  # on its last day
    assert len(LISTS["entries"].ids(writing, year=2020)) == 24
    assert len(LISTS["mandates"].ids(writing, on=date(2020, 12, 1))) == 19
    assert len(LISTS["receipts"].ids(writing, year=2021)) == 28
    assert len(LISTS["accounts"].ids(writing, year=2021)) == 373


def test_lists_narrow_by_filters(session: Session) -> None:
    asked = LISTS["members"]
    college = session.scalars(select(College.id).where(College.name == "Personnes physiques")).one()
    assert column(asked, session, "name", filters={"college_id": college}) == ["Didier LAPORTE"]
    assert len(asked.ids(session, filters={"kind": "Commune"})) == 4
    assert len(asked.ids(session, filters={"departement": "34"})) == 7
    assert len(LISTS["dues"].ids(session, filters={"state": "Réglée"})) == 16
    assert len(LISTS["conventions"].ids(session, filters={"status": "En préparation"})) == 4
    assert column(LISTS["entries"], session, "account", filters={"account_class": "86"}) == ["864"]


def test_members_come_by_name_with_representatives_and_place(session: Session) -> None:
    asked = LISTS["members"]
    names = column(asked, session, "name")
    assert names[:2] == ["Alès Agglomération", "Association FAIRE ESS"]
    shown = asked.rows(session, asked.ids(session, text="lodévois"))[0]
    row = dict(zip([each.key for each in asked.columns], shown, strict=True))
    assert row["departement"] == "Hérault"
    assert row["representatives"] == "Gaelle LÉVÊQUE, Joëlle GOUDAL"
    assert row["population"] == 15_238


def test_texts_sort_as_french_does(writing: Session) -> None:
    for name in ("Étoile", "œuvre", "Zèbre", "etage", "OEIL"):
        persons.save_person(writing, Person(last_name=name))
    names = [name for name in column(LISTS["persons"], writing, "last_name") if name in
             {"Étoile", "œuvre", "Zèbre", "etage", "OEIL"}]  # fmt: skip
    assert names == ["etage", "Étoile", "OEIL", "œuvre", "Zèbre"]
    cities = {"Étoile": "écully", "œuvre": "Dijon", "Zèbre": "Évian"}
    for row in writing.scalars(select(Person)):
        row.city = cities.get(row.last_name, "")
    writing.flush()
    assert column(LISTS["persons"], writing, "city", sort="city")[:3] == ["Dijon", "écully", "Évian"]


def test_civil_status_is_in_no_list_and_in_no_search(writing: Session) -> None:
    planted = "Zanzibar"
    person = writing.get_one(Person, 1)
    person.civil_status = CivilStatus(birth_place=planted, nationality=planted, profession=planted)
    persons.save_person(writing, person)
    for asked in LISTS.values():
        assert asked.ids(writing, text=planted) == []
        assert planted not in str(asked.rows(writing, asked.ids(writing)))
    assert finding.find(writing, planted) == []


def test_the_states_of_instalments_are_the_same_in_the_database(writing: Session) -> None:
    kept = writing.scalars(
        select(Receipt).where(Receipt.instalment_id.is_not(None)).order_by(Receipt.id)
    ).all()
    kept[0].amount -= 1
    instalments = [writing.get_one(Instalment, each.instalment_id) for each in kept[:3]]
    instalments[1].due_on = date(2999, 1, 1)
    kept[1].amount = 1
    instalments[2].due_on = None
    writing.delete(kept[2])
    writing.flush()
    asked = LISTS["instalments"]
    keys = [each.key for each in asked.columns]
    ids = asked.ids(writing)
    shown = [dict(zip(keys, row, strict=True)) for row in asked.rows(writing, ids)]
    figures = {each.instalment_id: each for each in instalment_figures(writing, on=date.today())}  # noqa: DTZ011 - as the list
    for row_id, row in zip(ids, shown, strict=True):
        figure = figures[row_id]
        assert (row["received"], row["left"], row["state"]) == (figure.received, figure.left, figure.state)
    assert {row["state"] for row in shown} == {"Réglée", "En retard", "Partielle", "À venir"}


# --- the search of the whole dossier -------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("bord serge", {("member", "Alès Agglomération"), ("person", "Serge BORD"),
                        ("member", "GIP Politique de la Ville Alès Cévennes")}),
        ("podem", {("convention", "Étude action évaluation et impact (Podem)")}),
        ("drac", {("convention", "Étude sur les coopérations entre structures culturelles labellisées et "
                                 "acteurs de proximité"),
                  ("organisation", "DRAC Occitanie"), ("budget_line", "7401 État, DRAC")}),
        ("écriture introuvable", set()),
        ("  ", set()),
        ("élection", {("meeting", "Conseil d’administration du 2 décembre 2020")}),
        ("bénévolat administrateurs", {("entry", "864 Bénévolat des administrateurs"),
                                       ("entry", "875 Bénévolat des administrateurs")}),
    ],
)  # fmt: skip
def test_one_search_finds_records_of_every_kind(
    session: Session, typed: str, hits: set[tuple[str, str]]
) -> None:
    assert {(each.table, each.title) for each in finding.find(session, typed, year=2021)} == hits


@pytest.mark.parametrize(
    "typed", ["'; DROP TABLE member; --", '" OR 1=1', "%", "_", "\\", "*", "a\0b", "é" * 500, "("]
)
def test_hostile_searches_are_only_text(session: Session, typed: str) -> None:
    finding.find(session, typed, year=2021)
    for asked in LISTS.values():
        asked.ids(session, text=typed)
    assert len(LISTS["members"].ids(session)) == 16


def test_a_search_shows_a_few_of_each_kind_and_those_of_the_year(session: Session) -> None:
    found = finding.find(session, "salaires", year=2020)
    assert [(each.table, each.detail) for each in found if each.table == "entry"] == [
        ("entry", "31/12/2020 · 8\u202f100\u00a0€"), ("entry", "31/12/2020 · 106\u202f200\u00a0€"),
    ]  # fmt: skip
    assert len([each for each in finding.find(session, "ville", most=3) if each.table == "member"]) == 3


def test_every_label_is_found_by_itself(session: Session) -> None:
    labels = session.scalars(select(Entry.label).join(FiscalYear).where(FiscalYear.year == 2021)).all()
    for label in set(labels):
        assert LISTS["entries"].ids(session, text=french.sort_key(label).upper(), year=2021), label
    names = [row.name for row in session.scalars(select(Member))]
    for name in names:
        assert LISTS["members"].ids(session, text=name), name


def test_sources_come_after_the_one_they_are_under_in_printed_order(writing: Session) -> None:
    roots = {row.name: row for row in writing.scalars(select(FundingSource))}
    roots["État"].position = 5  # its children keep the places 0 to 2
    writing.flush()
    expected = [" › ".join(node.path) for node in tree(writing)]
    assert expected[0] == "Collectivités"
    assert column(LISTS["funding-sources"], writing, "path") == expected


def test_a_person_without_a_first_name_is_listed_without_a_space(writing: Session) -> None:
    person = persons.save_person(writing, Person(last_name="ZOLA"))
    college = writing.scalars(select(College)).first()
    assert college is not None
    members.save_member(writing, Member(person_id=person.id, college_id=college.id))
    assert "ZOLA" in column(LISTS["members"], writing, "name")


# --- the search of the whole dossier -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "table", "title"),
    [("2021-003", "dues", "Appel 2021-003"), ("cotisations 2021", "dues_campaign", "Cotisations 2021"),
     ("2021-013", "receipt", "Reçu le 13/04/2021 : 583,55\u00a0€")],
)  # fmt: skip
def test_calls_campaigns_and_payments_are_found_by_what_names_them(
    session: Session, text: str, table: str, title: str
) -> None:
    assert title in {each.title for each in finding.find(session, text) if each.table == table}


def test_a_name_finds_the_member_and_not_each_of_its_dues(session: Session) -> None:
    assert {each.table for each in finding.find(session, "vauvert")} <= {"member", "person", "convention"}
