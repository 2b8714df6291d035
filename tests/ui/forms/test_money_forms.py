"""Fields and drafts of the forms of money: several authorities, accounts by number or name, warnings."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from sqlalchemy import select

from tests.ui.driving import choose, choose_in, pick, type_into
from vto_desktop.model import (
    BudgetLine,
    Convention,
    Entry,
    FiscalYear,
    Instalment,
    Organisation,
    ReportDue,
    ReportKind,
)
from vto_desktop.services.reconciling import Reconciled
from vto_desktop.ui.forms import picks
from vto_desktop.ui.forms.budget_line import BudgetLineForm
from vto_desktop.ui.forms.convention import ConventionForm, loaded_convention, new_convention
from vto_desktop.ui.forms.entry import EntryForm
from vto_desktop.ui.forms.instalment import InstalmentForm
from vto_desktop.ui.forms.report_due import ReportDueForm
from vto_desktop.ui.kit.suggest import SuggestInput
from vto_desktop.ui.kit.workspace import Workspace

Show = Callable[[QWidget], None]


def remarks(form: QWidget) -> list[str]:
    """Return every sentence on a form."""
    return [label.text() for label in form.findChildren(QLabel) if label.text()]


# --- authorities ---------------------------------------------------------------------------------


def test_authorities_are_picked_one_after_the_other_and_removed(workspace: Workspace, shown: Show) -> None:
    field = picks.authorities_input(workspace)
    shown(field)
    for text in ("lunel", "limoux", "vauvert"):
        QTest.keyClicks(field.pick.line, text)
        QTest.keyClick(field.pick.line, Qt.Key.Key_Return)
    names = [field.list.item(place).text() for place in range(field.list.count())]
    assert names == ["Ville de Lunel", "Ville de Limoux", "Vauvert"]
    QTest.keyClicks(field.pick.line, "lunel")
    assert field.pick.popup.item(0).text() == "Rien ne correspond"  # already there
    field.pick.line.clear()
    field.list.setFocus()
    field.list.setCurrentRow(1)
    QTest.keyClick(field.list, Qt.Key.Key_Delete)
    with workspace.read() as session:
        ids = dict(session.execute(select(Organisation.name, Organisation.id)).all())
    assert field.value() == [ids["Ville de Lunel"], ids["Vauvert"]]


def test_only_local_authorities_are_offered(workspace: Workspace, shown: Show) -> None:
    field = picks.authorities_input(workspace)
    shown(field)
    QTest.keyClicks(field.pick.line, "drac")
    assert field.pick.popup.item(0).text() == "Rien ne correspond"
    assert field.problem() == "Choisissez dans la liste qui s’ouvre quand vous tapez."


def test_authorities_survive_a_draft(workspace: Workspace, shown: Show) -> None:
    field, other = picks.authorities_input(workspace), picks.authorities_input(workspace)
    shown(field)
    QTest.keyClicks(field.pick.line, "lunel")
    QTest.keyClick(field.pick.line, Qt.Key.Key_Return)
    QTest.keyClicks(field.pick.line, "lim")
    other.set_typed(field.typed())
    assert other.value() == field.value()
    assert other.pick.line.text() == "lim"


# --- accounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [("622", "622"), ("6226", "6226"), ("contentieux", "6227"), ("", None), ("512", None)],
)
def test_an_account_is_found_by_number_or_words(
    workspace: Workspace, shown: Show, typed: str, code: str | None
) -> None:
    field = picks.AccountInput(workspace, "2018", classes=("622", "623"))
    shown(field)
    QTest.keyClicks(field.line, typed)
    field.normalise()
    assert field.value() == code
    assert bool(field.problem()) == (typed == "512")


def test_an_account_the_chart_lacks_is_shown_and_kept(workspace: Workspace) -> None:
    field = picks.AccountInput(workspace, "2018", classes=("7",))
    field.set_value("7999")
    assert field.value() == "7999"
    assert field.problem() == ""
    other = picks.AccountInput(workspace, "2018", classes=("7",))
    other.set_value("74")
    assert other.text().startswith("74 ")
    other.set_typed(field.typed())
    assert other.line.text() == "7999"


def test_the_chart_follows_the_year_of_the_budget(workspace: Workspace, shown: Show) -> None:
    assert picks.chart_of(workspace, 2021) == "2018"
    with workspace.write("Plan 2025") as session:
        session.add(FiscalYear(year=2025, chart="2025", **_days(2025)))
    assert picks.chart_of(workspace, 2025) == "2025"
    assert picks.chart_of(workspace, 2024) == "2018"


def _days(year: int) -> dict[str, date]:
    return {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}


# --- remarks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "awarded", "words"),
    [
        (4_000_000, 4_000_000, "Total 40\u202f000\u00a0€, égal à l’accordé"),
        (3_800_000, 4_000_000, "Total 38\u202f000\u00a0€, il manque 2\u202f000\u00a0€"),
        (4_000_050, 4_000_000, "Total 40\u202f000,50\u00a0€, dépasse l’accordé de 0,50\u00a0€"),
        (100, None, "Total 1\u00a0€, montant accordé non renseigné"),
    ],
)
def test_parts_say_whether_they_add_up(total: int, awarded: int | None, words: str) -> None:
    assert Reconciled(total, awarded).sentence == words


def test_a_convention_without_source_is_doubtful_but_kept(workspace: Workspace, shown: Show) -> None:
    form = ConventionForm(workspace, new_convention())
    shown(form)
    assert "Sans source, ses encaissements s’affichent «\u00a0Sans source\u00a0»." in remarks(form)
    choose(form, "funding_source_id", "État › DRAC")
    assert "Sans source, ses encaissements s’affichent «\u00a0Sans source\u00a0»." not in remarks(form)
    type_into(form, "asked_amount", "100")
    type_into(form, "awarded_amount", "200")
    assert "Le montant accordé dépasse le montant demandé." in remarks(form)


def test_an_entry_that_receipts_already_count_is_doubtful(workspace: Workspace, shown: Show) -> None:
    with workspace.read() as session:
        year = session.scalars(select(FiscalYear.id).where(FiscalYear.year == 2021)).one()
    form = EntryForm(workspace, Entry(fiscal_year_id=year, label=""))
    shown(form)
    pick(form, "account_code", "7401")
    assert any("comptent déjà ici" in text for text in remarks(form))
    pick(form, "account_code", "6226")
    assert not any("comptent déjà ici" in text for text in remarks(form))


def test_the_day_of_a_report_follows_the_year_until_it_is_typed(workspace: Workspace, shown: Show) -> None:
    with workspace.read() as session:
        convention_id = session.scalars(select(Convention.id)).first()
    row = ReportDue(convention_id=convention_id, kind=ReportKind.FINANCIAL.value, year=2021)
    form = ReportDueForm(workspace, row)
    shown(form)
    type_into(form, "year", "2023")
    assert form.input("due_on").typed() == "30/06/2024"
    type_into(form, "due_on", "15/5/24")
    type_into(form, "year", "2024")
    assert form.input("due_on").typed() == "15/05/2024"


# --- drafts --------------------------------------------------------------------------------------


def test_a_draft_of_a_part_is_offered_on_its_own_convention_only(workspace: Workspace, shown: Show) -> None:
    with workspace.read() as session:
        first, second = session.scalars(select(Convention.id).limit(2)).all()
    form = InstalmentForm(workspace, Instalment(convention_id=first, label=""))
    shown(form)
    type_into(form, "label", "Acompte perdu")
    form.keep_draft()
    elsewhere = InstalmentForm(workspace, Instalment(convention_id=second, label=""))
    assert elsewhere.draft_banner.sentence() == ""
    again = InstalmentForm(workspace, Instalment(convention_id=first, label=""))
    assert "[BROUILLON_RETROUVE]" in again.draft_banner.sentence()


def test_a_line_keeps_its_label_and_convention_when_it_is_opened(workspace: Workspace, shown: Show) -> None:
    with workspace.read() as session:
        line = session.scalars(select(BudgetLine).where(BudgetLine.account_code == "7404")).one()
    form = BudgetLineForm(workspace, line)
    shown(form)
    QApplication.processEvents()
    assert form.input("convention_id").value() == line.convention_id
    assert form.input("label").value() == "Montpellier Méditerranée Métropole"
    assert not form.is_changed()


def test_a_convention_opened_and_saved_untouched_is_unchanged(workspace: Workspace, shown: Show) -> None:
    with workspace.read() as session:
        row_id = session.scalars(select(Convention.id).where(Convention.awarded_amount == 4_000_000)).one()
    form = ConventionForm(workspace, loaded_convention(workspace, row_id))
    shown(form)
    for field in form.fields.values():
        field.input.setFocus()
        QApplication.processEvents()
    assert not form.is_changed()


def test_usual_labels_are_suggested_and_any_other_is_taken(workspace: Workspace, shown: Show) -> None:
    with workspace.read() as session:
        convention_id = session.scalars(select(Convention.id)).first()
    form = InstalmentForm(workspace, Instalment(convention_id=convention_id, label=""))
    shown(form)
    field = form.input("label")
    assert isinstance(field, SuggestInput)
    choose_in(field.menu(), "Solde")
    assert field.value() == "Solde"
    type_into(form, "label", "Avance remboursable")
    assert field.value() == "Avance remboursable"
