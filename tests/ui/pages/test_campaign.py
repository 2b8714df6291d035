"""The campaign of a year through the real window: decision, scale, preview, calls; undone in one step."""

from datetime import date, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from sqlalchemy import select

from tests.ui.driving import (
    choose,
    choose_in,
    click,
    count,
    is_open,
    opened,
    page_of,
    pick,
    problems,
    refusal,
    save,
    settle,
    type_into,
)
from vto_desktop import french
from vto_desktop.model import (
    Dues,
    DuesCampaign,
    DuesScale,
    FiscalYear,
    Kind,
    Meeting,
    Member,
    Organisation,
    Receipt,
)
from vto_desktop.services import accounts, members
from vto_desktop.ui.forms.campaign import CampaignForm
from vto_desktop.ui.forms.dues import DuesForm
from vto_desktop.ui.forms.dues_receipt import DuesReceiptForm
from vto_desktop.ui.kit import chips, drafts, theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.dues import DuesPage

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
    """Return the page in the window, on 2021."""
    return page_of(window, "dues", DuesPage)


@pytest.fixture
def form(page: DuesPage, workspace: Workspace) -> CampaignForm:
    """Open the steps of a new campaign in a new year."""
    with workspace.write("Ouvrir 2022") as session:
        accounts.save_year(session, accounts.next_year(session))
    workspace.year = 2022
    settle()
    click(page.campaign_button)
    return opened(CampaignForm)


def cell(form: CampaignForm, kind: str, key: str, text: str) -> None:
    """Type into a cell of the scale."""
    row = next(row for row in form.scales.rows if row.cell("kind").value() == kind)
    editor = row.cell(key).editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Tab)


def listed(form: CampaignForm) -> dict[str, tuple[object, ...]]:
    """Return what the preview shows, by name."""
    rows = form.preview.table.rows
    return {rows.values(n)[1]: rows.values(n) for n in range(rows.rowCount())}


def stand_on(form: CampaignForm, name: str) -> None:
    rows = form.preview.table.rows
    place = next(n for n in range(rows.rowCount()) if rows.values(n)[1] == name)
    form.preview.table.pick(rows.id_at(place))
    settle()


def to_preview(form: CampaignForm) -> None:
    """Go to the preview with the scale of 2021, called on 15 February 2022."""
    type_into(form, "called_on", "15/02/22")
    type_into(form, "due_on", "30/06/22")
    click(form.save_button)
    click(form.take_button)
    click(form.save_button)
    assert form.steps.currentIndex() == 2


def numbers(workspace: Workspace, year: int) -> list[str]:
    chosen = select(Dues.number).join(DuesCampaign).join(FiscalYear).where(FiscalYear.year == year)
    with workspace.read() as session:
        return sorted(session.scalars(chosen))


def test_a_whole_year_is_called_in_three_steps_and_one_undo(
    form: CampaignForm, page: DuesPage, workspace: Workspace
) -> None:
    assert form.input("name").value() == "Cotisations 2022"
    choose(form, "meeting", "Une réunion qui n’est pas dans la liste…")
    type_into(form, "called_on", "15/02/22")
    type_into(form, "due_on", "01/02/22")
    click(form.save_button)
    assert set(problems(form)) == {"due_on", "held_on"}
    type_into(form, "due_on", "30/06/22")
    type_into(form, "held_on", "20/01/22")
    click(form.save_button)
    assert form.steps.currentIndex() == 1
    click(form.save_button)
    assert "au moins" in problems(form)["scales"]
    assert plain(form.take_button.text()) == "Reprendre le barème 2021"
    click(form.take_button)
    cell(form, Kind.COMMUNE.value, "rate", "0,1")
    cell(form, Kind.COMMUNE.value, "minimum", "2000")
    cell(form, Kind.COMMUNE.value, "maximum", "1000,50")
    click(form.save_button)
    row = next(row for row in form.scales.rows if row.problems())
    assert row.problems() == {"maximum": "Le maximum ne peut pas être inférieur au minimum."}
    assert form.steps.currentIndex() == 1
    cell(form, Kind.COMMUNE.value, "minimum", "")
    click(form.save_button)
    assert form.steps.currentIndex() == 2

    shown = listed(form)
    ticked, name, basis, before, amount, change, state = shown["Vauvert"]
    assert (str(ticked), name, before, amount, state) == ("coché", "Vauvert", 58_355, 100_050, None)
    assert plain(str(basis)) == "11 671 hab. × 0,10 € = 1 167,10 €, ramené au maximum de 1 000,50 €"
    assert tuple(map(plain, cast("tuple[str, str]", change))) == ("+416,95 €", "+71 %")
    assert shown["Ville de Limoux"][4] == 100_050
    assert shown["Alès Agglomération"][5] == ("=", "")
    assert plain(form.save_button.text()) == "&Appeler 16 adhérents"
    assert "64 000 € en 2021" in plain(form.preview.sums.text())
    click(form.save_button)
    settle()
    assert not is_open(CampaignForm)
    assert numbers(workspace, 2022) == [f"2022-{n:03d}" for n in range(1, 17)]
    with workspace.read() as session:
        campaign = session.scalars(select(DuesCampaign).join(FiscalYear).where(FiscalYear.year == 2022)).one()
        assert campaign.meeting is not None
        assert campaign.meeting.held_on == date(2022, 1, 20)
        vauvert = session.scalars(
            select(Dues).where(Dues.campaign_id == campaign.id, Dues.amount == 100_050)
        ).first()
        assert vauvert is not None
        assert (vauvert.called_on, vauvert.due_on) == (date(2022, 2, 15), date(2022, 6, 30))
        assert "ramené au maximum" in vauvert.basis
    assert page.table.rows.rowCount() == 16
    assert page.campaign_button.text() == "Campagne"
    workspace.undo()
    settle()
    assert (count(workspace, Dues), count(workspace, DuesCampaign), count(workspace, Meeting)) == (16, 1, 1)
    assert page.campaign_button.text() == "Nouvelle campagne…"


def test_another_amount_asks_why_before_anyone_is_called(form: CampaignForm, workspace: Workspace) -> None:
    to_preview(form)
    stand_on(form, "Vauvert")
    QTest.keyClick(form.preview.table, Qt.Key.Key_Return)
    editor = form.preview.editor_strip
    line = editor.amount.input.editor
    assert line.hasFocus()
    QTest.keyClicks(line, "500")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "Dites pourquoi" in editor.reason.problem
    assert str(listed(form)["Vauvert"][6]) == "À corriger"
    click(form.save_button)
    assert is_open(CampaignForm)
    assert "Dites pourquoi" in problems(form)["wanted"]
    stand_on(form, "Alès Agglomération")
    stand_on(form, "Vauvert")
    assert editor.amount.input.value() == 50_000  # kept, though it is not right yet
    QTest.keyClicks(editor.reason.input.editor, "Accord du CA")
    QTest.keyClick(editor.reason.input.editor, Qt.Key.Key_Return)
    assert form.preview.table.hasFocus()
    assert str(listed(form)["Vauvert"][6]) == "Modifié"
    stand_on(form, "Vauvert")
    assert plain(editor.reason._below.text()) == "Le barème donne 583,55 €."
    click(form.save_button)
    with workspace.read() as session:
        row = session.scalars(select(Dues).where(Dues.reason == "Accord du CA")).one()
        assert (row.amount, row.computed_amount, row.number[:5]) == (50_000, 58_355, "2022-")


def test_computations_are_read_in_the_list_and_whole_below(form: CampaignForm) -> None:
    to_preview(form)
    form.resize(theme.px(1024), theme.px(640))  # the smallest screen
    settle()
    table = form.preview.table
    rooms = {c.key: table.columnWidth(n) - theme.px(16) for n, c in enumerate(table.rows.columns)}
    said = "138\u202f176\u00a0hab. × 0,04\u00a0€ = 5\u202f527,04\u00a0€"
    assert QFontMetrics(theme.font(10)).horizontalAdvance(said) <= rooms["basis"]
    assert all(chips.width(Chip(text)) <= rooms["state"] for text in ("Modifié", "À corriger", "Sans barème"))
    stand_on(form, "Montpellier Méditerranée Métropole")  # longer than any column
    below = form.preview.editor_strip.basis
    assert below.text().endswith("ramené au maximum de 20\u202f000\u00a0€")
    assert below.width() >= below.sizeHint().width()


def test_an_amount_typed_and_left_alone_is_not_lost(form: CampaignForm, workspace: Workspace) -> None:
    to_preview(form)
    stand_on(form, "Vauvert")
    strip = form.preview.editor_strip
    strip.begin()
    QTest.keyClicks(strip.amount.input.editor, "600")
    QTest.keyClicks(strip.reason.input.editor, "Arrondi")
    click(form.save_button)
    assert not is_open(CampaignForm)
    with workspace.read() as session:
        assert session.scalars(select(Dues.amount).where(Dues.reason == "Arrondi")).all() == [60_000]


def test_what_has_no_amount_is_told_and_not_called(
    form: CampaignForm, page: DuesPage, workspace: Workspace
) -> None:
    form.leave()
    with workspace.write("Adhésions") as session:
        for name, kind in (("Ville sans population", Kind.COMMUNE.value), ("Région Occitanie", "Région")):
            holder = Organisation(name=name, kind=kind)
            members.save_member(session, Member(organisation=holder, college_id=1))
    page.new_campaign()
    form = opened(CampaignForm)
    to_preview(form)
    shown = listed(form)
    assert [str(shown[name][6]) for name in ("Ville sans population", "Région Occitanie")] == [
        "Population ?", "Sans barème",
    ]  # fmt: skip
    assert shown["Ville sans population"][0] is None
    assert "2 adhérents sans montant" in plain(form.preview.sums.text())
    stand_on(form, "Région Occitanie")
    form.preview.editor_strip.begin()
    QTest.keyClicks(form.preview.editor_strip.amount.input.editor, "1234,5")
    QTest.keyClick(form.preview.editor_strip.amount.input.editor, Qt.Key.Key_Return)
    assert str(listed(form)["Région Occitanie"][0]) == "coché"
    stand_on(form, "Vauvert")
    QTest.keyClick(form.preview.table, Qt.Key.Key_Space)
    assert plain(form.save_button.text()) == "&Appeler 16 adhérents"
    click(form.save_button)
    assert len(numbers(workspace, 2022)) == 16
    with workspace.read() as session:
        amounts = select(Dues.amount).join(DuesCampaign).join(FiscalYear).where(FiscalYear.year == 2022)
        assert 123_450 in session.scalars(amounts).all()


def test_dues_are_prepared_now_and_called_later(
    form: CampaignForm, page: DuesPage, workspace: Workspace
) -> None:
    to_preview(form)
    stand_on(form, "Vauvert")
    form.preview.editor_strip.begin()
    QTest.keyClicks(form.preview.editor_strip.amount.input.editor, "600")
    QTest.keyClicks(form.preview.editor_strip.reason.input.editor, "Arrondi")
    click(form.prepare_button)
    settle()
    assert numbers(workspace, 2022) == [""] * 16
    assert page.waiting.isVisible()
    assert "16 cotisations préparées ne sont pas appelées" in plain(page.waiting.sentence())
    assert plain(page.head.cards["called"].figure()) == "0 €"
    choose_in(page.campaign_menu(), "Ouvrir «\u00a0Cotisations 2022\u00a0»…")
    again = opened(CampaignForm)
    click(again.save_button)
    click(again.save_button)
    shown = listed(again)
    assert str(shown["Vauvert"][6]) == "Modifié"
    assert shown["Vauvert"][4] == 60_000
    assert str(shown["Alès Agglomération"][6]) == "Préparée"
    click(again.save_button)
    settle()
    assert numbers(workspace, 2022) == [f"2022-{n:03d}" for n in range(1, 17)]
    assert not page.waiting.isVisible()
    workspace.undo()
    settle()
    assert numbers(workspace, 2022) == [""] * 16


def test_the_scale_of_a_campaign_is_mended_and_comes_back(page: DuesPage, workspace: Workspace) -> None:
    before = count(workspace, DuesScale)
    choose_in(page.campaign_menu(), "Ouvrir «\u00a0Cotisations 2021\u00a0»…")
    form = opened(CampaignForm)
    assert form.heading.text() == "Cotisations 2021"
    click(form.save_button)
    assert {row.cell("kind").value() for row in form.scales.filled()} >= {Kind.COMMUNE.value, "GIP"}
    cell(form, "GIP", "flat", "12")
    cell(form, Kind.METROPOLE.value, "rate", "")
    cell(form, Kind.METROPOLE.value, "maximum", "")
    click(form.save_button)
    assert form.preview.table.rows.rowCount() == 0  # all are called already
    assert form.save_button.text() == "&Enregistrer"
    click(form.save_button)
    with workspace.read() as session:
        assert session.scalars(select(DuesScale.flat).where(DuesScale.kind == "GIP")).all() == [1_200]
        called = session.scalars(select(Dues.amount).where(Dues.number == "2021-014")).one()
    assert called == 250_000  # as it was called
    assert count(workspace, DuesScale) == before - 1
    workspace.undo()
    assert count(workspace, DuesScale) == before


def test_a_member_that_joins_is_called_alone_for_the_months_left(
    page: DuesPage, workspace: Workspace
) -> None:
    with workspace.write("Adhésion") as session:
        holder = Organisation(name="Ville de Beaucaire", kind=Kind.COMMUNE.value, population=16_000)
        members.save_member(session, Member(organisation=holder, college_id=1, joined_on=date(2021, 9, 14)))
        for scale in session.scalars(select(DuesScale)):
            scale.is_prorated = True
    choose_in(page.campaign_menu(), "Appeler un adhérent…")
    form = opened(DuesForm)
    pick(form, "member_id", "beaucaire")
    assert form.input("amount").value() == 26_667
    assert plain(form.computation.text()) == "16 000 hab. × 0,05 € = 800 €, 4 mois sur 12 : 266,67 €"
    assert (form.input("called_on").value(), form.input("due_on").value()) == (TODAY, TODAY + timedelta(135))
    save(form)
    settle()
    assert page.table.rows.rowCount() == 17
    assert page.detail.heading.text() == "Ville de Beaucaire"
    assert "2021-017" in page.detail.subheading.text()
    click(page.receive_button)
    receipt = opened(DuesReceiptForm)
    assert receipt.input("amount").value() == 26_667
    type_into(receipt, "amount", "1")
    assert "Il restera" in " ".join(one.text() for one in receipt.fields["amount"].findChildren(QLabel))
    before = count(workspace, Receipt)
    save(receipt)
    assert count(workspace, Receipt) == before + 1
    workspace.undo()
    workspace.undo()
    settle()
    assert page.table.rows.rowCount() == 16


def test_a_campaign_in_use_is_not_deleted_and_a_new_one_is(page: DuesPage, workspace: Workspace) -> None:
    choose_in(page.campaign_menu(), "Supprimer «\u00a0Cotisations 2021\u00a0»")
    assert "sert encore" in refusal()
    choose_in(page.campaign_menu(), "Nouvelle campagne…")
    form = opened(CampaignForm)
    type_into(form, "name", "Complement 2021")
    click(form.save_button)
    cell(form, "GIP", "flat", "12")
    click(form.save_button)
    click(form.preview.all_button)
    click(form.preview.all_button)
    click(form.preview.all_button)
    assert form.preview.table.ticked_ids() == []
    click(form.prepare_button)
    settle()
    assert count(workspace, DuesCampaign) == 2
    choose_in(page.campaign_menu(), "Supprimer «\u00a0Complement 2021\u00a0»")
    assert count(workspace, DuesCampaign) == 1


def test_calling_wants_a_day(form: CampaignForm) -> None:
    click(form.save_button)
    click(form.take_button)
    click(form.save_button)
    click(form.save_button)
    assert problems(form) == {"called_on": "Indiquez la date de l’appel."}
    assert form.steps.currentIndex() == 0


def test_steps_left_half_way_are_found_again(form: CampaignForm, page: DuesPage) -> None:
    to_preview(form)
    stand_on(form, "Vauvert")
    QTest.keyClick(form.preview.table, Qt.Key.Key_Space)
    form.keep_draft()
    form.hide()
    page.new_campaign()
    again = opened(CampaignForm)
    assert "[BROUILLON_RETROUVE]" in again.draft_banner.sentence()
    draft = drafts.find(*again._draft)
    assert draft is not None
    again._take_draft(draft)
    assert again.input("called_on").value() == date(2022, 2, 15)
    click(again.save_button)
    click(again.save_button)
    assert str(listed(again)["Vauvert"][0]) == "non coché"
    assert len(again.preview.value()) == 15
