"""Scales of dues: the amount and its computation in words are the same computation, true to the cent."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vto_desktop import french
from vto_desktop.model import DuesScale
from vto_desktop.services.scales import computation_in_words, computed_dues, months_owed

BOUND = st.none() | st.integers(0, 10**8)


def plain(text: str) -> str:
    return text.replace(french.NBSP, " ").replace(french.THIN, " ")


@pytest.mark.parametrize(
    ("scale", "population", "months", "words"),
    [
        ({"rate": 400}, 138_176, 12, "138 176 hab. × 0,04 € = 5 527,04 €"),
        (
            {"rate": 400, "maximum": 2_000_000},
            523_109,
            12,
            "523 109 hab. × 0,04 € = 20 924,36 €, ramené au maximum de 20 000 €",
        ),
        ({"rate": 500, "minimum": 10_000}, 120, 12, "120 hab. × 0,05 € = 6 €, porté au minimum de 100 €"),
        ({"flat": 60_000}, None, 12, "forfait de 600 €"),
        ({"flat": 60_000}, 1_000, 12, "forfait de 600 €"),
        ({"rate": 400}, 138_176, 7, "138 176 hab. × 0,04 € = 5 527,04 €, 7 mois sur 12 : 3 224,11 €"),
        ({"flat": 10_000, "rate": 1500}, 10, 12, "forfait de 100 € + 10 hab. × 0,15 € = 101,50 €"),
        ({"rate": 400}, None, 12, ""),
    ],
)
def test_the_computation_is_said_as_it_is_done(
    scale: dict[str, int], population: int | None, months: int, words: str
) -> None:
    row = DuesScale(kind="Commune", **scale)
    assert plain(computation_in_words(row, population=population, months=months)) == words


@given(
    flat=st.integers(0, 10**7), rate=st.integers(0, 10**5), minimum=BOUND, maximum=BOUND,
    population=st.none() | st.integers(0, 10**7), months=st.integers(0, 18), of=st.integers(1, 18),
)  # fmt: skip
def test_the_last_amount_said_is_the_amount_owed(
    flat: int, rate: int, minimum: int | None, maximum: int | None,
    population: int | None, months: int, of: int,
) -> None:  # fmt: skip
    scale = DuesScale(kind="Commune", flat=flat, rate=rate, minimum=minimum, maximum=maximum)
    owed = computed_dues(scale, population, months=months, of=of)
    said = computation_in_words(scale, population=population, months=months, of=of)
    assert (owed is None) == (said == "")
    if owed is None:
        return
    amounts = [french.parse_amount(each) for each in re.findall(r"[\d\u202f]+(?:,\d\d)?\u00a0€", said)]
    assert amounts[-1] == owed
    whole = computed_dues(scale, population)
    assert whole is not None
    assert abs(Fraction(whole * months, of) - owed) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("joined_on", "months"),
    [(None, 12), (date(2015, 6, 1), 12), (date(2021, 1, 1), 12), (date(2021, 1, 31), 12),
     (date(2021, 6, 30), 7), (date(2021, 12, 31), 1), (date(2022, 1, 1), 0)],
)  # fmt: skip
def test_a_member_owes_the_months_left_the_first_one_included(joined_on: date | None, months: int) -> None:
    assert months_owed(joined_on, starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31)) == (months, 12)


def test_a_fiscal_year_has_the_months_it_touches() -> None:
    school = {"starts_on": date(2021, 9, 1), "ends_on": date(2022, 8, 31)}
    assert months_owed(date(2022, 2, 10), **school) == (7, 12)
    short = {"starts_on": date(2021, 5, 3), "ends_on": date(2021, 12, 31)}
    assert months_owed(date(2021, 10, 1), **short) == (3, 8)
