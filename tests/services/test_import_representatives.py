"""Those who represent members are imported, from lists of their own or from rows of members."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.services.importing import changes_nothing, imported, member, planned, sent, states
from tests.store.samples import dump
from vto_desktop.model import Person, Representative
from vto_desktop.services.importing import State
from vto_desktop.store import Dossier, open_dossier


@pytest.fixture
def example(example_file: Path, tmp_path: Path) -> Iterator[Dossier]:
    with open_dossier(Path(shutil.copy(example_file, tmp_path / "exemple.vto"))) as opened:
        yield opened


LIST = """
Collectivité;Civilité;Prénom;Nom;Rang;Qualité;Courriel;Téléphone;Depuis;Jusqu’au
Alès Agglomération;Mme;Magalie;TOUET;titulaire;vice-présidente;m.touet@example.org;0466000000;01/01/2022;
CA d’Alès;M.;Paul;DURAND;suppléant;;;;01/01/2022;31/12/2023
Ville de Limoux;Mme;Magalie;TOUET;et/ou;conseillère;;;;
"""


def test_a_list_of_representatives_is_imported_once(example: Dossier) -> None:
    with example.read() as session:
        before = session.scalar(select(func.count()).select_from(Person))
    plan = imported(example, LIST, "representatives")
    assert states(plan) == ["Nouveau"] * 3
    assert plan.rows[0].what == "Nouveau représentant · Titulaire · vice-présidente · depuis le 01/01/2022"
    with example.read() as session:
        assert sent(session, "Alès Agglomération")[-2:] == [
            ("Magalie TOUET", "Titulaire", "vice-présidente", date(2022, 1, 1)),
            ("Paul DURAND", "Suppléant", "", date(2022, 1, 1)),
        ]
        assert ("Magalie TOUET", "et/ou", "conseillère", None) in sent(session, "Ville de Limoux")
        assert (
            session.scalar(select(func.count()).select_from(Person)) == (before or 0) + 1
        )  # Magalie TOUET is there
        touet = session.scalars(select(Person).where(Person.last_name == "TOUET")).one()
        assert (touet.email, touet.phone) == ("m.touet@example.org", "04 66 00 00 00")
        places = session.scalars(
            select(Representative.position)
            .where(Representative.member_id == member(session, "Alès Agglomération").id)
            .order_by(Representative.position)
        ).all()
        assert len(set(places)) == len(places)
    before_again = dump(example)
    assert changes_nothing(imported(example, LIST, "representatives"))
    assert dump(example) == before_again
    example.undo()
    with example.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == before


@pytest.mark.parametrize("name", ["Serge BORD", "BORD Serge", "M. Serge Bord", "Bord, Serge", "M. BORD"])
def test_a_person_is_found_however_the_name_is_written(example: Dossier, name: str) -> None:
    text = f"Adhérent;Représentant;Courriel\nAlès Agglomération;{name};s.bord@example.org"
    plan = imported(example, text, "representatives")
    assert states(plan) == ["Mis à jour"]
    assert plan.rows[0].what == "coordonnées d’un représentant"
    with example.read() as session:
        bords = session.scalars(select(Person).where(Person.last_name == "BORD")).all()
        assert [each.email for each in bords] == ["s.bord@example.org"]
    assert changes_nothing(imported(example, text, "representatives"))


def test_who_represents_a_member_again_gets_a_second_time(example: Dossier) -> None:
    imported(
        example, "Adhérent;Représentant;Fin\nAlès Agglomération;Serge BORD;31/12/2021", "representatives"
    )
    text = "Adhérent;Représentant;Depuis\nAlès Agglomération;Serge BORD;01/01/2023"
    assert states(imported(example, text, "representatives")) == ["Nouveau"]
    with example.read() as session:
        held = [each for each in sent(session, "Alès Agglomération") if each[0] == "Serge BORD"]
    assert [each[3] for each in held] == [None, date(2023, 1, 1)]
    assert changes_nothing(imported(example, text, "representatives"))


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("Nulle Part;X Y;;", "Adhérent", "Aucun adhérent ne s’appelle"),
        ("Alès;X Y;;", "Adhérent", "est-ce «\u00a0Alès Agglomération\u00a0»"),
        ("DREETS Occitanie;X Y;;", "Adhérent", "n’est pas adhérent"),
        (";X Y;;", "Adhérent", "Indiquez l’adhérent"),
        ("Alès Agglomération;;;", "Représentant", "Indiquez le nom"),
        ("Alès Agglomération;X Y;01/01/2022;01/01/2021", "Fin", "La fin doit suivre"),
        ("Alès Agglomération;X Y;30/02/2022;", "Depuis", "Février 2022 a 28 jours"),
    ],
)
def test_what_is_wrong_is_told_with_its_column(example: Dossier, row: str, column: str, said: str) -> None:
    with example.read() as session:
        plan = planned(session, f"Adhérent;Représentant;Depuis;Fin\n{row}", "representatives")
    assert states(plan) == ["À corriger"]
    assert [each.column for each in plan.problems] == [column]
    assert said in plan.problems[0].sentence
    assert plan.chosen() == plan.chosen([2]) == []


def test_the_same_representative_twice_in_a_file_is_flagged(example: Dossier) -> None:
    text = "Adhérent;Représentant\nAlès Agglomération;Paul DURAND\nCA d’Alès;DURAND Paul"
    plan = imported(example, text, "representatives")
    assert states(plan) == ["Nouveau", "Doublon"]
    assert plan.rows[1].what == "Même représentant que la ligne 2."
    assert not plan.rows[1].can_tick


# --- named in the rows of members ----------------------------------------------------------------


def test_up_to_several_representatives_stand_in_the_row_of_their_member(example: Dossier) -> None:
    text = """;;Titulaire;;;Suppléant;;;;
    Adhérent;Type;Nom;Prénom;Qualité;Nom;Prénom;Qualité;Titulaire 2;Suppléant 2
    Ville d’Essai;commune;TOUET;Magalie;adjointe;DURAND;Paul;conseiller;Anne MARTIN;LE GALL Yann"""
    imported(example, text)
    with example.read() as session:
        assert [each[:3] for each in sent(session, "Ville d’Essai")] == [
            ("Magalie TOUET", "Titulaire", "adjointe"),
            ("Paul DURAND", "Suppléant", "conseiller"),
            ("Anne MARTIN", "Titulaire", ""),
            ("Yann LE GALL", "Suppléant", ""),
        ]
    assert changes_nothing(imported(example, text))


def test_names_in_one_cell_and_the_contact_of_a_row_represent_the_member(example: Dossier) -> None:
    imported(
        example,
        "Adhérent;Type;Représentants\nVille d’Essai;commune;Magalie TOUET, Paul DURAND et/ou Anne MARTIN",
    )
    imported(
        example, "Structure;Type;Civilité;Nom;Prénom;Fonction\nVille d’Autre;commune;Mme;TOUET;Magalie;maire"
    )
    with example.read() as session:
        assert [each[0] for each in sent(session, "Ville d’Essai")] == [
            "Magalie TOUET",
            "Paul DURAND",
            "Anne MARTIN",
        ]
        assert sent(session, "Ville d’Autre") == [("Magalie TOUET", "Titulaire", "maire", None)]
        assert len(session.scalars(select(Person).where(Person.last_name == "TOUET")).all()) == 1


def test_a_person_new_in_several_rows_is_made_once(example: Dossier) -> None:
    text = "Adhérent;Type;Titulaire\nVille d’Une;commune;Magalie TOUET\nVille d’Autre;commune;TOUET Magalie"
    imported(example, text)
    with example.read() as session:
        assert len(session.scalars(select(Person).where(Person.last_name == "TOUET")).all()) == 1
        assert member(session, "Ville d’Une").search_key.endswith("magalie touet")
    assert changes_nothing(imported(example, text))


def test_what_our_own_list_notes_behind_a_name_is_no_part_of_it(example: Dossier) -> None:
    for note in ("", " et/ou", " +1 suppl.", " et/ou +1 suppl.", " +2"):
        with example.read() as session:
            plan = planned(session, f"Adhérent;Représentant\nAlès Agglomération;Serge BORD{note}")
        assert plan.rows[0].state is State.SAME, note
