"""Services ask nothing that only SQLite understands: every statement they make compiles for PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ClauseElement, delete, event, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from vto_desktop.model import (
    Base,
    Body,
    Budget,
    Decision,
    Dues,
    DuesCampaign,
    Mandate,
    Meeting,
    MeetingDocument,
    Member,
    Organisation,
    Person,
    Presence,
    Receipt,
    Representative,
)
from vto_desktop.services import (
    accounts,
    association,
    attendance,
    behind,
    budgets,
    calls,
    campaigns,
    civil_status,
    conventions,
    dashboard,
    decisions,
    declaration,
    dues,
    dues_summary,
    duplicates,
    example,
    execution,
    finding,
    history,
    importing,
    labels,
    leaving,
    mailing,
    mandates,
    meeting_documents,
    meetings,
    members,
    merging,
    movements,
    officers,
    organisations,
    payments,
    persons,
    populations,
    proposals,
    receipts,
    reminders,
    representatives,
    result,
    rows,
    seats,
    slips,
    summaries,
)
from vto_desktop.services.lists import LISTS, counts
from vto_desktop.services.payments import Payment
from vto_desktop.services.slips import Slip, SlipLine
from vto_desktop.store import create_dossier, open_dossier

POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
DAY = date(2021, 12, 31)


@contextmanager
def compiled_for_postgresql() -> Iterator[list[str]]:
    """Compile for PostgreSQL every statement executed meanwhile, and collect the texts."""
    texts: list[str] = []

    def compile_it(_connection: Any, clause: Any, *_others: Any) -> None:
        if isinstance(clause, ClauseElement):
            texts.append(str(clause.compile(dialect=POSTGRESQL)))

    event.listen(Engine, "before_execute", compile_it)
    try:
        yield texts
    finally:
        event.remove(Engine, "before_execute", compile_it)


def read_everything(session: Session) -> None:
    for year in accounts.years(session):
        summaries.finance(session, year)
        dues_summary.dues_summary(session, year, on=DAY)
        dashboard.dashboard(session, year, date(2022, 2, 15))
        behind.member_dues(session, year, DAY)
        behind.source_rows(session, year, ("État", "DREETS"))
        behind.published_shares(session, year)
        result.income_rows(session, year, source_id=1)
        result.expense_rows(session, year, account_class="64")
        shown = execution.execution(session, year, budget_id=1)
        execution.rows_behind(session, year, shown.income[0].rows[0].actual_axes if shown.income else ())
    summaries.membership(session, DAY)
    summaries.board(session, DAY)
    finding.find(session, "métropole 64", year=2021)
    counts(session)
    for asked in LISTS.values():
        for column in asked.columns:
            ids = asked.ids(session, text="a b", sort=column.key, descending=True, on=DAY, year=2021)
            asked.rows(session, ids or [1])
    proposals.computed(session, 1, 1)
    campaigns.campaigns_of(session, 2021)
    campaigns.scales_before(session, 2022)
    proposals.called_before(session, 2022)
    calls.not_called(session, 2021, on=DAY)
    calls.prepared(session, 2021)
    declaration.undeclared(session, on=DAY)
    officers.officers_declaration(session, DAY)
    civil_status.erasable(session, on=DAY)
    for body in session.scalars(select(Body)):
        seats.seats_on(session, body, DAY)
    attendance.sheet(session, 1)
    decisions.register(session, 2021)
    decisions.years(session)
    meeting_documents.documents_of(session, 1)
    slips.next_slip(session, 2021)
    reminders.late_dues(session, 2021, on=DAY)
    reminders.reminders_of(session, 1)
    payments.owed(session, member_ids=[1])
    members.members_on(session, DAY)
    members.member_names(session, [1, 2])
    for whom in mailing.Whom:
        mailing.mailing(session, [1, 2, 16], on=DAY, whom=whom)
    labels.labels(session, on=DAY, to="representative")
    movements.movements(session, date(2021, 1, 1), DAY)
    populations.compare(session)
    organisations.same_siren(session, Organisation(siren="213401458"))
    for group in duplicates.groups(session) or [duplicates.Group("person", "", (1,))]:
        duplicates.cards(session, group.table, group.ids)
    duplicates.cards(session, "organisation", [1])
    for member_id in members.members_on(session, DAY):
        history.history(session, member_id, today=DAY)
        leaving.still_sent(session, member_id, on=DAY)
    association.head(session)
    accounts.account_labels(session, "2018")
    conventions.receipts_of(session, 1)
    rows.dependents(session, rows.table_of(Organisation), [1])


def test_every_reading_compiles_for_postgresql(shared: Any) -> None:
    with shared.read() as session, compiled_for_postgresql() as texts:
        read_everything(session)
    assert len(texts) > 200
    assert not [text for text in texts if "sqlite" in text.lower() or "rowid" in text]


def test_building_the_example_compiles_for_postgresql(tmp_path: Path) -> None:
    with (
        create_dossier(tmp_path / "exemple.vto") as made,
        made.write("Exemple") as session,
        compiled_for_postgresql() as texts,
    ):
        example.build_example(session)
    assert len(texts) > 50


def update_populations(session: Session) -> None:
    """Take over the population of an organisation that lost its own."""
    session.get_one(Organisation, 1).population = None
    session.flush()
    assert populations.apply_changes(session, populations.compare(session).changes) == 1


def import_everything(session: Session) -> None:
    """Import a list that makes and changes rows of each kind."""
    rows = [
        (1, ["Nom", "Type", "Aussi écrit", "Courriel", "Adhésion", "Titulaire", "Mail titulaire"]),
        (2, ["Ville d’Essai", "commune", "Essai", "a@example.org", "2020", "Anne NEUVE", "b@example.org"]),
        (3, ["Alès Agglomération", "", "Grand Alès", "c@example.org", "2020", "Serge BORD", "d@example.org"]),
        (4, ["Zoé SEULE", "personne physique", "", "e@example.org", "", "", ""]),
    ]
    plan = importing.plan(importing.Known(session), rows, importing.layout_of(rows, "members"))
    assert len(plan.chosen()) == 3
    importing.apply(session, plan.chosen())


def new_dues(session: Session) -> Dues:
    year = accounts.save_year(session, accounts.next_year(session))
    campaign = campaigns.save_campaign(session, DuesCampaign(fiscal_year_id=year.id, name="2023"))
    return Dues(campaign_id=campaign.id, member_id=1, amount=5)


WRITES: tuple[Callable[[Session], object], ...] = (
    lambda s: organisations.save_organisation(s, s.get_one(Organisation, 1)),
    lambda s: persons.save_person(s, s.get_one(Person, 1)),
    update_populations,
    lambda s: members.save_member(s, s.get_one(Member, 1)),
    lambda s: representatives.save_representative(s, s.get_one(Representative, 1)),
    lambda s: representatives.delete_representative(s, 1),
    lambda s: mandates.mandate_warnings(s, s.get_one(Mandate, 1)),
    lambda s: mandates.end_mandate(s, 1, on=DAY),
    lambda s: meetings.save_meeting(s, s.get_one(Meeting, 1)),
    lambda s: attendance.mark_rest(s, 1, Presence.PRESENT.value),
    lambda s: attendance.clear(s, [1]),
    lambda s: decisions.save_decision(s, Decision(meeting_id=1, title="Budget")),
    lambda s: decisions.delete_decision(s, 2),
    lambda s: meeting_documents.save_document(s, MeetingDocument(meeting_id=1, path="a.pdf")),
    lambda s: calls.prepare_dues(s, 1, on=DAY),
    lambda s: calls.call_dues(s, [1, 2], on=DAY, due_on=DAY),
    lambda s: campaigns.save_campaign(s, s.get_one(DuesCampaign, 1)),
    lambda s: campaigns.set_scales(s, 1, []),
    lambda s: dues.save_dues(s, s.get_one(Dues, 1)),
    lambda s: leaving.end_membership(s, 2, on=DAY, successor_id=3, representative_ids=[2]),
    lambda s: merging.merge_persons(s, 1, [2]),
    lambda s: merging.merge_organisations(s, 3, [17]),
    lambda s: s.execute(delete(Receipt).where(Receipt.dues_id == 3)),
    lambda s: reminders.send_reminders(s, [3], on=DAY),
    lambda s: reminders.delete_reminder(s, 1),
    lambda s: receipts.save_receipt(s, s.get_one(Receipt, 1)),
    lambda s: receipts.delete_receipt(s, 1),
    lambda s: payments.save_payment(s, Payment(DAY, 5, parts={2: 2, 3: 3})),
    lambda s: slips.save_slip(s, Slip("Remise", None, [SlipLine(1, 5, DAY)])),
    lambda s: payments.carry_over(s, 2, to=dues.save_dues(s, new_dues(s)).id, on=DAY),
    lambda s: conventions.propose_reports(s, 1),
    lambda s: accounts.save_year(s, accounts.next_year(s)),
    import_everything,
    lambda s: budgets.save_budget(s, Budget(fiscal_year_id=1, name="Budget modifié"), copy_of=1),
)


def test_every_writing_compiles_for_postgresql(example_file: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copy(example_file, tmp_path / "exemple.vto"))
    with open_dossier(copied) as opened, opened.write("Essai") as session, compiled_for_postgresql() as texts:
        for write in WRITES:
            write(session)
    assert len(texts) > 30


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_compiles_for_postgresql(table: Any) -> None:
    text = str(CreateTable(table).compile(dialect=POSTGRESQL))
    assert "STRICT" not in text
    for index in table.indexes:
        CreateIndex(index).compile(dialect=POSTGRESQL)
    for column in table.columns:
        if "amount" in column.name and "_sum" not in column.name:
            assert f"{column.name} BIGINT" in text, "cents need 64 bits"
