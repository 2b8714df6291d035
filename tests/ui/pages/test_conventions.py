"""« Conventions »: the list and its sums, one convention in full, and every act on it and its parts."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import (
    choose,
    choose_in,
    click,
    count,
    is_open,
    opened,
    pick,
    problems,
    refusal,
    save,
    type_into,
)
from vto_desktop.model import (
    Amendment,
    Convention,
    ConventionShare,
    FiscalYear,
    Instalment,
    Receipt,
    ReportDue,
    ReportKind,
)
from vto_desktop.services import accounts
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.amendment import AmendmentForm
from vto_desktop.ui.forms.convention import ConventionForm
from vto_desktop.ui.forms.convention_share import ConventionShareForm
from vto_desktop.ui.forms.instalment import InstalmentForm
from vto_desktop.ui.forms.receipt import ReceiptForm
from vto_desktop.ui.forms.report_due import ReportDueForm
from vto_desktop.ui.kit.pick_many import PickManyInput
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions import ConventionsPage
from vto_desktop.ui.pages.conventions.reading import report_chip

HERAULT = "Évaluation finale des contrats de ville, Hérault"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> ConventionsPage:
    """Return the page, shown and filled."""
    made = ConventionsPage(workspace)
    made.resize(1232, 812)
    shown(made)
    made.list.refresh_now()
    QApplication.processEvents()
    return made


def titles(page: ConventionsPage) -> list[str]:
    """Return the conventions listed."""
    rows = page.list.table.rows
    return [rows.values(row)[0] for row in range(rows.rowCount())]


def id_of(workspace: Workspace, title: str) -> int:
    """Return the id of a convention."""
    with workspace.read() as session:
        return session.scalars(select(Convention.id).where(Convention.title == title)).one()


@pytest.fixture
def herault(page: ConventionsPage, workspace: Workspace) -> int:
    """Open the detail of the DDETS de l’Hérault's convention (40 000 €, two years); return its id."""
    found = id_of(workspace, HERAULT)
    page.open_item(found)
    QApplication.processEvents()
    return found


def button(parent: QWidget, text: str) -> QPushButton:
    """Return a button by its text."""
    return next(each for each in parent.findChildren(QPushButton) if each.text() == text)


def shown_remarks(form: QWidget) -> list[str]:
    """Return the sentences that stand below fields."""
    return [label.text() for label in form.findChildren(QLabel) if label.text()]


# --- the list ------------------------------------------------------------------------------------


def test_the_list_sums_up_what_is_awarded_shared_and_received(page: ConventionsPage) -> None:
    assert len(titles(page)) == 12
    assert page.list.count_label.text() == "12\u00a0conventions"
    totals = page.list.table.totals.texts()
    assert totals["awarded"] == "360\u202f000\u00a0€"
    assert totals["share"] == "324\u202f000\u00a0€"
    assert totals["received"] == "360\u202f000\u00a0€"
    assert totals["due"] == totals["late"] == "0\u00a0€"


def test_chips_narrow_the_list_by_state_funder_source_and_year(page: ConventionsPage) -> None:
    choose_in(page.list.chips["funder"].menu_of_choices(), "DDETS de l’Hérault")
    assert len(titles(page)) == 2
    assert page.list.table.totals.texts()["awarded"] == "58\u202f000\u00a0€"
    click(page.list.chips["funder"])
    choose_in(page.list.chips["source"].menu_of_choices(), "État › DRAC")
    assert len(titles(page)) == 1
    page.list.clear_filters()
    choose_in(page.list.chips["status"].menu_of_choices(), "En préparation")
    assert all("Cité éducative" in title for title in titles(page))
    page.list.clear_filters()
    assert page.list.of_year.text() == "De l’exercice 2021"
    click(page.list.of_year)
    assert HERAULT in titles(page)
    assert len(titles(page)) < 12


def test_the_share_follows_the_fiscal_year(page: ConventionsPage, workspace: Workspace) -> None:
    with workspace.write("Ouvrir 2022") as session:
        accounts.add_year(session, 2022)
    workspace.year = 2022
    QApplication.processEvents()
    assert page.list.table.totals.texts()["share"] == "36\u202f000\u00a0€"


def test_a_late_instalment_shows_in_the_list_and_in_the_detail(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    with workspace.write("Ajouter une tranche échue") as session:
        yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - the user's own calendar day
        session.add(
            Instalment(
                convention_id=herault,
                label="Rappel",
                due_on=yesterday,
                condition="",
                amount=600_000,
                position=9,
            )
        )
    assert page.detail.amounts.figures[3].text() == "6\u202f000\u00a0€"
    texts = page.detail.parts.instalments.table.totals.texts()
    assert texts["state"] == "6\u202f000\u00a0€"
    assert texts["condition"] == "dépasse l’accordé de 6\u202f000\u00a0€"
    page.show_list()
    QApplication.processEvents()
    assert page.list.table.totals.texts()["late"] == "6\u202f000\u00a0€"


def test_enter_opens_the_detail_and_alt_left_comes_back(page: ConventionsPage) -> None:
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.stack.currentWidget() is page.detail
    assert page.detail.view is not None
    assert page.detail.view.row.title == titles(page)[0]
    QTest.keyClick(page.detail, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.stack.currentWidget() is page.list


# --- the detail ----------------------------------------------------------------------------------


def test_the_detail_says_what_adds_up(page: ConventionsPage, herault: int) -> None:
    detail = page.detail
    assert [figure.text() for figure in detail.amounts.figures] == [
        "40\u202f000\u00a0€", "40\u202f000\u00a0€", "0\u00a0€", "0\u00a0€",
    ]  # fmt: skip
    assert detail.parts.instalments.table.totals.texts()["condition"] == "✓ égal à l’accordé"
    assert detail.shares.table.totals.texts()["state"] == "✓ réparti"
    assert detail.shares.note.text() == (
        "À la clôture 2021, 12\u202f000\u00a0€ concernent 2022 (produits constatés d’avance, compte 487)."
    )
    assert detail.reports.note.text() == "Règle\u00a0: chaque exercice, 6\u00a0mois après sa clôture"
    assert detail.curve.view.accessibleName() == "Attendu 40\u202f000\u00a0€, reçu 40\u202f000\u00a0€"


def test_a_missing_instalment_is_said(page: ConventionsPage, workspace: Workspace, herault: int) -> None:
    with workspace.write("Réduire une tranche") as session:
        first = session.scalars(select(Instalment).where(Instalment.convention_id == herault)).first()
        assert first is not None
        first.amount -= 200_000
    texts = page.detail.parts.instalments.table.totals.texts()
    assert texts["condition"] == "il manque 2\u202f000\u00a0€"


def test_a_click_on_the_curve_leads_to_the_row(page: ConventionsPage, herault: int) -> None:
    region = next(r for r in page.detail.curve.view.regions if r.key.startswith("receipt:"))
    page.detail.curve.view.clicked.emit(region.key)
    assert page.detail.parts.tabs.currentIndex() == 1
    assert page.detail.parts.receipts.table.current_id() == int(region.key.partition(":")[2])


def test_a_link_to_a_receipt_opens_its_convention(page: ConventionsPage, workspace: Workspace) -> None:
    with workspace.read() as session:
        chosen = select(Receipt.id).join(Instalment).join(Convention).where(Convention.title == HERAULT)
        receipt_id = session.scalars(chosen).first()
    assert receipt_id is not None
    page.show_row("receipt", receipt_id)
    assert page.detail.view is not None
    assert page.detail.view.row.title == HERAULT
    assert page.detail.parts.receipts.table.current_id() == receipt_id


def test_reports_count_the_days_left() -> None:
    due = date(2022, 6, 30)
    assert report_chip(due, None, on=date(2022, 2, 15)).text == "135\u00a0jours"
    assert report_chip(due, None, on=date(2022, 6, 30)).text == "Aujourd’hui"
    assert report_chip(due, None, on=date(2022, 7, 12)).text == "12\u00a0jours de retard"
    assert report_chip(due, None, on=date(2021, 7, 1)).text == "À venir"
    assert report_chip(due, date(2022, 5, 20), on=date(2022, 7, 12)).text == "Envoyé"


# --- conventions: add, edit, duplicate, delete ---------------------------------------------------


def test_a_convention_is_added_by_keys_and_undone(
    page: ConventionsPage, workspace: Workspace, qtbot: QtBot
) -> None:
    before = count(workspace, Convention)
    QTest.keyClick(page.list, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: is_open(ConventionForm))
    form = opened(ConventionForm)
    type_into(form, "title", "Cite educative de Beziers")
    pick(form, "funder_id", "drac")
    choose(form, "funding_source_id", "État › DRAC")
    type_into(form, "awarded_amount", "12 345,5")
    type_into(form, "signed_on", "010322")
    many = form.input("agreement_ids")
    assert isinstance(many, PickManyInput)
    for text in ("lunel", "limoux"):
        QTest.keyClicks(many.pick.line, text)
        QTest.keyClick(many.pick.line, Qt.Key.Key_Return)
    assert form.subheading.text() == "D’après ses dates\u00a0: signée"
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert not is_open(ConventionForm)
    with workspace.read() as session:
        row = session.scalars(select(Convention).where(Convention.title == "Cite educative de Beziers")).one()
        assert (row.awarded_amount, row.signed_on, row.account_code) == (1_234_550, date(2022, 3, 1), "74")
        assert row.funder.name == "DRAC Occitanie"
        assert [each.organisation.name for each in row.agreements] == ["Ville de Lunel", "Ville de Limoux"]
    assert page.detail.view is not None
    assert page.detail.view.row.id == row.id
    workspace.undo()
    QApplication.processEvents()
    assert count(workspace, Convention) == before
    assert page.stack.currentWidget() is page.list


def test_a_convention_without_funder_or_title_says_both(page: ConventionsPage) -> None:
    page.list.new()
    form = opened(ConventionForm)
    save(form)
    assert problems(form) == {
        "title": "Indiquez l’intitulé de la convention.",
        "funder_id": "Choisissez le financeur.",
    }
    pick(form, "funder_id", "drac")
    type_into(form, "title", "Un titre")
    type_into(form, "signed_on", "01/02/2022")
    type_into(form, "refused_on", "01/03/2022")
    save(form)
    assert problems(form) == {
        "refused_on": "Une convention signée n’est pas refusée : videz l’une des deux dates."
    }


def test_editing_keeps_the_agreements_that_stay(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    with workspace.read() as session:
        row = session.get_one(Convention, herault)
        kept = {each.organisation_id: each.id for each in row.agreements}
    assert len(kept) == 4
    QTest.keyClick(page.detail, Qt.Key.Key_F2)
    form = opened(ConventionForm)
    many = form.input("agreement_ids")
    assert isinstance(many, PickManyInput)
    many.list.setCurrentRow(0)
    QTest.keyClick(many.list, Qt.Key.Key_Delete)
    save(form)
    with workspace.read() as session:
        row = session.get_one(Convention, herault)
        left = {each.organisation_id: each.id for each in row.agreements}
    assert len(left) == 3
    assert left.items() < kept.items()


def test_duplicating_opens_a_new_convention_like_it(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    before = count(workspace, Convention)
    QTest.keyClick(page.detail, Qt.Key.Key_D, CONTROL)
    form = opened(ConventionForm)
    assert form.input("title").value() == f"{HERAULT} (copie)"
    assert form.input("signed_on").value() is None
    save(form)
    assert count(workspace, Convention) == before + 1
    assert page.detail.view is not None
    assert len(page.detail.view.row.agreements) == 4
    assert page.detail.view.status == "En préparation"


def test_a_convention_with_receipts_is_not_deleted(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    choose_in(page.detail.menu(), "Supprimer")
    assert "encaissement" in refusal()
    assert id_of(workspace, HERAULT) == herault


def test_deleting_goes_back_to_the_list_and_is_undone(page: ConventionsPage, workspace: Workspace) -> None:
    with workspace.read() as session:
        chosen = select(Convention.title).where(Convention.title.contains("Cité éducative"))
        title = session.scalars(chosen).first()
    assert title is not None
    page.list.table.pick(id_of(workspace, title))
    QTest.keyClick(page.list.table, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert title not in titles(page)
    assert len(titles(page)) == 11
    workspace.undo()
    QApplication.processEvents()
    assert title in titles(page)


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
    click(button(page.detail.parts, "Nouvel avenant"))
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


def test_nothing_is_offered_on_a_read_only_dossier(
    workspace: Workspace, dossier: Dossier, shown: Callable[[QWidget], None]
) -> None:
    dossier.is_read_only = True
    page = ConventionsPage(workspace)
    shown(page)
    page.list.refresh_now()
    assert not next(
        b for b in page.list.findChildren(QPushButton) if b.text() == "Nouvelle convention"
    ).isEnabled()
    page.open_item(id_of(workspace, HERAULT))
    assert all(
        not button.isEnabled()
        for button in page.detail.findChildren(QPushButton)
        if button.text() == "Ajouter"
    )
    page.detail.acts.new_instalment()
    assert not is_open(InstalmentForm)


def test_long_texts_do_not_widen_the_detail(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    with workspace.write("Allonger") as session:
        row = session.get_one(Convention, herault)
        row.title, row.object = "Très " * 60, "Objet & <b>gras</b> 😀 " * 40
    QApplication.processEvents()
    assert page.detail.minimumSizeHint().width() <= 780
    assert page.detail.name.text().endswith("…")
