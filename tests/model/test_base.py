"""What the columns refuse before the database sees it, and what rows know of themselves."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from vto_desktop.french import AMOUNT_LIMIT
from vto_desktop.model import (
    Base,
    Entry,
    FiscalYear,
    Office,
    Organisation,
    OrganisationAlias,
    Person,
    Receipt,
)
from vto_desktop.model.base import CentsType, DateType, FlagType
from vto_desktop.model.words import TABLES

DIALECT = sqlite.dialect()


@given(st.integers(-AMOUNT_LIMIT, AMOUNT_LIMIT))
def test_cents_are_whole_numbers_kept_as_they_are(cents: int) -> None:
    assert CentsType().process_bind_param(cents, DIALECT) == cents


@pytest.mark.parametrize("value", [1.0, 0.1, float("nan"), True, "12", "1' OR 1"])
def test_nothing_but_an_integer_is_an_amount(value: Any) -> None:
    with pytest.raises(TypeError):
        CentsType().process_bind_param(value, DIALECT)


@pytest.mark.parametrize("value", [AMOUNT_LIMIT + 1, -AMOUNT_LIMIT - 1, 2**70])
def test_amounts_have_bounds(value: int) -> None:
    with pytest.raises(ValueError, match="bounds"):
        CentsType().process_bind_param(value, DIALECT)


def test_a_sum_from_another_server_is_an_integer_too() -> None:
    from decimal import Decimal

    found = CentsType().process_result_value(Decimal(12), DIALECT)
    assert (type(found), found) == (int, 12)
    assert CentsType().process_result_value(None, DIALECT) is None


def test_a_day_is_iso_text_and_no_moment() -> None:
    assert DateType().process_bind_param(date(2021, 3, 1), DIALECT) == "2021-03-01"
    assert DateType().process_result_value("2021-03-01", DIALECT) == date(2021, 3, 1)
    with pytest.raises(TypeError):
        DateType().process_bind_param(datetime(2021, 3, 1), DIALECT)  # noqa: DTZ001 - refused whatever its zone
    assert FlagType().process_bind_param(True, DIALECT) == 1
    assert FlagType().process_result_value(0, DIALECT) is False


@pytest.fixture
def session() -> Any:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def test_strict_tables_refuse_a_text_as_an_amount(session: Session) -> None:
    session.add(FiscalYear(id=1, year=2021, starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31)))
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(
            text("INSERT INTO entry (fiscal_year_id, entered_on, account_code, label, amount, piece, origin) "
                 "VALUES (1, '2021-01-01', '606', '', 'douze', '', 'saisie')")
        )  # fmt: skip
    with pytest.raises(StatementError):
        session.execute(insert(Entry).values(fiscal_year_id=1, account_code="606", amount=0.1))


def test_a_receipt_is_for_one_thing(session: Session) -> None:
    session.add(Receipt(received_on=date(2021, 1, 1), amount=1))
    with pytest.raises(IntegrityError, match="one_purpose"):
        session.flush()


def test_a_row_keeps_its_keys_when_it_is_written(session: Session) -> None:
    row = Organisation(name="Étang", kind="Commune", aliases=[OrganisationAlias(name="L’Or")])
    person = Person(first_name="Gaelle", last_name="LÉVÊQUE")
    session.add_all([row, person])
    session.flush()
    assert (row.sort_key, row.search_key) == ("etang", "etang l or commune")
    assert (person.sort_key, person.search_key) == ("leveque gaelle", "gaelle leveque")
    row.name = "Œuvre"
    session.flush()
    assert session.scalars(select(Organisation.sort_key)).one() == "oeuvre"


def test_an_office_reads_in_the_person_s_gender() -> None:
    office = Office(label="Trésorier·ère", masculine="Trésorier", feminine="Trésorière")
    said = [office.label_for(Person(last_name="X", civility=each)) for each in ("M.", "Mme", "")]
    assert said == ["Trésorier", "Trésorière", "Trésorier·ère"]


def test_the_rows_of_every_table_have_a_french_name() -> None:
    assert set(TABLES) == {*Base.metadata.tables, "journal"}
