"""The reference lists: each opens, adds, edits, deletes with undo, and says what is still used."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from tests.ui.driving import choose, click, count, opened, problems, refusal, save, type_into
from vto_desktop.model import Base, FiscalYear, FundingSource, Office, Programme, PublishedFigure
from vto_desktop.ui.forms.body import OfficeForm
from vto_desktop.ui.forms.fiscal_year import FiscalYearForm
from vto_desktop.ui.forms.funding_source import FundingSourceForm
from vto_desktop.ui.forms.programme import ProgrammeForm
from vto_desktop.ui.forms.published_figure import PublishedFigureForm
from vto_desktop.ui.forms.reference_lists import LISTS, ReferenceList
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.workspace import Workspace


@pytest.fixture
def list_of(workspace: Workspace, shown: Callable[[QWidget], None]) -> Callable[[str], ReferenceList]:
    """Return what opens one list."""

    def open_list(key: str) -> ReferenceList:
        made = ReferenceList(workspace, LISTS[key])
        shown(made)
        made.activateWindow()
        QApplication.processEvents()
        return made

    return open_list


@pytest.mark.parametrize("key", list(LISTS))
def test_every_list_shows_rows_and_opens_its_forms(list_of: Callable[[str], ReferenceList], key: str) -> None:
    dialog = list_of(key)
    assert dialog.table.rows.rowCount() > 0
    assert dialog.count.text().endswith(("lignes", "ligne"))
    dialog.edit(dialog.table.rows.id_at(0))
    form = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Form) and w.isVisible())
    assert form.heading.text()
    assert not form.is_changed()
    form.leave()
    QApplication.processEvents()
    click(dialog.new_button)
    fresh = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Form) and w.isVisible())
    assert fresh.row.id is None
    fresh.leave()


def test_a_programme_is_added_edited_deleted_and_given_back(
    list_of: Callable[[str], ReferenceList], workspace: Workspace
) -> None:
    dialog = list_of("programme")
    before = count(workspace, Programme)
    QTest.keyClick(dialog, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(150)  # a button shows that it is pressed before it acts
    form = opened(ProgrammeForm)
    save(form)
    assert problems(form) == {"code": "Indiquez le code : BOP 147…"}
    type_into(form, "code", "BOP 163")
    type_into(form, "name", "jeunesse")
    save(form)
    assert count(workspace, Programme) == before + 1
    row_id = dialog.table.current_id()
    assert dialog.table.rows.values(dialog.table.rows.row_of(row_id)) == ("BOP 163", "jeunesse")
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert count(workspace, Programme) == before
    assert workspace.dossier is not None
    assert workspace.dossier.undo_label == "Supprimer le programme «\u00a0BOP 163\u00a0»"
    workspace.undo()
    assert count(workspace, Programme) == before + 1


@pytest.mark.parametrize("key", ["funding_source", "college", "organisation", "person", "body"])
def test_what_is_still_used_is_not_deleted(
    list_of: Callable[[str], ReferenceList], workspace: Workspace, key: str
) -> None:
    dialog = list_of(key)
    kinds: tuple[type[Base], ...] = (FundingSource, Office)
    before = [count(workspace, kind) for kind in kinds]
    first = next(i for i in dialog.table.rows.ids if key != "body" or i > 0)
    dialog.table.pick(first)
    dialog.delete([first])
    assert "[ENCORE_UTILISE]" in refusal()
    assert [count(workspace, kind) for kind in kinds] == before


def test_a_fiscal_year_is_added_closed_and_opened_again(
    list_of: Callable[[str], ReferenceList], workspace: Workspace
) -> None:
    dialog = list_of("fiscal_year")
    click(dialog.new_button)
    form = opened(FiscalYearForm)
    assert form.input("year").value() == 2022
    save(form)
    with workspace.read() as session:
        kept = session.scalars(select(FiscalYear).where(FiscalYear.year == 2022)).one()
    assert (kept.starts_on.isoformat(), kept.ends_on.isoformat()) == ("2022-01-01", "2022-12-31")
    dialog.edit(kept.id)
    click(opened(FiscalYearForm).close_button)
    dialog.edit(kept.id)
    closed = opened(FiscalYearForm)
    assert closed.subheading.text().startswith("Clos le ")
    assert not closed.save_button.isVisible()
    click(closed.close_button)
    with workspace.read() as session:
        assert session.get_one(FiscalYear, kept.id).closed_on is None


def test_the_same_year_twice_is_told_under_its_field(
    list_of: Callable[[str], ReferenceList],
) -> None:
    dialog = list_of("fiscal_year")
    click(dialog.new_button)
    form = opened(FiscalYearForm)
    type_into(form, "year", "2021")
    save(form)
    assert problems(form) == {"year": "L’exercice 2021 existe déjà."}


def test_a_source_goes_below_another_with_its_colour(
    list_of: Callable[[str], ReferenceList], workspace: Workspace
) -> None:
    dialog = list_of("funding_source")
    click(dialog.new_button)
    form = opened(FundingSourceForm)
    type_into(form, "name", "ANCT")
    choose(form, "parent_id", "État")
    form.input("colour").set_value("#123456")
    save(form)
    with workspace.read() as session:
        kept = session.scalars(select(FundingSource).where(FundingSource.name == "ANCT")).one()
        assert kept.parent is not None
        assert (kept.parent.name, kept.colour) == ("État", "#123456")


def test_a_published_figure_keeps_its_hundredths(
    list_of: Callable[[str], ReferenceList], workspace: Workspace
) -> None:
    dialog = list_of("published_figure")
    click(dialog.new_button)
    form = opened(PublishedFigureForm)
    type_into(form, "label", "Part de test")
    type_into(form, "value", "seize")
    save(form)
    assert problems(form) == {"value": "Indiquez un nombre, par exemple 16 ou 16,5."}
    type_into(form, "value", "16,5")
    save(form)
    with workspace.read() as session:
        kept = session.scalars(select(PublishedFigure).where(PublishedFigure.label == "Part de test")).one()
        assert (kept.value, kept.unit, kept.year) == (1650, "%", 2021)


def test_an_office_is_added_to_the_body_of_the_current_row(
    list_of: Callable[[str], ReferenceList], workspace: Workspace
) -> None:
    dialog = list_of("body")
    names = [dialog.table.rows.values(row)[0] for row in range(dialog.table.rows.rowCount())]
    dialog.table.pick(dialog.table.rows.id_at(names.index(("Assemblée générale", ""))))
    click(button_called(dialog, "Nouvelle &fonction…"))
    form = opened(OfficeForm)
    type_into(form, "label", "Scrutateur")
    save(form)
    with workspace.read() as session:
        kept = session.scalars(select(Office).where(Office.label == "Scrutateur")).one()
        assert kept.body.name == "Assemblée générale"


def button_called(dialog: QWidget, text: str) -> Any:
    """Return a button of a dialog by its text."""
    return next(b for b in dialog.findChildren(QWidget) if getattr(b, "text", str)() == text)
