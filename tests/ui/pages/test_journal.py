"""The journal: who, when, what, before and after; filters; undoing down to a step; its chain."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from tests.ui.driving import click, refusal
from vto_desktop.model import Association, Attendance, CivilStatus, Convention, Mandate, Meeting, Person
from vto_desktop.store import Dossier, open_dossier
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.journal import JournalPage


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> JournalPage:
    """Return the page on a dossier with three steps after its creation."""
    with workspace.write("Renommer l’association") as session:
        session.scalars(select(Association)).one().name = "Les Amis"
    with workspace.write("Changer le téléphone") as session:
        session.scalars(select(Person).where(Person.last_name == "TOUET")).one().phone = "04 67 00 00 00"
    with workspace.write("Augmenter une convention") as session:
        session.scalars(select(Convention)).first().asked_amount = 1_234_50  # type: ignore[union-attr]
    made = JournalPage(workspace)
    made.resize(1200, 700)
    shown(made)
    made.refresh_now()
    settle()
    return made


def settle() -> None:
    """Let jobs end and their answers come."""
    for _round in range(500):
        QApplication.processEvents()
        if not jobs.active():
            break
        QTest.qWait(5)
    QTest.qWait(1)


def labels(page: JournalPage) -> list[str]:
    """Return the steps listed."""
    return [page.table.rows.values(row)[2] for row in range(page.table.rows.rowCount())]


def said(page: JournalPage) -> list[str]:
    """Return the lines of what the chosen step changed."""
    return [line for view in page.changes.views for line in view.item.captions]


def titles(page: JournalPage) -> list[str]:
    """Return what the chosen step changed, each by its name."""
    return [view.item.title for view in page.changes.views]


def offered(page: JournalPage, row: int) -> bool:
    """Return whether « Annuler jusqu’ici » is offered on a step, in its menu as under its detail."""
    page.table.pick(page.table.rows.id_at(row))
    menu = page.table.menu()
    in_menu = "Annuler jusqu’ici" in [action.text() for action in menu.actions()]
    menu.deleteLater()
    assert page.undo_button.isVisible() == in_menu
    return in_menu


def test_rows_without_a_name_are_called_by_whom_and_what_they_join(
    page: JournalPage, workspace: Workspace
) -> None:
    with workspace.read() as session:
        meeting = session.scalars(select(Meeting)).one()
        mandate = session.scalars(select(Mandate).where(Mandate.starts_on.is_not(None))).first()
        seat = session.scalars(select(Mandate).where(Mandate.member_id.is_not(None))).first()
    assert mandate is not None
    assert seat is not None
    with workspace.write("Pointer") as session:
        session.get_one(Mandate, mandate.id).notes = "x"
        session.add(Meeting(body_id=meeting.body_id, held_on=date(2022, 3, 15)))
        session.add(Attendance(meeting_id=meeting.id, person_id=seat.person_id, member_id=seat.member_id))
    with workspace.write("Effacer") as session:
        session.delete(session.scalars(select(Attendance)).one())
    page.refresh_now()
    page.table.pick(page.table.rows.id_at(1))
    present = "Présence – Serge BORD, Alès Agglomération, Élection du bureau"
    assert set(titles(page)) == {
        "Mandat – Magalie TOUET, Président·e",
        "Réunion – Conseil d’administration, 15/03/2022",
        present,
    }
    page.table.pick(page.table.rows.id_at(0))
    assert titles(page) == [present]  # by what was recorded: the row is gone


def test_the_latest_step_is_first_and_its_detail_shown(page: JournalPage) -> None:
    assert labels(page) == [
        "Augmenter une convention",
        "Changer le téléphone",
        "Renommer l’association",
        "Créer l’exemple",
    ]
    assert page.table.rows.values(0)[1] == "Anne"
    assert page.detail.heading.text() == "Augmenter une convention"
    assert said(page)[0].startswith("Montant demandé\u00a0: ")
    assert said(page)[0].endswith(" → 1\u202f234,50\u00a0€")


def test_before_and_after_of_each_field(page: JournalPage) -> None:
    page.table.pick(page.table.rows.id_at(1))
    assert page.changes.texts() == ["Personne – Magalie TOUET"]
    assert said(page) == ["Téléphone\u00a0: – → 04 67 00 00 00"]
    page.table.pick(page.table.rows.id_at(2))
    assert said(page) == ["Nom\u00a0: Villes et Territoires Occitanie → Les Amis"]


def test_civil_status_is_told_without_its_content(page: JournalPage, workspace: Workspace) -> None:
    with workspace.write("Compléter l’état civil") as session:
        person = session.scalars(select(Person).where(Person.last_name == "TOUET")).one()
        session.add(CivilStatus(person=person, profession="funambule", born_on=date(1970, 5, 3)))
    page.refresh_now()
    page.table.pick(page.table.rows.id_at(0))
    assert page.changes.texts() == ["État civil – Magalie TOUET"]
    assert "Profession\u00a0: contenu masqué" in said(page)
    assert not [line for line in said(page) if "funambule" in line or "1970" in line]


def test_a_step_of_a_thousand_rows_is_shortened(page: JournalPage) -> None:
    page.table.pick(page.table.rows.id_at(3))
    assert len(page.changes.views) == 61
    assert page.changes.texts()[-1].endswith("autres fiches")


def test_filtering_by_text_by_table_and_by_period(page: JournalPage) -> None:
    QTest.keyClicks(page.filter_field, "telephone")
    page.filter_field.filter_now()
    found = labels(page)
    page.filter_field.clear()
    page.filter_field.filter_now()
    assert found in ([], ["Changer le téléphone"])  # SQLite folds no accents
    QTest.keyClicks(page.filter_field, "RENOMMER")
    page.filter_field.filter_now()
    assert labels(page) == ["Renommer l’association"]
    page.clear_filters()
    page.chips["table"].choose("association", "Réglages")
    assert labels(page) == ["Renommer l’association", "Créer l’exemple"]
    page.clear_filters()
    page.chips["period"].choose(0, "Aujourd’hui")
    assert len(labels(page)) == 4


def test_the_history_of_one_record(page: JournalPage, workspace: Workspace) -> None:
    with workspace.read() as session:
        touet = session.scalars(select(Person.id).where(Person.last_name == "TOUET")).one()
    page.show_history("person", touet)
    assert labels(page) == ["Changer le téléphone", "Créer l’exemple"]
    assert page.record_chip.text() == "Une seule fiche : Personne Magalie TOUET"
    page.clear_filters()
    assert len(labels(page)) == 4


def test_undoing_down_to_a_step_undoes_all_after_it(page: JournalPage, workspace: Workspace) -> None:
    told: list[str] = []
    workspace.status.connect(told.append)
    page.table.pick(page.table.rows.id_at(1))
    click(page.undo_button)
    settle()
    assert told[-1].startswith("2\u00a0étapes annulées")
    with workspace.read() as session:
        assert session.scalars(select(Person.phone).where(Person.last_name == "TOUET")).one() == ""
        assert session.scalars(select(Association.name)).one() == "Les Amis"
    kinds = [str(page.table.rows.values(row)[3]) for row in range(3)]
    assert kinds == ["Annulation", "Annulation", "Modification"]
    workspace.redo()
    workspace.redo()
    with workspace.read() as session:
        assert session.scalars(select(Person.phone).where(Person.last_name == "TOUET")).one() != ""


def test_what_is_undone_already_is_not_offered_nor_undone_again(
    page: JournalPage, workspace: Workspace
) -> None:
    assert [offered(page, row) for row in range(4)] == [True, True, True, False]  # the example stays
    workspace.undo()
    settle()
    assert labels(page)[:2] == ["Augmenter une convention", "Augmenter une convention"]
    assert [offered(page, row) for row in range(5)] == [False, False, True, True, False]
    workspace.redo()
    settle()
    assert [offered(page, row) for row in range(6)] == [False, False, True, True, True, False]
    workspace.undo()
    settle()
    assert not offered(page, 2)
    page.table.pick(page.table.rows.id_at(1))
    page.undo_to(page.table.rows.id_at(0) or 0)
    assert "[ANNULATION_IMPOSSIBLE]" in refusal()
    with workspace.read() as session:
        assert session.scalars(select(Association.name)).one() == "Les Amis"


def test_the_chain_is_intact(page: JournalPage) -> None:
    assert page.chain.chip.text == "Journal intact"


def test_a_journal_changed_behind_the_program_is_told(
    page: JournalPage, workspace: Workspace, dossier: Dossier, tmp_path: Path
) -> None:
    path = dossier.path
    workspace.set_dossier(None)
    dossier.close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE journal SET label = 'Autre chose' WHERE id = 2")
    raw.close()
    with open_dossier(path) as again:
        workspace.set_dossier(again, year=2021)
        page.refresh_now()
        page.verify()
        settle()
        assert page.chain.chip.text == "Journal modifié hors du programme (étape 2)"
        workspace.set_dossier(None)


def test_enter_and_suppr_change_nothing(page: JournalPage) -> None:
    page.table.setFocus()
    before = labels(page)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert labels(page) == before
