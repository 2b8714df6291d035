"""« Cotisations » through the real window: the list and its figures, chips, panel, links, acts."""

from datetime import date, timedelta
from typing import cast

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.ui.driving import (
    choose_in,
    click,
    count,
    is_open,
    opened,
    page_of,
    problems,
    refusal,
    save,
    settle,
    type_into,
)
from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member, Organisation, Receipt, Reminder
from vto_desktop.services import dues_summary, members
from vto_desktop.ui.forms.campaign import CampaignForm
from vto_desktop.ui.forms.carry_over import CarryOverForm
from vto_desktop.ui.forms.dues import DuesForm
from vto_desktop.ui.forms.dues_receipt import DuesReceiptForm
from vto_desktop.ui.kit import chips, theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.figure_rows import FigureRows
from vto_desktop.ui.kit.rows_dialog import RowsDialog
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.dues import DuesPage, listing
from vto_desktop.ui.pages.dues.years import YearsDialog

FIRST_PAGE = "dues"

TODAY = date.today()  # noqa: DTZ011 - the page reads the user's own calendar day


def plain(text: str) -> str:
    return text.replace(french.NBSP, " ").replace(french.THIN, " ")


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """Return the workspace of the window."""
    return window.workspace


@pytest.fixture
def page(window: MainWindow) -> DuesPage:
    """Return the page in the window, shown and filled."""
    return page_of(window, "dues", DuesPage)


def names(page: DuesPage) -> list[str]:
    return [page.table.rows.values(row)[0] for row in range(page.table.rows.rowCount())]


def cell(page: DuesPage, row: int, key: str) -> object:
    place = next(n for n, column in enumerate(page.columns) if column.key == key)
    return page.table.rows.values(row)[place]


def dues_of(session: Session, *starts: str) -> list[Dues]:
    """Return the dues of the members whose names begin so."""
    return [
        session.scalars(select(Dues).join(Member).where(Member.sort_key.startswith(start))).one()
        for start in starts
    ]


@pytest.fixture
def uneven(page: DuesPage, workspace: Workspace) -> DuesPage:
    """Make three of the dues late (5, 45 and 120 days), one partly paid, one overpaid, one not called."""
    with workspace.write("Mélanger") as session:
        ales, carcassonne, nimes, vauvert, lunel = dues_of(
            session, "ales", "carcassonne", "nimes", "vauvert", "ville de lunel"
        )
        for row, days in ((ales, 5), (carcassonne, 45), (nimes, 120)):
            row.called_on, row.due_on = TODAY - timedelta(days + 30), TODAY - timedelta(days)
        session.execute(
            delete(Receipt).where(Receipt.dues_id.in_([ales.id, carcassonne.id, nimes.id, lunel.id]))
        )
        session.add(Receipt(dues_id=ales.id, amount=100_000, received_on=TODAY))
        session.add(Receipt(dues_id=vauvert.id, amount=5_000, received_on=TODAY))
        session.add(Reminder(dues_id=nimes.id, level=1, sent_on=TODAY - timedelta(31), amount=1))
        lunel.called_on = lunel.due_on = None
        lunel.number = ""
    settle()
    return page


def test_the_page_shows_the_year_s_dues_and_what_they_add_up_to(page: DuesPage) -> None:
    assert page.heading.text() == "Cotisations 2021"
    assert len(names(page)) == 16
    assert page.count_label.text() == "16\u00a0cotisations"
    assert plain(page.totals_label.text()) == "64 000 € appelés, 64 000 € reçus"
    shown = {key: plain(card.figure()) for key, card in page.head.cards.items()}
    assert shown == {"called": "64 000 €", "received": "64 000 €", "due": "0 €", "rate": "100 %"}
    assert not page.waiting.isVisible()
    assert page.detail.heading.text() == "Alès Agglomération"
    assert plain(page.detail.subheading.text()) == "Appel n° 2021-001 · Cotisations 2021"


def test_figures_ages_and_list_agree_with_the_summary(uneven: DuesPage, workspace: Workspace) -> None:
    with workspace.read() as session:
        found = dues_summary.dues_summary(session, 2021, on=TODAY)
    cards = uneven.head.cards
    assert cards["called"].figure() == french.amount(found.called_total)
    assert cards["received"].figure() == french.amount(found.received_total)
    assert cards["due"].figure() == french.amount(found.due_total)
    assert [band.from_days for band in uneven.head.bar.bands] == [1, 31, 91]
    assert sum(band.amount for band in uneven.head.bar.bands) == found.due_total
    listed = {name: row for row, name in enumerate(names(uneven))}
    for each in found.members:
        row = listed[each.name]
        assert cell(uneven, row, "received") == (each.received or None)
        assert cell(uneven, row, "due") == (each.due or None)
        assert cell(uneven, row, "overpaid") == (each.overpaid or None)
        assert cell(uneven, row, "late") == (each.days_late or None)
        assert str(cell(uneven, row, "state")) == ("Trop-perçu" if each.overpaid else each.state)
    said = plain(uneven.totals_label.text())
    assert said.startswith(f"{plain(french.amount(found.called_total))} appelés")
    assert "trop-perçu 50 €" in said


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("state", "En retard", ["Alès Agglomération", "Carcassonne Agglomération", "Nîmes Métropole"]),
        ("state", "Trop-perçu", ["Vauvert"]),
        ("state", "À appeler", ["Ville de Lunel"]),
        ("late", 31, ["Carcassonne Agglomération"]),
        ("late", "late", ["Alès Agglomération", "Carcassonne Agglomération", "Nîmes Métropole"]),
        ("reminder", 1, ["Nîmes Métropole"]),
        ("reminder", "to send", ["Alès Agglomération", "Carcassonne Agglomération", "Nîmes Métropole"]),
        ("open", True, ["Alès Agglomération", "Carcassonne Agglomération", "Nîmes Métropole"]),
        ("kind", "Personne physique", ["Didier LAPORTE"]),
    ],
)
def test_chips_narrow_the_list(uneven: DuesPage, key: str, value: object, found: list[str]) -> None:
    uneven.filter_by(key, value)
    assert [name[:20] for name in names(uneven)] == [name[:20] for name in found]
    uneven.clear_filters()
    assert len(names(uneven)) == 16


def test_a_name_or_a_number_filters_as_one_types(page: DuesPage) -> None:
    QTest.keyClicks(page.filter_field, "nimes")
    page.filter_field.filter_now()
    assert names(page) == ["Nîmes Métropole"]
    page.filter_field.setText("2021-013")
    page.filter_field.filter_now()
    assert names(page) == ["Vauvert"]
    QTest.keyClick(page.filter_field, Qt.Key.Key_Escape)
    assert len(names(page)) == 16


@pytest.mark.parametrize("column", [column.key for column in DuesPage.columns])
def test_every_column_sorts(uneven: DuesPage, column: str) -> None:
    place = next(n for n, each in enumerate(uneven.columns) if each.key == column)
    for descending in (False, True):
        uneven.table.header.sort_by(column, descending)
        shown = [uneven.table.rows.values(row)[place] for row in range(16)]
        known = [value for value in shown if value is not None]
        assert shown[: len(known)] == known, "nothing known comes last"
        if column in ("due", "amount", "received", "overpaid", "due_on", "called_on", "number", "late"):
            assert known == sorted(known, reverse=descending)


def test_a_card_opens_what_it_is_made_of(uneven: DuesPage, window: MainWindow, workspace: Workspace) -> None:
    QTest.mouseClick(uneven.head.cards["due"], Qt.MouseButton.LeftButton)
    assert len(names(uneven)) == 3
    assert uneven.chips["open"].value is True
    QTest.mouseClick(uneven.head.cards["called"], Qt.MouseButton.LeftButton)
    assert len(names(uneven)) == 16
    QTest.mouseClick(uneven.head.cards["received"], Qt.MouseButton.LeftButton)
    dialog = opened(RowsDialog)
    assert dialog.total()["amount"] == uneven.head.cards["received"].figure()
    dialog.table.pick(dialog.table.rows.id_at(0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    form = opened(DuesReceiptForm)
    form.leave()
    bar = uneven.head.bar
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPointF(bar.width() - 3, bar.height() / 2).toPoint())
    assert names(uneven) == ["Nîmes Métropole"]
    assert "Plus de 90 jours" in uneven.chips["late"].text()


def test_years_are_compared_and_lead_to_theirs(page: DuesPage, workspace: Workspace) -> None:
    with workspace.write("Cotisations 2020") as session:
        year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2020)).one()
        campaign = DuesCampaign(fiscal_year=year, name="Cotisations 2020")
        member = session.scalars(select(Member)).first()
        session.add(
            Dues(
                campaign=campaign, member=member, amount=50_000, called_on=date(2020, 2, 1), number="2020-001"
            )
        )
    settle()
    QTest.mouseClick(page.head.cards["rate"], Qt.MouseButton.LeftButton)
    dialog = opened(YearsDialog)
    lines = [tuple(map(plain, line)) for line in dialog.findChild(FigureRows).texts()]  # type: ignore[union-attr]
    assert lines == [
        ("2020", "1", "500 €", "0 €", "500 €", "0 %"), ("2021", "16", "64 000 €", "64 000 €", "0 €", "100 %"),
    ]  # fmt: skip
    assert [region.key for region in dialog.chart.regions] == ["2020", "2021"]
    dialog.chart.clicked.emit("2020")
    settle()
    assert workspace.year == 2020
    assert len(names(page)) == 1
    assert not is_open(YearsDialog)


# --- links ---------------------------------------------------------------------------------------


def test_rows_of_dues_are_shown_here_from_anywhere(window: MainWindow, workspace: Workspace) -> None:
    workspace.year = 2020
    with workspace.read() as session:
        row = dues_of(session, "vauvert")[0]
        receipt = session.scalars(select(Receipt.id).where(Receipt.dues_id == row.id)).one()
        other = session.scalars(select(Receipt.id).where(Receipt.instalment_id.is_not(None))).first()
    for table, row_id in (("dues", row.id), ("receipt", receipt)):
        window.show_page("dashboard")
        workspace.open_row(table, row_id)
        settle()
        assert window.page_key == "dues"
        assert workspace.year == 2021
        page = cast("DuesPage", window.page("dues"))
        assert page.detail.heading.text() == "Vauvert"
    assert other is not None
    workspace.open_row("receipt", other)
    assert window.page_key == "conventions"
    workspace.open_row("dues_campaign", row.campaign_id)
    assert window.page_key == "dues"


def test_the_dashboard_leads_to_the_late_ones(uneven: DuesPage, window: MainWindow) -> None:
    window.show_page("dashboard")
    settle()
    dashboard = window.page("dashboard")
    items = {plain(item.title): item for item in dashboard.to_do._items}  # type: ignore[attr-defined]
    assert "2 relances de niveau 1 à envoyer" in items
    assert "1 relance de niveau 2 à envoyer" in items
    late = items["Cotisations 2021 : 3 adhérents"]
    assert late.action == "Relancer"
    dashboard._act(late)  # type: ignore[attr-defined]
    settle()
    assert window.page_key == "dues"
    assert len(names(uneven)) == 3
    assert uneven.chips["late"].value == "late"


# --- acts ----------------------------------------------------------------------------------------


def test_dues_prepared_are_called_from_the_banner(uneven: DuesPage, workspace: Workspace) -> None:
    assert uneven.waiting.isVisible()
    assert "1\u00a0cotisation préparée n’est pas appelée" in uneven.waiting.sentence()
    click(uneven.waiting.call_button)
    settle()
    assert not uneven.waiting.isVisible()
    with workspace.read() as session:
        row = dues_of(session, "ville de lunel")[0]
        assert (row.number, row.called_on) == ("2021-017", TODAY)
        assert row.due_on == TODAY + timedelta(135)  # as long after as the campaign left
    workspace.undo()
    assert uneven.waiting.isVisible()


def test_members_without_dues_are_called_from_the_banner(page: DuesPage, workspace: Workspace) -> None:
    for number, name in enumerate(("Ville de Béziers", "Ville de Beaucaire"), 1):
        with workspace.write("Adhésion") as session:
            holder = Organisation(name=name, kind="Commune", population=16_000)
            members.save_member(session, Member(organisation=holder, college_id=1))
        settle()
        assert page.waiting.sentence().startswith(f"{number}\u00a0adhérent")
    click(page.waiting.call_button)
    wizard = opened(CampaignForm)
    assert wizard.steps.currentIndex() == 2, "the decision and the scale are known"
    assert wizard.preview.table.hasFocus()
    assert len(wizard.preview.value()) == 2
    wizard.leave()
    workspace.undo()
    settle()
    page.call_one()
    nobody = opened(DuesForm)
    assert nobody.fields["amount"]._below.text() == "", "nobody is chosen, so the scale has nothing to say"
    nobody.leave()
    click(page.waiting.call_button)
    form = opened(DuesForm)
    assert form.heading.text() == "Ville de Béziers"
    assert form.input("amount").value() == 80_000
    save(form)
    settle()
    assert not page.waiting.isVisible()


def test_too_much_is_carried_over_to_other_dues(uneven: DuesPage, workspace: Workspace) -> None:
    with workspace.read() as session:
        ales, vauvert = dues_of(session, "ales", "vauvert")
    uneven.acts.carry_over(ales.id)
    assert "RIEN_A_REPORTER" in refusal()
    uneven.acts.carry_over(vauvert.id)
    assert "RIEN_A_REPORTER" in refusal()  # it has no other dues
    with workspace.write("Cotisations 2020") as session:
        year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2020)).one()
        campaign = DuesCampaign(fiscal_year=year, name="Cotisations 2020")
        session.add(Dues(campaign=campaign, member_id=vauvert.member_id, amount=3_000))
    uneven.acts.carry_over(vauvert.id)
    form = opened(CarryOverForm)
    assert plain(form.subheading.text()) == "50 € de trop-perçu à reporter."
    save(form)
    settle()
    uneven.open_item(vauvert.id)
    settle()
    assert [plain(text) for text in uneven.receipts.texts()][-1].endswith("−30 €")
    assert "trop-perçu 20 €" in plain(uneven.totals_label.text())
    workspace.undo()
    settle()
    assert "trop-perçu 50 €" in plain(uneven.totals_label.text())


def test_nothing_is_received_for_cancelled_dues(page: DuesPage, workspace: Workspace) -> None:
    with workspace.write("Annuler") as session:
        row = dues_of(session, "vauvert")[0]
        row.cancelled_on = TODAY
    said: list[str] = []
    workspace.status.connect(said.append)
    page.acts.receive(row.id)
    assert "annulée" in said[-1]
    assert not is_open(DuesReceiptForm)


def test_one_payment_of_the_dues_chosen_changes_every_figure(uneven: DuesPage, workspace: Workspace) -> None:
    uneven.table.pick(uneven.table.rows.id_at(0))
    before = count(workspace, Receipt)
    assert uneven.receive_button.shortcut().toString() == "Ctrl+N"
    click(uneven.receive_button)
    form = opened(DuesReceiptForm)
    assert form.input("amount").value() == 552_704 - 100_000
    save(form)
    assert count(workspace, Receipt) == before + 1
    settle()
    assert str(cell(uneven, 0, "state")) == "Réglée"
    assert len(uneven.receipts.texts()) == 2
    choose_in(uneven.receipts.views[1].menu(), "Supprimer")
    settle()
    assert str(cell(uneven, 0, "state")) == "En retard"


def test_a_call_has_its_number_and_keeps_it(page: DuesPage, workspace: Workspace) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    form = opened(DuesForm)
    assert plain(form.subheading.text()) == "Appel n° 2021-001"
    assert "138\u202f176\u00a0hab." in form.computation.text()
    type_into(form, "called_on", "")
    type_into(form, "due_on", "")
    save(form)
    assert "son appel ne s’efface pas" in problems(form)["called_on"]
    form.workspace.undo()
    form._close()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "elle s’annule" in refusal()
    assert count(workspace, Dues) == 16


@pytest.mark.parametrize("wide", [1024, 1200, 1366, 1440])
def test_no_figure_of_the_cards_is_cut_and_the_list_need_not_scroll(
    uneven: DuesPage, window: MainWindow, wide: int
) -> None:
    window.resize(wide, 750)
    settle()
    assert window.width() == wide
    assert not uneven.table.horizontalScrollBar().isVisible()
    for card in uneven.head.cards.values():
        card.show_figure("138 008,50\u00a0€", "dont 38 008,50\u00a0€ en retard")
        for shown in (card._figure, card._note):
            assert shown.width() >= shown.sizeHint().width(), f"{shown.text()} at {wide}"


def test_every_state_fits_its_column(page: DuesPage) -> None:
    column = next(each for each in page.columns if each.key == "state")
    for text, _name in listing.states():
        assert chips.width(Chip(text)) <= theme.px(column.width - 16), text


def test_an_empty_year_says_how_to_begin(page: DuesPage, workspace: Workspace) -> None:
    workspace.year = 2020
    settle()
    assert page.table.accessibleDescription().startswith("Aucune cotisation pour cet exercice")
    assert page.campaign_button.text() == "Nouvelle campagne…"
    told: list[str] = []
    workspace.status.connect(told.append)
    click(page.receive_button)
    assert told[-1].startswith("Rien n’est encore appelé")
    assert plain(page.head.cards["rate"].figure()) == "–"
