"""Keeping and deleting any row: all problems at once, neighbours untouched, nothing orphaned."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    Account,
    Action,
    Association,
    Base,
    Body,
    Budget,
    BudgetLine,
    CivilStatus,
    College,
    DuesCampaign,
    Entry,
    FiscalYear,
    FormMapping,
    FundingSource,
    Mandate,
    Meeting,
    Member,
    Office,
    Organisation,
    OrganisationAlias,
    Person,
    Programme,
    PublishedFigure,
    Representative,
)
from vto_desktop.services import (
    accounts,
    association,
    bodies,
    budgets,
    campaigns,
    decisions,
    declaration,
    mandates,
    meetings,
    members,
    organisations,
    persons,
    published,
    representatives,
    sources,
)
from vto_desktop.services.rows import dependents, table_of

LONG = "x" * 301
BEFORE, AFTER = date(2021, 1, 1), date(2021, 2, 1)

REFUSED: list[tuple[Callable[[Any], dict[str, str]], Base, set[str]]] = [
    (association.association_problems, Association(name=" ", city=LONG), {"name", "city"}),
    (organisations.organisation_problems,
     Organisation(name="", kind="Royaume", population=-1, population_year=3, departement="99", city=LONG),
     {"name", "kind", "population", "population_year", "departement", "city"}),
    (persons.person_problems, Person(last_name="", civility="Dr", departement="00"),
     {"last_name", "civility", "departement"}),
    (representatives.representative_problems, Representative(rank="Chef", starts_on=AFTER, ends_on=BEFORE),
     {"member_id", "person_id", "rank", "ends_on"}),
    (bodies.body_problems, Body(name="", kind="Sénat"), {"name", "kind"}),
    (bodies.office_problems, Office(label=""), {"label", "body_id"}),
    (meetings.meeting_problems, Meeting(kind="Secret", time="25:00"), {"held_on", "body_id", "kind", "time"}),
    (mandates.mandate_problems, Mandate(starts_on=AFTER, ends_on=BEFORE, term_on=BEFORE),
     {"office_id", "person_id", "ends_on", "term_on"}),
    (campaigns.campaign_problems, DuesCampaign(name="", called_on=AFTER, due_on=BEFORE),
     {"name", "fiscal_year_id", "due_on"}),
    (accounts.year_problems, FiscalYear(year=3, basis="Troc", chart="1999", starts_on=AFTER, ends_on=BEFORE),
     {"year", "basis", "chart", "ends_on"}),
    (accounts.account_problems, Account(chart="1999", code="6A", label=""), {"chart", "code", "label"}),
    (accounts.action_problems, Action(name="", starts_on=AFTER, ends_on=BEFORE), {"name", "ends_on"}),
    (accounts.mapping_problems, FormMapping(chart="2018", prefix=""), {"prefix", "form_line_id"}),
    (budgets.budget_problems, Budget(name=""), {"name", "fiscal_year_id"}),
    (budgets.line_problems, BudgetLine(account_code="512"), {"budget_id", "account_code", "amount"}),
    (budgets.entry_problems, Entry(account_code="41", label=LONG),
     {"entered_on", "amount", "fiscal_year_id", "account_code", "label"}),
    (published.published_problems, PublishedFigure(year=1, label=""), {"year", "label", "value"}),
    (sources.source_problems, FundingSource(id=4, parent_id=4, name=""), {"name", "parent_id"}),
    (members.college_problems, College(name=""), {"name"}),
    (organisations.organisation_problems,
     Organisation(name="A", aliases=[OrganisationAlias(name=LONG)]), {"aliases"}),
    (persons.person_problems,
     Person(last_name="A", civil_status=CivilStatus(profession=LONG)), {"profession"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("problems", "row", "names"), REFUSED, ids=lambda value: getattr(value, "__name__", "")
)
def test_all_problems_are_said_at_once_in_sentences(
    problems: Callable[[Any], dict[str, str]], row: Base, names: set[str]
) -> None:
    found = problems(row)
    assert set(found) == names
    assert all(sentence.endswith((".", "…")) and sentence[0].isupper() for sentence in found.values()), found


def test_problems_of_a_detached_row_read_nothing(shared: Any) -> None:
    with shared.read() as session:
        row = session.get_one(Member, 1)
        session.expunge(row)
    row.college_id = None
    row.organisation_id = None
    assert set(members.member_problems(row)) == {"college_id", "organisation_id"}


def test_texts_are_cleaned_and_keep_lines_only_where_there_are_lines(writing: Session) -> None:
    kept = organisations.save_organisation(
        writing, Organisation(name="  Ville\nde\u0000 Be\u0301ziers ", notes="un\r\ndeux\u0007")
    )
    assert (kept.name, kept.notes) == ("Ville de Béziers", "un\ndeux")


def test_a_neighbour_loaded_with_the_form_is_not_written_back(writing: Session) -> None:
    row = writing.get_one(Member, 1)
    stale = row.organisation
    assert stale is not None
    writing.flush()
    for each in (row, stale):
        writing.expunge(each)
    stale.name = "Nom d’un vieux formulaire"
    row.notes = "gardée"
    kept = members.save_member(writing, row)
    assert kept.notes == "gardée"
    assert writing.get_one(Organisation, stale.id).name == "Alès Agglomération"


def test_a_neighbour_chosen_as_an_object_gives_its_key(writing: Session) -> None:
    with writing.no_autoflush:
        college = writing.get_one(College, 2)
        organisation = organisations.save_organisation(writing, Organisation(name="Béziers"))
        row = Member()
        row.college, row.organisation = college, organisation
        if row in writing:
            writing.expunge(row)
        kept = members.save_member(writing, row)
    assert (kept.college_id, kept.organisation_id) == (2, organisation.id)


def test_a_row_changed_elsewhere_since_is_not_overwritten(writing: Session) -> None:
    mine = writing.get_one(Person, 1)
    writing.expunge(mine)
    theirs = writing.get_one(Person, 1)
    theirs.city = "Alès"
    writing.flush()
    mine.city = "Nîmes"
    with pytest.raises(UserError, match="MODIFIE_ENTRE_TEMPS"):
        persons.save_person(writing, mine)
    assert writing.get_one(Person, 1).city == "Alès"


def test_a_row_gone_since_is_said_so(writing: Session) -> None:
    with pytest.raises(UserError, match="FICHE_ABSENTE"):
        persons.delete_person(writing, 10**6)
    gone = persons.save_person(writing, Person(last_name="PARTIE"))
    writing.expunge(gone)
    persons.delete_person(writing, gone.id)
    with pytest.raises(UserError, match="FICHE_ABSENTE"):
        persons.save_person(writing, gone)


DELETIONS: list[tuple[Callable[[Session, int], None], type[Base]]] = [
    (organisations.delete_organisation, Organisation),
    (persons.delete_person, Person),
    (bodies.delete_body, Body),
    (bodies.delete_office, Office),
    (meetings.delete_meeting, Meeting),
    (sources.delete_source, FundingSource),
    (members.delete_college, College),
    (campaigns.delete_campaign, DuesCampaign),
    (accounts.delete_year, FiscalYear),
    (accounts.delete_programme, Programme),
]


@pytest.mark.parametrize(("delete", "kind"), DELETIONS, ids=lambda value: value.__name__)
def test_what_others_depend_on_is_not_deleted(
    writing: Session, delete: Callable[[Session, int], None], kind: type[Base]
) -> None:
    row_id = next(
        each.id for each in writing.scalars(select(kind)) if dependents(writing, table_of(kind), [each.id])
    )
    with pytest.raises(UserError) as refused:
        delete(writing, row_id)
    assert refused.value.code == "ENCORE_UTILISE"
    assert "Rien n’a été supprimé" in refused.value.sentence
    assert not any(
        f" {word} " in refused.value.sentence for word in ("member", "budget_line", "dues", "mandate")
    )
    assert writing.get(kind, row_id) is not None


def test_what_nothing_depends_on_goes(writing: Session) -> None:
    made = accounts.save_action(writing, Action(name="Essai"))
    accounts.delete_action(writing, made.id)
    line = writing.scalars(select(BudgetLine)).first()
    assert line is not None
    budgets.delete_line(writing, line.id)
    entry = writing.scalars(select(Entry)).first()
    assert entry is not None
    budgets.delete_entry(writing, entry.id)
    figure = writing.scalars(select(PublishedFigure)).first()
    assert figure is not None
    published.delete_published(writing, figure.id)
    budgets.delete_budget(writing, 1)
    assert not writing.scalars(select(BudgetLine)).all()
    for mandate in writing.scalars(select(Mandate)).all():
        mandates.delete_mandate(writing, mandate.id)
    decisions.delete_decision(writing, 1)
    meetings.delete_meeting(writing, 1)


def test_names_that_must_be_unique_are(writing: Session) -> None:
    taken: list[tuple[Callable[[Session, Any], Base], Base]] = [
        (bodies.save_body, Body(name="Bureau")),
        (members.save_college, College(name="Collectivités")),
        (budgets.save_budget, Budget(name="Budget initial", fiscal_year_id=1)),
        (accounts.save_account, Account(chart="2018", code="756", label="Cotisations")),
        (accounts.save_mapping, FormMapping(chart="2018", prefix="756", form_line_id=1)),
        (accounts.save_year, FiscalYear(year=2021, starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31))),
    ]
    for save, row in taken:
        with pytest.raises(Invalid):
            save(writing, row)


def test_fiscal_years_do_not_overlap_and_close_after_their_end(writing: Session) -> None:
    with pytest.raises(Invalid, match="recouvrent l’exercice 2021"):
        accounts.save_year(
            writing, FiscalYear(year=2022, starts_on=date(2021, 7, 1), ends_on=date(2022, 6, 30))
        )
    made = accounts.save_year(writing, accounts.calendar_year(2025))
    assert (made.chart, made.basis) == ("2025", "En encaissements")
    with pytest.raises(Invalid, match="se clôt après"):
        accounts.close_year(writing, made.id, on=date(2025, 6, 1))
    assert accounts.years(writing) == [2025, 2021, 2020]
    made.basis = "En comptabilité"
    following = accounts.next_year(writing)
    assert (following.year, following.basis) == (2026, "En comptabilité")
    accounts.delete_year(writing, made.id)
    assert accounts.latest_year(writing) == 2021


def test_a_year_whose_receipts_are_counted_is_not_deleted(writing: Session) -> None:
    made = accounts.save_year(writing, accounts.calendar_year(2022))
    with pytest.raises(UserError, match="4\u00a0encaissements") as refused:
        accounts.delete_year(writing, made.id)
    assert refused.value.code == "ENCORE_UTILISE"


def test_a_closed_year_refuses_entries_and_opens_again(example_file: Path, tmp_path: Path) -> None:
    import shutil

    from vto_desktop.store import open_dossier

    with open_dossier(Path(shutil.copy(example_file, tmp_path / "clos.vto"))) as opened:
        with opened.write("Clore") as session:
            row = session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
            accounts.close_year(session, row.id, on=date(2022, 6, 30))
        with pytest.raises(UserError, match="EXERCICE_CLOS"), opened.write("Saisir") as session:
            new = Entry(fiscal_year_id=row.id, entered_on=date(2021, 5, 1), account_code="606", amount=1)
            budgets.save_entry(session, new)
        with opened.write("Rouvrir") as session:
            accounts.reopen_year(session, row.id)
        with opened.write("Saisir") as session:
            new = Entry(fiscal_year_id=row.id, entered_on=date(2021, 5, 1), account_code="606", amount=1)
            assert budgets.save_entry(session, new).id


def test_an_entry_outside_its_year_is_refused_and_a_double_count_warned(writing: Session) -> None:
    year = writing.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
    late = Entry(fiscal_year_id=year.id, entered_on=date(2022, 1, 1), account_code="756", amount=1)
    assert "account_code" in budgets.entry_warnings(writing, late)
    with pytest.raises(Invalid, match="du 01/01/2021 au 31/12/2021"):
        budgets.save_entry(writing, late)
    late.account_code = "706"
    assert budgets.entry_warnings(writing, late) == {}


def test_a_new_version_of_the_budget_copies_another(writing: Session) -> None:
    year = writing.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
    made = budgets.save_budget(writing, Budget(name="Budget modifié", fiscal_year_id=year.id), copy_of=1)
    assert made.position == 1
    latest = budgets.latest_budget(writing, year.id)
    assert latest is not None
    assert latest.id == made.id
    lines = writing.scalars(select(BudgetLine).where(BudgetLine.budget_id == made.id)).all()
    assert sum(line.amount for line in lines) == 2 * 39_200_000


def test_a_source_is_not_put_under_its_own_branch_and_dues_have_one_source(writing: Session) -> None:
    root = writing.scalars(select(FundingSource).where(FundingSource.name == "Collectivités")).one()
    dues_source = writing.scalars(select(FundingSource).where(FundingSource.is_dues)).one()
    root.parent_id = dues_source.id
    with writing.no_autoflush, pytest.raises(Invalid, match="sous une source qui en dépend"):
        sources.save_source(writing, root)
    root.parent_id = None
    made = sources.save_source(writing, FundingSource(name="Cotisations", parent_id=root.id, is_dues=True))
    assert [row.id for row in writing.scalars(select(FundingSource).where(FundingSource.is_dues))] == [
        made.id
    ]


def test_two_presidents_at_a_time_are_a_warning(writing: Session) -> None:
    office = writing.scalars(select(Office).where(Office.label == "Président·e")).one()
    second = Mandate(office_id=office.id, person_id=1, starts_on=date(2021, 5, 1))
    assert mandates.mandate_warnings(writing, second) == {
        "office_id": "Magalie TOUET exerce déjà cette fonction à ces dates."
    }
    mandates.end_mandate(writing, 1, on=date(2021, 5, 1), reason="Démission")
    assert mandates.mandate_warnings(writing, second) == {}
    assert writing.get_one(Mandate, 1).notes == "Démission"
    kept = mandates.save_mandate(writing, second)
    with pytest.raises(Invalid):
        declaration.declare(writing, [kept.id], changed_on=date(2021, 5, 1), on=date(2021, 4, 1))
    assert [each.declare_before for each in declaration.undeclared(writing, on=date(2021, 6, 1))] == [
        date(2021, 3, 2), date(2021, 8, 1),
    ]  # fmt: skip
    declaration.declare(writing, [kept.id], changed_on=date(2021, 5, 1), on=date(2021, 6, 1))
    assert len(declaration.undeclared(writing, on=date(2021, 6, 1))) == 1


def test_placeholders_are_said_to_be_missing(session: Session) -> None:
    row = session.get_one(Association, 1)
    assert association.missing_settings(row) == ["l’adresse", "le SIRET", "le RNA", "l’IBAN"]
    filled = Association(name="A", address="1 rue du Palais", siret="73282932000074", rna="W343012345",
                         iban="FR76 3000 6000 0112 3456 7890 189")  # fmt: skip
    assert association.missing_settings(filled) == []
    assert association.association_warnings(filled) == {}
    wrong = Association(name="A", siret="73282932000075", rna="343", iban="FR76 1", bic="XX")
    assert set(association.association_warnings(wrong)) == {"siret", "rna", "iban", "bic"}
