"""Headings of lists of other people's making: where they stand and what they mean."""

import pytest

from tests.services.importing import table
from vto_desktop.errors import UserError
from vto_desktop.services import importing
from vto_desktop.services.importing.headings import heading_key


def meanings(text: str, kind: str = "members") -> list[str]:
    layout = importing.layout_of(table(text), kind)
    return [layout.key_of(column) for column in range(len(layout.headings))]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Adhérent", "name"), ("COLLECTIVITÉ", "name"), ("Nom de la structure", "name"),
        ("Dénomination", "name"), ("Raison sociale", "name"), ("Organisme (nom complet)", "name"),
        ("Nom", "name"), ("name", "name"), ("Organization Name", "name"), ("Commune", "name"),
        ("Type d’organisme", "kind"), ("Catégorie", "kind"), ("N° SIREN", "siren"),
        ("Numéro de SIREN", "siren"), ("SIRET du siège", "siret"), ("n°siret", "siret"), ("N° RNA", "rna"),
        ("Code INSEE", "insee"), ("insee_commune", "insee"), ("Dép.", "departement"),
        ("Code département", "departement"), ("Nb d’habitants", "population"),
        ("Population totale", "population"), ("Population municipale 2021", "population"),
        ("Adresse postale", "address"), ("CP", "postcode"), ("Code postal du siège", "postcode"),
        ("Zip", "postcode"), ("Ville", "city"), ("E-mail", "email"), ("Adresse mail", "email"),
        ("Courriel du secrétariat", "email"), ("Tél.", "phone"), ("Telephone", "phone"),
        ("Code service (Chorus Pro)", "chorus_service"), ("Collège", "college"),
        ("Date d’adhésion", "joined_on"), ("Adhérent depuis le", "joined_on"), ("Join date", "joined_on"),
        ("Date de départ", "left_on"), ("Fin d’adhésion", "left_on"), ("Motif du départ", "leaving_reason"),
        ("Sigle", "short_name"), ("Aussi écrit", "aliases"), ("Observations", "notes"),
        ("Titulaire", "titular.name"), ("Nom du titulaire", "titular.name"),
        ("Titulaire – prénom", "titular.first_name"), ("Qualité du suppléant", "substitute.capacity"),
        ("Suppléante", "substitute.name"), ("Titulaire 2", "titular2.name"),
        ("Représentant", "representative.name"), ("Représentant titulaire", "titular.name"),
        ("Représentants", "representatives"), ("Mail suppléant", "substitute.email"),
        ("Cotisation 2021", ""), ("Birth Date", ""), ("Website", ""),
    ],
)  # fmt: skip
def test_a_heading_of_a_list_of_members(heading: str, key: str) -> None:
    alone = heading in ("Nom", "name", "Commune") or key == "name"
    text = f"{heading};x\nA;B" if alone else f"Adhérent;{heading}\nA;B"
    layout = importing.layout_of(table(text), "members", place=0)
    assert layout.key_of(0 if alone else 1) == key


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Adhérent", "member"), ("Collectivité", "member"), ("SIREN", "siren"), ("Représentant", "name"),
        ("Nom et prénom", "name"), ("Titulaire/suppléant", "rank"), ("Rang", "rank"),
        ("Fonction", "capacity"), ("Date de désignation", "starts_on"), ("Depuis le", "starts_on"),
        ("Jusqu’au", "ends_on"), ("Fin", "ends_on"), ("Courriel", "email"), ("Portable", "phone"),
        ("Civilité", "civility"),
    ],
)  # fmt: skip
def test_a_heading_of_a_list_of_representatives(heading: str, key: str) -> None:
    layout = importing.layout_of(table(f"{heading};x\nA;B"), "representatives", place=0)
    assert layout.key_of(0) == key


def test_nom_is_a_last_name_beside_a_first_name_and_a_name_otherwise() -> None:
    assert meanings("Nom;Prénom;Ville\na;b;c") == ["last_name", "first_name", "city"]
    assert meanings("Nom;Ville\na;b") == ["name", "city"]
    assert meanings("Organisme;Nom;Prénom\na;b;c") == ["name", "last_name", "first_name"]
    assert meanings("Adhérent;Nom\na;b", "representatives") == ["member", "name"]
    assert meanings("Adhérent;Nom;Prénom\na;b;c", "representatives") == ["member", "last_name", "first_name"]
    assert meanings("Collectivité;Titulaire nom;Titulaire prénom\na;b;c") == [
        "name", "titular.last_name", "titular.first_name",
    ]  # fmt: skip


def test_a_heading_met_twice_is_taken_once() -> None:
    assert meanings("Nom;Courriel;Courriel;Adresse mail\na;b;c;d") == ["name", "email", "", ""]


def test_titles_above_the_headings_are_passed_over() -> None:
    rows = table("Villes et Territoires Occitanie;;\nListe au 31/12/2021;;\nCollectivité;Type;Dép.\nA;CC;34")
    layout = importing.layout_of(rows, "members")
    assert (layout.place, layout.headings) == (2, ("Collectivité", "Type", "Dép."))


def test_a_line_of_groups_above_says_whose_names_they_are() -> None:
    rows = table(
        """;;Titulaire;;;Suppléant;;
        Collectivité;Dép.;Nom;Prénom;Qualité;Nom;Prénom;Qualité
        A;34;b;c;d;e;f;g"""
    )
    layout = importing.layout_of(rows, "members")
    assert [layout.key_of(column) for column in range(8)] == [
        "name", "departement", "titular.last_name", "titular.first_name", "titular.capacity",
        "substitute.last_name", "substitute.first_name", "substitute.capacity",
    ]  # fmt: skip


def test_a_table_without_known_headings_takes_its_first_full_row_for_them() -> None:
    layout = importing.layout_of([(1, ["x"]), (3, ["a", "b", "c"]), (4, ["d", "e", "f"])], "members")
    assert (layout.place, layout.mapping) == (1, {})
    with pytest.raises(UserError) as refused:
        importing.require_known(layout)
    assert refused.value.code == "COLONNES_NON_RECONNUES"
    assert "«\u00a0a\u00a0», «\u00a0b\u00a0», «\u00a0c\u00a0»" in refused.value.sentence


def test_a_table_may_have_no_headings_at_all() -> None:
    layout = importing.layout_of(table("Limoux;11\nSète;34"), "members", place=-1)
    assert layout.headings == ("Colonne A", "Colonne B")
    assert importing.mapped_by_hand(layout, [("A", "name"), ("b", "departement")]).mapping == {
        0: "name",
        1: "departement",
    }


def test_what_is_mapped_by_hand_wins_and_a_field_has_one_column() -> None:
    layout = importing.layout_of(table("Nom;Mairie;Courriel;Autre courriel\na;b;c;d"), "members")
    by_hand = importing.mapped_by_hand(layout, [("mairie", "name"), ("Autre courriel", "email"), ("Nom", "")])
    assert by_hand.mapping == {1: "name", 3: "email"}
    assert layout.mapping == {0: "name", 2: "email"}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [(("Absente", "name"), "COLONNE_INCONNUE"), (("Nom", "couleur"), "CHAMP_INCONNU")],
)
def test_a_wrong_mapping_by_hand_is_refused(wanted: tuple[str, str], code: str) -> None:
    with pytest.raises(UserError) as refused:
        importing.mapped_by_hand(importing.layout_of(table("Nom;x\na;b"), "members"), [wanted])
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("members", "Courriel;Téléphone"),
        ("representatives", "Nom;Prénom"),
        ("representatives", "Adhérent;Rang"),
    ],
)
def test_a_list_that_says_not_who_is_meant_is_refused(kind: str, headings: str) -> None:
    with pytest.raises(UserError) as refused:
        importing.require_known(importing.layout_of(table(f"{headings}\na;b"), kind))
    assert refused.value.code == "COLONNES_NON_RECONNUES"


def test_every_wording_shipped_is_folded_as_headings_are_and_meant_once() -> None:
    for kind in importing.KINDS:
        for field in importing.fields(kind):
            for wording in (*field.wordings, *field.words):
                assert heading_key(wording) == wording, (kind, field.key, wording)


def test_columns_are_called_as_in_a_spreadsheet() -> None:
    assert [importing.letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
