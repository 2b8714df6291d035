"""Small things a first user stumbled on, through the real window: what is said, refreshed, made by Ctrl+N."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QTabBar, QTabWidget, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.services.importing import write
from tests.ui.driving import CONTROL, click, is_open, opened, settle
from vto_desktop.model import Dues, Member, Person, Receipt
from vto_desktop.ui.forms.amendment import AmendmentForm
from vto_desktop.ui.forms.body import BodyForm
from vto_desktop.ui.forms.budget_line import BudgetLineForm
from vto_desktop.ui.forms.convention import ConventionForm
from vto_desktop.ui.forms.entry import EntryForm
from vto_desktop.ui.forms.importing import ImportDialog
from vto_desktop.ui.forms.instalment import InstalmentForm
from vto_desktop.ui.forms.mandate import MandateForm
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.forms.member import MemberForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.forms.receipt import ReceiptForm
from vto_desktop.ui.kit.chips import ChipLabel
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.main_window import MainWindow

SAVED = "Toutes les modifications sont enregistrées"


def go(window: MainWindow, key: str) -> Page:
    """Go to a page by the side bar."""
    click(window.side_bar.items[key])
    settle()
    page = window.current_page
    assert page is not None
    return page


def said(window: MainWindow) -> str:
    """Return what the status bar says before that everything is saved."""
    before, _between, _after = window.status.text.text().partition(SAVED)
    return before


# --- what is said does not outlive what it is said of --------------------------------------------


def delete_a_member_without_dues(window: MainWindow) -> None:
    with window.workspace.write("Ajouter un adhérent") as session:
        college = session.scalars(select(Member.college_id)).first()
        person = Person(first_name="Aaron", last_name="AABEL")
        session.add(Member(person=person, college_id=college, sort_key="aabel"))
    settle()
    table = go(window, "members").findChild(Table)
    assert table is not None
    table.pick(table.rows.id_at(0))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    settle()
    assert said(window).startswith("Supprimé\u00a0: l’adhérent «\u00a0Aaron AABEL\u00a0»")


def test_a_success_is_said_no_more_after_the_next_change(window: MainWindow) -> None:
    delete_a_member_without_dues(window)
    with window.workspace.write("Autre chose") as session:
        session.scalars(select(Person)).first().phone = "04"  # type: ignore[union-attr]
    settle()
    assert said(window) == ""


def test_undoing_says_what_it_undid_instead(window: MainWindow) -> None:
    delete_a_member_without_dues(window)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle()
    assert said(window).startswith("Annulé\u00a0: Supprimer")


def test_a_success_is_said_no_more_on_another_page(window: MainWindow) -> None:
    delete_a_member_without_dues(window)
    go(window, "budget")
    assert said(window) == ""


def test_a_success_is_said_no_more_of_another_year(window: MainWindow) -> None:
    delete_a_member_without_dues(window)
    window.workspace.year = 2020
    settle()
    assert said(window) == ""


# --- another year reaches what stands beside the list --------------------------------------------


@pytest.mark.parametrize("place", [0, 9], ids=["first", "far down"])
def test_the_panel_of_a_member_follows_the_year(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    for name in ("FIRST", "PAGE"):  # a list longer than what is read at first
        monkeypatch.setattr(f"vto_desktop.ui.kit.rows_model.{name}", 4)
    page = go(window, "members")
    table = page.findChild(Table)
    assert table is not None
    table.pick(table.rows.ids[place])
    settle()

    def chips() -> list[str]:
        return [one.chip.text for one in page.detail.findChildren(ChipLabel) if one.isVisible()]  # type: ignore[attr-defined]

    assert "Cotisation 2021 réglée" in chips()
    window.workspace.year = 2020
    settle()
    assert table.current_id() == table.rows.ids[place]
    assert not [text for text in chips() if "2021" in text]
    window.workspace.year = 2021
    settle()
    assert "Cotisation 2021 réglée" in chips()


# --- Ctrl+N makes what is shown ------------------------------------------------------------------


MADE: dict[str, tuple[tuple[str, type[Form]], ...]] = {
    "members": (("Nouvel adhérent", MemberForm),),
    "governance": (
        ("Nouveau mandat", MandateForm), ("Nouveau mandat", MandateForm), ("Nouvelle réunion", MeetingForm),
        ("Nouvelle instance", BodyForm),
    ),
    "conventions": (("Nouvelle convention", ConventionForm),),
    "budget": (
        ("Nouvelle ligne", BudgetLineForm), ("Nouvelle ligne", BudgetLineForm),
        ("Nouvelle écriture", EntryForm),
    ),
}  # fmt: skip
PARTS: tuple[tuple[str, type[Form]], ...] = (
    ("Nouvelle tranche", InstalmentForm), ("Encaisser…", ReceiptForm), ("Nouvel avenant", AmendmentForm),
)  # fmt: skip


def offered(page: Page) -> list[str]:
    """Return the texts of the main actions in sight."""
    return [one.text() for one in page.findChildren(QPushButton, "primary") if one.isVisible()]


def made_by_key(page: Page, kind: type[Form], qtbot: QtBot) -> None:
    """Press Ctrl+N and give up the form that opens."""
    QTest.keyClick(page, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: is_open(kind))
    opened(kind).leave()
    settle()
    page.window().activateWindow()
    settle()


@pytest.mark.parametrize("key", MADE)
def test_ctrl_n_makes_what_the_tab_shows_and_the_button_says_so(
    window: MainWindow, key: str, qtbot: QtBot
) -> None:
    page = go(window, key)
    tabs = getattr(page, "tabs", None)
    assert (tabs.count() if isinstance(tabs, QTabWidget | QTabBar) else 1) == len(MADE[key])
    for place, (text, kind) in enumerate(MADE[key]):
        if isinstance(tabs, QTabWidget | QTabBar):
            tabs.setCurrentIndex(place)
        settle()
        assert offered(page) == [text]
        made_by_key(page, kind, qtbot)


def test_ctrl_n_makes_the_part_of_a_convention_that_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    page = go(window, "conventions")
    page.open_item(1)
    settle()
    tabs = page.findChild(QTabWidget)
    assert tabs is not None
    assert tabs.count() == len(PARTS)
    for place, (text, kind) in enumerate(PARTS):
        tabs.setCurrentIndex(place)
        settle()
        assert offered(page) == [text]
        made_by_key(page.detail, kind, qtbot)  # type: ignore[attr-defined]


# --- keys: one letter leads to one thing, Enter does what is in hand ------------------------------


def shared_letters(dialog: QWidget) -> dict[str, list[str]]:
    """Return the Alt+letters that several things in sight take, so that none of them answers."""
    found: dict[str, list[str]] = {}
    every: list[QLabel | QAbstractButton] = [*dialog.findChildren(QLabel)]
    every += dialog.findChildren(QAbstractButton)
    for one in every:
        text = one.text().replace("&&", "")
        if one.isVisible() and "&" in text and (not isinstance(one, QLabel) or one.buddy()):
            found.setdefault(text[text.index("&") + 1].upper(), []).append(text)
    return {letter: texts for letter, texts in found.items() if len(texts) > 1}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("dues-calls", Dues), ("reminders", Dues), ("certificates", Member), ("labels", Member),
        ("receipts", Receipt),
    ],
)  # fmt: skip
def test_no_letter_is_shared_beside_papers(window: MainWindow, name: str, kind: type) -> None:
    with window.workspace.read() as session:
        ids = list(session.scalars(select(kind.id).limit(2)))  # type: ignore[attr-defined]
    dialog = PapersDialog(window.workspace, name, ids, window)
    dialog.open()
    settle()
    assert shared_letters(dialog) == {}


def test_no_letter_is_shared_nor_enter_ignored_while_importing(window: MainWindow, tmp_path: Path) -> None:
    file = write(tmp_path / "liste.csv", "Nom;Type\nVille d’Essai;commune")
    dialog = ImportDialog(window.workspace, window, path=file)
    dialog.open()
    dialog.activateWindow()
    for step in range(1, 3):
        settle()
        assert dialog.step == step
        assert shared_letters(dialog) == {}
        dialog.next_button.setFocus()
        QTest.keyClick(dialog.next_button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    settle()
    assert not is_open(ImportDialog), "imported by Enter alone"


def test_a_new_member_begins_with_its_name(window: MainWindow, qtbot: QtBot) -> None:
    page = go(window, "members")
    window.activateWindow()
    settle()
    QTest.keyClick(page, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: is_open(MemberForm))
    form = opened(MemberForm)
    form.activateWindow()
    settle()
    QTest.keyClicks(form.focusWidget(), "celles 34")
    assert form.input("organisation_id").editor.text() == "celles 34"  # type: ignore[attr-defined]
