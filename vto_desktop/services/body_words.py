"""How French says a body in a sentence: « du bureau », « de l’assemblée générale extraordinaire »."""

from dataclasses import dataclass
from typing import Final

from vto_desktop import french
from vto_desktop.model import Body, BodyKind, Meeting

# What a body's name may begin with; the gender decides the article.
_FEMININE: Final = frozenset(
    {
        "assemblee", "cellule", "commission", "conference", "coordination", "delegation", "direction",
        "equipe", "instance", "mission", "reunion", "section",
    }
)  # fmt: skip
_MASCULINE: Final = frozenset(
    {
        "atelier", "bureau", "cercle", "collectif", "college", "comite", "conseil", "copil", "directoire",
        "groupe", "jury", "pole", "secretariat",
    }
)  # fmt: skip
_KINDS: Final = {
    BodyKind.COUNCIL.value: "conseil d’administration",
    BodyKind.ASSEMBLY.value: "assemblée générale",
    BodyKind.BUREAU.value: "bureau",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A body in a sentence: « conseil d’administration », « le conseil… », « du conseil… », « au… »."""

    noun: str
    the: str
    of: str
    to: str
    is_feminine: bool = False

    @property
    def name(self) -> str:
        """Return the noun as a title begins it: « Conseil d’administration »."""
        return self.noun[:1].upper() + self.noun[1:]


def words_of(name: str, kind: str, title: str = "") -> Words:
    """Return the words of a body; an assembly is « extraordinaire » or « ordinaire » when a title says so."""
    noun = _noun(name, kind)
    if not noun:
        named = f"instance «{french.NBSP}{name}{french.NBSP}»"
        return Words(named, f"l’{named}", f"de l’{named}", f"à l’{named}", is_feminine=True)
    if kind == BodyKind.ASSEMBLY:
        noun = " ".join(filter(None, (noun, _sort_of_assembly(title, noun))))
    first = french.sort_key(noun).split(maxsplit=1)[0]
    is_feminine = first in _FEMININE
    if first[0] in "aeiou":
        return Words(noun, f"l’{noun}", f"de l’{noun}", f"à l’{noun}", is_feminine)
    if is_feminine:
        return Words(noun, f"la {noun}", f"de la {noun}", f"à la {noun}", is_feminine)
    return Words(noun, f"le {noun}", f"du {noun}", f"au {noun}")


def _noun(name: str, kind: str) -> str:
    """Return the name as it stands within a sentence, that of the kind, or nothing when neither will do."""
    first = french.sort_key(name).split(maxsplit=1)[:1]
    if first and first[0] in _FEMININE | _MASCULINE:
        return name[:1].lower() + name[1:]
    return _KINDS.get(kind, "")


def _sort_of_assembly(title: str, noun: str) -> str:
    given, there = french.sort_key(title).split(), french.sort_key(noun).split()
    if {"ordinaire", "extraordinaire", "mixte"} & set(there):
        return ""
    sorts = [each for each in ("ordinaire", "extraordinaire") if each in given]
    return " et ".join(sorts) or ("mixte" if "mixte" in given else "")


def meeting_body_words(meeting: Meeting) -> Words:
    """Return the words of the body that meets."""
    body: Body = meeting.body
    return words_of(body.name, body.kind, meeting.title)


def meeting_words(meeting: Meeting) -> str:
    """Return « le conseil d’administration du 2 décembre 2020 »."""
    return f"{meeting_body_words(meeting).the} du {french.long_date(meeting.held_on)}"
