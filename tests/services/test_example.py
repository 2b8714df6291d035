"""The 2021 example says what the association's report says, to the cent, and shows nobody in default."""

import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.services.conftest import YEAR_END
from vto_desktop.errors import UserError
from vto_desktop.model import Association, Convention, Dues, Organisation, Person, Receipt
from vto_desktop.services import dashboard, dues, example, funding_state, summaries
from vto_desktop.services.identifiers import siren_warning
from vto_desktop.services.lists import counts
from vto_desktop.store import create_dossier


def test_its_income_is_the_report_s_shares_of_400_000_euros(session: Session) -> None:
    finance = summaries.finance(session, 2021)
    assert finance.income_total == 40_000_000
    assert {"/".join(each.path): each.amount for each in finance.sources} == {
        "État": 31_600_000,
        "État/DREETS": 22_400_000,
        "État/DDETS": 8_000_000,
        "État/DRAC": 1_200_000,
        "Collectivités": 7_200_000,
        "Collectivités/Adhésions": 6_400_000,
        "Collectivités/Subventions ciblées": 800_000,
        "Autres": 1_200_000,
    }


def test_its_expenses_and_result_are_those_of_the_report(session: Session) -> None:
    finance = summaries.finance(session, 2021)
    assert [(each.account_class, each.amount) for each in finance.expenses] == [
        ("64", 15_876_000), ("62", 9_860_000), ("61", 9_525_600), ("68", 2_116_400),
        ("63", 1_186_000), ("60", 924_000), ("65", 164_000), ("66", 38_000),
    ]  # fmt: skip
    assert finance.expense_total == 39_690_000
    assert finance.result == 310_000
    assert finance.in_kind_used == finance.in_kind_given == 360_000


def test_its_forecast_is_balanced_by_class(session: Session) -> None:
    finance = summaries.finance(session, 2021)
    assert finance.income_forecast == finance.expense_forecast == 39_200_000
    forecasts = {
        each.account_class: each.forecast // 100 for each in (*finance.expenses, *finance.income_classes)
    }
    assert forecasts == {
        "60": 9_000, "61": 92_000, "62": 94_000, "63": 12_000, "64": 160_000, "65": 1_500, "66": 500,
        "68": 23_000, "70": 13_000, "74": 315_000, "75": 64_000, "76": 0,
    }  # fmt: skip


def test_it_prints_the_report_s_sentences(session: Session) -> None:
    finance = summaries.finance(session, 2021)
    assert finance.sentence.replace("\u00a0", " ") == (
        "Les ressources 2021 proviennent pour 79 % de l’État, pour 18 % des collectivités, 3 % autres."
    )
    assert finance.authority_sentence.replace("\u00a0", " ") == (
        "10 % en 2018, 16 % en 2019 et 2020, 18 % en 2021, dont subventions 2 %, 4 %, 4 %, 2 %."
    )
    assert finance.expense_sentence.replace("\u00a0", " ") == (
        "40 % des dépenses sont des charges de personnel, 24 % des services extérieurs. "
        "Les frais de fonctionnement augmentent de 8 %, la masse salariale de 5 %."
    )


def test_every_published_share_is_what_the_dossier_computes(session: Session) -> None:
    finance = summaries.finance(session, 2021)
    shares = {each.measure: each for each in finance.published if each.unit == "%"}
    assert {name: each.computed for name, each in shares.items()} == {
        name: each.value for name, each in shares.items()
    }
    assert shares["change:6"].value == 800
    assert shares["change:64"].value == 500
    heads = {each.measure: each.value // 100 for each in finance.published if each.unit != "%"}
    assert heads == {"participants": 540, "participants_events": 587, "participants_unique": 386}


def test_its_series_shows_published_and_computed_shares(session: Session) -> None:
    series = summaries.finance(session, 2021).authority_shares
    assert [(each.year, each.total, each.subsidies, each.is_published) for each in series] == [
        (2018, 1000, 200, True), (2019, 1600, 400, True), (2020, 1600, 400, True),
        (2021, 1800, 200, True), (2021, 1800, 200, False),
    ]  # fmt: skip


def test_its_sixteen_members_are_counted_by_kind_college_and_place(session: Session) -> None:
    membership = summaries.membership(session, YEAR_END)
    assert dict(membership.by_kind) == {
        "Communauté d’agglomération": 6, "Commune": 4, "Communauté de communes": 2, "Métropole": 1,
        "GIP": 1, "Association": 1, "Personne physique": 1,
    }  # fmt: skip
    assert dict(membership.by_college) == {
        "Collectivités": 13, "Autres personnes morales": 2, "Personnes physiques": 1,
    }  # fmt: skip
    assert membership.by_departement == (("Hérault", 7), ("Gard", 5), ("Aude", 3), ("Non renseigné", 1))
    assert membership.population == 1_431_521
    assert membership.sentence.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Au 31 décembre 2021, l’association compte 16 adhérents : 13 collectivités (1 431 521 habitants), "
        "2 autres personnes morales et 1 personne physique. 17 personnes les représentent."
    )


def test_representatives_are_printed_as_the_report_prints_them(session: Session) -> None:
    members = {each.name: each for each in summaries.membership(session, YEAR_END).members}
    lodevois = members["Communauté de Communes Lodévois et Larzac"].representatives
    assert [(each.rank_text, each.name, each.capacity) for each in lodevois] == [
        ("", "Gaelle LÉVÊQUE",
         "maire de Lodève, 1ère vice-présidente de la communauté de communes du Lodévois Larzac"),
        ("et/ou", "Joëlle GOUDAL", "maire de Celles et déléguée à la politique de la ville"),
    ]  # fmt: skip
    montpellier = members["Montpellier Méditerranée Métropole"].representatives
    assert [(each.rank_text, each.name) for each in montpellier] == [
        ("", "Clara GIMENEZ"), ("suppléante", "Coralie MANTION"),
    ]  # fmt: skip
    assert montpellier[1].capacity == "élue déléguée à l'Aménagement durable du territoire, Urbanisme"
    assert members["Didier LAPORTE"].representatives == ()
    assert members["Didier LAPORTE"].capacity == "DGS Vias, en tant que personne physique"


def test_its_bureau_has_seven_officers_since_the_council_of_december_2020(session: Session) -> None:
    board = summaries.board(session, YEAR_END)
    assert board.bureau_since == "Depuis le conseil d’administration du 2 décembre 2020"
    assert [(each.office, each.person) for each in board.officers] == [
        ("Présidente", "Magalie TOUET"), ("Vice-présidente", "Clara GIMENEZ"),
        ("Vice-présidente", "Gaelle LÉVÊQUE"), ("Vice-président", "Josian RIBES"),
        ("Trésorier", "Didier LAPORTE"), ("Secrétaire", "Catherine PÉCASTAING"),
        ("Secrétaire adjoint", "Serge BORD"),
    ]  # fmt: skip
    groups = {each.office_group for each in board.officers[1:4]}
    assert groups == {"Vice-Président.es (ordre alphabétique)"}
    assert board.officers[6].member == "Alès Agglomération et GIP Politique de la Ville Alès Cévennes"
    assert board.officers[5].capacity.startswith(
        "adjointe au maire, déléguée à la politique de la ville, Pont"
    )


def test_its_council_has_sixteen_seats_in_the_order_of_colleges(session: Session) -> None:
    board = summaries.board(session, YEAR_END)
    assert len(board.seats) == 16
    assert sum(len(seat.mandates) for seat in board.seats) == 19
    assert [seat.member for seat in board.seats[-3:]] == [
        "Association FAIRE ESS", "GIP Politique de la Ville Alès Cévennes", "Didier LAPORTE",
    ]  # fmt: skip
    shared = next(seat for seat in board.seats if seat.member.endswith("Gard rhodanien"))
    assert [(each.person, each.rank_text) for each in shared.mandates] == [
        ("Michèle FONT-THURIAL", ""), ("Catherine PÉCASTAING", "et/ou"),
    ]  # fmt: skip


def test_a_person_with_two_seats_exists_once(session: Session) -> None:
    held = select(func.count()).select_from(Person).where(Person.last_name == "BORD")
    assert session.scalar(held) == 1


def test_the_report_s_other_spellings_are_found(session: Session) -> None:
    from vto_desktop.services.finding import find

    for spelling in (
        "Montpellier Métropole Méditerranée",
        "Communauté d’Agglomération du Grand Alès",
        "pecastaing",
    ):
        assert "member" in {each.table for each in find(session, spelling)}, spelling


def test_the_sirens_of_local_authorities_are_right(session: Session) -> None:
    sirens = session.scalars(select(Organisation.siren).where(Organisation.siren != "")).all()
    assert len(sirens) == 13
    assert [siren_warning(each) for each in sirens] == [""] * 13


@pytest.mark.parametrize(
    "today", [date(2021, 6, 1), date(2021, 12, 31), date(2022, 2, 15), date(2026, 7, 1), date(2040, 1, 1)]
)
def test_nobody_is_late_or_in_default_whatever_the_day(session: Session, today: date) -> None:
    shown = dashboard.dashboard(session, 2021, today)
    assert shown.late == 0
    assert not [each for each in shown.to_do if each.tone == "danger"]
    assert not [
        each for each in funding_state.instalment_figures(session, on=max(today, YEAR_END)) if each.is_late
    ]


def test_all_its_dues_are_settled_at_the_end_of_the_year(session: Session) -> None:
    states = session.scalars(select(dues.state_expression(on=YEAR_END)).select_from(Dues)).all()
    assert states == ["Réglée"] * 16


def test_everything_in_it_is_marked_as_fictional(session: Session) -> None:
    row = session.get_one(Association, 1)
    assert row.notice == "Exemple : montants et dates fictifs, proportions du rapport 2021"
    assert row.siret == "000 000 000 00000"
    assert set(session.scalars(select(Convention.funder_reference))) == {""}
    assert set(session.scalars(select(Person.email))) == {""}


def test_it_holds_what_the_report_names(session: Session) -> None:
    held = counts(session)
    assert {name: held[name] for name in ("members", "persons", "mandates", "conventions", "dues")} == {
        "members": 16, "persons": 18, "mandates": 26, "conventions": 12, "dues": 16,
    }  # fmt: skip
    assert session.scalar(select(func.sum(Receipt.amount)).where(Receipt.dues_id.is_not(None))) == 6_400_000


def test_it_is_built_quickly_and_only_in_an_empty_dossier(tmp_path: Path) -> None:
    with create_dossier(tmp_path / "exemple.vto") as made:
        start = time.perf_counter()
        with made.write("Créer l’exemple 2021") as session:
            example.build_example(session)
        assert time.perf_counter() - start < 5  # 0,3 s alone; the machine may be busy
        with pytest.raises(UserError, match="DOSSIER_NON_VIDE"), made.write("Encore") as session:
            example.build_example(session)
