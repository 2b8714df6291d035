"""Fetch the fonts, icons and local authorities that ship, from npm, and record where each came from."""

import csv
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
INTER = "@expo-google-fonts/inter"
SOURCE_SANS = "@expo-google-fonts/source-sans-3"
LUCIDE = "lucide-static"
AUTHORITIES = "@etalab/decoupage-administratif"
# Pinned where our own words depend on it: which year a population is of (see ``year_of``).
VERSIONS = {AUTHORITIES: "6.0.0"}
AUTHORITIES_FILE = "reference/collectivites.csv.gz"

INTER_STYLES = ("400Regular", "500Medium", "600SemiBold", "700Bold")
SOURCE_SANS_STYLES = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
ICONS = """
arrow-down arrow-left-right arrow-up badge-check ban banknote book-user building-2 calendar
calendar-clock check chevron-down chevron-left chevron-right circle circle-alert circle-check
circle-question-mark coins compass copy database-backup download ellipsis external-link file-plus
file-spreadsheet file-text folder-open folder-plus handshake history info keyboard landmark layers
layout-dashboard link list lock mail maximize merge moon panel-left-close panel-left-open pencil
plus printer receipt redo-2 rotate-ccw save scale search settings sliders-horizontal split
square-pen tag text-search trash-2 triangle-alert undo-2 upload user users x zoom-in zoom-out
"""


def wanted() -> dict[str, dict[str, str]]:
    """Return package → member of the archive → path below ``resources/``."""

    def fonts(family: str, styles: tuple[str, ...], licence: str) -> dict[str, str]:
        files = {f"package/{s}/{family}_{s}.ttf": f"fonts/{family}_{s}.ttf" for s in styles}
        return {**files, "package/LICENSE_FONT": f"fonts/{licence}"}

    icons = {f"package/icons/{name}.svg": f"icons/{name}.svg" for name in ICONS.split()}
    return {
        INTER: fonts("Inter", INTER_STYLES, "OFL-Inter.txt"),
        SOURCE_SANS: fonts("SourceSans3", SOURCE_SANS_STYLES, "OFL-SourceSans3.txt"),
        LUCIDE: {**icons, "package/LICENSE": "icons/LICENSE-Lucide.txt"},
        AUTHORITIES: {"package/LICENSE": "reference/LICENSE-decoupage-administratif.txt"},
    }


def fetch(package: str, folder: Path) -> Path:
    """Download one package's archive into ``folder`` with the ordinary npm client."""
    version = VERSIONS.get(package)
    command = ["npm", "pack", "--json", f"{package}@{version}" if version else package]
    shell = sys.platform == "win32"  # npm is a .cmd there
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, shell=shell)  # noqa: S603 fixed words
    return folder / Path(json.loads(done.stdout)[0]["filename"]).name


def unpack(archive: Path, files: dict[str, str]) -> dict[str, Any]:
    """Write the wanted files of an archive below ``resources/`` and return its record."""
    hashes: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        about = _member(tar, "package/package.json")
        for inside, target in files.items():
            content = _member(tar, inside)
            path = HERE / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            hashes[target] = hashlib.sha256(content).hexdigest()
    return {
        "version": json.loads(about)["version"],
        "archive_sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
        "files": hashes,
    }


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    stream = tar.extractfile(name)
    if stream is None:
        raise FileNotFoundError(name)
    return stream.read()


# --- local authorities ---------------------------------------------------------------------------

HEADINGS = ("nom", "type", "siren", "insee", "departement", "population", "annee", "codes_postaux")
# Names of our own Kind; « MET69 » is the Métropole de Lyon, an authority of its own sort.
KINDS = {"CC": "CC", "CA": "CA", "CU": "CU", "METRO": "METROPOLE", "MET69": "METROPOLE"}
OVERSEAS_COLLECTIVITIES = frozenset(("975", "977", "978", "984", "986", "987", "988", "989"))
Row = tuple[str, str, str, str, str, int | None, int | None, str]


def authorities(archive: Path) -> list[Row]:
    """Return every commune and every EPCI with taxes of its own, the most populated first."""
    with tarfile.open(archive) as tar:
        communes = json.loads(_member(tar, "package/data/communes.json"))
        groups = json.loads(_member(tar, "package/data/epci.json"))
    present = [each for each in communes if each["type"] == "commune-actuelle"]
    places = {each["code"]: each["departement"] for each in present}
    rows = [*_communes(present), *_groups(groups, places)]
    return sorted(rows, key=lambda row: (-(row[5] or 0), row[1], row[2], row[3]))


def _communes(communes: list[dict[str, Any]]) -> Iterator[Row]:
    """Give the communes with the only population the package has for each of them: *municipale*."""
    for each in communes:
        name, siren, where = plain(each["nom"]), each.get("siren", ""), each["departement"]
        population = each.get("population")  # six uninhabited territories have none
        year = None if population is None else year_of(where, 2023)
        codes = " ".join(each.get("codesPostaux", ()))
        yield name, "COMMUNE", siren, each["code"], where, population, year, codes


def _groups(groups: list[dict[str, Any]], places: dict[str, str]) -> Iterator[Row]:
    """Give the EPCI with their population *totale*, which the texts on local authorities refer to.

    The package does not say where an EPCI sits: its département is where most of its people live.
    """
    for each in groups:
        people: Counter[str] = Counter()
        for member in each["membres"]:
            people[places[member["code"]]] += member["populationTotale"]
        where = max(people, key=lambda code: (people[code], code))
        year = year_of(where, 2022)
        total = each["populationTotale"]
        yield plain(each["nom"]), KINDS[each["type"]], each["code"], "", where, total, year, ""


def year_of(departement: str, usual: int) -> int | None:
    """Return the year of a population of version 6.0.0.

    Its README names its sources. Communes: INSEE's of 2023, in force since 1 January 2026 (they add up to
    68,094,280 without Mayotte and the overseas collectivities, as published for 2023). EPCI: the list of the
    DGCL, still with those of 2022 (Alès counts 45,025 there, as published for 2022). Mayotte was last counted
    in 2017; the overseas collectivities each have years of their own, which the package does not give.
    """
    if departement == "976":
        return 2017
    return None if departement in OVERSEAS_COLLECTIVITIES else usual


def plain(name: str) -> str:
    """Return a name as French is printed: one space between words, real apostrophes and quotation marks."""
    quoted = re.sub(r"(?:''|\")(.+?)(?:''|\")", "«\u00a0\\1\u00a0»", " ".join(name.split()))
    return quoted.replace("'", "’")


def write_authorities(archive: Path) -> dict[str, str]:
    """Write the table of local authorities and return its hash by its path."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_NONE)
    writer.writerow(HEADINGS)
    writer.writerows(authorities(archive))
    content = gzip.compress(text.getvalue().encode(), mtime=0)
    (HERE / AUTHORITIES_FILE).write_bytes(content)
    return {AUTHORITIES_FILE: hashlib.sha256(content).hexdigest()}


def main() -> None:
    """Fetch everything and write ``SOURCES.json``."""
    record: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for package, files in wanted().items():
            archive = fetch(package, Path(folder))
            found = unpack(archive, files)
            if package == AUTHORITIES:
                found["files"] |= write_authorities(archive)
            record[package] = found
    text = json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True)
    (HERE / "SOURCES.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
