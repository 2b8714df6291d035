"""« Déclaration des dirigeants »: what is missing is completed with one key, the change is recorded once."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.ui.driving import click, is_open, opened, problems, save, type_into
from vto_desktop.model import CivilStatus, Mandate, Person
from vto_desktop.store import backups
from vto_desktop.ui.forms.civil_status import CivilStatusForm
from vto_desktop.ui.forms.declared import DeclaredForm
from vto_desktop.ui.forms.erasing import NOBODY, EraseCivilStatusForm
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance.declaration import DeclarationDialog
from vto_desktop.ui.pages.journal import JournalPage


@pytest.fixture
def dialog(workspace: Workspace, shown: Callable[[QWidget], None]) -> DeclarationDialog:
    """Return the dialog, shown and filled."""
    made = DeclarationDialog(workspace)
    shown(made)
    QApplication.processEvents()
    return made


def texts(table: Table) -> list[tuple[str, ...]]:
    """Return every row as shown."""
    rows = (table.rows.values(row) for row in range(table.rows.rowCount()))
    return [tuple(str(value) for value in row) for row in rows]


def test_what_is_missing_is_listed_and_completed_with_one_key(
    dialog: DeclarationDialog, workspace: Workspace
) -> None:
    assert texts(dialog.officers)[0] == (
        "Présidente", "Magalie TOUET", "La profession, la nationalité et le domicile", "À compléter",
    )  # fmt: skip
    assert dialog.officers_panel.caption.text() == "à compléter pour 7\u00a0personnes"
    dialog.officers.setFocus()
    QTest.keyClick(dialog.officers, Qt.Key.Key_Return)
    form = opened(CivilStatusForm)
    type_into(form, "profession", "professeure")
    type_into(form, "nationality", "francaise")
    type_into(form, "address", "1 rue du Palais")
    save(form)
    assert [row[1] for row in texts(dialog.officers)][-1] == "Magalie TOUET"  # complete, hence last
    assert texts(dialog.officers)[-1][3] == "Complet"
    assert dialog.officers_panel.caption.text() == "à compléter pour 6\u00a0personnes"
    assert dialog.officers.current_id() == dialog.officers.rows.ids[0]  # who comes next
    assert "professeure" not in str(texts(dialog.officers))
    assert "rue du Palais" not in str(texts(dialog.officers))
    workspace.undo()
    with workspace.read() as session:
        assert session.scalars(select(CivilStatus)).all() == []


def test_a_change_is_recorded_with_its_receipt_and_corrected_later(
    dialog: DeclarationDialog, workspace: Workspace
) -> None:
    (row,) = texts(dialog.changes)
    assert (row[0], row[3], row[4]) == ("2020-12-02", "2021-03-02", "À compléter")
    dialog.changes.setFocus()
    QTest.keyClick(dialog.changes, Qt.Key.Key_Return)
    form = opened(DeclaredForm)
    type_into(form, "declared_on", "15/01/2021")
    save(form)
    assert texts(dialog.changes)[0][4:] == ("Le 15/01/2021", "None")
    QTest.keyClick(dialog.changes, Qt.Key.Key_Return)
    again = opened(DeclaredForm)
    assert again.input("declared_on").value() == date(2021, 1, 15)
    type_into(again, "declaration_number", "W343012345")
    save(again)
    assert texts(dialog.changes)[0][4:] == ("Le 15/01/2021", "W343012345")
    with workspace.read() as session:
        numbers = session.scalars(
            select(Mandate.declaration_number).where(Mandate.starts_on == date(2020, 12, 2))
        ).all()
    assert numbers == ["W343012345"] * 7
    workspace.undo()
    workspace.undo()
    assert texts(dialog.changes)[0][4:] == ("À compléter", "None")


def test_a_declaration_without_a_day_is_refused(dialog: DeclarationDialog) -> None:
    click(dialog.declare_button)
    form = opened(DeclaredForm)
    type_into(form, "declared_on", "")
    save(form)
    assert set(problems(form)) == {"declared_on"}
    assert is_open(DeclaredForm)


def test_one_row_a_person_whatever_offices_are_held(dialog: DeclarationDialog, workspace: Workspace) -> None:
    with workspace.write("Cumuler") as session:
        person = session.scalars(select(Person).where(Person.last_name == "LAPORTE")).one()
        secretary = session.scalars(
            select(Mandate).join(Person, Mandate.person_id == Person.id).where(
                Person.last_name == "PÉCASTAING", Mandate.starts_on.is_not(None)
            )
        ).one()  # fmt: skip
        secretary.person_id = person.id
    rows = [row for row in texts(dialog.officers) if row[1] == "Didier LAPORTE"]
    assert [row[0] for row in rows] == ["Trésorier, Secrétaire"]


# --- erasing -------------------------------------------------------------------------------------


def last_message() -> Message:
    """Return the question that is open."""
    return opened(Message)


def answer(message: Message, text: str) -> None:
    """Click an answer by its text."""
    click(next(one for one in message.findChildren(QPushButton) if one.text() == text))


def test_the_civil_status_of_former_officers_is_erased_for_good(
    dialog: DeclarationDialog, workspace: Workspace
) -> None:
    with workspace.write("Préparer") as session:
        rows = session.scalars(
            select(Mandate).where(Mandate.starts_on == date(2020, 12, 2)).order_by(Mandate.id)
        ).all()
        former, running = rows[0], rows[1]
        former.ends_on = date(2021, 6, 30)
        for row in (former, running):
            session.add(CivilStatus(person_id=row.person_id, profession="funambule"))
    with workspace.write("Après") as session:
        session.get_one(Person, running.person_id).phone = "0400000000"
    click(dialog.erase_button)
    form = opened(EraseCivilStatusForm)
    assert list(form.people.boxes) == [former.person_id]
    form.people.boxes[former.person_id].click()
    save(form)
    assert problems(form) == {"person_ids": "Cochez au moins une personne."}
    form.people.boxes[former.person_id].click()
    save(form)
    question = last_message()
    assert question.windowTitle() == "Effacer l’état civil de 1\u00a0personne\u202f?"
    assert "ne s’annule pas" in question.sentence
    answer(question, "Garder")
    with workspace.read() as session:
        assert len(session.scalars(select(CivilStatus)).all()) == 2
    save(form)
    answer(last_message(), "Effacer définitivement")
    assert not is_open(EraseCivilStatusForm)
    with workspace.read() as session:
        assert session.scalars(select(CivilStatus.person_id)).all() == [running.person_id]
    assert workspace.dossier is not None
    assert workspace.dossier.undo_label == "Après"
    click(dialog.erase_button)
    empty = opened(EraseCivilStatusForm)
    assert not empty.save_button.isEnabled()
    assert NOBODY in [one.text() for one in empty.findChildren(QLabel)]


def test_backups_made_before_are_told(dialog: DeclarationDialog, workspace: Workspace) -> None:
    with workspace.write("Préparer") as session:
        session.add(CivilStatus(person_id=never_an_officer(session), profession="funambule"))
    assert workspace.dossier is not None
    backups.back_up(workspace.dossier)
    click(dialog.erase_button)
    save(opened(EraseCivilStatusForm))
    assert (
        "«\u00a0Sauvegardes de exemple\u00a0» contient 1\u00a0sauvegarde faite avant"
        in last_message().sentence
    )


def never_an_officer(session: Session) -> int:
    """Return the id of somebody without a mandate in the bureau."""
    return session.scalars(select(Person.id).where(Person.last_name == "MANTION")).one()


def test_the_journal_shows_that_something_was_erased_and_offers_no_undo(
    dialog: DeclarationDialog, workspace: Workspace, shown: Callable[[QWidget], None]
) -> None:
    with workspace.write("Compléter") as session:
        session.add(CivilStatus(person_id=never_an_officer(session), profession="funambule"))
    with workspace.read() as session:
        person_id = never_an_officer(session)
    workspace.erase("Effacer l’état civil", "civil_status", "person_id", [person_id])
    page = JournalPage(workspace)
    page.resize(1200, 700)
    shown(page)
    page.refresh_now()
    for row, label in ((0, "Effacer l’état civil"), (1, "Compléter")):
        page.table.pick(page.table.rows.id_at(row))
        assert page.detail.heading.text() == label
        assert page.changes.texts()[0] == "État civil – Coralie MANTION"
        assert page.changes.views[0].item.captions == ("Contenu effacé pour toujours.",)
        assert not page.undo_button.isVisible()
    page.verify()
    for _round in range(500):
        QApplication.processEvents()
        if not jobs.active():
            break
        QTest.qWait(5)
    assert page.chain.chip.text == "Journal intact"
