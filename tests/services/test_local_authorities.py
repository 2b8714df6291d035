"""Local authorities of France: none lost, each found however it is written, in no time."""

import gzip
import json
import subprocess
import sys
import time
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french, paths
from vto_desktop.model import LOCAL_AUTHORITIES, Kind, Organisation
from vto_desktop.services import local_authorities
from vto_desktop.services.authority_names import is_same_name, read
from vto_desktop.services.identifiers import siren_warning
from vto_desktop.services.local_authorities import LocalAuthority, fill, find, match, search
from vto_desktop.services.reference import departements

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = paths.resource("reference", "collectivites.csv.gz")
TOWNS, GROUPS = 34_969, 1_255
EXAMPLE: dict[str, dict[str, Any]] = {
    key: held
    for key, held in tomllib.loads(
        (ROOT / "db" / "example" / "organismes.toml").read_text(encoding="utf-8")
    ).items()
    if "siren" in held
}
SPELLINGS = [
    (held["siren"], spelling)
    for held in EXAMPLE.values()
    for spelling in filter(None, (held["nom"], held.get("court"), *held.get("aussi", ())))
]


@cache
def rows() -> list[list[str]]:
    """Read the file otherwise than the program does."""
    return [line.split(";") for line in gzip.decompress(SHIPPED.read_bytes()).decode().splitlines()]


# --- the file ------------------------------------------------------------------------------------


def test_the_file_is_small_and_holds_every_commune_and_epci_once() -> None:
    assert SHIPPED.stat().st_size < 1_000_000
    heading, *held = rows()
    assert heading == ["nom", "type", "siren", "insee", "departement", "population", "annee", "codes_postaux"]
    kinds = Counter(row[1] for row in held)
    assert kinds == {"COMMUNE": TOWNS, "CC": 989, "CA": 230, "METROPOLE": 22, "CU": 14}
    codes = [row[3] for row in held if row[1] == "COMMUNE"]
    assert len(set(codes)) == TOWNS
    assert all(not row[3] for row in held if row[1] != "COMMUNE")
    sirens = [row[2] for row in held if row[2]]
    assert len(sirens) == len(set(sirens)) == TOWNS + GROUPS - 94
    assert not [siren for siren in sirens if siren_warning(siren)]
    overseas = {row[4] for row in held if not row[2]}
    assert overseas == {"975", "977", "978", "984", "986", "987", "988", "989"}


def test_populations_add_up_to_those_published_and_say_their_year() -> None:
    held = rows()[1:]
    people = [int(row[5] or 0) for row in held]
    assert people == sorted(people, reverse=True)
    towns = [row for row in held if row[1] == "COMMUNE"]
    in_force = [row for row in towns if row[4] in departements() and row[4] != "976"]
    assert sum(int(row[5]) for row in in_force) == 68_094_280  # published for 2023, Mayotte apart
    assert {row[6] for row in in_force} == {"2023"}
    groups = [row for row in held if row[1] != "COMMUNE" and row[4] != "976"]
    assert {row[6] for row in groups} == {"2022"}
    assert {row[6] for row in held if row[4] == "976"} == {"2017"}


def test_every_departement_has_its_communes_and_every_name_is_french_print() -> None:
    held = rows()[1:]
    assert set(departements()) <= {row[4] for row in held}
    assert not [row[0] for row in held if "'" in row[0] or '"' in row[0] or "  " in row[0]]
    assert all(row[0] == french.clean(row[0]) for row in held)
    assert Counter(len(code) for row in held for code in row[7].split()) == {5: 35_493}


def test_the_hash_recorded_is_that_of_the_file() -> None:
    import hashlib

    record = json.loads(paths.resource("SOURCES.json").read_text(encoding="utf-8"))
    package = record["@etalab/decoupage-administratif"]
    assert package["version"] == "6.0.0"
    recorded = package["files"]["reference/collectivites.csv.gz"]
    assert hashlib.sha256(SHIPPED.read_bytes()).hexdigest() == recorded
    licence = paths.resource("reference", "LICENSE-decoupage-administratif.txt")
    assert "MIT License" in licence.read_text(encoding="utf-8")


# --- finding -------------------------------------------------------------------------------------


def test_the_example_s_thirteen_authorities_are_those_of_the_reference_data(session: Session) -> None:
    held = session.scalars(select(Organisation).where(Organisation.siren != "")).all()
    assert len(held) == len(EXAMPLE) == 13
    for row in held:
        found = find(siren=row.siren)
        assert found is not None
        taken = ("kind", "insee", "departement", "population", "population_year")
        assert {name: getattr(row, name) for name in taken} == {name: getattr(found, name) for name in taken}


@pytest.mark.parametrize(("siren", "spelling"), SPELLINGS, ids=[spelling for _, spelling in SPELLINGS])
def test_the_report_s_thirteen_authorities_are_found_by_every_spelling(siren: str, spelling: str) -> None:
    assert search(spelling)[0].siren == siren
    assert search(french.sort_key(spelling))[0].siren == siren
    assert search(spelling.upper().replace(" ", "-"))[0].siren == siren


def test_the_five_celles_come_first_with_what_tells_them_apart() -> None:
    found = search("celles")[:5]
    assert [each.name for each in found] == ["Celles"] * 5
    assert {each.departement for each in found} == {"09", "15", "17", "24", "34"}
    assert [each.population for each in found] == sorted((each.population for each in found), reverse=True)  # type: ignore[type-var]
    assert search("celles 34")[0].departement == "34"
    assert search("Celles")[5].name.startswith("Celles-")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lunel", "Lunel"),
        ("ville de lun", "Lunel"),
        ("ca lun", "CA Lunel Agglo"),
        ("lunel agglo", "CA Lunel Agglo"),
        ("34400", "Lunel"),
        ("34 400", "Lunel"),
        ("213 401 458", "Lunel"),
        ("st gilles", "Saint-Gilles"),
        ("ile d yeu", "L’Île-d’Yeu"),
        ("coeur de flandre", "CA Coeur de Flandre"),
        ("hay les roses", "L’Haÿ-les-Roses"),
        ("ville d'avray", "Ville-d’Avray"),
        ("metropole", "Métropole du Grand Paris"),
        ("communauté urbaine", "CU Grand Paris Seine et Oise"),
        ("eu", "Eu"),
        ("y", "Y"),
        ("cahm", "CA Hérault-Méditerranée"),
        ("la rochelle", "La Rochelle"),
        ("œuf en ternois", "Œuf-en-Ternois"),
        ("carcassonne agglom", "CA Carcassonne Agglo"),
    ],
)
def test_what_is_meant_comes_first(typed: str, first: str) -> None:
    assert search(typed)[0].name == first


def test_a_kind_typed_puts_its_own_before_the_others_and_hides_none() -> None:
    plain = search("lunel")
    assert set(search("ca lunel")) == set(search("ville de lunel")) == set(plain)
    assert search("cc du lunel") == plain  # no CC there: as if it were not said
    assert search("ca lunel")[0].kind == Kind.CA
    assert search("ville de lunel")[0].kind == Kind.COMMUNE


@pytest.mark.parametrize("typed", ["", " ", "\0", "%", "_", "zzzz", "'; DROP TABLE member; --", "é" * 5_000])
def test_nothing_is_found_by_nothing_or_by_what_no_name_holds(typed: str) -> None:
    assert search(typed) == []


def test_words_that_thousands_share_are_looked_for_where_the_rare_one_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[int] = []

    def counted(starts: Sequence[int], place: int) -> int:
        looked_at.append(place)
        return bisect_right(starts, place)

    monkeypatch.setattr(local_authorities, "bisect_right", counted)
    assert [each.name for each in search("saint jean vedas")] == ["Saint-Jean-de-Védas"]
    assert len(looked_at) < 100, "of some 4,000 names that have « saint »"


@settings(deadline=None)  # the first of them reads the file
@given(st.text(max_size=40))
def test_any_text_may_be_typed(typed: str) -> None:
    found = search(typed)
    assert len(found) <= local_authorities.MOST
    assert len(set(found)) == len(found)


@settings(deadline=None)
@given(st.data())
def test_every_authority_is_found_by_its_own_name_and_place(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows()[1:]))
    found = search(f"{row[0]} {row[7][:5]}", most=500)
    assert (row[2], row[3]) in {(each.siren, each.insee) for each in found}


def test_more_may_be_asked_for() -> None:
    assert len(search("saint")) == 50
    assert len(search("saint", most=120)) == 120


def test_the_populations_held_are_named() -> None:
    assert local_authorities.populations_sentence().replace("\u00a0", " ") == (
        "Communes : population municipale 2023 (INSEE). Intercommunalités : population totale 2022 (DGCL)."
    )


# --- one alone -----------------------------------------------------------------------------------


def test_one_alone_is_matched_by_name_kind_and_place() -> None:
    def siren(name: str, **where: str) -> str | None:
        found = match(name, **where)
        return found.siren if found else None

    assert siren("Ville de Lunel") == "213401458"
    assert siren("LUNEL", departement="34") == "213401458"
    assert siren("Lunel", kind=Kind.CA.value) == "243400520"
    assert siren("Communauté d’Agglomération du Grand Alès", departement="30") == "200066918"
    assert siren("Celles") is None
    assert siren("Celles", departement="34") == find(insee="34072").siren  # type: ignore[union-attr]
    assert siren("Celles", departement="75") is None
    assert siren("") is None
    assert siren("Association FAIRE ESS") is None


def test_one_is_found_by_its_numbers_written_in_any_way() -> None:
    lunel = find(siren="213 401 458")
    assert lunel == find(insee="34145") == find(siren="000000000", insee=" 34145 ")
    assert isinstance(lunel, LocalAuthority)
    assert lunel.postcodes == ("34400",)
    assert find(insee="2a004").name == "Ajaccio"  # type: ignore[union-attr]
    assert find() is None
    assert find(siren="000000000") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Communauté d’Agglomération du Grand Alès", "CA Alès Agglomération", True),
        ("Montpellier Métropole Méditerranée", "Montpellier Méditerranée Métropole", True),
        ("CC du Grand Orb", "CC Grand Orb Communauté de Communes en Languedoc", True),
        ("Ville de Lunel", "Lunel", True),
        ("Ville de Lunel", "Limoux", False),
        ("CC du Pic Saint-Loup", "CC Vallée de l’Hérault", False),
    ],
)
def test_spellings_of_one_name_are_told_from_another_name(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is is_same_name(other, one) is same


def test_reading_a_name_tells_its_kind_from_its_place() -> None:
    assert read("Communauté de Communes du Pays de Lunel").kinds == {Kind.CC}
    assert read("CU Perpignan Méditerranée Métropole").kinds == {Kind.CU}
    assert read("Ville").words == ("ville",)
    assert read("Ville").kinds == frozenset()


# --- what an organisation takes over -------------------------------------------------------------


def test_an_organisation_is_filled_and_keeps_its_label_and_address() -> None:
    lunel = find(insee="34145")
    assert lunel is not None
    row = Organisation(name="Ville de Lunel")
    fill(row, lunel)
    assert (row.name, row.kind, row.siren, row.insee) == ("Ville de Lunel", "Commune", "213401458", "34145")
    assert (row.departement, row.population, row.population_year) == ("34", 26_623, 2023)
    assert (row.postcode, row.city) == ("34400", "Lunel")
    other = Organisation(name="", city="Montpellier")
    fill(other, lunel)
    assert (other.name, other.postcode or "", other.city) == ("Lunel", "", "Montpellier")


def test_several_postcodes_and_unknown_territories_are_left_to_the_user() -> None:
    paris, papeete = find(insee="75056"), find(insee="98735")
    assert paris is not None
    assert papeete is not None
    assert "postcode" not in local_authorities.values(paris)
    assert local_authorities.values(papeete)["departement"] == ""  # no département of the list
    assert local_authorities.values(papeete)["population_year"] is None
    assert {paris.kind, papeete.kind} <= {kind.value for kind in LOCAL_AUTHORITIES}


# --- time ----------------------------------------------------------------------------------------


def test_importing_the_service_reads_no_file() -> None:
    program = (
        "from vto_desktop.services import local_authorities as found\n"
        "assert not found.is_loaded(); found.search('lunel'); assert found.is_loaded()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


def test_a_thousand_names_are_matched_without_looking_through_the_list() -> None:
    names = [row[0] for row in rows()[1:1001]]
    match("Lunel")  # the file is read
    start = time.process_time()
    for name in names:
        match(name)
    assert time.process_time() - start < 0.5  # 20 ms alone; looking through would take seconds
