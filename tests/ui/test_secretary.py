"""Through the real window: a meeting from its convocation to its decisions, a change declared and erased."""

from datetime import date

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from tests.ui.driving import choose, click, is_open, opened, page_of, save, settle, type_into
from vto_desktop.model import Body, BodyKind, CivilStatus, Mandate
from vto_desktop.ui.forms.civil_status import CivilStatusForm
from vto_desktop.ui.forms.decision import DecisionForm
from vto_desktop.ui.forms.declared import DeclaredForm
from vto_desktop.ui.forms.erasing import EraseCivilStatusForm
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.dashboard import DashboardPage
from vto_desktop.ui.pages.governance import GovernancePage
from vto_desktop.ui.pages.governance.declaration import DeclarationDialog


def meetings(window: MainWindow) -> GovernancePage:
    """Return the page of governance on its meetings; the council has rules."""
    with window.workspace.write("Noter les statuts") as session:
        council = session.scalars(select(Body).where(Body.kind == BodyKind.COUNCIL.value)).one()
        council.quorum_part, council.quorum_whole, council.notice_days, council.max_powers = 1, 2, 15, 1
    page = page_of(window, "governance", GovernancePage)
    page.tabs.setCurrentIndex(2)
    settle()
    return page


def press(window: MainWindow, keys: str) -> None:
    """Press keys where the window has its focus."""
    focused = window.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, keys)
    settle()


def test_a_meeting_is_convened_attended_and_decides(window: MainWindow) -> None:
    page = meetings(window)
    click(page.meetings.new_button)
    form = opened(MeetingForm)
    choose(form, "body_id", "Conseil d’administration")
    for name, text in (("held_on", "15/03/2022"), ("time", "14h30"), ("agenda", "Comptes")):
        type_into(form, name, text)
    type_into(form, "convened_on", "05/03/2022")
    save(form)
    settle()
    detail = page.meetings.detail
    assert detail.notice.sentence().startswith("Convoquée 10\u00a0jours avant")
    assert detail.agenda.texts() == ["1. Comptes"]

    detail.tabs.setCurrentIndex(1)
    attendance = detail.attendance
    attendance.table.setFocus()
    press(window, "ppppppp")
    assert attendance.state.chip.text == "Quorum non atteint"
    press(window, "p")
    assert attendance.state.chip.text == "Quorum atteint"
    assert attendance.count.text().startswith("8\u00a0voix · 8\u00a0présents")
    window.undo()
    settle()
    assert attendance.state.chip.text == "Quorum non atteint"

    detail.tabs.setCurrentIndex(2)
    click(detail.decisions.add_button)
    decision = opened(DecisionForm)
    type_into(decision, "title", "Comptes")
    type_into(decision, "votes_for", "7")
    assert decision.doubts.text().startswith("Le quorum n’est pas atteint")
    save(decision)
    settle()
    (item,) = detail.decisions.items.views
    assert (item.item.title, item.item.captions) == ("2022-01  Comptes", ("Pour 7",))
    assert [each.split("\u00a0: ")[0] for each in item.item.doubts] == ["À vérifier"]
    for _step in range(9):  # the decision, seven seats and the meeting itself
        window.undo()
    settle()
    assert page.meetings.table.rows.rowCount() == 1


def declaration_of(window: MainWindow, text: str) -> DeclarationDialog:
    """Return what the line of the dashboard about a change opens."""
    page = page_of(window, "dashboard", DashboardPage)
    buttons = page.to_do.findChildren(QPushButton)
    click(next(one for one in buttons if text in one.accessibleName()))
    settle()
    return opened(DeclarationDialog)


def found_by_search(window: MainWindow, text: str) -> list[str]:
    """Return what the search of the whole dossier finds."""
    window.search.setText(text)
    window.search.search_now()
    settle()
    hits = [hit.title for hit in window.search.popup.hits()]
    window.search.popup.hide()
    window.search.clear()
    return hits


def test_a_change_is_declared_from_the_dashboard_and_its_civil_status_erased(window: MainWindow) -> None:
    dialog = declaration_of(window, "02/12/2020")
    assert window.page_key == "governance"
    click(dialog.complete_button)
    status = opened(CivilStatusForm)
    type_into(status, "profession", "funambule")
    save(status)
    click(dialog.declare_button)
    declared = opened(DeclaredForm)
    type_into(declared, "declared_on", "15/01/2021")
    type_into(declared, "declaration_number", "W343012345")
    save(declared)
    dialog.accept()
    page = page_of(window, "dashboard", DashboardPage)
    assert not [title for title in page.to_do.titles() if "02/12/2020" in title]
    assert found_by_search(window, "funambule") == []  # asked for there alone, found nowhere

    with window.workspace.write("Démission") as session:
        president = session.scalars(select(Mandate).where(Mandate.starts_on.is_not(None))).first()
        assert president is not None
        president.ends_on = date(2021, 6, 30)
    settle()
    again = declaration_of(window, "30/06/2021")
    rows = [again.changes.rows.values(row) for row in range(again.changes.rows.rowCount())]
    assert [(row[0], str(row[4]), row[5]) for row in rows] == [
        (date(2021, 6, 30), "À compléter", None), (date(2020, 12, 2), "Le 15/01/2021", "W343012345"),
    ]  # fmt: skip
    click(again.erase_button)
    save(opened(EraseCivilStatusForm))
    answers = opened(Message).findChildren(QPushButton)
    click(next(one for one in answers if one.text() == "Effacer définitivement"))
    assert not is_open(EraseCivilStatusForm)
    with window.workspace.read() as session:
        assert session.scalars(select(CivilStatus)).all() == []
    path = window.workspace.dossier.path if window.workspace.dossier is not None else None
    assert path is not None
    assert b"funambule" not in path.read_bytes()
