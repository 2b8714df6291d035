"""Through the real window: a body is renewed, two days are compared, what is to be checked is mended."""

from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton
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
    save,
    settle,
    type_into,
)  # fmt: skip
from vto_desktop.model import Body, BodyKind, Mandate, Meeting, Member, Office, Person
from vto_desktop.ui.forms.ends import EndMandateForm
from vto_desktop.ui.forms.leaving import EndMemberForm
from vto_desktop.ui.forms.mandate import MandateForm
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.forms.person_card import PersonCard
from vto_desktop.ui.forms.places import PlaceLine
from vto_desktop.ui.forms.renewal import RenewalForm
from vto_desktop.ui.forms.representative import RepresentativeForm
from vto_desktop.ui.kit import page_menu
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.governance import GovernancePage, menu
from vto_desktop.ui.pages.governance.comparison import ComparisonDialog

FIRST_PAGE = "governance"


def governance(window: MainWindow) -> GovernancePage:
    return page_of(window, "governance", GovernancePage)


def do(page: GovernancePage, text: str) -> None:
    """Choose a line of « Plus »."""
    choose_in(page_menu.menu_of(page, menu.GROUPS), text)
    settle()


def sitting(page: GovernancePage) -> list[tuple[str, str]]:
    table = page.composition.table
    rows = [table.rows.values(row) for row in range(table.rows.rowCount())]
    return [(str(row[0]), str(row[1])) for row in rows]


def line(form: RenewalForm, text: str) -> int:
    """Return the number of the line of an office or its holder."""
    return next(each.number for each in form.lines if text in f"{each.place.office} {each.place.holder}")


# --- renewing ------------------------------------------------------------------------------------


def test_a_bureau_is_renewed_from_a_new_meeting_and_undone_at_once(window: MainWindow) -> None:
    page = governance(window)
    before, mandates = sitting(page), count(window.workspace, Mandate)
    do(page, "Renouveler l’instance…")
    form = opened(RenewalForm)
    click(form.new_meeting)
    meeting = opened(MeetingForm)
    assert meeting.input("body_id").typed() == "Conseil d’administration"  # which elects the bureau
    type_into(meeting, "held_on", "06122021")
    type_into(meeting, "title", "Renouvellement")
    save(meeting)
    assert form.input("on").value() == date(2021, 12, 6)
    assert form.input("meeting_id").typed() == "06/12/2021 · Renouvellement"
    president, treasurer = line(form, "TOUET"), line(form, "LAPORTE")
    choose(form, f"fate_{president}", "Remplacer par…")
    save(form)
    assert problems(form) == {f"person_{president}": "Choisissez la personne élue."}
    pick(form, f"person_{president}", "rivel")
    assert form.input(f"capacity_{president}").value() == "élue déléguée à la politique de la ville"
    choose(form, f"fate_{treasurer}", "Laisser vacant")
    deputy = line(form, "Trésorier·ère adjoint·e")
    choose(form, f"fate_{deputy}", "Élire…")
    pick(form, f"person_{deputy}", "laporte")
    add = next(one for one in form.findChildren(QPushButton) if "Vice-président·e" in one.text())
    click(add)
    more = form.lines[-1].number
    pick(form, f"person_{more}", "moussa")
    save(form)
    assert not is_open(RenewalForm)
    assert sitting(page) == [
        ("Présidente", "Tamara RIVEL"), ("Vice-présidente", "Clara GIMENEZ"),
        ("Vice-présidente", "Gaelle LÉVÊQUE"), ("Vice-président", "Farouk MOUSSA"),
        ("Vice-président", "Josian RIBES"), ("Trésorier adjoint", "Didier LAPORTE"),
        ("Secrétaire", "Catherine PÉCASTAING"), ("Secrétaire adjoint", "Serge BORD"),
    ]  # fmt: skip
    assert page.composition.since() == "Depuis le conseil d’administration du 6 décembre 2021"
    page.show_day(date(2021, 12, 5))
    assert sitting(page) == before
    page.show_day(date(2021, 12, 31))
    window.undo()
    settle()
    assert sitting(page) == before
    assert count(window.workspace, Mandate) == mandates


def test_another_day_proposes_who_sat_on_its_eve_and_keeps_what_was_decided(window: MainWindow) -> None:
    page = governance(window)
    with window.workspace.write("Finir") as session:
        chosen = select(Mandate).join(Person).join(Office, Mandate.office_id == Office.id)
        row = session.scalars(
            chosen.where(Person.last_name == "RIBES", Office.label == "Vice-président·e")
        ).one()
        row.ends_on = date(2021, 6, 1)
        session.scalars(select(Body).where(Body.kind == BodyKind.BUREAU.value)).one().term_months = 36
    do(page, "Renouveler l’instance…")
    form = opened(RenewalForm)
    type_into(form, "on", "01/05/2021")
    assert form.input("term_on").value() == date(2024, 5, 1)
    assert line(form, "RIBES") >= 0
    choose(form, f"fate_{line(form, 'TOUET')}", "Ne rien changer")
    type_into(form, "on", "01/09/2021")
    assert form.input("term_on").value() == date(2024, 9, 1)
    assert all("RIBES" not in each.place.holder for each in form.lines)
    assert form.input(f"fate_{line(form, 'TOUET')}").typed() == "Ne rien changer"
    form.leave()


def test_who_was_chosen_for_an_office_of_one_holder_stays_whoever_held_it_on_the_eve(
    window: MainWindow,
) -> None:
    page = governance(window)
    with window.workspace.write("Finir") as session:
        held = select(Mandate).join(Person).join(Office, Mandate.office_id == Office.id)
        row = session.scalars(held.where(Person.last_name == "LAPORTE", Office.is_unique)).one()
        row.ends_on, office_id = date(2021, 6, 1), row.office_id
    do(page, "Renouveler l’instance…")
    form = opened(RenewalForm)

    def of_office() -> PlaceLine:
        return next(each for each in form.lines if each.place.office_id == office_id)

    def shown(name: str) -> object:
        return form.input(f"{name}_{of_office().number}").value()

    type_into(form, "on", "01/09/2021")
    choose(form, f"fate_{of_office().number}", "Élire…")
    pick(form, f"person_{of_office().number}", "rivel")
    chosen = [shown(name) for name in ("person", "capacity")]
    assert None not in chosen
    for day, holder, fate in (
        ("01/05/2021", "Didier LAPORTE", "Remplacer par…"), ("01/10/2021", "", "Élire…"),
        ("01/05/2021", "Didier LAPORTE", "Remplacer par…"),
    ):  # fmt: skip
        type_into(form, "on", day)
        assert (of_office().place.holder, shown("fate")) == (holder, fate)
        assert [shown(name) for name in ("person", "capacity")] == chosen
    save(form)
    page.show_day(date(2021, 5, 1))
    assert ("Trésorière", "Tamara RIVEL") in sitting(page)


def test_an_election_for_nothing_is_refused_and_a_double_is_told_beside_its_line(window: MainWindow) -> None:
    page = governance(window)
    do(page, "Renouveler l’instance…")
    form = opened(RenewalForm)
    type_into(form, "on", "01/12/2021")
    for each in form.lines:
        if each.place.mandate_id is not None:
            choose(form, f"fate_{each.number}", "Ne rien changer")
    save(form)
    assert "Rien ne change" in form.banner.sentence()
    secretary = line(form, "PÉCASTAING")
    choose(form, f"fate_{secretary}", "Remplacer par…")
    pick(form, f"person_{secretary}", "touet")
    remark = [one.text() for one in form.fields[f"person_{secretary}"].findChildren(type(form.summary))]
    assert "Cette personne figure aussi à une autre ligne." in remark
    save(form)
    assert ("Secrétaire", "Magalie TOUET") in sitting(page)


def test_an_office_of_several_is_filled_at_once_where_nobody_sits_yet(window: MainWindow) -> None:
    with window.workspace.write("Vider le bureau") as session:
        for row in session.scalars(select(Mandate).where(Mandate.starts_on.is_not(None))):
            session.delete(row)
    page = governance(window)
    do(page, "Renouveler l’instance…")
    form = opened(RenewalForm)
    first = line(form, "Vice-président")
    choose(form, f"fate_{first}", "Élire…")
    pick(form, f"person_{first}", "gimenez")
    click(
        next(one for one in form.findChildren(QPushButton) if one.text() == "Ajouter\u00a0: Vice-président·e")
    )
    added = form.lines[-1].number
    pick(form, f"person_{added}", "ribes")
    type_into(form, "on", "01/07/2021")
    save(form)
    assert sitting(page) == [("Vice-présidente", "Clara GIMENEZ"), ("Vice-président", "Josian RIBES")]


def test_the_council_is_not_elected_unless_one_says_so(window: MainWindow) -> None:
    page = governance(window)
    with window.workspace.read() as session:
        council = session.scalars(select(Body.id).where(Body.kind == BodyKind.COUNCIL.value)).one()
    page.choose_body(council)
    do(page, "Renouveler l’instance…")
    form = opened(RenewalForm)
    assert {each.decided().fate for each in form.lines} == {"Ne rien changer"}
    meetings = form.input("meeting_id")
    assert isinstance(meetings, ChoiceInput)
    assert meetings.value() is None
    number = line(form, "RIVEL")
    choose(form, f"fate_{number}", "Remplacer par…")
    pick(form, f"person_{number}", "durand")
    assert form.input(f"member_{number}").value() is not None  # whom he represents
    type_into(form, "on", "01/07/2021")
    save(form)
    assert ("Ville de Limoux", "('Pierre DURAND', '')") in sitting(page)
    assert "Carcassonne" not in str(sitting(page))


def test_an_election_is_entered_from_its_meeting(window: MainWindow) -> None:
    page = governance(window)
    page.tabs.setCurrentIndex(2)
    settle()
    with window.workspace.write("Réunir") as session:
        council = session.scalars(select(Body.id).where(Body.kind == BodyKind.COUNCIL.value)).one()
        session.add(Meeting(body_id=council, held_on=date(2023, 12, 6)))
    settle()
    page.meetings.table.pick(page.meetings.table.rows.id_at(0))
    click(page.meetings.elect_button)
    form = opened(RenewalForm)
    assert form.heading.text() == "Renouveler\u00a0: Bureau"  # the one that the council elects
    assert form.input("on").value() == date(2023, 12, 6)
    save(form)
    assert len(form.made) == 7
    page.meetings.detail.tabs.setCurrentIndex(2)
    said = page.meetings.detail.decisions.elected.text()
    assert said.startswith(
        "Élection (Bureau)\u00a0: Magalie TOUET, présidente\u202f; Clara GIMENEZ, vice-pré"
    )
    page.show_day(date(2023, 12, 6))
    page.tabs.setCurrentIndex(0)
    assert page.composition.since() == "Depuis le conseil d’administration du 6 décembre 2023"


def test_a_meeting_of_a_body_that_elects_nobody_asks_which_body(window: MainWindow) -> None:
    page = governance(window)
    page.tabs.setCurrentIndex(2)
    with window.workspace.write("Réunir") as session:
        assembly = session.scalars(select(Body.id).where(Body.kind == BodyKind.ASSEMBLY.value)).one()
        session.add(Meeting(body_id=assembly, held_on=date(2022, 5, 17)))
    settle()
    page.meetings.table.pick(page.meetings.table.rows.id_at(0))
    click(page.meetings.elect_button)
    (offered,) = [one for one in page.meetings.findChildren(QMenu) if one.isVisible()]
    assert [action.text() for action in offered.actions()] == ["Bureau", "Conseil d’administration"]
    choose_in(offered, "Conseil d’administration")
    assert opened(RenewalForm).heading.text() == "Renouveler\u00a0: Conseil d’administration"


# --- comparing -----------------------------------------------------------------------------------


def test_two_days_are_compared_opened_copied_and_exported(window: MainWindow, tmp_path: Path) -> None:
    page = governance(window)
    do(page, "Comparer deux dates…")
    dialog = opened(ComparisonDialog)
    assert [dialog.first.input.value(), dialog.last.input.value()] == [date(2020, 12, 1), date(2021, 12, 31)]
    assert dialog.below.text().endswith("7\u00a0arrivées.")
    assert [str(dialog.table.rows.values(n)[1]) for n in range(2)] == ["Magalie TOUET", "Clara GIMENEZ"]
    click(next(one for one in dialog.findChildren(QPushButton) if one.text() == "Copier"))
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[:2] == ["Mouvement", "Nom"]
    assert copied[1].split("\t")[:4] == ["Arrivée", "Magalie TOUET", "", "Présidente"]
    click(next(one for one in dialog.findChildren(QPushButton) if one.text() == "Exporter…"))
    asked = opened(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "comparaison.xlsx"))
    asked.close()
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "comparaison.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]][:2] == ["Arrivée", "Magalie TOUET"]
    dialog.first.input.set_value(date(2021, 1, 1))
    assert dialog.below.text().endswith("7\u00a0maintiens.")
    dialog.first.input.set_typed("")
    assert dialog.first.problem == "Indiquez une date."
    dialog.first.input.set_value(date(2020, 12, 1))
    dialog.table.pick(0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    settle()
    assert not is_open(ComparisonDialog)
    table = page.composition.table
    assert table.rows.values(table.currentIndex().row())[1] == "Magalie TOUET"


def test_an_assembly_is_compared_by_whom_members_send(window: MainWindow) -> None:
    page = governance(window)
    with window.workspace.write("Entrer") as session:
        member = session.scalars(select(Member).order_by(Member.sort_key)).first()
        assert member is not None
        member.joined_on = date(2021, 6, 1)
        assembly = session.scalars(select(Body.id).where(Body.kind == BodyKind.ASSEMBLY.value)).one()
    page.choose_body(assembly)
    assert page.composition.count.text() == "16\u00a0sièges · 18\u00a0personnes"
    page.show_day(date(2021, 5, 31))
    assert page.composition.count.text() == "15\u00a0sièges · 18\u00a0personnes"  # he stands for the GIP too
    page.show_day(date(2021, 12, 31))
    do(page, "Comparer deux dates…")
    dialog = opened(ComparisonDialog)
    dialog.first.input.set_value(date(2021, 5, 31))
    assert [str(each.movement.value) for each in dialog.moves if each.person == "Serge BORD"] == [
        "Changement"
    ]
    dialog.table.pick(0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    settle()
    assert opened(PersonCard).heading.text() == "Serge BORD"


# --- checking ------------------------------------------------------------------------------------


def spoil(window: MainWindow) -> None:
    """Leave an office vacant, let a member go with its seats, and another send nobody."""
    with window.workspace.write("Gâter") as session:
        chosen = select(Mandate).join(Person).join(Office, Mandate.office_id == Office.id)
        row = session.scalars(chosen.where(Person.last_name == "LAPORTE", Office.is_unique)).one()
        row.ends_on = date(2021, 6, 1)
        gone, silent = session.scalars(select(Member).order_by(Member.sort_key).limit(2)).all()
        gone.left_on = date(2021, 7, 1)
        for sent in silent.representatives:
            sent.ends_on = date(2021, 7, 1)
    settle()


def act(page: GovernancePage, title: str) -> None:
    """Press the button of a finding, all of them shown."""
    checks = page.composition.checks
    if checks.toggle.isVisible() and checks.toggle.text() != "Réduire":
        click(checks.toggle)
    place = next(n for n, each in enumerate(checks.findings) if each.title == title)
    click(checks.buttons[place])


def test_what_is_to_be_checked_is_mended_from_the_page(window: MainWindow) -> None:
    page = governance(window)
    assert not page.composition.checks.isVisible()  # nothing about anybody in the example
    spoil(window)
    checks = page.composition.checks
    assert [each.title for each in checks.findings] == ["Fonction vacante"]
    assert checks.caption.text() == "1\u00a0point"
    act(page, "Fonction vacante")
    form = opened(MandateForm)
    assert form.input("office_id").typed() == "Bureau › Trésorier·ère"
    pick(form, "person_id", "perea")
    type_into(form, "starts_on", "01/06/2021")
    save(form)
    assert not checks.isVisible()
    council = next(row_id for row_id, name, _kind in page._bodies if name.startswith("Conseil"))
    page.choose_body(council)
    assert {each.title for each in checks.findings} == {
        "Départ d’un adhérent", "Siège sans représentant", "Ne remplit pas la règle",
    }  # fmt: skip
    act(page, "Départ d’un adhérent")
    opened(EndMemberForm).leave()
    act(page, "Siège sans représentant")
    opened(RepresentativeForm).leave()
    act(page, "Ne remplit pas la règle")
    end = opened(EndMandateForm)
    type_into(end, "ends_on", "01/07/2021")
    save(end)
    assert "Ne remplit pas la règle" not in [each.title for each in checks.findings]


def test_a_serious_finding_leads_from_the_dashboard_to_the_body(window: MainWindow) -> None:
    spoil(window)
    window.workspace.open_row("composition", 1)
    settle()
    page = governance(window)
    assert page.tabs.currentIndex() == 0
    assert page.body_id == 1


def test_a_new_mandate_proposes_its_term_and_says_what_the_rule_forbids(window: MainWindow) -> None:
    page = governance(window)
    with window.workspace.write("Régler") as session:
        session.scalars(select(Body).where(Body.kind == BodyKind.BUREAU.value)).one().term_months = 36
        session.add(Person(first_name="Ada", last_name="LOIN"))
    page.new_mandate()
    form = opened(MandateForm)
    choose(form, "office_id", "Bureau › Trésorier·ère adjoint·e")
    pick(form, "person_id", "loin")
    type_into(form, "starts_on", "01/03/2021")
    assert form.input("term_on").value() == date(2024, 3, 1)
    said = [one.text() for one in form.fields["person_id"].findChildren(QLabel)]
    assert any("ne siège pas dans l’instance" in text for text in said)
    type_into(form, "starts_on", "01/04/2021")
    assert form.input("term_on").value() == date(2024, 4, 1)
    type_into(form, "term_on", "31/12/2023")
    type_into(form, "starts_on", "02/04/2021")
    assert form.input("term_on").value() == date(2023, 12, 31)  # what was typed stays
    pick(form, "member_id", "vauvert")
    said = [one.text() for one in form.fields["member_id"].findChildren(QLabel)]
    assert "Cette personne ne représente pas cet adhérent à cette date." in said
    save(form)
    assert ("Trésorier·ère adjoint·e", "Ada LOIN") in sitting(page)


# --- a person ------------------------------------------------------------------------------------


def test_a_person_s_page_opens_from_the_search_and_leads_to_each_seat(window: MainWindow) -> None:
    QTest.keyClicks(window.search, "bord")
    window.search.search_now()
    hit = next(hit for hit in window.search.popup.hits() if hit.group == "Personnes")
    window.search.choose(hit)
    settle()
    card = opened(PersonCard)
    assert card.heading.text() == "Serge BORD"
    titles = [card.seats.rows.values(n)[0][0] for n in range(card.seats.rows.rowCount())]
    assert titles == [
        "Secrétaire adjoint\u00a0: Bureau", "Membre\u00a0: Conseil d’administration",
        "Membre\u00a0: Conseil d’administration", "Représentant\u00a0: Alès Agglomération",
        "Représentant\u00a0: GIP Politique de la Ville Alès Cévennes",
    ]  # fmt: skip
    assert card.summary.text() == "5\u00a0sièges ou mandats en cours"
    assert not card.mail_button.isEnabled()
    click(card.edit_button)
    form = opened(PersonForm)
    type_into(form, "email", "s.bord@exemple.fr")
    save(form)
    assert "s.bord@exemple.fr" in card.contacts.text()
    click(card.mail_button)
    assert QApplication.clipboard().text() == "s.bord@exemple.fr"
    card.seats.pick(3)
    QTest.keyClick(card.seats, Qt.Key.Key_Return)
    settle()
    assert window.page_key == "members"
    assert not is_open(PersonCard)


def test_a_person_s_page_opens_from_the_composition_and_shows_the_past(window: MainWindow) -> None:
    page = governance(window)
    with window.workspace.write("Finir") as session:
        row = session.scalars(select(Mandate).where(Mandate.starts_on == date(2020, 12, 2))).first()
        assert row is not None
        row.ends_on = date(2021, 3, 1)
        held = row.id
    settle()
    page.show_day(date(2021, 1, 1))
    page.composition.table.pick(held)
    choose_in(page.composition.table.menu(), "Voir la personne")
    settle()
    card = opened(PersonCard)
    last = card.seats.rows.values(card.seats.rows.rowCount() - 1)
    assert (last[0][0], str(last[3])) == ("Présidente\u00a0: Bureau", "Terminé")
    assert card.summary.text().endswith("1 à d’autres dates")
    card.seats.pick(card.seats.rows.id_at(card.seats.rows.rowCount() - 1))
    QTest.keyClick(card.seats, Qt.Key.Key_Return)
    settle()
    assert page.composition.table.current_id() == held


# --- the page ------------------------------------------------------------------------------------


def test_a_click_on_a_bar_opens_the_mandate_and_a_drag_above_moves_the_day(window: MainWindow) -> None:
    page = governance(window)
    timeline = page.composition.timeline
    day = round(timeline.scale.x(date(2021, 6, 1).toordinal()))
    QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(day, 44 + 10))
    form = opened(MandateForm)
    assert form.input("person_id").typed()[1] == "Magalie TOUET"
    form.leave()
    QTest.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(day, 10))
    QTest.mouseRelease(timeline.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(day, 10))
    settle()
    shown = page.day.value()
    assert shown is not None
    assert abs((shown - date(2021, 6, 1)).days) <= 3


def test_many_bodies_are_chosen_in_a_list(window: MainWindow) -> None:
    page = governance(window)
    assert [one.text() for one in page.chooser.group.buttons()] == [
        "Bureau", "Conseil d’administration", "Assemblée générale",
    ]  # fmt: skip
    with window.workspace.write("Ajouter") as session:
        session.add_all(Body(name=f"Commission {name}", position=9) for name in ("A & B", "C", "D"))
    settle()
    assert page.chooser.group.buttons() == []
    assert page.chooser.list.isVisible()
    assert page.chooser.list.typed() == "Bureau"
    page.chooser.list.combo.setCurrentIndex(1)
    assert page.composition.count.text() == "16\u00a0sièges · 19\u00a0mandats"
    page.choose_body(1)
    assert page.chooser.list.typed() == "Bureau"
    window.undo()
    settle()
    assert len(page.chooser.group.buttons()) == 3
    assert not page.chooser.list.isVisible()


def test_addresses_and_texts_of_a_body_go_to_the_clipboard(window: MainWindow) -> None:
    page = governance(window)
    QApplication.clipboard().setText("avant")
    do(page, "Copier les adresses de courriel")
    assert QApplication.clipboard().text() == "avant"  # the example has no address, none is invented
    with window.workspace.write("Renseigner") as session:
        for row in session.scalars(select(Person).where(Person.last_name.in_(["TOUET", "BORD"]))):
            row.email = f"{row.last_name.lower()}@exemple.fr"
    do(page, "Copier les adresses de courriel")
    assert QApplication.clipboard().text() == "touet@exemple.fr; bord@exemple.fr"
    do(page, "Copier le texte du bureau et du conseil")
    assert QApplication.clipboard().text().startswith("Bureau de l’association\nDepuis le conseil")


def test_the_composition_shown_is_exported(window: MainWindow, tmp_path: Path) -> None:
    page = governance(window)
    do(page, "Exporter la composition…")
    asked = opened(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "bureau.xlsx"))
    asked.close()
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "bureau.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]][:2] == ["Présidente", "Magalie TOUET"]
    assert sheet.max_row == 8


def test_on_a_read_only_dossier_one_compares_but_elects_nobody(window: MainWindow) -> None:
    page = governance(window)
    spoil(window)
    dossier = window.workspace.dossier
    assert dossier is not None
    dossier.is_read_only = True
    page.refresh_now()
    shown = page_menu.menu_of(page, menu.GROUPS)
    grey = [action.text() for action in shown.actions() if action.text() and not action.isEnabled()]
    assert grey == ["Renouveler l’instance…"]
    shown.close()
    page.renew()
    assert not is_open(RenewalForm)
    assert [one.isEnabled() for one in page.composition.checks.buttons] == [False]
    dossier.is_read_only = False
