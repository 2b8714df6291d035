"""French in and out: what is written is read again, what is ambiguous is refused with a sentence."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vto_desktop import french
from vto_desktop.french import AMOUNT_LIMIT, Unreadable

CENTS = st.integers(min_value=-AMOUNT_LIMIT, max_value=AMOUNT_LIMIT)
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "\u2007", ""])
TEXT = st.text(max_size=60)


# --- amounts -------------------------------------------------------------------------------------


@given(CENTS, SPACES, st.sampled_from([None, True]), st.booleans())
def test_an_amount_written_is_read_again(cents: int, space: str, decimals: bool | None, signed: bool) -> None:
    written = french.amount(cents, decimals=decimals, signed=signed, space=space)
    assert french.parse_amount(written) == cents
    assert french.parse_amount(french.editable_amount(cents)) == cents


@given(CENTS)
def test_the_point_of_the_numeric_keypad_is_a_decimal_point(cents: int) -> None:
    whole, part = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    assert french.parse_amount(f"{sign}{whole}.{part:02d}") == cents
    assert french.parse_amount(f"{sign}{whole},{part:02d}") == cents


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 234,5", 123_450), ("1234.5", 123_450), ("12 €", 1_200), ("12€", 1_200), ("€ 12", 1_200),
        ("12 EUR", 1_200), ("3 euros", 300), ("-3", -300), ("−3", -300), ("(12,00)", -1_200), ("+7", 700),
        (",5", 50),
        ("1.234,56", 123_456), ("1,234.56", 123_456), ("1 234 567,89", 123_456_789), ("１２,５", 1_250),
        ("1'234,00", 123_400), ("1.234.567", 123_456_700), ("0,00", 0), ("0.5", 50),
    ],
)  # fmt: skip
def test_amounts_are_read_as_they_are_typed(typed: str, cents: int) -> None:
    assert french.parse_amount(typed) == cents


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "€", "1.234", "1,234", "12,345", "1,2,3", "1.2.3", "1e5", "NaN", "inf", "12 €50", "--5",
     "(-5)", "1,23,45", "5,", "١٢", "½", "1 234,567", "abc", "12-", ".", ",", "1.234.56", "0x10",
     "99999999999999", "1" * 5_000, "(", "()"],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        french.parse_amount(typed)
    assert str(refused.value).endswith(".")


def test_an_ambiguous_amount_names_its_two_readings() -> None:
    with pytest.raises(Unreadable, match="écrivez 1234 ou 1,23"):
        french.parse_amount("1.234")


@given(TEXT)
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    try:
        cents = french.parse_amount(text)
    except Unreadable:
        return
    assert type(cents) is int
    assert abs(cents) <= AMOUNT_LIMIT


def test_amounts_are_written_with_french_spaces_and_signs() -> None:
    assert french.amount(1_234_567) == "12\u202f345,67\u00a0€"
    assert french.amount(1_200_000) == "12\u202f000\u00a0€"
    assert french.amount(1_200_000, decimals=True) == "12\u202f000,00\u00a0€"
    assert french.amount(-5) == "\u22120,05\u00a0€"
    assert french.amount(310_000, signed=True) == "+3\u202f100\u00a0€"
    assert french.amount(0, signed=True) == "0\u00a0€"
    assert french.editable_amount(800_000) == "8\u202f000,00"
    assert french.editable_amount(None) == ""
    assert french.number(-1_431_521) == "\u22121\u202f431\u202f521"


# --- shares --------------------------------------------------------------------------------------


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**13))
def test_a_quotient_is_rounded_half_away_from_zero(numerator: int, denominator: int) -> None:
    found = french.rounded(numerator, denominator)
    assert abs(found * denominator - numerator) * 2 <= denominator
    assert french.rounded(-numerator, denominator) == -found
    assert french.rounded(numerator, -denominator) == -found


def test_percentages_read_as_french_prints_them() -> None:
    assert french.percent(565, 1_000, decimals=1) == "56,5\u00a0%"
    assert french.percent(1, 200) == "1\u00a0%"
    assert french.percent(-1, 200) == "\u22121\u00a0%"
    assert french.percent(-1, 1_000) == "0\u00a0%"
    assert french.percent(8, 100, signed=True) == "+8\u00a0%"
    assert french.percent(5, 0) == "–"


# --- dates ---------------------------------------------------------------------------------------

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 12, 31))


@given(DAYS)
def test_a_day_written_is_read_again(day: date) -> None:
    assert french.parse_date(french.short_date(day)) == day
    assert french.parse_date(french.long_date(day)) == day
    assert french.parse_date(day.isoformat()) == day
    assert french.parse_date(f"{day:%d%m}{day.year:04d}") == day
    assert french.parse_date(f"{day.day}.{day.month}.{day.year}") == day


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_two_figures_are_enough_for_the_years_of_a_life(day: date) -> None:
    assert french.parse_date(f"{day.day}/{day.month}/{day.year % 100:02d}") == day


@given(DAYS, st.integers(-9999, 9999))
def test_a_number_of_days_counts_from_today(today: date, days: int) -> None:
    assert french.parse_date(f"{days:+d}", today=today) == today + timedelta(days=days)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("8/12/21", date(2021, 12, 8)), ("08122021", date(2021, 12, 8)), ("081221", date(2021, 12, 8)),
        ("2021-12-8", date(2021, 12, 8)), ("1er mars 2021", date(2021, 3, 1)),
        ("1 MARS 2021", date(2021, 3, 1)), ("8 déc. 2021", date(2021, 12, 8)),
        ("3 aout 2021", date(2021, 8, 3)), ("29/02/2024", date(2024, 2, 29)),
        ("14 juillet 2021", date(2021, 7, 14)), (" 8/12/2021 ", date(2021, 12, 8)),
    ],
)  # fmt: skip
def test_days_are_read_as_they_are_typed(typed: str, day: date) -> None:
    assert french.parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("30/02/2021", "Février 2021 a 28 jours."), ("29/02/2023", "Février 2023 a 28 jours."),
        ("31/04/2021", "Avril 2021 a 30 jours."), ("1/13/2021", "Le mois va de 1 à 12."),
        ("1/1/1492", "L’année n’est pas plausible."), ("0/1/2021", "Janvier 2021 a 31 jours."),
        ("3 jui 2021", "Indiquez une date"), ("", "Indiquez une date"), ("hier", "Indiquez une date"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        french.parse_date(typed)


@given(TEXT)
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    try:
        assert type(french.parse_date(text)) is date
    except Unreadable:
        return


def test_no_day_is_no_text() -> None:
    assert french.short_date(None) == ""
    assert french.short_date(date(21, 3, 1)) == "01/03/0021"
    assert french.long_date(date(2021, 3, 1)) == "1er mars 2021"
    assert french.full_date(date(2021, 3, 1)) == "lundi 1er mars 2021"
    assert french.full_date(date(2021, 3, 7)) == "dimanche 7 mars 2021"


# --- texts ---------------------------------------------------------------------------------------


@given(TEXT, st.booleans())
def test_a_clean_text_stays_as_it_is(text: str, keep_lines: bool) -> None:
    once = french.clean(text, keep_lines=keep_lines)
    assert french.clean(once, keep_lines=keep_lines) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not {c for c in once if unicodedata.category(c) in ("Cc", "Cs")} - (
        {"\n"} if keep_lines else set()
    )
    once.encode("utf-8")


@given(st.text(max_size=60), st.integers(0, 20))
def test_a_clean_text_is_not_longer_than_its_field(text: str, limit: int) -> None:
    assert len(french.clean(text, limit=limit)) <= limit


def test_control_characters_and_lone_surrogates_go() -> None:
    assert french.clean(" a\tb\r\nc\x00d\ud800 ") == "a b cd"
    assert french.clean("a\r\nb\rc\u2028d", keep_lines=True) == "a\nb\nc\nd"
    assert french.clean("e\x00\u0301") == "é"


@given(TEXT)
def test_a_key_is_its_own_key_and_ignores_case(text: str) -> None:
    key = french.sort_key(text)
    assert french.sort_key(key) == key
    assume("ı" not in text and "ſ" not in text)
    assert french.sort_key(text.swapcase().casefold()) == french.sort_key(text.casefold())


@given(st.lists(TEXT.map(lambda text: text.replace("\n", " ")), max_size=8))
def test_keys_made_together_are_those_made_one_by_one(texts: list[str]) -> None:
    assert french.sort_keys(texts) == [french.sort_key(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Étang-de-l’Or", "etang de l or"), ("ŒUVRE", "oeuvre"), ("Ærø", "aero"), ("  ", ""),
        ("Straße", "strasse"), ("N°\u00a012", "n 12"), ("LÉVÊQUE", "leveque"), ("E\u0301te\u0301", "ete"),
        ("Łódź", "lodz"), ("中文", "中文"),
    ],
)  # fmt: skip
def test_keys_drop_accents_case_and_punctuation(text: str, key: str) -> None:
    assert french.sort_key(text) == key


def test_french_names_sort_as_a_dictionary_does() -> None:
    names = ["Zèbre", "étage", "Eze", "œil", "Odet", "Alès", "Ales-Sud", "île", "Illat"]
    assert sorted(names, key=french.sort_key) == [
        "Alès", "Ales-Sud", "étage", "Eze", "île", "Illat", "Odet", "œil", "Zèbre",
    ]  # fmt: skip


def test_a_search_key_holds_every_text_once_folded() -> None:
    assert french.search_key("Lunel", None, "", 34, "Hérault") == "lunel 34 herault"


# --- words ---------------------------------------------------------------------------------------


def test_none_and_one_are_singular_in_french() -> None:
    said = [french.count(n, "adhérent").replace("\u00a0", " ") for n in (0, 1, 2, 1_500)]
    assert said == ["0 adhérent", "1 adhérent", "2 adhérents", "1\u202f500 adhérents"]
    assert french.count(2, "journal", "journaux") == "2\u00a0journaux"


def test_a_list_ends_with_and() -> None:
    assert [french.listed(each) for each in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:30", "14:30"), ("14h30", "14:30"), ("14 h 30", "14:30"), ("14\u00a0h\u202f30", "14:30"),
        ("1430", "14:30"), ("14.30", "14:30"), ("14,30", "14:30"), ("14H30", "14:30"), ("9h", "09:00"),
        ("9 h", "09:00"), ("9", "09:00"), ("930", "09:30"), ("0900", "09:00"), ("0:05", "00:05"),
        ("23:59", "23:59"), ("00h00", "00:00"), ("１４h３０", "14:30"),
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_typed(typed: str, expected: str) -> None:
    assert french.parse_time(typed) == expected
    assert french.parse_time(expected) == expected


@pytest.mark.parametrize(
    "typed",
    ["", "h", "24h", "25:00", "12:60", "1h5", "14h3", "14h305", "midi", "14:30:00", "-1h", "14-30", "h30"],
)
def test_what_is_no_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(french.Unreadable, match="14h30"):
        french.parse_time(typed)


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_written_is_read_again(hour: int, minute: int) -> None:
    for written in (
        f"{hour}h{minute:02d}",
        f"{hour:02d}{minute:02d}",
        f"{hour}.{minute:02d}",
        f"{hour} h {minute:02d}",
    ):
        assert french.parse_time(written) == f"{hour:02d}:{minute:02d}"
