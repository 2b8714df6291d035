"""SIREN, SIRET and RNA: a wrong number is a warning, a right one is not, whatever its spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vto_desktop.model import Organisation
from vto_desktop.services.identifiers import rna_warning, siren_warning, siret_warning
from vto_desktop.services.organisations import organisation_warnings
from vto_desktop.services.reference import (
    CHARTS,
    account_class,
    chart_accounts,
    departements,
    form_lines,
    form_mapping,
)


def luhn(digits: str) -> str:
    """Return digits with their check figure, computed otherwise than the program does."""
    total = sum(
        sum(divmod(int(each) * (2 if place % 2 == 0 else 1), 10)) for place, each in enumerate(digits[::-1])
    )
    return digits + str(-total % 10)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_a_siren_with_its_check_figure_is_right_and_any_other_is_not(start: str) -> None:
    right = luhn(start)
    assert siren_warning(right) == ""
    assert siren_warning(f"{right[:3]} {right[3:6]}\u00a0{right[6:]}") == ""
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert siren_warning(wrong) != ""


@pytest.mark.parametrize("number", ["", "732 829 320 00074", "356 000 000 00048", "35600000049837"])
def test_right_sirets_raise_no_warning(number: str) -> None:
    assert siret_warning(number) == ""


@pytest.mark.parametrize(
    "number", ["73282932000075", "7328293200007", "35600000049838", "732829320000７4", "abc"]
)
def test_wrong_sirets_do(number: str) -> None:
    assert "vérifiez" in siret_warning(number)


def test_zeros_are_said_to_be_provisional() -> None:
    assert "provisoire" in siret_warning("000 000 000 00000")
    assert "provisoire" in rna_warning("W000000000")


RNAS = {
    "W343012345": True,
    "w9C1000123": True,
    "343012345": False,
    "W34301234": False,
    "W34301234é": False,
    "": True,
}


@pytest.mark.parametrize(("number", "is_right"), RNAS.items())
def test_an_rna_is_a_w_and_nine_characters(number: str, is_right: bool) -> None:
    assert (rna_warning(number) == "") is is_right


def test_a_siret_of_another_siren_is_a_warning() -> None:
    row = Organisation(name="A", siren="200066918", siret="73282932000074")
    assert "ne commence pas" in organisation_warnings(row)["siret"]


# --- the reference data --------------------------------------------------------------------------


def test_every_departement_has_one_name() -> None:
    assert len(departements()) == 101
    assert departements()["34"] == "Hérault"
    assert len(set(departements().values())) == 101


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_has_each_account_once_and_every_class_of_the_result(chart: str) -> None:
    codes = [code for code, _ in chart_accounts(chart)]
    assert len(codes) == len(set(codes)) > 300
    assert all(code.isdigit() and label for code, label in chart_accounts(chart))
    classes = {code[:2] for code in codes}
    assert classes >= {str(n) for n in range(60, 79)} | {"86", "87"}
    for code in codes:
        assert len(code) == 2 or any(code[:n] in codes for n in range(2, len(code))), code
    assert {account_class(code) for code in codes} == {1, 2, 3, 4, 5, 6, 7, 86, 87}


def test_charts_differ_where_the_regulation_renumbered() -> None:
    old, new = dict(chart_accounts("2018")), dict(chart_accounts("2025"))
    assert old["740"].startswith("Subventions")
    assert new["741"].startswith("Subventions")
    assert "79" in old
    assert "79" not in new


def test_the_form_disagrees_with_the_chart_where_the_forms_do() -> None:
    labels = {row["code"]: row["libellé"] for row in form_lines()}
    lines = {(row["plan"], row["préfixe"]): labels[row["ligne"]] for row in form_mapping()}
    for chart in CHARTS:
        assert lines[chart, "73"] == "Dotations et produits de tarification"
        assert lines[chart, "754"] == "Dons manuels, mécénat"
        assert lines[chart, "756"] == "Cotisations"
        assert lines[chart, "870"] == "Dons en nature"
        assert lines[chart, "875"] == "Bénévolat"
        assert lines[chart, "79"] == "Transfert de charges"
    assert lines["2018", "7405"] == lines["2025", "7415"] == "Commune(s)"
