"""Every commune and every EPCI of France, offline: found by part of a name, by postcode, SIREN or INSEE code.

The file is read when the first of them is looked for, never before the first paint. Populations are
*municipale* of 2023 for communes, the only one that the package has for each of them, and *totale* of 2022
for EPCI, which the texts on local authorities refer to; ``resources/fetch.py`` says how the years are known.
"""

import gzip
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from vto_desktop import french, paths
from vto_desktop.model import Kind, Organisation
from vto_desktop.services import reference
from vto_desktop.services.authority_names import GROUPS, firm, group_key, read
from vto_desktop.services.identifiers import bare

FILE: Final = "collectivites.csv.gz"
MOST: Final = 50
SIREN_LENGTH: Final = 9
INSIDE: Final = 3  # letters from which a word is looked for inside the words of a name
TOWN: Final = Kind.COMMUNE.name
SEVERAL: Final = "Plusieurs collectivités portent ce nom\u00a0: indiquez le département."


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """A commune or an EPCI as the official lists give it; an EPCI has no INSEE code and no postcode."""

    name: str
    kind: str
    siren: str  # none for the communes of the overseas collectivities
    insee: str
    departement: str
    population: int | None
    population_year: int | None
    postcodes: tuple[str, ...]


def search(text: str, *, most: int = MOST) -> list[LocalAuthority]:
    """Return what part of a name, a postcode or a SIREN finds, best first; nothing for no text.

    Same name first, then names that begin so, then words that begin so, then three letters or more anywhere;
    among equals the most populated first. « Ville de », « CC » or « Métropole » put their kinds before the
    others, and never hide what they are.
    """
    number = bare(text)
    is_number = number.isascii() and number.isdigit()
    if is_number and len(number) == SIREN_LENGTH:
        found = find(siren=number)
        return [found] if found else []
    asked = read(number if is_number else text)  # « 34 400 » is one postcode
    if not asked.words:
        return []
    register = _register()
    rows = register.ranked(_tiers(asked.text, asked.words), asked.kinds, most)
    if not rows and (fewer := firm(asked.words)) != asked.words:
        rows = register.ranked(_tiers("", fewer), asked.kinds, most)
    if len(rows) < most:
        inside = tuple(word if len(word) >= INSIDE else f" {word}" for word in asked.words)
        rows += register.ranked([[inside]], asked.kinds, most)
    return [register.authority(row) for row in list(dict.fromkeys(rows))[:most]]


def _tiers(text: str, words: Sequence[str]) -> list[list[tuple[str, ...]]]:
    """Return, best first, what a key must hold: each tier is several ways, each way texts that all stand."""
    phrases = list(dict.fromkeys(filter(None, (text, " ".join(words)))))
    return [
        [(f"\n {phrase}\t",) for phrase in phrases],
        [(f"\n {phrase}",) for phrase in phrases],
        [(f" {phrase}",) for phrase in phrases],
        [tuple(f" {word}" for word in words)],
    ]


def find(*, siren: str = "", insee: str = "") -> LocalAuthority | None:
    """Return the authority of a SIREN, else that of an INSEE code."""
    register = _register()
    row = register.by_siren().get(bare(siren)) if siren else None
    if row is None and insee:
        row = register.by_insee().get(bare(insee).upper())
    return None if row is None else register.authority(row)


def match(name: str, *, kind: str = "", departement: str = "") -> LocalAuthority | None:
    """Return the only authority of that name, however spelt, of that kind and département; None in doubt."""
    found = namesakes(name, kind=kind, departement=departement)
    return found[0] if len(found) == 1 else None


def namesakes(name: str, *, kind: str = "", departement: str = "") -> list[LocalAuthority]:
    """Return the authorities that such a name may mean: one beyond doubt, several of one name, or none.

    Its cost does not grow with the list: rows of an import may ask one by one.
    """
    asked, register = read(name), _register()
    rows = register.by_name().get(" ".join(firm(asked.words)), [])
    found = [register.authority(row) for row in rows]
    if departement:
        found = [each for each in found if each.departement == departement]
    if kinds := frozenset((kind,)) if kind else asked.kinds:
        found = [each for each in found if each.kind in kinds]
    if len(found) > 1:  # « Lunel » alone is the town, not the communauté around it
        found = [each for each in found if french.sort_key(each.name) == asked.text]
    return found


def values(authority: LocalAuthority) -> dict[str, Any]:
    """Return what an organisation takes over: attribute → value. The name stays what the association says."""
    taken: dict[str, Any] = {
        "kind": authority.kind,
        "siren": authority.siren,
        "insee": authority.insee,
        "departement": authority.departement if reference.departement_name(authority.departement) else "",
        "population": authority.population,
        "population_year": authority.population_year,
    }
    if len(authority.postcodes) == 1:
        taken |= {"postcode": authority.postcodes[0], "city": authority.name}
    return taken


def fill(row: Organisation, authority: LocalAuthority) -> None:
    """Fill an organisation from its official data; an address or a name it has already stays."""
    kept = {"postcode", "city"} if row.postcode or row.city else set()
    for name, value in values(authority).items():
        if name not in kept:
            setattr(row, name, value)
    row.name = row.name or authority.name


def populations_sentence() -> str:
    """Return which populations the data hold: « Communes : population municipale 2023 (INSEE). … »."""
    towns, groups = _register().years()
    return (
        f"Communes\u00a0: population municipale {towns} (INSEE). "
        f"Intercommunalités\u00a0: population totale {groups} (DGCL)."
    )


def prepare() -> None:
    """Read the file now, so that the first key typed finds it read."""
    _register()


def is_loaded() -> bool:
    """Return whether the file was read."""
    return _register.cache_info().currsize > 0


def forget() -> None:
    """Give the memory back until the next search."""
    _register.cache_clear()


# --- the file in memory --------------------------------------------------------------------------


class _Block:
    """Keys of some rows, one a line, in which the search looks for texts.

    A line is a space, the name, a tab, a space, and what else finds the row: every word has a space before.
    """

    def __init__(self, rows: Sequence[int], keys: Iterable[str]) -> None:
        self._rows = rows
        lines = [f"\n {key}" for key in keys]
        self.text = "".join((*lines, "\n"))
        self._starts = array("L", _sums(map(len, lines)))
        self._counts: dict[str, int] = {}

    def holding(self, texts: Sequence[str], most: int) -> list[int]:
        """Return the first rows, in order, whose key holds every one of these texts."""
        rarest, *others = sorted(texts, key=self._count)
        if not self._count(rarest):
            return []
        found: list[int] = []
        place = self.text.find(rarest)
        while place >= 0 and len(found) < most:
            number = bisect_right(self._starts, place) - 1
            start = self._starts[number]
            end = self.text.index("\n", start + 1)
            if all(self.text.find(other, start, end + 1) >= 0 for other in others):
                found.append(self._rows[number])
            place = self.text.find(rarest, end)
        return found

    def _count(self, text: str) -> int:
        """Return how often a text stands there; of the words of a name typed, only the last is a new one."""
        known = self._counts.get(text)
        if known is None:
            known = self._counts[text] = self.text.count(text)
        return known


def _sums(lengths: Iterable[int]) -> Iterator[int]:
    total = 0
    for length in lengths:
        yield total
        total += length


class _Register:
    """The rows of the file, the most populated first, and what they are found by."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        heads = [line.split(";", 2)[:2] for line in lines]
        self._kinds = {row: Kind[kind] for row, (_name, kind) in enumerate(heads) if kind != TOWN}
        names = french.sort_keys([name for name, _kind in heads])
        towns = [row for row in range(len(lines)) if row not in self._kinds]
        self._towns = _Block(towns, (f"{names[row]}\t {lines[row].rpartition(';')[2]}" for row in towns))
        groups = (group_key(names[row], kind) for row, kind in self._kinds.items())
        self._groups = _Block(list(self._kinds), map("\t ".join, groups))

    def authority(self, row: int) -> LocalAuthority:
        """Return one row."""
        name, kind, siren, insee, departement, population, year, codes = self._lines[row].split(";")
        return LocalAuthority(
            name,
            Kind[kind].value,
            siren,
            insee,
            departement,
            int(population) if population else None,
            int(year) if year else None,
            tuple(codes.split()),
        )

    def ranked(
        self, tiers: Sequence[Sequence[Sequence[str]]], kinds: frozenset[Kind], most: int
    ) -> list[int]:
        """Return the rows that the tiers find, best first, those of the kinds meant before the others."""
        rows: dict[int, None] = {}
        for blocks, wanted in self._passes(kinds):
            for ways in tiers:
                if len(rows) >= most:
                    break
                found = {row for way in ways for block in blocks for row in self._holding(block, way, most)}
                # Rows are numbered by population, hence sorted by it; but « Lunel » is first of all the town.
                town_first = ways is tiers[0]
                order = sorted(found, key=lambda row: (town_first and row in self._kinds, row))
                rows |= dict.fromkeys(row for row in order if self._kind(row) in wanted)
        return list(rows)[:most]

    def _kind(self, row: int) -> Kind:
        return self._kinds.get(row, Kind.COMMUNE)

    def _holding(self, block: _Block, way: Sequence[str], most: int) -> list[int]:
        # All groups, few enough, since those of other kinds are left out afterwards.
        return block.holding(way, len(self._kinds) if block is self._groups else most)

    def _passes(self, kinds: frozenset[Kind]) -> list[tuple[list[_Block], frozenset[Kind]]]:
        every = GROUPS | {Kind.COMMUNE}
        if not kinds:
            return [([self._groups, self._towns], every)]
        if Kind.COMMUNE in kinds:
            return [([self._towns], every), ([self._groups], every)]
        return [([self._groups], kinds), ([self._groups, self._towns], every - kinds)]

    def years(self) -> tuple[int | None, int | None]:
        """Return the year of the population of communes, and of EPCI: that of the most populated."""
        first = next(row for row in range(len(self._lines)) if row not in self._kinds)
        return self.authority(first).population_year, self.authority(next(iter(self._kinds))).population_year

    @cache  # noqa: B019 - there is one register
    def by_siren(self) -> dict[str, int]:
        """Return the row of each SIREN."""
        return self._by(2)

    @cache  # noqa: B019
    def by_insee(self) -> dict[str, int]:
        """Return the row of each INSEE code."""
        return self._by(3)

    @cache  # noqa: B019
    def by_name(self) -> dict[str, list[int]]:
        """Return the rows of each name, by the words that every spelling of it has."""
        found: dict[str, list[int]] = {}
        for row, line in enumerate(self._lines):
            words = read(line.partition(";")[0]).words
            found.setdefault(" ".join(firm(words)), []).append(row)
        return found

    def _by(self, column: int) -> dict[str, int]:
        keys = ((line.split(";")[column], row) for row, line in enumerate(self._lines))
        return {key: row for key, row in keys if key}


@cache
def _register() -> _Register:
    text = gzip.decompress(paths.resource("reference", FILE).read_bytes()).decode()
    return _Register(text.splitlines()[1:])
