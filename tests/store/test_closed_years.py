"""A closed fiscal year refuses every change, whoever asks and however (faults H5 and H6)."""

import sqlite3
from datetime import date

import pytest
from sqlalchemy import delete, select, update

from tests.store import samples
from vto_desktop.errors import UserError
from vto_desktop.model import (
    Action,
    Budget,
    BudgetLine,
    Convention,
    Dues,
    DuesCampaign,
    Entry,
    FiscalYear,
    Receipt,
)
from vto_desktop.store import Dossier

INSERT = (
    "INTO entry (id, fiscal_year_id, entered_on, account_code, label, amount, piece, origin, version) "
    "VALUES ({id}, {year}, '2021-05-01', '6', '', 1, '', '', 1)"
)
REFUSED = {
    "insert": f"INSERT {INSERT.format(id=90, year=2)}",
    "update": "UPDATE entry SET amount = amount + 1 WHERE fiscal_year_id = 2",
    "delete": "DELETE FROM entry WHERE fiscal_year_id = 2",
    "move in": "UPDATE entry SET fiscal_year_id = 2 WHERE fiscal_year_id = 1",
    "move out": "UPDATE entry SET fiscal_year_id = 1 WHERE fiscal_year_id = 2",
    "insert or replace": "INSERT OR REPLACE " + INSERT.format(id=2, year=1),
    "replace": "REPLACE " + INSERT.format(id=2, year=1),
    "update or replace": "UPDATE OR REPLACE entry SET id = 2 WHERE id = 1",
    "line of a budget": "UPDATE budget_line SET amount = 0",
    "new line": "INSERT INTO budget_line (budget_id, account_code, label, amount, notes) "
    "VALUES (2, '6', '', 1, '')",
    "move a line in": "UPDATE budget_line SET budget_id = 2 WHERE budget_id = 1",
    "budget with its lines": "DELETE FROM budget WHERE fiscal_year_id = 2",
    "dues": "UPDATE dues SET amount = 0 WHERE campaign_id = 2",
    "campaign": "UPDATE dues_campaign SET name = 'x' WHERE fiscal_year_id = 2",
    "receipt of that year": "UPDATE receipt SET amount = 0 WHERE received_on LIKE '2021%'",
    "receipt moved into that year": "UPDATE receipt SET received_on = '2021-12-31' WHERE dues_id = 1",
    "receipt deleted": "DELETE FROM receipt",
    "the year's dates": "UPDATE fiscal_year SET ends_on = '2021-06-30' WHERE year = 2021",
    "the year itself": "DELETE FROM fiscal_year WHERE year = 2021",
}


@pytest.fixture(autouse=True)
def closed_2021(dossier: Dossier) -> None:
    """Close 2021; 2020 stays open."""
    with dossier.write("Clore 2021") as session:
        session.execute(update(FiscalYear).where(FiscalYear.year == 2021).values(closed_on=date(2022, 3, 1)))


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_h5_a_closed_year_refuses(dossier: Dossier, statement: str) -> None:
    before = samples.dump(dossier)
    with pytest.raises(UserError) as refused, dossier.write("Essayer") as session:
        session.connection().exec_driver_sql(statement)
    assert refused.value.code == "EXERCICE_CLOS"
    assert samples.dump(dossier) == before


def test_h5_bulk_updates_and_unit_of_work_are_refused_alike(dossier: Dossier) -> None:
    with pytest.raises(UserError) as refused, dossier.write("En nombre") as session:
        session.execute(update(Entry).values(amount=0))
    assert refused.value.code == "EXERCICE_CLOS"
    with pytest.raises(UserError) as refused, dossier.write("Une à une") as session:
        for entry in session.scalars(select(Entry)):
            entry.amount = 0
    assert refused.value.code == "EXERCICE_CLOS"


def test_h6_the_opening_sets_recursive_triggers_without_which_replace_escapes(dossier: Dossier) -> None:
    assert dossier._raw.execute("PRAGMA recursive_triggers").fetchone() == (1,)
    dossier._raw.execute("PRAGMA recursive_triggers=OFF")
    dossier._raw.execute(REFUSED["replace"])  # the proof that the PRAGMA matters
    dossier._raw.execute("DELETE FROM recorded")


def test_an_open_year_accepts_the_same(dossier: Dossier) -> None:
    with dossier.write("2020") as session:
        session.execute(update(Entry).where(Entry.fiscal_year_id == 1).values(amount=0))
        session.execute(update(BudgetLine).where(BudgetLine.budget_id == 1).values(amount=0))
        session.execute(delete(Receipt).where(Receipt.received_on < date(2021, 1, 1)))
        session.execute(update(Dues).where(Dues.campaign_id == 1).values(amount=0))
        session.execute(update(DuesCampaign).where(DuesCampaign.fiscal_year_id == 1).values(name="x"))
        session.execute(delete(Budget).where(Budget.fiscal_year_id == 1))


def test_dues_of_a_closed_year_can_still_be_paid_the_year_after(dossier: Dossier) -> None:
    with dossier.write("Payé en retard") as session:
        session.add(Receipt(received_on=date(2022, 2, 1), amount=100, dues_id=2))


def test_what_belongs_to_no_year_stays_free(dossier: Dossier) -> None:
    with dossier.write("Renommer") as session:
        session.execute(update(Convention).values(title="Autre titre"))
        session.execute(update(Action).values(name="Autre action"))


def test_reopening_a_year_makes_it_free_again(dossier: Dossier) -> None:
    with dossier.write("Rouvrir 2021") as session:
        session.execute(update(FiscalYear).values(closed_on=None))
        session.execute(update(Entry).values(amount=0))


def test_another_program_is_refused_too(dossier: Dossier) -> None:
    path = dossier.path
    dossier.close()
    with pytest.raises(sqlite3.IntegrityError, match="EXERCICE_CLOS"):
        samples.change_behind(path, REFUSED["update"])
