"""What a document lacks before it is what it should be, and how that is said."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from vto_desktop.services.figures_declaration import OfficersDeclaration
from vto_desktop.services.figures_labels import LabelSheets
from vto_desktop.services.figures_meeting_papers import Extract, MeetingLetters
from vto_desktop.services.figures_papers import Incomplete


class Lacking(NamedTuple):
    """The words for papers that lack something: what that means, a question before going on, its answer."""

    means: str
    title: str
    sentence: str
    go_on: str


LETTERS: Final = Lacking(
    "les lettres sont marquées «\u00a0projet\u00a0»",
    "Ces lettres sont incomplètes",
    "Telles quelles, elles portent la mention «\u00a0projet\u00a0».",
    "Continuer en projet",
)
LABELS: Final = Lacking(
    "sans adresse entière, pas d’étiquette",
    "Des adresses sont incomplètes",
    "Ces adhérents n’auront pas d’étiquette.",
    "Continuer sans eux",
)
CONVOCATIONS: Final = Lacking(
    "sans quoi la réunion n’est pas convoquée dans les règles",
    "Cette convocation est incomplète",
    "Les lettres auxquelles il manque quelque chose portent la mention «\u00a0projet\u00a0».",
    "Continuer en projet",
)
DECLARATION: Final = Lacking(
    "la liste est marquée «\u00a0projet\u00a0»",
    "Cette liste est incomplète",
    "Telle quelle, elle porte la mention «\u00a0projet\u00a0».",
    "Continuer en projet",
)
EXTRACT: Final = Lacking(
    "l’extrait est marqué «\u00a0projet\u00a0»",
    "Cet extrait est incomplet",
    "Tel quel, il porte la mention «\u00a0projet\u00a0».",
    "Continuer en projet",
)


def incomplete(summary: Any) -> Sequence[Incomplete]:
    """Return the rows to fill in before a document is what it should be."""
    found: Sequence[Incomplete] = summary.incomplete() if hasattr(summary, "incomplete") else ()
    return found


def lacking(summary: Any) -> Lacking:
    """Return the words for what a document lacks."""
    words: dict[type, Lacking] = {
        LabelSheets: LABELS, MeetingLetters: CONVOCATIONS, OfficersDeclaration: DECLARATION, Extract: EXTRACT,
    }  # fmt: skip
    return words.get(type(summary), LETTERS)
