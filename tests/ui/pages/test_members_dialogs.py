"""The dialogs of « Adhérents »: campaigns, scales and dues of a year; everyone the dossier knows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from sqlalchemy import select

from tests.ui.driving import choose, choose_in, click, count, opened, pick, problems, refusal, save, type_into
from vto_desktop.model import (
    Dues,
    DuesCampaign,
    DuesScale,
    FiscalYear,
    Kind,
    Member,
    Organisation,
    Person,
    Receipt,
)
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.dues import DuesForm
from vto_desktop.ui.forms.dues_campaign import DuesCampaignForm, DuesScaleForm
from vto_desktop.ui.forms.dues_receipt import DuesReceiptForm
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.dues.campaigns import CampaignsDialog
from vto_desktop.ui.pages.members import MembersPage, menu
from vto_desktop.ui.pages.members.directory import DirectoryDialog


@pytest.fixture
def campaigns(workspace: Workspace, shown: Callable[[QWidget], None]) -> CampaignsDialog:
    """Return the dialog of campaigns, on that of 2021."""
    made = CampaignsDialog(workspace)
    shown(made)
    return made


@pytest.fixture
def directory(workspace: Workspace, shown: Callable[[QWidget], None]) -> DirectoryDialog:
    """Return the dialog of persons and organisations."""
    made = DirectoryDialog(workspace)
    shown(made)
    return made


def test_the_campaign_of_the_year_is_shown_with_its_scales_and_dues(campaigns: CampaignsDialog) -> None:
    assert campaigns.chooser.currentText() == "Cotisations 2021"
    assert campaigns.dues.rows.rowCount() == 16
    assert campaigns.sums.text() == (
        "16\u00a0cotisations · 64\u202f000\u00a0€, dont 64\u202f000\u00a0€ réglés"
    )
    kinds = [campaigns.scales.rows.values(row)[0] for row in range(campaigns.scales.rows.rowCount())]
    assert Kind.COMMUNE.value in kinds


def test_a_new_campaign_gets_a_scale_and_everyone_is_called(
    campaigns: CampaignsDialog, workspace: Workspace
) -> None:
    with workspace.write("Ouvrir 2022") as session:
        year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
        session.add(
            FiscalYear(
                year=2022,
                starts_on=year.starts_on.replace(year=2022),
                ends_on=year.ends_on.replace(year=2022),
            )
        )
    workspace.year = 2022
    click(campaigns.new_button)
    form = opened(DuesCampaignForm)
    assert form.input("name").value() == "Cotisations 2022"
    type_into(form, "called_on", "15/02/22")
    type_into(form, "due_on", "01/02/22")
    save(form)
    assert "due_on" in problems(form)
    type_into(form, "due_on", "30/06/22")
    save(form)
    assert campaigns.chooser.currentText() == "Cotisations 2022"
    assert campaigns.dues.rows.rowCount() == 0
    click(campaigns.scale_button)
    scale = opened(DuesScaleForm)
    choose(scale, "kind", Kind.COMMUNE.value)
    type_into(scale, "rate", "0,1")
    type_into(scale, "maximum", "1000,50")
    save(scale)
    assert campaigns.scales.rows.values(0)[1:] == (None, "0,10\u00a0€", None, 100_050)
    click(campaigns.prepare_button)
    amounts = {campaigns.dues.rows.values(row)[0]: campaigns.dues.rows.values(row)[2] for row in range(4)}
    assert amounts["Vauvert"] == 100_050  # 11 671 inhabitants × 0,10 €, at most 1 000,50 €
    assert amounts["Ville de Limoux"] == 100_050
    assert count(workspace, Dues) == 20
    workspace.undo()
    assert count(workspace, Dues) == 16
    workspace.undo()
    assert campaigns.scales.rows.rowCount() == 0
    workspace.undo()
    assert count(workspace, DuesCampaign) == 1


def test_a_scale_is_edited_and_deleted_and_comes_back(
    campaigns: CampaignsDialog, workspace: Workspace
) -> None:
    before = count(workspace, DuesScale)
    campaigns.scales.pick(campaigns.scales.rows.ids[0])
    QTest.keyClick(campaigns.scales, Qt.Key.Key_F2)
    form = opened(DuesScaleForm)
    type_into(form, "flat", "12")
    save(form)
    assert campaigns.scales.rows.values(0)[1] == 1200
    QTest.keyClick(campaigns.scales, Qt.Key.Key_Delete)
    assert count(workspace, DuesScale) == before - 1
    workspace.undo()
    assert count(workspace, DuesScale) == before


def test_dues_and_receipts_are_entered_from_the_campaign(
    campaigns: CampaignsDialog, workspace: Workspace
) -> None:
    with workspace.write("Adhésion") as session:
        college = session.scalars(select(Member.college_id)).first()
        holder = Organisation(name="Ville de Beaucaire", kind=Kind.COMMUNE.value, population=16_000)
        session.add(holder)
        session.flush()
        session.add(
            Member(
                organisation_id=holder.id, college_id=college, search_key="ville de beaucaire", sort_key="v"
            )
        )
    click(campaigns.dues_button)
    form = opened(DuesForm)
    pick(form, "member_id", "beaucaire")
    proposed = form.input("amount").value()
    assert proposed is not None
    assert proposed > 0
    save(form)
    assert campaigns.dues.rows.rowCount() == 17
    made = next(i for i in campaigns.dues.rows.ids if _name(campaigns, i) == "Ville de Beaucaire")
    campaigns.receive(made)
    receipt = opened(DuesReceiptForm)
    assert receipt.input("amount").value() == proposed
    type_into(receipt, "amount", "1")
    assert "Il restera" in " ".join(one.text() for one in receipt.fields["amount"].findChildren(QLabel))
    save(receipt)
    assert count(workspace, Receipt) > 0
    workspace.undo()
    workspace.undo()
    assert campaigns.dues.rows.rowCount() == 16


def _name(campaigns: CampaignsDialog, identifier: int) -> str:
    return str(campaigns.dues.rows.values(campaigns.dues.rows.row_of(identifier))[0])


def test_called_dues_and_a_campaign_in_use_are_not_deleted(
    campaigns: CampaignsDialog, workspace: Workspace
) -> None:
    campaigns.dues.pick(campaigns.dues.rows.ids[0])
    QTest.keyClick(campaigns.dues, Qt.Key.Key_Delete)
    assert "elle s’annule" in refusal()
    click(campaigns.delete_button)
    assert "sert encore" in refusal()
    assert count(workspace, DuesCampaign) == 1


def test_everyone_is_found_and_mended_in_the_directory(
    directory: DirectoryDialog, workspace: Workspace
) -> None:
    assert directory.persons.rows.rowCount() == count(workspace, Person)
    directory.persons.rows.set_filter("mantion")
    assert directory.persons.rows.values(0)[:1] == ("Coralie MANTION",)
    assert directory.persons.rows.values(0)[4] == "représentant, mandat"
    directory.edit_person(int(directory.persons.rows.ids[0]))
    form = opened(PersonForm)
    type_into(form, "phone", "04 00 00 00 00")
    save(form)
    assert directory.persons.rows.values(0)[2] == "04 00 00 00 00"
    directory.organisations.rows.set_filter("dreets")
    assert directory.organisations.rows.values(0)[4] == "financeur"


def test_a_person_or_an_organisation_in_use_stays_and_a_new_one_goes(
    directory: DirectoryDialog, workspace: Workspace
) -> None:
    directory.persons.rows.set_filter("mantion")
    directory.delete_persons([int(directory.persons.rows.ids[0])])
    assert "représentant" in refusal()
    directory.new_organisation()
    form = opened(OrganisationForm)
    type_into(form, "name", "Fondation Exemple")
    save(form)
    before = count(workspace, Organisation)
    directory.organisations.rows.set_filter("fondation exemple")
    directory.organisations.pick(int(directory.organisations.rows.ids[0]))
    QTest.keyClick(directory.organisations, Qt.Key.Key_Delete)
    assert count(workspace, Organisation) == before - 1
    workspace.undo()
    assert count(workspace, Organisation) == before


# --- « Plus » ------------------------------------------------------------------------------------


def test_the_menu_opens_what_is_done_more_rarely(
    workspace: Workspace, shown: Callable[[QWidget], None]
) -> None:
    page = MembersPage(workspace)
    shown(page)
    page.refresh_now()
    choose_in(menu.of(page), "Personnes et organismes…")
    assert opened(DirectoryDialog).persons.rows.rowCount() == count(workspace, Person)
    asked: list[bool] = []
    page.table.export_asked.connect(lambda: asked.append(True))
    choose_in(menu.of(page), "Exporter la liste…")
    assert asked == [True]


def test_lines_that_write_are_grey_on_a_read_only_dossier(
    workspace: Workspace, dossier: Dossier, shown: Callable[[QWidget], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menu, "GROUPS", ((menu.Line("Écrire…", "pencil", print, writes=True),),))
    page = MembersPage(workspace)
    shown(page)
    assert [action.isEnabled() for action in menu.of(page).actions()] == [True]
    dossier.is_read_only = True
    assert [action.isEnabled() for action in menu.of(page).actions()] == [False]
