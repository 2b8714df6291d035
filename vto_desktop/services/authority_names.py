"""How the name of a local authority is read: what only says its kind or joins words, and what names it.

« Communauté d’Agglomération du Grand Alès », « CA Alès Agglomération » and « alès » name one authority; the
official list, the association's papers and whoever types each write it their own way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vto_desktop import french
from vto_desktop.model import Kind

ARTICLES: Final = frozenset(("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"))
GROUPS: Final = frozenset((Kind.CC, Kind.CA, Kind.CU, Kind.METROPOLE))
URBAN: Final = frozenset((Kind.CA, Kind.CU, Kind.METROPOLE))  # each may call itself « Métropole »

# Words that say what an authority is, hence which kinds are meant.
KIND_WORDS: Final[dict[str, frozenset[Kind]]] = {
    "ville": frozenset((Kind.COMMUNE,)),
    "mairie": frozenset((Kind.COMMUNE,)),
    "commune": frozenset((Kind.COMMUNE,)),
    "ca": frozenset((Kind.CA,)),
    "agglo": frozenset((Kind.CA,)),
    "agglomeration": frozenset((Kind.CA,)),
    "agglopole": frozenset((Kind.CA,)),
    "cc": frozenset((Kind.CC,)),
    "communes": frozenset((Kind.CC,)),
    "cu": frozenset((Kind.CU,)),
    "urbaine": frozenset((Kind.CU,)),
    "communaute": GROUPS - {Kind.METROPOLE},
    "metropole": URBAN,
    "eurometropole": URBAN,
}
# Words that one spelling has and another has not.
LOOSE: Final = frozenset(("grand", "grande", "grands", "grandes", "pays", "bassin", "territoire"))
SHORTENED: Final = {"st": "saint", "ste": "sainte"}
KIND_STARTS: Final = 4  # letters from which « aggl… » can only become such a word


@dataclass(frozen=True, slots=True)
class Reading:
    """A name, or the part of it typed so far: folded whole, the words that name a place, the kinds meant."""

    text: str
    words: tuple[str, ...]
    kinds: frozenset[Kind] = frozenset()


@lru_cache(512)  # planning an import asks several times for the name of a row
def read(text: str) -> Reading:
    """Return how a text reads; one made of such words alone (« Ville », « CA ») is taken as it stands."""
    said = french.sort_key(text.replace("\0", "")).split()
    # The last word may be the beginning of another: « st » of « strasbourg ».
    tokens = [*(SHORTENED.get(word, word) for word in said[:-1]), *said[-1:]]
    words = tuple(word for word in tokens if word not in ARTICLES and word not in KIND_WORDS)
    folded = " ".join(tokens)
    return Reading(folded, words, kinds_meant(tokens)) if words else Reading(folded, tuple(tokens))


def kinds_meant(tokens: Sequence[str]) -> frozenset[Kind]:
    """Return the kinds that these words together mean; none when no word says it."""
    meant: frozenset[Kind] = frozenset()
    for word in tokens:
        if kinds := KIND_WORDS.get(word):
            meant = (meant & kinds) or meant or kinds
    return meant


def firm(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that every spelling of a name has; all of them when there are no other."""
    kept = tuple(word for word in words if word not in LOOSE and not _starts_kind_word(word))
    return kept or tuple(words)


@lru_cache(10_000)  # an import asks it of each word of each name
def _starts_kind_word(word: str) -> bool:
    return len(word) >= KIND_STARTS and any(each.startswith(word) for each in KIND_WORDS)


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names can be spellings of one: the words of the shorter all stand in the longer."""
    first, second = set(firm(read(one).words)), set(firm(read(other).words))
    return first <= second or second <= first


def label_for(typed: str, official: str) -> str:
    """Return the name to propose: the words typed when they are a label of their own, else the official name.

    « Ville de Lunel » is one; « lunel » or « CA Hér » only looked for it.
    """
    asked, whole = read(typed), read(official)
    words, wanted = set(firm(asked.words)), set(firm(whole.words))
    is_label = typed != typed.lower() and asked.text != whole.text
    says_all = words == wanted or (bool(asked.kinds) and words <= wanted)
    return french.clean(typed) if is_label and says_all else official


def group_key(folded: str, kind: Kind) -> tuple[str, str]:
    """Return what an EPCI is searched by: its place (« ales »), and its folded name, acronym and kind."""
    tokens = [SHORTENED.get(word, word) for word in folded.split()]
    words = [word for word in tokens if word not in ARTICLES and word not in KIND_WORDS]
    return " ".join(words), " ".join((*tokens, acronym(words, kind), french.sort_key(kind.value)))


def acronym(words: Sequence[str], kind: Kind) -> str:
    """Return « cahm » for the communauté d'agglomération Hérault Méditerranée, « mmm » for the métropole."""
    initials = "".join(word[0] for word in words)
    return f"{initials}m" if kind is Kind.METROPOLE else f"{kind.name.casefold()}{initials}"
