"""« Adhérents »: the list at a date, what it sums up, and every act on members, representatives and dues."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Select, delete, select

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
    settle,
    type_into,
)
from tests.ui.pages.members_rows import names, stand_on
from vto_desktop import french
from vto_desktop.model import Dues, Kind, Member, Organisation, Person, Receipt
from vto_desktop.services import dues_summary
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.ends import AsOfForm
from vto_desktop.ui.forms.leaving import EndMemberForm
from vto_desktop.ui.forms.member import MemberForm
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.person import PersonForm
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
    settle()
    return made


def test_the_list_shows_the_members_of_the_year_and_sums_them_up(page: MembersPage) -> None:
    assert len(names(page)) == 16
    assert names(page)[0] == "Alès Agglomération"
    assert page.day_chip.text() == "Au 31/12/2021"
    assert page.count_label.text() == "16\u00a0adhérents · 1\u202f431\u202f521\u00a0habitants"
    assert (
        page.totals_label.text()
        == "Cotisations 2021\u00a0: 64\u202f000\u00a0€ appelés, 64\u202f000\u00a0€ réglés"
    )


def test_too_much_from_one_settles_nothing_of_the_others(page: MembersPage, workspace: Workspace) -> None:
    with workspace.write("Un trop-perçu et un impayé") as session:
        kept = session.scalars(select(Receipt).where(Receipt.dues_id.is_not(None)).order_by(Receipt.id)).all()
        kept[0].amount += 100_000
        session.delete(kept[1])
        left = kept[1].amount
    page.refresh_now()
    settle()
    assert page.totals_label.text().endswith(f", reste {french.amount(left)}")
    with workspace.read() as session:
        today = date.today()  # noqa: DTZ011 - the page reads the user's own calendar day
        assert dues_summary.dues_summary(session, 2021, on=today).due_total == left


def test_a_row_says_who_else_represents_the_member(page: MembersPage) -> None:
    rows = {values[0]: values for values in map(page.table.rows.values, range(16))}
    assert rows[METROPOLIS][4] == ("Clara GIMENEZ", "+1 suppl.")
    assert rows["Communauté d’Agglomération du Gard rhodanien"][4] == ("Michèle FONT-THURIAL", "et/ou")
    assert rows["Didier LAPORTE"][1:4] == ("Pers. physique", "34", None)
    assert rows[METROPOLIS][5].text == "Réglée"


def test_typing_filters_every_column_without_accents(page: MembersPage) -> None:
    QTest.keyClicks(page.filter_field, "gimenez")
    page.filter_field.filter_now()
    assert names(page) == [METROPOLIS]
    QTest.keyClick(page.filter_field, Qt.Key.Key_Escape)
    assert len(names(page)) == 16
    QTest.keyClicks(page.filter_field, "ales")
    page.filter_field.filter_now()
    assert "Alès Agglomération" in names(page)
    assert len(names(page)) < 4


def test_chips_narrow_the_list_at_once_and_its_sums_a_moment_later(page: MembersPage, qtbot: QtBot) -> None:
    choose_in(page.chips["kind"].menu_of_choices(), Kind.COMMUNE.value)
    assert names(page) == ["Vauvert", "Ville de Lézignan-Corbières", "Ville de Limoux", "Ville de Lunel"]
    assert page.count_label.text() == "4\u00a0adhérents"
    sums = "4\u00a0adhérents · 59\u202f169\u00a0habitants"
    qtbot.waitUntil(lambda: page.count_label.text() == sums)
    choose_in(page.chips["departement"].menu_of_choices(), "34 Hérault")
    assert names(page) == ["Ville de Lunel"]
    click(page.chips["kind"])
    choose_in(page.chips["state"].menu_of_choices(), "En retard")
    assert names(page) == []


def test_a_due_date_gone_by_makes_it_late_once_the_receipt_goes(
    page: MembersPage, workspace: Workspace, qtbot: QtBot
) -> None:
    with workspace.write("Supprimer un encaissement") as session:
        lunel = session.scalars(
            select(Receipt)
            .join(Dues)
            .join(Member)
            .join(Organisation)
            .where(Organisation.name == "Ville de Lunel")
        ).one()
        session.delete(lunel)
    choose_in(page.chips["state"].menu_of_choices(), "En retard")
    assert names(page) == ["Ville de Lunel"]
    qtbot.waitUntil(lambda: "reste" in page.totals_label.text())


def test_members_are_up_to_date_or_not(page: MembersPage, workspace: Workspace) -> None:
    with workspace.write("Supprimer des encaissements") as session:
        called = select(Member.id).join(Organisation).where(Organisation.name == "Ville de Lunel")
        session.execute(delete(Receipt).where(Receipt.dues_id.in_(_dues_of(called))))
        uncalled = select(Member.id).join(Organisation).where(Organisation.name == "Vauvert")
        session.execute(delete(Receipt).where(Receipt.dues_id.in_(_dues_of(uncalled))))
        session.execute(delete(Dues).where(Dues.id.in_(_dues_of(uncalled))))
    choose_in(page.chips["state"].menu_of_choices(), "Pas à jour")
    assert names(page) == ["Vauvert", "Ville de Lunel"]
    assert page.chips["state"].text() == "Cotisation : Pas à jour"
    choose_in(page.chips["state"].menu_of_choices(), "À jour")
    assert len(names(page)) == 14
    assert not {"Vauvert", "Ville de Lunel"} & set(names(page))


def _dues_of(members: Select[int]) -> Select[int]:
    return select(Dues.id).where(Dues.member_id.in_(members))


def test_another_date_shows_who_was_a_member_then(page: MembersPage, workspace: Workspace) -> None:
    with workspace.write("Dater") as session:
        lunel = session.scalars(
            select(Member).join(Organisation).where(Organisation.name == "Ville de Lunel")
        )
        lunel.one().joined_on = date(2021, 6, 1)
    menu = page.day_chip.menu_of_choices()
    choose_in(menu, "Une autre date…")
    form = opened(AsOfForm)
    type_into(form, "on", "31/05/21")
    save(form)
    assert page.day_chip.text() == "Au 31/05/2021"
    assert len(names(page)) == 15
    workspace.year = 2020
    page.refresh_now()
    assert page.day_chip.text() == "Au 31/05/2021"  # the day was chosen: the year does not take it away


# --- members -------------------------------------------------------------------------------------


def test_a_new_member_is_created_with_its_organisation_and_undone(
    page: MembersPage, workspace: Workspace
) -> None:
    click(next(one for one in page.findChildren(QPushButton) if one.text() == "Nouvel adhérent"))
    form = opened(MemberForm)
    pick(form, "organisation_id", "Ville de Sommieres")
    inside = opened(OrganisationForm)
    assert inside.input("name").value() == "Ville de Sommieres"
    choose(inside, "kind", Kind.COMMUNE.value)
    choose(inside, "departement", "30 Gard")
    save(inside)
    assert form.input("organisation_id").problem() == ""
    type_into(form, "joined_on", "8/3/21")
    save(form)
    assert not is_open(MemberForm)
    assert "Ville de Sommieres" in names(page)
    assert count(workspace, Member) == 17
    workspace.undo()
    assert "Ville de Sommieres" not in names(page)
    assert count(workspace, Member) == 16
    workspace.undo()
    with workspace.read() as session:
        assert (
            session.scalars(select(Organisation).where(Organisation.name.startswith("Ville de Som"))).all()
            == []
        )


def test_a_natural_person_joins_her_own_college(page: MembersPage, workspace: Workspace) -> None:
    page.new()
    form = opened(MemberForm)
    pick(form, "organisation_id", "vauvert")  # then one changes one's mind
    choose(form, "nature", "Personne physique")
    pick(form, "person_id", "Marie DURAND")
    inside = opened(PersonForm)
    assert (inside.input("first_name").value(), inside.input("last_name").value()) == ("Marie", "DURAND")
    choose(inside, "civility", "Mme")
    save(inside)
    save(form)
    with workspace.read() as session:
        member = session.scalars(
            select(Member).join(Person).where(Person.last_name == "DURAND", Person.first_name == "Marie")
        ).one()
        assert member.college.name == "Personnes physiques"
        assert member.organisation_id is None


def test_a_member_needs_an_organisation_and_the_sentence_stands_under_it(page: MembersPage) -> None:
    page.new()
    form = opened(MemberForm)
    save(form)
    assert problems(form) == {"organisation_id": "Choisissez un organisme ou une personne, l’un des deux."}
    choose(form, "nature", "Personne physique")
    save(form)
    assert list(problems(form)) == ["person_id"]


def test_the_same_organisation_cannot_join_twice(page: MembersPage, workspace: Workspace) -> None:
    page.new()
    form = opened(MemberForm)
    pick(form, "organisation_id", "vauvert")
    save(form)
    assert "figure déjà" in problems(form)["organisation_id"]
    assert count(workspace, Member) == 16


def test_a_member_that_leaves_stays_in_earlier_lists(page: MembersPage, workspace: Workspace) -> None:
    stand_on(page, "Vauvert")
    page.end_member(page.table.current_id() or 0)
    form = opened(EndMemberForm)
    type_into(form, "left_on", "01/07/2021")
    type_into(form, "reason", "Fusion")
    save(form)
    assert "Vauvert" not in names(page)
    page.day_chip.choose(date(2021, 6, 30))
    assert "Vauvert" in names(page)
    workspace.undo()
    page.day_chip.choose(date(2021, 12, 31))
    assert "Vauvert" in names(page)


def test_a_member_with_dues_is_not_deleted_and_one_without_is(
    page: MembersPage, workspace: Workspace
) -> None:
    stand_on(page, "Vauvert")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "sert encore" in refusal()
    assert count(workspace, Member) == 16
    with workspace.write("Libérer") as session:
        vauvert = session.scalars(
            select(Member).join(Organisation).where(Organisation.name == "Vauvert")
        ).one()
        copy = Member(organisation_id=vauvert.organisation_id, college_id=vauvert.college_id, sort_key="a")
        session.add(copy)
        session.flush()
        made = copy.id
    page.table.pick(made)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert count(workspace, Member) == 16
    workspace.undo()
    assert count(workspace, Member) == 17


def test_f2_edits_the_member_and_its_organisation_from_there(page: MembersPage, workspace: Workspace) -> None:
    stand_on(page, "Vauvert")
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    form = opened(MemberForm)
    type_into(form, "notes", "Relire le pouvoir")
    save(form)
    page.edit_holder(page.table.current_id() or 0)
    inside = opened(OrganisationForm)
    type_into(inside, "population", "12 000")
    save(inside)
    with workspace.read() as session:
        member = session.scalars(
            select(Member).join(Organisation).where(Organisation.name == "Vauvert")
        ).one()
        assert member.notes == "Relire le pouvoir"
        assert member.organisation is not None
        assert member.organisation.population == 12_000
    assert page.table.rows.values(names(page).index("Vauvert"))[3] == 12_000


# --- links and refusals --------------------------------------------------------------------------


def test_rows_of_other_tables_lead_to_their_member(page: MembersPage, workspace: Workspace) -> None:
    with workspace.read() as session:
        person = session.scalars(select(Person).where(Person.last_name == "MANTION")).one()
        funder = session.scalars(select(Organisation).where(Organisation.name.startswith("DREETS"))).first()
    page.show_row("person", person.id)
    assert page.detail.heading.text() == METROPOLIS
    assert page.detail.tabs.currentIndex() == 1
    assert funder is not None
    page.show_row("organisation", funder.id)
    assert opened(OrganisationForm).row.id == funder.id


def test_a_read_only_dossier_shows_and_changes_nothing(
    workspace: Workspace, dossier: Dossier, shown: Callable[[QWidget], None]
) -> None:
    dossier.is_read_only = True
    page = MembersPage(workspace)
    shown(page)
    page.refresh_now()
    QApplication.processEvents()
    stand_on(page, METROPOLIS)
    assert not page.representatives.add_button.isEnabled()
    assert not page.dues.add_button.isEnabled()
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    assert not is_open(MemberForm)
