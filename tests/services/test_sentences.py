"""The sentences of the summaries follow the data, and stay right when the data is odd."""

from datetime import date

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vto_desktop.errors import UserError
from vto_desktop.model import (
    College,
    Entry,
    FiscalYear,
    FundingSource,
    Member,
    Organisation,
    PublishedFigure,
    Receipt,
)
from vto_desktop.services import dashboard, members, shares, sources, summaries
from vto_desktop.services.figures import AuthorityShare


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def source(session: Session, name: str) -> FundingSource:
    return session.scalars(select(FundingSource).where(FundingSource.name == name)).one()


def entry(session: Session, year: int, code: str, amount: int, name: str | None = None) -> Entry:
    kept = session.scalars(select(FiscalYear).where(FiscalYear.year == year)).one()
    row = Entry(
        fiscal_year_id=kept.id, entered_on=kept.ends_on, account_code=code, label="Essai", amount=amount,
        funding_source_id=source(session, name).id if name else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def test_the_income_sentence_follows_a_change(writing: Session) -> None:
    entry(writing, 2021, "706", 10_000_000, "Autres")
    said = plain(summaries.finance(writing, 2021).sentence)
    assert (
        said
        == "Les ressources 2021 proviennent pour 63 % de l’État, pour 14 % des collectivités, 22 % autres."
    )


def test_money_without_a_source_is_said_so(writing: Session) -> None:
    entry(writing, 2021, "768", 40_000_000)
    finance = summaries.finance(writing, 2021)
    assert plain(finance.sentence).endswith("2 % autres, 50 % sans source indiquée.")
    assert finance.sources[-1].path == ("Sans source",)
    assert finance.sources[-1].amount == 40_000_000


def test_a_new_root_is_named_in_its_place(writing: Session) -> None:
    made = sources.save_source(writing, FundingSource(name="Fondations", position=9))
    row = entry(writing, 2021, "7542", 40_000_000)
    row.funding_source_id = made.id
    writing.flush()
    assert plain(summaries.finance(writing, 2021).sentence).endswith("50 % fondations.")


def test_a_year_without_income_or_expenses_says_so(empty: Session) -> None:
    finance = summaries.finance(empty, 2021)
    assert finance.sentence == "Aucune ressource n’est enregistrée pour 2021."
    assert finance.expense_sentence == "Aucune dépense n’est enregistrée."
    assert finance.authority_sentence == ""
    assert finance.authority_shares == ()
    assert summaries.membership(empty, date(2021, 12, 31)).sentence == (
        "Au 31 décembre 2021, l’association ne compte aucun adhérent."
    )
    assert dashboard.dashboard(empty, 2021, date(2021, 6, 1)).expense_change == ""


def test_a_year_with_other_income_only_makes_a_sentence(empty: Session) -> None:
    entry(empty, 2021, "706", 5_000, "Autres")
    assert plain(summaries.finance(empty, 2021).sentence) == "Ressources 2021 : 100 % autres."


def test_what_is_there_is_never_said_to_be_nothing(writing: Session) -> None:
    entry(writing, 2021, "7542", 150_000)
    assert plain(summaries.finance(writing, 2021).sentence).endswith("moins de 1 % sans source indiquée.")


def test_the_previous_year_is_said_only_when_it_is_there(session: Session) -> None:
    assert plain(summaries.finance(session, 2020).expense_sentence) == (
        "41 % des dépenses sont des charges de personnel, 25 % des services extérieurs."
    )
    assert (
        plain(dashboard.dashboard(session, 2021, date(2022, 2, 15)).expense_change)
        == "+8 % par rapport à 2020"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("Les frais", 108, 100), ("la masse", 105, 100)], "Les frais augmentent de 8 %, la masse de 5 %."),
        (
            [("Les frais", 92, 100), ("la masse", 105, 100)],
            "Les frais diminuent de 8 %, la masse augmente de 5 %.",
        ),
        ([("Les frais", 100, 100), ("la masse", 100, 100)], "Les frais restent stables, la masse stable."),
        ([("Les frais", 100, 0), ("la masse", 105, 100)], "La masse augmente de 5 %."),
    ],
)
def test_changes_agree_with_their_subject(changes: list[tuple[str, int, int]], said: str) -> None:
    assert plain(shares.expense_sentence(100, 40, 0, changes)) == (
        f"40 % des dépenses sont des charges de personnel. {said}"
    )


def test_the_series_groups_equal_years_in_a_row() -> None:
    series = [AuthorityShare(year, share, 0, is_published=True) for year, share in
              [(2017, 1000), (2018, 1000), (2019, 1000), (2020, 1200), (2021, 1000)]]  # fmt: skip
    said = plain(shares.authority_sentence(series))
    assert said == "10 % en 2017, 2018 et 2019, 12 % en 2020, 10 % en 2021."


def test_a_published_figure_is_kept_when_the_dossier_says_otherwise(writing: Session) -> None:
    writing.execute(delete(Receipt).where(Receipt.dues_id.is_not(None)))
    finance = summaries.finance(writing, 2021)
    assert plain(finance.authority_sentence).startswith("10 % en 2018, 16 % en 2019 et 2020, 18 % en 2021")
    shown = next(each for each in finance.published if each.measure == "authorities")
    assert (shown.value, shown.computed) == (1800, 238)
    assert [each.total for each in finance.authority_shares if not each.is_published] == [238]


def test_without_a_published_figure_the_computed_one_is_said(writing: Session) -> None:
    writing.execute(delete(PublishedFigure).where(PublishedFigure.year == 2021))
    assert plain(summaries.finance(writing, 2021).authority_sentence) == (
        "10 % en 2018, 16 % en 2019 et 2020, 18 % en 2021, dont subventions 2 %, 4 %, 4 %, 2 %."
    )


def test_one_member_is_singular(empty: Session) -> None:
    college = empty.scalars(select(College).where(College.name == "Autres personnes morales")).one()
    organisation = Organisation(name="FAIRE ESS", kind="Association")
    members.save_member(empty, Member(organisation=organisation, college_id=college.id))
    said = plain(summaries.membership(empty, date(2021, 12, 31)).sentence)
    assert said == "Au 31 décembre 2021, l’association compte 1 adhérent : 1 autre personne morale."


def test_an_unknown_year_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match="EXERCICE_INCONNU"):
        summaries.finance(session, 1999)
