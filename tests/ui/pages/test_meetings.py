"""« Réunions » through the real page: attendance by keys, the quorum as it goes, decisions, documents."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from sqlalchemy import select

from tests.ui.driving import (
    CONTROL,
    choose,
    click,
    count,
    is_open,
    opened,
    pick,
    problems,
    refusal,
    save,
    type_into,
)  # fmt: skip
from vto_desktop.model import Attendance, Body, BodyKind, Decision, Meeting, MeetingDocument
from vto_desktop.ui.forms.attendance import AttendanceForm
from vto_desktop.ui.forms.decision import DecisionForm
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.forms.meeting_document import MeetingDocumentForm
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance import GovernancePage
from vto_desktop.ui.pages.governance.meetings import documents
from vto_desktop.ui.pages.governance.meetings.detail import MeetingDetail
from vto_desktop.ui.pages.governance.meetings.large import AttendanceDialog

Q = "Quorum\u00a0: la moitié des 7\u00a0sièges, soit 4\u00a0;"


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> GovernancePage:
    """Return the page on its meetings, with a meeting of the bureau whose quorum is the half."""
    with workspace.write("Préparer") as session:
        bureau = session.scalars(select(Body).where(Body.kind == BodyKind.BUREAU.value)).one()
        bureau.quorum_part, bureau.quorum_whole, bureau.max_powers, bureau.notice_days = 1, 2, 1, 15
        session.add(Meeting(body=bureau, held_on=date(2021, 10, 14), time="14:00"))
    made = GovernancePage(workspace)
    made.resize(1200, 780)
    shown(made)
    made.refresh_now()
    made.tabs.setCurrentIndex(2)
    QApplication.processEvents()
    return made


@pytest.fixture
def detail(page: GovernancePage) -> MeetingDetail:
    """Return the meeting of the bureau, beside the list, on its attendance."""
    found = page.meetings.detail
    found.tabs.setCurrentIndex(1)
    found.attendance.table.setFocus()
    QApplication.processEvents()
    return found


def key(detail: MeetingDetail, which: Qt.Key) -> None:
    """Press a key in the table of attendance."""
    QTest.keyClick(detail.attendance.table, which)
    QApplication.processEvents()


def states(detail: MeetingDetail) -> list[str]:
    """Return how each seat took part, as shown."""
    table = detail.attendance.table
    return [str(table.rows.values(row)[1] or "–") for row in range(table.rows.rowCount())]


def said(form: Form, attribute: str) -> list[str]:
    """Return all that stands around a field."""
    return [one.text() for one in form.fields[attribute].findChildren(QLabel)]


# --- attendance ----------------------------------------------------------------------------------


def test_the_latest_meeting_is_shown_and_its_seats_wait(detail: MeetingDetail) -> None:
    assert (detail.heading.text(), detail.subheading.text()) == ("Bureau", "14 octobre 2021, 14\u00a0h")
    table = detail.attendance.table
    assert table.rows.values(0)[0] == ("Magalie TOUET", "Présidente")
    assert states(detail) == ["–"] * 7
    assert detail.attendance.rule.text() == f"{Q} personne\u00a0: non atteint"
    assert detail.attendance.state.chip.text == "À pointer"


def test_attendance_is_taken_by_keys_and_the_quorum_follows(
    detail: MeetingDetail, workspace: Workspace
) -> None:
    for which in (Qt.Key.Key_P, Qt.Key.Key_P, Qt.Key.Key_E, Qt.Key.Key_P):
        key(detail, which)
    assert states(detail) == ["Présente", "Présente", "Excusée", "Présent", "–", "–", "–"]
    assert detail.attendance.rule.text() == f"{Q} 3\u00a0présents ou représentés\u00a0: non atteint"
    assert detail.attendance.state.chip.text == "Quorum non atteint"
    key(detail, Qt.Key.Key_P)
    assert detail.attendance.rule.text() == f"{Q} 4\u00a0présents ou représentés\u00a0: atteint"
    assert detail.attendance.state.chip.text == "Quorum atteint"
    assert detail.attendance.count.text() == "4\u00a0voix · 4\u00a0présents · 1\u00a0excusé · 2 à pointer"
    assert detail.attendance.table.current_id() == 6  # the row after the last one recorded
    workspace.undo()
    assert states(detail)[4] == "–"
    assert detail.attendance.state.chip.text == "Quorum non atteint"
    assert workspace.dossier is not None
    assert workspace.dossier.undo_label == "Inscrire la présence de «\u00a0Josian RIBES\u00a0»"


def test_a_power_is_given_by_typing_part_of_a_name(detail: MeetingDetail) -> None:
    key(detail, Qt.Key.Key_P)
    key(detail, Qt.Key.Key_V)
    form = opened(AttendanceForm)
    assert form.focusWidget() is form.input("proxy_id").editor
    QTest.keyClicks(form.input("proxy_id").editor, "toue")
    QTest.keyClick(form.input("proxy_id").editor, Qt.Key.Key_Return)
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert not is_open(AttendanceForm)
    assert states(detail)[:2] == ["Présente", "Pouvoir"]
    assert detail.attendance.table.rows.values(1)[2] == ("à Magalie TOUET", "")
    key(detail, Qt.Key.Key_V)  # the next row; she holds one already, the most allowed
    second = opened(AttendanceForm)
    pick(second, "proxy_id", "touet")
    assert "Tient déjà 1\u00a0pouvoir sur 1 au plus." in said(second, "proxy_id")
    save(second)
    assert problems(second) == {
        "proxy_id": "Magalie TOUET tient déjà 1\u00a0pouvoir, le maximum de cette instance."
    }


def test_a_power_to_an_absent_person_is_told(detail: MeetingDetail) -> None:
    key(detail, Qt.Key.Key_V)
    form = opened(AttendanceForm)
    pick(form, "proxy_id", "laporte")
    save(form)
    assert detail.attendance.doubts.text() == (
        "Magalie TOUET\u00a0: Didier LAPORTE n’est pas là\u00a0: ce pouvoir ne compte pas."
    )
    assert detail.attendance.doubts.isVisible()
    assert detail.attendance.rule.text() == f"{Q} personne\u00a0: non atteint"


def test_a_late_arrival_says_when_the_quorum_was_reached(detail: MeetingDetail) -> None:
    for _seat in range(3):
        key(detail, Qt.Key.Key_P)
    key(detail, Qt.Key.Key_R)
    form = opened(AttendanceForm)
    type_into(form, "arrived_at", "3 heures")
    save(form)
    assert set(problems(form)) == {"arrived_at"}
    type_into(form, "arrived_at", "14:50")
    save(form)
    assert detail.attendance.state.chip.text == "Quorum atteint à 14\u00a0h\u00a050"
    assert detail.attendance.table.rows.values(3)[2] == ("arrivée à 14\u00a0h\u00a050", "")


def test_a_rule_by_college_leaves_the_room_to_the_rows_of_a_small_window(
    page: GovernancePage, workspace: Workspace
) -> None:
    with workspace.write("Convoquer l’assemblée") as session:
        assembly = session.scalars(select(Body).where(Body.kind == BodyKind.ASSEMBLY.value)).one()
        assembly.quorum_part, assembly.quorum_whole, assembly.has_quorum_by_college = 1, 3, True
        session.add(Meeting(body=assembly, held_on=date(2022, 5, 17)))
    QApplication.processEvents()
    page.meetings.table.pick(page.meetings.table.rows.id_at(0))
    page.meetings.detail.tabs.setCurrentIndex(1)
    attendance = page.meetings.detail.attendance
    page.resize(1200, 900)
    QTest.qWait(20)
    whole = attendance.rule.text().splitlines()
    assert [line.split("\u00a0:")[0] for line in whole] == [
        "Quorum", "Collectivités", "Autres personnes morales", "Personnes physiques",
    ]  # fmt: skip
    page.resize(1000, 560)
    QTest.qWait(20)
    assert attendance.rule.text().splitlines() == [
        whole[0], "Collectivités 0/5 · Autres personnes morales 0/1 · Personnes physiques 0/1",
    ]  # fmt: skip
    assert attendance.rule.toolTip().splitlines() == whole


def test_the_other_seats_are_marked_at_once_and_several_rows_by_one_key(
    detail: MeetingDetail, workspace: Workspace
) -> None:
    key(detail, Qt.Key.Key_E)
    detail.attendance.mark_rest("Présent")
    assert states(detail).count("–") == 0
    assert not detail.attendance.rest_button.isVisible()
    detail.attendance.table.selectAll()
    key(detail, Qt.Key.Key_A)
    assert {state.removesuffix("e") for state in states(detail)} == {"Absent"}
    workspace.undo()
    workspace.undo()
    assert states(detail)[1:] == ["–"] * 6
    detail.attendance.table.selectAll()
    key(detail, Qt.Key.Key_Delete)
    assert count(workspace, Attendance) == 0


def test_the_large_window_takes_the_same_keys_and_undoes(detail: MeetingDetail, workspace: Workspace) -> None:
    click(detail.attendance.large_button)
    large = opened(AttendanceDialog)
    QTest.keyClick(large.attendance.table, Qt.Key.Key_P)
    assert states(detail)[0] == "Présente"
    assert str(large.attendance.table.rows.values(0)[1]) == "Présente"
    QTest.keyClick(large, Qt.Key.Key_Z, CONTROL)
    assert states(detail)[0] == "–"
    assert count(workspace, Attendance) == 0
    QTest.keyClick(large, Qt.Key.Key_Y, CONTROL)
    assert states(detail)[0] == "Présente"
    assert large.attendance.sheet is detail.attendance.sheet  # hundreds of seats are read once a key
    with workspace.write("Supprimer la réunion") as session:
        session.delete(session.get_one(Meeting, detail.meeting_id))
    assert not is_open(AttendanceDialog)


def test_the_substitute_of_a_council_seat_takes_it_with_one_key(
    page: GovernancePage, workspace: Workspace
) -> None:
    with workspace.read() as session:
        council = session.scalars(
            select(Meeting.id).join(Body).where(Body.kind == BodyKind.COUNCIL.value)
        ).one()
    page.meetings.table.pick(council)
    detail = page.meetings.detail
    detail.tabs.setCurrentIndex(1)
    table = detail.attendance.table
    names = [table.rows.values(row)[0] for row in range(table.rows.rowCount())]
    place = next(row for row, name in enumerate(names) if "Montpellier" in name[0])
    assert names[place][1] == "Clara GIMENEZ, suppl. Coralie MANTION"
    table.pick(place + 1)
    QTest.keyClick(table, Qt.Key.Key_S)
    assert str(table.rows.values(place)[1]) == "Suppléante"
    assert table.rows.values(place)[2] == ("Coralie MANTION", "")
    QTest.keyClick(table, Qt.Key.Key_S)  # the next seat has no substitute
    assert "a pas de suppléant" in refusal()
    assert count(workspace, Attendance) == 1


# --- the meeting itself --------------------------------------------------------------------------


def test_the_form_says_until_when_to_convene_and_the_agenda_is_numbered(
    page: GovernancePage, workspace: Workspace
) -> None:
    QTest.keyClick(page.meetings.table, Qt.Key.Key_F2)
    form = opened(MeetingForm)
    assert "À convoquer au plus tard le 29/09/2021 (délai de 15\u00a0jours)." in said(form, "convened_on")
    type_into(form, "convened_on", "4/10/21")
    late = "Convoquée 10\u00a0jours avant\u00a0: il fallait convoquer au plus tard le 29/09/2021"
    assert any(text.startswith(late) for text in said(form, "convened_on"))
    choose(form, "kind", "En visioconférence")
    assert form.fields["link"].isVisible()
    type_into(form, "link", "https://visio.exemple/ca")
    form.input("agenda").set_value("1. Budget\n2. Divers")
    pick(form, "chair_id", "touet")
    save(form)
    detail = page.meetings.detail
    assert detail.agenda.texts() == ["1. Budget", "2. Divers"]
    assert detail.notice.sentence().startswith(late)
    click(detail.link_button)
    assert QApplication.clipboard().text() == "https://visio.exemple/ca"
    workspace.undo()
    assert detail.agenda.texts() == []


# --- decisions -----------------------------------------------------------------------------------


def decide(detail: MeetingDetail, title: str, **votes: str) -> DecisionForm:
    """Fill the form of a new decision and save it."""
    click(detail.decisions.add_button)
    form = opened(DecisionForm)
    type_into(form, "title", title)
    for name, value in votes.items():
        type_into(form, name, value)
    return form


def test_decisions_are_numbered_and_their_votes_held_against_those_present(
    detail: MeetingDetail, workspace: Workspace
) -> None:
    for _seat in range(5):
        key(detail, Qt.Key.Key_P)
    detail.tabs.setCurrentIndex(2)
    form = decide(detail, "Budget", votes_for="6")
    assert form.heading.text() == "Délibération 2021-01"
    there = "pour 5\u00a0présents ou représentés"
    warned = f"6\u00a0voix comptées {there}\u00a0: vérifiez le décompte ou les présences."
    assert form.doubts.text() == warned
    type_into(form, "votes_for", "4")
    type_into(form, "votes_abstained", "1")
    assert form.doubts.isHidden()
    save(form)
    save(decide(detail, "Siege", votes_for="6"))
    assert detail.decisions.items.texts() == ["2021-01  Budget", "2021-02  Siege"]
    assert detail.decisions.items.views[0].item.captions == ("Pour 4 · Abstention 1",)
    assert f"À vérifier\u00a0: {warned}" in detail.decisions.items.views[1].item.doubts
    detail.decisions.exchange(detail_id(workspace, "Siege"), -1)
    assert detail.decisions.items.texts() == ["2021-01  Siege", "2021-02  Budget"]
    QTest.keyClick(detail.decisions.items.views[0], Qt.Key.Key_Delete)
    assert "n’est pas la dernière de 2021" in refusal()
    QTest.keyClick(detail.decisions.items.views[1], Qt.Key.Key_Delete)
    assert detail.decisions.items.texts() == ["2021-01  Siege"]
    for _step in range(3):
        workspace.undo()
    assert detail.decisions.items.texts() == ["2021-01  Budget"]


def test_a_key_fills_the_tab_looked_at_and_the_others_follow_when_they_are(detail: MeetingDetail) -> None:
    for _seat in range(4):
        key(detail, Qt.Key.Key_P)
    detail.tabs.setCurrentIndex(2)
    save(decide(detail, "Budget", votes_for="4"))
    (before,) = detail.decisions.items.views
    assert before.item.doubts == ()
    detail.tabs.setCurrentIndex(1)
    key(detail, Qt.Key.Key_P)
    assert detail.decisions.items.views == [before]  # left alone: hundreds of seats would be read for it
    detail.tabs.setCurrentIndex(2)
    (after,) = detail.decisions.items.views
    assert after.item.doubts == (
        "À vérifier\u00a0: 4\u00a0voix comptées pour 5\u00a0présents ou représentés\u00a0: il en manque 1.",
    )


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("Le budget est adopté.", "Le budget est adopté."),
        ("Vu les statuts,\n\nle conseil\u00a0:\n  adopte;", "Vu les statuts,\nle conseil\u00a0:\nadopte;"),
        ("Un,\ndeux,\ntrois,\nquatre.", "Un,\ndeux,\ntrois,\u00a0…"),
        ("mot " * 80, " ".join(["mot"] * 60) + "\u00a0…"),
    ],
)
def test_a_deliberation_shows_the_first_lines_of_its_text(
    detail: MeetingDetail, workspace: Workspace, text: str, beginning: str
) -> None:
    detail.tabs.setCurrentIndex(2)
    with workspace.write("Décider") as session:
        meeting = session.get_one(Meeting, detail.meeting_id)
        session.add(Decision(meeting=meeting, year=2021, number=1, title="Budget", text=text))
    (view,) = detail.decisions.items.views
    assert view.item.lines == (beginning,)
    assert any(one.text() == beginning for one in view.findChildren(QLabel))


def detail_id(workspace: Workspace, title: str) -> int:
    """Return the id of a decision."""
    with workspace.read() as session:
        return session.scalars(select(Decision.id).where(Decision.title == title)).one()


def test_a_decision_without_object_is_refused(detail: MeetingDetail) -> None:
    detail.tabs.setCurrentIndex(2)
    click(detail.decisions.add_button)
    form = opened(DecisionForm)
    save(form)
    assert problems(form) == {"title": "Indiquez l’objet de la délibération."}


# --- documents -----------------------------------------------------------------------------------


def test_documents_are_dropped_opened_missed_and_removed(
    detail: MeetingDetail, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return True

    monkeypatch.setattr(documents, "QDesktopServices", SimpleNamespace(openUrl=open_url))
    detail.tabs.setCurrentIndex(3)
    tab = detail.documents
    (tmp_path / "ca").mkdir()
    file = tmp_path / "ca" / "budget 2021.pdf"
    file.write_text("x")
    program = tmp_path / "programme.exe"
    program.write_text("x")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file)), QUrl.fromLocalFile(str(program))])
    tab.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    assert tab.items.texts() == ["budget 2021", "programme"]
    assert tab.items.views[0].item.captions == ("ca/budget 2021.pdf",)  # from beside the dossier
    QTest.keyClick(tab.items.views[0], Qt.Key.Key_Return)
    assert asked == [str(file)]
    QTest.keyClick(tab.items.views[1], Qt.Key.Key_Return)
    assert "Par prudence" in refusal()
    assert asked == [str(file)]
    file.unlink()
    tab.show_meeting(detail.meeting_id or 0)
    assert str(tab.items.views[0].item.chip) == "Introuvable"
    QTest.keyClick(tab.items.views[0], Qt.Key.Key_Return)
    assert "est introuvable" in refusal()
    with workspace.read() as session:
        first = session.scalars(select(MeetingDocument.id).order_by(MeetingDocument.id)).first()
    tab.edit(first or 0)
    form = opened(MeetingDocumentForm)
    type_into(form, "label", "Budget")
    save(form)
    assert tab.items.texts()[0] == "Budget"
    tab.remove(first or 0, "Budget")
    assert tab.items.texts() == ["programme"]
    workspace.undo()
    assert tab.items.texts() == ["Budget", "programme"]
