"""Instalments, receipts, shares, amendments and reports: each kept by its form, shown, and undone."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import (
    choose,
    choose_in,
    click,
    count,
    is_open,
    opened,
    problems,
    refusal,
    save,
    type_into,
)
from tests.ui.pages.conventions.looking import CONTROL, button, shown_remarks
from vto_desktop.model import (
    Amendment,
    ConventionShare,
    FiscalYear,
    Instalment,
    Receipt,
    ReportDue,
    ReportKind,
)
from vto_desktop.ui.forms.amendment import AmendmentForm
from vto_desktop.ui.forms.convention_share import ConventionShareForm
from vto_desktop.ui.forms.instalment import InstalmentForm
from vto_desktop.ui.forms.receipt import ReceiptForm
from vto_desktop.ui.forms.report_due import ReportDueForm
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions import ConventionsPage

# --- parts: instalments, shares, amendments, receipts, reports -----------------------------------


def test_an_instalment_is_added_with_its_reconciliation_and_undone(
    page: ConventionsPage, workspace: Workspace, herault: int, qtbot: QtBot
) -> None:
    before = count(workspace, Instalment)
    QTest.keyClick(page.detail, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: is_open(InstalmentForm))
    form = opened(InstalmentForm)
    type_into(form, "label", "Solde bis")
    type_into(form, "due_on", "30/9/22")
    type_into(form, "amount", "8000")
    assert "Total 48\u202f000\u00a0€, dépasse l’accordé de 8\u202f000\u00a0€" in shown_remarks(form)
    save(form)
    with workspace.read() as session:
        row = session.scalars(select(Instalment).where(Instalment.label == "Solde bis")).one()
        assert (row.convention_id, row.due_on, row.amount) == (herault, date(2022, 9, 30), 800_000)
    assert "Solde bis" in [
        page.detail.parts.instalments.table.rows.values(n)[0]
        for n in range(page.detail.parts.instalments.table.rows.rowCount())
    ]
    workspace.undo()
    assert count(workspace, Instalment) == before


def test_an_instalment_says_a_wrong_day_beside_a_good_amount(page: ConventionsPage, herault: int) -> None:
    page.detail.acts.new_instalment()
    form = opened(InstalmentForm)
    type_into(form, "label", "Solde")
    type_into(form, "due_on", "31/09/2022")
    type_into(form, "amount", "1000")
    save(form)
    assert problems(form) == {"due_on": "Septembre 2022 a 30 jours."}
    assert "Total 41\u202f000\u00a0€, dépasse l’accordé de 1\u202f000\u00a0€" in shown_remarks(form)


def test_an_instalment_received_is_kept_until_its_receipt_goes(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    instalments = page.detail.parts.instalments.table
    instalments.setFocus()
    instalments.pick(instalments.rows.id_at(0))
    QTest.keyClick(instalments, Qt.Key.Key_Delete)
    assert "Rien n’a été supprimé" in refusal()
    receipts = page.detail.parts.receipts.table
    page.detail.parts.tabs.setCurrentIndex(1)
    receipts.pick(receipts.rows.id_at(0))
    before = count(workspace, Receipt)
    QTest.keyClick(receipts, Qt.Key.Key_Delete)
    assert count(workspace, Receipt) == before - 1
    page.detail.parts.tabs.setCurrentIndex(0)
    instalments.pick(instalments.rows.id_at(0))
    QTest.keyClick(instalments, Qt.Key.Key_Delete)
    assert instalments.rows.rowCount() == 2
    workspace.undo()
    workspace.undo()
    QApplication.processEvents()
    assert instalments.rows.rowCount() == 3
    assert count(workspace, Receipt) == before


def test_receiving_proposes_what_is_left_of_the_instalment(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    with workspace.write("Encaissement partiel") as session:
        chosen = select(Receipt).join(Instalment).where(Instalment.convention_id == herault)
        last = session.scalars(chosen.order_by(Receipt.received_on.desc())).first()
        assert last is not None
        last.amount -= 500_000
    before = count(workspace, Receipt)
    QTest.keyClick(page.detail, Qt.Key.Key_E, CONTROL)
    form = opened(ReceiptForm)
    assert form.input("amount").value() == 500_000
    type_into(form, "amount", "2000")
    assert "Il restera 3\u202f000\u00a0€ à encaisser" in shown_remarks(form)
    type_into(form, "amount", "5000")
    assert "Règle entièrement la tranche" in shown_remarks(form)
    type_into(form, "received_on", "15/02/2022")
    choose(form, "means", "Chèque")
    save(form)
    assert count(workspace, Receipt) == before + 1
    assert page.detail.amounts.figures[1].text() == "40\u202f000\u00a0€"
    workspace.undo()
    QApplication.processEvents()
    assert count(workspace, Receipt) == before
    assert page.detail.amounts.figures[1].text() == "35\u202f000\u00a0€"


def test_a_receipt_in_a_closed_year_is_refused_in_the_form(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    with workspace.write("Clore 2021") as session:
        year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
        year.closed_on = date(2022, 6, 30)
    page.detail.acts.receive()
    form = opened(ReceiptForm)
    type_into(form, "amount", "10")
    type_into(form, "received_on", "01/12/2021")
    save(form)
    assert "[EXERCICE_CLOS]" in form.banner.sentence()
    assert is_open(ReceiptForm)


def test_a_share_is_added_edited_and_undone(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    click(button(page.detail.shares, "Ajouter"))
    form = opened(ConventionShareForm)
    assert form.input("year").value() == 2023
    type_into(form, "year", "2022")
    type_into(form, "amount", "500")
    save(form)
    assert problems(form) == {"year": "La convention a déjà une part pour 2022."}
    type_into(form, "year", "2024")
    save(form)
    with workspace.read() as session:
        row = session.scalars(select(ConventionShare).where(ConventionShare.year == 2024)).one()
        assert (row.convention_id, row.amount) == (herault, 50_000)
    assert page.detail.shares.table.totals.texts()["state"] == "dépasse l’accordé de 500\u00a0€"
    page.detail.shares.table.pick(row.id)
    QTest.keyClick(page.detail.shares.table, Qt.Key.Key_Return)
    form = opened(ConventionShareForm)
    type_into(form, "amount", "600")
    save(form)
    assert page.detail.shares.table.totals.texts()["state"] == "dépasse l’accordé de 600\u00a0€"
    workspace.undo()
    workspace.undo()
    QApplication.processEvents()
    assert page.detail.shares.table.totals.texts()["state"] == "✓ réparti"


def test_a_signed_amendment_raises_what_is_awarded(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    page.detail.parts.tabs.setCurrentIndex(2)
    click(button(page.detail, "Nouvel avenant"))
    form = opened(AmendmentForm)
    assert form.input("number").value() == 1
    type_into(form, "signed_on", "01/02/2022")
    type_into(form, "object", "Prolongation")
    type_into(form, "amount_change", "-1500,50")
    assert "Accordé avec cet avenant\u00a0: 38\u202f499,50\u00a0€" in shown_remarks(form)
    save(form)
    assert page.detail.amounts.figures[0].text() == "38\u202f499,50\u00a0€"
    with workspace.read() as session:
        assert session.scalars(select(Amendment.amount_change)).one() == -150_050
    workspace.undo()
    assert count(workspace, Amendment) == 0
    assert page.detail.amounts.figures[0].text() == "40\u202f000\u00a0€"


def test_a_report_is_added_on_the_day_of_the_rule_then_sent(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    before = count(workspace, ReportDue)
    choose_in(page.detail.menu(), "Nouveau compte rendu dû…")
    form = opened(ReportDueForm)
    choose(form, "kind", ReportKind.QUALITATIVE.value)
    type_into(form, "year", "2022")
    assert form.input("due_on").value() == date(2023, 6, 30)
    save(form)
    assert count(workspace, ReportDue) == before + 1
    click(button(page.detail.reports, "Envoyé…"))
    form = opened(ReportDueForm)
    assert form.input("kind").value() == ReportKind.QUALITATIVE.value
    assert form.input("sent_on").value() == date.today()  # noqa: DTZ011 - the user's own calendar day
    save(form)
    with workspace.read() as session:
        waiting = select(ReportDue.id).where(ReportDue.convention_id == herault, ReportDue.sent_on.is_(None))
        assert session.scalars(waiting).all() == []
    workspace.undo()
    workspace.undo()
    assert count(workspace, ReportDue) == before


def test_reports_are_planned_from_the_shares_in_one_step(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    with workspace.write("Oublier les comptes rendus") as session:
        for row in session.scalars(select(ReportDue).where(ReportDue.convention_id == herault)):
            session.delete(row)
    assert page.detail.reports.table.rows.rowCount() == 0
    choose_in(page.detail.menu(), "Prévoir les comptes rendus d’après la règle")
    rows = page.detail.reports.table.rows
    assert [rows.values(n)[1] for n in range(rows.rowCount())] == [date(2022, 6, 30), date(2023, 6, 30)]
    workspace.undo()
    assert page.detail.reports.table.rows.rowCount() == 0
