"""Money in the file: exact to the cent, whole numbers only, within bounds (faults H1 to H3)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import StatementError

from tests.store import samples
from vto_desktop.french import AMOUNT_LIMIT
from vto_desktop.model import BudgetLine
from vto_desktop.store import Dossier

AMOUNTS = some.lists(some.integers(-AMOUNT_LIMIT, AMOUNT_LIMIT), min_size=1, max_size=50)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=AMOUNTS)
def test_h1_a_sum_by_the_database_is_the_sum_by_python(dossier: Dossier, amounts: list[int]) -> None:
    with dossier.write("Remplacer") as session:
        session.execute(delete(BudgetLine))
        rows = [{"budget_id": 1, "account_code": "6", "amount": amount} for amount in amounts]
        session.execute(insert(BudgetLine), rows)
        total = session.scalar(select(func.sum(BudgetLine.amount)))
    assert type(total) is int
    assert total == sum(amounts)


WRONG: list[Any] = [0.1, 12.0, float("nan"), float("inf"), Decimal("1.005"), True, "12", b"12"]


@pytest.mark.parametrize("amount", [*WRONG, AMOUNT_LIMIT + 1, -AMOUNT_LIMIT - 1, 2**63], ids=repr)
def test_h2_h3_what_is_no_amount_is_refused(dossier: Dossier, amount: Any) -> None:
    before = samples.dump(dossier)
    with pytest.raises(StatementError), dossier.write("Essayer") as session:
        session.add(BudgetLine(budget_id=1, account_code="6", amount=amount))
    assert samples.dump(dossier) == before


@pytest.mark.parametrize("amount", [AMOUNT_LIMIT, -AMOUNT_LIMIT, 0])
def test_h3_the_bounds_themselves_are_kept(dossier: Dossier, amount: int) -> None:
    with dossier.write("Aux bornes") as session:
        session.add(BudgetLine(budget_id=1, account_code="7", amount=amount))
    with dossier.read() as session:
        kept = session.scalars(select(BudgetLine.amount).where(BudgetLine.account_code == "7")).all()
    assert kept == [amount]
