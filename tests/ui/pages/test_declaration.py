"""« Déclaration des dirigeants »: what is missing is completed with one key, the change is recorded once."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from tests.ui.driving import click, is_open, opened, problems, save, type_into
from vto_desktop.model import CivilStatus, Mandate, Person
from vto_desktop.ui.forms.civil_status import CivilStatusForm
from vto_desktop.ui.forms.declared import DeclaredForm
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.governance.declaration import DeclarationDialog


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
