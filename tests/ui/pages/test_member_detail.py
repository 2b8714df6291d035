"""The detail of a member: who represents it at a date, in which order, what it owes and what it paid."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
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
    save,
    type_into,
)
from tests.ui.pages.members_rows import member_called, names, stand_on
from vto_desktop.model import Dues, Rank, Representative
from vto_desktop.ui.forms.dues import DuesForm
from vto_desktop.ui.forms.dues_receipt import DuesReceiptForm
from vto_desktop.ui.forms.ends import CancelDuesForm, EndRepresentativeForm
from vto_desktop.ui.forms.representative import RepresentativeForm
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.members import MembersPage

METROPOLIS = "Montpellier Méditerranée Métropole"


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> MembersPage:
    """Return the page, shown and filled."""
    made = MembersPage(workspace)
    made.resize(1200, 780)
    shown(made)
    made.refresh_now()
    QApplication.processEvents()
    return made


def test_the_detail_says_who_it_is_and_how_it_is_also_written(page: MembersPage) -> None:
    stand_on(page, METROPOLIS)
    assert page.detail.heading.text() == METROPOLIS
    assert page.detail.subheading.text() == "Aussi écrit\u00a0: Montpellier Métropole Méditerranée"
    assert page.representatives.items.texts() == ["Clara GIMENEZ", "Coralie MANTION"]
    first = page.representatives.items.views[0].item
    assert first.chip is not None
    assert first.chip.text == "Titulaire"
    assert "Vice-présidente (Bureau)" in first.captions[0]
    assert str(page.representatives.items.views[1].item.chip) == "Suppléante"
    assert any("Bureau" in text for text in page.mandates.items.texts())


def test_a_representative_is_added_moved_ended_deleted_and_undone(
    page: MembersPage, workspace: Workspace
) -> None:
    member_id = stand_on(page, METROPOLIS)
    page.detail.tabs.setCurrentIndex(1)
    click(page.representatives.add_button)
    form = opened(RepresentativeForm)
    pick(form, "person_id", "perea")
    type_into(form, "capacity", "conseiller")
    choose(form, "rank", "Suppléant·e")
    save(form)
    items = page.representatives.items
    assert items.texts() == ["Clara GIMENEZ", "Coralie MANTION", "François PEREA"]
    choose_in(items.views[2].menu(), "Monter")
    assert items.texts() == ["Clara GIMENEZ", "François PEREA", "Coralie MANTION"]
    workspace.undo()
    assert items.texts() == ["Clara GIMENEZ", "Coralie MANTION", "François PEREA"]
    choose_in(items.views[2].menu(), "Mettre fin…")
    end = opened(EndRepresentativeForm)
    type_into(end, "ends_on", "01/12/2021")
    save(end)
    assert items.texts() == ["Clara GIMENEZ", "Coralie MANTION"]
    assert "François PEREA (jusqu’au 01/12/2021)" in page.representatives.past.text()
    workspace.undo()
    choose_in(items.views[2].menu(), "Supprimer")
    assert items.texts() == ["Clara GIMENEZ", "Coralie MANTION"]
    workspace.undo()
    with workspace.read() as session:
        kept = session.scalars(
            select(Representative).where(
                Representative.member_id == member_id, Representative.capacity == "conseiller"
            )
        ).one()
        assert kept.rank == Rank.SUBSTITUTE.value
    workspace.undo()
    assert items.texts() == ["Clara GIMENEZ", "Coralie MANTION"]


def test_the_day_above_the_representatives_is_their_own(page: MembersPage, workspace: Workspace) -> None:
    member_id = stand_on(page, METROPOLIS)
    with workspace.write("Dater") as session:
        first = session.scalars(
            select(Representative)
            .where(Representative.member_id == member_id)
            .order_by(Representative.position)
        ).first()
        assert first is not None
        first.starts_on = date(2020, 9, 1)
    page.detail.tabs.setCurrentIndex(1)
    page.representatives.day.line.selectAll()
    QTest.keyClicks(page.representatives.day.line, "31/08/2020")
    assert page.representatives.items.texts() == ["Coralie MANTION"]
    assert len(names(page)) == 16


# --- dues ----------------------------------------------------------------------------------------


def test_a_receipt_is_entered_corrected_and_undone(page: MembersPage, workspace: Workspace) -> None:
    stand_on(page, "Vauvert")
    items = page.dues.items
    before = list(items.texts())
    assert before[0] == "Cotisations 2021"
    assert before[1].startswith("Reçu le")
    choose_in(items.views[1].menu(), "Modifier…")
    form = opened(DuesReceiptForm)
    type_into(form, "amount", "100,5")
    save(form)
    assert items.texts()[1].endswith("100,50\u00a0€")
    assert "reste" in items.views[0].item.lines[0]
    choose_in(items.views[0].menu(), "Ajouter un encaissement…")
    more = opened(DuesReceiptForm)
    assert more.input("amount").value() > 0  # what is left is proposed
    save(more)
    assert str(items.views[0].item.chip) == "Réglée"
    assert len(items.texts()) == len(before) + 1
    workspace.undo()
    workspace.undo()
    assert list(items.texts()) == before
    choose_in(items.views[1].menu(), "Supprimer")
    assert items.texts() == ["Cotisations 2021"]
    workspace.undo()
    assert list(items.texts()) == before


def test_dues_that_differ_from_the_scale_need_a_reason(page: MembersPage, workspace: Workspace) -> None:
    stand_on(page, "Vauvert")
    choose_in(page.dues.items.views[0].menu(), "Modifier…")
    form = opened(DuesForm)
    type_into(form, "amount", "10")
    save(form)
    assert "pourquoi" in problems(form)["reason"]
    type_into(form, "reason", "Accord de 2020")
    save(form)
    assert not is_open(DuesForm)
    with workspace.read() as session:
        vauvert = member_called(session, "Vauvert")
        dues = session.scalars(select(Dues).where(Dues.member_id == vauvert.id)).one()
        assert (dues.amount, dues.reason) == (1000, "Accord de 2020")


def test_called_dues_are_cancelled_never_erased(page: MembersPage, workspace: Workspace) -> None:
    stand_on(page, "Vauvert")
    acts = [text for text, _icon, _slot in page.dues.items.views[0].item.acts]
    assert "Supprimer" not in acts
    choose_in(page.dues.items.views[0].menu(), "Annuler la cotisation…")
    form = opened(CancelDuesForm)
    save(form)
    assert "pourquoi" in problems(form)["cancelling_reason"]
    type_into(form, "cancelling_reason", "Vote du 12 mars")
    save(form)
    assert str(page.dues.items.views[0].item.chip) == "Annulée"
    assert count(workspace, Dues) == 16
    workspace.undo()
    assert str(page.dues.items.views[0].item.chip) == "Réglée"
