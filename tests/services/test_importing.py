"""Lists are imported: known members are found again, doubles are flagged, nothing is written twice."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.services.importing import changes_nothing, imported, member, planned, sent, states
from tests.store.samples import dump, history
from vto_desktop.model import Kind, Member, Organisation, Person
from vto_desktop.services import importing, local_authorities, members, organisations
from vto_desktop.services.importing import Plan, State
from vto_desktop.services.lists import LISTS
from vto_desktop.store import Dossier, open_dossier

LIST = """
Collectivité;Type;SIREN;Dép.;Population;Courriel;Tél.;Titulaire;Qualité titulaire;Suppléant;Date d’adhésion
Ville de Limoux;commune;;11;;m@example.org;468310116;Mme Magalie TOUET;adjointe;DUPRÉ Jean-Paul;01/01/2015
CA du Grand Pic;CA;;Hérault;50 200;;;Anne MARTIN;;;
Association Le Pont;asso;;;;pont@example.org;;;;;44197
M. Paul DURAND;personne physique;;34;;;;;;;
"""


@pytest.fixture
def empty(empty_file: Path, tmp_path: Path) -> Iterator[Dossier]:
    with open_dossier(Path(shutil.copy(empty_file, tmp_path / "vide.vto"))) as opened:
        yield opened


@pytest.fixture
def example(example_file: Path, tmp_path: Path) -> Iterator[Dossier]:
    with open_dossier(Path(shutil.copy(example_file, tmp_path / "exemple.vto"))) as opened:
        yield opened


def row(plan: Plan, number: int) -> importing.PlannedRow:
    return next(each for each in plan.rows if each.number == number)


# --- into an empty dossier -----------------------------------------------------------------------


def test_a_list_becomes_members_with_those_who_represent_them(empty: Dossier) -> None:
    plan = imported(empty, LIST)
    assert states(plan) == ["Nouveau"] * 4
    with empty.read() as session:
        limoux = member(session, "Ville de Limoux")
        assert limoux.organisation is not None
        assert (limoux.kind, limoux.departement, limoux.joined_on) == (Kind.COMMUNE, "11", date(2015, 1, 1))
        assert limoux.organisation.siren == "211102066"  # by the official list, as its population
        assert limoux.organisation.population
        assert (limoux.organisation.email, limoux.organisation.phone) == (
            "m@example.org",
            "04 68 31 01 16",
        )
        assert sent(session, "Ville de Limoux") == [
            ("Magalie TOUET", "Titulaire", "adjointe", None),
            ("Jean-Paul DUPRÉ", "Suppléant", "", None),
        ]
        touet = session.scalars(select(Person).where(Person.last_name == "TOUET")).one()
        assert touet.civility == "Mme"
        pic = member(session, "CA du Grand Pic")
        assert pic.organisation is not None
        assert (pic.kind, pic.organisation.population, pic.college.name) == (Kind.CA, 50_200, "Collectivités")
        pont = member(session, "Association Le Pont")
        assert (pont.college.name, pont.joined_on) == ("Autres personnes morales", date(2021, 1, 1))
        durand = member(session, "DURAND")
        assert (durand.name, durand.college.name, durand.departement) == (
            "Paul DURAND",
            "Personnes physiques",
            "34",
        )
        assert durand.person is not None
        assert durand.person.civility == "M."


def test_importing_again_adds_nothing_and_changes_nothing(empty: Dossier) -> None:
    imported(empty, LIST)
    before, steps = dump(empty), len(history(empty))
    assert changes_nothing(imported(empty, LIST))
    assert (dump(empty), len(history(empty))) == (before, steps)


def test_an_import_is_one_step_that_undo_takes_back_exactly(example: Dossier) -> None:
    before = dump(example)
    imported(example, LIST)
    assert history(example)[0].label == "Importer 4\u00a0adhérents (liste.csv)"
    after = dump(example)
    assert after != before
    example.undo()
    assert dump(example) == before
    example.redo()
    assert dump(example) == after


def test_what_is_imported_is_found_and_sorted_like_what_is_typed(empty: Dossier) -> None:
    imported(empty, LIST)
    before = dump(empty)
    with empty.write("Recalculer") as session:
        ids = list(session.scalars(select(Member.id)))
        members.refresh_keys(session, ids)
        organisations.refresh_keys(session, list(session.scalars(select(Organisation.id))))
    assert dump(empty) == before
    with empty.read() as session:
        found = LISTS["members"].ids(session, text="touet")
        assert [session.get_one(Member, row_id).name for row_id in found] == ["Ville de Limoux"]


def test_nothing_is_written_when_the_import_fails_at_its_end(
    example: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, steps = dump(example), len(history(example))
    monkeypatch.setattr(members, "refresh_keys", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported(example, LIST)
    assert (dump(example), len(history(example))) == (before, steps)


def test_giving_up_half_way_writes_nothing(empty: Dossier) -> None:
    class GivenUp(Exception):
        pass

    def progress(done: int, total: int) -> None:
        assert 0 < done <= total
        raise GivenUp

    before = dump(empty)
    with empty.read() as session:
        plan = planned(session, LIST)
    with pytest.raises(GivenUp), empty.write("Importer") as session:
        importing.apply(session, plan.chosen(), progress)
    assert dump(empty) == before


# --- members that are there already --------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Nom;SIREN\nUn autre nom;200066918",
        "Nom;SIRET\nUn autre nom;20006691800012",
        "Nom\nAlès Agglomération",
        "Nom\nALES AGGLOMERATION",
        "Nom;Type\nCA Alès Agglomération;CA",
        "Nom\nCommunauté d’agglomération d’Alès",
        "SIREN\n200066918",
    ],
)
def test_a_member_is_found_by_its_number_or_any_spelling(example: Dossier, text: str) -> None:
    with example.read() as session:
        plan = planned(session, text)
    assert [each.name for each in plan.rows] == ["Alès Agglomération"]
    assert plan.rows[0].state in (State.SAME, State.UPDATE)


def test_the_label_of_a_member_stays_and_another_spelling_is_kept_beside_it(example: Dossier) -> None:
    plan = imported(example, "Nom;SIREN\nGrand Alès;200066918")
    assert plan.rows[0].what == "aussi écrit «\u00a0Grand Alès\u00a0»"
    with example.read() as session:
        holder = member(session, "Alès Agglomération").organisation
        assert holder is not None
        assert "Grand Alès" in [alias.name for alias in holder.aliases]
        assert LISTS["members"].ids(session, text="grand ales") == [member(session, "Alès Agglomération").id]
    assert changes_nothing(imported(example, "Nom\nGrand Alès"))


def test_what_differs_is_brought_up_to_date_and_empty_cells_erase_nothing(example: Dossier) -> None:
    text = "Nom;Courriel;Tél.;Population;Adhésion\nAlès Agglomération;contact@example.org;;140 000;15/03/2016"
    plan = imported(example, text)
    assert plan.rows[0].what == (
        "population 138\u202f176 → 140\u202f000 · courriel contact@example.org · adhésion 15/03/2016"
    )
    with example.read() as session:
        kept = member(session, "Alès Agglomération")
        assert kept.organisation is not None
        assert (kept.organisation.population, kept.organisation.population_year) == (140_000, None)
        assert (kept.population_key, kept.joined_on) == (140_000, date(2016, 3, 15))
        assert kept.organisation.siren == "200066918"
    assert changes_nothing(imported(example, "Nom;Courriel;Tél.\nAlès Agglomération;;"))


def test_another_way_to_write_the_same_is_no_change(example: Dossier) -> None:
    imported(example, "Nom;Tél.;Courriel;CP\nAlès Agglomération;04 66 56 00 00;A@example.org;30100")
    text = "Nom;Tél.;Courriel;CP;SIREN\nAlès Agglomération;+33 466560000;a@EXAMPLE.org;30 100;200 066 918"
    assert changes_nothing(imported(example, text))


@pytest.mark.parametrize(
    "text",
    [
        "Nom;Dép.\nAlès Agglomération;34",
        "Nom;SIREN\nAlès Agglomération;243000000",
        "Nom;Type\nAlès Agglomération;GIP",
    ],
)
def test_the_same_name_elsewhere_is_somebody_else(example: Dossier, text: str) -> None:
    with example.read() as session:
        assert states(planned(session, text)) == ["Nouveau"]


def test_five_communes_called_celles_are_five(empty: Dossier) -> None:
    text = "Nom;Dép.\nCelles;34\nCelles;09\nCelles;15\nCelles;17\nCelles;24\nCelles;09"
    plan = imported(empty, text)
    assert states(plan) == ["Nouveau"] * 5 + ["Doublon"]
    with empty.read() as session:
        sirens = set(session.scalars(select(Organisation.siren).where(Organisation.name == "Celles")))
    assert len(sirens) == 5
    again = imported(empty, text)
    assert states(again) == ["Inchangé"] * 5 + ["Doublon"]


def test_a_name_of_several_places_is_told_to_be_in_doubt(empty: Dossier) -> None:
    with empty.read() as session:
        plan = planned(
            session, "Nom;Type;Dép.\nCelles;commune;\nCelles;;\nCelles;commune;34\nCelles;asso;\nAgde;;"
        )
        assert [[each.sentence for each in row.doubts] for row in plan.rows] == [
            [local_authorities.SEVERAL], [local_authorities.SEVERAL], [], [], [],
        ]  # fmt: skip
        assert plan.rows[0].doubts[0].column == "Dép.", "where the answer is typed"
        assert not planned(session, "Nom\nCelles", completes=False).rows[0].doubts


def test_of_two_of_one_name_the_member_is_meant(example: Dossier) -> None:
    with example.write("Saisir un homonyme") as session:
        organisations.save_organisation(session, Organisation(name="ales agglomeration"))
    with example.read() as session:
        assert states(planned(session, "Nom\nAlès Agglomération")) == ["Inchangé"]
        text = "Adhérent;Représentant\nAlès Agglomération;Paul DURAND"
        assert states(planned(session, text, "representatives")) == ["Nouveau"]


def test_an_organisation_of_the_dossier_may_become_a_member(example: Dossier) -> None:
    with example.read() as session:
        before = session.scalar(select(func.count()).select_from(Organisation))
    plan = imported(example, "Nom;Adhésion\nDREETS Occitanie;01/01/2022")
    assert plan.rows[0].what.startswith("déjà dans le dossier, devient adhérent")
    with example.read() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == before
        assert member(session, "DREETS Occitanie").joined_on == date(2022, 1, 1)


def test_who_left_and_came_back_gets_a_second_membership(example: Dossier) -> None:
    imported(example, "Nom;Départ;Motif\nAlès Agglomération;31/12/2021;fin de contrat")
    with example.read() as session:
        assert states(planned(session, "Nom;Courriel\nAlès Agglomération;")) == ["Inchangé"]
    plan = imported(example, "Nom;Adhésion\nAlès Agglomération;01/01/2023")
    assert states(plan) == ["Nouveau"]
    with example.read() as session:
        found = session.scalars(
            select(Member)
            .join(Organisation)
            .where(Organisation.name == "Alès Agglomération")
            .order_by(Member.id)
        )
        assert [(each.joined_on, each.left_on, each.leaving_reason) for each in found] == [
            (None, date(2021, 12, 31), "fin de contrat"),
            (date(2023, 1, 1), None, ""),
        ]
    assert changes_nothing(imported(example, "Nom;Adhésion\nAlès Agglomération;01/01/2023"))


@pytest.mark.parametrize("holder", ["Ville d’Essai;34;commune", "Zoé PETIT;34;personne physique"])
def test_two_times_of_one_member_in_a_file_are_one_holder_and_two_memberships(
    empty: Dossier, holder: str
) -> None:
    rows = ("2010;31/12/2015", "2018;", "2019;")
    text = "Nom;Dép.;Type;Adhésion;Départ\n" + "\n".join(f"{holder};{row}" for row in rows)
    plan = imported(empty, text)
    assert states(plan) == ["Nouveau", "Nouveau", "Doublon"]
    assert plan.rows[2].what == "Même adhérent que la ligne 3."
    with empty.read() as session:
        held = session.scalars(select(Member).order_by(Member.joined_on)).all()
        assert [(each.joined_on, each.left_on) for each in held] == [
            (date(2010, 1, 1), date(2015, 12, 31)),
            (date(2018, 1, 1), None),
        ]
        assert len({(each.organisation_id, each.person_id) for each in held}) == 1
        assert held[0].search_key == held[1].search_key != ""
    assert states(imported(empty, text)) == ["Inchangé", "Inchangé", "Doublon"]


# --- doubles -------------------------------------------------------------------------------------


def test_a_second_row_on_one_member_is_flagged_and_cannot_be_ticked(example: Dossier) -> None:
    text = "Nom;Courriel\nAlès Agglomération;a@example.org\nCA d’Alès;b@example.org"
    with example.read() as session:
        plan = planned(session, text)
    assert states(plan) == ["Mis à jour", "Doublon"]
    assert plan.rows[1].what == "Même adhérent que la ligne 2."
    assert not plan.rows[1].can_tick


def test_what_only_resembles_a_member_is_flagged_unticked_and_may_be_added(example: Dossier) -> None:
    text = "Nom\nAlès"
    plan = imported(example, text)
    assert states(plan) == ["Doublon"]
    assert "Ressemble à «\u00a0Alès Agglomération\u00a0»" in plan.rows[0].what
    assert plan.chosen() == []
    chosen = plan.chosen([2])
    assert len(chosen) == 1
    with example.write("Importer") as session:
        importing.apply(session, chosen)
    with example.read() as session:
        assert member(session, "Alès").kind == Kind.COMMUNE  # as the official list has it


def test_a_total_and_repeated_headings_are_left_out(example: Dossier) -> None:
    with example.read() as session:
        plan = planned(session, "Nom;Population\nAlès Agglomération;138176\nNom;Population\nTotal : 1;138176")
    assert states(plan) == ["Inchangé", "Ignorée", "Ignorée"]


# --- problems ------------------------------------------------------------------------------------


def test_every_problem_is_told_with_its_row_and_column(example: Dossier) -> None:
    with example.read() as session:
        plan = planned(
            session,
            """Nom;Type;Adhésion;Départ;Courriel
            ;commune;;;
            A;bleu;31/02/2021;;
            B;;01/01/2022;01/01/2021;x
            C;;;;""",
            is_text=True,
        )
    assert states(plan) == ["À corriger"] * 3 + ["Nouveau"]
    assert [(each.row, each.column) for each in plan.problems] == [
        (2, "Nom"), (3, "Type"), (3, "Adhésion"), (4, "Départ"),
    ]  # fmt: skip
    assert [(each.row, each.column) for each in plan.doubts] == [(4, "Courriel")]
    assert [each.number for each in plan.chosen([2, 3, 4, 5])] == [5]


def test_a_shifted_row_of_a_text_is_a_problem_and_a_remark_in_a_workbook_is_none(example: Dossier) -> None:
    text = "Nom;Ville\nA;B;C"
    with example.read() as session:
        assert states(planned(session, text, is_text=True)) == ["À corriger"]
        assert states(planned(session, text)) == ["Nouveau"]


def test_two_persons_of_one_name_are_not_guessed(example: Dossier) -> None:
    with example.write("Homonymes") as session:
        session.add_all(
            Person(first_name="Anne", last_name="MARTIN", email=f"{n}@example.org") for n in (1, 2)
        )
    text = "Nom;Titulaire;Mail titulaire\nAlès Agglomération;Anne MARTIN;{}"
    with example.read() as session:
        assert states(planned(session, text.format(""))) == ["À corriger"]
        plan = planned(session, text.format("2@example.org"))
    assert states(plan) == ["Mis à jour"]
    assert plan.rows[0].work is not None
    assert plan.rows[0].work.seats[0].person.id is not None


# --- the official list ---------------------------------------------------------------------------


def test_the_official_list_fills_in_what_the_file_does_not_say_and_no_more(empty: Dossier) -> None:
    text = "Nom;Population;Dép.\nAgde;30 000;\nVauvert;;"
    plan = imported(empty, text)
    assert "liste officielle" in row(plan, 2).what
    with empty.read() as session:
        agde = member(session, "Agde").organisation
        assert agde is not None
        assert (agde.population, agde.population_year, agde.departement, agde.kind) == (
            30_000, None, "34", Kind.COMMUNE,
        )  # fmt: skip
        assert agde.siren == "213400039"
    assert changes_nothing(imported(empty, text))


def test_it_is_left_out_on_demand_in_doubt_and_for_what_is_no_local_authority(empty: Dossier) -> None:
    with empty.read() as session:
        plan = planned(session, "Nom\nAgde", completes=False)
        assert "liste officielle" not in plan.rows[0].what
        plan = planned(session, "Nom;Type\nAgde;asso\nCelles;\nAssociation Agde;")
        assert not [each for each in plan.rows if "liste officielle" in each.what]
    imported(empty, "Nom;Type\nAgde;asso")
    with empty.read() as session:
        assert member(session, "Agde").kind == Kind.ASSOCIATION
