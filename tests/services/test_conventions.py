"""Conventions: their status follows their dates, their parts add up, reports fall due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    Amendment,
    Convention,
    ConventionShare,
    FiscalYear,
    Instalment,
    Organisation,
    Receipt,
    ReportDue,
)
from vto_desktop.services import (
    accounts,
    conventions,
    dashboard,
    funding_state,
    organisations,
    receipts,
    result,
)
from vto_desktop.services.funding_state import Status, report_due_on, status
from vto_desktop.services.lists import LISTS

FIRST = date(2021, 1, 1)
DAY = st.none() | st.integers(0, 8).map(lambda n: FIRST + timedelta(days=n))
DATES = ("asked_on", "refused_on", "notified_on", "signed_on", "starts_on", "ends_on", "settled_on")


def convention(session: Session, title: str) -> Convention:
    return session.scalars(select(Convention).where(Convention.title.startswith(title))).one()


@given(dates=st.fixed_dictionaries(dict.fromkeys(DATES, DAY)), offset=st.integers(0, 9))
def test_the_status_is_the_last_step_reached(dates: dict[str, date | None], offset: int) -> None:
    on = FIRST + timedelta(days=offset)
    reached = {name for name, day in dates.items() if day is not None and day <= on}
    is_granted = bool(reached & {"signed_on", "notified_on"})
    ends_on = dates["ends_on"]
    steps = [
        (Status.SETTLED, "settled_on" in reached),
        (Status.REFUSED, "refused_on" in reached),
        (Status.TO_JUSTIFY, is_granted and ends_on is not None and on > ends_on),
        (Status.RUNNING, is_granted and "starts_on" in reached),
        (Status.SIGNED, "signed_on" in reached),
        (Status.NOTIFIED, "notified_on" in reached),
        (Status.ASKED, "asked_on" in reached),
        (Status.PREPARING, True),
    ]
    assert status(Convention(title="", **dates), on=on) == next(each for each, holds in steps if holds)


@pytest.mark.parametrize(
    ("ends_on", "months", "due_on"),
    [
        (date(2021, 12, 31), 6, date(2022, 6, 30)),
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2021, 6, 30), 1, date(2021, 7, 31)),
        (date(2021, 6, 15), 2, date(2021, 8, 15)),
        (date(2021, 12, 31), 0, date(2021, 12, 31)),
    ],
)
def test_a_report_is_due_months_after_the_end_of_the_year(ends_on: date, months: int, due_on: date) -> None:
    assert report_due_on(ends_on, months) == due_on


def test_a_signed_amendment_that_extends_a_convention_keeps_it_running(writing: Session) -> None:
    row = convention(writing, "Soutien")
    row.settled_on = None
    assert row.ends_on is not None
    after = row.ends_on + timedelta(days=1)
    new_end = row.ends_on + timedelta(days=400)
    conventions.save_amendment(
        writing,
        Amendment(convention_id=row.id, number=1, signed_on=row.ends_on, new_ends_on=new_end),
    )

    def shown(on: date) -> str:
        figures = funding_state.convention_figures(writing, on=on)
        return next(each.status for each in figures if each.convention_id == row.id)

    assert shown(after) == "En cours"
    assert shown(new_end) == "En cours"
    assert shown(new_end + timedelta(days=1)) == "À justifier"
    made = accounts.save_year(writing, accounts.next_year(writing))
    concerned = funding_state.convention_figures(writing, on=after, year=made)
    assert row.id in {each.convention_id for each in concerned}
    listed = LISTS["conventions"]
    ends = dict(zip([c.key for c in listed.columns], listed.rows(writing, [row.id])[0], strict=True))
    assert (ends["ends_on"], ends["status"]) == (new_end, "À justifier")
    assert row.id in listed.ids(writing, on=new_end)
    assert row.id not in listed.ids(writing, on=new_end + timedelta(days=1))


def test_an_amendment_not_signed_yet_extends_nothing(writing: Session) -> None:
    row = convention(writing, "Soutien")
    signed, later = date(2021, 6, 1), date(2021, 7, 1)
    for number, day, end in ((1, signed, date(2022, 6, 30)), (2, later, date(2022, 3, 31)),
                             (3, None, date(2030, 1, 1))):  # fmt: skip
        conventions.save_amendment(
            writing, Amendment(convention_id=row.id, number=number, signed_on=day, new_ends_on=end)
        )
    assert funding_state.amended_ends(writing, on=date(2021, 5, 31)) == {}
    assert funding_state.amended_ends(writing, on=signed) == {row.id: date(2022, 6, 30)}
    assert funding_state.amended_ends(writing, on=later) == {row.id: date(2022, 3, 31)}


def test_what_a_closed_year_has_counted_moves_to_no_other_source(writing: Session) -> None:
    row = convention(writing, "Soutien")
    year = writing.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
    accounts.close_year(writing, year.id, on=date(2022, 6, 30))
    before = result.income_groups(writing, year)
    row.notes = "relu"
    conventions.save_convention(writing, row)
    row.account_code, row.funding_source_id = "748", None
    with pytest.raises(Invalid) as refused:
        conventions.save_convention(writing, row)
    assert set(refused.value.problems) == {"account_code", "funding_source_id"}
    writing.refresh(row)
    assert result.income_groups(writing, year) == before
    accounts.reopen_year(writing, year.id)
    row.account_code = "748"
    conventions.save_convention(writing, row)


def test_reports_are_proposed_for_each_share_or_for_the_last(writing: Session) -> None:
    row = convention(writing, "Évaluation finale des contrats de ville, Hérault")
    row.reports_due.clear()
    writing.flush()
    added = conventions.propose_reports(writing, row.id)
    assert [(each.year, each.due_on) for each in added] == [
        (2021, date(2022, 6, 30)),
        (2022, date(2023, 6, 30)),
    ]
    assert conventions.propose_reports(writing, row.id) == []
    row.reports_due.clear()
    row.report_rhythm = "Dernier exercice seulement"
    row.report_delay_months = 3
    writing.flush()
    assert [(each.year, each.due_on) for each in conventions.propose_reports(writing, row.id)] == [
        (2022, date(2023, 3, 31))
    ]


def test_every_example_convention_adds_up(session: Session) -> None:
    for row in session.scalars(select(Convention).where(Convention.awarded_amount.is_not(None))):
        assert sum(each.amount for each in row.instalments) == row.awarded_amount, row.title
        assert sum(each.amount for each in row.shares) == row.awarded_amount, row.title


def test_what_is_late_and_what_is_left_follow_the_day(writing: Session) -> None:
    row = convention(writing, "Évaluation finale des contrats de ville, Hérault")
    solde = row.instalments[2]
    for receipt in writing.scalars(select(Receipt).where(Receipt.instalment_id == solde.id)):
        receipt.amount = 500_000
    row.settled_on = None
    writing.flush()

    def figure(on: date) -> tuple[int, int, int]:
        shown = next(
            each for each in funding_state.convention_figures(writing, on=on) if each.convention_id == row.id
        )
        return shown.received, shown.due, shown.late

    assert figure(date(2021, 12, 31)) == (2_800_000, 1_200_000, 0)
    assert figure(date(2022, 9, 30)) == (3_300_000, 700_000, 0)
    assert figure(date(2022, 10, 1)) == (3_300_000, 700_000, 700_000)
    states = {
        each.instalment_id: each.state
        for each in funding_state.instalment_figures(writing, on=date(2022, 9, 30))
    }
    assert states[solde.id] == "Partielle"
    shown = dashboard.dashboard(writing, 2021, date(2022, 10, 5))
    assert shown.late == 700_000
    first = shown.to_do[0]
    assert (first.state, first.title, first.amount) == ("En retard", "Solde, DDETS de l’Hérault", 700_000)
    assert (first.table, first.row_id) == ("instalment", solde.id)


def test_the_dashboard_of_february_2022_announces_reports(session: Session) -> None:
    shown = dashboard.dashboard(session, 2021, date(2022, 2, 15))
    reports = [each for each in shown.to_do if each.table == "report_due"]
    assert len(reports) == 7
    assert {(each.state, each.due_on) for each in reports} == {("À préparer", date(2022, 6, 30))}
    assert shown.conventions_share == 32_400_000
    assert (shown.members, shown.members_up_to_date, shown.dues_left) == (16, 16, 0)


def test_a_convention_says_all_its_problems_at_once() -> None:
    row = Convention(
        title=" ", account_code="64", asked_amount=-1, report_delay_months=99, report_rhythm="Jamais",
        starts_on=date(2021, 2, 1), ends_on=date(2021, 1, 1),
        signed_on=date(2021, 1, 1), refused_on=date(2021, 1, 1),
    )  # fmt: skip
    assert set(conventions.convention_problems(row)) == {
        "title", "funder_id", "account_code", "asked_amount", "report_delay_months", "report_rhythm",
        "ends_on", "refused_on",
    }  # fmt: skip


def test_an_instalment_that_was_received_stays(writing: Session) -> None:
    row = convention(writing, "Soutien")
    with pytest.raises(UserError, match="ENCORE_UTILISE"):
        conventions.delete_instalment(writing, row.instalments[0].id)
    with pytest.raises(UserError, match="3\u00a0encaissements"):
        conventions.delete_convention(writing, row.id)
    copied = Convention(
        id=row.id, version=row.version, title=row.title, funder_id=row.funder_id, instalments=[]
    )
    writing.expunge_all()
    with pytest.raises(UserError, match="1\u00a0encaissement"):
        conventions.save_convention(writing, copied)


def test_parts_are_kept_one_by_one(writing: Session) -> None:
    row = convention(writing, "Évaluation de la Cité éducative, Béziers")
    first = conventions.save_instalment(
        writing, Instalment(convention_id=row.id, label="Acompte", amount=100)
    )
    second = conventions.save_instalment(writing, Instalment(convention_id=row.id, label="Solde", amount=100))
    assert (first.position, second.position) == (0, 1)
    conventions.save_share(writing, ConventionShare(convention_id=row.id, year=2022, amount=200))
    with pytest.raises(Invalid, match="déjà une part pour 2022"):
        conventions.save_share(writing, ConventionShare(convention_id=row.id, year=2022, amount=1))
    conventions.save_amendment(writing, Amendment(convention_id=row.id, number=1, amount_change=5))
    conventions.save_report_due(writing, ReportDue(convention_id=row.id, year=2022, due_on=date(2023, 6, 30)))
    conventions.delete_convention(writing, row.id)
    assert writing.get(Instalment, first.id) is None


def test_a_funder_s_new_name_finds_its_conventions(writing: Session) -> None:
    dreets = writing.scalars(select(Organisation).where(Organisation.short_name == "DREETS")).one()
    dreets.name = "Direction régionale du travail"
    organisations.save_organisation(writing, dreets)
    assert "direction regionale du travail" in convention(writing, "Soutien").search_key


def test_a_receipt_says_all_its_problems_at_once_and_may_exceed_what_was_expected(writing: Session) -> None:
    row = convention(writing, "Soutien")
    extra = Receipt(instalment_id=row.instalments[0].id, received_on=date(2021, 12, 1), amount=100)
    assert receipts.save_receipt(writing, extra).id
    with pytest.raises(Invalid) as refused:
        receipts.save_receipt(writing, Receipt(amount=0, means="Troc"))
    assert set(refused.value.problems) == {"received_on", "amount", "instalment_id", "means"}


def test_what_is_still_to_come_is_one_figure_everywhere(writing: Session) -> None:
    """Granted 3,000 of which one instalment of 1,000 is foreseen, and 1,500 received on it: 1,500 to come."""
    on = date(2021, 12, 31)
    before = dashboard.dashboard(writing, 2021, on)
    kept = Convention(
        title="Fonds d’étude", funder_id=writing.scalars(select(Organisation.id)).first(),
        awarded_amount=300_000, signed_on=FIRST, starts_on=FIRST,
        shares=[ConventionShare(year=2021, amount=300_000)],
        instalments=[
            Instalment(label="Avance", amount=100_000, due_on=date(2021, 3, 1), condition="", position=1)
        ],
    )  # fmt: skip
    kept = conventions.save_convention(writing, kept)
    writing.add(Receipt(instalment_id=kept.instalments[0].id, received_on=date(2021, 3, 15), amount=150_000))
    writing.flush()
    (figure,) = (
        each for each in funding_state.convention_figures(writing, on=on) if each.convention_id == kept.id
    )
    assert (figure.awarded, figure.received, figure.due, figure.late) == (300_000, 150_000, 150_000, 0)
    found = dashboard.dashboard(writing, 2021, on)
    assert found.still_to_receive == before.still_to_receive + 150_000
    assert sum(each.due for each in found.finance.conventions) == found.still_to_receive
    kept.settled_on = date(2021, 12, 1)  # what did not come will not
    writing.flush()
    assert dashboard.dashboard(writing, 2021, on).still_to_receive == before.still_to_receive
