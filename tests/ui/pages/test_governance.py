"""« Gouvernance »: who sits at a date, and every act on mandates, meetings, bodies, offices and colleges."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.driving import choose, click, count, is_open, opened, pick, problems, refusal, save, type_into
from vto_desktop.model import (
    Body,
    BodyKind,
    BodySeats,
    College,
    Eligibility,
    Mandate,
    Meeting,
    Office,
    Person,
)
from vto_desktop.ui.forms.body import BodyForm, OfficeForm
from vto_desktop.ui.forms.college import CollegeForm
from vto_desktop.ui.forms.declared import DeclaredForm
from vto_desktop.ui.forms.ends import EndMandateForm
from vto_desktop.ui.forms.mandate import MandateForm
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance import GovernancePage
from vto_desktop.ui.pages.governance.declaration import DeclarationDialog

OFFICERS = [
    ("Présidente", "Magalie TOUET"),
    ("Vice-présidente", "Clara GIMENEZ"),
    ("Vice-présidente", "Gaelle LÉVÊQUE"),
    ("Vice-président", "Josian RIBES"),
    ("Trésorier", "Didier LAPORTE"),
    ("Secrétaire", "Catherine PÉCASTAING"),
    ("Secrétaire adjoint", "Serge BORD"),
]


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> GovernancePage:
    """Return the page, shown and filled, on the bureau."""
    made = GovernancePage(workspace)
    made.resize(1200, 780)
    shown(made)
    made.refresh_now()
    QApplication.processEvents()
    return made


def cells(table: Table, *places: int) -> list[tuple[object, ...]]:
    """Return some columns of every row."""
    rows = [table.rows.values(row) for row in range(table.rows.rowCount())]
    return [tuple(row[place] for place in places) for row in rows]


def body_called(workspace: Workspace, kind: BodyKind) -> int:
    """Return the id of the body of a kind."""
    with workspace.read() as session:
        return session.scalars(select(Body.id).where(Body.kind == kind.value)).one()


def seats_of(workspace: Workspace, body_id: int) -> list[tuple[int | None, int]]:
    """Return the seats that a body has, by college."""
    chosen = select(BodySeats).where(BodySeats.body_id == body_id).order_by(BodySeats.college_id)
    with workspace.read() as session:
        return [(row.college_id, row.seats) for row in session.scalars(chosen)]


def test_the_bureau_stands_in_printed_order_with_whole_capacities(page: GovernancePage) -> None:
    table = page.composition.officers
    assert cells(table, 0, 1) == OFFICERS
    assert cells(table, 4, 5)[4] == ("Hérault", date(2020, 12, 2))
    assert page.composition.since() == "Depuis le conseil d’administration du 2 décembre 2020"
    assert page.composition.count.text() == "7\u00a0mandats"
    assert page.composition.split.text() == "4\u00a0femmes, 3\u00a0hommes"
    bord = cells(table, 2, 3)[6]
    assert str(bord[0]).startswith("Maire de Saint Julien-les-Rosiers")
    assert "Alès Agglomération" in str(bord[1])
    assert "GIP" in str(bord[1])
    QTest.qWait(30)
    assert table.rowHeight(6) > table.rowHeight(4)  # three lines against one


def test_the_council_sits_by_member_with_et_ou_and_substitutes(
    page: GovernancePage, workspace: Workspace
) -> None:
    council = page.findChildren(QPushButton)
    click(next(one for one in council if one.text() == "Conseil d’administration"))
    table = page.composition.table
    assert page.composition.count.text() == "16\u00a0sièges · 19\u00a0mandats"
    seats = cells(table, 0, 1)
    assert ("Montpellier Méditerranée Métropole", ("Clara GIMENEZ", "")) in seats
    assert ("Montpellier Méditerranée Métropole", ("Coralie MANTION", "suppléante")) in seats
    assert [str(seat) for seat, _name in seats[:3]] == [
        "Alès Agglomération",
        "Carcassonne Agglomération",
        "Communauté d’Agglomération du Gard rhodanien",
    ]
    gard = [names for seat, names in seats if "Gard rhodanien" in str(seat)]
    assert gard == [("Michèle FONT-THURIAL", ""), ("Catherine PÉCASTAING", "et/ou")]


def test_another_day_shows_who_sat_then(page: GovernancePage) -> None:
    page.day.line.selectAll()
    QTest.keyClicks(page.day.line, "01/12/2020")
    assert page.composition.officers.rows.rowCount() == 0
    page.go_to_change(1)
    assert page.day.line.text() == "02/12/2020"
    assert page.composition.officers.rows.rowCount() == 7
    page.go_to_change(-1)
    assert page.day.line.text() == "01/12/2020"
    page.go_to_change(1)
    page.workspace.year = 2020
    page.refresh_now()
    assert page.day.line.text() == "02/12/2020"  # a chosen day stays when the year changes


def test_an_undeclared_change_is_said_and_declared_in_one_act(
    page: GovernancePage, workspace: Workspace
) -> None:
    said = "Changement de dirigeants du 02/12/2020\u00a0: déclaration à la préfecture non renseignée"
    assert page.composition.undeclared.text().startswith(said)
    assert page.composition.undeclared.text().endswith("(délai\u00a002/03/2021)")
    click(page.composition.declare_button)
    click(opened(DeclarationDialog).declare_button)
    form = opened(DeclaredForm)
    type_into(form, "declared_on", "01/12/2020")
    save(form)
    assert "suivre" in problems(form)["declared_on"]
    type_into(form, "declared_on", "15/01/2021")
    type_into(form, "declaration_number", "W343012345")
    save(form)
    assert not page.composition.declare_button.isVisible()
    with workspace.read() as session:
        declared = session.scalars(select(Mandate).where(Mandate.declared_on == date(2021, 1, 15))).all()
        assert [row.declaration_number for row in declared] == ["W343012345"] * 7
    workspace.undo()
    assert page.composition.declare_button.isVisible()


def test_only_the_change_said_is_declared(page: GovernancePage, workspace: Workspace) -> None:
    with workspace.write("Ajouter un mandat") as session:
        president = session.scalars(select(Mandate).where(Mandate.starts_on == date(2020, 12, 2))).first()
        assert president is not None
        session.add(
            Mandate(office_id=president.office_id, person_id=president.person_id, starts_on=date(2021, 5, 3))
        )
    assert "du 03/05/2021" in page.composition.undeclared.text()
    click(page.composition.declare_button)
    click(opened(DeclarationDialog).declare_button)
    form = opened(DeclaredForm)
    type_into(form, "declared_on", "10/05/2021")
    save(form)
    with workspace.read() as session:
        declared = session.scalars(select(Mandate.starts_on).where(Mandate.declared_on.is_not(None))).all()
    assert declared == [date(2021, 5, 3)]
    assert "du 02/12/2020" in page.composition.undeclared.text()


def test_a_mandate_is_added_with_keys_and_undone(page: GovernancePage, workspace: Workspace) -> None:
    page.new_mandate()
    form = opened(MandateForm)
    choose(form, "office_id", "Bureau › Trésorier·ère adjoint·e")
    pick(form, "person_id", "perea")
    assert form.input("capacity").value().startswith("vice-président délégué")  # proposed with the member
    assert form.input("member_id").value() is not None
    type_into(form, "starts_on", "1/3/21")
    type_into(form, "ends_on", "1/2/21")
    save(form)
    assert "ends_on" in problems(form)
    type_into(form, "ends_on", "")
    save(form)
    assert ("Trésorier adjoint", "François PEREA") in cells(page.composition.officers, 0, 1)
    assert [bar.person for bar in page.composition.timeline.bars()].count("François PEREA") == 1
    workspace.undo()
    assert cells(page.composition.officers, 0, 1) == OFFICERS


def test_a_mandate_ends_is_listed_as_past_and_is_duplicated_for_another(
    page: GovernancePage, workspace: Workspace
) -> None:
    table = page.composition.officers
    table.pick(table.rows.id_at(4))
    page.end_mandate(table.current_id() or 0)
    form = opened(EndMandateForm)
    type_into(form, "ends_on", "30/6/2021")
    save(form)
    assert "Trésorier" not in [office for office, _name in cells(table, 0, 1)]
    page.tabs.setCurrentIndex(1)
    ended = [row for row in cells(page.mandates.table, 1, 2, 9) if str(row[2]) == "Terminé"]
    assert [row[:2] for row in ended] == [("Trésorier", "Didier LAPORTE")]
    page.mandates.table.pick(page.mandates.table.rows.id_at(page.mandates.table.rows.rowCount() - 1))
    QTest.keyClick(page.mandates.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    copy = opened(MandateForm)
    assert copy.input("person_id").value() is None
    pick(copy, "person_id", "mantion")
    type_into(copy, "starts_on", "1/7/21")
    save(copy)
    page.tabs.setCurrentIndex(0)
    assert ("Trésorière", "Coralie MANTION") in cells(table, 0, 1)
    workspace.undo()
    workspace.undo()
    assert cells(table, 0, 1) == OFFICERS


def test_a_mandate_is_edited_and_deleted_with_keys(page: GovernancePage, workspace: Workspace) -> None:
    table = page.composition.officers
    table.pick(table.rows.id_at(0))
    QTest.keyClick(table, Qt.Key.Key_F2)
    form = opened(MandateForm)
    type_into(form, "capacity", "maire")
    save(form)
    assert cells(table, 2)[0] == ("maire",)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert len(cells(table, 0)) == 6
    workspace.undo()
    workspace.undo()
    assert cells(table, 0, 1) == OFFICERS
    assert cells(table, 2)[0] != ("maire",)


def test_a_meeting_is_added_edited_deleted_and_undone(page: GovernancePage, workspace: Workspace) -> None:
    page.tabs.setCurrentIndex(2)
    before = count(workspace, Meeting)
    click(page.meetings.new_button)
    form = opened(MeetingForm)
    choose(form, "body_id", "Assemblée générale")
    type_into(form, "held_on", "17052022")
    type_into(form, "time", "25h")
    save(form)
    assert problems(form) == {"time": "Indiquez une heure, par exemple 14h30."}
    type_into(form, "time", "14 h 30")
    assert form.input("time").value() == form.input("time").typed() == "14:30"
    type_into(form, "place", "Montpellier")
    save(form)
    assert cells(page.meetings.table, 0, 1, 2)[0] == (date(2022, 5, 17), "14:30", "Assemblée générale")
    QTest.keyClick(page.meetings.table, Qt.Key.Key_F2)
    again = opened(MeetingForm)
    type_into(again, "place", "Lunel")
    save(again)
    assert cells(page.meetings.table, 5)[0] == ("Lunel",)
    QTest.keyClick(page.meetings.table, Qt.Key.Key_Delete)
    assert count(workspace, Meeting) == before
    workspace.undo()
    workspace.undo()
    workspace.undo()
    assert count(workspace, Meeting) == before


def test_the_meeting_that_elected_the_bureau_is_not_deleted(
    page: GovernancePage, workspace: Workspace
) -> None:
    page.tabs.setCurrentIndex(2)
    with workspace.read() as session:
        elected = session.scalars(
            select(Mandate.elected_at_id).where(Mandate.elected_at_id.is_not(None))
        ).first()
    page.meetings.table.pick(elected)
    QTest.keyClick(page.meetings.table, Qt.Key.Key_Delete)
    assert "mandats" in refusal()
    with workspace.read() as session:
        assert session.get(Meeting, elected) is not None


def test_bodies_offices_and_colleges_are_added_and_undone(page: GovernancePage, workspace: Workspace) -> None:
    page.tabs.setCurrentIndex(3)
    tab = page.bodies
    offices, colleges = count(workspace, Office), count(workspace, College)
    tab.add_body()
    body = opened(BodyForm)
    save(body)
    assert problems(body) == {"name": "Indiquez le nom de l’instance."}
    type_into(body, "name", "Comite de pilotage")
    save(body)
    assert cells(tab.bodies, 0)[-1] == ("Comite de pilotage",)
    assert tab.bodies.current_id() == tab.bodies.rows.ids[-1]
    tab.add_office()
    office = opened(OfficeForm)
    type_into(office, "label", "Animateur")
    type_into(office, "feminine", "Animatrice")
    save(office)
    assert cells(tab.offices, 0, 2) == [("Animateur", "Animatrice")]
    tab.add_college()
    college = opened(CollegeForm)
    type_into(college, "name", "Partenaires")
    save(college)
    assert count(workspace, College) == colleges + 1
    for _step in range(3):
        workspace.undo()
    assert count(workspace, Body) == 3
    assert (count(workspace, Office), count(workspace, College)) == (offices, colleges)
    assert "Comite de pilotage" not in [
        one.text() for one in page.findChildren(QPushButton) if one.isVisible()
    ]


def test_the_rules_of_a_body_are_kept_changed_and_undone(page: GovernancePage, workspace: Workspace) -> None:
    page.tabs.setCurrentIndex(3)
    council = body_called(workspace, BodyKind.COUNCIL)
    page.bodies.bodies.pick(council)
    QTest.keyClick(page.bodies.bodies, Qt.Key.Key_F2)
    form = opened(BodyForm)
    assert form.input("eligibility").value() == Eligibility.REPRESENTATIVES
    assert not form.fields["drawn_from_id"].isVisible()
    choose(form, "eligibility", Eligibility.OTHER_BODY.value)
    type_into(form, "term_months", "36")
    type_into(form, "seats_all", "16")
    type_into(form, "seats_1", "13")
    type_into(form, "quorum_part", "1")
    save(form)
    assert set(problems(form)) == {"drawn_from_id", "quorum_whole"}
    choose(form, "drawn_from_id", "Bureau")
    type_into(form, "quorum_whole", "3")
    save(form)
    assert problems(form) == {"drawn_from_id": "Cette instance est elle-même issue de celle-ci."}
    choose(form, "eligibility", Eligibility.REPRESENTATIVES.value)
    save(form)
    assert seats_of(workspace, council) == [(None, 16), (1, 13)]
    assert page.bodies.rules.text() == (
        "Représentants des adhérents · Mandats de 3\u00a0ans · 16\u00a0sièges\u00a0: Collectivités 13 · "
        "Quorum\u00a0: le tiers des sièges"
    )
    QTest.keyClick(page.bodies.bodies, Qt.Key.Key_F2)
    again = opened(BodyForm)
    assert (again.input("term_months").value(), again.input("seats_1").value()) == (36, 13)
    type_into(again, "seats_1", "14")
    type_into(again, "seats_all", "")
    save(again)
    assert seats_of(workspace, council) == [(1, 14)]
    workspace.undo()
    assert seats_of(workspace, council) == [(None, 16), (1, 13)]
    workspace.undo()
    assert seats_of(workspace, council) == []


def test_an_office_says_who_elects_to_it(page: GovernancePage, workspace: Workspace) -> None:
    page.tabs.setCurrentIndex(3)
    page.bodies.bodies.pick(body_called(workspace, BodyKind.BUREAU))
    assert cells(page.bodies.offices, 0, 4)[0] == ("Président·e", "Conseil d’administration")
    page.bodies.offices.pick(page.bodies.offices.rows.id_at(0))
    QTest.keyClick(page.bodies.offices, Qt.Key.Key_F2)
    form = opened(OfficeForm)
    choose(form, "elected_by_id", "Assemblée générale")
    save(form)
    assert cells(page.bodies.offices, 0, 4)[0] == ("Président·e", "Assemblée générale")


def test_a_body_in_use_is_not_deleted(page: GovernancePage, workspace: Workspace) -> None:
    page.tabs.setCurrentIndex(3)
    page.bodies.bodies.pick(body_called(workspace, BodyKind.BUREAU))
    QTest.keyClick(page.bodies.bodies, Qt.Key.Key_Delete)
    assert "sert encore" in refusal()
    assert count(workspace, Body) == 3


def test_the_timeline_follows_the_table_and_a_click_picks_the_mandate(page: GovernancePage) -> None:
    timeline = page.composition.timeline
    assert [bar.person for bar in timeline.bars()] == [name for _office, name in OFFICERS]
    assert "Magalie TOUET, depuis le 02/12/2020" in timeline.accessibleName()
    QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 44 + 20 * 3 + 10))
    table = page.composition.officers
    assert table.rows.values(table.currentIndex().row())[1] == "Josian RIBES"


def test_links_from_elsewhere_find_their_tab(page: GovernancePage, workspace: Workspace) -> None:
    council = body_called(workspace, BodyKind.COUNCIL)
    with workspace.read() as session:
        seat = session.scalars(
            select(Mandate.id)
            .join(Office)
            .join(Person)
            .where(Office.body_id == council, Person.last_name == "RIVEL")
        ).one()
        meeting = session.scalars(select(Meeting.id)).first()
        office = session.scalars(select(Office.id).where(Office.body_id == council)).one()
    page.show_row("mandate", seat)
    assert page.composition.table.current_id() == seat
    page.show_row("meeting", meeting or 0)
    assert (page.tabs.currentIndex(), page.meetings.table.current_id()) == (2, meeting)
    page.show_row("office", office)
    assert page.bodies.bodies.current_id() == council
    assert page.bodies.offices.current_id() == office
    page.show_row("officers_declaration", seat)
    assert is_open(DeclarationDialog)


def test_a_mandate_without_a_person_is_refused(page: GovernancePage) -> None:
    page.new_mandate()
    form = opened(MandateForm)
    save(form)
    assert problems(form) == {"person_id": "Choisissez la personne."}
    assert is_open(MandateForm)


def test_an_office_of_one_holder_held_twice_is_told_not_refused(
    page: GovernancePage, workspace: Workspace
) -> None:
    page.new_mandate()
    form = opened(MandateForm)
    choose(form, "office_id", "Bureau › Président·e")
    texts = [one.text() for one in form.fields["office_id"].findChildren(QLabel)]
    assert "Magalie TOUET exerce déjà cette fonction à ces dates." in texts
    pick(form, "person_id", "perea")
    save(form)
    assert not is_open(MandateForm)
    assert len(cells(page.composition.officers, 0)) == 8


def test_printing_leads_to_the_paper_of_the_day(page: GovernancePage, qtbot: QtBot) -> None:
    page.show_day(date(2021, 3, 1))
    with qtbot.waitSignal(page.workspace.row_requested) as asked:
        click(page.print_button)
    assert asked.args == ["report:board", date(2021, 3, 1).toordinal()]


def test_the_timeline_goes_when_there_is_no_room_for_it(page: GovernancePage) -> None:
    assert page.composition.timeline.isVisible()
    page.resize(1000, 420)
    QTest.qWait(20)
    composition = page.composition
    assert not composition.timeline.isVisible()
    assert composition.officers.isVisible()
    click(composition.lanes_button)  # it takes the place of the table when it is asked for
    assert composition.timeline.isVisible()
    assert not composition.officers.isVisible()
    page.show_row("mandate", composition.timeline.bars()[0].mandate_id)  # a link to a mandate shows its row
    assert composition.officers.isVisible()
    page.resize(1000, 800)
    QTest.qWait(20)
    assert composition.timeline.isVisible()
    click(composition.lanes_button)
    assert not composition.timeline.isVisible()
    with page.workspace.read() as session:
        assembly = session.scalars(select(Body.id).where(Body.kind == BodyKind.ASSEMBLY.value)).one()
    page.choose_body(assembly)
    assert not composition.lanes_button.isVisible()  # nobody is elected there
