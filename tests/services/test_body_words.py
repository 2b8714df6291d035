"""How a sentence says a body, whatever it is called."""

from datetime import date

import pytest

from vto_desktop.model import Body, BodyKind, Meeting
from vto_desktop.services.body_words import meeting_words, words_of

BUREAU, COUNCIL, ASSEMBLY, OTHER = (each.value for each in BodyKind)


@pytest.mark.parametrize(
    ("name", "kind", "title", "said"),
    [
        ("Bureau", BUREAU, "", ("le bureau", "du bureau", "au bureau")),
        (
            "Conseil d’administration", COUNCIL, "Budget",
            ("le conseil d’administration", "du conseil d’administration", "au conseil d’administration"),
        ),
        (
            "Assemblée générale", ASSEMBLY, "",
            ("l’assemblée générale", "de l’assemblée générale", "à l’assemblée générale"),
        ),
        (
            "Assemblée générale", ASSEMBLY, "AG extraordinaire : statuts",
            ("l’assemblée générale extraordinaire", "de l’assemblée générale extraordinaire",
             "à l’assemblée générale extraordinaire"),
        ),
        (
            "Assemblée générale", ASSEMBLY, "Assemblée générale ordinaire et extraordinaire",
            ("l’assemblée générale ordinaire et extraordinaire",
             "de l’assemblée générale ordinaire et extraordinaire",
             "à l’assemblée générale ordinaire et extraordinaire"),
        ),
        (
            "Assemblée générale extraordinaire", ASSEMBLY, "Assemblée extraordinaire",
            ("l’assemblée générale extraordinaire", "de l’assemblée générale extraordinaire",
             "à l’assemblée générale extraordinaire"),
        ),
        (
            "Commission Finances", OTHER, "Réunion extraordinaire",
            ("la commission Finances", "de la commission Finances", "à la commission Finances"),
        ),
        ("Équipe projet", OTHER, "", ("l’équipe projet", "de l’équipe projet", "à l’équipe projet")),
        (
            "Comité de pilotage", OTHER, "",
            ("le comité de pilotage", "du comité de pilotage", "au comité de pilotage"),
        ),
        ("Les Sages", BUREAU, "", ("le bureau", "du bureau", "au bureau")),
        (
            "Les Sages", OTHER, "",
            ("l’instance «\u00a0Les Sages\u00a0»", "de l’instance «\u00a0Les Sages\u00a0»",
             "à l’instance «\u00a0Les Sages\u00a0»"),
        ),
        (
            "???", OTHER, "",
            ("l’instance «\u00a0???\u00a0»", "de l’instance «\u00a0???\u00a0»",
             "à l’instance «\u00a0???\u00a0»"),
        ),
    ],
)  # fmt: skip
def test_a_sentence_says_a_body_with_its_article(
    name: str, kind: str, title: str, said: tuple[str, str, str]
) -> None:
    words = words_of(name, kind, title)
    assert (words.the, words.of, words.to) == said


def test_participles_agree_with_it() -> None:
    feminine = [
        words_of(name, OTHER).is_feminine
        for name in ("Assemblée générale", "Commission Finances", "Bureau", "Comité", "Atelier", "Autre")
    ]
    assert feminine == [True, True, False, False, False, True]


def test_a_meeting_is_said_with_its_day() -> None:
    body = Body(name="Commission culture", kind=OTHER)
    assert meeting_words(Meeting(body=body, held_on=date(2021, 3, 1), title="")) == (
        "la commission culture du 1er mars 2021"
    )
