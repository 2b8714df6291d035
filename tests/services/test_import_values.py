"""Cells as people and spreadsheets write them: read right, or refused with a sentence."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vto_desktop import french
from vto_desktop.french import Unreadable
from vto_desktop.model import NATURAL_PERSON, Kind
from vto_desktop.services import persons
from vto_desktop.services.importing.values import Surroundings, doubts_of, kind_named, reader_of

COLLEGES = ("Collectivités", "Autres personnes morales")
AROUND = Surroundings({"collectivites": 1, "autres personnes morales": 2}, COLLEGES)


def read(name: str, cell: str, **how: Any) -> Any:
    return reader_of(name, Surroundings(AROUND.colleges, COLLEGES, **how))(cell)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Commune", Kind.COMMUNE), ("ville", Kind.COMMUNE), ("CA", Kind.CA), ("C.A.", Kind.CA),
        ("Communauté d'agglomération", Kind.CA), ("Communauté de Communes", Kind.CC), ("cc", Kind.CC),
        ("GIP", Kind.GIP), ("Groupement d’intérêt public", Kind.GIP), ("Métropole", Kind.METROPOLE),
        ("asso", Kind.ASSOCIATION), ("Département", Kind.DEPARTEMENT),
        ("Conseil départemental", Kind.DEPARTEMENT), ("Service de l’État", Kind.STATE),
        ("Autre établissement public", Kind.PUBLIC), ("Autre", Kind.OTHER),
        ("Personne physique", NATURAL_PERSON), ("Pers. physique", NATURAL_PERSON), ("EPCI", None),
    ],
)  # fmt: skip
def test_a_type_is_known_by_its_synonyms(text: str, kind: str | None) -> None:
    assert read("kind", text) == kind


def test_every_kind_is_known_by_its_own_label() -> None:
    assert [read("kind", kind.value) for kind in Kind] == list(Kind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CA du Grand Pic", Kind.CA), ("Ville de Limoux", Kind.COMMUNE), ("Mairie d’Alès", Kind.COMMUNE),
        ("Communauté de communes du Pic", Kind.CC), ("GIP Politique de la ville", Kind.GIP),
        ("Département du Gard", Kind.DEPARTEMENT), ("Conseil régional d’Occitanie", Kind.REGION),
        ("Association FAIRE ESS", Kind.ASSOCIATION), ("DREETS Occitanie", Kind.STATE),
        ("CCAS de Sète", Kind.PUBLIC), ("Limoux", ""), ("Le Pont", ""),
    ],
)  # fmt: skip
def test_a_name_may_say_the_type(name: str, kind: str) -> None:
    assert kind_named(name) == kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("34", "34"), ("Hérault", "34"), ("herault", "34"), ("34 Hérault", "34"), ("Hérault (34)", "34"),
        ("2a", "2A"), ("9", "09"), ("09", "09"), ("974", "974"), ("Pyrénées-Orientales", "66"),
        ("66 - Pyrénées-Orientales", "66"),
    ],
)  # fmt: skip
def test_a_departement_is_known_by_code_and_name(text: str, code: str) -> None:
    assert read("departement", text) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138176", 138_176), ("138 176", 138_176), ("138\u202f176 hab.", 138_176), ("138.176", 138_176),
        ("1500,0", 1500), ("26 habitants", 26), ("0", None),
    ],
)  # fmt: skip
def test_a_population_is_read_with_its_spaces(text: str, number: int | None) -> None:
    assert read("population", text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("08/12/2021", date(2021, 12, 8)), ("8/12/21", date(2021, 12, 8)), ("2021-12-08", date(2021, 12, 8)),
        ("2021/12/08", date(2021, 12, 8)), ("08.12.2021", date(2021, 12, 8)),
        ("1er mars 2021", date(2021, 3, 1)), ("08/12/2021 14:30", date(2021, 12, 8)),
        ("2021-12-08T00:00:00", date(2021, 12, 8)), ("44538", date(2021, 12, 8)),
        ("44538,0", date(2021, 12, 8)), ("2015", date(2015, 1, 1)), ("15/06/70", date(1970, 6, 15)),
        ("15/06/69", date(2069, 6, 15)), ("08122021", date(2021, 12, 8)),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str, day: date) -> None:
    assert read("joined_on", text) == day


def test_days_counted_from_1904_are_so_read() -> None:
    assert read("joined_on", "43076", starts_1904=True) == date(2021, 12, 8)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("siren", "200 066 918", "200066918"), ("siren", "5470010", "005470010"),
        ("siret", "200066918 00012", "20006691800012"), ("rna", "w341 234 567", "W341234567"),
        ("postcode", "1000", "01000"), ("postcode", "34 000", "34000"),
        ("phone", "468310116", "04 68 31 01 16"), ("phone", "0468310116", "04 68 31 01 16"),
        ("phone", "+33 4 68", "+33 4 68"), ("insee", "1004", "01004"), ("insee", "2a004", "2A004"),
        ("civility", "Madame", "Mme"), ("civility", "Mr", "M."), ("rank", "Suppléante", "Suppléant"),
        ("rank", "titulaire 1", "Titulaire"), ("rank", "et/ou", "et/ou"), ("college", "collectivités", 1),
        ("name", "  Sète\u00a0 \n Agglo ", "Sète\u00a0   Agglo"), ("name", "–", None),
        ("city", "Néant", None), ("notes", "a\nb", "a\nb"), ("name", "A\0B", "AB"),
    ],
)  # fmt: skip
def test_other_values(name: str, text: str, value: Any) -> None:
    assert read(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("joined_on", "31/02/2021", "Février 2021 a 28 jours."), ("joined_on", "hier", "Indiquez une date"),
        ("joined_on", "12/13/2021", "Le mois va de 1 à 12."), ("joined_on", "+30", "Indiquez une date"),
        ("kind", "Bleu", "n’est pas un type"), ("departement", "Atlantide", "n’est pas un département"),
        ("population", "beaucoup", "n’est pas une population"),
        ("population", "-5", "n’est pas une population"), ("population", "1e5", "n’est pas une population"),
        ("population", "NaN", "n’est pas une population"),
        ("population", "999999999", "n’est pas une population"),
        ("population_year", "21", "n’est pas une année"), ("rank", "chef", "n’est pas un rang"),
        ("civility", "Dr", "n’est pas une civilité"),
        ("college", "Élus", "il y a\u00a0: Collectivités, Autres personnes morales"),
        ("name", "#REF!", "erreur du tableur"), ("city", "#N/A", "erreur du tableur"),
        ("name", "x" * 301, "301 caractères"), ("notes", "x" * 200_000, "200\u202f000 caractères"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(name: str, text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=r"^[A-ZÉ«]") as problem:
        read(name, text)
    assert said in str(problem.value)
    assert str(problem.value).endswith(".")


@pytest.mark.parametrize(
    ("name", "value", "doubtful"),
    [
        ("siren", "200066918", False), ("siren", "200066919", True), ("siret", "1", True),
        ("rna", "W341234567", False), ("email", "a@b.fr", False), ("email", "a@b", True),
        ("postcode", "34000", False), ("postcode", "3400", True), ("name", "Limoux", False),
    ],
)  # fmt: skip
def test_a_doubt_is_told_and_refuses_nothing(name: str, value: str, doubtful: bool) -> None:
    check = doubts_of(name)
    assert bool(check and check(value)) is doubtful


@given(
    st.sampled_from(["joined_on", "population", "kind", "departement", "phone", "siren", "name"]), st.text()
)
def test_no_cell_at_all_fails_otherwise_than_by_a_sentence(name: str, text: str) -> None:
    said = ""
    try:
        read(name, text)
    except Unreadable as problem:
        said = str(problem)
    assert not said or said.endswith(".")


@given(st.text(max_size=90))
def test_the_quick_way_through_clean_changes_nothing(text: str) -> None:
    slowly = french.clean(f"\x00{text}", limit=50)  # a control character takes the long way
    assert french.clean(text, limit=50) == slowly


# --- names of persons ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Magalie TOUET", ("", "Magalie", "TOUET")), ("TOUET Magalie", ("", "Magalie", "TOUET")),
        ("Mme TOUET", ("Mme", "", "TOUET")), ("Mme Magalie TOUET", ("Mme", "Magalie", "TOUET")),
        ("Monsieur Jean-Paul Dupré", ("M.", "Jean-Paul", "Dupré")), ("M. DUPRÉ", ("M.", "", "DUPRÉ")),
        ("Touet, Magalie", ("", "Magalie", "Touet")), ("Jean de LA TOUR", ("", "Jean de", "LA TOUR")),
        ("Jean de la Tour", ("", "Jean", "de la Tour")), ("DE LA TOUR Jean", ("", "Jean", "DE LA TOUR")),
        ("Marie d’ORNANO", ("", "Marie", "d’ORNANO")),
        ("Michèle FONT-THURIAL", ("", "Michèle", "FONT-THURIAL")), ("Dupont", ("", "", "Dupont")),
        ("Mme", ("", "", "Mme")), ("Dupont Marie", ("", "Marie", "Dupont")),
        ("J. MARTIN", ("", "J.", "MARTIN")), ("", ("", "", "")),
    ],
)  # fmt: skip
def test_the_name_of_a_person_is_parted(text: str, name: tuple[str, str, str]) -> None:
    assert persons.split_name(text, first_names={"marie"}) == name


def test_two_orders_of_one_name_share_their_key() -> None:
    assert persons.name_key("Magalie", "TOUET") == persons.name_key("touet magalie")
