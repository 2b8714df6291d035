"""« Conventions »: the list and its sums, one convention in full, and the acts on a whole convention."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
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
from tests.ui.pages.conventions.looking import CONTROL, HERAULT, id_of, titles
from vto_desktop.model import (
    Convention,
    Instalment,
    Receipt,
)
from vto_desktop.services import accounts
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.convention import ConventionForm
from vto_desktop.ui.forms.instalment import InstalmentForm
from vto_desktop.ui.kit.pick_many import PickManyInput
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions import ConventionsPage
from vto_desktop.ui.pages.conventions.reading import report_chip

# --- the list ------------------------------------------------------------------------------------


def test_the_list_sums_up_what_is_awarded_shared_and_received(page: ConventionsPage) -> None:
    assert len(titles(page)) == 12
    assert page.list.count_label.text() == "12\u00a0conventions"
    totals = page.list.table.totals.texts()
    assert totals["awarded"] == "360\u202f000\u00a0€"
    assert totals["share"] == "324\u202f000\u00a0€"
    assert totals["received"] == "324\u202f000\u00a0€"  # as the year ended, and the dashboard says
    assert (totals["due"], totals["late"]) == ("36\u202f000\u00a0€", "0\u00a0€")
    assert page.list.day.chip.text == "Chiffres au 31/12/2021"


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
        accounts.save_year(session, accounts.next_year(session))
    workspace.year = 2022
    QApplication.processEvents()
    assert page.list.table.totals.texts()["share"] == "36\u202f000\u00a0€"


def test_a_late_instalment_shows_in_the_list_and_in_the_detail(
    page: ConventionsPage, workspace: Workspace, herault: int
) -> None:
    with workspace.write("Ajouter une tranche échue") as session:
        session.get_one(Convention, herault).settled_on = None
        session.add(
            Instalment(
                convention_id=herault,
                label="Rappel",
                due_on=date(2021, 12, 1),
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
    assert page.list.table.totals.texts()["due"] == "42\u202f000\u00a0€"


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
    assert report_chip(due, None, on=date(2026, 11, 26)).text == "1\u202f610\u00a0j de retard"
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
    before = page.detail.minimumSizeHint().width()
    with workspace.write("Allonger") as session:
        row = session.get_one(Convention, herault)
        row.title, row.object = "Très " * 60, "Objet & <b>gras</b> 😀 " * 40
    QApplication.processEvents()
    assert page.detail.minimumSizeHint().width() == before
    assert page.detail.name.shown_text().endswith("…")
    assert page.detail.status.width() >= page.detail.status.sizeHint().width(), page.detail.status.chip
