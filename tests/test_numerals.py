"""Numbers in words, held against a table of 0 to 99 and the rules of grammar written another way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vto_desktop import french
from vto_desktop.numerals import amount_in_words, number_in_words

WRITTEN = """
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept
dix-huit dix-neuf vingt vingt_et_un vingt-deux vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept
vingt-huit vingt-neuf trente trente_et_un trente-deux trente-trois trente-quatre trente-cinq trente-six
trente-sept trente-huit trente-neuf quarante quarante_et_un quarante-deux quarante-trois quarante-quatre
quarante-cinq quarante-six quarante-sept quarante-huit quarante-neuf cinquante cinquante_et_un
cinquante-deux cinquante-trois cinquante-quatre cinquante-cinq cinquante-six cinquante-sept cinquante-huit
cinquante-neuf soixante soixante_et_un soixante-deux soixante-trois soixante-quatre soixante-cinq
soixante-six soixante-sept soixante-huit soixante-neuf soixante-dix soixante_et_onze soixante-douze
soixante-treize soixante-quatorze soixante-quinze soixante-seize soixante-dix-sept soixante-dix-huit
soixante-dix-neuf quatre-vingts quatre-vingt-un quatre-vingt-deux quatre-vingt-trois quatre-vingt-quatre
quatre-vingt-cinq quatre-vingt-six quatre-vingt-sept quatre-vingt-huit quatre-vingt-neuf quatre-vingt-dix
quatre-vingt-onze quatre-vingt-douze quatre-vingt-treize quatre-vingt-quatorze quatre-vingt-quinze
quatre-vingt-seize quatre-vingt-dix-sept quatre-vingt-dix-huit quatre-vingt-dix-neuf
"""
BELOW_HUNDRED = WRITTEN.split()
SCALES = ["", "mille", "million", "milliard"]


def spelled(number: int) -> str:
    """Spell a number from its figures in threes, then mend the text by the rules of agreement."""
    groups = [int(three) for three in f"{number:,}".split(",")]
    said = []
    for place, value in zip(range(len(groups) - 1, -1, -1), groups, strict=True):
        if not value:
            continue
        hundreds, rest = f"{value:03d}"[0], int(f"{value:03d}"[1:])
        words = [] if hundreds == "0" else [BELOW_HUNDRED[int(hundreds)], "cent"]
        words += [BELOW_HUNDRED[rest]] if rest else []
        noun = SCALES[place] + ("s" if place > 1 and value > 1 else "")
        said.append(" ".join([*words, noun]).strip())
    text = " ".join(said) or "zéro"
    text = re.sub(r"\bun cent\b", "cent", text)
    text = re.sub(r"^un mille\b|(?<=millions )un mille\b|(?<=million )un mille\b", "mille", text)
    text = re.sub(r"(?<=milliards )un mille\b|(?<=milliard )un mille\b", "mille", text)
    several = "(deux|trois|quatre|cinq|six|sept|huit|neuf)"
    text = re.sub(rf"\b{several} cent(?=$| milli(on|ard))", r"\1 cents", text)
    return text.replace("quatre-vingts mille", "quatre-vingt mille").replace("_", " ")


def test_every_number_up_to_ten_thousand_is_spelled_by_the_rules() -> None:
    assert len(BELOW_HUNDRED) == 100
    assert [number_in_words(n) for n in range(10_001)] == [spelled(n) for n in range(10_001)]


@given(st.integers(0, 10**9) | st.integers(0, 10**12 - 1) | st.integers(0, 999).map(lambda n: n * 10**6))
def test_greater_numbers_are_spelled_by_the_rules(number: int) -> None:
    assert number_in_words(number) == spelled(number)


def read(words: str) -> int:
    """Return the number that words say: what a treasurer does with them."""
    values = {word.replace("_", " "): n for n, word in enumerate(BELOW_HUNDRED)} | {"quatre-vingt": 80}
    total = group = 0
    for word in re.findall(r"\w+ et (?:un|onze)\b|[\w-]+", words):
        if word in ("million", "millions", "milliard", "milliards", "mille"):
            total += (group or 1) * {"mil": 10**3, "million": 10**6, "milliard": 10**9}[
                "mil" if word == "mille" else word.rstrip("s")
            ]
            group = 0
        elif word in ("cent", "cents"):
            group = (group or 1) * 100
        else:
            group += values[word]
    return total + group


@given(st.integers(0, 10**12 - 1))
def test_what_is_spelled_is_read_again(number: int) -> None:
    assert read(number_in_words(number)) == number


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "zéro euro"), (1, "un centime"), (4, "quatre centimes"), (80, "quatre-vingts centimes"),
        (1_00, "un euro"), (1_01, "un euro et un centime"), (2_04, "deux euros et quatre centimes"),
        (21_00, "vingt et un euros"), (71_00, "soixante et onze euros"), (80_00, "quatre-vingts euros"),
        (81_00, "quatre-vingt-un euros"), (91_00, "quatre-vingt-onze euros"),
        (99_99, "quatre-vingt-dix-neuf euros et quatre-vingt-dix-neuf centimes"),
        (100_00, "cent euros"), (101_00, "cent un euros"), (180_00, "cent quatre-vingts euros"),
        (200_00, "deux cents euros"), (201_00, "deux cent un euros"),
        (280_00, "deux cent quatre-vingts euros"), (1_000_00, "mille euros"), (1_001_00, "mille un euros"),
        (1_100_00, "mille cent euros"), (2_000_00, "deux mille euros"),
        (21_000_00, "vingt et un mille euros"),
        (80_000_00, "quatre-vingt mille euros"), (200_000_00, "deux cent mille euros"),
        (280_000_00, "deux cent quatre-vingt mille euros"), (1_000_000_00, "un million d’euros"),
        (1_000_000_04, "un million d’euros et quatre centimes"), (1_000_001_00, "un million un euros"),
        (1_200_000_00, "un million deux cent mille euros"), (80_000_000_00, "quatre-vingts millions d’euros"),
        (200_000_000_00, "deux cents millions d’euros"), (1_001_000_00, "un million mille euros"),
        (1_000_000_000_00, "un milliard d’euros"), (2_001_000_000_00, "deux milliards un million d’euros"),
        (6_908_00, "six mille neuf cent huit euros"), (5_527_04, "cinq mille cinq cent vingt-sept euros et "
         "quatre centimes"), (-80_00, "moins quatre-vingts euros"), (-1, "moins un centime"),
        (french.AMOUNT_LIMIT, "cent milliards d’euros"),
    ],
)  # fmt: skip
def test_the_known_traps(cents: int, words: str) -> None:
    assert amount_in_words(cents) == words


def test_a_number_that_no_dossier_can_hold_is_refused() -> None:
    assert number_in_words(10**12 - 1).startswith("neuf cent quatre-vingt-dix-neuf milliards")
    with pytest.raises(ValueError, match="bounds"):
        number_in_words(10**12)
